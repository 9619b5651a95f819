/* SPDX-License-Identifier: Apache-2.0 */
#include "found-order.h"

G_DEFINE_TYPE (RetourFoundOrder, retour_found_order, G_TYPE_OBJECT)

static void
retour_found_order_finalize (GObject *object)
{
  RetourFoundOrder *self = RETOUR_FOUND_ORDER (object);

  g_clear_pointer (&self->summary, retour_order_summary_free);
  g_clear_pointer (&self->order, retour_order_free);
  g_free (self->text);
  g_free (self->aside);
  G_OBJECT_CLASS (retour_found_order_parent_class)->finalize (object);
}

static void
retour_found_order_class_init (RetourFoundOrderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = retour_found_order_finalize;
}

static void
retour_found_order_init (RetourFoundOrder *self)
{
}

RetourFoundOrder *
retour_found_order_new (RetourOrderSummary *summary)
{
  RetourFoundOrder *self = g_object_new (RETOUR_TYPE_FOUND_ORDER, NULL);

  self->kind = RETOUR_ROW_ORDER;
  self->summary = summary;
  return self;
}

RetourFoundOrder *
retour_found_order_new_text (RetourFoundKind kind, const char *icon, const char *text, const char *aside)
{
  RetourFoundOrder *self = g_object_new (RETOUR_TYPE_FOUND_ORDER, NULL);

  self->kind = kind;
  self->icon = icon;
  self->text = g_strdup (text);
  self->aside = g_strdup (aside);
  return self;
}
