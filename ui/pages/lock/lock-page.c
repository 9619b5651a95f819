/* SPDX-License-Identifier: Apache-2.0 */
#include "lock-page.h"

#include <adwaita.h>

#include "link-words.h"
#include "navigation-private.h"
#include "pin-pad.h"
#include "room.h"
#include "sign-in.h"
#include "start-trace.h"
#include "text.h"
#include "thumb.h"
#include "tile.h"
#include "words.h"

#define STAFF_COLUMNS 3
#define STAFF_COLUMNS_LARGE_TEXT 2
#define LARGE_TEXT 150
#define STAFF_KEY "retour-staff"

struct _RetourLockPage
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  GtkWidget *room, *brand, *panel;
  GtkWidget *chain, *place, *clock, *date;
  GtkWidget *drafts_line, *drafts, *link_icon, *link;
  GtkWidget *staff, *code, *name, *hint, *forgotten, *pad_place;
  RetourPinPad *pad;

  GPtrArray *people;   /* RetourStaff */
  RetourStaff *chosen; /* of `people`, NULL: none */
  gint64 wait_until;   /* monotonic time; 0: no wait */
  gboolean checking;
  guint tick;
};

G_DEFINE_TYPE (RetourLockPage, retour_lock_page, GTK_TYPE_BOX)

static void
say (RetourLockPage *self, const char *words, gboolean wrong)
{
  gtk_label_set_text (GTK_LABEL (self->hint), words);
  if (wrong)
    gtk_widget_add_css_class (self->hint, "rt-error");
  else
    gtk_widget_remove_css_class (self->hint, "rt-error");
}

static void
say_what_to_do (RetourLockPage *self)
{
  g_autofree char *words = NULL;

  if (self->chosen != NULL && self->chosen->verifier == NULL)
    words = g_strdup (_ ("Scan your badge"));
  else
    words = g_strdup_printf (_ ("Code of %u figures"), (guint) RETOUR_PIN_LENGTH);
  say (self, words, FALSE);
}

static void
show_time (RetourLockPage *self)
{
  GTimeZone *zone = retour_navigation_get_time_zone (self->navigation);
  RetourInstant now = retour_desk_now (retour_navigation_get_services (self->navigation)->desk);
  RetourLanguage language = retour_navigation_get_language (self->navigation);
  g_autofree char *time = retour_instant_format_time (now, zone);
  g_autofree char *date = retour_day_format_long (retour_instant_day (now, zone), language);
  char *year = strrchr (date, ' ');

  if (year != NULL)
    *year = '\0';
  gtk_label_set_text (GTK_LABEL (self->clock), time);
  gtk_label_set_text (GTK_LABEL (self->date), date);
}

static void
show_wait (RetourLockPage *self)
{
  gint64 seconds = (self->wait_until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *words = NULL;

  if (self->wait_until == 0)
    return;
  if (seconds <= 0)
    {
      self->wait_until = 0;
      gtk_widget_set_sensitive (GTK_WIDGET (self->pad), !self->checking);
      say_what_to_do (self);
      return;
    }
  if (seconds < 60)
    words = g_strdup_printf (ngettext ("Too many tries. Again in %d second.", "Too many tries. Again in %d seconds.",
                                       (gulong) seconds),
                             (int) seconds);
  else
    words = g_strdup_printf (ngettext ("Too many tries. Again in %d minute.", "Too many tries. Again in %d minutes.",
                                       (gulong) (seconds + 59) / 60),
                             (int) (seconds + 59) / 60);
  say (self, words, TRUE);
}

static gboolean
ticked (gpointer user_data)
{
  RetourLockPage *self = user_data;

  show_time (self);
  show_wait (self);
  return G_SOURCE_CONTINUE;
}

static void
checked (RetourSignInOutcome outcome,
         RetourStaff *staff,
         guint tries_left,
         gint64 wait,
         const GError *error,
         gpointer user_data)
{
  g_autoptr (RetourLockPage) self = user_data;
  g_autofree char *words = NULL;

  self->checking = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pad), TRUE);
  switch (outcome)
    {
    case RETOUR_SIGN_IN_MATCHED:
      say_what_to_do (self);
      retour_navigation_enter (self->navigation, staff);
      return;
    case RETOUR_SIGN_IN_WRONG:
      words = tries_left > 0
                  ? g_strdup_printf (ngettext ("Wrong code, %u try left", "Wrong code, %u tries left", tries_left),
                                     tries_left)
                  : g_strdup (_ ("Wrong code"));
      say (self, words, TRUE);
      break;
    case RETOUR_SIGN_IN_WAIT:
      self->wait_until = g_get_monotonic_time () + wait;
      gtk_widget_set_sensitive (GTK_WIDGET (self->pad), FALSE);
      show_wait (self);
      break;
    case RETOUR_SIGN_IN_NO_PIN:
      say (self, _ ("No code is known for you here. Scan your badge."), TRUE);
      break;
    case RETOUR_SIGN_IN_FAILED:
      g_warning ("a code could not be checked: %s", error->message);
      say (self, _ ("The code could not be checked. Scan your badge, or call support."), TRUE);
      break;
    }
  retour_navigation_sound (self->navigation, FALSE);
}

static void
code_complete (RetourPinPad *pad, RetourLockPage *self)
{
  char *pin = retour_pin_pad_take (pad);

  if (self->chosen == NULL || self->checking)
    {
      retour_pin_free (pin);
      retour_pin_pad_clear (pad);
      say (self, _ ("Choose your name first."), TRUE);
      return;
    }
  self->checking = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (pad), FALSE);
  say (self, _ ("One moment…"), FALSE);
  retour_sign_in_check (retour_navigation_get_services (self->navigation), self->chosen->id, NULL, pin, checked,
                        g_object_ref (self));
  retour_pin_pad_clear (pad);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourLockPage *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return retour_pin_pad_key (self->pad, keyval);
}

static void
forgotten_clicked (GtkButton *button, RetourLockPage *self)
{
  say (self, _ ("A manager gives you a new one in the OMS; it arrives here with the next exchange."), FALSE);
}

static void
choose (RetourLockPage *self, RetourStaff *staff)
{
  g_auto (GStrv) names = g_strsplit (staff->name, " ", 2);

  self->chosen = staff;
  self->wait_until = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pad), !self->checking);
  gtk_label_set_text (GTK_LABEL (self->name), names[0]);
  retour_pin_pad_clear (self->pad);
  say_what_to_do (self);
}

static void
person_toggled (GtkToggleButton *tile, RetourLockPage *self)
{
  if (gtk_toggle_button_get_active (tile))
    choose (self, g_object_get_data (G_OBJECT (tile), STAFF_KEY));
}

static const char *
role_words (RetourRole role)
{
  switch (role)
    {
    case RETOUR_ROLE_CLERK:
      return _ ("Sales");
    case RETOUR_ROLE_TRAINEE:
      return _ ("Trainee");
    case RETOUR_ROLE_MANAGER:
      return _ ("Manager");
    }
  g_return_val_if_reached ("");
}

static RetourTile *
person_tile_new (RetourLockPage *self, RetourStaff *staff)
{
  g_autofree char *name = retour_staff_short_name (staff);
  g_autofree char *initials = retour_staff_initials (staff);
  RetourTile *tile = retour_tile_new (NULL, name, role_words (staff->role));

  retour_tile_set_lead (tile, retour_avatar_new (initials, staff->name, 60));
  retour_tile_set_vertical (tile, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-staff-tile");
  gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-emphasis");
  g_object_set_data (G_OBJECT (tile), STAFF_KEY, staff);
  g_signal_connect (tile, "toggled", G_CALLBACK (person_toggled), self);
  return tile;
}

static void
show_people (RetourLockPage *self, GPtrArray *people)
{
  const char *last = self->navigation->preferences->last_staff;
  GtkWidget *child;
  GtkToggleButton *group = NULL;
  GtkWidget *first = NULL;
  int columns = self->navigation->preferences->text_percent >= LARGE_TEXT ? STAFF_COLUMNS_LARGE_TEXT : STAFF_COLUMNS;

  while ((child = gtk_widget_get_first_child (self->staff)) != NULL)
    gtk_grid_remove (GTK_GRID (self->staff), child);
  self->chosen = NULL;
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = g_ptr_array_ref (people);
  gtk_label_set_text (GTK_LABEL (self->name), "");
  for (guint i = 0; i < people->len; i++)
    {
      RetourStaff *staff = g_ptr_array_index (people, i);
      RetourTile *tile = person_tile_new (self, staff);

      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), group);
      else
        group = GTK_TOGGLE_BUTTON (tile);
      gtk_grid_attach (GTK_GRID (self->staff), GTK_WIDGET (tile), (int) i % columns, (int) i / columns, 1, 1);
      if (first == NULL || g_strcmp0 (staff->id, last) == 0)
        first = GTK_WIDGET (tile);
    }
  if (first == NULL)
    {
      say (self, _ ("No one is known here yet: names arrive with the first exchange."), FALSE);
      return;
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (first);
}

static void
show_drafts (RetourLockPage *self, GPtrArray *drafts)
{
  g_autofree char *words = NULL;
  const RetourDraftSummary *first;
  g_autofree char *time = NULL;

  gtk_widget_set_visible (self->drafts_line, drafts->len > 0);
  if (drafts->len == 0)
    return;
  first = g_ptr_array_index (drafts, 0);
  time = retour_instant_format_time (first->changed_at, retour_navigation_get_time_zone (self->navigation));
  if (drafts->len == 1)
    words = g_strdup_printf (_ ("1 return on hold, waiting for you (%s)"), time);
  else
    words = g_strdup_printf (ngettext ("%u return on hold, the latest at %s", "%u returns on hold, the latest at %s",
                                       drafts->len),
                             drafts->len, time);
  gtk_label_set_text (GTK_LABEL (self->drafts), words);
}

static void
show_link (RetourLockPage *self)
{
  const RetourLink *link = &self->navigation->link;
  RetourSaying saying = retour_link_saying (link);
  g_autofree char *words = NULL;

  if (link->to_send == 0 && link->state == RETOUR_LINK_UP_TO_DATE)
    words = g_strdup (_ ("Everything is sent, nothing waits"));
  else if (link->to_send == 0)
    words = g_strdup_printf (_ ("%s, nothing waits to be sent"), saying.words);
  else
    words = g_strdup_printf (ngettext ("%s, %u return to send", "%s, %u returns to send", link->to_send), saying.words,
                             link->to_send);
  gtk_label_set_text (GTK_LABEL (self->link), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->link_icon), saying.icon);
}

typedef struct
{
  GPtrArray *people, *drafts;
} Known;

static void
known_free (Known *known)
{
  g_clear_pointer (&known->people, g_ptr_array_unref);
  g_clear_pointer (&known->drafts, g_ptr_array_unref);
  g_free (known);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)

static gpointer
known_job (RetourStore *store, gpointer user_data, GError **error)
{
  g_autoptr (Known) known = g_new0 (Known, 1);

  known->people = store->list_staff (store, error);
  if (known->people == NULL)
    return NULL;
  known->drafts = store->list_drafts (store, error);
  if (known->drafts == NULL)
    return NULL;
  retour_desk_merge_visits (known->drafts);
  return g_steal_pointer (&known);
}

static void
known_replied (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (RetourLockPage) self = user_data;
  g_autoptr (Known) known = result;

  if (known == NULL)
    {
      g_warning ("the staff could not be read: %s", error->message);
      say (self, _ ("The staff of this store could not be read. Call support."), TRUE);
      return;
    }
  show_people (self, known->people);
  show_drafts (self, known->drafts);
  retour_start_trace_usable ();
}

void
retour_lock_page_refresh (RetourLockPage *self)
{
  const RetourServices *services = retour_navigation_get_services (self->navigation);

  retour_pin_pad_clear (self->pad);
  self->wait_until = 0;
  show_time (self);
  show_link (self);
  services->storage->read (services->storage->self, known_job, known_replied, g_object_ref (self));
}

void
retour_lock_page_refuse_scan (RetourLockPage *self)
{
  say (self, _ ("The desk is locked: scan your badge."), TRUE);
}

/* With the least room only what signs one in. */
static void
room_changed (RetourRoomBin *bin, RetourLockPage *self)
{
  gboolean tiny = retour_room_bin_get_room (bin) == RETOUR_ROOM_TINY;

  gtk_widget_set_visible (self->brand, !tiny);
  gtk_widget_set_hexpand (self->panel, tiny);
  gtk_widget_set_margin_start (self->panel, tiny ? gtk_widget_get_margin_end (self->panel) : 0);
}

static void
retour_lock_page_dispose (GObject *object)
{
  RetourLockPage *self = RETOUR_LOCK_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (retour_lock_page_parent_class)->dispose (object);
}

static void
retour_lock_page_class_init (RetourLockPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_lock_page_dispose;
  g_type_ensure (RETOUR_TYPE_ROOM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, room);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, brand);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, panel);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, chain);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, place);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, clock);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, date);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, drafts_line);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, drafts);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, link_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, link);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, staff);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, code);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, name);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, hint);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, forgotten);
  gtk_widget_class_bind_template_child (widget_class, RetourLockPage, pad_place);
}

static void
retour_lock_page_init (RetourLockPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *dots;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->pad = retour_pin_pad_new ();
  adw_clamp_set_child (ADW_CLAMP (self->pad_place), GTK_WIDGET (self->pad));
  dots = retour_pin_pad_get_dots (self->pad);
  gtk_widget_set_margin_top (dots, 8);
  gtk_widget_set_margin_bottom (dots, 8);
  gtk_box_insert_child_after (GTK_BOX (self->code), dots, self->hint);
  g_signal_connect (self->room, "changed", G_CALLBACK (room_changed), self);
  g_signal_connect (self->pad, "complete", G_CALLBACK (code_complete), self);
  g_signal_connect (self->forgotten, "clicked", G_CALLBACK (forgotten_clicked), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->tick = g_timeout_add_seconds (1, ticked, self);
}

RetourLockPage *
retour_lock_page_new (RetourNavigation *navigation)
{
  RetourLockPage *self = g_object_new (RETOUR_TYPE_LOCK_PAGE, NULL);
  const RetourIdentity *identity = retour_desk_get_identity (retour_navigation_get_services (navigation)->desk);
  g_autofree char *place = NULL;

  self->navigation = navigation;
  place = g_strdup_printf (_ ("%s · returns desk %s"), identity->store_name != NULL ? identity->store_name : "",
                           identity->terminal != NULL ? identity->terminal : "");
  gtk_label_set_text (GTK_LABEL (self->chain), identity->chain != NULL ? identity->chain : "Retour");
  gtk_label_set_text (GTK_LABEL (self->place), place);
  gtk_widget_set_visible (self->drafts_line, FALSE);
  retour_lock_page_refresh (self);
  return self;
}
