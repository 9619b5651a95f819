/* SPDX-License-Identifier: Apache-2.0 */
#include "state-row.h"

#include "text.h"

struct _RetourStateRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *icon, *title, *subtitle, *state;
  char *key;
};

G_DEFINE_TYPE (RetourStateRow, retour_state_row, GTK_TYPE_LIST_BOX_ROW)

static void
retour_state_row_finalize (GObject *object)
{
  g_free (RETOUR_STATE_ROW (object)->key);
  G_OBJECT_CLASS (retour_state_row_parent_class)->finalize (object);
}

static void
retour_state_row_class_init (RetourStateRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = retour_state_row_finalize;
  g_type_ensure (RETOUR_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/state-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourStateRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RetourStateRow, title);
  gtk_widget_class_bind_template_child (widget_class, RetourStateRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RetourStateRow, state);
}

static void
retour_state_row_init (RetourStateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RetourStateRow *
retour_state_row_new (const char *icon, const char *title, const char *subtitle, const RetourSaying *saying)
{
  RetourStateRow *self = g_object_new (RETOUR_TYPE_STATE_ROW, NULL);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  retour_chip_set (RETOUR_CHIP (self->state), saying->tone, saying->icon, saying->words);
  retour_set_name (GTK_WIDGET (self), name);
  return self;
}

void
retour_state_row_set_key (RetourStateRow *self, const char *key)
{
  g_return_if_fail (RETOUR_IS_STATE_ROW (self));

  g_free (self->key);
  self->key = g_strdup (key);
}

const char *
retour_state_row_get_key (RetourStateRow *self)
{
  g_return_val_if_fail (RETOUR_IS_STATE_ROW (self), NULL);

  return self->key;
}
