/* SPDX-License-Identifier: Apache-2.0 */
/* How documents become text and back. The JSON library is one room's affair (sync/document); who needs a document read
 * or written is handed this by the mains.
 *
 * Reading is strict (DOMAIN.md): RFC 8259 JSON, UTF-8, at most 16 levels deep, no duplicate member, no number beyond
 * int64; a missing required member, a wrong type or a value out of range is an error that names the member
 * ("lines[2].quantity: expected a whole number >= 1"). Unknown members are ignored; who stores a document keeps its text.
 * What is read or written is the caller's. `length` -1: NUL-terminated. */
#pragma once

#include "oms.h"
#include "return.h"
#include "staff.h"

G_BEGIN_DECLS

typedef struct
{
  RetourOrder *(*read_order) (const char *text, gssize length, GError **error);
  char *(*write_order) (const RetourOrder *order);
  RetourPolicy *(*read_policy) (const char *text, gssize length, GError **error);
  RetourDraft *(*read_draft) (const char *text, gssize length, GError **error);
  char *(*write_draft) (const RetourDraft *draft);
  /* The document of DOMAIN.md 3 and 4, two-space indented when `pretty`. */
  char *(*write_quote) (const RetourQuote *quote, gboolean pretty);
  /* Canonical: members in a fixed order, no spaces; the same return always gives the same bytes. Without the parts that
   * change later (states, problem): those are the store's columns. */
  char *(*write_return) (const RetourReturn *self);
  RetourReturn *(*read_return) (const char *text, gssize length, GError **error);
  RetourStaff *(*read_staff) (const char *text, gssize length, GError **error);
  char *(*write_staff) (const RetourStaff *staff);
  /* Of an approval asked elsewhere. What is asked is always the same bytes; `whole`: with what the OMS added. */
  RetourApprovalRequest *(*read_request) (const char *text, gssize length, GError **error);
  char *(*write_request) (const RetourApprovalRequest *request, gboolean whole);
  /* The body of approval.decide: approved, refused or withdrawn, as its state says. */
  char *(*write_decision) (const RetourApprovalRequest *decided);
} RetourDocuments;

G_END_DECLS
