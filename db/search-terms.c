/* SPDX-License-Identifier: Apache-2.0 */
#include "search-terms.h"

#include <string.h>

/* How many characters of a word have beginnings in the index. Letters before the first digit of a code count as a word's. */
static gsize
indexed_characters (const char *word, gsize length, gboolean number)
{
  gsize letters = 0;

  while (letters < length && !g_ascii_isdigit (word[letters]))
    letters++;
  if (letters == length)
    return RETOUR_TERM_LETTERS;
  return MAX (MAX (RETOUR_TERM_DIGITS, number && length > 3 ? length - 3 : 0), MIN (letters, RETOUR_TERM_LETTERS));
}

/* Words that are only looked up whole: one begun with '=' is its own term; an e-mail address, whose pieces are words of their
 * own, has "@zoe.lefevre". */
static gboolean
has_only_term (const char *word, gsize length)
{
  return *word == '=' || memchr (word, '@', length) != NULL;
}

static void
only_term (const char *word, gsize length, char term[RETOUR_LONGEST_TERM])
{
  const char *at = memchr (word, '@', length);
  const gsize kept = MIN (at != NULL ? (gsize) (at - word) : length, RETOUR_LONGEST_TERM - 2);
  const gsize from = at != NULL ? 1 : 0;

  term[0] = '@';
  memcpy (term + from, word, kept);
  term[from + kept] = '\0';
}

static void
each_beginning (const char *word, gsize length, gboolean number, RetourTermFunc func, gpointer user_data)
{
  gsize left = indexed_characters (word, length, number);
  char term[RETOUR_LONGEST_TERM];
  gsize filled = 0;

  for (const char *p = word; p < word + length && left > 0; left--)
    {
      const gsize width = (gsize) (g_utf8_next_char (p) - p);

      if (filled + width >= sizeof term)
        return;
      memcpy (term + filled, p, width);
      filled += width;
      term[filled] = '\0';
      func (term, user_data);
      p += width;
    }
}

void
retour_terms_each (const char *words, RetourTermFunc func, gpointer user_data)
{
  while (*words == ' ')
    {
      const gboolean number = words[1] == '#';
      const char *word = words + (number ? 2 : 1);
      const gsize length = strcspn (word, " ");

      if (has_only_term (word, length))
        {
          char term[RETOUR_LONGEST_TERM];

          only_term (word, length, term);
          func (term, user_data);
        }
      else
        each_beginning (word, length, number, func, user_data);
      words = word + length;
    }
}

void
retour_term_of_query_word (const char *word, char term[RETOUR_LONGEST_TERM], gboolean *exact)
{
  const gsize length = strlen (word);
  const char *end = word;

  if (has_only_term (word, length))
    {
      only_term (word, length, term);
      *exact = *word == '=' || word[length - 1] == '@';
      return;
    }
  for (gsize left = indexed_characters (word, length, FALSE); left > 0 && *end != '\0'; left--)
    if (g_utf8_next_char (end) - word < RETOUR_LONGEST_TERM)
      end = g_utf8_next_char (end);
  memcpy (term, word, (gsize) (end - word));
  term[end - word] = '\0';
  *exact = *end == '\0';
}

void
retour_slots_fill (RetourSlots *slots)
{
  memset (slots->bits, 0xff, sizeof slots->bits);
}

void
retour_slots_clear (RetourSlots *slots)
{
  memset (slots->bits, 0, sizeof slots->bits);
}

void
retour_slots_add (RetourSlots *slots, guint slot)
{
  slots->bits[slot / 64] |= G_GUINT64_CONSTANT (1) << (slot % 64);
}

void
retour_slots_remove (RetourSlots *slots, guint slot)
{
  slots->bits[slot / 64] &= ~(G_GUINT64_CONSTANT (1) << (slot % 64));
}

gboolean
retour_slots_has (const RetourSlots *slots, guint slot)
{
  return (slots->bits[slot / 64] >> (slot % 64) & 1) != 0;
}

guint
retour_slots_count (const RetourSlots *slots)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (slots->bits); i++)
    n += (guint) __builtin_popcountll (slots->bits[i]);
  return n;
}

guint
retour_slots_next (const RetourSlots *slots, guint from)
{
  for (guint i = from / 64; i < G_N_ELEMENTS (slots->bits); i++)
    {
      guint64 rest = slots->bits[i];

      if (i == from / 64)
        rest &= ~G_GUINT64_CONSTANT (0) << (from % 64);
      if (rest != 0)
        return i * 64 + (guint) __builtin_ctzll (rest);
    }
  return RETOUR_PACK_SLOTS;
}

static gsize
write_bits (const RetourSlots *slots, guint8 *bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots->bits); i++)
    {
      const guint64 word = GUINT64_TO_LE (slots->bits[i]);

      memcpy (bytes + i * 8, &word, 8);
    }
  return sizeof slots->bits;
}

gsize
retour_slots_write (const RetourSlots *slots, guint8 *bytes)
{
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (slots->bits); i++)
    for (guint64 rest = slots->bits[i]; rest != 0; rest &= rest - 1)
      {
        const guint slot = i * 64 + (guint) __builtin_ctzll (rest);

        if (length + 2 >= sizeof slots->bits)
          return write_bits (slots, bytes);
        bytes[length++] = (guint8) (slot & 0xff);
        bytes[length++] = (guint8) (slot >> 8);
      }
  return length;
}

void
retour_slots_keep (RetourSlots *slots, const guint8 *bytes, gsize length)
{
  RetourSlots stored;

  if (length >= sizeof stored.bits)
    {
      for (guint i = 0; i < G_N_ELEMENTS (stored.bits); i++)
        {
          guint64 word;

          memcpy (&word, bytes + i * 8, 8);
          stored.bits[i] = GUINT64_FROM_LE (word);
        }
    }
  else
    {
      retour_slots_clear (&stored);
      for (gsize i = 0; i + 1 < length; i += 2)
        {
          const guint slot = bytes[i] | (guint) bytes[i + 1] << 8;

          if (slot < RETOUR_PACK_SLOTS)
            retour_slots_add (&stored, slot);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (slots->bits); i++)
    slots->bits[i] &= stored.bits[i];
}
