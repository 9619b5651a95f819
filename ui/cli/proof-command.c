/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl proof: shows, prints or verifies a proof of return. */
#include "command.h"

#include "printer.h"
#include "slip-content.h"
#include "slip-proof.h"

#include <sodium.h>
#include <string.h>

#define PRINT_TIMEOUT_MS 20000

/* Under which the prints are counted: the returns of a visit have one paper, the first one's. */
static const char *
id_of_paper (const RetourReturn *ret)
{
  return ret->visit != NULL ? ret->visit : ret->id;
}

static RetourExit
verify (RetourCommandContext *context, const char *token)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (RetourProofContent) content = NULL;
  g_autoptr (GError) error = NULL;
  RetourProofVerdict verdict;

  keys = context->store->proof_keys (context->store, &error);
  if (keys == NULL)
    return retour_command_fail (context, "proof", error);
  verdict = retour_proof_verify (token, keys, &content);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "verdict", retour_proof_verdict_code (verdict));
      if (content != NULL)
        {
          g_autofree char *number =
              retour_return_number_format (content->number.store, content->number.terminal, content->number.counter);

          retour_json_add_text (object, "number", number);
          retour_json_add_text (object, "order", content->order);
          retour_json_add_instant (object, "at", content->at);
          retour_json_add_number (object, "units", content->units);
          if (content->has_total)
            {
              retour_json_add_text (object, "currency", content->currency);
              retour_json_add_number (object, "total", content->total);
            }
          retour_json_add_text (object, "state", retour_proof_state_code (content->state));
          retour_json_add_flag (object, "provisional", content->provisional);
        }
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s\n", retour_proof_verdict_code (verdict));
  return verdict == RETOUR_PROOF_VALID ? RETOUR_EXIT_DONE : RETOUR_EXIT_REFUSED;
}

static void
show_words (RetourCommandContext *context, const RetourReturn *ret, guint copies)
{
  g_autofree char *at = retour_instant_format (ret->recorded_at);
  g_autofree char *total =
      ret->gift ? g_strdup ("gift") : retour_money_format (ret->total, ret->currency, context->language);

  g_string_append_printf (context->out, "%s  order %s  %s\n  goods %s, refund %s, sync %s, %s, printed %u times\n",
                          ret->number, ret->order_number != NULL ? ret->order_number : "-", at,
                          retour_goods_state_code (ret->goods), retour_refund_state_code (ret->refund),
                          retour_sync_state_code (ret->sync), total, copies);
  for (guint i = 0; i < ret->lines->len; i++)
    {
      const RetourReturnLine *line = g_ptr_array_index (ret->lines, i);

      g_string_append_printf (context->out, "  %" G_GINT64_FORMAT " x %s %s  %s, %s\n", line->quantity,
                              line->title != NULL ? line->title : line->line,
                              line->variant != NULL ? line->variant : "", line->reason != NULL ? line->reason : "-",
                              line->condition != NULL ? line->condition : "-");
    }
  if (ret->problem != NULL)
    g_string_append_printf (context->out, "  problem: %s\n", ret->problem);
  if (ret->proof != NULL)
    g_string_append_printf (context->out, "  %s\n", ret->proof);
}

static void
delete_member (json_object *object, const char *member, const char *within)
{
  json_object *inner = json_object_object_get (object, member);

  if (inner != NULL)
    json_object_object_del (inner, within);
}

/* Of a gift nobody who holds the proof learns a price: neither of the goods nor of what replaces them. */
static void
hide_prices (json_object *object)
{
  json_object *lines = json_object_object_get (object, "lines");
  json_object *refund = json_object_object_get (object, "refund");
  json_object *tenders = refund != NULL ? json_object_object_get (refund, "tenders") : NULL;

  for (gsize i = 0; lines != NULL && i < json_object_array_length (lines); i++)
    {
      json_object *line = json_object_array_get_idx (lines, i);

      json_object_object_del (line, "goods");
      delete_member (line, "exchange", "unit_price");
    }
  for (gsize i = 0; tenders != NULL && i < json_object_array_length (tenders); i++)
    json_object_object_del (json_object_array_get_idx (tenders, i), "amount");
  delete_member (object, "refund", "total");
  delete_member (object, "refund", "breakdown");
  delete_member (object, "refund", "tax");
  json_object_object_del (object, "exchange");
}

static void
show_json (RetourCommandContext *context, const RetourReturn *ret, guint copies)
{
  g_autofree char *text = context->documents->write_return (ret);
  g_autoptr (json_object) object = json_tokener_parse (text);

  if (ret->gift)
    hide_prices (object);
  retour_json_add_text (object, "goods", retour_goods_state_code (ret->goods));
  retour_json_add_text (object, "refund_state", retour_refund_state_code (ret->refund));
  retour_json_add_text (object, "sync", retour_sync_state_code (ret->sync));
  retour_json_add_text (object, "problem", ret->problem);
  retour_json_add_number (object, "copies", copies);
  retour_json_add_text (object, "proof", ret->proof);
  retour_command_print_json (context, object);
}

/* The return, with the others of its visit: they have one paper. */
static GPtrArray *
list_returns (RetourCommandContext *context, const RetourReturn *ret, GError **error)
{
  GPtrArray *returns;

  if (ret->visit != NULL)
    return context->store->returns_of_visit (context->store, ret->visit, error);
  returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  g_ptr_array_add (returns, retour_return_copy (ret));
  return returns;
}

/* Each return's order, for the names of its offers; NULL where the cache has lost it. */
static GPtrArray *
list_orders (RetourCommandContext *context, const GPtrArray *returns)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = g_ptr_array_index (returns, i);

      g_ptr_array_add (orders,
                       ret->order_id != NULL ? context->store->find_order (context->store, ret->order_id, NULL) : NULL);
    }
  return orders;
}

static RetourSlipProof *
compose (RetourCommandContext *context, const RetourReturn *ret, guint copies, GError **error)
{
  g_autoptr (RetourIdentity) identity = context->store->identity (context->store, error);
  g_autoptr (GPtrArray) returns = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (RetourPolicy) policy = NULL;
  g_autofree char *policy_text = NULL;
  GTimeZone *zone;
  RetourSlipProof *proof;

  if (identity == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "this terminal is not enrolled");
      return NULL;
    }
  returns = list_returns (context, ret, error);
  if (returns == NULL)
    return NULL;
  orders = list_orders (context, returns);
  policy_text = context->store->policy_text (context->store, NULL);
  if (policy_text != NULL)
    policy = context->documents->read_policy (policy_text, -1, NULL);
  zone = identity->time_zone != NULL ? retour_time_zone_new (identity->time_zone) : NULL;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  proof = retour_slip_content_new (context->language, identity, returns, orders, policy, zone, copies);
  g_time_zone_unref (zone);
  return proof;
}

/* A proof on its way to paper, once the store has counted it. */
typedef struct
{
  RetourPrinter *printer;
  RetourSlipProof *proof;
  char *id, *number;
  guint copies; /* printed before */
} Printing;

static void
printing_free (gpointer user_data)
{
  Printing *printing = user_data;

  retour_printer_free (printing->printer);
  retour_slip_proof_free (printing->proof);
  g_free (printing->id);
  g_free (printing->number);
  g_free (printing);
}

/* Nothing of it left, so the next paper is not its duplicate. */
static RetourExit
take_back (RetourCommandContext *context, gpointer user_data)
{
  const Printing *printing = user_data;
  g_autoptr (GError) error = NULL;
  guint copies;

  if (!context->store->record_print (context->store, printing->id, "not_printed", &copies, &error))
    retour_command_fail (context, "proof", error);
  return RETOUR_EXIT_FAILED;
}

static RetourExit
put_on_paper (RetourCommandContext *context, gpointer user_data)
{
  const Printing *printing = user_data;
  g_autoptr (RetourSlip) slip =
      retour_slip_proof_compose (printing->proof, retour_printer_get_width (printing->printer));
  g_autoptr (RetourPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  RetourPrintResult result = { .outcome = RETOUR_PRINT_FAILED };

  job = retour_printer_prepare (printing->printer, slip, printing->number, &error);
  if (job == NULL || !retour_printer_print (printing->printer, job, PRINT_TIMEOUT_MS, NULL, &result, &error))
    retour_command_fail (context, "proof", error);
  if (result.outcome != RETOUR_PRINT_PRINTED && !result.sent)
    retour_command_leave_last (context, take_back);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "number", printing->number);
      retour_json_add_text (object, "print", retour_print_outcome_to_string (result.outcome));
      retour_json_add_flag (object, "sent", result.sent);
      retour_json_add_flag (object, "confirmed", result.confirmed);
      retour_json_add_number (object, "duplicate", printing->copies);
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s %s\n", printing->number, retour_print_outcome_to_string (result.outcome));
  return result.outcome == RETOUR_PRINT_PRINTED ? RETOUR_EXIT_DONE : RETOUR_EXIT_FAILED;
}

/* The copy is counted before it leaves: a doubtful print is a print, and the next one says DUPLICATA; one of which nothing
 * left is taken back. The printer is not waited for while the store is held. */
static RetourExit
print (RetourCommandContext *context, const RetourReturn *ret, const char *setting)
{
  g_autoptr (RetourPrinter) printer = NULL;
  g_autoptr (RetourSlipProof) proof = NULL;
  g_autoptr (GError) error = NULL;
  Printing *printing;
  guint copies = 0;

  printer = retour_printer_new (setting, &error);
  if (printer == NULL)
    return retour_command_misused (context, "proof: %s", error->message);
  if (!context->store->record_print (context->store, id_of_paper (ret), "unknown", &copies, &error))
    return retour_command_fail (context, "proof", error);
  proof = compose (context, ret, copies, &error);
  if (proof == NULL)
    return retour_command_fail (context, "proof", error);
  printing = g_new0 (Printing, 1);
  printing->printer = g_steal_pointer (&printer);
  printing->proof = g_steal_pointer (&proof);
  printing->id = g_strdup (ret->id);
  printing->number = g_strdup (ret->number);
  printing->copies = copies;
  retour_command_leave_rest (context, put_on_paper, printing, printing_free);
  return RETOUR_EXIT_DONE;
}

static RetourExit
show (RetourCommandContext *context, const RetourReturn *ret)
{
  g_autoptr (GError) error = NULL;
  guint copies = 0;

  if (!context->store->count_prints (context->store, id_of_paper (ret), &copies, &error))
    return retour_command_fail (context, "proof", error);
  if (context->json)
    show_json (context, ret, copies);
  else
    show_words (context, ret, copies);
  return RETOUR_EXIT_DONE;
}

static RetourReturn *
find (RetourCommandContext *context, const char *named, RetourExit *status)
{
  g_autofree char *canonical = retour_return_number_canonical (named);
  g_autoptr (GError) error = NULL;
  RetourReturn *ret = context->store->find_return (context->store, canonical != NULL ? canonical : named, &error);

  if (ret == NULL)
    *status = retour_command_fail (context, "proof", error);
  return ret;
}

RetourExit
retour_run_proof (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *setting = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "printer", 'p', 0, G_OPTION_ARG_FILENAME, &setting, "tcp://HOST:9100, file:/dev/usb/lp0, cups:QUEUE or dir:/PATH",
      "PRINTER" },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("proof"), entries, &argc, &argv,
          "  show NUMBER    what was recorded, with its states\n"
          "  print NUMBER   prints it; every print after the first says DUPLICATA n\n"
          "  verify TOKEN   valid, altered, unknown_key or revoked_key; exit status 11 unless valid\n"
          "--language chooses the language of the slip.",
          &status))
    return status;
  if (argc != 3)
    return retour_command_misused (context, "proof: expected show, print or verify, and a number or a token");
  if (g_str_equal (argv[1], "verify"))
    return verify (context, argv[2]);
  if (!g_str_equal (argv[1], "show") && !g_str_equal (argv[1], "print"))
    return retour_command_misused (context, "proof: %s: expected show, print or verify", argv[1]);
  ret = find (context, argv[2], &status);
  if (ret == NULL)
    return status;
  if (g_str_equal (argv[1], "show"))
    return show (context, ret);
  if (context->desk == NULL)
    return retour_command_misused (context, "proof: print must be a word of its own");
  if (setting == NULL)
    setting = context->printer != NULL ? g_strdup (context->printer)
                                       : context->store->setting (context->store, "printer", NULL);
  if (setting == NULL)
    return retour_command_misused (context, "proof: no printer is set: give --printer");
  return print (context, ret, setting);
}
