/* SPDX-License-Identifier: Apache-2.0 */
#include "phone.h"

#include <string.h>

/* Country prefixes of the chain's customers. */
static const char *const prefixes[] = { "33", "44", "32", "41", "352", "965", "81" };

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

char *
sandbox_phone_words (const char *phone)
{
  g_autofree char *digits = NULL;

  if (phone == NULL)
    return NULL;
  digits = digits_of (phone);
  if (*phone != '+')
    return g_steal_pointer (&digits);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (digits, prefixes[i]))
      return g_strdup_printf ("0%s %s", digits + strlen (prefixes[i]), digits);
  return g_steal_pointer (&digits);
}

char *
sandbox_phone_query (const char *query)
{
  g_autofree char *digits = digits_of (query);

  if (strlen (digits) < 4 || query[strspn (query, "0123456789+ ./()")] != '\0')
    return NULL;
  /* "+33 6…" and "0033 6…" begin as the international form does. */
  if (g_str_has_prefix (digits, "00"))
    return g_strdup (digits + 2);
  return g_steal_pointer (&digits);
}
