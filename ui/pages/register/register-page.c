/* SPDX-License-Identifier: Apache-2.0 */
#include "register-page.h"

#include "register-row.h"
#include "return-item.h"
#include "text.h"
#include "words.h"

#define PAGE_SIZE 50

/* How far back the list goes, in days; 0: to the beginning. */
static const struct
{
  const char *label;
  int days;
} periods[] = {
  { N_ ("Today and yesterday"), 2 },
  { N_ ("30 days"), 30 },
  { N_ ("All"), 0 },
};

struct _RetourRegisterPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *room_bin, *heading, *entry, *segments, *total, *headings_place, *view, *scroller, *stack, *empty_title,
      *empty_text;
  GtkWidget *headings;
  GtkWidget *period_buttons[G_N_ELEMENTS (periods)];

  GListStore *items;
  GPtrArray *rows; /* alive, borrowed */
  char *text;      /* NULL: all */
  guint period;
  guint asked; /* the newest reading */
  gboolean reading, complete;
  RetourRoom room;
};

G_DEFINE_TYPE (RetourRegisterPage, retour_register_page, GTK_TYPE_BOX)

typedef struct
{
  RetourRegisterPage *page;
  RetourDesk *desk;
  char *text;
  int days;
  guint offset, asked;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->page);
  g_free (reading->text);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gpointer
list_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Reading *reading = user_data;
  RetourReturnFilter filter = {
    .from = RETOUR_INSTANT_NONE,
    .to = RETOUR_INSTANT_NONE,
    .text = reading->text,
    .limit = PAGE_SIZE,
    .offset = reading->offset,
  };

  if (reading->days > 0)
    filter.from = retour_desk_start_of_day (reading->desk) - (reading->days - 1) * 24 * 3600 * RETOUR_SECOND;
  return store->list_returns (store, &filter, error);
}

static void
show_total (RetourRegisterPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autofree char *words = self->complete ? g_strdup_printf (ngettext ("%u return", "%u returns", n), n)
                                          : g_strdup_printf (_ ("more than %u returns"), n);

  gtk_label_set_text (GTK_LABEL (self->total), words);
  if (n > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  else
    {
      gtk_label_set_text (GTK_LABEL (self->empty_title),
                          self->text != NULL ? _ ("No return found") : _ ("No return yet"));
      gtk_label_set_text (GTK_LABEL (self->empty_text),
                          self->text != NULL ? _ ("Check the number or the name, or choose a longer period.")
                                             : _ ("Returns of the chosen period will be listed here."));
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
    }
}

static void
listed (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GPtrArray) returns = result;
  RetourRegisterPage *self = reading->page;
  g_autoptr (GPtrArray) items = NULL;
  guint shown;

  if (reading->asked != self->asked)
    return;
  self->reading = FALSE;
  if (returns == NULL)
    {
      retour_navigation_show_error (self->navigation, _ ("The register could not be read."), error);
      return;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < returns->len; i++)
    g_ptr_array_add (items, retour_return_item_new (retour_return_copy (g_ptr_array_index (returns, i))));
  self->complete = returns->len < PAGE_SIZE;
  shown = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (reading->offset == 0)
    g_list_store_splice (self->items, 0, shown, items->pdata, items->len);
  else
    g_list_store_splice (self->items, shown, 0, items->pdata, items->len);
  show_total (self);
}

static void
read_rows (RetourRegisterPage *self, guint offset)
{
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  Reading *reading = g_new0 (Reading, 1);

  reading->page = g_object_ref (self);
  reading->desk = services->desk;
  reading->text = g_strdup (self->text);
  reading->days = periods[self->period].days;
  reading->offset = offset;
  reading->asked = ++self->asked;
  self->reading = TRUE;
  services->storage->read (services->storage->self, list_job, listed, reading);
}

void
retour_register_page_refresh (RetourRegisterPage *self)
{
  g_return_if_fail (RETOUR_IS_REGISTER_PAGE (self));

  read_rows (self, 0);
}

/* The next rows are read when the last ones come in sight. */
static void
scrolled (GtkAdjustment *adjustment, RetourRegisterPage *self)
{
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                 - gtk_adjustment_get_page_size (adjustment);

  if (below < gtk_adjustment_get_page_size (adjustment) && !self->reading && !self->complete)
    read_rows (self, g_list_model_get_n_items (G_LIST_MODEL (self->items)));
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourRegisterPage *self)
{
  GtkWidget *row = retour_register_row_new ();

  retour_register_row_set_room (row, self->room);
  g_ptr_array_add (self->rows, row);
  gtk_list_item_set_child (item, row);
}

static void
teardown_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourRegisterPage *self)
{
  g_ptr_array_remove_fast (self->rows, gtk_list_item_get_child (item));
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourRegisterPage *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  const RetourReturn *ret = retour_return_item_get (gtk_list_item_get_item (item));
  g_autofree char *spoken = retour_register_row_spoken (self->navigation, ret);

  retour_register_row_show (row, self->navigation, ret);
  retour_set_name (gtk_widget_get_parent (row), spoken);
}

static void
row_activated (GtkListView *view, guint position, RetourRegisterPage *self)
{
  g_autoptr (RetourReturnItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    retour_navigation_open_return (self->navigation, retour_return_item_get (item)->id);
}

static void
search_changed (GtkSearchEntry *entry, RetourRegisterPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  g_free (self->text);
  self->text = text[0] != '\0' ? g_steal_pointer (&text) : NULL;
  read_rows (self, 0);
}

static void
search_stopped (GtkSearchEntry *entry, RetourRegisterPage *self)
{
  if (self->text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    retour_navigation_go_back (self->navigation);
}

static void
period_toggled (GtkToggleButton *button, RetourRegisterPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (self->period_buttons[i] == GTK_WIDGET (button))
      self->period = i;
  if (self->navigation != NULL)
    read_rows (self, 0);
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (RETOUR_REGISTER_PAGE (widget)->entry);
}

static gboolean
retour_register_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RETOUR_REGISTER_PAGE (widget)->entry);
}

static void
room_changed (RetourRoomBin *bin, RetourRegisterPage *self)
{
  self->room = retour_room_bin_get_room (bin);
  gtk_widget_set_visible (self->heading, self->room < RETOUR_ROOM_TINY);
  retour_register_row_set_room (self->headings, self->room);
  for (guint i = 0; i < self->rows->len; i++)
    retour_register_row_set_room (g_ptr_array_index (self->rows, i), self->room);
}

static void
retour_register_page_finalize (GObject *object)
{
  RetourRegisterPage *self = RETOUR_REGISTER_PAGE (object);

  g_free (self->text);
  g_clear_object (&self->items);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (retour_register_page_parent_class)->finalize (object);
}

static void
retour_register_page_class_init (RetourRegisterPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_register_page_finalize;
  widget_class->grab_focus = retour_register_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "page.find", NULL, find);
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, room_bin);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, heading);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, entry);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, segments);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, total);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, headings_place);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, view);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, empty_title);
  gtk_widget_class_bind_template_child (widget_class, RetourRegisterPage, empty_text);
}

static void
add_periods (RetourRegisterPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (gettext (periods[i].label));

      self->period_buttons[i] = button;
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->period_buttons[0]));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      gtk_box_append (GTK_BOX (self->segments), button);
      g_signal_connect (button, "toggled", G_CALLBACK (period_toggled), self);
    }
}

static void
retour_register_page_init (RetourRegisterPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->items = g_list_store_new (RETOUR_TYPE_RETURN_ITEM);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), GTK_SELECTION_MODEL (selection));
  g_signal_connect (self->view, "activate", G_CALLBACK (row_activated), self);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "value-changed",
                    G_CALLBACK (scrolled), self);
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (search_changed), self);
  g_signal_connect (self->entry, "stop-search", G_CALLBACK (search_stopped), self);
  self->headings = retour_register_headings_new ();
  gtk_box_append (GTK_BOX (self->headings_place), self->headings);
  add_periods (self);
  g_signal_connect (self->room_bin, "changed", G_CALLBACK (room_changed), self);
}

RetourRegisterPage *
retour_register_page_new (RetourNavigation *navigation)
{
  RetourRegisterPage *self = g_object_new (RETOUR_TYPE_REGISTER_PAGE, NULL);

  self->navigation = navigation;
  return self;
}
