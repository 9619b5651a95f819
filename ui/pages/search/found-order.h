/* SPDX-License-Identifier: Apache-2.0 */
/* One row of the search's list: a section's heading, an order, or a word about how the search stands. */
#pragma once

#include <glib-object.h>

#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_ROW_HEADING,
  RETOUR_ROW_ORDER,
  RETOUR_ROW_BUSY,   /* with a spinner */
  RETOUR_ROW_REMARK, /* without */
} RetourFoundKind;

#define RETOUR_TYPE_FOUND_ORDER (retour_found_order_get_type ())
G_DECLARE_FINAL_TYPE (RetourFoundOrder, retour_found_order, RETOUR, FOUND_ORDER, GObject)

struct _RetourFoundOrder
{
  GObject parent_instance;

  RetourFoundKind kind;
  RetourOrderSummary *summary; /* ORDER */
  RetourOrder *order;          /* ORDER that the OMS sent: not in the cache yet */
  char *text, *aside;          /* HEADING, BUSY, REMARK */
  const char *icon;            /* HEADING; static */
  gboolean first, last;        /* of its card */
};

/* Takes the summary. */
RetourFoundOrder *retour_found_order_new (RetourOrderSummary *summary);
/* `aside` may be NULL. */
RetourFoundOrder *
retour_found_order_new_text (RetourFoundKind kind, const char *icon, const char *text, const char *aside);

G_END_DECLS
