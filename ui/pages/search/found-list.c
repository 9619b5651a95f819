/* SPDX-License-Identifier: Apache-2.0 */
#include "found-list.h"

#include "button.h"
#include "order-row.h"
#include "text.h"
#include "words.h"

#define ROW_KEY "retour-row"

struct _RetourFoundList
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *view;
  GtkWidget *title, *text, *without;
  GListStore *items;
  GtkSingleSelection *selection;
  GPtrArray *rows; /* order rows alive, borrowed */
  RetourLanguage language;
  GTimeZone *zone;
  char *query;
  RetourRoom room;
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_WITHOUT_ORDER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourFoundList, retour_found_list, GTK_TYPE_WIDGET)

/* A list item shows one of three faces; which one is known when it is bound. */
typedef struct
{
  GtkWidget *stack;
  GtkWidget *heading_icon, *heading, *aside;
  GtkWidget *order;
  GtkWidget *spinner, *remark;
} Face;

static GtkWidget *
heading_new (Face *face)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  face->heading_icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (face->heading_icon), 18);
  gtk_widget_add_css_class (face->heading_icon, "rt-accent");
  face->heading = retour_text_new (NULL, "rt-t4");
  face->aside = retour_text_new (NULL, "rt-muted");
  gtk_box_append (GTK_BOX (box), face->heading_icon);
  gtk_box_append (GTK_BOX (box), face->heading);
  gtk_box_append (GTK_BOX (box), face->aside);
  gtk_widget_add_css_class (box, "rt-found-heading");
  return box;
}

static GtkWidget *
remark_new (Face *face)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  face->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (face->spinner, 24, 24);
  face->remark = retour_text_new_wrapped (NULL, "rt-muted");
  gtk_box_append (GTK_BOX (box), face->spinner);
  gtk_box_append (GTK_BOX (box), face->remark);
  gtk_widget_add_css_class (box, "rt-found-remark");
  return box;
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourFoundList *self)
{
  Face *face = g_new0 (Face, 1);

  face->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (face->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (face->stack), FALSE);
  gtk_widget_add_css_class (face->stack, "rt-found-row");
  face->order = retour_order_row_new (self->language, self->zone);
  retour_order_row_set_room (face->order, self->room);
  g_ptr_array_add (self->rows, face->order);
  gtk_stack_add_named (GTK_STACK (face->stack), heading_new (face), "heading");
  gtk_stack_add_named (GTK_STACK (face->stack), face->order, "order");
  gtk_stack_add_named (GTK_STACK (face->stack), remark_new (face), "remark");
  g_object_set_data_full (G_OBJECT (item), ROW_KEY, face, g_free);
  gtk_list_item_set_child (item, face->stack);
}

static void
teardown_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourFoundList *self)
{
  Face *face = g_object_get_data (G_OBJECT (item), ROW_KEY);

  if (face != NULL)
    g_ptr_array_remove_fast (self->rows, face->order);
}

static void
set_class (GtkWidget *widget, const char *class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

static void
bind_heading (Face *face, const RetourFoundOrder *found)
{
  g_autofree char *aside = found->aside != NULL ? g_strdup_printf ("· %s", found->aside) : NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (face->heading_icon), found->icon);
  gtk_label_set_text (GTK_LABEL (face->heading), found->text);
  gtk_label_set_text (GTK_LABEL (face->aside), aside);
  retour_set_name (gtk_widget_get_parent (face->stack), found->text);
  gtk_stack_set_visible_child_name (GTK_STACK (face->stack), "heading");
}

static void
bind_remark (Face *face, const RetourFoundOrder *found)
{
  gboolean busy = found->kind == RETOUR_ROW_BUSY;

  gtk_widget_set_visible (face->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (face->spinner), busy);
  gtk_label_set_text (GTK_LABEL (face->remark), found->text);
  retour_set_name (gtk_widget_get_parent (face->stack), found->text);
  gtk_stack_set_visible_child_name (GTK_STACK (face->stack), "remark");
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourFoundList *self)
{
  Face *face = g_object_get_data (G_OBJECT (item), ROW_KEY);
  const RetourFoundOrder *found = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_widget_get_parent (face->stack);
  gboolean is_order = found->kind == RETOUR_ROW_ORDER;
  gboolean is_heading = found->kind == RETOUR_ROW_HEADING;

  gtk_list_item_set_selectable (item, is_order);
  gtk_list_item_set_activatable (item, is_order);
  set_class (row, "rt-found-card", !is_heading);
  set_class (row, "rt-found-first", !is_heading && found->first);
  set_class (row, "rt-found-last", !is_heading && found->last);
  if (is_heading)
    bind_heading (face, found);
  else if (is_order)
    {
      g_autofree char *spoken = retour_order_row_spoken (self->language, found->summary);

      retour_order_row_show (face->order, found->summary, self->query);
      retour_set_name (row, spoken);
      gtk_stack_set_visible_child_name (GTK_STACK (face->stack), "order");
    }
  else
    bind_remark (face, found);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *item, RetourFoundList *self)
{
  const Face *face = g_object_get_data (G_OBJECT (item), ROW_KEY);

  gtk_spinner_set_spinning (GTK_SPINNER (face->spinner), FALSE);
}

static RetourFoundOrder *
item_at (RetourFoundList *self, guint position)
{
  g_autoptr (RetourFoundOrder) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item; /* kept alive by the store */
}

static gboolean
is_order_at (RetourFoundList *self, guint position)
{
  const RetourFoundOrder *item = item_at (self, position);

  return item != NULL && item->kind == RETOUR_ROW_ORDER;
}

static void
row_activated (GtkListView *view, guint position, RetourFoundList *self)
{
  if (is_order_at (self, position))
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, item_at (self, position));
}

static void
without_clicked (GtkButton *button, RetourFoundList *self)
{
  g_signal_emit (self, signals[SIGNAL_WITHOUT_ORDER], 0);
}

void
retour_found_list_move (RetourFoundList *self, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint position = gtk_single_selection_get_selected (self->selection);

  g_return_if_fail (by == 1 || by == -1);

  if (position == GTK_INVALID_LIST_POSITION)
    position = by > 0 ? (guint) -1 : n;
  do
    position += (guint) by;
  while (position < n && !is_order_at (self, position));
  if (position >= n)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

void
retour_found_list_open_chosen (RetourFoundList *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    row_activated (NULL, position, self);
}

void
retour_found_list_set_words (RetourFoundList *self, RetourLanguage language, GTimeZone *zone)
{
  self->language = language;
  self->zone = zone;
}

/* Rows at the front that show the same order stay untouched, so that nothing moves under the finger. */
static guint
same_in_front (RetourFoundList *self, GPtrArray *items)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->len);
  guint same = 0;

  while (same < n)
    {
      const RetourFoundOrder *old = item_at (self, same);
      const RetourFoundOrder *new = g_ptr_array_index (items, same);

      if (old->kind != new->kind || old->first != new->first || old->last != new->last
          || g_strcmp0 (old->text, new->text) != 0 || g_strcmp0 (old->aside, new->aside) != 0
          || (old->summary != NULL && g_strcmp0 (old->summary->number, new->summary->number) != 0))
        break;
      same++;
    }
  return same;
}

void
retour_found_list_show (RetourFoundList *self, GPtrArray *items, const char *query)
{
  gboolean same_query = g_strcmp0 (self->query, query) == 0;
  guint keep = same_query ? same_in_front (self, items) : 0;
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint chosen = gtk_single_selection_get_selected (self->selection);

  if (!same_query)
    {
      g_free (self->query);
      self->query = g_strdup (query);
    }
  g_list_store_splice (self->items, keep, old - keep, items->pdata + keep, items->len - keep);
  if (!same_query || chosen == GTK_INVALID_LIST_POSITION || !is_order_at (self, chosen))
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      for (guint i = 0; i < items->len; i++)
        if (is_order_at (self, i))
          {
            gtk_single_selection_set_selected (self->selection, i);
            break;
          }
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
}

static void
show_words (RetourFoundList *self, const char *title, const char *text, gboolean way_on)
{
  g_clear_pointer (&self->query, g_free);
  g_list_store_remove_all (self->items);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->without, way_on);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "words");
}

void
retour_found_list_show_hint (RetourFoundList *self, const char *title, const char *text)
{
  show_words (self, title, text, FALSE);
}

void
retour_found_list_show_nothing (RetourFoundList *self, const char *title, const char *text)
{
  show_words (self, title, text, TRUE);
}

void
retour_found_list_set_room (RetourFoundList *self, RetourRoom room)
{
  if (self->room == room)
    return;
  self->room = room;
  for (guint i = 0; i < self->rows->len; i++)
    retour_order_row_set_room (g_ptr_array_index (self->rows, i), room);
}

static void
retour_found_list_dispose (GObject *object)
{
  RetourFoundList *self = RETOUR_FOUND_LIST (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->query, g_free);
  G_OBJECT_CLASS (retour_found_list_parent_class)->dispose (object);
}

static void
retour_found_list_finalize (GObject *object)
{
  g_ptr_array_unref (RETOUR_FOUND_LIST (object)->rows);
  G_OBJECT_CLASS (retour_found_list_parent_class)->finalize (object);
}

static void
retour_found_list_class_init (RetourFoundListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_found_list_dispose;
  G_OBJECT_CLASS (class)->finalize = retour_found_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "foundlist");
  signals[SIGNAL_OPENED] = g_signal_new ("opened", RETOUR_TYPE_FOUND_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, RETOUR_TYPE_FOUND_ORDER);
  signals[SIGNAL_WITHOUT_ORDER] =
      g_signal_new ("without-order", RETOUR_TYPE_FOUND_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
words_new (RetourFoundList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *disc = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name ("system-search-symbolic");

  gtk_widget_set_hexpand (image, TRUE);
  gtk_widget_set_hexpand (disc, FALSE);
  gtk_widget_set_halign (disc, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (disc, "rt-disc");
  gtk_box_append (GTK_BOX (disc), image);
  self->title = retour_text_new_wrapped (NULL, "rt-t2");
  self->text = retour_text_new_wrapped (NULL, "rt-muted");
  self->without = retour_button_new ("package-x-generic-symbolic", _ ("Return without order"), "rt-tonal");
  gtk_label_set_justify (GTK_LABEL (self->title), GTK_JUSTIFY_CENTER);
  gtk_label_set_justify (GTK_LABEL (self->text), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0.5f);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0.5f);
  gtk_widget_set_halign (self->without, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->without, 8);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), disc);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->without);
  g_signal_connect (self->without, "clicked", G_CALLBACK (without_clicked), self);
  return box;
}

static void
retour_found_list_init (RetourFoundList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_ptr_array_new ();
  self->items = g_list_store_new (RETOUR_TYPE_FOUND_ORDER);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->items));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "rt-found");
  retour_set_name (self->view, _ ("Orders found"));
  g_signal_connect (self->view, "activate", G_CALLBACK (row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), words_new (self), "words");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}
