/* SPDX-License-Identifier: Apache-2.0 */
#include "item-sheet.h"

#include "button.h"
#include "choice-grid.h"
#include "disposition-tiles.h"
#include "grade.h"
#include "item-head.h"
#include "item-words.h"
#include "room.h"
#include "text.h"
#include "visit.h"
#include "words.h"
#include "wrap.h"

#define WIDTH 1080

struct _RetourItemSheet
{
  GtkBox parent_instance;

  RetourWorkbench *bench;
  RetourSheet *sheet; /* weak: it holds this */
  guint entry;
  char *line;
  gboolean showing;     /* tiles follow the draft, not the other way round */
  gboolean own_address; /* the clerk chose where it goes */

  GtkWidget *columns;
  GtkWidget *reasons, *conditions; /* RetourChoiceGrid */
  GtkWidget *note, *note_hint;
  GtkWidget *dispositions;
  GtkWidget *head, *foot; /* placed in the sheet */
  GtkWidget *gestures;    /* of the foot; `primary` is the last of them */
  GtkWidget *amount, *amount_detail, *reason, *primary;
};

enum
{
  SIGNAL_PRIMARY,
  SIGNAL_EXCHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourItemSheet, retour_item_sheet, GTK_TYPE_BOX)

static RetourNavigation *
navigation_of (RetourItemSheet *self)
{
  return retour_workbench_get_navigation (self->bench);
}

static const RetourPolicy *
policy_of (RetourItemSheet *self)
{
  return retour_workbench_get_workspace (self->bench)->policy;
}

/* NULL once an undo took the article away. */
static const RetourDraftEntry *
entry_of (RetourItemSheet *self)
{
  const RetourDraft *draft = retour_workbench_get_draft (self->bench);
  const RetourDraftEntry *entry = self->entry < draft->entries->len ? draft->entries->pdata[self->entry] : NULL;

  return entry != NULL && g_strcmp0 (entry->line, self->line) == 0 ? entry : NULL;
}

static void
show_note (RetourItemSheet *self, const RetourDraftEntry *entry)
{
  gboolean unsaleable = g_strcmp0 (retour_condition_grade (entry->condition, policy_of (self)), "D") == 0;
  const char *shown = entry->note != NULL ? entry->note : "";

  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->note))))
      && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->note)), shown) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->note), shown);
  gtk_label_set_text (GTK_LABEL (self->note_hint), unsaleable
                                                       ? _ ("Without a photo, say why: it is needed for condition D.")
                                                       : _ ("The note is free; it is needed for condition D only."));
  if (retour_workbench_entry_needs_note (self->bench, entry))
    gtk_widget_add_css_class (self->note_hint, "rt-warning");
  else
    gtk_widget_remove_css_class (self->note_hint, "rt-warning");
}

/* "59,00 € moins 2,26 € de promo" */
static char *
amount_detail_text (RetourItemSheet *self, const RetourDraftEntry *entry, gint64 goods)
{
  const RetourOrderLine *line = retour_workbench_find_line (self->bench, entry);
  RetourLanguage language = retour_navigation_get_language (navigation_of (self));
  const char *currency = retour_workbench_get_currency (self->bench);
  gint64 full;
  g_autofree char *before = NULL;
  g_autofree char *discount = NULL;

  if (line == NULL || !retour_money_multiply (line->unit_price, entry->quantity, &full) || full <= goods)
    return g_strdup (_ ("At the price paid"));
  before = retour_money_format (full, currency, language);
  discount = retour_money_format (full - goods, currency, language);
  return g_strdup_printf (_ ("%s less %s of offers"), before, discount);
}

static void
show_amount (RetourItemSheet *self, const RetourDraftEntry *entry)
{
  const RetourQuote *quote = retour_workbench_get_quote (self->bench);
  gboolean shown = quote != NULL && self->entry < quote->lines->len && !retour_workbench_hides_prices (self->bench)
                   && retour_workbench_get_workspace (self->bench)->order != NULL;
  const RetourQuoteLine *quoted = shown ? quote->lines->pdata[self->entry] : NULL;
  g_autofree char *goods = shown ? retour_money_format (quoted->goods, quote->currency,
                                                        retour_navigation_get_language (navigation_of (self)))
                                 : NULL;
  g_autofree char *text = shown ? g_strdup_printf (_ ("This item: %s"), goods) : NULL;
  g_autofree char *detail = shown ? amount_detail_text (self, entry, quoted->goods) : NULL;

  gtk_label_set_text (GTK_LABEL (self->amount), text != NULL ? text : "");
  gtk_label_set_text (GTK_LABEL (self->amount_detail), detail != NULL ? detail : "");
}

static void
show_primary (RetourItemSheet *self)
{
  RetourWorkbenchState state = retour_visit_get_state (self->bench);
  gboolean approval = state == RETOUR_WORKBENCH_APPROVAL;
  g_autofree char *reason = retour_visit_explain_state (self->bench);
  g_autofree char *text = retour_visit_get_primary_words (self->bench);

  retour_button_set_label (self->primary, text);
  retour_button_set_icon (self->primary, approval ? "rt-shield-symbolic" : "object-select-symbolic");
  gtk_widget_set_sensitive (self->primary, approval || state == RETOUR_WORKBENCH_READY);
  gtk_widget_set_tooltip_text (self->primary, reason);
  gtk_label_set_text (GTK_LABEL (self->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (self->reason, reason != NULL);
  gtk_widget_set_visible (self->amount_detail, reason == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->primary), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

static void
bench_changed (RetourWorkbench *bench, RetourItemSheet *self)
{
  const RetourDraftEntry *entry = entry_of (self);

  if (entry == NULL)
    {
      retour_item_sheet_close (self);
      return;
    }
  self->showing = TRUE;
  retour_choice_grid_show (RETOUR_CHOICE_GRID (self->reasons), entry->reason);
  retour_choice_grid_show (RETOUR_CHOICE_GRID (self->conditions), entry->condition);
  retour_disposition_tiles_show (RETOUR_DISPOSITION_TILES (self->dispositions), entry->disposition);
  retour_item_head_show_quantity (RETOUR_ITEM_HEAD (self->head), entry->quantity,
                                  retour_workbench_get_highest (self->bench, self->entry));
  show_note (self, entry);
  show_amount (self, entry);
  show_primary (self);
  self->showing = FALSE;
}

static void
choose_condition (RetourItemSheet *self, const char *condition)
{
  const char *grade = retour_condition_grade (condition, policy_of (self));
  g_autofree char *disposition =
      self->own_address ? NULL
                        : retour_disposition_tiles_suggest (RETOUR_DISPOSITION_TILES (self->dispositions), grade);

  retour_workbench_set_condition (self->bench, self->entry, condition, disposition);
  if (g_strcmp0 (grade, "D") == 0 && entry_of (self) != NULL
      && retour_workbench_entry_needs_note (self->bench, entry_of (self)))
    gtk_widget_grab_focus (self->note);
}

static void
reason_chosen (RetourChoiceGrid *grid, const char *reason, RetourItemSheet *self)
{
  retour_workbench_set_reason (self->bench, self->entry, reason);
}

static void
condition_chosen (RetourChoiceGrid *grid, const char *condition, RetourItemSheet *self)
{
  choose_condition (self, condition);
}

static void
disposition_chosen (RetourDispositionTiles *tiles, const char *disposition, RetourItemSheet *self)
{
  self->own_address = TRUE;
  retour_workbench_set_disposition (self->bench, self->entry, disposition);
}

/* The figures came after the condition was chosen. */
static void
stock_known (RetourDispositionTiles *tiles, RetourItemSheet *self)
{
  const RetourDraftEntry *entry = entry_of (self);
  g_autofree char *disposition = NULL;

  if (entry == NULL || entry->condition == NULL || self->own_address)
    return;
  disposition = retour_disposition_tiles_suggest (tiles, retour_condition_grade (entry->condition, policy_of (self)));
  retour_workbench_set_disposition (self->bench, self->entry, disposition);
}

static void
quantity_changed (RetourItemHead *head, gint64 quantity, RetourItemSheet *self)
{
  if (!self->showing)
    retour_workbench_set_quantity (self->bench, self->entry, quantity);
}

static void
note_changed (GtkEditable *note, RetourItemSheet *self)
{
  if (!self->showing)
    retour_workbench_set_note (self->bench, self->entry, gtk_editable_get_text (note));
}

static void
primary_clicked (GtkButton *button, RetourItemSheet *self)
{
  g_autoptr (RetourItemSheet) held = g_object_ref (self);

  retour_item_sheet_close (self);
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static void
next_clicked (GtkButton *button, RetourItemSheet *self)
{
  retour_item_sheet_close (self);
}

static void
exchange_clicked (GtkButton *button, RetourItemSheet *self)
{
  g_autoptr (RetourItemSheet) held = g_object_ref (self);
  guint entry = self->entry;

  retour_item_sheet_close (self);
  g_signal_emit (self, signals[SIGNAL_EXCHANGE], 0, entry);
}

static void
remove_clicked (GtkButton *button, RetourItemSheet *self)
{
  g_autoptr (RetourItemSheet) held = g_object_ref (self);
  g_autoptr (RetourWorkbench) bench = g_object_ref (self->bench);
  guint entry = self->entry;

  retour_item_sheet_close (self);
  retour_workbench_remove (bench, entry);
}

static gboolean
choose_grade (RetourItemSheet *self, const char *grade)
{
  const GPtrArray *conditions = policy_of (self)->conditions;

  for (guint i = 0; i < conditions->len; i++)
    {
      const RetourCondition *condition = conditions->pdata[i];

      if (g_strcmp0 (retour_condition_grade (condition->code, policy_of (self)), grade) == 0)
        return retour_choice_grid_choose (RETOUR_CHOICE_GRID (self->conditions), condition->code);
    }
  return FALSE;
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, RetourItemSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint key = gdk_keyval_to_lower (keyval);

  if ((state & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    {
      if (gtk_widget_get_sensitive (self->primary))
        primary_clicked (NULL, self);
      return TRUE;
    }
  if ((state & GDK_CONTROL_MASK) != 0 && key == GDK_KEY_z && !GTK_IS_TEXT (focus))
    {
      retour_workbench_undo (self->bench);
      return TRUE;
    }
  if (GTK_IS_TEXT (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_8)
    return retour_choice_grid_choose_nth (RETOUR_CHOICE_GRID (self->reasons), key - GDK_KEY_1);
  if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_8)
    return retour_choice_grid_choose_nth (RETOUR_CHOICE_GRID (self->reasons), key - GDK_KEY_KP_1);
  if (key >= GDK_KEY_a && key <= GDK_KEY_d)
    {
      char grade[2] = { (char) ('A' + (key - GDK_KEY_a)), '\0' };

      return choose_grade (self, grade);
    }
  if (key == GDK_KEY_plus || key == GDK_KEY_KP_Add || key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    {
      retour_item_head_step (RETOUR_ITEM_HEAD (self->head), key == GDK_KEY_plus || key == GDK_KEY_KP_Add ? 1 : -1);
      return TRUE;
    }
  return FALSE;
}

void
retour_item_sheet_close (RetourItemSheet *self)
{
  g_return_if_fail (RETOUR_IS_ITEM_SHEET (self));

  if (self->sheet != NULL)
    retour_sheet_close (self->sheet);
}

gboolean
retour_item_sheet_shows_line (RetourItemSheet *self, const char *line)
{
  g_return_val_if_fail (RETOUR_IS_ITEM_SHEET (self), FALSE);

  return g_strcmp0 (self->line, line) == 0;
}

gboolean
retour_item_sheet_add_unit (RetourItemSheet *self)
{
  const RetourDraftEntry *entry;

  g_return_val_if_fail (RETOUR_IS_ITEM_SHEET (self), FALSE);

  entry = entry_of (self);
  return entry != NULL && retour_workbench_set_quantity (self->bench, self->entry, entry->quantity + 1);
}

gboolean
retour_item_sheet_choose_reason (RetourItemSheet *self, const char *reason)
{
  g_return_val_if_fail (RETOUR_IS_ITEM_SHEET (self), FALSE);

  return retour_choice_grid_choose (RETOUR_CHOICE_GRID (self->reasons), reason);
}

gboolean
retour_item_sheet_choose_condition (RetourItemSheet *self, const char *condition)
{
  g_return_val_if_fail (RETOUR_IS_ITEM_SHEET (self), FALSE);

  return retour_choice_grid_choose (RETOUR_CHOICE_GRID (self->conditions), condition);
}

static void
retour_item_sheet_dispose (GObject *object)
{
  RetourItemSheet *self = RETOUR_ITEM_SHEET (object);

  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_object (&self->bench);
  g_clear_weak_pointer (&self->sheet);
  g_clear_pointer (&self->line, g_free);
  G_OBJECT_CLASS (retour_item_sheet_parent_class)->dispose (object);
}

/* Large text in a small window: the questions stand under each other. */
static void
retour_item_sheet_map (GtkWidget *widget)
{
  RetourItemSheet *self = RETOUR_ITEM_SHEET (widget);
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (widget)));
  gboolean tiny = retour_room_of_width (width) == RETOUR_ROOM_TINY;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  tiny ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !tiny);
  retour_disposition_tiles_set_stacked (RETOUR_DISPOSITION_TILES (self->dispositions), tiny);
  GTK_WIDGET_CLASS (retour_item_sheet_parent_class)->map (widget);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RETOUR_TYPE_BUTTON);
  g_type_ensure (RETOUR_TYPE_CHOICE_GRID);
  g_type_ensure (RETOUR_TYPE_DISPOSITION_TILES);
  g_type_ensure (RETOUR_TYPE_ITEM_HEAD);
  g_type_ensure (RETOUR_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/item-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, columns);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, note);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, note_hint);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, reasons);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, conditions);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, dispositions);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, head);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, foot);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, gestures);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, amount);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, amount_detail);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, reason);
  gtk_widget_class_bind_template_child (widget_class, RetourItemSheet, primary);
  gtk_widget_class_bind_template_callback (widget_class, reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, condition_chosen);
  gtk_widget_class_bind_template_callback (widget_class, disposition_chosen);
  gtk_widget_class_bind_template_callback (widget_class, stock_known);
  gtk_widget_class_bind_template_callback (widget_class, quantity_changed);
  gtk_widget_class_bind_template_callback (widget_class, note_changed);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, exchange_clicked);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked);
}

static void
retour_item_sheet_class_init (RetourItemSheetClass *class)
{
  G_OBJECT_CLASS (class)->dispose = retour_item_sheet_dispose;
  GTK_WIDGET_CLASS (class)->map = retour_item_sheet_map;
  signals[SIGNAL_PRIMARY] =
      g_signal_new ("primary", RETOUR_TYPE_ITEM_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EXCHANGE] = g_signal_new ("exchange", RETOUR_TYPE_ITEM_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
  bind_template (GTK_WIDGET_CLASS (class));
}

/* With large text the foot keeps the amount and its one button; the other gestures scroll, so that the questions have room. */
static void
shorten_foot (RetourItemSheet *self)
{
  GtkWidget *below = retour_wrap_new (12);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->gestures)) != self->primary)
    {
      g_object_ref (child);
      gtk_widget_unparent (child);
      retour_wrap_append (RETOUR_WRAP (below), child);
      g_object_unref (child);
    }
  gtk_box_append (GTK_BOX (self), below);
  gtk_label_set_max_width_chars (GTK_LABEL (self->reason), 17);
}

static void
retour_item_sheet_init (RetourItemSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (retour_text_is_large (GTK_WIDGET (self)))
    shorten_foot (self);
}

static void
fill_reasons (RetourItemSheet *self)
{
  RetourLanguage language = retour_navigation_get_language (navigation_of (self));
  const GPtrArray *reasons = policy_of (self)->reasons;

  for (guint i = 0; i < reasons->len; i++)
    {
      const RetourReason *reason = reasons->pdata[i];
      RetourTile *tile = retour_tile_new (retour_reason_icon (reason->code),
                                          retour_reason_words (language, reason->code, policy_of (self)), NULL);

      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-reason");
      retour_choice_grid_add (RETOUR_CHOICE_GRID (self->reasons), tile, reason->code);
    }
}

static void
fill_conditions (RetourItemSheet *self)
{
  RetourLanguage language = retour_navigation_get_language (navigation_of (self));
  const GPtrArray *conditions = policy_of (self)->conditions;

  for (guint i = 0; i < conditions->len; i++)
    {
      const RetourCondition *condition = conditions->pdata[i];
      const char *detail = retour_condition_detail (language, condition->code, policy_of (self));
      RetourTile *tile = retour_tile_new (NULL, retour_condition_title (language, condition->code, policy_of (self)),
                                          *detail != '\0' ? detail : NULL);

      retour_tile_set_lead (tile, retour_grade_new (retour_condition_grade (condition->code, policy_of (self)),
                                                    RETOUR_GRADE_LARGE));
      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-emphasis");
      gtk_widget_add_css_class (GTK_WIDGET (tile), "rt-condition");
      retour_choice_grid_add (RETOUR_CHOICE_GRID (self->conditions), tile, condition->code);
    }
}

static RetourSheet *
sheet_new (RetourItemSheet *self, const RetourDraftEntry *entry)
{
  RetourSheet *sheet = retour_sheet_new (retour_workbench_get_title (self->bench, entry));
  GtkEventController *keys = gtk_event_controller_key_new ();

  retour_sheet_set_width (sheet, WIDTH);
  retour_sheet_set_head (sheet, self->head);
  retour_sheet_set_body (sheet, GTK_WIDGET (self));
  retour_sheet_set_foot (sheet, self->foot);
  retour_sheet_set_initial_focus (sheet, retour_choice_grid_get_first (RETOUR_CHOICE_GRID (self->reasons)));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (sheet), keys);
  g_set_weak_pointer (&self->sheet, sheet);
  return sheet;
}

RetourItemSheet *
retour_item_sheet_open (RetourWorkbench *bench, guint index)
{
  const RetourDraft *draft = retour_workbench_get_draft (bench);
  const RetourDraftEntry *entry;
  const RetourOrderLine *line;
  RetourItemSheet *self;
  RetourSheet *sheet;

  g_return_val_if_fail (index < draft->entries->len, NULL);

  entry = draft->entries->pdata[index];
  line = retour_workbench_find_line (bench, entry);
  self = g_object_new (RETOUR_TYPE_ITEM_SHEET, NULL);
  self->bench = g_object_ref (bench);
  self->entry = index;
  self->line = g_strdup (entry->line);
  self->own_address = entry->disposition != NULL;
  fill_reasons (self);
  fill_conditions (self);
  retour_item_head_show (RETOUR_ITEM_HEAD (self->head), bench, entry);
  retour_disposition_tiles_ask (RETOUR_DISPOSITION_TILES (self->dispositions), navigation_of (self),
                                line != NULL ? line->sku : NULL, line != NULL ? line->variant : NULL);
  sheet = sheet_new (self, entry);
  g_signal_connect (bench, "changed", G_CALLBACK (bench_changed), self);
  bench_changed (bench, self);
  retour_navigation_present_sheet (retour_workbench_get_navigation (bench), sheet);
  return self;
}
