/* SPDX-License-Identifier: Apache-2.0 */
/* The search index: which orders have words that begin like this.
 *
 * Why not FTS5: with a million orders, two common beginnings together cost it 26 ms (ENGINEERING.md E.1) and three more, a
 * beginning of one letter or of more than it keeps prefixes for reads every word below it, its merges stall the writer, and
 * what is deleted stays in the file until seconds of `optimize`. Here each beginning of a word has, per pack of 2,048 orders,
 * at most 256 bytes that say which of them have it, so any number of words is a few hundred short reads and an AND; and an
 * order is taken out exactly.
 *
 * Writing belongs to the writer and happens inside its transactions. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Puts order n into the tail; takes one out, wherever it is, with the words it was put in with. */
gboolean retour_search_index_add (RetourConnection *connection,
                                  gint64 n,
                                  RetourInstant placed_at,
                                  const char *words,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_search_index_remove (RetourConnection *connection, gint64 n, const char *words, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Whether somebody waits for the writer, or it has worked long enough at once. */
typedef gboolean (*RetourPause) (gpointer user_data);

/* A full tail becomes a pack piece by piece; each call does some, until `pause` or until a transaction has enough (NULL: all
 * of it). *more: there is some left. */
gboolean retour_search_index_pack (RetourConnection *connection,
                                   RetourPause pause,
                                   gpointer user_data,
                                   gboolean *more,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
