/* SPDX-License-Identifier: Apache-2.0 */
/* What a banner takes back, and how (DOMAIN.md 2). One versioned document, applied offline. */
#pragma once

#include "calendar.h"
#include "language.h"
#include "scan.h"

G_BEGIN_DECLS

/* How a rule ends; the order is the severity. A mode that this version does not know acts as AUTHORISE (fail closed) and
 * keeps its name for the message. */
typedef enum
{
  RETOUR_DECISION_ACCEPT,
  RETOUR_DECISION_ACCEPT_IF_APPROVED,
  RETOUR_DECISION_REFUSE_UNLESS_APPROVED,
  RETOUR_DECISION_REFUSE,
} RetourDecision;

/* "accept", "accept_if_approved"…; static. */
const char *retour_decision_code (RetourDecision decision);

typedef struct
{
  gboolean present;        /* the document has a mode */
  gboolean unknown;        /* and it is none of ours */
  RetourDecision decision; /* allow, authorise, override, forbid -> the four decisions; AUTHORISE when unknown */
  char *written;           /* as in the document, NULL when absent */
} RetourMode;

typedef enum
{
  RETOUR_ANCHOR_LAST_DELIVERY,
  RETOUR_ANCHOR_DELIVERY,
  RETOUR_ANCHOR_PLACED,
  RETOUR_ANCHOR_UNKNOWN,
} RetourAnchor;

typedef struct
{
  RetourDay placed_from, placed_to, returnable_until;
} RetourSeason;

typedef struct
{
  char *id; /* never NULL */
  char *flag, *category;
  GStrv unless_condition; /* never NULL */
  RetourMode mode;
  gboolean yields_to_withdrawal;
} RetourExclusion;

typedef struct
{
  char *code;  /* never NULL */
  char *grade; /* "A" to "D", or NULL */
  gint64 percent;
  RetourMode mode;
  RetourWords title; /* may be empty: the screen has words for the codes it knows */
} RetourCondition;

typedef enum
{
  RETOUR_FAULT_CUSTOMER,
  RETOUR_FAULT_MERCHANT,
  RETOUR_FAULT_OTHER,
} RetourFault;

typedef struct
{
  char *code;  /* never NULL */
  char *fault; /* as written, NULL when absent */
  RetourWords title;
} RetourReason;

typedef struct
{
  char *id; /* never NULL */
  gboolean has_amount;
  gint64 amount;
  RetourMode mode;
} RetourApprovalRule;

typedef enum
{
  RETOUR_DELIVERY_REFUND_NEVER,
  RETOUR_DELIVERY_REFUND_FULL_RETURN,
} RetourDeliveryRefund;

typedef enum
{
  RETOUR_SPLIT_SEQUENTIAL,
  RETOUR_SPLIT_PROPORTIONAL,
} RetourSplit;

typedef struct
{
  char *version, *time_zone; /* never NULL */
  char currency[4];

  gboolean has_window;
  struct
  {
    gint64 days, grace_days;
    RetourAnchor from;
    char *from_written;
    GHashTable *by_category, *by_tier; /* char * -> gint64 * */
    GPtrArray *seasonal;               /* RetourSeason */
  } window;

  gboolean has_withdrawal;
  struct
  {
    gint64 days;
    gboolean refund_delivery;
  } withdrawal;

  GPtrArray *exclusions; /* RetourExclusion */
  GPtrArray *conditions; /* RetourCondition */
  GPtrArray *reasons;    /* RetourReason */

  GHashTable *fees;      /* method -> gint64 *, minor units */
  char *waive_for_fault; /* as written, NULL when absent */

  RetourDeliveryRefund delivery_refund;

  struct
  {
    GStrv order; /* methods */
    RetourSplit split;
    char *fallback; /* never NULL; "store_credit" when the document is silent */
  } tenders;

  struct
  {
    gboolean present;
    gboolean same_product_at_paid_price;
    RetourMode mode;
    gboolean has_tolerance;
    gint64 tolerance_amount;
  } exchange;

  GPtrArray *approvals; /* RetourApprovalRule */

  struct
  {
    gboolean has_max_refund, has_daily_exposure;
    gint64 max_refund, daily_exposure;
  } offline;

  GArray *holidays; /* RetourDay */

  struct
  {
    gboolean has_max_refund;
    gint64 max_refund;
    GStrv methods;
  } kiosk;

  RetourScanShapes *codes; /* never NULL, may hold no shape */
} RetourPolicy;

RetourPolicy *retour_policy_new (void);
void retour_policy_free (RetourPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPolicy, retour_policy_free)

/* A mode as written in a document; NULL gives an absent one. Clear with retour_mode_clear. */
RetourMode retour_mode_parse (const char *written);
void retour_mode_clear (RetourMode *mode);

RetourExclusion *retour_exclusion_new (const char *id);
RetourCondition *retour_condition_new (const char *code);
RetourReason *retour_reason_new (const char *code);
RetourApprovalRule *retour_approval_rule_new (const char *id);

/* Borrowed, or NULL when the policy lacks the code. */
const RetourCondition *retour_policy_find_condition (const RetourPolicy *policy, const char *code);
const RetourReason *retour_policy_find_reason (const RetourPolicy *policy, const char *code);
/* What the customer owes for the transport of a return by that method; 0 when not listed. */
gint64 retour_policy_fee (const RetourPolicy *policy, const char *method);

G_END_DECLS
