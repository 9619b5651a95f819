/* SPDX-License-Identifier: Apache-2.0 */
#include "scanner-wedge.h"

#include <xkbcommon/xkbcommon.h>

#include "scan-burst.h"

struct _RetourScannerWedge
{
  GObject parent_instance;

  GdkDisplay *display;
  GtkEventController *keys; /* of the toplevel, weak */
  RetourScanBurst *burst;
  GPtrArray *held;        /* GdkEvent */
  GHashTable *given_back; /* GdkEvent: on their way in for the second time */
  guint timer;

  struct xkb_context *context;
  struct xkb_keymap *keymap; /* US; NULL when it cannot be made */
  struct xkb_state *state;
  xkb_mod_mask_t shift;
};

enum
{
  SIGNAL_SCANNED,
  SIGNAL_TOUCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourScannerWedge, retour_scanner_wedge, G_TYPE_OBJECT)

/* What the key at this place types on a US keyboard, whatever the screen's layout makes of it; 0: unknown. */
static gunichar
us_character (RetourScannerWedge *self, guint keycode, GdkModifierType modifiers)
{
  if (self->state == NULL)
    return 0;
  xkb_state_update_mask (self->state, (modifiers & GDK_SHIFT_MASK) != 0 ? self->shift : 0, 0, 0, 0, 0, 0);
  return xkb_state_key_get_utf32 (self->state, keycode);
}

static gboolean
is_terminator (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter
         || keyval == GDK_KEY_Linefeed || keyval == GDK_KEY_Tab;
}

static RetourKey
read_key (RetourScannerWedge *self, GdkEvent *event)
{
  guint keyval = gdk_key_event_get_keyval (event);
  GdkModifierType modifiers = gdk_event_get_modifier_state (event);
  gboolean with_control = (modifiers & GDK_CONTROL_MASK) != 0;
  gboolean with_other = (modifiers & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0;
  gunichar character = gdk_keyval_to_unicode (keyval);
  RetourKey key = { .kind = RETOUR_KEY_OTHER, .time = gdk_event_get_time (event), .character = character };

  if (gdk_key_event_is_modifier (event))
    key.kind = RETOUR_KEY_MODIFIER;
  else if (with_other)
    key.kind = RETOUR_KEY_OTHER;
  else if (is_terminator (keyval) && !with_control)
    key.kind = RETOUR_KEY_TERMINATOR;
  else if (character == 0 || !g_unichar_isprint (character))
    key.kind = RETOUR_KEY_OTHER;
  else if (with_control)
    {
      key.kind = RETOUR_KEY_CONTROL;
      key.character = g_unichar_toupper (character) & 0x1F;
      key.us_character = key.character;
    }
  else
    {
      key.kind = RETOUR_KEY_CHARACTER;
      key.us_character = us_character (self, gdk_key_event_get_keycode (event), modifiers);
    }
  return key;
}

static void
stop_timer (RetourScannerWedge *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
give_back (RetourScannerWedge *self, GdkEvent *event)
{
  g_hash_table_add (self->given_back, gdk_event_ref (event));
  gdk_display_put_event (self->display, event);
}

static void
give_back_held (RetourScannerWedge *self)
{
  for (guint i = 0; i < self->held->len; i++)
    give_back (self, g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

static void
hold (RetourScannerWedge *self, GdkEvent *event)
{
  g_ptr_array_add (self->held, gdk_event_ref (event));
}

static void
emit_scan (RetourScannerWedge *self)
{
  g_autofree char *us_text = NULL;
  g_autofree char *text = retour_scan_burst_take (self->burst, &us_text);

  g_ptr_array_set_size (self->held, 0);
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, text, us_text);
}

static gboolean
nothing_more_came (gpointer user_data)
{
  RetourScannerWedge *self = user_data;

  self->timer = 0;
  if (retour_scan_burst_silence (self->burst) == RETOUR_BURST_SCAN)
    emit_scan (self);
  else
    give_back_held (self);
  return G_SOURCE_REMOVE;
}

/* After the keys that wait already, before anything is drawn: else a program that was busy would take a scan for typing. */
static void
start_timer (RetourScannerWedge *self)
{
  stop_timer (self);
  self->timer = g_timeout_add_full (G_PRIORITY_HIGH_IDLE, retour_scan_burst_patience (self->burst), nothing_more_came,
                                    self, NULL);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourScannerWedge *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (keys));
  RetourKey key;

  if (g_hash_table_remove (self->given_back, event))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[SIGNAL_TOUCHED], 0);
  key = read_key (self, event);
  switch (retour_scan_burst_key (self->burst, &key))
    {
    case RETOUR_BURST_PASS:
      return GDK_EVENT_PROPAGATE;
    case RETOUR_BURST_HOLD:
      hold (self, event);
      start_timer (self);
      break;
    case RETOUR_BURST_RESTART:
      give_back_held (self);
      hold (self, event);
      start_timer (self);
      break;
    case RETOUR_BURST_FLUSH:
      stop_timer (self);
      give_back_held (self);
      give_back (self, event);
      break;
    case RETOUR_BURST_SWALLOW:
      break;
    case RETOUR_BURST_SCAN:
      stop_timer (self);
      emit_scan (self);
      break;
    }
  return GDK_EVENT_STOP;
}

static void
retour_scanner_wedge_dispose (GObject *object)
{
  RetourScannerWedge *self = RETOUR_SCANNER_WEDGE (object);

  stop_timer (self);
  if (self->keys != NULL)
    g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_weak_pointer (&self->keys);
  G_OBJECT_CLASS (retour_scanner_wedge_parent_class)->dispose (object);
}

static void
retour_scanner_wedge_finalize (GObject *object)
{
  RetourScannerWedge *self = RETOUR_SCANNER_WEDGE (object);

  retour_scan_burst_free (self->burst);
  g_ptr_array_unref (self->held);
  g_hash_table_unref (self->given_back);
  g_clear_pointer (&self->state, xkb_state_unref);
  g_clear_pointer (&self->keymap, xkb_keymap_unref);
  g_clear_pointer (&self->context, xkb_context_unref);
  G_OBJECT_CLASS (retour_scanner_wedge_parent_class)->finalize (object);
}

static void
retour_scanner_wedge_class_init (RetourScannerWedgeClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_scanner_wedge_dispose;
  G_OBJECT_CLASS (class)->finalize = retour_scanner_wedge_finalize;
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", RETOUR_TYPE_SCANNER_WEDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_TOUCHED] =
      g_signal_new ("touched", RETOUR_TYPE_SCANNER_WEDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Keycodes are those of evdev plus 8 under X11 and Wayland; elsewhere the second reading is left out. */
static void
make_us_keyboard (RetourScannerWedge *self)
{
  static const struct xkb_rule_names us = { .rules = "evdev", .model = "pc105", .layout = "us" };
  const char *backend = G_OBJECT_TYPE_NAME (self->display);

  if (!g_str_has_prefix (backend, "GdkX11") && !g_str_has_prefix (backend, "GdkWayland"))
    return;
  self->context = xkb_context_new (XKB_CONTEXT_NO_FLAGS);
  if (self->context == NULL)
    return;
  self->keymap = xkb_keymap_new_from_names (self->context, &us, XKB_KEYMAP_COMPILE_NO_FLAGS);
  if (self->keymap == NULL)
    return;
  self->state = xkb_state_new (self->keymap);
  self->shift = (xkb_mod_mask_t) 1 << xkb_keymap_mod_get_index (self->keymap, XKB_MOD_NAME_SHIFT);
}

static void
retour_scanner_wedge_init (RetourScannerWedge *self)
{
  self->burst = retour_scan_burst_new ();
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) gdk_event_unref);
  self->given_back = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) gdk_event_unref, NULL);
}

RetourScannerWedge *
retour_scanner_wedge_new (GtkWidget *toplevel)
{
  RetourScannerWedge *self = g_object_new (RETOUR_TYPE_SCANNER_WEDGE, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->display = gtk_widget_get_display (toplevel);
  make_us_keyboard (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  g_set_weak_pointer (&self->keys, keys);
  gtk_widget_add_controller (toplevel, keys);
  return self;
}
