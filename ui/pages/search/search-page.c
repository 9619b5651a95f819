/* SPDX-License-Identifier: Apache-2.0 */
#include "search-page.h"

#include "button.h"
#include "chip.h"
#include "found-list.h"
#include "link-words.h"
#include "navigation-private.h"
#include "search-match.h"
#include "text.h"
#include "words.h"

#define LEAST_CHARACTERS 3
#define LOCAL_LIMIT 25
#define SEARCH_DELAY_MS 120
#define OMS_DELAY_MS 400
#define SLOW_OMS_MS 10000

/* The tabs: everything, then one field each. */
static const struct
{
  const char *label;
  RetourFound field; /* 0: all */
} tabs[] = {
  { N_ ("All"), 0 },
  { N_ ("Name"), RETOUR_FOUND_NAME },
  { N_ ("E-mail"), RETOUR_FOUND_EMAIL },
  { N_ ("Phone"), RETOUR_FOUND_PHONE },
  { N_ ("Order no."), RETOUR_FOUND_NUMBER },
};

struct _RetourSearchPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *room, *entry, *pill, *segments, *total;
  GtkWidget *tab_buttons[G_N_ELEMENTS (tabs)];
  GtkWidget *tab_counts[G_N_ELEMENTS (tabs)];
  RetourFoundList *list;

  char *query;
  GPtrArray *local;     /* RetourOrderSummary; NULL: not read yet */
  GPtrArray *remote;    /* RetourOrder of the OMS; NULL: no answer yet */
  RetourPolicy *policy; /* that judged the local ones; NULL: none yet */
  char *oms_problem;    /* why there is no answer, in words; NULL */
  gint64 asked_at;      /* monotonic; 0: the OMS is not being asked */
  gint64 answered_in;   /* microseconds */
  guint oms_token, oms_timer;
  guint asked; /* the newest local reading; the reader's thread looks too */
  guint tab;
};

G_DEFINE_TYPE (RetourSearchPage, retour_search_page, GTK_TYPE_BOX)

static gboolean
is_local (RetourSearchPage *self, const char *number)
{
  for (guint i = 0; self->local != NULL && i < self->local->len; i++)
    {
      const RetourOrderSummary *summary = g_ptr_array_index (self->local, i);

      if (g_strcmp0 (summary->number, number) == 0)
        return TRUE;
    }
  return FALSE;
}

/* All orders found, local ones first, each once. Rows of the OMS carry their order. */
static GPtrArray *
all_found (RetourSearchPage *self, guint *n_local)
{
  const RetourDesk *desk = self->navigation != NULL ? retour_navigation_get_services (self->navigation)->desk : NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->local != NULL && i < self->local->len; i++)
    g_ptr_array_add (found, retour_found_order_new (retour_order_summary_copy (g_ptr_array_index (self->local, i))));
  *n_local = found->len;
  for (guint i = 0; self->remote != NULL && i < self->remote->len; i++)
    {
      const RetourOrder *order = g_ptr_array_index (self->remote, i);
      RetourFoundOrder *item;

      if (is_local (self, order->number))
        continue;
      item = retour_found_order_new (retour_search_summarise (order));
      item->order = retour_order_copy (order);
      item->summary->past_limit = self->policy != NULL && retour_desk_is_past_limit (desk, self->policy, order);
      g_ptr_array_add (found, item);
    }
  return found;
}

static void
show_counts (RetourSearchPage *self, GPtrArray *found)
{
  g_autofree char *total = NULL;
  guint counts[G_N_ELEMENTS (tabs)] = { 0 };

  for (guint i = 0; i < found->len; i++)
    {
      const RetourFoundOrder *item = g_ptr_array_index (found, i);
      RetourFound fields = retour_search_found (item->summary, self->query);

      for (guint t = 0; t < G_N_ELEMENTS (tabs); t++)
        if (tabs[t].field == 0 || (fields & tabs[t].field) != 0)
          counts[t]++;
    }
  for (guint t = 0; t < G_N_ELEMENTS (tabs); t++)
    {
      g_autofree char *count = g_strdup_printf ("%u", counts[t]);
      g_autofree char *name = g_strdup_printf ("%s, %u", gettext (tabs[t].label), counts[t]);

      gtk_label_set_text (GTK_LABEL (self->tab_counts[t]), count);
      retour_set_name (self->tab_buttons[t], name);
    }
  total = g_strdup_printf (ngettext ("%u order", "%u orders", counts[self->tab]), counts[self->tab]);
  gtk_label_set_text (GTK_LABEL (self->total), self->query != NULL ? total : "");
}

static void
add_orders (RetourSearchPage *self, GPtrArray *items, GPtrArray *found, guint from, guint to)
{
  RetourFound field = tabs[self->tab].field;

  for (guint i = from; i < to; i++)
    {
      RetourFoundOrder *item = g_ptr_array_index (found, i);

      if (field == 0 || (retour_search_found (item->summary, self->query) & field) != 0)
        g_ptr_array_add (items, g_object_ref (item));
    }
}

static void
add_text (GPtrArray *items, RetourFoundKind kind, const char *icon, const char *text, const char *aside)
{
  g_ptr_array_add (items, retour_found_order_new_text (kind, icon, text, aside));
}

/* The first and last row of each card get its rounded corners. */
static void
mark_cards (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      RetourFoundOrder *item = g_ptr_array_index (items, i);
      const RetourFoundOrder *before = i > 0 ? g_ptr_array_index (items, i - 1) : NULL;
      const RetourFoundOrder *after = i + 1 < items->len ? g_ptr_array_index (items, i + 1) : NULL;

      item->first = before == NULL || before->kind == RETOUR_ROW_HEADING;
      item->last = after == NULL || after->kind == RETOUR_ROW_HEADING;
    }
}

static void
add_oms_state (RetourSearchPage *self, GPtrArray *items, guint n_remote)
{
  if (self->asked_at != 0)
    add_text (items, RETOUR_ROW_BUSY, NULL, _ ("The OMS also looks through older orders…"), NULL);
  else if (self->oms_problem != NULL)
    add_text (items, RETOUR_ROW_REMARK, NULL, self->oms_problem, NULL);
  else if (retour_navigation_is_offline (self->navigation))
    add_text (items, RETOUR_ROW_REMARK, NULL, _ ("Offline: only the orders of this tablet are searched."), NULL);
  else if (self->remote != NULL && n_remote == 0)
    add_text (items, RETOUR_ROW_REMARK, NULL, _ ("The OMS has no other order."), NULL);
}

static void
rebuild (RetourSearchPage *self)
{
  guint n_local = 0;
  g_autoptr (GPtrArray) found = all_found (self, &n_local);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *answered = NULL;

  show_counts (self, found);
  if (self->query == NULL)
    {
      retour_found_list_show_hint (self->list, _ ("Search an order"),
                                   _ ("Type at least 3 characters of a name, an e-mail, a phone or a number."));
      return;
    }
  if (self->local == NULL)
    return;
  if (found->len == 0 && self->asked_at == 0
      && (self->remote != NULL || retour_navigation_is_offline (self->navigation)))
    {
      g_autofree char *title = g_strdup_printf (_ ("No order “%s”"), self->query);

      retour_found_list_show_nothing (self->list, title,
                                      self->remote != NULL
                                          ? _ ("Check the spelling or scan the order slip.")
                                          : _ ("Not on this tablet, and the OMS cannot be asked: offline."));
      return;
    }

  add_text (items, RETOUR_ROW_HEADING, "computer-apple-ipad-symbolic", _ ("On this tablet"),
            _ ("shown at once, even without network"));
  add_orders (self, items, found, 0, n_local);
  if (items->len == 1)
    add_text (items, RETOUR_ROW_REMARK, NULL, _ ("No order of this tablet."), NULL);
  if (self->answered_in > 0)
    {
      double seconds = (double) self->answered_in / G_USEC_PER_SEC;
      g_autofree char *figure = g_strdup_printf ("%.1f", seconds);

      if (retour_navigation_get_language (self->navigation) == RETOUR_LANGUAGE_FRENCH)
        g_strdelimit (figure, ".", ',');
      answered = g_strdup_printf (_ ("web and all stores, answer in %s s"), figure);
    }
  add_text (items, RETOUR_ROW_HEADING, "network-server-symbolic", _ ("Asked from the OMS"),
            answered != NULL ? answered : _ ("web and all stores"));
  add_orders (self, items, found, n_local, found->len);
  add_oms_state (self, items, found->len - n_local);
  if (((RetourFoundOrder *) g_ptr_array_index (items, items->len - 1))->kind == RETOUR_ROW_HEADING)
    g_ptr_array_remove_index (items, items->len - 1);
  mark_cards (items);
  retour_found_list_show (self->list, items, self->query);
}

static void
stop_asking (RetourSearchPage *self)
{
  const RetourOms *oms = retour_navigation_get_services (self->navigation)->oms;
  guint token = self->oms_token;

  g_clear_handle_id (&self->oms_timer, g_source_remove);
  self->oms_token = 0;
  self->asked_at = 0;
  if (token != 0)
    oms->cancel (oms->self, token);
}

typedef struct
{
  RetourSearchPage *page;
  RetourDesk *desk;
  char *query;
  guint asked;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->page);
  g_free (question->query);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
question_new (RetourSearchPage *self)
{
  Question *question = g_new0 (Question, 1);

  question->page = g_object_ref (self);
  question->desk = retour_navigation_get_services (self->navigation)->desk;
  question->query = g_strdup (self->query);
  question->asked = self->asked;
  return question;
}

static void
oms_answered (GPtrArray *orders, const GError *error, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RetourSearchPage *self = question->page;

  if (question->asked != self->asked || g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED))
    return;
  self->answered_in = g_get_monotonic_time () - self->asked_at;
  g_clear_handle_id (&self->oms_timer, g_source_remove);
  self->oms_token = 0;
  self->asked_at = 0;
  if (orders != NULL)
    self->remote = g_ptr_array_ref (orders);
  else if (g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_NOT_FOUND))
    self->remote = g_ptr_array_new ();
  else
    {
      self->answered_in = 0;
      self->oms_problem = g_strdup (_ ("The OMS does not answer: only the orders of this tablet are shown."));
    }
  rebuild (self);
}

static gboolean
oms_too_slow (gpointer user_data)
{
  RetourSearchPage *self = user_data;

  self->oms_timer = 0;
  stop_asking (self);
  self->oms_problem = g_strdup (_ ("The OMS does not answer: only the orders of this tablet are shown."));
  rebuild (self);
  return G_SOURCE_REMOVE;
}

static gboolean
ask_oms (gpointer user_data)
{
  RetourSearchPage *self = user_data;
  const RetourOms *oms = retour_navigation_get_services (self->navigation)->oms;

  self->asked_at = g_get_monotonic_time ();
  self->oms_timer = g_timeout_add (SLOW_OMS_MS, oms_too_slow, self);
  rebuild (self);
  self->oms_token = oms->search_orders (oms->self, self->query, oms_answered, question_new (self));
  return G_SOURCE_REMOVE;
}

/* The orders of this tablet, and what judged them. */
typedef struct
{
  GPtrArray *orders; /* RetourOrderSummary */
  RetourPolicy *policy;
} LocalOrders;

static void
local_orders_free (LocalOrders *found)
{
  if (found == NULL)
    return;
  g_clear_pointer (&found->orders, g_ptr_array_unref);
  g_clear_pointer (&found->policy, retour_policy_free);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LocalOrders, local_orders_free)

/* Without a policy nothing is past a limit yet. */
static gpointer
search_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Question *question = user_data;
  g_autoptr (LocalOrders) found = g_new0 (LocalOrders, 1);

  /* More was typed meanwhile: the newer search does not wait for this one. */
  if ((guint) g_atomic_int_get (&question->page->asked) != question->asked)
    return NULL;
  found->orders = store->search_orders (store, question->query, LOCAL_LIMIT, error);
  if (found->orders == NULL)
    return NULL;
  found->policy = retour_desk_load_policy (question->desk, store, NULL);
  if (found->policy != NULL
      && !retour_desk_mark_past_limit (question->desk, store, found->policy, found->orders, error))
    return NULL;
  return g_steal_pointer (&found);
}

static void
local_found (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (LocalOrders) found = result;
  RetourSearchPage *self = question->page;

  if (question->asked != self->asked)
    return;
  if (error != NULL)
    g_warning ("the search failed: %s", error->message);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  g_clear_pointer (&self->policy, retour_policy_free);
  if (found != NULL)
    {
      self->local = g_steal_pointer (&found->orders);
      self->policy = g_steal_pointer (&found->policy);
    }
  else
    self->local = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_summary_free);
  rebuild (self);
}

static void
search_changed (GtkSearchEntry *entry, RetourSearchPage *self)
{
  const RetourStorage *storage = retour_navigation_get_services (self->navigation)->storage;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_strcmp0 (text, self->query) == 0)
    return;
  stop_asking (self);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->remote, g_ptr_array_unref);
  g_clear_pointer (&self->oms_problem, g_free);
  self->answered_in = 0;
  g_atomic_int_inc (&self->asked);
  if (g_utf8_strlen (text, -1) < LEAST_CHARACTERS)
    {
      g_clear_pointer (&self->local, g_ptr_array_unref);
      rebuild (self);
      return;
    }
  self->query = g_steal_pointer (&text);
  storage->read (storage->self, search_job, local_found, question_new (self));
  if (!retour_navigation_is_offline (self->navigation))
    self->oms_timer = g_timeout_add (OMS_DELAY_MS, ask_oms, self);
}

void
retour_search_page_link_changed (RetourSearchPage *self)
{
  g_return_if_fail (RETOUR_IS_SEARCH_PAGE (self));

  if (self->query == NULL || self->remote != NULL || self->asked_at != 0)
    return;
  if (!retour_navigation_is_offline (self->navigation) && self->oms_timer == 0)
    {
      g_clear_pointer (&self->oms_problem, g_free);
      self->oms_timer = g_timeout_add (OMS_DELAY_MS, ask_oms, self);
    }
  rebuild (self);
}

static void
open_item (RetourFoundList *list, RetourFoundOrder *item, RetourSearchPage *self)
{
  stop_asking (self);
  if (item->order != NULL)
    retour_navigation_open_found (self->navigation, item->order);
  else
    retour_navigation_open_order (self->navigation,
                                  item->summary->id != NULL ? item->summary->id : item->summary->number);
}

static void
entry_activated (GtkSearchEntry *entry, RetourSearchPage *self)
{
  search_changed (entry, self);
  retour_found_list_open_chosen (self->list);
}

static void
entry_stopped (GtkSearchEntry *entry, RetourSearchPage *self)
{
  retour_navigation_go_back (self->navigation);
}

static gboolean
entry_key_pressed (
    GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourSearchPage *self)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    retour_found_list_move (self->list, 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    retour_found_list_move (self->list, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
blind_asked (RetourFoundList *list, RetourSearchPage *self)
{
  retour_navigation_open_order (self->navigation, NULL);
}

static void
tab_toggled (GtkToggleButton *button, RetourSearchPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint t = 0; t < G_N_ELEMENTS (tabs); t++)
    if (self->tab_buttons[t] == GTK_WIDGET (button))
      self->tab = t;
  rebuild (self);
}

static gboolean
retour_search_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RETOUR_SEARCH_PAGE (widget)->entry);
}

static void
room_changed (RetourRoomBin *bin, RetourSearchPage *self)
{
  RetourRoom room = retour_room_bin_get_room (bin);

  retour_found_list_set_room (self->list, room);
  gtk_widget_set_visible (self->pill, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (self->total, room < RETOUR_ROOM_TINY);
}

static void
find_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  retour_search_page_begin (RETOUR_SEARCH_PAGE (widget), NULL);
}

static void
retour_search_page_dispose (GObject *object)
{
  RetourSearchPage *self = RETOUR_SEARCH_PAGE (object);

  if (self->navigation != NULL)
    stop_asking (self);
  g_atomic_int_inc (&self->asked);
  G_OBJECT_CLASS (retour_search_page_parent_class)->dispose (object);
}

static void
retour_search_page_finalize (GObject *object)
{
  RetourSearchPage *self = RETOUR_SEARCH_PAGE (object);

  g_free (self->query);
  g_free (self->oms_problem);
  g_clear_pointer (&self->policy, retour_policy_free);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  g_clear_pointer (&self->remote, g_ptr_array_unref);
  G_OBJECT_CLASS (retour_search_page_parent_class)->finalize (object);
}

static void
retour_search_page_class_init (RetourSearchPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_search_page_dispose;
  G_OBJECT_CLASS (class)->finalize = retour_search_page_finalize;
  widget_class->grab_focus = retour_search_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "page.find", NULL, find_again);
  g_type_ensure (RETOUR_TYPE_FOUND_LIST);
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, room);
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, pill);
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, segments);
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, total);
  gtk_widget_class_bind_template_child (widget_class, RetourSearchPage, list);
}

static void
add_tabs (RetourSearchPage *self, GtkWidget *segments)
{
  for (guint t = 0; t < G_N_ELEMENTS (tabs); t++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

      self->tab_buttons[t] = button;
      self->tab_counts[t] = gtk_label_new ("0");
      gtk_widget_add_css_class (self->tab_counts[t], "rt-segment-count");
      gtk_box_append (GTK_BOX (box), gtk_label_new (gettext (tabs[t].label)));
      gtk_box_append (GTK_BOX (box), self->tab_counts[t]);
      gtk_button_set_child (GTK_BUTTON (button), box);
      if (t > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->tab_buttons[0]));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      gtk_box_append (GTK_BOX (segments), button);
      g_signal_connect (button, "toggled", G_CALLBACK (tab_toggled), self);
    }
}

static void
retour_search_page_init (RetourSearchPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  add_tabs (self, self->segments);
  g_signal_connect (self->room, "changed", G_CALLBACK (room_changed), self);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), SEARCH_DELAY_MS);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (entry_key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (search_changed), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (entry_activated), self);
  g_signal_connect (self->entry, "stop-search", G_CALLBACK (entry_stopped), self);
  g_signal_connect (self->list, "opened", G_CALLBACK (open_item), self);
  g_signal_connect (self->list, "without-order", G_CALLBACK (blind_asked), self);
}

RetourSearchPage *
retour_search_page_new (RetourNavigation *navigation)
{
  RetourSearchPage *self = g_object_new (RETOUR_TYPE_SEARCH_PAGE, NULL);

  self->navigation = navigation;
  retour_found_list_set_words (self->list, retour_navigation_get_language (navigation),
                               retour_navigation_get_time_zone (navigation));
  rebuild (self);
  return self;
}

void
retour_search_page_begin (RetourSearchPage *self, const char *text)
{
  g_return_if_fail (RETOUR_IS_SEARCH_PAGE (self));

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_grab_focus (self->entry);
  if (text != NULL)
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
