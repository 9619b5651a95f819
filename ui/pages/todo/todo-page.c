/* SPDX-License-Identifier: Apache-2.0 */
#include "todo-page.h"

#include "case-pane.h"
#include "case-words.h"
#include "request-list.h"
#include "return-row.h"
#include "room.h"
#include "text.h"
#include "words.h"
#include "wrap.h"

#define CASES_MOST 200
#define LIST_WIDTH 336

struct _RetourTodoPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *count, *list, *rows, *pane, *stack, *decided, *requests, *room, *head;
  GPtrArray *cases;   /* RetourCase, as listed; NULL while nothing is */
  GHashTable *queued; /* order -> how many of its operations wait behind a case */
  gboolean narrow;    /* list and case have no room beside each other: one of them is shown */
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

static GtkWidget *
case_new (RetourTodoPage *self, const RetourCase *one)
{
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  const RetourDesk *desk = retour_navigation_get_services (self->navigation)->desk;
  RetourSaying saying = retour_case_saying (language, one->kind);
  g_autofree char *who = retour_return_who (one->ret);
  g_autofree char *amount = retour_return_amount (one->ret, language);
  g_autofree char *when = retour_when_words (one->ret->recorded_at, retour_desk_now (desk),
                                             retour_navigation_get_time_zone (self->navigation), language);
  g_autofree char *what = g_strdup_printf ("%s · %s", who, amount);
  g_autofree char *details = g_strdup_printf ("%s · %s", one->ret->number, when);
  g_autofree char *spoken = g_strdup_printf ("%s. %s. %s", saying.words, what, details);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (saying.words, "rt-t4"));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (what, NULL));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (details, "rt-muted"));
  gtk_box_append (GTK_BOX (box), disc_new (saying.tone, saying.icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "rt-case");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  retour_set_name (row, spoken);
  return row;
}

typedef struct
{
  RetourTodoPage *page;
  guint asked;
  gboolean closed;
} Reading;

typedef struct
{
  GPtrArray *cases;
  GHashTable *queued;
} Listed;

static void
listed_free (Listed *listed)
{
  if (listed == NULL)
    return;
  g_ptr_array_unref (listed->cases);
  g_hash_table_unref (listed->queued);
  g_free (listed);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listed, listed_free)

/* Operations that wait, counted by order. */
static GHashTable *
count_queued (const GPtrArray *operations)
{
  GHashTable *queued = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      const RetourOperation *operation = operations->pdata[i];
      guint before;

      if (operation->quarantined || operation->order == NULL)
        continue;
      before = GPOINTER_TO_UINT (g_hash_table_lookup (queued, operation->order));
      g_hash_table_insert (queued, g_strdup (operation->order), GUINT_TO_POINTER (before + 1));
    }
  return queued;
}

static gpointer
list_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Reading *reading = user_data;
  g_autoptr (GPtrArray) cases = store->list_cases (store, reading->closed, CASES_MOST, error);
  g_autoptr (GPtrArray) operations = cases != NULL ? store->list_operations (store, error) : NULL;
  Listed *listed;

  if (operations == NULL)
    return NULL;
  listed = g_new0 (Listed, 1);
  listed->cases = g_steal_pointer (&cases);
  listed->queued = count_queued (operations);
  return listed;
}

static void show_case (RetourTodoPage *self, gboolean shown);

/* The rows and their cases go together: a row's place is its case's. */
static void
fill (RetourTodoPage *self, GPtrArray *cases)
{
  g_autofree char *shown = g_strdup (retour_case_pane_get_return (RETOUR_CASE_PANE (self->pane)));
  GtkListBox *list = GTK_LIST_BOX (self->list);
  int chosen = 0;
  GtkWidget *child;

  g_clear_pointer (&self->cases, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (list, child);
  for (guint i = 0; i < cases->len; i++)
    {
      const RetourCase *one = g_ptr_array_index (cases, i);

      gtk_list_box_append (list, case_new (self, one));
      if (g_strcmp0 (one->ret->id, shown) == 0)
        chosen = (int) i;
    }
  self->cases = g_ptr_array_ref (cases);
  if (cases->len == 0 || (self->narrow && shown == NULL))
    {
      retour_case_pane_show (RETOUR_CASE_PANE (self->pane), NULL, 0);
      show_case (self, FALSE);
    }
  else
    gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, chosen));
}

static void
listed (gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (RetourTodoPage) self = reading->page;
  g_autoptr (Listed) found = result;
  g_autofree char *count = NULL;
  const GPtrArray *cases;

  if (reading->asked != self->asked)
    return;
  if (found == NULL)
    {
      retour_navigation_show_error (self->navigation, _ ("What needs you could not be read."), error);
      return;
    }
  cases = found->cases;
  g_clear_pointer (&self->queued, g_hash_table_unref);
  self->queued = g_hash_table_ref (found->queued);
  fill (self, found->cases);
  count = reading->closed
              ? g_strdup_printf (ngettext ("%u decided case", "%u decided cases", cases->len), cases->len)
              : g_strdup_printf (ngettext ("%u case, the oldest first", "%u cases, the oldest first", cases->len),
                                 cases->len);
  gtk_label_set_text (GTK_LABEL (self->count), cases->len > 0 ? count : "");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), cases->len > 0 ? "list" : "empty");
  gtk_widget_set_visible (self->stack, cases->len > 0
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
  reading->closed = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->decided));
  storage->read (storage->self, list_job, listed, reading);
}

/* Where both have no room: the list, or one case in its place. */
static void
show_case (RetourTodoPage *self, gboolean shown)
{
  gtk_widget_set_visible (self->head, !self->narrow || !shown);
  gtk_widget_set_visible (self->rows, !self->narrow || !shown);
  gtk_widget_set_visible (self->pane, shown);
  retour_case_pane_set_alone (RETOUR_CASE_PANE (self->pane), self->narrow && shown);
}

static void
case_selected (GtkListBox *list, GtkListBoxRow *row, RetourTodoPage *self)
{
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  const RetourCase *one;
  guint queued;

  if (self->cases == NULL || index < 0 || (guint) index >= self->cases->len)
    return;
  one = g_ptr_array_index (self->cases, (guint) index);
  queued = one->ret->order_id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->queued, one->ret->order_id)) : 0;
  retour_case_pane_show (RETOUR_CASE_PANE (self->pane), retour_case_copy (one), queued);
  show_case (self, TRUE);
}

/* Enter or a touch on a row goes on to its case. */
static void
case_activated (GtkListBox *list, GtkListBoxRow *row, RetourTodoPage *self)
{
  case_selected (list, row, self);
  gtk_widget_child_focus (self->pane, GTK_DIR_TAB_FORWARD);
}

static void
case_left (RetourTodoPage *self)
{
  show_case (self, FALSE);
  retour_case_pane_show (RETOUR_CASE_PANE (self->pane), NULL, 0);
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
room_changed (RetourRoomBin *room, RetourTodoPage *self)
{
  gboolean shown = retour_case_pane_get_return (RETOUR_CASE_PANE (self->pane)) != NULL;

  self->narrow = retour_room_bin_get_room (room) >= RETOUR_ROOM_LEAST;
  gtk_widget_set_size_request (self->rows, self->narrow ? -1 : LIST_WIDTH, -1);
  gtk_widget_set_hexpand (self->rows, self->narrow);
  show_case (self, shown);
}

static void
primary (GtkWidget *widget, const char *action, GVariant *parameter)
{
  retour_case_pane_decide (RETOUR_CASE_PANE (RETOUR_TODO_PAGE (widget)->pane));
}

static void
retour_todo_page_finalize (GObject *object)
{
  RetourTodoPage *self = RETOUR_TODO_PAGE (object);

  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->queued, g_hash_table_unref);
  G_OBJECT_CLASS (retour_todo_page_parent_class)->finalize (object);
}

static gboolean
retour_todo_page_grab_focus (GtkWidget *widget)
{
  RetourTodoPage *self = RETOUR_TODO_PAGE (widget);
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  GtkWidget *first = chosen != NULL ? GTK_WIDGET (chosen) : gtk_widget_get_first_child (self->list);

  if (gtk_widget_grab_focus (gtk_widget_get_first_child (self->requests)))
    return TRUE;
  return first != NULL && gtk_widget_grab_focus (first);
}

static void
retour_todo_page_class_init (RetourTodoPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->grab_focus = retour_todo_page_grab_focus;
  G_OBJECT_CLASS (class)->finalize = retour_todo_page_finalize;
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  g_type_ensure (RETOUR_TYPE_CASE_PANE);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/todo-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, count);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, decided);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, list);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, head);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, requests);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, room);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, rows);
  gtk_widget_class_bind_template_child (widget_class, RetourTodoPage, stack);
}

static void
retour_todo_page_init (RetourTodoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (case_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (case_activated), self);
  g_signal_connect (self->room, "changed", G_CALLBACK (room_changed), self);
  g_signal_connect_swapped (self->pane, "left", G_CALLBACK (case_left), self);
  g_signal_connect_swapped (self->pane, "decided", G_CALLBACK (retour_todo_page_refresh), self);
  g_signal_connect_swapped (self->decided, "toggled", G_CALLBACK (retour_todo_page_refresh), self);
}

RetourTodoPage *
retour_todo_page_new (RetourNavigation *navigation)
{
  RetourTodoPage *self = g_object_new (RETOUR_TYPE_TODO_PAGE, NULL);

  self->navigation = navigation;
  gtk_box_append (GTK_BOX (self->requests), GTK_WIDGET (retour_request_list_new (navigation)));
  retour_case_pane_set_navigation (RETOUR_CASE_PANE (self->pane), navigation);
  return self;
}
