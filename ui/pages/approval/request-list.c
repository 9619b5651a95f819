/* SPDX-License-Identifier: Apache-2.0 */
#include "request-list.h"

#include "request-board.h"
#include "request-facts.h"
#include "request-sheet.h"
#include "text.h"
#include "words.h"

#define ID_KEY "retour-request"

struct _RetourRequestList
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  GtkWidget *list;
  guint count;
};

G_DEFINE_TYPE (RetourRequestList, retour_request_list, GTK_TYPE_BOX)

static char *
details_text (RetourRequestList *self, const RetourApprovalRequest *request)
{
  GTimeZone *zone = retour_navigation_get_time_zone (self->navigation);
  g_autofree char *asked =
      request->asked_at != RETOUR_INSTANT_NONE ? retour_instant_format_time (request->asked_at, zone) : g_strdup ("");
  const char *order = request->order_number != NULL ? request->order_number : _ ("Return without order");

  if (request->customer == NULL)
    return g_strdup_printf ("%s · %s", order, asked);
  return g_strdup_printf ("%s · %s · %s", request->customer, order, asked);
}

static GtkWidget *
row_new (RetourRequestList *self, const RetourApprovalRequest *request)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  g_autofree char *origin = retour_request_origin_text (request);
  g_autofree char *amount = retour_request_amount_text (request, language);
  g_autofree char *rules = retour_request_rules_text (request, language);
  g_autofree char *details = details_text (self, request);
  g_autofree char *why = g_strdup_printf ("%s · %s", amount, rules);
  g_autofree char *spoken = g_strdup_printf ("%s. %s. %s", origin, why, details);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *icon = gtk_image_new_from_icon_name ("rt-shield-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 28);
  gtk_widget_add_css_class (icon, "rt-accent");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (origin, "rt-t3"));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (why, NULL));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (details, "rt-muted"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (box, "rt-case");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  retour_set_name (row, spoken);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (request->id), g_free);
  return row;
}

/* Where the focus is: the id of the request, or NULL. */
static char *
focused_id (RetourRequestList *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list);

  return row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), ID_KEY)) : NULL;
}

/* Who was about to open one goes on from there. */
static void
fill (RetourRequestList *self, RetourRequestBoard *board)
{
  const GPtrArray *waiting = retour_request_board_get_waiting (board);
  g_autofree char *focused = focused_id (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  self->count = waiting->len;
  gtk_widget_set_visible (GTK_WIDGET (self), waiting->len > 0);
  for (guint i = 0; i < waiting->len; i++)
    {
      const RetourApprovalRequest *request = waiting->pdata[i];

      child = row_new (self, request);
      gtk_list_box_append (GTK_LIST_BOX (self->list), child);
      if (g_strcmp0 (focused, request->id) == 0)
        gtk_widget_grab_focus (child);
    }
}

static void
board_changed (RetourRequestBoard *board, RetourRequestList *self)
{
  fill (self, board);
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, RetourRequestList *self)
{
  const GPtrArray *waiting = retour_request_board_get_waiting (retour_navigation_get_requests (self->navigation));
  const char *id = g_object_get_data (G_OBJECT (row), ID_KEY);

  for (guint i = 0; i < waiting->len; i++)
    if (g_str_equal (((const RetourApprovalRequest *) waiting->pdata[i])->id, id))
      {
        retour_request_sheet_open (self->navigation, waiting->pdata[i]);
        return;
      }
}

/* On the oldest. */
static gboolean
retour_request_list_grab_focus (GtkWidget *widget)
{
  GtkWidget *first = gtk_widget_get_first_child (RETOUR_REQUEST_LIST (widget)->list);

  return first != NULL && gtk_widget_grab_focus (first);
}

static void
retour_request_list_class_init (RetourRequestListClass *class)
{
  GTK_WIDGET_CLASS (class)->grab_focus = retour_request_list_grab_focus;
}

static void
retour_request_list_init (RetourRequestList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "rt-list");
  gtk_widget_set_margin_start (self->list, 2);
  gtk_widget_set_margin_end (self->list, 2);
  retour_set_name (self->list, _ ("Approvals asked by other terminals"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
  gtk_box_append (GTK_BOX (self), retour_text_new (_ ("Approvals asked by other terminals"), "rt-t3"));
  gtk_box_append (GTK_BOX (self), self->list);
}

RetourRequestList *
retour_request_list_new (RetourNavigation *navigation)
{
  RetourRequestList *self = g_object_new (RETOUR_TYPE_REQUEST_LIST, NULL);
  RetourRequestBoard *board = retour_navigation_get_requests (navigation);

  self->navigation = navigation;
  if (board == NULL)
    return self;
  fill (self, board);
  g_signal_connect_object (board, "changed", G_CALLBACK (board_changed), self, 0);
  return self;
}

guint
retour_request_list_get_count (RetourRequestList *self)
{
  g_return_val_if_fail (RETOUR_IS_REQUEST_LIST (self), 0);
  return self->count;
}
