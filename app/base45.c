/* SPDX-License-Identifier: Apache-2.0 */
/* Base45 (RFC 9285): two bytes in three characters, a last one in two, least significant first. */
#include "base45.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

char *
retour_base45_encode (const guint8 *bytes, gsize size)
{
  GString *text = g_string_sized_new (size / 2 * 3 + 3);

  for (gsize i = 0; i < size; i += 2)
    {
      gboolean pair = i + 1 < size;
      guint value = pair ? bytes[i] * 256u + bytes[i + 1] : bytes[i];
      g_string_append_c (text, alphabet[value % 45]);
      g_string_append_c (text, alphabet[value / 45 % 45]);
      if (pair)
        g_string_append_c (text, alphabet[value / (45 * 45)]);
    }
  return g_string_free (text, FALSE);
}

GBytes *
retour_base45_decode (const char *text)
{
  static const guint weights[] = { 1, 45, 45 * 45 };

  g_return_val_if_fail (text != NULL, NULL);
  gsize length = strlen (text);
  if (length % 3 == 1)
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) (length / 3 * 2 + 1));
  for (gsize i = 0; i < length; i += 3)
    {
      gsize group = MIN (3, length - i);
      guint value = 0;
      for (gsize j = 0; j < group; j++)
        {
          const char *place = strchr (alphabet, text[i + j]);
          if (place == NULL)
            return NULL;
          value += (guint) (place - alphabet) * weights[j];
        }
      if (value > (group == 3 ? 0xffffu : 0xffu))
        return NULL;
      guint8 pair[2] = { (guint8) (value >> 8), (guint8) (value & 0xff) };
      g_byte_array_append (bytes, group == 3 ? pair : pair + 1, group == 3 ? 2 : 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
