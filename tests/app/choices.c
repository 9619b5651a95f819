/* SPDX-License-Identifier: Apache-2.0 */
#include "choices.h"

#include <string.h>

/* Enough for a case to become readable, not for ever. */
#define MAX_ATTEMPTS 20000

Choices *
choices_new (guint32 seed, gsize n)
{
  Choices *choices = g_new0 (Choices, 1);
  GRand *random = g_rand_new_with_seed (seed);
  choices->numbers = g_new (guint32, n);
  choices->n = n;
  for (gsize i = 0; i < n; i++)
    choices->numbers[i] = g_rand_int (random);
  g_rand_free (random);
  return choices;
}

static Choices *
copy (const Choices *choices)
{
  Choices *other = g_new0 (Choices, 1);
  other->numbers = g_memdup2 (choices->numbers, choices->n * sizeof *choices->numbers);
  other->n = choices->n;
  return other;
}

void
choices_free (Choices *choices)
{
  if (choices == NULL)
    return;
  g_free (choices->numbers);
  g_free (choices);
}

void
choices_rewind (Choices *choices)
{
  choices->next = 0;
}

guint32
choices_draw (Choices *choices, guint32 most)
{
  if (choices->next >= choices->n)
    return 0;
  guint32 number = choices->numbers[choices->next++];
  return most == G_MAXUINT32 ? number : number % (most + 1);
}

gint64
choices_draw_int64 (Choices *choices, gint64 least, gint64 most)
{
  guint64 span = (guint64) most - (guint64) least;
  guint64 number = ((guint64) choices_draw (choices, G_MAXUINT32) << 32) | choices_draw (choices, G_MAXUINT32);
  return (gint64) ((guint64) least + (span == G_MAXUINT64 ? number : number % (span + 1)));
}

gboolean
choices_once_in (Choices *choices, guint32 n)
{
  return choices_draw (choices, n - 1) == n - 1;
}

typedef struct
{
  Choices *best;
  ChoicesCheck check;
  gpointer user_data;
  guint attempts;
} Search;

/* Adopts the candidate if it fails too. */
static gboolean
try (Search *search, Choices *candidate)
{
  search->attempts++;
  choices_rewind (candidate);
  g_autofree char *problem = search->check (candidate, search->user_data);
  if (problem == NULL)
    {
      choices_free (candidate);
      return FALSE;
    }
  choices_free (search->best);
  search->best = candidate;
  return TRUE;
}

static gboolean
try_without (Search *search, gsize first, gsize length)
{
  Choices *candidate = copy (search->best);
  memmove (candidate->numbers + first, candidate->numbers + first + length,
           (candidate->n - first - length) * sizeof *candidate->numbers);
  candidate->n -= length;
  return try (search, candidate);
}

static gboolean
try_with (Search *search, gsize index, guint32 number)
{
  if (search->best->numbers[index] <= number)
    return FALSE;
  Choices *candidate = copy (search->best);
  candidate->numbers[index] = number;
  return try (search, candidate);
}

static gboolean
take_out (Search *search)
{
  gboolean better = FALSE;
  for (gsize length = MAX (search->best->n / 2, 1); length > 0; length /= 2)
    for (gsize first = 0; first + length <= search->best->n && search->attempts < MAX_ATTEMPTS;)
      {
        if (try_without (search, first, length))
          better = TRUE;
        else
          first += length;
      }
  return better;
}

static gboolean
lower (Search *search)
{
  gboolean better = FALSE;
  for (gsize i = 0; i < search->best->n && search->attempts < MAX_ATTEMPTS; i++)
    {
      if (try_with (search, i, 0))
        {
          better = TRUE;
          continue;
        }
      while (
          search->attempts < MAX_ATTEMPTS && i < search->best->n && search->best->numbers[i] > 0
          && (try_with (search, i, search->best->numbers[i] / 2) || try_with (search, i, search->best->numbers[i] - 1)))
        better = TRUE;
    }
  return better;
}

Choices *
choices_shrink (const Choices *choices, ChoicesCheck check, gpointer user_data)
{
  Search search = { .best = copy (choices), .check = check, .user_data = user_data };
  while (search.attempts < MAX_ATTEMPTS && (take_out (&search) || lower (&search)))
    continue;
  choices_rewind (search.best);
  return search.best;
}
