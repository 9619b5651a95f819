/* SPDX-License-Identifier: Apache-2.0 */
#include "item-head.h"

#include "stepper.h"
#include "thumb.h"
#include "words.h"

#include <string.h>

struct _RetourItemHead
{
  GtkBox parent_instance;

  GtkWidget *thumb, *title, *subtitle;
  GtkWidget *quantity, *stepper;
};

enum
{
  SIGNAL_QUANTITY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourItemHead, retour_item_head, GTK_TYPE_BOX)

/* "EAN 3 612345 678904" */
static char *
ean_text (const char *gtin)
{
  gsize length = strlen (gtin);

  if (length != 13)
    return g_strdup_printf (_ ("EAN %s"), gtin);
  return g_strdup_printf (_ ("EAN %.1s %.6s %.6s"), gtin, gtin + 1, gtin + 7);
}

static char *
subtitle_text (RetourWorkbench *bench, const RetourOrderLine *line)
{
  GString *text = g_string_new (line->variant != NULL ? line->variant : "");
  gint64 paid;

  if (line->gtin != NULL)
    {
      g_autofree char *ean = ean_text (line->gtin);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", ean);
    }
  if (!retour_workbench_hides_prices (bench)
      && retour_money_multiply_divide (line->paid, 1, MAX (1, line->quantity), &paid))
    {
      g_autofree char *amount =
          retour_money_format (paid, retour_workbench_get_currency (bench),
                               retour_navigation_get_language (retour_workbench_get_navigation (bench)));
      g_autofree char *words = g_strdup_printf (_ ("paid %s"), amount);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
    }
  return g_string_free (text, FALSE);
}

static void
value_changed (RetourStepper *stepper, RetourItemHead *self)
{
  g_signal_emit (self, signals[SIGNAL_QUANTITY_CHANGED], 0, retour_stepper_get_value (stepper));
}

static void
retour_item_head_class_init (RetourItemHeadClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signals[SIGNAL_QUANTITY_CHANGED] = g_signal_new ("quantity-changed", RETOUR_TYPE_ITEM_HEAD, G_SIGNAL_RUN_LAST, 0,
                                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (RETOUR_TYPE_STEPPER);
  g_type_ensure (RETOUR_TYPE_THUMB);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/item-head.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourItemHead, thumb);
  gtk_widget_class_bind_template_child (widget_class, RetourItemHead, title);
  gtk_widget_class_bind_template_child (widget_class, RetourItemHead, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RetourItemHead, quantity);
  gtk_widget_class_bind_template_child (widget_class, RetourItemHead, stepper);
  gtk_widget_class_bind_template_callback (widget_class, value_changed);
}

static void
retour_item_head_init (RetourItemHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
retour_item_head_show (RetourItemHead *self, RetourWorkbench *bench, const RetourDraftEntry *entry)
{
  const RetourOrderLine *line = retour_workbench_find_line (bench, entry);
  g_autofree char *subtitle = line != NULL ? subtitle_text (bench, line) : NULL;

  g_return_if_fail (RETOUR_IS_ITEM_HEAD (self));

  retour_thumb_show (RETOUR_THUMB (self->thumb), retour_workbench_get_category (bench, entry), NULL);
  gtk_label_set_text (GTK_LABEL (self->title), retour_workbench_get_title (bench, entry));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
}

void
retour_item_head_show_quantity (RetourItemHead *self, gint64 quantity, gint64 highest)
{
  g_autofree char *text = g_strdup_printf (_ ("%d of %d"), (int) quantity, (int) highest);

  g_return_if_fail (RETOUR_IS_ITEM_HEAD (self));

  retour_stepper_set_range (RETOUR_STEPPER (self->stepper), 1, highest);
  retour_stepper_set_value (RETOUR_STEPPER (self->stepper), quantity);
  gtk_label_set_text (GTK_LABEL (self->quantity), text);
}

void
retour_item_head_step (RetourItemHead *self, int by)
{
  g_return_if_fail (RETOUR_IS_ITEM_HEAD (self));

  retour_stepper_step (RETOUR_STEPPER (self->stepper), by);
}
