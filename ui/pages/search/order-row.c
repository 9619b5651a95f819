/* SPDX-License-Identifier: Apache-2.0 */
#include "order-row.h"

#include "chip.h"
#include "item-words.h"
#include "search-match.h"
#include "text.h"
#include "thumb.h"
#include "words.h"

#define ROW_KEY "retour-order-row"
#define THUMBS 3
#define THUMB_SIZE 44
#define AVATAR_SIZE 48
#define NUMBER_WIDTH 280
#define NARROW_NUMBER_WIDTH 190
#define AMOUNT_WIDTH 96
#define CHIP_WIDTH 178

typedef struct
{
  RetourLanguage language;
  GTimeZone *zone;
  GtkWidget *avatar, *name, *contact, *below, *number, *place, *thumbs, *amount, *chip;
  GtkWidget *number_column, *amount_column, *chip_column;
} Row;

static GtkWidget *
column_new (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

GtkWidget *
retour_order_row_new (RetourLanguage language, GTimeZone *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *who;
  Row *row = g_new0 (Row, 1);

  row->language = language;
  row->zone = zone;
  row->avatar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  row->name = retour_text_new (NULL, "rt-t3");
  row->contact = retour_text_new (NULL, "rt-muted");
  row->number = retour_text_new (NULL, "rt-t3 rt-code");
  row->place = retour_text_new (NULL, "rt-muted");
  row->thumbs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  row->amount = retour_text_new_amount (NULL, "rt-t3");
  row->chip = retour_chip_new (RETOUR_TONE_NEUTRAL, NULL, "");

  who = column_new (row->name, row->contact);
  row->below = retour_text_new (NULL, "rt-code");
  gtk_label_set_wrap (GTK_LABEL (row->below), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->below), 2);
  gtk_widget_set_visible (row->below, FALSE);
  gtk_box_append (GTK_BOX (who), row->below);
  gtk_widget_set_hexpand (who, TRUE);
  gtk_label_set_wrap (GTK_LABEL (row->place), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->place), 2);
  gtk_widget_set_size_request (row->thumbs, THUMBS * THUMB_SIZE + (THUMBS - 1) * 6, -1);
  row->number_column = retour_text_column (column_new (row->number, row->place), NUMBER_WIDTH, GTK_ALIGN_FILL);
  row->amount_column = retour_text_column (row->amount, AMOUNT_WIDTH, GTK_ALIGN_END);
  row->chip_column = retour_text_column (row->chip, CHIP_WIDTH, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (box), row->avatar);
  gtk_box_append (GTK_BOX (box), who);
  gtk_box_append (GTK_BOX (box), row->number_column);
  gtk_box_append (GTK_BOX (box), row->thumbs);
  gtk_box_append (GTK_BOX (box), row->amount_column);
  gtk_box_append (GTK_BOX (box), row->chip_column);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (box, "rt-order-row");
  g_object_set_data_full (G_OBJECT (box), ROW_KEY, row, g_free);
  return box;
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_drawings (Row *row, const RetourOrderSummary *summary, const char *name)
{
  const RetourStaff person = { .name = (char *) name };
  g_autofree char *initials = retour_staff_initials (&person);

  empty_box (row->avatar);
  gtk_box_append (GTK_BOX (row->avatar), retour_avatar_new (initials, name, AVATAR_SIZE));
  empty_box (row->thumbs);
  for (guint i = 0; i < THUMBS && summary->categories != NULL && summary->categories[i] != NULL; i++)
    gtk_box_append (GTK_BOX (row->thumbs), retour_thumb_new (summary->categories[i], THUMB_SIZE));
}

static void
show_returnable (Row *row, const RetourOrderSummary *summary)
{
  g_autofree char *words = NULL;

  if (summary->past_limit)
    retour_chip_set (RETOUR_CHIP (row->chip), RETOUR_TONE_WARNING, "rt-clock-symbolic", _ ("Past the limit"));
  else if (summary->returnable > 0)
    {
      words = g_strdup_printf (ngettext ("%d returnable", "%d returnable", (gulong) summary->returnable),
                               (int) summary->returnable);
      retour_chip_set (RETOUR_CHIP (row->chip), RETOUR_TONE_SUCCESS, "object-select-symbolic", words);
    }
  else if (summary->last_delivery == RETOUR_INSTANT_NONE)
    retour_chip_set (RETOUR_CHIP (row->chip), RETOUR_TONE_INFO, "rt-truck-symbolic", _ ("On its way"));
  else
    retour_chip_set (RETOUR_CHIP (row->chip), RETOUR_TONE_NEUTRAL, "edit-undo-symbolic", _ ("Already returned"));
}

static char *
place_words (const Row *row, const RetourOrderSummary *summary)
{
  g_autofree char *day = retour_day_format_words (retour_instant_day (summary->placed_at, row->zone), row->language);

  return g_strdup_printf ("%s · %s", retour_channel_words (row->language, summary->channel), day);
}

void
retour_order_row_show (GtkWidget *widget, const RetourOrderSummary *summary, const char *query)
{
  Row *row = g_object_get_data (G_OBJECT (widget), ROW_KEY);
  const char *name = summary->customer_name != NULL ? summary->customer_name : _ ("Unknown customer");
  g_autofree char *contact = retour_search_contact (summary, query);
  g_autofree char *marked_name = retour_text_mark (name, query, widget);
  g_autofree char *marked_contact = retour_text_mark (contact, query, widget);
  g_autofree char *marked_number = retour_text_mark (summary->number, query, widget);
  g_autofree char *place = place_words (row, summary);
  g_autofree char *escaped_place = g_markup_escape_text (place, -1);
  g_autofree char *below =
      g_strdup_printf ("%s · %s", marked_number, escaped_place); /* where there is no room beside */
  g_autofree char *amount =
      summary->gift ? g_strdup ("—") : retour_money_format (summary->captured, summary->currency, row->language);

  gtk_label_set_markup (GTK_LABEL (row->name), marked_name);
  gtk_label_set_markup (GTK_LABEL (row->contact), marked_contact);
  gtk_label_set_markup (GTK_LABEL (row->number), marked_number);
  gtk_label_set_markup (GTK_LABEL (row->below), below);
  gtk_label_set_text (GTK_LABEL (row->place), place);
  gtk_label_set_text (GTK_LABEL (row->amount), amount);
  show_drawings (row, summary, name);
  show_returnable (row, summary);
}

void
retour_order_row_set_room (GtkWidget *widget, RetourRoom room)
{
  Row *row = g_object_get_data (G_OBJECT (widget), ROW_KEY);

  gtk_widget_set_visible (row->thumbs, room == RETOUR_ROOM_FULL);
  gtk_widget_set_visible (row->amount_column, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (row->avatar, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (row->chip_column, room < RETOUR_ROOM_TINY);
  gtk_widget_set_visible (row->number_column, room < RETOUR_ROOM_LEAST);
  gtk_widget_set_visible (row->below, room >= RETOUR_ROOM_LEAST);
  retour_text_column_set_width (row->number_column, room == RETOUR_ROOM_FULL ? NUMBER_WIDTH : NARROW_NUMBER_WIDTH);
}

char *
retour_order_row_spoken (RetourLanguage language, const RetourOrderSummary *summary)
{
  g_autofree char *units = retour_units_words (language, summary->units);

  if (summary->past_limit)
    return g_strdup_printf (_ ("%s, order %s, %s, past the limit"),
                            summary->customer_name != NULL ? summary->customer_name : _ ("Unknown customer"),
                            summary->number, units);
  return g_strdup_printf (ngettext ("%s, order %s, %s, %d returnable", "%s, order %s, %s, %d returnable",
                                    (gulong) summary->returnable),
                          summary->customer_name != NULL ? summary->customer_name : _ ("Unknown customer"),
                          summary->number, units, (int) summary->returnable);
}
