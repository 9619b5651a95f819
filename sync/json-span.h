/* SPDX-License-Identifier: Apache-2.0 */
/* Where a value stands in a JSON text, found without reading it, so that a document inside another can be handed on byte
 * for byte. It trusts the text's shape and checks nothing: whoever reads the value found there reads it strictly. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* NULL: nothing there */
  gsize length;
} RetourJsonSpan;

/* The members of the object in `text`, one after the other: *at begins at 0. FALSE at its end, or where the text stops
 * looking like an object. `name` is without its quotes, escapes as they stand. */
gboolean
retour_json_span_next_member (const char *text, gsize length, gsize *at, RetourJsonSpan *name, RetourJsonSpan *value);
/* The elements of the list in `text`, likewise. */
gboolean retour_json_span_next_element (const char *text, gsize length, gsize *at, RetourJsonSpan *value);

gboolean retour_json_span_is (const RetourJsonSpan *span, const char *text);

/* The value of the first member of that name. */
RetourJsonSpan retour_json_span_member (const char *text, gsize length, const char *name);

G_END_DECLS
