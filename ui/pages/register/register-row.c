/* SPDX-License-Identifier: Apache-2.0 */
#include "register-row.h"

#include "chip.h"
#include "grade.h"
#include "item-words.h"
#include "return-row.h"
#include "state-words.h"
#include "text.h"
#include "thumb.h"
#include "words.h"

#define ROW_KEY "retour-register-row"
#define THUMBS 2
#define THUMB_SIZE 44

/* Widths of the columns in px at normal text size; the customer gets the rest. */
#define GAP 14
#define WHEN_WIDTH 76
#define NUMBER_WIDTH 150
#define ITEMS_WIDTH (THUMBS * THUMB_SIZE + 6)
#define WHY_WIDTH 160
#define AMOUNT_WIDTH 96
#define STATE_WIDTH 190
#define BY_WIDTH 40

typedef struct
{
  GtkWidget *when, *number, *items, *who, *why, *amount, *state, *by;
  GtkWidget *grade, *reason; /* of a line; NULL in the headings */
  GtkWidget *who_below;      /* under the number, where there is no room beside it; NULL in the headings */
  GtkWidget *when_column, *items_column, *why_column, *amount_column, *by_column, *number_column;
} Row;

/* Both kinds of row have the same columns; only what is in them differs. */
static GtkWidget *
assemble (Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *number = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (number, GTK_ALIGN_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (row->number), 1);
  gtk_box_append (GTK_BOX (number), row->number);
  if (row->who_below != NULL)
    gtk_box_append (GTK_BOX (number), row->who_below);
  gtk_widget_set_size_request (number, retour_text_scaled (NUMBER_WIDTH), -1);
  row->number_column = number;
  row->when_column = retour_text_column (row->when, WHEN_WIDTH, GTK_ALIGN_FILL);
  row->amount_column = retour_text_column (row->amount, AMOUNT_WIDTH, GTK_ALIGN_END);
  row->by_column = retour_text_column (row->by, BY_WIDTH, GTK_ALIGN_START);
  row->items_column = retour_text_column (row->items, ITEMS_WIDTH, GTK_ALIGN_START);
  row->why_column = retour_text_column (row->why, WHY_WIDTH, GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (row->who, TRUE);
  gtk_box_append (GTK_BOX (box), row->when_column);
  gtk_box_append (GTK_BOX (box), row->number_column);
  gtk_box_append (GTK_BOX (box), row->items_column);
  gtk_box_append (GTK_BOX (box), row->who);
  gtk_box_append (GTK_BOX (box), row->why_column);
  gtk_box_append (GTK_BOX (box), row->amount_column);
  gtk_box_append (GTK_BOX (box), retour_text_column (row->state, STATE_WIDTH, GTK_ALIGN_START));
  gtk_box_append (GTK_BOX (box), row->by_column);
  gtk_widget_add_css_class (box, "rt-register-row");
  g_object_set_data_full (G_OBJECT (box), ROW_KEY, row, g_free);
  return box;
}

GtkWidget *
retour_register_headings_new (void)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box;

  row->when = retour_text_new (_ ("Time"), NULL);
  row->number = retour_text_new (_ ("Proof"), NULL);
  row->items = retour_text_new (_ ("Items"), NULL);
  row->who = retour_text_new (_ ("Customer"), NULL);
  row->why = retour_text_new (_ ("Reason · condition"), NULL);
  row->amount = retour_text_new (_ ("Amount"), NULL);
  row->state = retour_text_new (_ ("Status"), NULL);
  row->by = retour_text_new (C_ ("column", "By"), NULL);
  box = assemble (row);
  gtk_widget_add_css_class (box, "rt-columns");
  return box;
}

GtkWidget *
retour_register_row_new (void)
{
  Row *row = g_new0 (Row, 1);

  row->when = retour_text_new (NULL, "rt-muted");
  row->number = retour_text_new (NULL, "rt-t4 rt-code");
  row->items = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  row->who = retour_text_new (NULL, "rt-t3");
  row->who_below = retour_text_new (NULL, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (row->who_below), 1);
  row->why = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  row->grade = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  row->reason = retour_text_new (NULL, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (row->reason), 1);
  gtk_widget_set_hexpand (row->reason, TRUE);
  gtk_box_append (GTK_BOX (row->why), row->grade);
  gtk_box_append (GTK_BOX (row->why), row->reason);
  row->amount = retour_text_new (NULL, "rt-t3");
  row->state = retour_chip_new (RETOUR_TONE_NEUTRAL, NULL, "");
  retour_chip_set_shrinks (RETOUR_CHIP (row->state), TRUE);
  row->by = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  return assemble (row);
}

static void
replace_child (GtkWidget *box, GtkWidget *child)
{
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), old);
  if (child != NULL)
    gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
author_new (const RetourReturn *ret)
{
  const char *name = ret->staff_name != NULL ? ret->staff_name : "";
  const RetourStaff person = { .name = (char *) name };
  g_autofree char *initials = retour_staff_initials (&person);
  GtkWidget *avatar = retour_avatar_new (initials, name, 40);

  gtk_widget_set_tooltip_text (avatar, name);
  return avatar;
}

void
retour_register_row_show (GtkWidget *widget, RetourNavigation *navigation, const RetourReturn *ret)
{
  Row *row = g_object_get_data (G_OBJECT (widget), ROW_KEY);
  RetourLanguage language = retour_navigation_get_language (navigation);
  const RetourDesk *desk = retour_navigation_get_services (navigation)->desk;
  RetourSaying saying = retour_return_saying (language, ret);
  g_autofree char *when = retour_when_words (ret->recorded_at, retour_desk_now (desk),
                                             retour_navigation_get_time_zone (navigation), language);
  g_autofree char *who = retour_return_who (ret);
  g_autofree char *amount = retour_return_amount (ret, language);
  const RetourReturnLine *first = ret->lines->len > 0 ? g_ptr_array_index (ret->lines, 0) : NULL;

  gtk_label_set_text (GTK_LABEL (row->when), when);
  gtk_label_set_text (GTK_LABEL (row->number), ret->number);
  gtk_label_set_text (GTK_LABEL (row->who), who);
  gtk_label_set_text (GTK_LABEL (row->who_below), who);
  gtk_label_set_text (GTK_LABEL (row->amount), amount);
  gtk_label_set_text (GTK_LABEL (row->reason),
                      first != NULL ? retour_reason_words (language, first->reason, NULL) : "");
  replace_child (row->grade, first != NULL ? retour_grade_new (first->grade, RETOUR_GRADE_SMALL) : NULL);
  replace_child (row->by, author_new (ret));
  replace_child (row->items, NULL);
  for (guint i = 0; i < MIN (ret->lines->len, THUMBS); i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);

      gtk_box_append (GTK_BOX (row->items), retour_thumb_new (line->category, THUMB_SIZE));
    }
  retour_chip_set (RETOUR_CHIP (row->state), saying.tone, saying.icon, saying.words);
}

void
retour_register_row_set_room (GtkWidget *widget, RetourRoom room)
{
  Row *row = g_object_get_data (G_OBJECT (widget), ROW_KEY);

  gtk_widget_set_visible (row->items_column, room == RETOUR_ROOM_FULL);
  gtk_widget_set_visible (row->why_column, room == RETOUR_ROOM_FULL);
  gtk_widget_set_visible (row->when_column, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (row->by_column, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (row->amount_column, room < RETOUR_ROOM_TINY);
  gtk_widget_set_visible (row->who, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_hexpand (row->number_column, room >= RETOUR_ROOM_LEAST);
  if (row->who_below != NULL)
    gtk_widget_set_visible (row->who_below, room >= RETOUR_ROOM_LEAST);
}

char *
retour_register_row_spoken (RetourNavigation *navigation, const RetourReturn *ret)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourSaying saying = retour_return_saying (language, ret);
  g_autofree char *who = retour_return_who (ret);
  g_autofree char *amount = retour_return_amount (ret, language);

  return g_strdup_printf ("%s, %s, %s, %s", ret->number, who, amount, saying.words);
}
