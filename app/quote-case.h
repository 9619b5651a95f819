/* SPDX-License-Identifier: Apache-2.0 */
/* One quote's question, laid out: what every rule and every sum asks of order, policy and draft together. Private to the
 * rooms of `app` that compute a quote. */
#pragma once

#include "quote-private.h"

G_BEGIN_DECLS

typedef struct
{
  const RetourDraftEntry *entry;
  const RetourOrderLine *line;      /* NULL: blind */
  guint line_index;                 /* of `line` in the order */
  const RetourCondition *condition; /* NULL: the policy lacks it, or it is not known yet */
  const RetourReason *reason;       /* the same */
  gboolean merchant_fault;
  gboolean even;    /* an even exchange (DOMAIN.md 4) */
  gint64 percent;   /* of the goods that the condition leaves; 100 at merchant fault */
  gint64 goods;     /* the step that its units add to the line's goods, minor units */
  gint64 deduction; /* for its condition, after the floor: set by refund.c */
} RetourQuoteCaseEntry;

typedef struct
{
  const RetourOrder *order; /* NULL: blind */
  const RetourPolicy *policy;
  const RetourDraft *draft;
  const RetourQuoteContext *context;
  GTimeZone *zone;
  RetourDay today;
  gboolean gift_to_recipient;
  RetourQuoteCaseEntry *entries;
  guint n_entries;
  /* By line of the order: units returned before this draft, and after it without its even exchanges, never above the line's
   * quantity; units that all its entries ask for. */
  gint64 *before, *after, *asked;
} RetourQuoteCase;

/* NULL with RETOUR_QUOTE_ERROR when they do not go together. Borrows its arguments. */
RetourQuoteCase *retour_quote_case_new (const RetourOrder *order,
                                        const RetourPolicy *policy,
                                        const RetourDraft *draft,
                                        const RetourQuoteContext *context,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_quote_case_free (RetourQuoteCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourQuoteCase, retour_quote_case_free)

/* Units of a line in local returns that the OMS has not acknowledged. */
gint64 retour_quote_case_units_held (const RetourQuoteCase *self, const RetourOrderLine *line);

/* Sets RETOUR_QUOTE_ERROR_OVERFLOW, naming what does not fit; always FALSE. */
gboolean retour_quote_set_overflow (GError **error, const char *what);

G_END_DECLS
