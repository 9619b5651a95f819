/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return as an item of a list model. */
#pragma once

#include <glib-object.h>

#include "return.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_RETURN_ITEM (retour_return_item_get_type ())
G_DECLARE_FINAL_TYPE (RetourReturnItem, retour_return_item, RETOUR, RETURN_ITEM, GObject)

/* Takes the return. */
RetourReturnItem *retour_return_item_new (RetourReturn *ret);
/* Borrowed, as long as the item. */
const RetourReturn *retour_return_item_get (RetourReturnItem *self);

G_END_DECLS
