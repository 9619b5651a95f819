/* SPDX-License-Identifier: Apache-2.0 */
/* The customer as a screen that others can see may show them: enough to recognise, too little to note down. */
#include "order.h"

#include <string.h>

#define BULLET "•"
#define BULLETS BULLET BULLET BULLET

char *
retour_customer_short_name (const RetourCustomer *customer)
{
  g_return_val_if_fail (customer != NULL, NULL);

  if (customer->name == NULL)
    return NULL;
  g_autofree char *name = g_strstrip (g_strdup (customer->name));
  const char *space = strchr (name, ' ');
  if (space == NULL)
    return g_steal_pointer (&name);

  /* The family name is what follows the first space: "Anne-Sophie de La Tour" is "Anne-Sophie D." */
  const char *family = space;
  while (*family == ' ')
    family++;
  char initial[7] = "";
  initial[g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (family)), initial)] = '\0';
  return g_strdup_printf ("%.*s %s.", (int) (space - name), name, initial);
}

char *
retour_customer_masked_email (const RetourCustomer *customer)
{
  g_return_val_if_fail (customer != NULL, NULL);

  if (customer->email == NULL)
    return NULL;
  const char *at = strrchr (customer->email, '@');
  if (at == NULL || at == customer->email)
    return g_strdup (BULLETS);

  /* Three characters of the name stay hidden even where that hides it whole. */
  glong length = g_utf8_pointer_to_offset (customer->email, at);
  const char *shown = g_utf8_offset_to_pointer (customer->email, MAX (length - 3, 0));
  return g_strdup_printf ("%.*s" BULLETS "%s", (int) (shown - customer->email), customer->email, at);
}

/* The digits as one dials them at home: "+33612345678" is "0612345678". */
static char *
national_digits (const char *phone)
{
  GString *digits = g_string_new (NULL);
  for (const char *c = phone; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  if (g_str_has_prefix (phone, "+33") && digits->len > 2)
    {
      g_string_erase (digits, 0, digits->str[2] == '0' ? 3 : 2);
      g_string_prepend_c (digits, '0');
    }
  return g_string_free (digits, FALSE);
}

char *
retour_customer_masked_phone (const RetourCustomer *customer)
{
  g_return_val_if_fail (customer != NULL, NULL);

  if (customer->phone == NULL)
    return NULL;
  g_autofree char *digits = national_digits (customer->phone);
  gsize length = strlen (digits);
  if (length < 6)
    return g_strdup (BULLETS);

  GString *masked = g_string_new (NULL);
  gsize first = length % 2 == 0 ? 2 : 1;
  g_string_append_len (masked, digits, (gssize) first);
  for (gsize i = first; i + 2 < length; i += 2)
    g_string_append (masked, " " BULLET BULLET);
  g_string_append_printf (masked, " %s", digits + length - 2);
  return g_string_free (masked, FALSE);
}

static gboolean
is_same_mailbox (const char *a, const char *b)
{
  return a != NULL && b != NULL && a[0] != '\0' && g_ascii_strcasecmp (a, b) == 0;
}

gboolean
retour_customer_is_person (const RetourCustomer *customer, const char *email, const char *id, gboolean *by_mailbox)
{
  gboolean mailbox = is_same_mailbox (customer->email, email);

  if (by_mailbox != NULL)
    *by_mailbox = mailbox;
  return mailbox || (id != NULL && *id != '\0' && g_strcmp0 (customer->id, id) == 0);
}
