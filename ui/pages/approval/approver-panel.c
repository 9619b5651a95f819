/* SPDX-License-Identifier: Apache-2.0 */
#include "approver-panel.h"

#include "pin-pad.h"
#include "sign-in.h"
#include "text.h"
#include "thumb.h"
#include "tile.h"
#include "words.h"

#define STAFF_KEY "retour-staff"

struct _RetourApproverPanel
{
  GtkBox parent_instance;

  RetourNavigation *navigation; /* borrowed */
  char *requester, *draft;
  GPtrArray *managers;   /* RetourStaff */
  RetourStaff *chosen;   /* whose PIN is typed */
  RetourStaff *approver; /* identified by badge or PIN; NULL until then */
  gboolean showing, checking;

  GtkWidget *hint, *people;
  RetourPinPad *pad;
  RetourNote *note;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourApproverPanel, retour_approver_panel, GTK_TYPE_BOX)

static void
changed (RetourApproverPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What was found out stands where the question stood. */
static void
say (RetourApproverPanel *self, RetourTone tone, const char *icon, const char *title, const char *text)
{
  gtk_widget_set_visible (self->hint, FALSE);
  retour_note_show (self->note, tone, icon, title, text);
}

static void
hush (RetourApproverPanel *self)
{
  retour_note_hide (self->note);
  gtk_widget_set_visible (self->hint, TRUE);
}

/* The tile of who was identified, if there is one. */
static void
show_person (RetourApproverPanel *self, const char *id)
{
  self->showing = TRUE;
  for (GtkWidget *tile = gtk_widget_get_first_child (self->people); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      const RetourStaff *staff = g_object_get_data (G_OBJECT (tile), STAFF_KEY);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), g_strcmp0 (staff->id, id) == 0);
    }
  self->showing = FALSE;
}

static void
set_approver (RetourApproverPanel *self, RetourStaff *staff)
{
  g_autofree char *text = g_strdup_printf (_ ("%s decides."), staff->name);

  retour_staff_free (self->approver);
  self->approver = staff;
  show_person (self, staff->id);
  say (self, RETOUR_TONE_SUCCESS, NULL, text, _ ("Approve or refuse, the decision is logged."));
  changed (self);
}

typedef struct
{
  RetourDesk *desk;
  RetourStaff *staff;
  char *requester, *draft;
} TurnedAway;

static gpointer
run_turned_away (RetourStore *store, gpointer user_data, GError **error)
{
  TurnedAway *turned = user_data;

  return retour_desk_note_turned_away (turned->desk, store, turned->staff, turned->requester, turned->draft, error)
             ? turned
             : NULL;
}

static void
turned_away_noted (gpointer result, const GError *error, gpointer user_data)
{
  TurnedAway *turned = user_data;

  if (error != NULL)
    g_warning ("an attempt to approve could not be journalled: %s", error->message);
  retour_staff_free (turned->staff);
  g_free (turned->requester);
  g_free (turned->draft);
  g_free (turned);
}

static void
journal_turned_away (RetourApproverPanel *self, const RetourStaff *staff)
{
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  TurnedAway *turned = g_new0 (TurnedAway, 1);

  turned->desk = services->desk;
  turned->staff = retour_staff_copy (staff);
  turned->requester = g_strdup (self->requester);
  turned->draft = g_strdup (self->draft);
  services->storage->write (services->storage->self, run_turned_away, turned_away_noted, turned);
}

void
retour_approver_panel_identify (RetourApproverPanel *self, const RetourStaff *staff)
{
  g_return_if_fail (RETOUR_IS_APPROVER_PANEL (self));

  if (staff->role != RETOUR_ROLE_MANAGER || !staff->active || g_strcmp0 (self->requester, staff->id) == 0)
    {
      retour_navigation_sound (self->navigation, FALSE);
      journal_turned_away (self, staff);
      say (self, RETOUR_TONE_WARNING, NULL, _ ("Another person is needed."),
           _ ("A manager, and not the one who asks."));
      return;
    }
  retour_navigation_sound (self->navigation, TRUE);
  set_approver (self, retour_staff_copy (staff));
}

static void
pin_checked (RetourSignInOutcome outcome,
             RetourStaff *staff,
             guint tries_left,
             gint64 wait,
             const GError *error,
             gpointer user_data)
{
  RetourApproverPanel *self = user_data;
  g_autofree char *text = NULL;

  self->checking = FALSE;
  if (self->managers == NULL)
    {
      retour_staff_free (staff);
      g_object_unref (self);
      return;
    }
  retour_pin_pad_clear (self->pad);
  switch (outcome)
    {
    case RETOUR_SIGN_IN_MATCHED:
      set_approver (self, staff);
      break;
    case RETOUR_SIGN_IN_WRONG:
      text =
          g_strdup_printf (ngettext ("Wrong code, %u try left", "Wrong code, %u tries left", tries_left), tries_left);
      say (self, RETOUR_TONE_ERROR, NULL, text, NULL);
      break;
    case RETOUR_SIGN_IN_WAIT:
      text = g_strdup_printf (_ ("Too many wrong codes: wait %d s"), (int) (wait / RETOUR_SECOND + 1));
      say (self, RETOUR_TONE_ERROR, NULL, text, NULL);
      break;
    case RETOUR_SIGN_IN_NO_PIN:
      say (self, RETOUR_TONE_WARNING, NULL, _ ("This person has no code: scan the badge."), NULL);
      break;
    case RETOUR_SIGN_IN_FAILED:
      say (self, RETOUR_TONE_ERROR, NULL, _ ("The code could not be checked."), error != NULL ? error->message : NULL);
      break;
    }
  changed (self);
  g_object_unref (self);
}

static void
pin_complete (RetourPinPad *pad, RetourApproverPanel *self)
{
  char *pin = retour_pin_pad_take (pad);

  if (self->chosen == NULL || self->checking)
    {
      retour_pin_free (pin);
      retour_pin_pad_clear (pad);
      say (self, RETOUR_TONE_WARNING, NULL, _ ("Choose a name first."), NULL);
      return;
    }
  self->checking = TRUE;
  changed (self);
  retour_sign_in_check (retour_navigation_get_services (self->navigation), self->chosen->id, self->draft, pin,
                        pin_checked, g_object_ref (self));
}

static void
person_toggled (GtkToggleButton *tile, RetourApproverPanel *self)
{
  if (self->showing || !gtk_toggle_button_get_active (tile))
    return;
  self->chosen = g_object_get_data (G_OBJECT (tile), STAFF_KEY);
  g_clear_pointer (&self->approver, retour_staff_free);
  retour_pin_pad_clear (self->pad);
  hush (self);
  changed (self);
}

/* The manager who is signed in here comes first to mind. */
static void
fill_people (RetourApproverPanel *self)
{
  const RetourStaff *present = retour_navigation_get_staff (self->navigation);
  GtkToggleButton *group = NULL, *first = NULL;
  int count = 0;

  for (guint i = 0; i < self->managers->len; i++)
    {
      RetourStaff *staff = self->managers->pdata[i];
      g_autofree char *initials = retour_staff_initials (staff);
      g_auto (GStrv) names = g_strsplit (staff->name, " ", 2);
      RetourTile *tile = retour_tile_new (NULL, names[0] != NULL ? names[0] : staff->name, NULL);

      retour_tile_set_lead (tile, retour_avatar_new (initials, staff->name, 40));
      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-person");
      g_object_set_data (G_OBJECT (tile), STAFF_KEY, staff);
      g_signal_connect (tile, "toggled", G_CALLBACK (person_toggled), self);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), group);
      else
        group = first = GTK_TOGGLE_BUTTON (tile);
      if (present != NULL && g_str_equal (present->id, staff->id))
        first = GTK_TOGGLE_BUTTON (tile);
      gtk_grid_attach (GTK_GRID (self->people), GTK_WIDGET (tile), count % 2, count / 2, 1, 1);
      count++;
    }
  if (first != NULL)
    gtk_toggle_button_set_active (first, TRUE);
  else
    say (self, RETOUR_TONE_WARNING, NULL, _ ("No other manager is known here."),
         _ ("A manager's badge can still be scanned."));
}

static gpointer
run_list (RetourStore *store, gpointer user_data, GError **error)
{
  return store->list_staff (store, error);
}

static void
list_replied (gpointer result, const GError *error, gpointer user_data)
{
  RetourApproverPanel *self = user_data;
  GPtrArray *staff = result;

  for (guint i = 0; staff != NULL && self->managers != NULL && i < staff->len; i++)
    {
      const RetourStaff *person = staff->pdata[i];

      if (person->role == RETOUR_ROLE_MANAGER && person->active && g_strcmp0 (self->requester, person->id) != 0)
        g_ptr_array_add (self->managers, retour_staff_copy (person));
    }
  if (self->managers == NULL)
    ; /* closed meanwhile */
  else if (error != NULL)
    say (self, RETOUR_TONE_ERROR, NULL, _ ("The list of managers could not be read."), error->message);
  else
    fill_people (self);
  g_clear_pointer (&staff, g_ptr_array_unref);
  g_object_unref (self);
}

static GtkWidget *
badge_hint_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name ("rt-idbadge-symbolic");

  gtk_widget_add_css_class (box, "rt-badge-hint");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 28);
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (_ ("Scan your badge"), "rt-t3"));
  gtk_box_append (GTK_BOX (words), retour_text_new_wrapped (_ ("or type your code below"), NULL));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
retour_approver_panel_dispose (GObject *object)
{
  RetourApproverPanel *self = RETOUR_APPROVER_PANEL (object);

  self->chosen = NULL;
  g_clear_pointer (&self->managers, g_ptr_array_unref);
  g_clear_pointer (&self->approver, retour_staff_free);
  g_clear_pointer (&self->requester, g_free);
  g_clear_pointer (&self->draft, g_free);
  G_OBJECT_CLASS (retour_approver_panel_parent_class)->dispose (object);
}

static void
retour_approver_panel_class_init (RetourApproverPanelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_approver_panel_dispose;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", RETOUR_TYPE_APPROVER_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_approver_panel_init (RetourApproverPanel *self)
{
  GtkWidget *question = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->managers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_staff_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 14);
  self->hint = badge_hint_new ();
  self->people = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->people), 10);
  gtk_grid_set_column_spacing (GTK_GRID (self->people), 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->people), TRUE);
  retour_set_name (self->people, _ ("Managers"));
  self->pad = retour_pin_pad_new ();
  g_signal_connect (self->pad, "complete", G_CALLBACK (pin_complete), self);
  self->note = retour_note_new (RETOUR_TONE_INFO);
  gtk_box_append (GTK_BOX (question), self->hint);
  gtk_box_append (GTK_BOX (question), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (self), question);
  gtk_box_append (GTK_BOX (self), self->people);
  gtk_box_append (GTK_BOX (self), retour_pin_pad_get_dots (self->pad));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->pad));
}

RetourApproverPanel *
retour_approver_panel_new (RetourNavigation *navigation, const char *requester, const char *draft)
{
  RetourApproverPanel *self = g_object_new (RETOUR_TYPE_APPROVER_PANEL, NULL);
  const RetourStorage *storage = retour_navigation_get_services (navigation)->storage;

  self->navigation = navigation;
  self->requester = g_strdup (requester);
  self->draft = g_strdup (draft);
  retour_navigation_take_badges (navigation, GTK_WIDGET (self));
  storage->read (storage->self, run_list, list_replied, g_object_ref (self));
  return self;
}

const RetourStaff *
retour_approver_panel_get_approver (RetourApproverPanel *self)
{
  g_return_val_if_fail (RETOUR_IS_APPROVER_PANEL (self), NULL);
  return self->checking ? NULL : self->approver;
}

gboolean
retour_approver_panel_key (RetourApproverPanel *self, guint keyval)
{
  return retour_pin_pad_key (self->pad, keyval);
}

void
retour_approver_panel_say (RetourApproverPanel *self, RetourTone tone, const char *title, const char *text)
{
  say (self, tone, NULL, title, text);
}
