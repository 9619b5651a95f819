/* SPDX-License-Identifier: Apache-2.0 */
#include "home-page.h"

#include "link-words.h"
#include "navigation-private.h"
#include "return-row.h"
#include "room.h"
#include "scan-art.h"
#include "text.h"
#include "words.h"

#define RETURN_KEY "retour-return"

struct _RetourHomePage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *room_bin, *greeting, *today, *exchanges_card, *returns_card, *refunded_card, *latest;
  GtkWidget *returns, *returns_word, *refunded, *exchanges, *exchanges_word;
  GtkWidget *pulling, *pulling_words, *pulling_bar;
  GtkWidget *search, *blind, *hold, *hold_count, *recent, *recent_stack, *register_button;
  guint asked; /* the newest reading; an older reply is dropped */
  RetourRoom room;
  guint tick;
};

G_DEFINE_TYPE (RetourHomePage, retour_home_page, GTK_TYPE_BOX)

/* "mardi 18 novembre 2026" as it begins a line, without its year. */
static char *
sentence_day (RetourDay day, RetourLanguage language)
{
  g_autofree char *words = retour_day_format_long (day, language);
  char *year = strrchr (words, ' ');
  g_autofree char *first = NULL;

  if (year != NULL)
    *year = '\0';
  first = g_utf8_strup (words, (gssize) (g_utf8_next_char (words) - words));
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static void
show_greeting (RetourHomePage *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  const RetourDesk *desk = retour_navigation_get_services (self->navigation)->desk;
  const RetourIdentity *identity = retour_desk_get_identity (desk);
  GTimeZone *zone = retour_navigation_get_time_zone (self->navigation);
  RetourInstant now = retour_desk_now (desk);
  g_autofree char *day =
      sentence_day (retour_instant_day (now, zone), retour_navigation_get_language (self->navigation));
  g_autofree char *time = retour_instant_format_time (now, zone);
  g_autofree char *today =
      g_strdup_printf ("%s · %s · %s", day, time, identity->store_name != NULL ? identity->store_name : "");

  gtk_label_set_text (GTK_LABEL (self->today), today);
  if (staff != NULL)
    {
      g_auto (GStrv) names = g_strsplit (staff->name, " ", 2);
      g_autofree char *greeting = g_strdup_printf (_ ("Hello %s"), names[0]);

      gtk_label_set_text (GTK_LABEL (self->greeting), greeting);
    }
}

static gboolean
ticked (gpointer user_data)
{
  show_greeting (user_data);
  return G_SOURCE_CONTINUE;
}

static void
show_totals (RetourHomePage *self, const RetourDayTotals *totals)
{
  const char *currency = retour_desk_get_identity (retour_navigation_get_services (self->navigation)->desk)->currency;
  const gint64 *amount = currency != NULL ? g_hash_table_lookup (totals->refunded, currency) : NULL;
  g_autofree char *returns = g_strdup_printf ("%" G_GINT64_FORMAT, totals->returns);
  g_autofree char *exchanges = g_strdup_printf ("%" G_GINT64_FORMAT, totals->exchanges);
  g_autofree char *refunded = retour_money_format (amount != NULL ? *amount : 0, currency != NULL ? currency : "EUR",
                                                   retour_navigation_get_language (self->navigation));

  gtk_label_set_text (GTK_LABEL (self->returns), returns);
  gtk_label_set_text (GTK_LABEL (self->returns_word),
                      ngettext ("return today", "returns today", (gulong) totals->returns));
  gtk_label_set_text (GTK_LABEL (self->refunded), refunded);
  gtk_label_set_text (GTK_LABEL (self->exchanges), exchanges);
  gtk_label_set_text (GTK_LABEL (self->exchanges_word), ngettext ("exchange", "exchanges", (gulong) totals->exchanges));
}

static void
show_recent (RetourHomePage *self, GPtrArray *recent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->recent)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->recent), child);
  for (guint i = 0; i < recent->len; i++)
    {
      const RetourReturn *ret = g_ptr_array_index (recent, i);
      GtkWidget *row = retour_return_row_new (self->navigation, ret);

      retour_return_row_set_compact (row, self->room != RETOUR_ROOM_FULL);
      g_object_set_data_full (G_OBJECT (row), RETURN_KEY, g_strdup (ret->id), g_free);
      gtk_list_box_append (GTK_LIST_BOX (self->recent), row);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->recent_stack), recent->len > 0 ? "list" : "empty");
}

static void
show_hold (RetourHomePage *self, guint drafts)
{
  g_autofree char *count = g_strdup_printf ("%u", drafts);
  g_autofree char *spoken = g_strdup_printf (ngettext ("On hold: %u return", "On hold: %u returns", drafts), drafts);

  gtk_label_set_text (GTK_LABEL (self->hold_count), count);
  gtk_widget_set_visible (self->hold_count, drafts > 0);
  gtk_widget_set_sensitive (self->hold, drafts > 0);
  retour_set_name (self->hold, spoken);
}

typedef struct
{
  RetourHomePage *page;
  RetourDesk *desk;
  guint asked;
} Reading;

static gpointer
load_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Reading *reading = user_data;

  return retour_desk_load_home (reading->desk, store, error);
}

static void
loaded (gpointer result, const GError *error, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (RetourHomePage) self = reading->page;
  g_autoptr (RetourHome) home = result;
  gboolean newest = reading->asked == self->asked;

  g_free (reading);
  if (!newest)
    return;
  if (home == NULL)
    {
      g_warning ("the first page could not be read: %s", error->message);
      return;
    }
  show_totals (self, home->totals);
  show_recent (self, home->recent);
  show_hold (self, home->drafts->len);
}

void
retour_home_page_refresh (RetourHomePage *self)
{
  const RetourServices *services;
  Reading *reading;

  g_return_if_fail (RETOUR_IS_HOME_PAGE (self));

  services = retour_navigation_get_services (self->navigation);
  show_greeting (self);
  reading = g_new0 (Reading, 1);
  reading->page = g_object_ref (self);
  reading->desk = services->desk;
  reading->asked = ++self->asked;
  services->storage->read (services->storage->self, load_job, loaded, reading);
}

/* While the first orders come in: how many, and how long it takes still. */
void
retour_home_page_set_link (RetourHomePage *self, const RetourLink *link)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RETOUR_IS_HOME_PAGE (self));

  gtk_widget_set_visible (self->pulling, link->state == RETOUR_LINK_PULLING);
  if (link->state != RETOUR_LINK_PULLING)
    return;
  words = retour_link_title (link, retour_navigation_get_time_zone (self->navigation));
  gtk_label_set_text (GTK_LABEL (self->pulling_words), words);
  gtk_widget_set_visible (self->pulling_bar, link->total > 0);
  if (link->total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->pulling_bar),
                                   MIN ((double) link->pulled / (double) link->total, 1));
  retour_set_name (self->pulling_bar, words);
}

static void
search_clicked (GtkButton *button, RetourHomePage *self)
{
  retour_navigation_open_search (self->navigation, NULL);
}

static void
blind_clicked (GtkButton *button, RetourHomePage *self)
{
  retour_navigation_open_order (self->navigation, NULL);
}

static void
hold_clicked (GtkButton *button, RetourHomePage *self)
{
  retour_navigation_open_drafts (self->navigation);
}

static void
register_clicked (GtkButton *button, RetourHomePage *self)
{
  retour_navigation_open_register (self->navigation);
}

static void
return_activated (GtkListBox *list, GtkListBoxRow *row, RetourHomePage *self)
{
  retour_navigation_open_return (self->navigation, g_object_get_data (G_OBJECT (row), RETURN_KEY));
}

static void
room_changed (RetourRoomBin *bin, RetourHomePage *self)
{
  self->room = retour_room_bin_get_room (bin);
  gtk_widget_set_visible (self->exchanges_card, self->room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (self->returns_card, self->room < RETOUR_ROOM_TINY);
  gtk_widget_set_visible (self->refunded_card, self->room < RETOUR_ROOM_TINY);
  gtk_widget_set_visible (self->latest, self->room < RETOUR_ROOM_TINY);
  for (GtkWidget *row = gtk_widget_get_first_child (self->recent); row != NULL; row = gtk_widget_get_next_sibling (row))
    retour_return_row_set_compact (row, self->room != RETOUR_ROOM_FULL);
}

static void
retour_home_page_dispose (GObject *object)
{
  g_clear_handle_id (&RETOUR_HOME_PAGE (object)->tick, g_source_remove);
  G_OBJECT_CLASS (retour_home_page_parent_class)->dispose (object);
}

static void
retour_home_page_class_init (RetourHomePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_home_page_dispose;
  g_type_ensure (RETOUR_TYPE_SCAN_ART);
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, room_bin);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, exchanges_card);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, returns_card);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, refunded_card);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, latest);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, greeting);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, today);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, returns);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, returns_word);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, refunded);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, exchanges);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, exchanges_word);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, pulling);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, pulling_words);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, pulling_bar);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, search);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, blind);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, hold);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, hold_count);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, recent);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, recent_stack);
  gtk_widget_class_bind_template_child (widget_class, RetourHomePage, register_button);
}

static void
retour_home_page_init (RetourHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->room_bin, "changed", G_CALLBACK (room_changed), self);
  g_signal_connect (self->search, "clicked", G_CALLBACK (search_clicked), self);
  g_signal_connect (self->blind, "clicked", G_CALLBACK (blind_clicked), self);
  g_signal_connect (self->hold, "clicked", G_CALLBACK (hold_clicked), self);
  g_signal_connect (self->register_button, "clicked", G_CALLBACK (register_clicked), self);
  g_signal_connect (self->recent, "row-activated", G_CALLBACK (return_activated), self);
  self->tick = g_timeout_add_seconds (5, ticked, self);
}

RetourHomePage *
retour_home_page_new (RetourNavigation *navigation)
{
  RetourHomePage *self = g_object_new (RETOUR_TYPE_HOME_PAGE, NULL);

  self->navigation = navigation;
  show_hold (self, 0);
  return self;
}
