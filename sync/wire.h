/* SPDX-License-Identifier: Apache-2.0 */
/* What travels: JSON Lines cut out of a stream, operations written, answers, problems and lists read (assets/oms-api). What
 * comes from outside is read strictly and within limits; one line that is wrong is no reason to lose the others. */
#pragma once

#include "document.h"
#include "oms.h"

G_BEGIN_DECLS

#define RETOUR_LINE_LIMIT (256 * 1024)
/* So much without an end of line is no feed any more. */
#define RETOUR_LINE_ABSURD (16 * 1024 * 1024)

/* Cuts a stream into lines. */
typedef struct _RetourLineCutter RetourLineCutter;

/* `line` is borrowed, without its newline, and not NUL-terminated; NULL: a line longer than RETOUR_LINE_LIMIT, left out.
 * FALSE stops the cutting. */
typedef gboolean (*RetourLineTaker) (const char *line, gsize length, gpointer user_data);

RetourLineCutter *retour_line_cutter_new (void);
void retour_line_cutter_free (RetourLineCutter *cutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourLineCutter, retour_line_cutter_free)
/* FALSE when the taker stopped, or a line passed RETOUR_LINE_ABSURD. Empty lines are left out. */
gboolean retour_line_cutter_push (
    RetourLineCutter *cutter, const char *bytes, gsize length, RetourLineTaker taker, gpointer user_data);
/* What stands behind the last newline, when the stream has ended well. */
gboolean retour_line_cutter_finish (RetourLineCutter *cutter, RetourLineTaker taker, gpointer user_data);

/* The body of POST /v1/operations; the caller's. */
GBytes *retour_operations_write (GPtrArray *operations);
/* Answers, in any order; the caller's array of RetourAnswer. A line that cannot be read is left out: its operation is asked
 * about again. A `duplicate` whose first answer was no acceptance is given as that first answer. */
GPtrArray *retour_answers_read (const char *text, gsize length);

/* "title: detail" of an RFC 9457 document; the caller's; NULL when it is none. */
char *retour_problem_read (const char *text, gsize length);

/* The orders of a list, or one alone. Those that break a rule are left out. RETOUR_OMS_ERROR_MALFORMED when it is neither. */
GPtrArray *retour_orders_read (const RetourDocuments *documents, const char *text, gsize length, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *retour_stock_read (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Approvals asked: the list of an answer with its cursor, or one alone, which has none. Those that break a rule are left out.
 * *cursor is the caller's, NULL without one. */
GPtrArray *retour_requests_read (const RetourDocuments *documents,
                                 const char *text,
                                 gsize length,
                                 char **cursor,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
