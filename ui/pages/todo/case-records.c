/* SPDX-License-Identifier: Apache-2.0 */
#include "case-records.h"

#include "return-row.h"
#include "text.h"
#include "words.h"

/* Columns: the point, whether it differs, ours, theirs. With large text the point stands above its values. */
#define COLUMN_OURS 2
#define COLUMN_THEIRS 3
#define MARGIN 16

typedef struct
{
  GtkGrid *grid;
  const RetourCase *one;
  gboolean two, large;
  int row;
} Records;

static GtkWidget *
value_new (const char *words, const char *classes)
{
  GtkWidget *label = retour_text_new_wrapped (words != NULL ? words : "—", classes);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (label, MARGIN);
  gtk_widget_set_margin_end (label, MARGIN);
  gtk_widget_set_margin_top (label, 3);
  gtk_widget_set_margin_bottom (label, 3);
  return label;
}

/* Whether ours and theirs agree, where both are known. */
static GtkWidget *
mark_new (const char *ours, const char *theirs)
{
  gboolean same = g_strcmp0 (ours, theirs) == 0;
  GtkWidget *label = retour_text_new (same ? _ ("same") : _ ("differs"), same ? "rt-muted" : "rt-bold rt-warning");

  gtk_widget_set_halign (label, GTK_ALIGN_END);
  return label;
}

static void
add (Records *records, const char *point, const char *ours, const char *theirs)
{
  gboolean compared = records->two && ours != NULL && theirs != NULL;
  const char *classes = compared && g_strcmp0 (ours, theirs) != 0 ? "rt-bold" : NULL;
  GtkWidget *name = retour_text_new (point, "rt-muted");

  if (records->large)
    {
      gtk_widget_set_margin_start (name, MARGIN);
      gtk_grid_attach (records->grid, name, COLUMN_OURS, records->row++, records->two ? 2 : 1, 1);
    }
  else
    {
      gtk_grid_attach (records->grid, name, 0, records->row, 1, 1);
      if (compared)
        gtk_grid_attach (records->grid, mark_new (ours, theirs), 1, records->row, 1, 1);
    }
  gtk_grid_attach (records->grid, value_new (ours, classes), COLUMN_OURS, records->row, 1, 1);
  if (records->two)
    gtk_grid_attach (records->grid, value_new (theirs, classes), COLUMN_THEIRS, records->row, 1, 1);
  records->row++;
}

static void
add_head (Records *records, int column, const char *title, const char *detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), retour_text_new_wrapped (title, "rt-t4"));
  gtk_box_append (GTK_BOX (box), retour_text_new_wrapped (detail, "rt-muted"));
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_grid_attach (records->grid, box, column, 0, 1, 1);
}

/* A card behind a column: attached first, it is drawn below the words. */
static void
add_card (Records *records, int column, const char *classes)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  retour_add_classes (card, classes);
  gtk_grid_attach (records->grid, card, column, 0, 1, records->large ? 16 : 9);
}

static char *
articles (const RetourReturn *ret)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = ret->lines->pdata[i];

      if (line->title != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", line->title);
      if (line->title != NULL && line->variant != NULL)
        g_string_append_printf (words, " · %s", line->variant);
    }
  return g_string_free (words, FALSE);
}

static char *
when (RetourNavigation *navigation, RetourInstant at)
{
  const RetourDesk *desk = retour_navigation_get_services (navigation)->desk;

  return at == RETOUR_INSTANT_NONE
             ? NULL
             : retour_when_words (at, retour_desk_now (desk), retour_navigation_get_time_zone (navigation),
                                  retour_navigation_get_language (navigation));
}

void
retour_case_records_show (GtkGrid *grid, RetourNavigation *navigation, const RetourCase *one)
{
  const RetourReturn *ret = one->ret;
  const RetourIdentity *identity = retour_desk_get_identity (retour_navigation_get_services (navigation)->desk);
  g_autofree char *ours_at = when (navigation, ret->recorded_at);
  g_autofree char *theirs_at = when (navigation, one->winner_at);
  g_autofree char *amount = retour_return_amount (ret, retour_navigation_get_language (navigation));
  g_autofree char *article = articles (ret);
  const char *here = identity->store_name != NULL ? identity->store_name : ret->store;
  g_autofree char *where = ret->offline ? g_strdup_printf (_ ("%s, offline"), here) : g_strdup (here);
  Records records = { grid, one, one->kind == RETOUR_CASE_TAKEN, retour_text_is_large (GTK_WIDGET (grid)), 1 };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  add_card (&records, COLUMN_OURS, "rt-card rt-record");
  add_head (&records, COLUMN_OURS, _ ("Our record"), where);
  if (records.two)
    {
      add_card (&records, COLUMN_THEIRS, "rt-card");
      add_head (&records, COLUMN_THEIRS, _ ("Known to the OMS"), one->winner_store != NULL ? one->winner_store : "—");
    }
  add (&records, _ ("Article"), article, article);
  add (&records, _ ("Order"), ret->order_number, ret->order_number);
  add (&records, _ ("When"), ours_at, theirs_at);
  add (&records, _ ("By"), ret->staff_name != NULL ? ret->staff_name : ret->staff, NULL);
  add (&records, _ ("Terminal"), ret->terminal, one->winner_terminal);
  add (&records, _ ("Amount"), amount, NULL);
  add (&records, _ ("Proof"), ret->number, one->winner_number);

  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (foot, -1, 4);
  gtk_grid_attach (grid, foot, COLUMN_OURS, records.row, 1, 1);
}
