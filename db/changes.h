/* SPDX-License-Identifier: Apache-2.0 */
/* A page of the changes feed becomes rows.
 *
 * SYNC.md wants what stands between two cursors applied in one transaction with its cursor; HOUSE.md wants no transaction
 * that keeps a clerk waiting. Both hold: a page is written in slices, each a transaction, and the cursor moves with the last
 * one. Every change sets what the OMS says as it says it, so applying it again changes nothing: whoever is cut off between
 * two slices has the old cursor, gets the page again and ends where it would have. */
#pragma once

#include "connection.h"
#include "search-index.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_changes_plug (RetourStore *store);

typedef struct _RetourPageWork RetourPageWork;

/* Takes the page. */
RetourPageWork *retour_page_work_new (RetourChangePage *page);
void retour_page_work_free (RetourPageWork *work);
/* Back to the caller, once the work is done. */
RetourChangePage *retour_page_work_steal_page (RetourPageWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPageWork, retour_page_work_free)

/* Applies some of the page, one change at least, until `pause` (NULL: all of it), and commits. *done: the page and its cursor
 * are durable. On an error nothing of this slice is, and the cursor has not moved. */
gboolean retour_page_work_slice (RetourConnection *connection,
                                 RetourPageWork *work,
                                 RetourPause pause,
                                 gpointer user_data,
                                 gboolean *done,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Something was erased: no byte of it may stay in the write-ahead log either. */
gboolean retour_page_work_erased (const RetourPageWork *work);

G_END_DECLS
