/* SPDX-License-Identifier: Apache-2.0 */
#include "search-match.h"

#include <string.h>

#define MASK "•••"
#define LEAST_FIGURES 3
#define NATIONAL_LENGTH 10
#define CATEGORIES_SHOWN 4

/* Lower case without accents: letters and figures only, so that a hyphen or a dot never hides a word. */
static char *
folded (const char *text)
{
  g_autofree char *lower = g_utf8_casefold (text != NULL ? text : "", -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  GString *plain = g_string_new (NULL);

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return g_string_free (plain, FALSE);
}

static GStrv
words_of (const char *query)
{
  g_autofree char *plain = folded (query);

  return g_strsplit_set (plain, " \t", -1);
}

/* As it is dialled in its country: "+33 6 12…" and "0033 6 12…" are "0612…". */
static char *
figures_of (const char *phone)
{
  GString *figures = g_string_new (NULL);
  gboolean abroad = phone != NULL && strchr (phone, '+') != NULL;

  for (const char *at = phone != NULL ? phone : ""; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (figures, *at);
  if (g_str_has_prefix (figures->str, "0033"))
    {
      g_string_erase (figures, 0, 2);
      abroad = TRUE;
    }
  if (g_str_has_prefix (figures->str, "33") && (abroad || figures->len == NATIONAL_LENGTH + 1))
    {
      g_string_erase (figures, 0, 2);
      g_string_prepend_c (figures, '0');
    }
  return g_string_free (figures, FALSE);
}

/* Where the figures of the query stand among those of the phone; NULL when they do not. */
static const char *
find_figures (const char *phone_figures, const char *query, gsize *length)
{
  g_autofree char *figures = figures_of (query);

  for (const char *at = query; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return NULL;
  *length = strlen (figures);
  return *length >= LEAST_FIGURES ? strstr (phone_figures, figures) : NULL;
}

static gboolean
starts_a_word (const char *text, const char *at)
{
  return at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

/* The word at the start of a word of the text, or NULL. Both folded. */
static const char *
find_word (const char *text, const char *word)
{
  const char *at = text;

  if (word[0] == '\0')
    return NULL;
  while ((at = strstr (at, word)) != NULL)
    {
      if (starts_a_word (text, at))
        return at;
      at = g_utf8_next_char (at);
    }
  return NULL;
}

static gboolean
holds_any (const char *text, GStrv words)
{
  g_autofree char *plain = folded (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (find_word (plain, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

RetourFound
retour_search_found (const RetourOrderSummary *summary, const char *query)
{
  g_auto (GStrv) words = words_of (query);
  g_autofree char *phone = figures_of (summary->phone);
  RetourFound found = 0;
  gsize length;

  if (holds_any (summary->customer_name, words))
    found |= RETOUR_FOUND_NAME;
  if (holds_any (summary->email, words))
    found |= RETOUR_FOUND_EMAIL;
  if (find_figures (phone, query, &length) != NULL)
    found |= RETOUR_FOUND_PHONE;
  if (holds_any (summary->number, words))
    found |= RETOUR_FOUND_NUMBER;
  return found;
}

char *
retour_search_email (const char *email, const char *query)
{
  const char *at_sign = email != NULL ? strrchr (email, '@') : NULL;
  g_autofree char *local = NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) words = NULL;
  glong shown = 0;

  if (at_sign == NULL)
    return g_strdup (email != NULL ? MASK : NULL);
  local = g_strndup (email, (gsize) (at_sign - email));
  plain = folded (local);
  words = words_of (query);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *match = find_word (plain, words[i]);

      if (match != NULL)
        shown = MAX (shown, g_utf8_pointer_to_offset (plain, match) + g_utf8_strlen (words[i], -1));
    }
  if (shown == 0)
    shown = MIN (3, g_utf8_strlen (local, -1) / 2);
  if (shown >= g_utf8_strlen (local, -1))
    return g_strdup (email);
  g_free (g_steal_pointer (&plain));
  plain = g_utf8_substring (local, 0, shown);
  return g_strconcat (plain, MASK, at_sign, NULL);
}

char *
retour_search_phone (const char *phone, const char *query)
{
  g_autofree char *figures = figures_of (phone);
  gsize all = strlen (figures);
  const char *match;
  gsize length = 0;
  GString *masked;

  if (phone == NULL)
    return NULL;
  if (all != NATIONAL_LENGTH)
    {
      const RetourCustomer customer = { .phone = (char *) phone };

      return retour_customer_masked_phone (&customer);
    }
  match = find_figures (figures, query != NULL ? query : "", &length);
  masked = g_string_new (NULL);
  for (gsize i = 0; i < all; i++)
    {
      gboolean typed = match != NULL && figures + i >= match && figures + i < match + length;

      if (i > 0 && i % 2 == 0)
        g_string_append_c (masked, ' ');
      if (i < 2 || i >= all - 2 || typed)
        g_string_append_c (masked, figures[i]);
      else
        g_string_append (masked, "•");
    }
  return g_string_free (masked, FALSE);
}

char *
retour_search_contact (const RetourOrderSummary *summary, const char *query)
{
  RetourFound found = query != NULL ? retour_search_found (summary, query) : 0;
  gboolean has_phone = summary->phone != NULL && summary->phone[0] != '\0';
  gboolean has_email = summary->email != NULL && summary->email[0] != '\0';

  if (has_phone && ((found & RETOUR_FOUND_PHONE) != 0 || !has_email))
    return retour_search_phone (summary->phone, query);
  if (has_email)
    return retour_search_email (summary->email, query != NULL ? query : "");
  return g_strdup ("");
}

RetourOrderSummary *
retour_search_summarise (const RetourOrder *order)
{
  RetourOrderSummary *summary = g_new0 (RetourOrderSummary, 1);
  g_autoptr (GStrvBuilder) categories = g_strv_builder_new ();

  summary->id = g_strdup (order->id);
  summary->number = g_strdup (order->number);
  summary->channel = g_strdup (order->channel);
  summary->customer_name = g_strdup (order->customer.name);
  summary->email = g_strdup (order->customer.email);
  summary->phone = g_strdup (order->customer.phone);
  memcpy (summary->currency, order->currency, sizeof summary->currency);
  summary->captured = retour_order_captured (order);
  summary->placed_at = order->placed_at;
  summary->last_delivery = retour_order_last_delivery (order);
  summary->gift = order->gift;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);

      summary->units += line->quantity;
      summary->returnable += retour_order_line_returnable (line);
      if (i < CATEGORIES_SHOWN)
        g_strv_builder_add (categories, line->category != NULL ? line->category : "");
    }
  summary->categories = g_strv_builder_end (categories);
  return summary;
}
