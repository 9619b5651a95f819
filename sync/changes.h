/* SPDX-License-Identifier: Apache-2.0 */
/* The changes feed, read as it streams in: lines become changes, and what stands between two cursors becomes a page that can
 * be applied whole (assets/oms-api, GET /v1/changes). A record that cannot be read is left out with its cause, and counted;
 * a feed that breaks its own rules is stopped, and the pages before that still count. */
#pragma once

#include "document.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _RetourChangeReader RetourChangeReader;

/* One record that was left out. */
typedef struct
{
  guint64 line; /* from 1 */
  char *id;     /* of what it tried to say, when that much could be read; or NULL */
  char *cause;
} RetourRefusedChange;

/* `documents` is borrowed. */
RetourChangeReader *retour_change_reader_new (const RetourDocuments *documents);
void retour_change_reader_free (RetourChangeReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourChangeReader, retour_change_reader_free)

/* Bytes of the feed, cut anywhere. RETOUR_OMS_ERROR_MALFORMED when it is no feed: nothing more is read then. */
gboolean retour_change_reader_push (RetourChangeReader *reader, const char *bytes, gsize length, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* The next page that is whole; the caller's; NULL: none yet. */
RetourChangePage *retour_change_reader_pop (RetourChangeReader *reader);
gboolean retour_change_reader_has_page (const RetourChangeReader *reader);

/* The feed's end was seen, its count was right and nothing came behind it. `more`: a limit cut it, ask again. */
gboolean retour_change_reader_is_complete (const RetourChangeReader *reader, gboolean *more);
/* RetourRefusedChange, the first hundred; borrowed. `count`: all of them. */
GPtrArray *retour_change_reader_get_refused (const RetourChangeReader *reader, guint64 *count);

G_END_DECLS
