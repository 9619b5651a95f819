/* SPDX-License-Identifier: Apache-2.0 */
/* UUID version 7: 48 bits of milliseconds, 4 of version, 12 of counter, 2 of variant, 62 at random. */
#include "ids.h"

#include <sodium.h>
#include <string.h>

#define MILLISECONDS_MAX ((G_GUINT64_CONSTANT (1) << 48) - 1)
#define COUNTER_MAX 0xfffu

struct _RetourIds
{
  RetourRandom random;
  gpointer user_data;
  guint64 milliseconds;
  guint counter;
  char last[RETOUR_UUID_LENGTH + 1]; /* "" before the first */
};

G_DEFINE_QUARK (retour - ids - error - quark, retour_ids_error)

static void
sodium_random (guint8 *bytes, gsize size, gpointer user_data)
{
  randombytes_buf (bytes, size);
}

RetourIds *
retour_ids_new (RetourRandom random, gpointer user_data)
{
  RetourIds *ids = g_new0 (RetourIds, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  ids->random = random != NULL ? random : sodium_random;
  ids->user_data = user_data;
  return ids;
}

void
retour_ids_free (RetourIds *ids)
{
  g_free (ids);
}

gboolean
retour_ids_restore (RetourIds *ids, const char *last, GError **error)
{
  guint8 bytes[16];
  guint64 milliseconds = 0;

  g_return_val_if_fail (ids != NULL, FALSE);
  if (last == NULL)
    return TRUE;
  if (!retour_uuid_parse (last, bytes) || bytes[6] >> 4 != 7)
    {
      g_set_error (error, RETOUR_IDS_ERROR, RETOUR_IDS_ERROR_MALFORMED, "“%s” is not a UUID of version 7", last);
      return FALSE;
    }
  for (guint i = 0; i < 6; i++)
    milliseconds = milliseconds << 8 | bytes[i];
  guint counter = (bytes[6] & 0xfu) << 8 | bytes[7];
  if (ids->last[0] != '\0'
      && (milliseconds < ids->milliseconds || (milliseconds == ids->milliseconds && counter <= ids->counter)))
    return TRUE;
  ids->milliseconds = milliseconds;
  ids->counter = counter;
  g_autofree char *canonical = retour_uuid_format (bytes);
  g_strlcpy (ids->last, canonical, sizeof ids->last);
  return TRUE;
}

/* A counter begins in its lower half, so that it seldom has to carry. */
static guint
counter_from (const guint8 *random)
{
  return (random[0] & 0x7u) << 8 | random[1];
}

/* The next pair of milliseconds and counter, greater than the one before. At the end of time (the year 10889) only the
 * random part is left to tell ids apart. */
static void
advance (RetourIds *ids, guint64 now, const guint8 *random)
{
  if (ids->last[0] == '\0' || now > ids->milliseconds)
    {
      ids->milliseconds = now;
      ids->counter = counter_from (random);
    }
  else if (ids->counter < COUNTER_MAX)
    ids->counter++;
  else if (ids->milliseconds < MILLISECONDS_MAX)
    {
      ids->milliseconds++;
      ids->counter = counter_from (random);
    }
}

char *
retour_ids_next (RetourIds *ids, RetourInstant now)
{
  guint8 bytes[16];

  g_return_val_if_fail (ids != NULL, NULL);
  ids->random (bytes + 6, sizeof bytes - 6, ids->user_data);
  advance (ids, now > 0 ? MIN ((guint64) now / 1000, MILLISECONDS_MAX) : 0, bytes + 6);
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (ids->milliseconds >> (8 * (5 - i)));
  bytes[6] = (guint8) (0x70 | ids->counter >> 8);
  bytes[7] = (guint8) (ids->counter & 0xff);
  bytes[8] = (guint8) (0x80 | (bytes[8] & 0x3f));
  char *id = retour_uuid_format (bytes);
  g_strlcpy (ids->last, id, sizeof ids->last);
  return id;
}

const char *
retour_ids_get_last (const RetourIds *ids)
{
  g_return_val_if_fail (ids != NULL, NULL);
  return ids->last[0] != '\0' ? ids->last : NULL;
}

static gboolean
is_hyphen_place (gsize i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

gboolean
retour_uuid_parse (const char *text, guint8 bytes[16])
{
  guint8 read[16] = { 0 };
  guint digits = 0;

  g_return_val_if_fail (text != NULL && bytes != NULL, FALSE);
  if (strlen (text) != RETOUR_UUID_LENGTH)
    return FALSE;
  for (gsize i = 0; i < RETOUR_UUID_LENGTH; i++)
    {
      if (is_hyphen_place (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return FALSE;
      read[digits / 2] = (guint8) (read[digits / 2] << 4 | digit);
      digits++;
    }
  memcpy (bytes, read, sizeof read);
  return TRUE;
}

char *
retour_uuid_format (const guint8 bytes[16])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (RETOUR_UUID_LENGTH + 1);
  guint next = 0;

  for (gsize i = 0; i < RETOUR_UUID_LENGTH; i++)
    {
      if (is_hyphen_place (i))
        {
          text[i] = '-';
          continue;
        }
      text[i] = digits[next % 2 == 0 ? bytes[next / 2] >> 4 : bytes[next / 2] & 0xf];
      next++;
    }
  text[RETOUR_UUID_LENGTH] = '\0';
  return text;
}
