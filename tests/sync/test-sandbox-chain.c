/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's chain, read back as a terminal would: every order sound, every kind of order there; and the sandbox's small
 * rooms: booking, faults, members, phones. */
#include "booking.h"
#include "chain.h"
#include "faults.h"
#include "feed.h"
#include "generator.h"
#include "history.h"
#include "members.h"
#include "phone.h"

#include <check.h>
#include <documents.h>
#include <glib/gstdio.h>
#include <scan.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ORDERS 5000

static Sandbox sandbox;
static char *directory;
static GPtrArray *orders; /* RetourOrder */
static RetourPolicy *policy;

static void
make_chain (void)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *row;

  ck_assert_int_ge (sodium_init (), 0);
  directory = g_dir_make_tmp ("retour-chain-XXXXXX", NULL);
  sandbox.documents = retour_documents ();
  sandbox.ledger = sandbox_ledger_open (directory, &error);
  g_assert_no_error (error);
  ck_assert (sandbox_generator_run (&sandbox, ORDERS, 42, &error));
  g_assert_no_error (error);

  orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
  row = sandbox_ledger_query (sandbox.ledger, "SELECT text FROM feed WHERE type = 'order' ORDER BY seq", "");
  while (row != NULL)
    {
      RetourOrder *order = retour_order_document_read (sandbox_column_text (row, 0), -1, &error);

      g_assert_no_error (error);
      g_ptr_array_add (orders, order);
      if (!sandbox_ledger_next (sandbox.ledger, row))
        row = NULL;
    }
  g_autofree char *text = sandbox_feed_get (sandbox.ledger, "policy", "policy");
  policy = retour_policy_document_read (text, -1, &error);
  g_assert_no_error (error);
}

static void
drop_chain (void)
{
  g_autofree char *book = g_build_filename (directory, "oms.db", NULL);

  g_ptr_array_unref (orders);
  retour_policy_free (policy);
  sandbox_ledger_close (sandbox.ledger);
  g_unlink (book);
  g_rmdir (directory);
  g_free (directory);
}

START_TEST (test_every_order_is_sound)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  ck_assert_uint_eq (orders->len, ORDERS);
  for (guint i = 0; i < orders->len; i++)
    {
      const RetourOrder *order = orders->pdata[i];
      g_autoptr (GError) error = NULL;
      gint64 owed = order->delivery.paid, refunded = order->delivery.refunded, tendered = 0;

      ck_assert_msg (retour_order_check (order, &error), "%s: %s", order->number, error ? error->message : "");
      ck_assert (g_hash_table_add (numbers, order->number));
      for (guint j = 0; j < order->lines->len; j++)
        {
          const RetourOrderLine *line = order->lines->pdata[j];

          owed += line->paid;
          refunded += line->refunded;
          ck_assert_int_le (line->refunded, line->paid);
        }
      for (guint j = 0; j < order->payments->len; j++)
        tendered += ((const RetourPayment *) order->payments->pdata[j])->refunded;
      ck_assert_int_eq (retour_order_captured (order), owed);
      ck_assert_int_eq (tendered, refunded);
    }
}
END_TEST

/* What is not a product, an order, a parcel or a label for the scanner is no use at the desk. */
START_TEST (test_every_code_is_recognised)
{
  for (guint i = 0; i < orders->len; i++)
    {
      const RetourOrder *order = orders->pdata[i];
      struct
      {
        const char *text;
        RetourScanKind kind;
      } codes[] = {
        { order->number, RETOUR_SCAN_ORDER },
        { ((const RetourOrderLine *) order->lines->pdata[0])->gtin, RETOUR_SCAN_PRODUCT },
        { order->announced->len > 0 ? ((const RetourAnnouncement *) order->announced->pdata[0])->label : NULL,
          RETOUR_SCAN_RETURN_LABEL },
        { order->parcels->len > 0 ? ((const RetourParcel *) order->parcels->pdata[0])->sscc : NULL,
          RETOUR_SCAN_PARCEL },
      };

      for (guint j = 0; j < G_N_ELEMENTS (codes); j++)
        if (codes[j].text != NULL)
          {
            g_autoptr (RetourScan) scan = retour_scan_classify (codes[j].text, -1, policy->codes, NULL, NULL);

            ck_assert_msg (scan->kind == codes[j].kind, "%s is %s", codes[j].text, retour_scan_kind_code (scan->kind));
          }
    }
  for (guint i = 0; i < SANDBOX_COLLEAGUES; i++)
    {
      g_autoptr (RetourScan) scan =
          retour_scan_classify (sandbox_chain_colleague (i)->badge, -1, policy->codes, NULL, NULL);

      ck_assert_int_eq (scan->kind, RETOUR_SCAN_STAFF);
    }
}
END_TEST

static void
count (GHashTable *seen, const char *what, gboolean is)
{
  if (is)
    g_hash_table_add (seen, g_strdup (what));
}

static void
count_order (GHashTable *seen, const RetourOrder *order, RetourInstant now)
{
  static const char *const kinds[] = { "percent", "amount", "three for two", "free delivery" };

  count (seen, order->currency, TRUE);
  count (seen, order->locale, TRUE);
  count (seen, "gift", order->gift);
  count (seen, "announced", order->announced->len > 0);
  count (seen, "three parcels", order->parcels->len == 3);
  count (seen, "split payment", order->payments->len == 2);
  count (seen, "today", now - order->placed_at < 86400 * RETOUR_SECOND);
  count (seen, "half a year", now - order->placed_at > 180 * 86400 * RETOUR_SECOND);
  for (guint i = 0; i < order->promotions->len; i++)
    count (seen, kinds[((const RetourPromotion *) order->promotions->pdata[i])->kind], TRUE);
  for (guint i = 0; i < order->payments->len; i++)
    count (seen, ((const RetourPayment *) order->payments->pdata[i])->method, TRUE);
  for (guint i = 0; i < order->parcels->len; i++)
    count (seen, ((const RetourParcel *) order->parcels->pdata[i])->status, TRUE);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      count (seen, line->category, TRUE);
      count (seen, "returned", line->returned > 0);
      count (seen, "final sale", g_strv_contains ((const char *const *) line->flags, "final_sale"));
      count (seen, "serials", line->serials[0] != NULL);
    }
}

START_TEST (test_every_kind_of_order_is_there)
{
  static const char *const wanted[] = {
    "EUR",
    "JPY",
    "KWD",
    "fr-FR",
    "en-GB",
    "gift",
    "announced",
    "today",
    "returned",
    "final sale",
    "serials",
    "three parcels",
    "split payment",
    "half a year",
    "percent",
    "amount",
    "card",
    "free delivery",
    "three for two",
    "paypal",
    "gift_card",
    "preparing",
    "shipped",
    "in_transit",
    "delivered",
    "lost",
    "cosmetics",
    "lingerie",
    "dress",
    "trousers",
    "jeans",
    "shirt",
    "t-shirt",
    "trainers",
    "bag",
    "out_for_delivery",
    "returned_to_sender",
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) customers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < orders->len; i++)
    {
      const RetourOrder *order = orders->pdata[i];

      count_order (seen, order, g_get_real_time ());
      g_hash_table_add (customers, order->customer.id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    ck_assert_msg (g_hash_table_contains (seen, wanted[i]), "no order: %s", wanted[i]);
  /* Several orders each. */
  ck_assert_uint_lt (g_hash_table_size (customers), ORDERS / 2);
}
END_TEST

static RetourQuote *
quote_reference (const RetourOrder *order)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  RetourQuoteContext context = { .at = g_get_real_time () };
  g_autoptr (GError) error = NULL;
  RetourQuote *quote;

  for (guint i = 0; i < 2; i++)
    {
      RetourDraftEntry *entry = retour_draft_entry_new (i == 0 ? "l1" : "l2", 1);

      entry->reason = g_strdup (i == 0 ? "size_small" : "changed_mind");
      entry->condition = g_strdup (i == 0 ? "new_sealed" : "new_opened");
      g_ptr_array_add (draft->entries, entry);
    }
  quote = retour_quote_new (order, policy, draft, &context, &error);
  g_assert_no_error (error);
  return quote;
}

START_TEST (test_the_reference_case_comes_first)
{
  const RetourOrder *order = orders->pdata[0];
  g_autoptr (RetourQuote) quote = quote_reference (order);
  const RetourBreakdown *clawback = quote->breakdown->pdata[2];
  const RetourTender *card = quote->tenders->pdata[0], *gift_card = quote->tenders->pdata[1];

  ck_assert_str_eq (order->number, "1048-7213");
  ck_assert_str_eq (order->customer.name, "Amandine Roussel");
  ck_assert_int_eq (retour_order_captured (order), 27990);
  ck_assert_int_eq (quote->decision, RETOUR_DECISION_ACCEPT);
  ck_assert_int_eq (quote->total, 8340);
  ck_assert_int_eq (clawback->kind, RETOUR_BREAKDOWN_PROMOTION_CLAWBACK);
  ck_assert_int_eq (clawback->amount, -459);
  ck_assert_int_eq (card->amount, 6850);
  ck_assert_int_eq (gift_card->amount, 1490);
}
END_TEST

/* A booking that is taken back leaves the very document that was there. */
START_TEST (test_a_booking_can_be_taken_back)
{
  guint booked = 0;

  for (guint i = 0; i < orders->len; i++)
    {
      const RetourOrder *order = orders->pdata[i];
      SandboxDice dice = sandbox_dice_new (1, 'b', i);
      g_autoptr (GPtrArray) entries = sandbox_history_choose (&dice, order);
      g_autoptr (RetourReturn) ret = sandbox_history_return (order, policy, entries, order->updated_at, "id", "number");
      g_autofree char *before = retour_order_document_write (order), *after = NULL, *during = NULL;
      g_autoptr (RetourOrder) changed = NULL;
      json_object *document, *booking;

      if (ret == NULL)
        continue;
      booked++;
      document = sandbox_members_parse (before, strlen (before), NULL);
      booking = sandbox_booking_new (order, ret);
      sandbox_booking_apply (booking, document, 1);
      during = sandbox_members_print (document);
      changed = retour_order_document_read (during, -1, NULL);
      ck_assert_msg (changed != NULL, "%s", during);
      ck_assert_str_ne (during, before);
      sandbox_booking_apply (booking, document, -1);
      after = sandbox_members_print (document);
      ck_assert_str_eq (after, before);
      json_object_put (booking);
      json_object_put (document);
    }
  ck_assert_uint_gt (booked, 200);
}
END_TEST

START_TEST (test_colleagues_sign_in_with_their_pin)
{
  for (guint i = 0; i < SANDBOX_COLLEAGUES; i++)
    {
      const SandboxColleague *colleague = sandbox_chain_colleague (i);
      g_autofree char *text = sandbox_feed_get (sandbox.ledger, "staff", colleague->id);
      g_autoptr (RetourStaff) staff = retour_staff_document_read (text, -1, NULL);

      ck_assert_str_eq (staff->name, colleague->name);
      ck_assert_int_eq (staff->role, colleague->role);
      ck_assert (retour_pin_matches (staff->verifier, colleague->pin));
    }
}
END_TEST

START_TEST (test_faults_are_read)
{
  static const char *const good[] = { "delay=300", "delay=1:50%", "error=503:30%@/v1/operations", "drop:20%",
                                      "drop=20%",  "refuse",      "portal@/v1/changes",           "lose-answer=0%" };
  static const char *const bad[] = { "",        "delay",      "delay=",      "delay=x",   "delay=0",     "error=200",
                                     "error=x", "drop=20",    "drop=101%",   "drop:-1%",  "refuse=now",  "delays=3",
                                     "drop=%",  "delay=300%", "error=503:5", "delay=1 x", "portal:50%x", "%" };
  g_autoptr (SandboxFaults) faults = sandbox_faults_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      const char *specs[] = { good[i], NULL };
      g_auto (GStrv) list = NULL;

      ck_assert_msg (sandbox_faults_set (faults, specs, NULL), "%s", good[i]);
      list = sandbox_faults_list (faults);
      ck_assert_str_eq (list[0], good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *specs[] = { "delay=7", bad[i], NULL };
      g_autoptr (GError) error = NULL;

      ck_assert_msg (!sandbox_faults_set (faults, specs, &error), "%s", bad[i]);
      ck_assert_int_eq (error->code, SANDBOX_FAULT_ERROR_UNKNOWN);
      ck_assert_int_eq (sandbox_faults_draw (faults, "/").delay, 0);
    }
}
END_TEST

START_TEST (test_faults_come_as_often_as_asked)
{
  static const char *const specs[] = { "drop:25%@/v1/changes", NULL };
  g_autoptr (SandboxFaults) faults = sandbox_faults_new (1);
  guint dropped = 0;

  ck_assert (sandbox_faults_set (faults, specs, NULL));
  for (guint i = 0; i < 4000; i++)
    {
      dropped += sandbox_faults_draw (faults, "/v1/changes").drop;
      ck_assert (!sandbox_faults_draw (faults, "/v1/orders").drop);
    }
  ck_assert_uint_gt (dropped, 850);
  ck_assert_uint_lt (dropped, 1150);
}
END_TEST

START_TEST (test_a_member_is_found_with_its_very_bytes)
{
  static const struct
  {
    const char *text, *value;
  } cases[] = {
    { "{\"body\":{\"a\":1}}", "{\"a\":1}" },
    { " { \"op\" : \"x\\\"body\" , \"body\" : { \"a\" : [ 1 , \"}\" ] } } ", "{ \"a\" : [ 1 , \"}\" ] }" },
    { "{\"body\":{},\"body\":{\"last\":true}}", "{\"last\":true}" },
    { "{\"a\":{\"body\":1},\"body\":2}", "2" },
    { "{\"body\":[ ],\"z\":null}", "[ ]" },
    { "{\"a\":[1,2,{\"b\":3}],\"body\":-1.5e3 ,\"c\":0}", "-1.5e3" },
    { "{\"body\":\"t\\\\\"}", "\"t\\\\\"" },
    { "{\"a\":1}", NULL },
    { "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      json_object *object = sandbox_members_parse (cases[i].text, strlen (cases[i].text), NULL);
      const char *begin = NULL;
      gsize size = 0;
      gboolean found = sandbox_members_span (cases[i].text, strlen (cases[i].text), "body", &begin, &size);
      g_autofree char *value = found ? g_strndup (begin, size) : NULL;

      /* A space behind the object is no part of it. */
      json_object_put (object);
      ck_assert_msg (g_strcmp0 (value, cases[i].value) == 0, "%s: %s", cases[i].text, value ? value : "nothing");
    }
}
END_TEST

START_TEST (test_phones_are_found_in_any_form)
{
  static const struct
  {
    const char *phone, *words;
  } kept[] = { { "+33639980041", "0639980041 33639980041" },
               { "+447700900123", "07700900123 447700900123" },
               { "06 39 98 00 41", "0639980041" } };
  static const struct
  {
    const char *query, *digits;
  } asked[] = { { "06 39.98-00/41", NULL },
                { "06 39 98 00 41", "0639980041" },
                { "0033 6 39", "33639" },
                { "+33 6 39 98", "33639"
                                 "98" },
                { "123", NULL },
                { "1048-7213", NULL },
                { "roussel", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *words = sandbox_phone_words (kept[i].phone);

      ck_assert_str_eq (words, kept[i].words);
    }
  ck_assert_ptr_null (sandbox_phone_words (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *digits = sandbox_phone_query (asked[i].query);

      ck_assert_msg (g_strcmp0 (digits, asked[i].digits) == 0, "%s: %s", asked[i].query, digits ? digits : "none");
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("sandbox-chain");
  TCase *chain = tcase_create ("chain"), *rooms = tcase_create ("rooms");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_unchecked_fixture (chain, make_chain, drop_chain);
  tcase_add_test (chain, test_every_order_is_sound);
  tcase_add_test (chain, test_every_code_is_recognised);
  tcase_add_test (chain, test_every_kind_of_order_is_there);
  tcase_add_test (chain, test_the_reference_case_comes_first);
  tcase_add_test (chain, test_a_booking_can_be_taken_back);
  tcase_add_test (chain, test_colleagues_sign_in_with_their_pin);
  suite_add_tcase (suite, chain);
  tcase_add_test (rooms, test_faults_are_read);
  tcase_add_test (rooms, test_faults_come_as_often_as_asked);
  tcase_add_test (rooms, test_a_member_is_found_with_its_very_bytes);
  tcase_add_test (rooms, test_phones_are_found_in_any_form);
  suite_add_tcase (suite, rooms);
  /* In one process: the chain is made by threads, which no fork takes along. */
  srunner_set_fork_status (runner, CK_NOFORK);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
