/* SPDX-License-Identifier: Apache-2.0 */
/* How the exchange with the OMS stands: what is so, what waits to be sent, and "Send now". */
#include "navigation-private.h"

#include "button.h"
#include "link-words.h"
#include "note.h"
#include "return-row.h"
#include "text.h"
#include "words.h"

#define WAITING_SHOWN 20

typedef struct
{
  GPtrArray *operations; /* RetourOperation */
  GPtrArray *titles;     /* char *, of each shown operation */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_pointer (&waiting->operations, g_ptr_array_unref);
  g_clear_pointer (&waiting->titles, g_ptr_array_unref);
  g_free (waiting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static gpointer
list_job (RetourStore *store, gpointer user_data, GError **error)
{
  g_autoptr (Waiting) waiting = g_new0 (Waiting, 1);

  waiting->operations = store->list_operations (store, error);
  if (waiting->operations == NULL)
    return NULL;
  waiting->titles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MIN (waiting->operations->len, WAITING_SHOWN); i++)
    {
      const RetourOperation *operation = g_ptr_array_index (waiting->operations, i);
      g_autoptr (RetourReturn) ret =
          operation->return_id != NULL ? store->find_return (store, operation->return_id, NULL) : NULL;

      g_ptr_array_add (waiting->titles, g_strdup (ret != NULL ? ret->number : ""));
    }
  return g_steal_pointer (&waiting);
}

static const char *
operation_words (RetourOperationKind kind)
{
  switch (kind)
    {
    case RETOUR_OPERATION_RETURN_RECORD:
      return _ ("Return");
    case RETOUR_OPERATION_RETURN_INSPECT:
      return _ ("Inspection");
    case RETOUR_OPERATION_RETURN_CORRECT:
      return _ ("Correction");
    case RETOUR_OPERATION_REFUND_RETENDER:
      return _ ("Refund by other means");
    case RETOUR_OPERATION_EXCHANGE_RECORD:
      return _ ("Exchange");
    case RETOUR_OPERATION_AUDIT_SEAL:
      return _ ("Seal of the journal");
    case RETOUR_OPERATION_APPROVAL_DECIDE:
      return _ ("Manager’s decision");
    }
  g_return_val_if_reached ("");
}

static GtkWidget *
operation_row_new (RetourNavigation *self, const RetourOperation *operation, const char *title)
{
  RetourInstant now = retour_desk_now (self->services->desk);
  g_autofree char *when = retour_when_words (operation->created_at, now, self->zone, self->preferences->language);
  g_autofree char *tries =
      operation->attempts > 0
          ? g_strdup_printf (ngettext ("%s · tried %u time", "%s · tried %u times", operation->attempts), when,
                             operation->attempts)
          : g_strdup (when);
  g_autofree char *words = g_strdup_printf ("%s %s", operation_words (operation->kind), title);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), retour_text_new (words, "rt-t4 rt-code"));
  gtk_box_append (GTK_BOX (box), retour_text_new (tries, "rt-muted"));
  gtk_widget_add_css_class (box, "rt-return-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  retour_set_name (row, words);
  return row;
}

static void
send_clicked (GtkButton *button, RetourNavigation *self)
{
  self->services->kick (self->services->self);
  retour_sheet_close (self->sheet);
  retour_navigation_toast (self, _ ("Exchange started."), NULL, NULL, NULL);
}

static void
add_fact (GtkWidget *box, const char *name, const char *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *label = retour_text_new (name, "rt-muted");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), retour_text_new_amount (value, "rt-t4"));
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_waiting (RetourNavigation *self, GtkWidget *body, const Waiting *waiting)
{
  GtkWidget *list;

  if (waiting->operations->len == 0)
    return;
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "rt-list");
  retour_set_name (list, _ ("To send"));
  for (guint i = 0; i < waiting->titles->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), operation_row_new (self, g_ptr_array_index (waiting->operations, i),
                                                                 g_ptr_array_index (waiting->titles, i)));
  gtk_box_append (GTK_BOX (body), retour_text_new (_ ("To send"), "rt-t3"));
  gtk_box_append (GTK_BOX (body), list);
}

static GtkWidget *
body_new (RetourNavigation *self, const RetourLink *link, const Waiting *waiting)
{
  RetourSaying saying = retour_link_saying (link);
  RetourInstant now = retour_desk_now (self->services->desk);
  g_autofree char *title = retour_link_title (link, self->zone);
  g_autofree char *explanation = retour_link_explanation (link);
  g_autofree char *last = link->last_exchange != RETOUR_INSTANT_NONE
                              ? retour_when_words (link->last_exchange, now, self->zone, self->preferences->language)
                              : g_strdup (_ ("never"));
  g_autofree char *count = g_strdup_printf ("%u", link->to_send);
  RetourNote *note = retour_note_new (saying.tone);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_start (body, 24);
  gtk_widget_set_margin_end (body, 24);
  gtk_widget_set_margin_top (body, 20);
  gtk_widget_set_margin_bottom (body, 20);
  retour_note_show (note, saying.tone, saying.icon, title, explanation);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (note));
  if (link->state == RETOUR_LINK_PULLING && link->total > 0)
    {
      GtkWidget *bar = gtk_progress_bar_new ();

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), MIN ((double) link->pulled / (double) link->total, 1));
      gtk_widget_add_css_class (bar, "rt-progress");
      retour_set_name (bar, title);
      gtk_box_append (GTK_BOX (body), bar);
    }
  add_fact (body, _ ("Last exchange"), last);
  add_fact (body, _ ("To send"), count);
  if (link->message != NULL)
    {
      GtkWidget *message = retour_text_new_wrapped (link->message, "rt-muted rt-code");

      gtk_label_set_selectable (GTK_LABEL (message), TRUE);
      gtk_box_append (GTK_BOX (body), message);
    }
  if (waiting != NULL)
    add_waiting (self, body, waiting);
  return body;
}

static void
listed (gpointer result, const GError *error, gpointer user_data)
{
  RetourNavigation *self = user_data;
  g_autoptr (Waiting) waiting = result;
  RetourLink link;
  RetourSheet *sheet;

  if (retour_navigation_is_locked (self))
    return;
  if (waiting == NULL)
    g_warning ("what waits to be sent could not be read: %s", error->message);
  self->services->get_link (self->services->self, &link);
  sheet = retour_sheet_new (_ ("Exchange with the OMS"));
  retour_sheet_set_body (sheet, body_new (self, &link, waiting));
  if (self->services->oms != NULL)
    {
      GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *button = retour_button_new ("emblem-synchronizing-symbolic",
                                             link.to_send > 0 ? _ ("Send now") : _ ("Exchange now"), "rt-primary");

      gtk_widget_set_hexpand (button, TRUE);
      gtk_widget_set_halign (button, GTK_ALIGN_END);
      g_signal_connect (button, "clicked", G_CALLBACK (send_clicked), self);
      gtk_box_append (GTK_BOX (foot), button);
      retour_sheet_set_foot (sheet, foot);
      retour_sheet_set_initial_focus (sheet, button);
    }
  retour_navigation_present_sheet (self, sheet);
}

void
retour_navigation_open_link (RetourNavigation *self)
{
  self->services->storage->read (self->services->storage->self, list_job, listed, self);
}
