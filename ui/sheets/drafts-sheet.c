/* SPDX-License-Identifier: Apache-2.0 */
/* What was put on hold: each return as it was left, to be resumed. */
#include "navigation-private.h"

#include "item-words.h"
#include "return-row.h"
#include "text.h"
#include "words.h"

#define DRAFT_KEY "retour-draft"

static void
draft_activated (GtkListBox *list, GtkListBoxRow *row, RetourNavigation *self)
{
  g_autofree char *draft = g_strdup (g_object_get_data (G_OBJECT (row), DRAFT_KEY));

  retour_sheet_close (self->sheet);
  retour_navigation_open_draft (self, draft);
}

static GtkWidget *
row_new (RetourNavigation *self, const RetourDraftSummary *draft)
{
  RetourLanguage language = self->preferences->language;
  RetourInstant now = retour_desk_now (self->services->desk);
  g_autofree char *when = retour_when_words (draft->changed_at, now, self->zone, language);
  g_autofree char *units = retour_units_words (language, draft->units);
  const char *who = draft->customer_name != NULL ? draft->customer_name : _ ("Without order");
  g_autofree char *what = draft->order_number != NULL
                              ? g_strdup_printf ("%s · %s · %s", draft->order_number, units, when)
                              : g_strdup_printf ("%s · %s", units, when);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", who, what);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), retour_text_new (who, "rt-t3"));
  gtk_box_append (GTK_BOX (words), retour_text_new (what, "rt-muted"));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("rt-pause-symbolic"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (box, "rt-return-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  retour_set_name (row, spoken);
  g_object_set_data_full (G_OBJECT (row), DRAFT_KEY, g_strdup (draft->id), g_free);
  return row;
}

static gpointer
list_job (RetourStore *store, gpointer user_data, GError **error)
{
  GPtrArray *drafts = store->list_drafts (store, error);

  if (drafts != NULL)
    retour_desk_merge_visits (drafts);
  return drafts;
}

static void
listed (gpointer result, const GError *error, gpointer user_data)
{
  RetourNavigation *self = user_data;
  g_autoptr (GPtrArray) drafts = result;
  RetourSheet *sheet;
  GtkWidget *list;

  if (retour_navigation_is_locked (self))
    return;
  if (drafts == NULL)
    {
      retour_navigation_show_error (self, _ ("What is on hold could not be read."), error);
      return;
    }
  sheet = retour_sheet_new (_ ("On hold"));
  retour_sheet_set_subtitle (sheet, _ ("Each return comes back as it was left."));
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "rt-list");
  gtk_widget_set_margin_start (list, 24);
  gtk_widget_set_margin_end (list, 24);
  gtk_widget_set_margin_top (list, 20);
  gtk_widget_set_margin_bottom (list, 24);
  retour_set_name (list, _ ("On hold"));
  for (guint i = 0; i < drafts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (self, g_ptr_array_index (drafts, i)));
  g_signal_connect (list, "row-activated", G_CALLBACK (draft_activated), self);
  retour_sheet_set_body (sheet, list);
  retour_navigation_present_sheet (self, sheet);
}

void
retour_navigation_open_drafts (RetourNavigation *self)
{
  self->services->storage->read (self->services->storage->self, list_job, listed, self);
}
