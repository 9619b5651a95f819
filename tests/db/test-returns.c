/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded return is in the ledger once, whole and for good. */
#include "store-fixture.h"

#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>

static RetourDatabase *database;
static RetourStore *store;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  fixture_keep (database, fixture_order (1));
  fixture_keep (database, fixture_order (2));
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
record (guint n, guint64 counter, const char *line, gint64 quantity)
{
  g_autoptr (RetourReturn) ret = fixture_return (n, counter, line, quantity);
  g_autoptr (GError) error = NULL;

  ck_assert_msg (fixture_record (store, ret, counter, &error), "%s", error != NULL ? error->message : "");
}

static void
assert_refused (const RetourReturn *ret, guint64 counter, int code)
{
  g_autoptr (GError) error = NULL;
  const gint64 before = fixture_query ("SELECT (SELECT count (*) FROM returns) * 1000 + (SELECT count (*) FROM audit)");

  ck_assert (!fixture_record (store, ret, counter, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, code));
  ck_assert_int_eq (fixture_query ("SELECT (SELECT count (*) FROM returns) * 1000 + (SELECT count (*) FROM audit)"),
                    before);
}

START_TEST (a_recorded_return_is_found_by_id_and_number)
{
  g_autoptr (RetourReturn) by_id = NULL;
  g_autoptr (RetourReturn) by_number = NULL;
  g_autoptr (GError) error = NULL;

  record (1, 7, "l1", 2);
  by_id = store->find_return (store, "01937c3e-0000-7000-8000-000000000007", &error);
  ck_assert_msg (by_id != NULL, "%s", error != NULL ? error->message : "");
  by_number = store->find_return (store, "R0214A-00007-0", &error);
  ck_assert_ptr_nonnull (by_number);
  ck_assert_str_eq (by_id->number, by_number->number);
  ck_assert_int_eq (by_id->total, 13980);
  ck_assert_str_eq (by_id->proof, "RT1:TOKEN");
  ck_assert_int_eq (by_id->goods, RETOUR_GOODS_ACCEPTED);
  ck_assert_int_eq (by_id->refund, RETOUR_REFUND_PROMISED);
  ck_assert_int_eq (by_id->sync, RETOUR_SYNC_LOCAL);
  ck_assert_int_eq (retour_return_units (by_id), 2);
}
END_TEST

START_TEST (a_return_that_is_not_there_is_not_found)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (store->find_return (store, "R0214A-00099-0", &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND));
}
END_TEST

START_TEST (recording_is_all_or_nothing)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 1);

  draft->id = g_strdup (ret->id);
  draft->order_id = g_strdup ("ord_0001");
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", 1));
  ck_assert (store->save_draft (store, draft, NULL));
  record (1, 1, "l1", 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts"), 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM return_lines"), 1);

  /* An operation whose id is taken fails last: nothing of the rest stays. */
  {
    g_autoptr (RetourReturn) second = fixture_return (2, 2, "l1", 1);
    g_autoptr (GPtrArray) operations = fixture_operations (ret);
    g_autoptr (GError) error = NULL;

    draft->id[0] = '9';
    ck_assert (store->save_draft (store, draft, NULL));
    ck_assert (!store->record_return (store, second, 2, operations, NULL, &error));
    ck_assert_ptr_nonnull (error);
    ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 1);
    ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts"), 1);
    ck_assert_int_eq (fixture_query ("SELECT value FROM counters"), 1);
  }
}
END_TEST

/* The second of two returns is known already; `user_data`: whether the body minds. */
static gboolean
record_two (RetourStore *own, gpointer user_data, GError **error)
{
  g_autoptr (RetourReturn) first = fixture_return (1, 2, "l1", 1);
  g_autoptr (RetourReturn) second = fixture_return (2, 1, "l1", 1);

  if (!fixture_record (own, first, 2, error))
    return FALSE;
  if (user_data != NULL)
    return !fixture_record (own, second, 3, NULL);
  return fixture_record (own, second, 3, error);
}

START_TEST (what_is_written_together_stays_together)
{
  record (2, 1, "l1", 1);
  ck_assert (!store->together (store, record_two, NULL, NULL));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 1);
  ck_assert_int_eq (fixture_query ("SELECT value FROM counters"), 1);
  /* A part that fails leaves nothing of its own. */
  ck_assert (store->together (store, record_two, GINT_TO_POINTER (1), NULL));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 2);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit"), 2);
  ck_assert_int_eq (fixture_query ("SELECT value FROM counters"), 2);
}
END_TEST

START_TEST (an_id_is_recorded_once)
{
  g_autoptr (RetourReturn) again = fixture_return (1, 1, "l1", 1);

  record (1, 1, "l1", 1);
  assert_refused (again, 2, RETOUR_STORE_ERROR_CONFLICT);
}
END_TEST

START_TEST (a_counter_is_used_once)
{
  g_autoptr (RetourReturn) other = fixture_return (2, 5, "l1", 1);
  guint64 next = 0;

  record (1, 5, "l1", 1);
  g_free (other->id);
  other->id = g_strdup ("01937c3e-0000-7000-8000-00000000ffff");
  assert_refused (other, 5, RETOUR_STORE_ERROR_CONFLICT);
  assert_refused (other, 4, RETOUR_STORE_ERROR_CONFLICT);
  ck_assert (store->next_return_counter (store, &next, NULL));
  ck_assert_uint_eq (next, 6);
}
END_TEST

START_TEST (units_that_were_taken_meanwhile_are_refused)
{
  g_autoptr (RetourReturn) again = fixture_return (1, 2, "l1", 1);
  g_autoptr (RetourReturn) other_line = fixture_return (1, 3, "l2", 1);
  g_autoptr (GHashTable) held = NULL;

  record (1, 1, "l1", 2);
  assert_refused (again, 2, RETOUR_STORE_ERROR_CONFLICT);
  ck_assert (fixture_record (store, other_line, 3, NULL));
  held = store->units_held (store, "ord_0001", NULL);
  ck_assert_int_eq (*(gint64 *) g_hash_table_lookup (held, "l1"), 2);
  ck_assert_int_eq (*(gint64 *) g_hash_table_lookup (held, "l2"), 1);
}
END_TEST

START_TEST (an_acknowledged_return_holds_no_units)
{
  g_autoptr (RetourAnswer) answer =
      retour_answer_new ("op-01937c3e-0000-7000-8000-000000000001", RETOUR_ANSWER_ACCEPTED);
  g_autoptr (GHashTable) held = NULL;

  record (1, 1, "l1", 2);
  ck_assert (store->settle_operation (store, answer, 0, NULL));
  held = store->units_held (store, "ord_0001", NULL);
  ck_assert_uint_eq (g_hash_table_size (held), 0);
}
END_TEST

START_TEST (the_ledger_only_grows)
{
  static const char *const forbidden[] = {
    "UPDATE returns SET total = 0",
    "DELETE FROM returns",
    "INSERT OR REPLACE INTO returns SELECT * FROM returns",
    "UPDATE return_lines SET quantity = 1",
    "DELETE FROM return_lines",
    "UPDATE operations SET body = ''",
    "DELETE FROM operations",
    "UPDATE operation_answers SET kind = ''",
    "DELETE FROM operation_answers",
    "UPDATE audit SET body = 'x'",
    "DELETE FROM audit",
    "UPDATE prints SET state = 'x'",
    "DELETE FROM prints",
    "UPDATE counters SET value = 0",
    "UPDATE counters SET name = 'other'",
    "DELETE FROM counters",
  };
  g_autoptr (RetourAnswer) answer =
      retour_answer_new ("op-01937c3e-0000-7000-8000-000000000001", RETOUR_ANSWER_REJECTED);
  guint copies = 0;

  record (1, 1, "l1", 1);
  ck_assert (store->settle_operation (store, answer, 0, NULL));
  ck_assert (store->record_print (store, "01937c3e-0000-7000-8000-000000000001", "printed", &copies, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA recursive_triggers = ON;", forbidden[i], NULL);

      ck_assert_msg (fixture_execute (sql) == SQLITE_CONSTRAINT, "%s was allowed", forbidden[i]);
    }
}
END_TEST

START_TEST (lists_are_narrowed_by_time_text_and_attention)
{
  static const struct
  {
    const char *text;
    guint expected;
  } cases[] = {
    { NULL, 3 },    { "R0214A-00002", 1 }, { "w10000001", 2 }, { "W1000-0002", 1 },      { "zoe", 3 },
    { "ZOÉ l", 3 }, { "lef", 0 },          { "r0214a", 3 },    { "zoe r0214a00003", 1 },
  };
  g_autoptr (RetourAnswer) answer =
      retour_answer_new ("op-01937c3e-0000-7000-8000-000000000002", RETOUR_ANSWER_CONFLICT);

  record (1, 1, "l1", 1);
  record (2, 2, "l1", 1);
  record (1, 3, "l2", 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RetourReturnFilter filter = { RETOUR_INSTANT_NONE, RETOUR_INSTANT_NONE, cases[i].text, FALSE, 0, 0 };
      g_autoptr (GPtrArray) list = store->list_returns (store, &filter, NULL);

      ck_assert_msg (list->len == cases[i].expected, "%s: %u", cases[i].text, list->len);
    }
  {
    RetourReturnFilter filter = { RETOUR_INSTANT_NONE, RETOUR_INSTANT_NONE, NULL, FALSE, 2, 1 };
    g_autoptr (GPtrArray) list = store->list_returns (store, &filter, NULL);

    ck_assert_uint_eq (list->len, 2);
    ck_assert_str_eq (((RetourReturn *) list->pdata[0])->number, "R0214A-00002-0");
    filter.from = ((RetourReturn *) list->pdata[0])->recorded_at;
    filter.to = filter.from + 1;
    filter.offset = 0;
    g_clear_pointer (&list, g_ptr_array_unref);
    list = store->list_returns (store, &filter, NULL);
    ck_assert_uint_eq (list->len, 1);
  }
  answer->detail = g_strdup ("R0102B-00004-5 came first");
  ck_assert (store->settle_operation (store, answer, 0, NULL));
  {
    RetourReturnFilter filter = { RETOUR_INSTANT_NONE, RETOUR_INSTANT_NONE, NULL, TRUE, 0, 0 };
    g_autoptr (GPtrArray) list = store->list_returns (store, &filter, NULL);

    ck_assert_uint_eq (list->len, 1);
    ck_assert_str_eq (((RetourReturn *) list->pdata[0])->problem, "R0102B-00004-5 came first");
    ck_assert_int_eq (((RetourReturn *) list->pdata[0])->sync, RETOUR_SYNC_QUARANTINED);
  }
}
END_TEST

START_TEST (a_day_is_summed_by_currency)
{
  g_autoptr (RetourDayTotals) totals = NULL;
  g_autoptr (RetourReturn) exchanged = fixture_return (2, 2, "l1", 1);
  RetourReturnLine *line = exchanged->lines->pdata[0];
  gint64 promised = 0;

  line->exchange = g_new0 (RetourExchangedItem, 1);
  line->exchange->sku = g_strdup ("OTHER");
  exchanged->total = 0;
  exchanged->refund = RETOUR_REFUND_NONE;
  record (1, 1, "l1", 2);
  ck_assert (fixture_record (store, exchanged, 2, NULL));
  totals = store->day_totals (store, exchanged->recorded_at - 100 * RETOUR_SECOND, G_MAXINT64, NULL);
  ck_assert_int_eq (totals->returns, 2);
  ck_assert_int_eq (totals->exchanges, 1);
  ck_assert_int_eq (*(gint64 *) g_hash_table_lookup (totals->refunded, "EUR"), 13980);
  ck_assert (store->promised_since (store, exchanged->recorded_at - 100 * RETOUR_SECOND, "EUR", &promised, NULL));
  ck_assert_int_eq (promised, 13980);
  ck_assert (store->promised_since (store, exchanged->recorded_at, "EUR", &promised, NULL));
  ck_assert_int_eq (promised, 0);
  ck_assert (store->promised_since (store, 0, "JPY", &promised, NULL));
  ck_assert_int_eq (promised, 0);
}
END_TEST

START_TEST (a_return_moves_only_where_its_tables_allow)
{
  const char *id = "01937c3e-0000-7000-8000-000000000001";
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (GHashTable) held = NULL;

  record (1, 1, "l1", 1);
  ck_assert (!store->move_return (store, id, RETOUR_GOODS_DECLARED, RETOUR_REFUND_PROMISED, NULL, NULL, &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CONFLICT));
  ck_assert (store->move_return (store, id, RETOUR_GOODS_CANCELLED, RETOUR_REFUND_PROMISED, NULL, NULL, NULL));
  ret = store->find_return (store, id, NULL);
  ck_assert_int_eq (ret->goods, RETOUR_GOODS_CANCELLED);
  held = store->units_held (store, "ord_0001", NULL);
  ck_assert_uint_eq (g_hash_table_size (held), 0);
}
END_TEST

START_TEST (the_feed_moves_a_return_forward_only)
{
  RetourChange *settled = retour_change_new (RETOUR_CHANGE_RETURN);
  RetourChange *stale = retour_change_new (RETOUR_CHANGE_RETURN);
  RetourChange *foreign = retour_change_new (RETOUR_CHANGE_RETURN);
  g_autoptr (RetourReturn) ret = NULL;

  record (1, 1, "l1", 1);
  settled->id = g_strdup ("01937c3e-0000-7000-8000-000000000001");
  settled->goods = RETOUR_GOODS_CLOSED;
  settled->refund = RETOUR_REFUND_SETTLED;
  stale->id = g_strdup (settled->id);
  stale->goods = RETOUR_GOODS_ACCEPTED;
  stale->refund = RETOUR_REFUND_PENDING;
  foreign->id = g_strdup ("of another terminal");
  fixture_apply (database, "c1", FALSE, settled, stale, foreign, NULL);
  ret = store->find_return (store, "R0214A-00001-0", NULL);
  ck_assert_int_eq (ret->goods, RETOUR_GOODS_CLOSED);
  ck_assert_int_eq (ret->refund, RETOUR_REFUND_SETTLED);
}
END_TEST

START_TEST (prints_are_counted)
{
  const char *id = "01937c3e-0000-7000-8000-000000000001";
  guint copies = 9;

  record (1, 1, "l1", 1);
  ck_assert (store->count_prints (store, id, &copies, NULL));
  ck_assert_uint_eq (copies, 0);
  for (guint i = 0; i < 3; i++)
    {
      ck_assert (store->record_print (store, id, "printed", &copies, NULL));
      ck_assert_uint_eq (copies, i);
    }
  /* What certainly did not come out is no copy. */
  ck_assert (store->record_print (store, id, "sent", &copies, NULL));
  ck_assert (store->record_print (store, id, "not_printed", &copies, NULL));
  ck_assert (store->count_prints (store, id, &copies, NULL));
  ck_assert_uint_eq (copies, 3);
  ck_assert (!store->record_print (store, "unknown", "printed", &copies, NULL));
}
END_TEST

START_TEST (everything_survives_closing)
{
  g_autoptr (GPtrArray) list = NULL;

  record (1, 1, "l1", 1);
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  list = store->returns_of_order (store, "ord_0001", NULL);
  ck_assert_uint_eq (list->len, 1);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("returns");
  TCase *tcase = tcase_create ("returns");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, a_recorded_return_is_found_by_id_and_number);
  tcase_add_test (tcase, a_return_that_is_not_there_is_not_found);
  tcase_add_test (tcase, recording_is_all_or_nothing);
  tcase_add_test (tcase, what_is_written_together_stays_together);
  tcase_add_test (tcase, an_id_is_recorded_once);
  tcase_add_test (tcase, a_counter_is_used_once);
  tcase_add_test (tcase, units_that_were_taken_meanwhile_are_refused);
  tcase_add_test (tcase, an_acknowledged_return_holds_no_units);
  tcase_add_test (tcase, the_ledger_only_grows);
  tcase_add_test (tcase, lists_are_narrowed_by_time_text_and_attention);
  tcase_add_test (tcase, a_day_is_summed_by_currency);
  tcase_add_test (tcase, a_return_moves_only_where_its_tables_allow);
  tcase_add_test (tcase, the_feed_moves_a_return_forward_only);
  tcase_add_test (tcase, prints_are_counted);
  tcase_add_test (tcase, everything_survives_closing);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
