/* SPDX-License-Identifier: Apache-2.0 */
/* The recorded returns under a draft policy. */
#include "policy-replay.h"

#include "opening.h"
#include "replay.h"

#define PAGE 200

typedef struct
{
  RetourCommandContext *context;
  const RetourPolicy *policy;
  RetourStore *store;
  json_object *differences;
  GHashTable *money; /* currency -> gint64 *: draft policy minus recorded */
  gint64 replayed, changed, refused, approvals_more, approvals_less, skipped;
} Replaying;

static void
add_money (Replaying *replaying, const char *currency, gint64 amount)
{
  gint64 *sum = g_hash_table_lookup (replaying->money, currency);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (replaying->money, g_strdup (currency), sum);
    }
  *sum += amount;
}

static json_object *
list_rules (const GPtrArray *rules)
{
  json_object *array = json_object_new_array ();

  for (guint i = 0; i < rules->len; i++)
    json_object_array_add (array, json_object_new_string (g_ptr_array_index (rules, i)));
  return array;
}

static void
report (Replaying *replaying, const RetourReturn *ret, const RetourReplay *replay)
{
  json_object *object = json_object_new_object ();
  RetourCommandContext *context = replaying->context;

  retour_json_add_text (object, "number", ret->number);
  retour_json_add_text (object, "currency", ret->currency);
  retour_json_add_number (object, "recorded", ret->total);
  retour_json_add_number (object, "replayed", replay->total);
  retour_json_add_number (object, "difference", replay->total - ret->total);
  retour_json_add_text (object, "decision", retour_decision_code (replay->decision));
  json_object_object_add (object, "approvals_needed", list_rules (replay->approvals_needed));
  retour_json_add_number (object, "approvals_recorded", ret->approvals->len);
  json_object_array_add (replaying->differences, object);
  if (!context->json)
    {
      g_autofree char *recorded = retour_money_format (ret->total, ret->currency, context->language);
      g_autofree char *replayed = retour_money_format (replay->total, ret->currency, context->language);

      g_string_append_printf (context->out, "%s  %s -> %s  %s, %u approvals needed, %u given\n", ret->number, recorded,
                              replayed, retour_decision_code (replay->decision), replay->approvals_needed->len,
                              ret->approvals->len);
    }
}

static gboolean
replay_one (Replaying *replaying, const RetourReturn *ret, GError **error)
{
  g_autofree char *evidence = replaying->store->evidence (replaying->store, ret->id, error);
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (RetourReplay) replay = NULL;
  gboolean refused;

  if (evidence == NULL && (error != NULL && *error != NULL))
    return FALSE;
  if (evidence == NULL && ret->order_id != NULL)
    {
      replaying->skipped++;
      return TRUE;
    }
  if (evidence != NULL)
    {
      order = replaying->context->documents->read_order (evidence, -1, error);
      if (order == NULL)
        return FALSE;
    }
  replay = retour_replay_new (ret, order, replaying->policy, error);
  if (replay == NULL)
    {
      g_prefix_error (error, "%s: ", ret->number);
      return FALSE;
    }
  refused = replay->decision == RETOUR_DECISION_REFUSE;
  replaying->replayed++;
  replaying->refused += refused;
  replaying->approvals_more += replay->approvals_needed->len > ret->approvals->len;
  replaying->approvals_less += replay->approvals_needed->len < ret->approvals->len;
  add_money (replaying, ret->currency, (refused ? 0 : replay->total) - ret->total);
  if (refused || replay->total != ret->total || replay->approvals_needed->len != ret->approvals->len)
    {
      replaying->changed++;
      report (replaying, ret, replay);
    }
  return TRUE;
}

static gboolean
replay_all (Replaying *replaying, RetourInstant since, GError **error)
{
  RetourReturnFilter filter = { .from = since, .to = RETOUR_INSTANT_NONE, .limit = PAGE };

  for (;;)
    {
      g_autoptr (GPtrArray) page = replaying->store->list_returns (replaying->store, &filter, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          const RetourReturn *ret = g_ptr_array_index (page, i);

          if (ret->goods != RETOUR_GOODS_CANCELLED && !replay_one (replaying, ret, error))
            return FALSE;
        }
      if (page->len < PAGE)
        return TRUE;
      filter.offset += page->len;
    }
}

static void
summarize (Replaying *replaying)
{
  RetourCommandContext *context = replaying->context;
  g_autoptr (json_object) object = json_object_new_object ();
  json_object *money = json_object_new_object ();
  GHashTableIter iter;
  gpointer currency, sum;

  g_hash_table_iter_init (&iter, replaying->money);
  while (g_hash_table_iter_next (&iter, &currency, &sum))
    {
      g_autofree char *text = retour_money_format_signed (*(gint64 *) sum, currency, context->language);

      retour_json_add_number (money, currency, *(gint64 *) sum);
      if (!context->json)
        g_string_append_printf (context->out, "refunds in %s: %s\n", (char *) currency, text);
    }
  if (!context->json)
    {
      g_string_append_printf (context->out,
                              "%" G_GINT64_FORMAT " returns, %" G_GINT64_FORMAT " differ, %" G_GINT64_FORMAT
                              " refused, %" G_GINT64_FORMAT " with more approvals, %" G_GINT64_FORMAT
                              " with fewer, %" G_GINT64_FORMAT " without evidence\n",
                              replaying->replayed, replaying->changed, replaying->refused, replaying->approvals_more,
                              replaying->approvals_less, replaying->skipped);
      json_object_put (money);
      return;
    }
  retour_json_add_text (object, "policy", replaying->policy->version);
  retour_json_add_number (object, "returns", replaying->replayed);
  retour_json_add_number (object, "differ", replaying->changed);
  retour_json_add_number (object, "refused", replaying->refused);
  retour_json_add_number (object, "more_approvals", replaying->approvals_more);
  retour_json_add_number (object, "fewer_approvals", replaying->approvals_less);
  retour_json_add_number (object, "without_evidence", replaying->skipped);
  json_object_object_add (object, "money", money);
  json_object_object_add (object, "differences", json_object_get (replaying->differences));
  retour_command_print_json (context, object);
}

RetourExit
retour_policy_replay (RetourCommandContext *context, const RetourPolicy *policy, const char *since)
{
  Replaying replaying = { .context = context, .policy = policy };
  g_autoptr (RetourDatabase) database = NULL;
  g_autoptr (GTimeZone) zone = retour_time_zone_new (policy->time_zone);
  g_autoptr (GDateTime) midnight = NULL;
  g_autofree char *text = g_strdup_printf ("%sT00:00:00", since);
  g_autoptr (GError) error = NULL;
  RetourExit status;
  RetourDay day;

  if (!retour_day_parse (since, &day))
    return retour_command_misused (context, "policy: --since: expected a day like 2026-11-01");
  if (zone == NULL)
    return retour_command_misused (context, "policy: time_zone: %s is not known here", policy->time_zone);
  midnight = g_date_time_new_from_iso8601 (text, zone);
  database = retour_command_open (context, RETOUR_DATABASE_LOOK, NULL, &status);
  if (database == NULL)
    return status;
  replaying.store = retour_database_store (database);
  replaying.differences = json_object_new_array ();
  replaying.money = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  status = RETOUR_EXIT_DONE;
  if (replay_all (&replaying, g_date_time_to_unix (midnight) * RETOUR_SECOND, &error))
    summarize (&replaying);
  else
    status = retour_command_fail (context, "policy", error);
  json_object_put (replaying.differences);
  g_hash_table_unref (replaying.money);
  return status;
}
