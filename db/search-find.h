/* SPDX-License-Identifier: Apache-2.0 */
/* The reading half of the search index. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* [from, to), in seconds since 1970. */
typedef struct
{
  gint64 from, to;
} RetourSpan;

/* Which orders a search wants. */
typedef struct
{
  const char *words; /* of the query (search-words.h) */
  guint limit;
  const RetourSpan *spans; /* placed in one of these, the latest first; NULL: at any time */
  guint n_spans;
} RetourSearchWish;

/* The n (gint64, newest first) of the orders that have all the words; none for a query without words. The caller's. Inside
 * begin_reading: the tail and the packs must be of one moment. */
GArray *retour_search_find (RetourConnection *connection,
                            const RetourSearchWish *wish,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where order n is among the packs that are ready; *pack 0: nowhere. */
gboolean retour_search_find_slot (RetourConnection *connection,
                                  gint64 n,
                                  const char *words,
                                  gint64 *pack,
                                  guint *slot,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
