/* SPDX-License-Identifier: Apache-2.0 */
/* Moves the postings of packs together, so that a search has fewer places to look. Nothing depends on it but speed: at any
 * moment each posting stands in exactly one place where searches look. */
#pragma once

#include "connection.h"
#include "search-index.h"

G_BEGIN_DECLS

/* Moves some postings, until `pause`; in a transaction of its own. *more: there is something left to move. */
gboolean retour_search_shelve (RetourConnection *connection,
                               RetourPause pause,
                               gpointer user_data,
                               gboolean *more,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
