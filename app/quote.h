/* SPDX-License-Identifier: Apache-2.0 */
/* What a draft comes to: every rule that fired, and every cent explained (DOMAIN.md 2 to 4). Pure: the same order, policy,
 * draft and instant give the same quote. */
#pragma once

#include "draft.h"
#include "policy.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_FACT_TEXT,
  RETOUR_FACT_INTEGER,
  RETOUR_FACT_AMOUNT, /* minor units of the order's currency */
  RETOUR_FACT_DAY,
  RETOUR_FACT_FLAG,
} RetourFactKind;

typedef struct
{
  char *name; /* "last_day" */
  RetourFactKind kind;
  char *text;    /* TEXT only */
  gint64 number; /* the others; a DAY is a RetourDay, a FLAG 0 or 1 */
} RetourFact;

typedef struct
{
  char *rule; /* id of DOMAIN.md 2's table, or of the policy's exclusion or approval */
  RetourDecision decision;
  gboolean approved;
  GPtrArray *facts; /* RetourFact */
  RetourWords message;
} RetourRuleResult;

typedef struct
{
  char *line;
  gint64 quantity;
  RetourDecision decision; /* approvals taken into account */
  gint64 goods;            /* the step that these units add */
  gint64 condition_deduction;
  gboolean even_exchange;
  GPtrArray *rules; /* RetourRuleResult */
} RetourQuoteLine;

typedef enum
{
  RETOUR_BREAKDOWN_GOODS,
  RETOUR_BREAKDOWN_PROMOTION_CLAWBACK,
  RETOUR_BREAKDOWN_DELIVERY,
  RETOUR_BREAKDOWN_ADJUSTMENT,
  RETOUR_BREAKDOWN_CONDITION,
  RETOUR_BREAKDOWN_RETURN_FEE,
  RETOUR_BREAKDOWN_EXCHANGE,
} RetourBreakdownKind;

/* "goods", "promotion_clawback"…; static. */
const char *retour_breakdown_kind_code (RetourBreakdownKind kind);

typedef struct
{
  RetourBreakdownKind kind;
  gint64 amount;
  char *line, *promotion, *rule; /* what it comes from; NULL where it does not apply */
  gint64 entry;                  /* index of the draft's entry, -1 where it does not apply */
  GPtrArray *facts;              /* RetourFact: kept_value, threshold, percent, method… */
} RetourBreakdown;

typedef struct
{
  RetourDecimal rate;
  gint64 amount;
} RetourTax;

typedef struct
{
  char *payment, *method; /* both the fallback's name when no payment can take it */
  char *why;              /* NULL for a payment; "no_payment_left" or "gift" for the fallback */
  gint64 amount;
} RetourTender;

typedef struct
{
  RetourDecision decision; /* approvals taken into account, worst wins */
  char currency[4];
  gint64 total;          /* to be refunded */
  gint64 exchange_price; /* of the uneven exchanges' new goods */
  gint64 exchange_collect;
  GPtrArray *lines;            /* RetourQuoteLine, one per entry of the draft */
  GPtrArray *breakdown;        /* RetourBreakdown, in DOMAIN.md 3's order */
  GPtrArray *taxes;            /* RetourTax, rates ascending */
  GPtrArray *tenders;          /* RetourTender, as they are taken */
  GPtrArray *rules;            /* RetourRuleResult of the whole draft */
  GPtrArray *approvals_needed; /* char *, sorted, each once */

  gboolean prices_hidden;        /* a gift for its recipient */
  gboolean withdrawal_open;      /* the statutory window, stated apart from the commercial one */
  RetourDay withdrawal_last_day; /* NONE: not started, no delivery yet */
  RetourDay window_last_day;     /* the earliest of the entries' commercial windows; NONE without one */
} RetourQuote;

typedef enum
{
  RETOUR_QUOTE_ERROR_MALFORMED, /* order, policy and draft do not go together; the message names the member */
  RETOUR_QUOTE_ERROR_OVERFLOW,
} RetourQuoteError;
#define RETOUR_QUOTE_ERROR (retour_quote_error_quark ())
GQuark retour_quote_error_quark (void);

typedef struct
{
  RetourInstant at; /* corrected time of the quote */
  gboolean offline;
  gint64 promised_today;  /* provisional refunds of the day, minor units, for offline_exposure */
  GHashTable *units_held; /* line id -> gint64 *: units of the order in unacknowledged local returns; NULL for none */
} RetourQuoteContext;

/* `order` NULL is a blind return. The quote is the caller's. A draft without an entry is RETOUR_QUOTE_ERROR_MALFORMED. */
RetourQuote *retour_quote_new (const RetourOrder *order,
                               const RetourPolicy *policy,
                               const RetourDraft *draft,
                               const RetourQuoteContext *context,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourQuote *retour_quote_copy (const RetourQuote *quote);
void retour_quote_free (RetourQuote *quote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourQuote, retour_quote_free)

/* Before any draft: how one line stands today for a return with no known reason or condition (the order page shows it).
 * Rules that need a condition do not fire; an order in another currency than the policy's, which has no quote, is refused
 * by "currency". The result is the caller's: a RetourQuoteLine with its rules. */
RetourQuoteLine *retour_quote_line_preview (const RetourOrder *order,
                                            const RetourPolicy *policy,
                                            const char *line,
                                            const RetourQuoteContext *context);
void retour_quote_line_free (RetourQuoteLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourQuoteLine, retour_quote_line_free)

RetourFact *retour_fact_new_text (const char *name, const char *text);
RetourFact *retour_fact_new_number (const char *name, RetourFactKind kind, gint64 number);
/* Borrowed, or NULL. */
const RetourFact *retour_facts_find (const GPtrArray *facts, const char *name);

/* Hex BLAKE2b-256 over all that an approval is bound to: order, entries, amounts, rules, currency; not the approvals
 * themselves. Caller frees. */
char *retour_quote_hash (const RetourQuote *quote, const RetourDraft *draft);

G_END_DECLS
