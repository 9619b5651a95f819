/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

#include "stack-reading.h"

#include "lock-page.h"
#include "navigation-private.h"
#include "scanner-wedge.h"
#include "toast-stage.h"
#include "words.h"

#define CLOCK_MARGIN 16
#define CLOCK_SIDE 28 /* where the pages begin */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 800
#define IDLE_CHECK_SECONDS 5

struct _RetourWindow
{
  AdwApplicationWindow parent_instance;

  RetourNavigation navigation;
  RetourScannerWedge *wedge;
  gint64 touched_at; /* monotonic */
  guint idle_check;
};

G_DEFINE_TYPE (RetourWindow, retour_window, ADW_TYPE_APPLICATION_WINDOW)

/* Every key of the desk (UI.md 3), in one place. They work wherever the focus is, except in a field that wants the key. */
static const struct
{
  const char *keys, *action, *target;
} shortcuts[] = {
  { "F1", "win.room", "'home'" },
  { "F2", "win.room", "'register'" },
  { "F3", "win.room", "'todo'" },
  { "<Control>f", "win.find", NULL },
  { "slash", "win.find", NULL },
  { "KP_Divide", "win.find", NULL },
  { "<Control>Return", "win.primary", NULL },
  { "<Control>KP_Enter", "win.primary", NULL },
  { "Escape", "win.back", NULL },
  { "<Control>z", "win.undo", NULL },
  { "<Control>p", "win.proof", NULL },
  { "<Control>l", "win.lock", NULL },
};

/* The page shown decides; FALSE when it has no such action, or the desk is locked. */
static gboolean
activate_on_page (RetourNavigation *navigation, const char *action)
{
  return !retour_navigation_is_locked (navigation) && navigation->sheet == NULL
         && gtk_widget_activate_action (retour_navigation_get_page (navigation, navigation->page), action, NULL);
}

static void
show_room (GtkWidget *widget, const char *action, GVariant *target)
{
  RetourNavigation *navigation = &RETOUR_WINDOW (widget)->navigation;

  if (!retour_navigation_is_locked (navigation))
    retour_navigation_show_page (navigation, g_variant_get_string (target, NULL));
}

static void
find (GtkWidget *widget, const char *action, GVariant *target)
{
  RetourNavigation *navigation = &RETOUR_WINDOW (widget)->navigation;

  if (!retour_navigation_is_locked (navigation) && !activate_on_page (navigation, "page.find"))
    retour_navigation_open_search (navigation, NULL);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *target)
{
  RetourNavigation *navigation = &RETOUR_WINDOW (widget)->navigation;

  if (navigation->sheet != NULL)
    retour_sheet_close (navigation->sheet);
  else if (!retour_navigation_is_locked (navigation) && !activate_on_page (navigation, "page.back"))
    retour_navigation_go_back (navigation);
}

static void
do_primary (GtkWidget *widget, const char *action, GVariant *target)
{
  activate_on_page (&RETOUR_WINDOW (widget)->navigation, "page.primary");
}

static void
undo (GtkWidget *widget, const char *action, GVariant *target)
{
  activate_on_page (&RETOUR_WINDOW (widget)->navigation, "page.undo");
}

static void
show_proof (GtkWidget *widget, const char *action, GVariant *target)
{
  activate_on_page (&RETOUR_WINDOW (widget)->navigation, "page.proof");
}

static void
lock (GtkWidget *widget, const char *action, GVariant *target)
{
  RetourNavigation *navigation = &RETOUR_WINDOW (widget)->navigation;

  if (!retour_navigation_is_locked (navigation))
    retour_navigation_lock (navigation);
}

static void
show_link (GtkWidget *widget, const char *action, GVariant *target)
{
  retour_navigation_open_link (&RETOUR_WINDOW (widget)->navigation);
}

static void
show_settings (GtkWidget *widget, const char *action, GVariant *target)
{
  retour_navigation_open_settings (&RETOUR_WINDOW (widget)->navigation);
}

static void
touched (RetourWindow *self)
{
  self->touched_at = g_get_monotonic_time ();
}

static gboolean
event_seen (GtkEventControllerLegacy *controller, GdkEvent *event, RetourWindow *self)
{
  switch ((guint) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_SCROLL:
    case GDK_MOTION_NOTIFY:
      touched (self);
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
scanned (RetourScannerWedge *wedge, const char *text, const char *us_text, RetourWindow *self)
{
  retour_navigation_take_scan (&self->navigation, text, us_text);
}

/* On the first page any letter begins a search. */
static gboolean
key_left_over (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourWindow *self)
{
  RetourNavigation *navigation = &self->navigation;
  gunichar character = gdk_keyval_to_unicode (keyval);
  char text[7] = { 0 };

  if (retour_navigation_is_locked (navigation) || navigation->sheet != NULL
      || !g_str_equal (navigation->page, RETOUR_PAGE_HOME)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || !g_unichar_isalnum (character))
    return GDK_EVENT_PROPAGATE;
  g_unichar_to_utf8 (character, text);
  retour_navigation_open_search (navigation, text);
  return GDK_EVENT_STOP;
}

static gboolean
check_idle (gpointer user_data)
{
  RetourWindow *self = user_data;
  gint64 idle = g_get_monotonic_time () - self->touched_at;
  guint minutes = self->navigation.preferences->lock_minutes;

  if (minutes > 0 && !retour_navigation_is_locked (&self->navigation) && idle >= (gint64) minutes * 60 * G_USEC_PER_SEC)
    retour_navigation_lock (&self->navigation);
  return G_SOURCE_CONTINUE;
}

static void
link_changed (const RetourLink *link, gpointer user_data)
{
  retour_navigation_link_changed (&RETOUR_WINDOW (user_data)->navigation, link);
}

static void
retour_window_dispose (GObject *object)
{
  RetourWindow *self = RETOUR_WINDOW (object);
  RetourNavigation *navigation = &self->navigation;

  g_clear_handle_id (&self->idle_check, g_source_remove);
  if (navigation->services != NULL)
    {
      navigation->services->set_link_listener (navigation->services->self, NULL, NULL);
      retour_navigation_stop_waiting (navigation);
      retour_navigation_leave_requests (navigation);
    }
  g_clear_object (&self->wedge);
  G_OBJECT_CLASS (retour_window_parent_class)->dispose (object);
}

static void
retour_window_finalize (GObject *object)
{
  RetourNavigation *navigation = &RETOUR_WINDOW (object)->navigation;

  g_clear_weak_pointer (&navigation->focus_before);
  g_clear_pointer (&navigation->zone, g_time_zone_unref);
  retour_preferences_free (navigation->preferences);
  retour_staff_free (navigation->staff);
  retour_route_free (navigation->pending_route);
  g_queue_clear (&navigation->visited);
  g_queue_clear_full (&navigation->held, (GDestroyNotify) retour_route_free);
  g_free (navigation->draft);
  g_free (navigation->order);
  g_free (navigation->shown_return);
  G_OBJECT_CLASS (retour_window_parent_class)->finalize (object);
}

static void
retour_window_class_init (RetourWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_window_dispose;
  G_OBJECT_CLASS (class)->finalize = retour_window_finalize;
  gtk_widget_class_install_action (widget_class, "win.room", "s", show_room);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.primary", NULL, do_primary);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.proof", NULL, show_proof);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock);
  gtk_widget_class_install_action (widget_class, "win.link", NULL, show_link);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, show_settings);
}

/* Their own controller, after the widgets and not before them: a field keeps its "/" and its Ctrl+Z. */
static void
add_shortcuts (RetourWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                                                gtk_named_action_new (shortcuts[i].action));

      if (shortcuts[i].target != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_parsed (shortcuts[i].target));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
add_controllers (RetourWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *letters = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_seen), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  self->wedge = retour_scanner_wedge_new (GTK_WIDGET (self));
  g_signal_connect (self->wedge, "scanned", G_CALLBACK (scanned), self);
  g_signal_connect_swapped (self->wedge, "touched", G_CALLBACK (touched), self);
  g_signal_connect (letters, "key-pressed", G_CALLBACK (key_left_over), self);
  gtk_widget_add_controller (GTK_WIDGET (self), letters);
  add_shortcuts (self);
}

static void
build (RetourWindow *self)
{
  RetourNavigation *navigation = &self->navigation;
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stage;

  navigation->window = GTK_WIDGET (self);
  navigation->host = GTK_OVERLAY (gtk_overlay_new ());
  navigation->root = GTK_STACK (gtk_stack_new ());
  navigation->body = GTK_WIDGET (navigation->root);
  navigation->desk = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  navigation->pages = GTK_STACK (gtk_stack_new ());
  stage = retour_toast_stage_new (room);
  navigation->toasts = RETOUR_TOAST_STAGE (stage);
  gtk_stack_set_transition_type (navigation->root, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (navigation->root, 150);
  gtk_stack_set_vhomogeneous (navigation->root, FALSE);
  gtk_stack_set_hhomogeneous (navigation->root, FALSE);
  gtk_stack_set_vhomogeneous (navigation->pages, FALSE);
  gtk_stack_set_hhomogeneous (navigation->pages, FALSE);
  navigation->clock = retour_note_new (RETOUR_TONE_WARNING);
  gtk_widget_set_margin_start (GTK_WIDGET (navigation->clock), CLOCK_SIDE);
  gtk_widget_set_margin_end (GTK_WIDGET (navigation->clock), CLOCK_SIDE);
  gtk_widget_set_margin_top (GTK_WIDGET (navigation->clock), CLOCK_MARGIN);
  gtk_widget_set_vexpand (GTK_WIDGET (navigation->pages), TRUE);
  gtk_box_append (GTK_BOX (room), GTK_WIDGET (navigation->clock));
  gtk_box_append (GTK_BOX (room), GTK_WIDGET (navigation->pages));
  gtk_widget_set_hexpand (stage, TRUE);
  gtk_box_append (navigation->desk, stage);
  retour_stack_add_page (navigation->root, GTK_WIDGET (navigation->desk), "desk");
  gtk_overlay_set_child (navigation->host, GTK_WIDGET (navigation->root));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (navigation->host));
}

static void
retour_window_init (RetourWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "retour");
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
  gtk_window_set_title (GTK_WINDOW (self), "Retour");
  build (self);
  add_controllers (self);
  touched (self);
  self->idle_check = g_timeout_add_seconds (IDLE_CHECK_SECONDS, check_idle, self);
}

RetourWindow *
retour_window_new (GtkApplication *application, const RetourServices *services, RetourPreferences *preferences)
{
  RetourWindow *self = g_object_new (RETOUR_TYPE_WINDOW, "application", application, NULL);
  RetourNavigation *navigation = &self->navigation;
  const RetourIdentity *identity = retour_desk_get_identity (services->desk);

  navigation->services = services;
  navigation->preferences = preferences;
  navigation->zone = identity->time_zone != NULL ? retour_time_zone_new (identity->time_zone) : NULL;
  if (navigation->zone == NULL)
    navigation->zone = g_time_zone_new_utc ();
  services->get_link (services->self, &navigation->link);
  retour_preferences_apply (preferences);
  retour_navigation_follow_requests (navigation);
  retour_navigation_build_pages (navigation);
  gtk_stack_set_visible_child_name (navigation->root, RETOUR_PAGE_LOCK);
  services->set_link_listener (services->self, link_changed, self);
  return self;
}

RetourNavigation *
retour_window_get_navigation (RetourWindow *self)
{
  return &self->navigation;
}
