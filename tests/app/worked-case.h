/* SPDX-License-Identifier: Apache-2.0 */
/* A small order, policy and draft, and what a row of a table changes in them. Documents are written with ' for ". */
#pragma once

#include "quote.h"

typedef struct
{
  const char *name;
  const char *at;                     /* NULL: 2026-10-10T10:00:00Z, ten in the morning of an open window */
  const char *order, *policy, *draft; /* edits "what=>with|what=>with", or a whole
                                              document; NULL: as it is; order "blind": none */
  const char *expected;
  gboolean offline;
} WorkedRow;

typedef struct
{
  RetourOrder *order; /* NULL: blind */
  RetourPolicy *policy;
  RetourDraft *draft;
  RetourQuoteContext context;
} WorkedCase;

/* Aborts the test when an edit finds nothing or a document is malformed. */
WorkedCase *worked_case_new (const WorkedRow *row);
void worked_case_free (WorkedCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkedCase, worked_case_free)

/* The quote of a row; aborts the test when there is none. The caller's. */
RetourQuote *worked_quote_new (const WorkedRow *row);
