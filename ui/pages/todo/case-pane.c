/* SPDX-License-Identifier: Apache-2.0 */
#include "case-pane.h"

#include "button.h"
#include "case-records.h"
#include "case-words.h"
#include "chip.h"
#include "return-row.h"
#include "text.h"
#include "tile.h"
#include "words.h"
#include "wrap.h"

#define CHOICE_KEY "retour-choice"

struct _RetourCasePane
{
  GtkBox parent_instance;

  RetourNavigation *navigation;
  RetourCase *one;
  GtkWidget *back, *title, *story, *blocked, *money, *records, *question, *choices, *motive, *hint, *proof, *primary;
  RetourCaseChoice choice;
  gboolean busy;
};

G_DEFINE_TYPE (RetourCasePane, retour_case_pane, GTK_TYPE_BOX)

enum
{
  SIGNAL_DECIDED,
  SIGNAL_LEFT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static RetourLanguage
language_of (RetourCasePane *self)
{
  return retour_navigation_get_language (self->navigation);
}

static char *
when (RetourCasePane *self, RetourInstant at)
{
  const RetourDesk *desk = retour_navigation_get_services (self->navigation)->desk;

  return at == RETOUR_INSTANT_NONE
             ? g_strdup ("—")
             : retour_when_words (at, retour_desk_now (desk), retour_navigation_get_time_zone (self->navigation),
                                  language_of (self));
}

/* Why the button cannot be used yet, or what can still be changed after it. */
static void
tell (RetourCasePane *self)
{
  const RetourStaff *staff = retour_navigation_get_staff (self->navigation);
  const gboolean needs_manager =
      retour_case_choice_needs_manager (self->choice) && (staff == NULL || staff->role != RETOUR_ROLE_MANAGER);
  const char *motive = gtk_editable_get_text (GTK_EDITABLE (self->motive));
  g_autofree char *stripped = g_strstrip (g_strdup (motive));
  const gboolean lacks_motive = retour_case_choice_needs_motive (self->choice) && *stripped == '\0';
  const char *hint = _ ("Can be changed for 24 h");

  if (needs_manager)
    hint = _ ("Only a manager can close a case: hand over with a badge.");
  else if (lacks_motive)
    hint = _ ("Say why first.");
  else if (self->choice == RETOUR_CHOICE_SEND_AGAIN)
    hint = _ ("The same return, with the same number: never a second one.");
  gtk_label_set_text (GTK_LABEL (self->hint), hint);
  gtk_widget_set_visible (self->motive, retour_case_choice_needs_motive (self->choice) && !needs_manager);
  retour_button_set_label (self->primary, retour_case_choice_verb (language_of (self), self->choice));
  gtk_widget_set_sensitive (self->primary, !needs_manager && !lacks_motive && !self->busy && staff != NULL);
}

static void
choice_toggled (GtkToggleButton *tile, RetourCasePane *self)
{
  if (!gtk_toggle_button_get_active (tile))
    return;
  self->choice = (RetourCaseChoice) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), CHOICE_KEY));
  tell (self);
}

static void
add_choice (RetourCasePane *self, RetourCaseChoice choice, gboolean suggested, GtkToggleButton **group)
{
  RetourLanguage language = language_of (self);
  RetourTile *tile =
      retour_tile_new (retour_case_choice_needs_manager (choice) ? "rt-shield-symbolic"
                       : suggested                               ? "starred-symbolic"
                                                                 : "rt-info-symbolic",
                       retour_case_choice_title (language, choice), retour_case_choice_effect (language, choice));

  g_object_set_data (G_OBJECT (tile), CHOICE_KEY, GUINT_TO_POINTER (choice));
  if (*group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), *group);
  *group = GTK_TOGGLE_BUTTON (tile);
  g_signal_connect (tile, "toggled", G_CALLBACK (choice_toggled), self);
  if (suggested)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), TRUE);
  if (suggested)
    gtk_box_prepend (GTK_BOX (self->choices), GTK_WIDGET (tile));
  else
    gtk_box_append (GTK_BOX (self->choices), GTK_WIDGET (tile));
}

static void
drop_choices (RetourCasePane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_box_remove (GTK_BOX (self->choices), child);
}

static void
show_choices (RetourCasePane *self)
{
  RetourCaseChoice suggested = retour_case_kind_suggests (self->one->kind);
  GtkToggleButton *group = NULL;

  drop_choices (self);
  for (guint choice = 0; choice < RETOUR_N_CASE_CHOICES; choice++)
    if (retour_case_kind_allows (self->one->kind, choice))
      add_choice (self, choice, choice == suggested, &group);
}

/* A closed case shows what was decided, and a way back while there is one. */
static void
show_decision (RetourCasePane *self)
{
  const RetourDesk *desk = retour_navigation_get_services (self->navigation)->desk;
  g_autofree char *at = when (self, self->one->decided_at);
  g_autofree char *decided =
      g_strdup_printf ("%s · %s%s%s", retour_case_choice_title (language_of (self), self->one->choice), at,
                       self->one->motive != NULL ? " · " : "", self->one->motive != NULL ? self->one->motive : "");

  drop_choices (self);
  gtk_box_append (GTK_BOX (self->choices), retour_text_new_wrapped (decided, NULL));
  self->choice = RETOUR_CHOICE_REOPEN;
  gtk_widget_set_visible (self->motive, FALSE);
  gtk_widget_set_visible (self->primary, retour_case_reopenable (self->one, retour_desk_now (desk)));
  tell (self);
}

static void
show_story (RetourCasePane *self)
{
  const RetourCase *one = self->one;
  g_autofree char *title = retour_case_title (language_of (self), one);
  g_autofree char *at = when (self, one->answered_at);
  g_autofree char *story = NULL;

  if (one->kind == RETOUR_CASE_REFUND_FAILED)
    story = g_strdup (_ ("The return itself stands. Another way of refunding must be found."));
  else if (one->problem != NULL)
    story = g_strdup_printf (_ ("The OMS answered: “%s” (%s)"), one->problem, at);
  else if (one->ret->offline)
    story = g_strdup_printf (_ ("You recorded it without network, the OMS refused it: %s."), at);
  else
    story = g_strdup_printf (_ ("The OMS refused it: %s."), at);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->story), story);
  gtk_label_set_text (GTK_LABEL (self->money), retour_case_money (language_of (self), one));
}

/* What the case holds up: nothing later of the same order leaves before it. */
static void
show_blocked (RetourCasePane *self, guint blocked)
{
  g_autofree char *words =
      g_strdup_printf (ngettext ("%u later operation of this order waits for your decision.",
                                 "%u later operations of this order wait for your decision.", blocked),
                       blocked);

  gtk_label_set_text (GTK_LABEL (self->blocked), words);
  gtk_widget_set_visible (self->blocked, blocked > 0 && !self->one->closed);
}

/* The same case as it is shown: what the clerk chose and typed stays. */
static gboolean
is_shown (const RetourCasePane *self, const RetourCase *one)
{
  return self->one != NULL && one != NULL && g_str_equal (self->one->ret->id, one->ret->id)
         && self->one->closed == one->closed && self->one->kind == one->kind
         && self->one->answered_at == one->answered_at && self->one->ret->refund == one->ret->refund;
}

void
retour_case_pane_show (RetourCasePane *self, RetourCase *one, guint blocked)
{
  g_return_if_fail (RETOUR_IS_CASE_PANE (self));

  if (is_shown (self, one))
    {
      retour_case_free (one);
      show_blocked (self, blocked);
      return;
    }
  g_clear_pointer (&self->one, retour_case_free);
  self->one = one;
  self->busy = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), one != NULL);
  if (one == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->motive), "");
  gtk_label_set_text (GTK_LABEL (self->question), one->closed ? _ ("What was decided") : _ ("What happened?"));
  gtk_widget_set_visible (self->primary, TRUE);
  show_story (self);
  show_blocked (self, blocked);
  retour_case_records_show (GTK_GRID (self->records), self->navigation, self->one);
  if (one->closed)
    show_decision (self);
  else
    show_choices (self);
}

const char *
retour_case_pane_get_return (RetourCasePane *self)
{
  g_return_val_if_fail (RETOUR_IS_CASE_PANE (self), NULL);
  return self->one != NULL ? self->one->ret->id : NULL;
}

typedef struct
{
  RetourCasePane *pane;
  RetourDesk *desk;
  RetourCase *one;
  RetourStaff *staff;
  RetourCaseChoice choice;
  char *motive;
} Deciding;

static void
deciding_free (Deciding *deciding)
{
  g_clear_object (&deciding->pane);
  retour_case_free (deciding->one);
  retour_staff_free (deciding->staff);
  g_free (deciding->motive);
  g_free (deciding);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deciding, deciding_free)

static gpointer
run_decide (RetourStore *store, gpointer user_data, GError **error)
{
  Deciding *deciding = user_data;

  return retour_case_decide (store, deciding->one, deciding->choice, deciding->motive, deciding->staff,
                             retour_desk_now (deciding->desk), error)
             ? deciding
             : NULL;
}

static void decide_replied (gpointer result, const GError *error, gpointer user_data);

/* The case as it now stands, to be taken back. */
static void
take_back (gpointer user_data)
{
  Deciding *undo = user_data;
  const RetourStorage *storage = retour_navigation_get_services (undo->pane->navigation)->storage;
  Deciding *deciding = g_new0 (Deciding, 1);

  *deciding = *undo;
  deciding->pane = g_object_ref (undo->pane);
  deciding->one = g_steal_pointer (&undo->one);
  deciding->staff = g_steal_pointer (&undo->staff);
  deciding->motive = NULL;
  deciding->choice = RETOUR_CHOICE_REOPEN;
  storage->write (storage->self, run_decide, decide_replied, deciding);
}

/* Says what was decided; what closes a case can be taken back at once, and for a day from the list of decided ones. */
static void
tell_decided (RetourCasePane *self, Deciding *decided)
{
  Deciding *undo;

  if (decided->choice == RETOUR_CHOICE_SEND_AGAIN || decided->choice == RETOUR_CHOICE_REOPEN)
    {
      retour_navigation_toast (self->navigation,
                               decided->choice == RETOUR_CHOICE_REOPEN ? _ ("The case is open again.")
                                                                       : _ ("It will be sent again."),
                               NULL, NULL, NULL);
      return;
    }
  undo = g_new0 (Deciding, 1);
  undo->pane = g_object_ref (self);
  undo->desk = decided->desk;
  undo->one = retour_case_copy (decided->one);
  undo->one->closed = TRUE;
  undo->one->decided_at = retour_desk_now (decided->desk);
  undo->staff = retour_staff_copy (decided->staff);
  retour_navigation_toast (self->navigation, _ ("The case is closed."), take_back, undo,
                           (GDestroyNotify) deciding_free);
}

static void
decide_replied (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Deciding) deciding = user_data;
  RetourCasePane *self = deciding->pane;
  const RetourServices *services = retour_navigation_get_services (self->navigation);

  self->busy = FALSE;
  if (error != NULL)
    {
      retour_navigation_show_error (self->navigation, _ ("The decision could not be written."), error);
      if (self->one == NULL)
        self->one = g_steal_pointer (&deciding->one);
      tell (self);
      return;
    }
  if (deciding->choice == RETOUR_CHOICE_SEND_AGAIN)
    services->kick (services->self);
  retour_navigation_refresh (self->navigation);
  if (deciding->choice == RETOUR_CHOICE_REOPEN)
    {
      /* What was taken back is what one wants to see again, wherever the list has gone meanwhile. */
      deciding->one->closed = FALSE;
      retour_case_pane_show (self, retour_case_copy (deciding->one), 0);
    }
  g_signal_emit (self, signals[SIGNAL_DECIDED], 0);
  tell_decided (self, deciding);
  if (deciding->choice == RETOUR_CHOICE_OTHER_ORDER)
    retour_navigation_open_search (self->navigation, deciding->one->ret->customer_name);
}

void
retour_case_pane_decide (RetourCasePane *self)
{
  const RetourServices *services;
  const RetourStaff *staff;
  Deciding *deciding;

  g_return_if_fail (RETOUR_IS_CASE_PANE (self));

  staff = retour_navigation_get_staff (self->navigation);
  if (self->one == NULL || staff == NULL || !gtk_widget_get_sensitive (self->primary)
      || !gtk_widget_get_visible (self->primary))
    return;
  services = retour_navigation_get_services (self->navigation);
  deciding = g_new0 (Deciding, 1);
  deciding->pane = g_object_ref (self);
  deciding->desk = services->desk;
  deciding->staff = retour_staff_copy (staff);
  deciding->choice = self->choice;
  deciding->motive = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->motive))));
  self->busy = TRUE;
  tell (self);
  deciding->one = g_steal_pointer (&self->one);
  services->storage->write (services->storage->self, run_decide, decide_replied, deciding);
}

static void
proof_clicked (RetourCasePane *self)
{
  if (self->one != NULL)
    retour_navigation_open_return (self->navigation, self->one->ret->id);
}

static void
back_clicked (RetourCasePane *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

void
retour_case_pane_set_alone (RetourCasePane *self, gboolean alone)
{
  g_return_if_fail (RETOUR_IS_CASE_PANE (self));
  gtk_widget_set_visible (self->back, alone);
}

void
retour_case_pane_set_navigation (RetourCasePane *self, RetourNavigation *navigation)
{
  g_return_if_fail (RETOUR_IS_CASE_PANE (self));
  self->navigation = navigation;
}

static void
retour_case_pane_finalize (GObject *object)
{
  g_clear_pointer (&RETOUR_CASE_PANE (object)->one, retour_case_free);
  G_OBJECT_CLASS (retour_case_pane_parent_class)->finalize (object);
}

static void
retour_case_pane_class_init (RetourCasePaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_case_pane_finalize;
  signals[SIGNAL_DECIDED] =
      g_signal_new ("decided", RETOUR_TYPE_CASE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] =
      g_signal_new ("left", RETOUR_TYPE_CASE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RETOUR_TYPE_BUTTON);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/case-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, title);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, back);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, story);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, blocked);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, money);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, records);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, question);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, choices);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, motive);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, hint);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, proof);
  gtk_widget_class_bind_template_child (widget_class, RetourCasePane, primary);
}

static void
retour_case_pane_init (RetourCasePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_clicked), self);
  g_signal_connect_swapped (self->proof, "clicked", G_CALLBACK (proof_clicked), self);
  g_signal_connect_swapped (self->primary, "clicked", G_CALLBACK (retour_case_pane_decide), self);
  g_signal_connect_swapped (self->motive, "changed", G_CALLBACK (tell), self);
  g_signal_connect_swapped (self->motive, "activate", G_CALLBACK (retour_case_pane_decide), self);
}
