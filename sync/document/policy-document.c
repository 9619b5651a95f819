/* SPDX-License-Identifier: Apache-2.0 */
/* The policy document (DOMAIN.md 2). */
#include "documents.h"
#include "json-reader.h"
#include "money.h"

#include <string.h>

static const char *const delivery_refunds[] = { "never", "full_return", NULL };
static const char *const splits[] = { "sequential", "proportional", NULL };

static char *
read_required (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  char *text = retour_json_text (reader, place, name, RETOUR_JSON_REQUIRED);
  return text != NULL ? text : g_strdup ("");
}

static RetourMode
read_mode (RetourJsonReader *reader, RetourJsonPlace place)
{
  g_autofree char *written = retour_json_text (reader, place, "mode", RETOUR_JSON_OPTIONAL);
  return retour_mode_parse (written);
}

/* {"gold": 60}: names and whole numbers up to `max`. */
static void
read_numbers (RetourJsonReader *reader, RetourJsonPlace place, const char *name, gint64 max, GHashTable *numbers)
{
  RetourJsonPlace object = retour_json_object (reader, place, name, RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first_member (reader, object); i != RETOUR_JSON_NONE;
       i = retour_json_next_member (reader, i))
    {
      gint64 number = retour_json_whole_here (reader, i, 0, max);
      g_hash_table_insert (numbers, retour_json_dup_name (reader, i), g_memdup2 (&number, sizeof number));
    }
}

static RetourAnchor
read_anchor (const char *written)
{
  if (written == NULL || strcmp (written, "last_delivery") == 0)
    return RETOUR_ANCHOR_LAST_DELIVERY;
  if (strcmp (written, "delivery") == 0)
    return RETOUR_ANCHOR_DELIVERY;
  if (strcmp (written, "placed") == 0)
    return RETOUR_ANCHOR_PLACED;
  return RETOUR_ANCHOR_UNKNOWN;
}

/* An end that is left open stays open. */
static void
read_seasons (RetourJsonReader *reader, RetourJsonPlace window, GPtrArray *seasonal)
{
  RetourJsonPlace list = retour_json_list (reader, window, "seasonal", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      RetourSeason *season = g_new0 (RetourSeason, 1);
      season->placed_from = retour_json_day (reader, i, "placed_from");
      season->placed_to = retour_json_day (reader, i, "placed_to");
      if (season->placed_to == RETOUR_DAY_NONE)
        season->placed_to = G_MAXINT32;
      season->returnable_until = retour_json_day (reader, i, "returnable_until");
      g_ptr_array_add (seasonal, season);
    }
}

static void
read_windows (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace window = retour_json_object (reader, RETOUR_JSON_ROOT, "window", RETOUR_JSON_OPTIONAL);
  policy->has_window = window != RETOUR_JSON_NONE;
  policy->window.days = retour_json_whole (reader, window, "days", RETOUR_JSON_OPTIONAL, 0, RETOUR_MONEY_MAX);
  policy->window.from_written = retour_json_text (reader, window, "from", RETOUR_JSON_OPTIONAL);
  policy->window.from = read_anchor (policy->window.from_written);
  policy->window.grace_days =
      retour_json_whole (reader, window, "grace_days", RETOUR_JSON_OPTIONAL, 0, RETOUR_MONEY_MAX);
  read_numbers (reader, window, "by_category", RETOUR_MONEY_MAX, policy->window.by_category);
  read_numbers (reader, window, "by_tier", RETOUR_MONEY_MAX, policy->window.by_tier);
  read_seasons (reader, window, policy->window.seasonal);

  RetourJsonPlace withdrawal = retour_json_object (reader, RETOUR_JSON_ROOT, "withdrawal", RETOUR_JSON_OPTIONAL);
  policy->has_withdrawal = withdrawal != RETOUR_JSON_NONE;
  policy->withdrawal.days = retour_json_whole (reader, withdrawal, "days", RETOUR_JSON_OPTIONAL, 0, RETOUR_MONEY_MAX);
  policy->withdrawal.refund_delivery = retour_json_flag (reader, withdrawal, "refund_delivery");

  g_array_unref (policy->holidays);
  policy->holidays = retour_json_days (reader, RETOUR_JSON_ROOT, "holidays");
}

static void
read_exclusions (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "exclusions", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *id = read_required (reader, i, "id");
      RetourExclusion *exclusion = retour_exclusion_new (id);
      exclusion->flag = retour_json_text (reader, i, "flag", RETOUR_JSON_OPTIONAL);
      exclusion->category = retour_json_text (reader, i, "category", RETOUR_JSON_OPTIONAL);
      g_strfreev (exclusion->unless_condition);
      exclusion->unless_condition = retour_json_texts (reader, i, "unless_condition");
      exclusion->mode = read_mode (reader, i);
      exclusion->yields_to_withdrawal = retour_json_flag (reader, i, "yields_to_withdrawal");
      g_ptr_array_add (policy->exclusions, exclusion);
    }
}

static void
read_conditions (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "conditions", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *code = read_required (reader, i, "code");
      RetourCondition *condition = retour_condition_new (code);
      condition->grade = retour_json_text (reader, i, "grade", RETOUR_JSON_OPTIONAL);
      if (retour_json_has (reader, i, "percent"))
        condition->percent = retour_json_whole (reader, i, "percent", RETOUR_JSON_REQUIRED, 0, 100);
      condition->mode = read_mode (reader, i);
      condition->title = retour_json_words (reader, i, "title");
      g_ptr_array_add (policy->conditions, condition);
    }
}

static void
read_reasons (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "reasons", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *code = read_required (reader, i, "code");
      RetourReason *reason = retour_reason_new (code);
      reason->fault = retour_json_text (reader, i, "fault", RETOUR_JSON_OPTIONAL);
      reason->title = retour_json_words (reader, i, "title");
      g_ptr_array_add (policy->reasons, reason);
    }
}

static void
read_approvals (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace list = retour_json_list (reader, RETOUR_JSON_ROOT, "approvals", RETOUR_JSON_OPTIONAL);
  for (RetourJsonPlace i = retour_json_first (reader, list); i != RETOUR_JSON_NONE; i = retour_json_next (reader, i))
    {
      g_autofree char *id = read_required (reader, i, "id");
      RetourApprovalRule *rule = retour_approval_rule_new (id);
      rule->has_amount = retour_json_has (reader, i, "amount");
      rule->amount = retour_json_amount (reader, i, "amount", RETOUR_JSON_OPTIONAL);
      rule->mode = read_mode (reader, i);
      g_ptr_array_add (policy->approvals, rule);
    }
}

static void
read_fees_and_delivery (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace fees = retour_json_object (reader, RETOUR_JSON_ROOT, "fees", RETOUR_JSON_OPTIONAL);
  read_numbers (reader, fees, "return", RETOUR_MONEY_MAX, policy->fees);
  policy->waive_for_fault = retour_json_text (reader, fees, "waive_for_fault", RETOUR_JSON_OPTIONAL);

  RetourJsonPlace delivery = retour_json_object (reader, RETOUR_JSON_ROOT, "delivery", RETOUR_JSON_OPTIONAL);
  policy->delivery_refund = retour_json_choice (reader, delivery, "refund", RETOUR_JSON_OPTIONAL, delivery_refunds);
}

static void
read_tenders (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace tenders = retour_json_object (reader, RETOUR_JSON_ROOT, "tenders", RETOUR_JSON_OPTIONAL);
  if (tenders == RETOUR_JSON_NONE)
    return;
  g_strfreev (policy->tenders.order);
  policy->tenders.order = retour_json_texts (reader, tenders, "order");
  policy->tenders.split = retour_json_choice (reader, tenders, "split", RETOUR_JSON_OPTIONAL, splits);
  if (retour_json_has (reader, tenders, "fallback"))
    {
      g_free (policy->tenders.fallback);
      policy->tenders.fallback = read_required (reader, tenders, "fallback");
    }
}

static void
read_exchange (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace exchange = retour_json_object (reader, RETOUR_JSON_ROOT, "exchange", RETOUR_JSON_OPTIONAL);
  policy->exchange.present = exchange != RETOUR_JSON_NONE;
  if (!policy->exchange.present)
    return;
  policy->exchange.same_product_at_paid_price = retour_json_flag (reader, exchange, "same_product_at_paid_price");
  policy->exchange.mode = read_mode (reader, exchange);
  policy->exchange.has_tolerance = retour_json_has (reader, exchange, "tolerance_amount");
  policy->exchange.tolerance_amount = retour_json_amount (reader, exchange, "tolerance_amount", RETOUR_JSON_OPTIONAL);
}

static void
read_limits (RetourJsonReader *reader, RetourPolicy *policy)
{
  RetourJsonPlace offline = retour_json_object (reader, RETOUR_JSON_ROOT, "offline", RETOUR_JSON_OPTIONAL);
  policy->offline.has_max_refund = retour_json_has (reader, offline, "max_refund");
  policy->offline.max_refund = retour_json_amount (reader, offline, "max_refund", RETOUR_JSON_OPTIONAL);
  policy->offline.has_daily_exposure = retour_json_has (reader, offline, "daily_exposure");
  policy->offline.daily_exposure = retour_json_amount (reader, offline, "daily_exposure", RETOUR_JSON_OPTIONAL);

  RetourJsonPlace kiosk = retour_json_object (reader, RETOUR_JSON_ROOT, "kiosk", RETOUR_JSON_OPTIONAL);
  policy->kiosk.has_max_refund = retour_json_has (reader, kiosk, "max_refund");
  policy->kiosk.max_refund = retour_json_amount (reader, kiosk, "max_refund", RETOUR_JSON_OPTIONAL);
  g_strfreev (policy->kiosk.methods);
  policy->kiosk.methods = retour_json_texts (reader, kiosk, "methods");
}

static void
read_codes (RetourJsonReader *reader, RetourScanShapes *codes)
{
  RetourJsonPlace place = retour_json_object (reader, RETOUR_JSON_ROOT, "codes", RETOUR_JSON_OPTIONAL);
  g_strfreev (codes->order);
  codes->order = retour_json_texts (reader, place, "order");
  g_strfreev (codes->return_label);
  codes->return_label = retour_json_texts (reader, place, "return_label");
  g_strfreev (codes->staff);
  codes->staff = retour_json_texts (reader, place, "staff");
  g_strfreev (codes->tracking);
  codes->tracking = retour_json_texts (reader, place, "tracking");
  g_strfreev (codes->order_url);
  codes->order_url = retour_json_texts (reader, place, "order_url");
  g_free (codes->gdti);
  codes->gdti = retour_json_text (reader, place, "gdti", RETOUR_JSON_OPTIONAL);

  g_autofree char *separator = retour_json_text (reader, place, "separator", RETOUR_JSON_OPTIONAL);
  if (separator == NULL)
    return;
  if (strlen (separator) != 1)
    retour_json_fail (reader, place, "separator", "expected one ASCII character");
  else
    codes->separator = separator[0];
}

static void
read_head (RetourJsonReader *reader, RetourPolicy *policy)
{
  g_free (policy->version);
  policy->version = read_required (reader, RETOUR_JSON_ROOT, "version");
  retour_json_currency (reader, RETOUR_JSON_ROOT, "currency", policy->currency);
  g_free (policy->time_zone);
  policy->time_zone = read_required (reader, RETOUR_JSON_ROOT, "time_zone");
  g_autoptr (GTimeZone) zone = retour_time_zone_new (policy->time_zone);
  if (zone == NULL)
    retour_json_fail (reader, RETOUR_JSON_ROOT, "time_zone", "this system knows no such time zone");
}

RetourPolicy *
retour_policy_document_read (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourJsonReader) reader = retour_json_reader_new (text, length, error);
  if (reader == NULL)
    return NULL;

  g_autoptr (RetourPolicy) policy = retour_policy_new ();
  read_head (reader, policy);
  read_windows (reader, policy);
  read_exclusions (reader, policy);
  read_conditions (reader, policy);
  read_reasons (reader, policy);
  read_fees_and_delivery (reader, policy);
  read_tenders (reader, policy);
  read_exchange (reader, policy);
  read_approvals (reader, policy);
  read_limits (reader, policy);
  read_codes (reader, policy->codes);
  if (!retour_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&policy);
}
