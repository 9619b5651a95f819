/* SPDX-License-Identifier: Apache-2.0 */
/* The reading half of the search index. */
#pragma once

#include "connection.h"
#include "search-terms.h"

G_BEGIN_DECLS

/* Keys (gint64, newest first, at most `limit`) of the orders that have all the words of the query (search-words.h); none for
 * a query without words. The caller's. Inside begin_reading: the tail and the packs must be of one moment. */
GArray *retour_search_find (RetourConnection *connection, const char *words, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Where a key is among the packs that are ready; *pack 0: nowhere. */
gboolean retour_search_find_slot (RetourConnection *connection,
                                  gint64 key,
                                  const char *words,
                                  gint64 *pack,
                                  guint *slot,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps of `slots` those in which a term stands; *found FALSE, slots untouched: the pack does not have it. */
gboolean retour_search_read_term (RetourConnection *connection,
                                  gint64 pack,
                                  const char *term,
                                  RetourSlots *slots,
                                  gboolean *found,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
