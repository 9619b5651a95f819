/* SPDX-License-Identifier: Apache-2.0 */
#include "todo-page.h"

#include "item-words.h"
#include "request-list.h"
#include "return-row.h"
#include "room.h"
#include "text.h"
#include "words.h"

#define RETURN_KEY "retour-return"
#define CASES_MOST 200

struct _RetourTodoPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *count, *list, *stack, *requests;
  guint asked;
};

G_DEFINE_TYPE (RetourTodoPage, retour_todo_page, GTK_TYPE_BOX)

static GtkWidget *
disc_new (RetourTone tone, const char *icon)
{
  GtkWidget *disc = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_hexpand (image, TRUE);
  gtk_widget_set_hexpand (disc, FALSE);
  gtk_widget_set_valign (disc, GTK_ALIGN_START);
  gtk_widget_add_css_class (disc, "rt-disc");
  retour_add_classes (disc, retour_tone_class (tone));
  gtk_box_append (GTK_BOX (disc), image);
  return disc;
}

/* Whether money has moved: the first thing a clerk needs to know of a case. */
static const char *
money_words (const RetourReturn *ret)
{
  switch (ret->refund)
    {
    case RETOUR_REFUND_NONE:
    case RETOUR_REFUND_PROMISED:
    case RETOUR_REFUND_REQUESTED:
      return _ ("Nothing has been paid to the customer yet.");
    case RETOUR_REFUND_PENDING:
      return _ ("The refund is on its way at the bank.");
    case RETOUR_REFUND_SETTLED:
    case RETOUR_REFUND_RE_TENDERED:
      return _ ("The customer has been refunded once.");
    case RETOUR_REFUND_FAILED:
      return _ ("The refund failed: nothing has been paid.");
    }
  g_return_val_if_reached ("");
}

static GtkWidget *
case_new (RetourTodoPage *self, const RetourReturn *ret)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  const RetourDesk *desk = retour_navigation_get_services (self->navigation)->desk;
  gboolean failed = ret->refund == RETOUR_REFUND_FAILED;
  g_autofree char *who = retour_return_who (ret);
  g_autofree char *amount = retour_return_amount (ret, language);
  g_autofree char *units = retour_units_words (language, retour_return_units (ret));
  g_autofree char *when = retour_when_words (ret->recorded_at, retour_desk_now (desk),
                                             retour_navigation_get_time_zone (self->navigation), language);
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", who, units, amount);
  const char *problem = ret->problem != NULL ? ret->problem : _ ("The OMS did not accept this return.");
  g_autofree char *details = g_strdup_printf ("%s · %s · %s", ret->number, when, money_words (ret));
  g_autofree char *spoken = g_strdup_printf ("%s. %s %s", title, problem, details);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (title, "rt-t3"));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (problem, NULL));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (details, "rt-muted"));
  gtk_box_append (GTK_BOX (box), disc_new (failed ? RETOUR_TONE_ERROR : RETOUR_TONE_WARNING,
                                           failed ? "rt-card-symbolic" : "rt-exchange-symbolic"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (box, "rt-case");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  retour_set_name (row, spoken);
  g_object_set_data_full (G_OBJECT (row), RETURN_KEY, g_strdup (ret->id), g_free);
  return row;
}

typedef struct
{
  RetourTodoPage *page;
  guint asked;
} Reading;

static gpointer
list_job (RetourStore *store, gpointer user_data, GError **error)
{
  const RetourReturnFilter filter = {
    .from = RETOUR_INSTANT_NONE,
    .to = RETOUR_INSTANT_NONE,
    .attention = TRUE,
    .limit = CASES_MOST,
  };

  return store->list_returns (store, &filter, error);
}

static void
listed (gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (RetourTodoPage) self = reading->page;
  g_autoptr (GPtrArray) returns = result;
  g_autofree char *count = NULL;
  GtkWidget *child;

  if (reading->asked != self->asked)
    return;
  if (returns == NULL)
    {
      retour_navigation_show_error (self->navigation, _ ("What needs you could not be read."), error);
      return;
    }
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = returns->len; i > 0; i--)
    gtk_list_box_append (GTK_LIST_BOX (self->list), case_new (self, g_ptr_array_index (returns, i - 1)));
  count = g_strdup_printf (ngettext ("%u case, the oldest first", "%u cases, the oldest first", returns->len),
                           returns->len);
  gtk_label_set_text (GTK_LABEL (self->count), returns->len > 0 ? count : "");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), returns->len > 0 ? "list" : "empty");
  gtk_widget_set_visible (self->stack, returns->len > 0
                                           || retour_request_list_get_count (
                                                  RETOUR_REQUEST_LIST (gtk_widget_get_first_child (self->requests)))
                                                  == 0);
}

void
retour_todo_page_refresh (RetourTodoPage *self)
{
  const RetourStorage *storage;
  Reading *reading;

  g_return_if_fail (RETOUR_IS_TODO_PAGE (self));

  storage = retour_navigation_get_services (self->navigation)->storage;
  reading = g_new0 (Reading, 1);
  reading->page = g_object_ref (self);
  reading->asked = ++self->asked;
  storage->read (storage->self, list_job, listed, reading);
}

static void
case_activated (GtkListBox *list, GtkListBoxRow *row, RetourTodoPage *self)
{
  retour_navigation_open_return (self->navigation, g_object_get_data (G_OBJECT (row), RETURN_KEY));
}

static gboolean
retour_todo_page_grab_focus (GtkWidget *widget)
{
  RetourTodoPage *self = RETOUR_TODO_PAGE (widget);
  GtkWidget *first = gtk_widget_get_first_child (self->list);

  if (gtk_widget_grab_focus (gtk_widget_get_first_child (self->requests)))
    return TRUE;
  return first != NULL && gtk_widget_grab_focus (first);
}

static void
retour_todo_page_class_init (RetourTodoPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->grab_focus = retour_todo_page_grab_focus;
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/todo-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, count);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, list);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, requests);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, stack);
}

static void
retour_todo_page_init (RetourTodoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (case_activated), self);
}

RetourTodoPage *
retour_todo_page_new (RetourNavigation *navigation)
{
  RetourTodoPage *self = g_object_new (RETOUR_TYPE_TODO_PAGE, NULL);

  self->navigation = navigation;
  gtk_box_append (GTK_BOX (self->requests), GTK_WIDGET (retour_request_list_new (navigation)));
  return self;
}
