/* SPDX-License-Identifier: Apache-2.0 */
#include "approval-sheet.h"

#include <adwaita.h>

#include "approval-facts.h"
#include "button.h"
#include "note.h"
#include "pin-pad.h"
#include "sign-in.h"
#include "text.h"
#include "thumb.h"
#include "tile.h"
#include "words.h"

#define STAFF_KEY "retour-staff"
#define WIDTH 1000
#define RIGHT_WIDTH 424

struct _RetourApprovalSheet
{
  GtkBox parent_instance;

  RetourWorkbench *bench;
  RetourSheet *sheet;    /* weak: it holds this */
  GPtrArray *managers;   /* RetourStaff */
  RetourStaff *chosen;   /* whose PIN is typed */
  RetourStaff *approver; /* identified by badge or PIN; NULL until then */
  char *motive;
  gboolean showing, checking;

  GtkWidget *hint, *people, *motives, *own_motive;
  RetourPinPad *pad;
  RetourNote *note;
  GtkWidget *approve, *refuse;
};

G_DEFINE_TYPE (RetourApprovalSheet, retour_approval_sheet, GTK_TYPE_BOX)

static RetourNavigation *
navigation_of (RetourApprovalSheet *self)
{
  return retour_workbench_get_navigation (self->bench);
}

static RetourLanguage
language_of (RetourApprovalSheet *self)
{
  return retour_navigation_get_language (navigation_of (self));
}

/* What was found out stands where the question stood. */
static void
say (RetourApprovalSheet *self, RetourTone tone, const char *icon, const char *title, const char *text)
{
  gtk_widget_set_visible (self->hint, FALSE);
  retour_note_show (self->note, tone, icon, title, text);
}

static void
hush (RetourApprovalSheet *self)
{
  retour_note_hide (self->note);
  gtk_widget_set_visible (self->hint, TRUE);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");

  return *g_strstrip (copy) == '\0';
}

static void
show_state (RetourApprovalSheet *self)
{
  gboolean known = self->approver != NULL && !self->checking;

  gtk_widget_set_sensitive (self->approve,
                            known && (!retour_approval_needs_motive (self->bench) || !is_blank (self->motive)));
  gtk_widget_set_sensitive (self->refuse, known);
}

static void
decided (const GError *error, gpointer user_data)
{
  RetourApprovalSheet *self = user_data;

  self->checking = FALSE;
  if (error != NULL)
    {
      retour_navigation_sound (navigation_of (self), FALSE);
      say (self, RETOUR_TONE_ERROR, NULL, _ ("This does not count."), error->message);
      show_state (self);
    }
  else if (self->sheet != NULL)
    {
      retour_navigation_sound (navigation_of (self), TRUE);
      retour_sheet_close (self->sheet);
    }
  g_object_unref (self);
}

static void
decide (RetourApprovalSheet *self, gboolean approve)
{
  if (self->approver == NULL || self->checking)
    return;
  self->checking = TRUE;
  show_state (self);
  retour_workbench_approve (self->bench, self->approver, approve, self->motive, decided, g_object_ref (self));
}

static void
approve_clicked (GtkButton *button, RetourApprovalSheet *self)
{
  decide (self, TRUE);
}

static void
refuse_clicked (GtkButton *button, RetourApprovalSheet *self)
{
  decide (self, FALSE);
}

/* The tile of who was identified, if there is one. */
static void
show_person (RetourApprovalSheet *self, const char *id)
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
set_approver (RetourApprovalSheet *self, RetourStaff *staff)
{
  g_autofree char *text = g_strdup_printf (_ ("%s decides."), staff->name);

  retour_staff_free (self->approver);
  self->approver = staff;
  show_person (self, staff->id);
  say (self, RETOUR_TONE_SUCCESS, NULL, text, _ ("Approve or refuse, the decision is logged."));
  show_state (self);
  if (gtk_widget_get_sensitive (self->approve))
    gtk_widget_grab_focus (self->approve);
}

void
retour_approval_sheet_identify (RetourApprovalSheet *self, const RetourStaff *staff)
{
  const RetourStaff *asking = retour_navigation_get_staff (navigation_of (self));

  g_return_if_fail (RETOUR_IS_APPROVAL_SHEET (self));

  if (staff->role != RETOUR_ROLE_MANAGER || !staff->active
      || (asking != NULL && g_strcmp0 (asking->id, staff->id) == 0))
    {
      retour_navigation_sound (navigation_of (self), FALSE);
      say (self, RETOUR_TONE_WARNING, NULL, _ ("Another person is needed."),
           _ ("A manager, and not the one who asks."));
      return;
    }
  retour_navigation_sound (navigation_of (self), TRUE);
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
  RetourApprovalSheet *self = user_data;
  g_autofree char *text = NULL;

  self->checking = FALSE;
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
  show_state (self);
  g_object_unref (self);
}

static void
pin_complete (RetourPinPad *pad, RetourApprovalSheet *self)
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
  show_state (self);
  retour_sign_in_check (retour_navigation_get_services (navigation_of (self)), self->chosen->id, pin, pin_checked,
                        g_object_ref (self));
}

static void
person_toggled (GtkToggleButton *tile, RetourApprovalSheet *self)
{
  if (self->showing || !gtk_toggle_button_get_active (tile))
    return;
  self->chosen = g_object_get_data (G_OBJECT (tile), STAFF_KEY);
  g_clear_pointer (&self->approver, retour_staff_free);
  retour_pin_pad_clear (self->pad);
  hush (self);
  show_state (self);
}

static void
fill_people (RetourApprovalSheet *self)
{
  GtkToggleButton *group = NULL;
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
        group = GTK_TOGGLE_BUTTON (tile);
      gtk_grid_attach (GTK_GRID (self->people), GTK_WIDGET (tile), count % 2, count / 2, 1, 1);
      count++;
    }
  if (group != NULL)
    gtk_toggle_button_set_active (group, TRUE);
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
  RetourApprovalSheet *self = user_data;
  const RetourStaff *asking = retour_navigation_get_staff (navigation_of (self));
  GPtrArray *staff = result;
  for (guint i = 0; staff != NULL && i < staff->len; i++)
    {
      const RetourStaff *person = staff->pdata[i];

      if (person->role == RETOUR_ROLE_MANAGER && person->active
          && (asking == NULL || g_strcmp0 (asking->id, person->id) != 0))
        g_ptr_array_add (self->managers, retour_staff_copy (person));
    }
  if (error != NULL)
    say (self, RETOUR_TONE_ERROR, NULL, _ ("The list of managers could not be read."), error->message);
  else
    fill_people (self);
  g_clear_pointer (&staff, g_ptr_array_unref);
  g_object_unref (self);
}

static void
motive_toggled (GtkToggleButton *tile, RetourApprovalSheet *self)
{
  const char *motive = g_object_get_data (G_OBJECT (tile), "retour-motive");

  if (!gtk_toggle_button_get_active (tile))
    return;
  gtk_widget_set_visible (self->own_motive, motive == NULL);
  g_free (self->motive);
  self->motive = g_strdup (motive != NULL ? motive : gtk_editable_get_text (GTK_EDITABLE (self->own_motive)));
  if (motive == NULL)
    gtk_widget_grab_focus (self->own_motive);
  show_state (self);
}

static void
own_motive_changed (GtkEditable *field, RetourApprovalSheet *self)
{
  g_free (self->motive);
  self->motive = g_strdup (gtk_editable_get_text (field));
  show_state (self);
}

static GtkWidget *
motives_new (RetourApprovalSheet *self)
{
  const char *motives[] = { _ ("Loyal customer"), _ ("Our mistake"), _ ("Late delivery"), _ ("Other motive…") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkToggleButton *group = NULL;

  self->motives = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->motives), 10);
  gtk_grid_set_column_spacing (GTK_GRID (self->motives), 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->motives), TRUE);
  retour_set_name (self->motives, _ ("Motive of the decision"));
  for (guint i = 0; i < G_N_ELEMENTS (motives); i++)
    {
      RetourTile *tile = retour_tile_new (NULL, motives[i], NULL);

      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-person");
      if (i + 1 < G_N_ELEMENTS (motives))
        g_object_set_data_full (G_OBJECT (tile), "retour-motive", g_strdup (motives[i]), g_free);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), group);
      else
        group = GTK_TOGGLE_BUTTON (tile);
      g_signal_connect (tile, "toggled", G_CALLBACK (motive_toggled), self);
      gtk_grid_attach (GTK_GRID (self->motives), GTK_WIDGET (tile), (int) (i % 2), (int) (i / 2), 1, 1);
    }
  self->own_motive = gtk_entry_new ();
  gtk_widget_add_css_class (self->own_motive, "rt-field");
  gtk_entry_set_max_length (GTK_ENTRY (self->own_motive), 200);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->own_motive), _ ("Motive in a few words"));
  retour_set_name (self->own_motive, _ ("Motive in a few words"));
  gtk_widget_set_visible (self->own_motive, FALSE);
  g_signal_connect (self->own_motive, "changed", G_CALLBACK (own_motive_changed), self);
  gtk_box_append (GTK_BOX (box), retour_text_new (_ ("Motive of the decision"), "rt-t4"));
  gtk_box_append (GTK_BOX (box), self->motives);
  gtk_box_append (GTK_BOX (box), self->own_motive);
  return box;
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourApprovalSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (GTK_IS_TEXT (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  return retour_pin_pad_key (self->pad, keyval);
}

static char *
approve_text (RetourApprovalSheet *self)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  g_autofree char *total = NULL;

  if (quote == NULL || quote->total == 0 || retour_workbench_hides_prices (self->bench))
    return g_strdup (_ ("Approve"));
  total = retour_money_format (quote->total, quote->currency, language_of (self));
  return g_strdup_printf (_ ("Approve %s"), total);
}

static GtkWidget *
left_new (RetourApprovalSheet *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = approve_text (self);

  gtk_widget_add_css_class (left, "rt-approval-left");
  self->refuse = retour_button_new ("window-close-symbolic", _ ("Refuse"), "rt-danger");
  self->approve = retour_button_new ("object-select-symbolic", text, "rt-primary");
  gtk_widget_set_hexpand (self->approve, TRUE);
  gtk_widget_set_vexpand (space, TRUE);
  g_signal_connect (self->refuse, "clicked", G_CALLBACK (refuse_clicked), self);
  g_signal_connect (self->approve, "clicked", G_CALLBACK (approve_clicked), self);
  gtk_box_append (GTK_BOX (buttons), self->refuse);
  gtk_box_append (GTK_BOX (buttons), self->approve);
  gtk_box_append (GTK_BOX (left), retour_approval_facts_new (self->bench));
  gtk_box_append (GTK_BOX (left), motives_new (self));
  gtk_box_append (GTK_BOX (left), space);
  gtk_box_append (GTK_BOX (left), buttons);
  gtk_widget_set_hexpand (left, TRUE);
  return left;
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

static GtkWidget *
right_new (RetourApprovalSheet *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *question = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *logged = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (right, "rt-approval-right");
  self->hint = badge_hint_new ();
  self->people = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->people), 10);
  gtk_grid_set_column_spacing (GTK_GRID (self->people), 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->people), TRUE);
  retour_set_name (self->people, _ ("Managers"));
  self->pad = retour_pin_pad_new ();
  g_signal_connect (self->pad, "complete", G_CALLBACK (pin_complete), self);
  self->note = retour_note_new (RETOUR_TONE_INFO);
  gtk_box_append (GTK_BOX (logged), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  gtk_box_append (GTK_BOX (logged), retour_text_new (_ ("Decision is logged"), NULL));
  gtk_widget_add_css_class (logged, "rt-muted");
  gtk_widget_set_halign (logged, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (question), self->hint);
  gtk_box_append (GTK_BOX (question), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (right), question);
  gtk_box_append (GTK_BOX (right), self->people);
  gtk_box_append (GTK_BOX (right), retour_pin_pad_get_dots (self->pad));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->pad));
  gtk_box_append (GTK_BOX (right), logged);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), RIGHT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), right);
  gtk_widget_set_size_request (clamp, RIGHT_WIDTH, -1);
  return clamp;
}

static void
retour_approval_sheet_dispose (GObject *object)
{
  RetourApprovalSheet *self = RETOUR_APPROVAL_SHEET (object);

  g_clear_object (&self->bench);
  g_clear_weak_pointer (&self->sheet);
  self->chosen = NULL;
  g_clear_pointer (&self->managers, g_ptr_array_unref);
  g_clear_pointer (&self->approver, retour_staff_free);
  g_clear_pointer (&self->motive, g_free);
  G_OBJECT_CLASS (retour_approval_sheet_parent_class)->dispose (object);
}

static void
retour_approval_sheet_class_init (RetourApprovalSheetClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_approval_sheet_dispose;
}

static void
retour_approval_sheet_init (RetourApprovalSheet *self)
{
  self->managers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_staff_free);
}

RetourApprovalSheet *
retour_approval_sheet_open (RetourWorkbench *bench)
{
  RetourApprovalSheet *self = g_object_new (RETOUR_TYPE_APPROVAL_SHEET, NULL);
  RetourSheet *sheet = retour_sheet_new (_ ("Manager approval"));
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  const RetourStorage *storage = retour_navigation_get_services (navigation)->storage;
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->bench = g_object_ref (bench);
  g_set_weak_pointer (&self->sheet, sheet);
  gtk_box_append (GTK_BOX (self), left_new (self));
  gtk_box_append (GTK_BOX (self), right_new (self));
  show_state (self);
  retour_sheet_set_width (sheet, WIDTH);
  retour_sheet_set_subtitle (sheet, _ ("For this return as a whole, once"));
  retour_sheet_set_body (sheet, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (sheet), keys);
  storage->read (storage->self, run_list, list_replied, g_object_ref (self));
  retour_navigation_present_sheet (navigation, sheet);
  return self;
}
