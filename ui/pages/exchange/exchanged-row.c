/* SPDX-License-Identifier: Apache-2.0 */
#include "exchanged-row.h"

#include "exchange-words.h"
#include "text.h"
#include "thumb.h"
#include "variant.h"

struct _RetourExchangedRow
{
  GtkBox parent_instance;

  GtkWidget *thumb, *over, *article, *amount;
};

G_DEFINE_TYPE (RetourExchangedRow, retour_exchanged_row, GTK_TYPE_BOX)

static void
retour_exchanged_row_class_init (RetourExchangedRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (RETOUR_TYPE_THUMB);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/exchanged-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourExchangedRow, thumb);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangedRow, over);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangedRow, article);
  gtk_widget_class_bind_template_child (widget_class, RetourExchangedRow, amount);
}

static void
retour_exchanged_row_init (RetourExchangedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* With large text the words need the width of the panel, and the amount goes under them. */
  if (retour_text_is_large (GTK_WIDGET (self)))
    {
      gtk_widget_set_visible (self->thumb, FALSE);
      retour_text_stack_if_large (GTK_WIDGET (self), self->amount);
    }
}

void
retour_exchanged_row_show (RetourExchangedRow *self,
                           const char *over,
                           const char *title,
                           const char *category,
                           const char *variant,
                           const char *amount)
{
  g_auto (RetourVariant) parts = retour_variant_parse (variant);
  g_autofree char *article = retour_article_words (title, variant);

  g_return_if_fail (RETOUR_IS_EXCHANGED_ROW (self));

  retour_thumb_show (RETOUR_THUMB (self->thumb), category, parts.colour);
  gtk_label_set_text (GTK_LABEL (self->over), over);
  gtk_label_set_text (GTK_LABEL (self->article), article);
  gtk_label_set_text (GTK_LABEL (self->amount), amount != NULL ? amount : "");
  gtk_widget_set_visible (self->amount, amount != NULL);
}
