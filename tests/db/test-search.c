/* SPDX-License-Identifier: Apache-2.0 */
/* What a person types finds the orders it means, newest first, whether they are in the tail of the index or in its packs. */
#include "store-fixture.h"

#include "connection.h"
#include "documents.h"
#include "search-shelf.h"
#include "search-terms.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* A full pack, and some in the tail. */
#define ONE_PACK (RETOUR_PACK_SLOTS + 104)

static RetourDatabase *database;
static RetourStore *store;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static RetourOrder *
order_of (guint n, const char *name, const char *email, const char *phone)
{
  RetourOrder *order = fixture_order (n);

  g_free (order->customer.name);
  g_free (order->customer.email);
  g_free (order->customer.phone);
  order->customer.name = g_strdup (name);
  order->customer.email = g_strdup (email);
  order->customer.phone = g_strdup (phone);
  return order;
}

static void
keep_people (void)
{
  RetourOrder *announced = order_of (6, "Ǻsa Ødegård", "asa@example.no", "+4791234567");
  RetourAnnouncement *announcement = retour_announcement_new ("rma_9");

  announcement->label = g_strdup ("RL900012345");
  g_ptr_array_add (announced->announced, announcement);
  fixture_keep (database, order_of (1, "Zoé Lefèvre", "zoe.lefevre@example.fr", "+33612345678"));
  fixture_keep (database, order_of (2, "Jean-Pierre D'Angelo", "jp84@mail.example", "06 98 76 54 32"));
  fixture_keep (database, order_of (3, "Zoé Martin", "zm@example.fr", NULL));
  fixture_keep (database, order_of (4, "Cœur Weiß", "zoe.lefevre@example.com", "0033711223344"));
  fixture_keep (database, order_of (5, "Martine Lefort", NULL, "+44 20 7946 0958"));
  fixture_keep (database, announced);
}

/* The numbers' last digits of what a query finds, in order: "413". */
static char *
found (const char *query, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store->search_orders (store, query, limit, &error);
  GString *digits = g_string_new (NULL);

  ck_assert_msg (list != NULL, "%s", error != NULL ? error->message : "");
  for (guint i = 0; i < list->len; i++)
    {
      const RetourOrderSummary *summary = list->pdata[i];

      g_string_append_c (digits, summary->number[strlen (summary->number) - 1]);
    }
  return g_string_free (digits, FALSE);
}

static const struct
{
  const char *query, *expected;
} cases[] = {
  { "zoe", "431" },
  { "ZOÉ", "431" },
  { "lefevre", "41" },
  { "Lefèvre Zoé", "41" },
  { "zoe lef", "41" },
  { "l z", "41" },
  { "lefevre martin", "" },
  { "mart", "53" },
  { "z m", "3" },
  { "jean pierre", "2" },
  { "jeanp", "2" },
  { "pierre-jean", "2" },
  { "d'angelo", "2" },
  { "dangelo", "2" },
  { "angelo", "2" },
  { "coeur", "4" },
  { "weiss", "4" },
  { "WEISS cœur", "4" },
  { "asa odegard", "6" },
  { "zoe.lefevre@example.fr", "1" },
  { "zoe.lefevre@", "41" },
  { "zoe.lefevre@example", "41" },
  { "zoe.lefevre@example.c", "4" },
  { "zoe.lef", "41" },
  { "jp84", "2" },
  { "+33612345678", "1" },
  { "+33 6 12 34 56 78", "1" },
  { "0033 6 12 34 56 78", "1" },
  { "+33 (0)6 12 34 56 78", "1" },
  { "06 12 34 56 78", "1" },
  { "06.12.34.56.78", "1" },
  { "0612", "1" },
  { "06 12 zoe", "1" },
  { "06", "21" },
  { "06 98 76", "2" },
  { "+33 6 98", "2" },
  { "07 11 22 33 44", "4" },
  { "+33711", "4" },
  { "020 7946", "5" },
  { "+4420", "5" },
  { "+47 912", "6" },
  { "W10000003", "3" },
  { "w1000-0003", "3" },
  { "10000003", "3" },
  { "W1000", "654321" },
  { "W1000 zoe", "431" },
  { "W1000000", "654321" },
  { "8V00000000005", "5" },
  { "8v 00000000005", "5" },
  { "8V 000 000 000 05", "5" },
  { "RL 9000 12345", "6" },
  { "https://www.example.fr/o/W10000003", "3" },
  { "8v0000", "654321" },
  { "RL9000", "6" },
  { "rl900012345", "6" },
  { "rl900012346", "" },
  { "nobody", "" },
  { "", "" },
  { "   ", "" },
  { "@", "" },
  { "'", "" },
  { "%", "" },
};

START_TEST (an_article_finds_the_orders_that_hold_it)
{
  static const char *const gtins[] = { "03612345678911", "3612345678911", "3 612345 678911" };

  keep_people ();
  for (guint i = 0; i < G_N_ELEMENTS (gtins); i++)
    {
      g_autofree char *digits = found (gtins[i], 0), *some = found (gtins[i], 2);

      ck_assert_str_eq (digits, "654321");
      ck_assert_str_eq (some, "65");
    }
  g_autofree char *other = found ("3612345678912", 0);
  ck_assert_str_eq (other, "");
}
END_TEST

START_TEST (words_find_orders_in_the_tail)
{
  g_autofree char *digits = NULL;

  keep_people ();
  digits = found (cases[_i].query, 0);
  ck_assert_msg (strcmp (digits, cases[_i].expected) == 0, "“%s” found %s, not %s", cases[_i].query, digits,
                 cases[_i].expected);
}
END_TEST

/* Enough other orders before and after that the people are in a pack. */
static void
fill_packs (guint n)
{
  RetourChangePage *page = retour_change_page_new ();

  for (guint i = 0; i < n; i++)
    {
      RetourOrder *order = order_of (i, "Xavier Quelconque", "xq@example.fr", "+33599999999");

      g_free (order->number);
      g_free (order->id);
      order->number = g_strdup_printf ("Q%07u", i);
      order->id = g_strdup_printf ("other_%u", i);
      g_free (((RetourParcel *) order->parcels->pdata[0])->tracking);
      ((RetourParcel *) order->parcels->pdata[0])->tracking = NULL;
      g_ptr_array_add (page->changes, fixture_order_change (order));
    }
  ck_assert (retour_database_apply_page (database, page, NULL));
}

static void
assert_all_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = found (cases[i].query, 0);

      ck_assert_msg (strcmp (digits, cases[i].expected) == 0, "“%s” found %s, not %s", cases[i].query, digits,
                     cases[i].expected);
    }
}

START_TEST (words_find_orders_in_packs)
{
  keep_people ();
  fill_packs (ONE_PACK);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_packs WHERE ready"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_tail WHERE pack = 1"), 0);
  ck_assert_int_eq (fixture_query ("SELECT slots FROM search_packs"), RETOUR_PACK_SLOTS);
  assert_all_cases ();
}
END_TEST

static gboolean
pause_always (gpointer user_data)
{
  return TRUE;
}

START_TEST (words_find_orders_while_packs_move_to_a_shelf)
{
  RetourConnection *connection = retour_connection_of (store);
  gboolean more = TRUE;
  guint steps;

  keep_people ();
  fill_packs (17 * RETOUR_PACK_SLOTS);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_packs WHERE ready AND shelf IS NULL"), 17);
  for (steps = 0; more; steps++)
    {
      ck_assert (retour_search_shelve (connection, pause_always, NULL, &more, NULL));
      if (steps % 8 == 0)
        assert_all_cases ();
      if (steps == 10)
        fixture_apply (database, NULL, FALSE, fixture_gone ("other_77", FALSE), fixture_gone ("other_5000", FALSE),
                       NULL);
    }
  ck_assert_uint_gt (steps, 20);
  assert_all_cases ();
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_packs WHERE shelf = -1"), 16);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_postings WHERE shelf BETWEEN 1 AND 16"), 0);
  /* Taken out while it was moving, and afterwards. */
  fixture_apply (database, NULL, FALSE, fixture_gone ("ord_0003", FALSE), fixture_gone ("other_78", FALSE), NULL);
  {
    g_autofree char *gone = found ("Q0000077", 0);
    g_autofree char *gone_too = found ("Q0000078", 0);
    g_autofree char *there = found ("Q0000079", 0);
    g_autofree char *zoe = found ("zoe", 0);

    ck_assert_str_eq (gone, "");
    ck_assert_str_eq (gone_too, "");
    ck_assert_str_eq (there, "9");
    ck_assert_str_eq (zoe, "41");
  }
  /* Every slot of a posting is one of an order. */
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_slots"), 17 * RETOUR_PACK_SLOTS - 4);
}
END_TEST

START_TEST (the_newest_come_first_across_packs_and_tail)
{
  g_autoptr (GPtrArray) list = NULL;

  fill_packs (ONE_PACK);
  list = store->search_orders (store, "xavier q", 200, NULL);
  ck_assert_uint_eq (list->len, 200);
  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("Q%07u", ONE_PACK - 1 - i);

      ck_assert_str_eq (((RetourOrderSummary *) list->pdata[i])->number, number);
    }
}
END_TEST

START_TEST (a_long_number_is_found_though_all_share_its_beginning)
{
  g_autofree char *one = NULL;

  fill_packs (4200);
  /* Six characters of it are shared by all 4,200: more than may be checked one by one. */
  one = found ("Q0003999", 0);
  ck_assert_str_eq (one, "9");
  g_free (one);
  one = found ("Q00039 xavier", 3);
  ck_assert_str_eq (one, "987");
}
END_TEST

START_TEST (a_limit_is_kept)
{
  g_autofree char *digits = NULL;

  keep_people ();
  digits = found ("zoe", 2);
  ck_assert_str_eq (digits, "43");
}
END_TEST

START_TEST (a_changed_order_is_found_by_its_new_words_only)
{
  for (guint packed = 0; packed < 2; packed++)
    {
      g_autofree char *old = NULL;
      g_autofree char *new = NULL;
      RetourOrder *order = order_of (3, "Nouvelle Personne", NULL, NULL);

      if (packed == 0)
        keep_people ();
      else
        fill_packs (ONE_PACK);
      order->version = 2 + packed;
      if (packed == 1)
        {
          g_free (order->customer.name);
          order->customer.name = g_strdup ("Encore Autre");
        }
      fixture_keep (database, order);
      old = found (packed == 0 ? "zoe martin" : "nouvelle", 0);
      new = found (packed == 0 ? "nouvelle per" : "encore a", 0);
      ck_assert_str_eq (old, "");
      ck_assert_str_eq (new, "3");
    }
}
END_TEST

START_TEST (a_gone_order_is_found_by_nothing)
{
  static const char *const queries[] = { "zoe martin", "W10000003", "8V00000000003" };

  for (guint packed = 0; packed < 2; packed++)
    {
      g_autoptr (GPtrArray) holding = NULL;

      keep_people ();
      if (packed == 1)
        fill_packs (ONE_PACK);
      fixture_apply (database, NULL, FALSE, fixture_gone ("ord_0003", FALSE), NULL);
      for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
        {
          g_autofree char *digits = found (queries[i], 0);

          ck_assert_str_eq (digits, "");
        }
      holding = store->orders_holding (store, "03612345678911", 10, NULL);
      ck_assert_uint_eq (holding->len, packed == 0 ? 5 : 10);
      ck_assert_int_eq (fixture_query (
                            "SELECT count (*) FROM order_codes_tail WHERE code IN ('w10000003', '8v00000000003')"),
                        0);
    }
}
END_TEST

START_TEST (an_interrupted_pack_is_written_again)
{
  g_autofree char *digits = NULL;

  keep_people ();
  fill_packs (ONE_PACK);
  ck_assert_int_eq (fixture_execute ("UPDATE search_packs SET ready = 0;"
                                     "INSERT INTO search_tail SELECT 1, s.n, s.placed, o.words FROM search_slots s"
                                     " JOIN order_words o USING (n) WHERE s.pack = 1;"
                                     "DELETE FROM search_postings WHERE term > 'm'"),
                    0);
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  digits = found ("zoe", 0);
  ck_assert_str_eq (digits, "431");
  fixture_apply (database, NULL, FALSE, fixture_gone ("ord_0003", FALSE), NULL);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM search_packs WHERE ready"), 1);
  g_free (digits);
  digits = found ("zoe", 0);
  ck_assert_str_eq (digits, "41");
}
END_TEST

static const struct
{
  const char *query, *expected;
} amounts[] = {
  { "164,80 2026-11-02", "321" }, { "164.80 2/11", "321" },
  { "2/11 164,80", "321" },       { "164,80 € 02/11/2026", "321" },
  { "164,80€ 2.11.26", "321" },   { "EUR 164.80 2/11", "321" },
  { "164,80 3/11", "" },          { "164,81 2/11", "" },
  { "1648 2/11", "4" },           { "16,480 2/11", "5" },
  { "164,80 31/2", "" },
};

START_TEST (an_amount_with_its_date_finds_orders)
{
  g_autofree char *digits = NULL;
  RetourOrder *yen = fixture_order (4);
  RetourOrder *dinar = fixture_order (5);

  for (guint i = 1; i < 4; i++)
    fixture_keep (database, fixture_order (i));
  ((RetourPayment *) yen->payments->pdata[0])->captured = 1648;
  g_strlcpy (yen->currency, "JPY", sizeof yen->currency);
  g_strlcpy (dinar->currency, "KWD", sizeof dinar->currency);
  fixture_keep (database, yen);
  fixture_keep (database, dinar);
  digits = found (amounts[_i].query, 0);
  ck_assert_msg (strcmp (digits, amounts[_i].expected) == 0, "“%s” found %s", amounts[_i].query, digits);
}
END_TEST

START_TEST (a_day_is_that_of_the_terminals_zone)
{
  RetourIdentity identity = { .time_zone = (char *) "Europe/Paris" };
  RetourOrder *late = fixture_order (1);
  g_autofree char *paris = NULL;
  g_autofree char *utc = NULL;

  ck_assert (retour_instant_parse ("2026-11-02T23:30:00Z", &late->placed_at));
  fixture_keep (database, late);
  utc = found ("164,80 2/11", 0);
  ck_assert_str_eq (utc, "1");
  ck_assert (store->set_identity (store, &identity, NULL));
  paris = found ("164,80 2/11", 0);
  ck_assert_str_eq (paris, "");
  g_free (paris);
  paris = found ("164,80 3/11", 0);
  ck_assert_str_eq (paris, "1");
}
END_TEST

START_TEST (hostile_queries_find_nothing_and_break_nothing)
{
  g_autofree char *long_word = g_strnfill (10000, 'a');
  g_autofree char *long_digits = g_strnfill (10000, '1');
  g_autofree char *many_words = g_malloc (20001);
  const char *const queries[] = { long_word,      long_digits, many_words,    "\x01\x02", "\xff\xfe zoe\xff",
                                  "zoe\nlefevre", "😀",         "' OR 1=1 --", "\"*\"",    "*" };

  for (guint i = 0; i < 10000; i++)
    memcpy (many_words + 2 * i, "z ", 3);
  keep_people ();
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *digits = found (queries[i], 0);

      ck_assert_uint_le (strlen (digits), 6);
    }
}
END_TEST

START_TEST (codes_are_looked_up_whatever_their_separators)
{
  static const char *const codes[] = {
    "W10000006",        "w1000-0006",  "8V00000000006",
    "8V 0000 0000 006", "RL900012345", "https://www.example.fr/o/W10000006?utm=mail"
  };

  keep_people ();
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GPtrArray) list = store->lookup_code (store, codes[i], NULL);

      ck_assert_msg (list->len == 1, "%s", codes[i]);
      ck_assert_str_eq (((RetourOrderSummary *) list->pdata[0])->number, "W10000006");
    }
}
END_TEST

START_TEST (a_summary_says_what_a_list_shows)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (RetourReturn) ret = fixture_return (1, 1, "l1", 2);
  const RetourOrderSummary *summary;

  fixture_keep (database, fixture_order (1));
  ck_assert (fixture_record (store, ret, 1, NULL));
  list = store->lookup_code (store, "W10000001", NULL);
  summary = list->pdata[0];
  ck_assert_str_eq (summary->id, "ord_0001");
  ck_assert_str_eq (summary->customer_name, "Zoé Lefèvre");
  ck_assert_str_eq (summary->currency, "EUR");
  ck_assert_int_eq (summary->captured, 16480);
  ck_assert_int_eq (summary->units, 3);
  ck_assert_int_eq (summary->returnable, 1);
  ck_assert_uint_eq (g_strv_length (summary->categories), 2);
  ck_assert (!summary->gift);
  ck_assert_int_eq (summary->last_delivery - summary->placed_at, 3 * 86400 * RETOUR_SECOND);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("search");
  TCase *tcase = tcase_create ("search");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 180);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_loop_test (tcase, words_find_orders_in_the_tail, 0, G_N_ELEMENTS (cases));
  tcase_add_test (tcase, an_article_finds_the_orders_that_hold_it);
  tcase_add_test (tcase, words_find_orders_in_packs);
  tcase_add_test (tcase, words_find_orders_while_packs_move_to_a_shelf);
  tcase_add_test (tcase, the_newest_come_first_across_packs_and_tail);
  tcase_add_test (tcase, a_long_number_is_found_though_all_share_its_beginning);
  tcase_add_test (tcase, a_limit_is_kept);
  tcase_add_test (tcase, a_changed_order_is_found_by_its_new_words_only);
  tcase_add_test (tcase, a_gone_order_is_found_by_nothing);
  tcase_add_test (tcase, an_interrupted_pack_is_written_again);
  tcase_add_loop_test (tcase, an_amount_with_its_date_finds_orders, 0, G_N_ELEMENTS (amounts));
  tcase_add_test (tcase, a_day_is_that_of_the_terminals_zone);
  tcase_add_test (tcase, hostile_queries_find_nothing_and_break_nothing);
  tcase_add_test (tcase, codes_are_looked_up_whatever_their_separators);
  tcase_add_test (tcase, a_summary_says_what_a_list_shows);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
