/* SPDX-License-Identifier: Apache-2.0 */
#include "return-item.h"

struct _RetourReturnItem
{
  GObject parent_instance;

  RetourReturn *ret;
};

G_DEFINE_TYPE (RetourReturnItem, retour_return_item, G_TYPE_OBJECT)

static void
retour_return_item_finalize (GObject *object)
{
  retour_return_free (RETOUR_RETURN_ITEM (object)->ret);
  G_OBJECT_CLASS (retour_return_item_parent_class)->finalize (object);
}

static void
retour_return_item_class_init (RetourReturnItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = retour_return_item_finalize;
}

static void
retour_return_item_init (RetourReturnItem *self)
{
}

RetourReturnItem *
retour_return_item_new (RetourReturn *ret)
{
  RetourReturnItem *self = g_object_new (RETOUR_TYPE_RETURN_ITEM, NULL);

  self->ret = ret;
  return self;
}

const RetourReturn *
retour_return_item_get (RetourReturnItem *self)
{
  return self->ret;
}
