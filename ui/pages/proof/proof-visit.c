/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-visit.h"

#include "item-words.h"
#include "proof-rows.h"
#include "text.h"
#include "words.h"

gboolean
retour_proof_is_cancelled (const GPtrArray *returns)
{
  for (guint i = 0; i < returns->len; i++)
    if (((const RetourReturn *) returns->pdata[i])->goods != RETOUR_GOODS_CANCELLED)
      return FALSE;
  return TRUE;
}

gboolean
retour_proof_waits_for_network (const GPtrArray *returns)
{
  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];

      if (ret->offline && ret->sync == RETOUR_SYNC_LOCAL && ret->goods != RETOUR_GOODS_CANCELLED)
        return TRUE;
    }
  return FALSE;
}

const char *
retour_proof_get_problem (const GPtrArray *returns)
{
  for (guint i = 0; i < returns->len; i++)
    if (((const RetourReturn *) returns->pdata[i])->problem != NULL)
      return ((const RetourReturn *) returns->pdata[i])->problem;
  return NULL;
}

RetourInstant
retour_proof_cancellable_until (const GPtrArray *returns, RetourInstant now)
{
  RetourInstant earliest = RETOUR_INSTANT_NONE;

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];
      RetourInstant until = retour_return_cancellable_until (ret, now);

      if (ret->goods == RETOUR_GOODS_CANCELLED)
        continue;
      if (until == RETOUR_INSTANT_NONE)
        return RETOUR_INSTANT_NONE;
      earliest = earliest == RETOUR_INSTANT_NONE ? until : MIN (earliest, until);
    }
  return earliest;
}

RetourDay
retour_proof_legal_day (const GPtrArray *returns)
{
  RetourDay latest = RETOUR_DAY_NONE;

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];

      if (ret->refund_latest_day != RETOUR_DAY_NONE && ret->total > 0 && !ret->gift
          && ret->refund != RETOUR_REFUND_SETTLED && ret->goods != RETOUR_GOODS_CANCELLED)
        latest = latest == RETOUR_DAY_NONE ? ret->refund_latest_day : MAX (latest, ret->refund_latest_day);
    }
  return latest;
}

static gboolean
shows_price (const RetourReturn *ret)
{
  return !ret->gift && ret->order_number != NULL;
}

char *
retour_proof_subtitle (RetourNavigation *navigation, const GPtrArray *returns)
{
  const RetourReturn *first = returns->pdata[0];
  RetourLanguage language = retour_navigation_get_language (navigation);
  GString *text = g_string_new (NULL);
  gint64 units = 0, total = 0;
  gboolean priced = FALSE;
  g_autofree char *counted = NULL;

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];

      units += retour_return_units (ret);
      if (!shows_price (ret) || __builtin_add_overflow (total, ret->total, &total))
        continue;
      priced = TRUE;
    }
  counted = retour_units_words (language, units);
  if (returns->len > 1)
    g_string_append_printf (text, ngettext ("%u order", "%u orders", returns->len), returns->len);
  if (priced)
    {
      g_autofree char *amount = retour_money_format (total, first->currency, language);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", amount);
    }
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", counted);
  if (first->customer_name != NULL && *first->customer_name != '\0')
    g_string_append_printf (text, " · %s", first->customer_name);
  return g_string_free (text, FALSE);
}

/* "1048-7213 · R0214A-00381-7" over each of several lists. */
static void
append_section (GtkWidget *box, const GPtrArray *returns, const RetourReturn *ret, GtkWidget *list)
{
  g_autofree char *heading =
      g_strdup_printf ("%s · %s", ret->order_number != NULL ? ret->order_number : _ ("Without order"), ret->number);

  if (returns->len > 1)
    gtk_box_append (GTK_BOX (box), retour_text_new (heading, "rt-muted rt-code"));
  gtk_box_append (GTK_BOX (box), list);
}

GtkWidget *
retour_proof_refund_sections_new (RetourNavigation *navigation, const GPtrArray *returns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  for (guint i = 0; i < returns->len; i++)
    append_section (box, returns, returns->pdata[i], retour_proof_refund_list_new (navigation, returns->pdata[i]));
  return box;
}

GtkWidget *
retour_proof_goods_sections_new (RetourNavigation *navigation, const GPtrArray *returns, GHashTable *places)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  for (guint i = 0; i < returns->len; i++)
    append_section (box, returns, returns->pdata[i],
                    retour_proof_goods_list_new (navigation, returns->pdata[i], places));
  return box;
}
