/* SPDX-License-Identifier: Apache-2.0 */
#include "rail.h"

#include "link-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"

#define RAIL_WIDTH 120
#define PAGE_KEY "retour-page"

struct _RetourRail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GHashTable *rooms; /* page name -> GtkToggleButton, borrowed */
  const char *page;  /* interned */
  GtkWidget *badge;
  guint attention, requests; /* what the badge counts */
  GtkWidget *sync;
  GtkWidget *sync_line;
  GtkWidget *sync_icon;
  GtkWidget *sync_label;
  GtkWidget *sync_detail;
  RetourTone sync_tone;
  GtkWidget *staff;
  GtkWidget *staff_box;
};

G_DEFINE_TYPE (RetourRail, retour_rail, GTK_TYPE_WIDGET)

/* The rooms that exist; each is an action of the window of the same name. */
static const struct
{
  const char *page, *icon, *label, *keys;
} rooms[] = {
  { "home", "rt-return-symbolic", N_ ("Return"), "F1" },
  { "register", "view-list-bullet-symbolic", N_ ("Register"), "F2" },
  { "todo", "rt-inbox-symbolic", N_ ("To do"), "F3" },
};

static void
retour_rail_dispose (GObject *object)
{
  RetourRail *self = RETOUR_RAIL (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
  G_OBJECT_CLASS (retour_rail_parent_class)->dispose (object);
}

static void
retour_rail_class_init (RetourRailClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_rail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "rail");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_NAVIGATION);
}

static void
show_room (RetourRail *self)
{
  GHashTableIter iter;
  gpointer name, button;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &name, &button))
    gtk_toggle_button_set_active (button, g_str_equal (name, self->page));
}

/* The click has pressed the button down or up already: the room that is shown has the last word. */
static void
room_clicked (GtkButton *button, RetourRail *self)
{
  const char *page = g_object_get_data (G_OBJECT (button), PAGE_KEY);

  show_room (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.room", "s", page);
}

/* A button of the rail that is pressed down while its room is shown; the room decides that, not the click. */
static GtkWidget *
room_new (RetourRail *self, guint index)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *tooltip = g_strdup_printf ("%s (%s)", gettext (rooms[index].label), rooms[index].keys);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (rooms[index].icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (gettext (rooms[index].label)));
  gtk_widget_add_css_class (bar, "rt-nav-bar");
  gtk_widget_set_halign (bar, GTK_ALIGN_START);
  gtk_widget_set_margin_top (bar, 18);
  gtk_widget_set_margin_bottom (bar, 18);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), bar);
  if (g_str_equal (rooms[index].page, "todo"))
    {
      self->badge = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->badge, "rt-badge");
      gtk_widget_set_halign (self->badge, GTK_ALIGN_END);
      gtk_widget_set_valign (self->badge, GTK_ALIGN_START);
      gtk_widget_set_margin_top (self->badge, 6);
      gtk_widget_set_margin_end (self->badge, 20);
      gtk_widget_set_visible (self->badge, FALSE);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->badge);
    }
  gtk_button_set_child (GTK_BUTTON (button), overlay);
  gtk_widget_add_css_class (button, "rt-nav");
  gtk_widget_set_tooltip_text (button, tooltip);
  retour_set_name (button, gettext (rooms[index].label));
  g_object_set_data (G_OBJECT (button), PAGE_KEY, (gpointer) rooms[index].page);
  g_signal_connect (button, "clicked", G_CALLBACK (room_clicked), self);
  g_hash_table_insert (self->rooms, (gpointer) rooms[index].page, button);
  return button;
}

static GtkWidget *
logo_new (void)
{
  GtkWidget *logo = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name ("rt-return-symbolic");

  gtk_widget_add_css_class (logo, "rt-logo");
  gtk_widget_set_halign (logo, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (logo, 12);
  gtk_widget_set_hexpand (image, TRUE);
  gtk_widget_set_hexpand (logo, FALSE);
  gtk_box_append (GTK_BOX (logo), image);
  return logo;
}

static GtkWidget *
rail_button_new (const char *action, GtkWidget *child)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "rt-rail-button");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_button_set_child (GTK_BUTTON (button), child);
  return button;
}

static GtkWidget *
sync_button_new (RetourRail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->sync_line = line;
  self->sync_icon = gtk_image_new ();
  self->sync_label = gtk_label_new (NULL);
  self->sync_detail = gtk_label_new (NULL);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), self->sync_icon);
  gtk_box_append (GTK_BOX (line), self->sync_label);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->sync_detail);
  self->sync = rail_button_new ("win.link", box);
  gtk_widget_add_css_class (self->sync, "rt-sync");
  return self->sync;
}

static GtkWidget *
lock_button_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *button = rail_button_new ("win.lock", box);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Lock")));
  retour_set_name (button, _ ("Lock"));
  gtk_widget_set_tooltip_text (button, _ ("Lock (Ctrl+L)"));
  return button;
}

static void
retour_rail_init (RetourRail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *spring = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rooms = g_hash_table_new (g_str_hash, g_str_equal);
  self->page = "home";
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_widget_add_css_class (self->scroller, "rt-rail");
  gtk_widget_set_size_request (GTK_WIDGET (self), RAIL_WIDTH, -1);

  gtk_box_append (GTK_BOX (box), logo_new ());
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    gtk_box_append (GTK_BOX (box), room_new (self, i));
  gtk_widget_set_vexpand (spring, TRUE);
  gtk_box_append (GTK_BOX (box), spring);
  gtk_box_append (GTK_BOX (box), sync_button_new (self));
  self->staff_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->staff = rail_button_new ("win.settings", self->staff_box);
  gtk_box_append (GTK_BOX (box), self->staff);
  gtk_box_append (GTK_BOX (box), lock_button_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
}

RetourRail *
retour_rail_new (void)
{
  return g_object_new (RETOUR_TYPE_RAIL, NULL);
}

void
retour_rail_set_staff (RetourRail *self, const RetourStaff *staff, const RetourIdentity *identity)
{
  g_autofree char *initials = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *child;
  GtkWidget *name;

  g_return_if_fail (RETOUR_IS_RAIL (self));

  while ((child = gtk_widget_get_first_child (self->staff_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->staff_box), child);
  gtk_widget_set_visible (self->staff, staff != NULL);
  if (staff == NULL)
    return;
  initials = retour_staff_initials (staff);
  names = g_strsplit (staff->name, " ", 2);
  gtk_box_append (GTK_BOX (self->staff_box), retour_avatar_new (initials, staff->name, 44));
  name = retour_text_new (names[0], "rt-bold");
  gtk_label_set_xalign (GTK_LABEL (name), 0.5f);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 11);
  gtk_box_append (GTK_BOX (self->staff_box), name);
  if (identity->store_name != NULL)
    {
      const char *last = strrchr (identity->store_name, ' ');
      GtkWidget *store = retour_text_new (last != NULL ? last + 1 : identity->store_name, "rt-muted rt-regular");

      gtk_label_set_xalign (GTK_LABEL (store), 0.5f);
      gtk_label_set_max_width_chars (GTK_LABEL (store), 11);
      gtk_box_append (GTK_BOX (self->staff_box), store);
    }
  spoken = g_strdup_printf (_ ("%s, settings"), staff->name);
  retour_set_name (self->staff, spoken);
  gtk_widget_set_tooltip_text (self->staff, _ ("Settings"));
}

void
retour_rail_set_page (RetourRail *self, const char *page)
{
  g_return_if_fail (RETOUR_IS_RAIL (self));

  self->page = g_hash_table_contains (self->rooms, page) ? g_intern_string (page) : "home";
  show_room (self);
}

static void
show_badge (RetourRail *self)
{
  g_autofree char *count = g_strdup_printf ("%u", self->attention + self->requests);
  g_autofree char *name = NULL;
  GtkWidget *room = g_hash_table_lookup (self->rooms, "todo");

  gtk_label_set_text (GTK_LABEL (self->badge), count);
  gtk_widget_set_visible (self->badge, self->attention + self->requests > 0);
  name = self->requests > 0
             ? g_strdup_printf (ngettext ("To do, %u approval asked", "To do, %u approvals asked", self->requests),
                                self->requests)
             : g_strdup (_ ("To do"));
  retour_set_name (room, name);
}

void
retour_rail_set_link (RetourRail *self, const RetourLink *link, GTimeZone *zone)
{
  RetourSaying saying;
  g_autofree char *detail = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (RETOUR_IS_RAIL (self));

  saying = retour_link_saying (link);
  detail = retour_link_detail (link);
  title = retour_link_title (link, zone);
  if (self->sync_tone != RETOUR_TONE_NEUTRAL)
    gtk_widget_remove_css_class (self->sync, retour_tone_class (self->sync_tone));
  self->sync_tone = saying.tone;
  gtk_widget_add_css_class (self->sync, retour_tone_class (saying.tone));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sync_icon), saying.icon);
  gtk_label_set_text (GTK_LABEL (self->sync_label), saying.words);
  gtk_label_set_text (GTK_LABEL (self->sync_detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->sync_detail, detail != NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->sync_line), saying.tone == RETOUR_TONE_SUCCESS
                                                                        ? GTK_ORIENTATION_HORIZONTAL
                                                                        : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self->sync_line), saying.tone == RETOUR_TONE_SUCCESS ? 6 : 2);
  retour_set_name (self->sync, title);
  gtk_widget_set_tooltip_text (self->sync, title);

  self->attention = link->attention;
  show_badge (self);
}

void
retour_rail_set_requests (RetourRail *self, guint requests)
{
  g_return_if_fail (RETOUR_IS_RAIL (self));

  self->requests = requests;
  show_badge (self);
}
