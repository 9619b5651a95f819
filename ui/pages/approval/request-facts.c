/* SPDX-License-Identifier: Apache-2.0 */
#include "request-facts.h"

#include "rule-words.h"
#include "text.h"
#include "words.h"

char *
retour_request_amount_text (const RetourApprovalRequest *request, RetourLanguage language)
{
  g_autofree char *amount = NULL;

  if (request->gift)
    return g_strdup (_ ("Gift, prices hidden"));
  if (request->amount == 0 && request->collect == 0)
    return g_strdup (_ ("Nothing to refund or to pay"));
  amount = retour_money_format (request->collect > 0 ? request->collect : request->amount, request->currency, language);
  return g_strdup_printf (request->collect > 0 ? _ ("The customer pays %s") : _ ("The customer gets %s"), amount);
}

char *
retour_request_origin_text (const RetourApprovalRequest *request)
{
  const char *name = request->requester_name != NULL ? request->requester_name : request->requester;
  const char *store = request->store_name != NULL ? request->store_name : request->store;

  return g_strdup_printf (_ ("%s · %s, terminal %s"), name, store != NULL ? store : "",
                          request->terminal != NULL ? request->terminal : "");
}

/* The house's words for a rule, else the sentence that came with it, else its id. */
static const char *
cause_title (const RetourRequestCause *cause, RetourLanguage language)
{
  const char *words = retour_rule_id_words (language, cause->rule);

  if (*words == '\0')
    words = retour_words_get (&cause->message, language);
  return *words != '\0' ? words : cause->rule;
}

char *
retour_request_rules_text (const RetourApprovalRequest *request, RetourLanguage language)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; i < request->causes->len; i++)
    {
      const char *title = cause_title (request->causes->pdata[i], language);

      if (!g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL))
        g_ptr_array_add (titles, (gpointer) title);
    }
  g_ptr_array_add (titles, NULL);
  return g_strjoinv (", ", (char **) titles->pdata);
}

typedef struct
{
  GtkGrid *grid;
  int row;
} Facts;

static void
add_fact (Facts *facts, const char *name, const char *value, const char *detail)
{
  GtkWidget *label = retour_text_new_wrapped (name, "rt-muted");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (value, "rt-t4"));
  if (detail != NULL && *detail != '\0' && !g_str_equal (detail, value))
    gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (detail, "rt-muted"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (facts->grid, label, 0, facts->row, 1, 1);
  /* With large text the name stands over what it names. */
  if (retour_text_is_large (GTK_WIDGET (facts->grid)))
    gtk_grid_attach (facts->grid, words, 0, ++facts->row, 1, 1);
  else
    gtk_grid_attach (facts->grid, words, 1, facts->row, 1, 1);
  facts->row++;
}

static void
add_cause (Facts *facts, const RetourRequestCause *cause, RetourLanguage language)
{
  const char *title = cause_title (cause, language);
  g_autofree char *value =
      cause->article != NULL ? g_strdup_printf ("%s · %s", cause->article, title) : g_strdup (title);

  add_fact (facts, _ ("Rule"), value, retour_words_get (&cause->message, language));
}

static char *
order_text (const RetourApprovalRequest *request)
{
  if (request->order_number == NULL)
    return g_strdup (_ ("Return without order"));
  return g_strdup_printf (_ ("Order %s"), request->order_number);
}

static char *
time_text (RetourNavigation *navigation, const RetourApprovalRequest *request)
{
  GTimeZone *zone = retour_navigation_get_time_zone (navigation);
  g_autofree char *asked = NULL, *until = NULL;

  if (request->asked_at == RETOUR_INSTANT_NONE || request->expires_at == RETOUR_INSTANT_NONE)
    return NULL;
  asked = retour_instant_format_time (request->asked_at, zone);
  until = retour_instant_format_time (request->expires_at, zone);
  return g_strdup_printf (_ ("Asked at %s, can be answered until %s."), asked, until);
}

GtkWidget *
retour_request_facts_new (RetourNavigation *navigation, const RetourApprovalRequest *request)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  Facts facts = { GTK_GRID (gtk_grid_new ()), 0 };
  g_autofree char *amount = retour_request_amount_text (request, language);
  g_autofree char *origin = retour_request_origin_text (request);
  g_autofree char *order = order_text (request);
  g_autofree char *time = time_text (navigation, request);

  gtk_widget_add_css_class (GTK_WIDGET (facts.grid), "rt-card");
  gtk_widget_add_css_class (GTK_WIDGET (facts.grid), "rt-facts");
  gtk_grid_set_row_spacing (facts.grid, 14);
  gtk_grid_set_column_spacing (facts.grid, 24);
  add_fact (&facts, _ ("Amount"), amount, NULL);
  for (guint i = 0; i < request->causes->len; i++)
    add_cause (&facts, request->causes->pdata[i], language);
  add_fact (&facts, _ ("Asked by"), origin, time);
  add_fact (&facts, _ ("Customer"), request->customer != NULL ? request->customer : _ ("not known"), order);
  return GTK_WIDGET (facts.grid);
}
