/* SPDX-License-Identifier: Apache-2.0 */
/* The feed as it streams in: whole, cut at every byte, with records that are wrong, and with what is no feed at all. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "documents.h"
#include "wire.h"

#define ORDER(id, number)                                                                                              \
  "{\"order\":{\"id\":\"" id "\",\"number\":\"" number                                                                 \
  "\",\"version\":1,\"currency\":\"EUR\",\"placed_at\":\"2026-11-01T10:00:00Z\",\"lines\":[{\"id\":\"l1\","            \
  "\"quantity\":1,\"delivered\":1,\"unit_price\":1000,\"paid\":1000}],\"payments\":[{\"id\":\"p\",\"method\":"         \
  "\"card\",\"captured\":1000}],\"later\":[\"kept\"]}}\n"
#define STAFF                                                                                                          \
  "{\"staff\":{\"id\":\"stf_1\",\"name\":\"Camille Moreau\",\"role\":\"manager\",\"badge\":\"STF-0001\",\"active\":true}}\n"
#define PRODUCT                                                                                                         \
  "{\"product\":{\"sku\":\"S-1\",\"gtin\":\"3612345678904\",\"product\":\"S\",\"title\":\"Robe\",\"currency\":\"EUR\"," \
  "\"unit_price\":6990}}\n"
#define STOCK                                                                                                          \
  "{\"stock\":{\"sku\":\"S-1\",\"place\":\"store:0214\",\"name\":\"Lyon\",\"quantity\":3,\"at\":\"2026-11-20T10:00:00Z\"}}\n"
#define RETURN                                                                                                         \
  "{\"return\":{\"id\":\"0190a5b2-0000-7000-8000-000000000001\",\"goods\":\"accepted\",\"refund\":\"settled\",\"at\":" \
  "\"2026-11-20T10:00:00Z\"}}\n"
#define GONE "{\"gone\":{\"type\":\"order\",\"id\":\"ord_9\",\"erase\":true}}\n"

static const char feed[] = ORDER ("ord_1", "W1") STAFF "{\"cursor\":\"c1\"}\n" PRODUCT STOCK ORDER ("ord_2", "W2")
    RETURN GONE "{\"cursor\":\"c2\"}\n" ORDER ("ord_3", "W3") "{\"end\":\"c3\",\"lines\":8,\"more\":false}\n";

static guint
count_changes (GPtrArray *pages)
{
  guint count = 0;

  for (guint i = 0; i < pages->len; i++)
    count += ((RetourChangePage *) pages->pdata[i])->changes->len;
  return count;
}

/* Every page of a text, read in pieces; `good` tells whether it stayed a feed to its end. */
static GPtrArray *
read_pages (RetourChangeReader *reader, const char *text, gsize length, gsize piece, gboolean *good)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_change_page_free);
  RetourChangePage *page;

  *good = TRUE;
  for (gsize at = 0; at < length && *good; at += piece)
    {
      g_autoptr (GError) error = NULL;
      *good = retour_change_reader_push (reader, text + at, MIN (piece, length - at), &error);
      ck_assert_int_eq (*good, error == NULL);
      while ((page = retour_change_reader_pop (reader)) != NULL)
        g_ptr_array_add (pages, page);
    }
  return pages;
}

START_TEST (a_feed_becomes_pages_however_it_is_cut)
{
  for (gsize piece = 1; piece < sizeof feed; piece += piece < 40 ? 1 : 97)
    {
      g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
      gboolean good, more;
      g_autoptr (GPtrArray) pages = read_pages (reader, feed, strlen (feed), piece, &good);
      guint64 refused;
      ck_assert (good);
      retour_change_reader_get_refused (reader, &refused);
      ck_assert_uint_eq (refused, 0);
      ck_assert_uint_eq (pages->len, 3);
      ck_assert_uint_eq (count_changes (pages), 8);
      ck_assert (retour_change_reader_is_complete (reader, &more));
      ck_assert (!more);
      const RetourChangePage *last = pages->pdata[2];
      ck_assert_str_eq (last->cursor, "c3");
      ck_assert (last->last);
      ck_assert (!((RetourChangePage *) pages->pdata[1])->last);
    }
}
END_TEST

START_TEST (changes_carry_what_the_feed_said)
{
  g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
  gboolean good;
  g_autoptr (GPtrArray) pages = read_pages (reader, feed, strlen (feed), 100, &good);
  const RetourChangePage *first = pages->pdata[0], *second = pages->pdata[1];
  const RetourChange *order = first->changes->pdata[0], *staff = first->changes->pdata[1];
  const RetourChange *product = second->changes->pdata[0], *stock = second->changes->pdata[1];
  const RetourChange *ret = second->changes->pdata[3], *gone = second->changes->pdata[4];

  ck_assert_int_eq (order->kind, RETOUR_CHANGE_ORDER);
  ck_assert_str_eq (order->order->number, "W1");
  /* The document is kept as it came, members that this version does not know included. */
  ck_assert_ptr_nonnull (strstr (order->text, "\"later\":[\"kept\"]"));
  ck_assert (g_str_has_prefix (order->text, "{\"id\":") && g_str_has_suffix (order->text, "]}"));
  ck_assert_str_eq (staff->staff->name, "Camille Moreau");
  ck_assert_str_eq (product->product->sku, "S-1");
  ck_assert_int_eq (product->product->unit_price, 6990);
  ck_assert_str_eq (stock->place_name, "Lyon");
  ck_assert_int_eq (stock->quantity, 3);
  ck_assert_int_eq (ret->refund, RETOUR_REFUND_SETTLED);
  ck_assert_str_eq (ret->id, "0190a5b2-0000-7000-8000-000000000001");
  ck_assert_str_eq (gone->type, "order");
  ck_assert (gone->erase);
}
END_TEST

/* ENGINEERING.md D.4, 14 */
START_TEST (a_body_cut_at_any_byte_keeps_what_stands_before_its_last_cursor)
{
  const char *first = strstr (feed, "\"c1\"}\n") + 6, *second = strstr (feed, "\"c2\"}\n") + 6;

  for (gsize length = 0; length < strlen (feed); length++)
    {
      g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
      gboolean good;
      g_autoptr (GPtrArray) pages = read_pages (reader, feed, length, 64, &good);
      guint whole = (feed + length >= first) + (feed + length >= second);
      ck_assert (good);
      ck_assert_uint_eq (pages->len, whole);
      ck_assert (!retour_change_reader_is_complete (reader, NULL));
      if (whole > 0)
        ck_assert_str_eq (((RetourChangePage *) pages->pdata[whole - 1])->cursor, whole == 1 ? "c1" : "c2");
    }
}
END_TEST

START_TEST (a_bad_record_is_left_out_with_its_cause_and_stops_nothing)
{
  g_autofree char *long_line = g_strnfill (RETOUR_LINE_LIMIT + 1, ' ');
  g_autofree char *deep = g_strnfill (10000, '[');
  const struct
  {
    const char *line, *id;
  } bad[] = {
    { "{\"order\":{\"id\":\"ord_x\",\"number\":7}}", "ord_x" },
    { "{\"order\":{\"id\":\"ord_y\",\"number\":\"W\",\"currency\":\"EUR\",\"placed_at\":\"2026-11-01T10:00:00Z\","
      "\"lines\":[{\"id\":\"l\",\"quantity\":1,\"delivered\":2,\"unit_price\":1,\"paid\":1}]}}",
      "ord_y" },
    { "{\"order\":{\"id\":\"ord_z\"", NULL },
    { "{\"order\":{\"id\":\"ord_z\"}}{\"order\":{}}", NULL },
    { "{\"gone\":{\"type\":\"order\",\"id\":\"ord_z\"}", NULL },
    { "{\"gone\":{\"type\":\"order\",\"id\":\"ord_z\"},\"gone\":{}}", NULL },
    { "{\"gone\":{\"type\":\"order\",\"id\":\"ord_z\"}} {}", NULL },
    { "{\"order\":null}", NULL },
    { "{\"order\":[]}", NULL },
    { "{\"order\":{\"id\":\"a\",\"id\":\"b\"}}", "a" },
    { "{\"staff\":{\"id\":\"stf\"}}", "stf" },
    { "{\"stock\":{\"sku\":\"S\",\"place\":\"p\",\"name\":\"n\",\"quantity\":99999999999999999999,\"at\":"
      "\"2026-11-20T10:00:00Z\"}}",
      NULL },
    { "{\"return\":{\"id\":\"r\",\"goods\":\"melted\",\"refund\":\"none\",\"at\":\"2026-11-20T10:00:00Z\"}}", "r" },
    { "{\"key\":{\"id\":\"0000000000000000\",\"public_key\":"
      "\"0000000000000000000000000000000000000000000000000000000000000000\"}}",
      "0000000000000000" },
    { "{\"gone\":{}}", NULL },
    { "{\"policy\":{\"version\":1}}", NULL },
    { "not json", NULL },
    { "[]", NULL },
    { "\"\xff\xfe\"", NULL },
    { "{\"order\":{\"id\":\"\xff\"}}", NULL },
    { deep, NULL },
    { long_line, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
      g_autofree char *text =
          g_strdup_printf ("%s%s\n{\"cursor\":\"c1\"}\n%s{\"end\":\"c2\",\"lines\":3}\n", STAFF, bad[i].line, PRODUCT);
      gboolean good;
      guint64 count;
      g_autoptr (GPtrArray) pages = read_pages (reader, text, strlen (text), 5000, &good);
      GPtrArray *refused = retour_change_reader_get_refused (reader, &count);
      ck_assert_msg (good && pages->len == 2 && count == 1 && refused->len == 1, "case %zu", i);
      ck_assert_uint_eq (count_changes (pages), 2);
      ck_assert (retour_change_reader_is_complete (reader, NULL));
      const RetourRefusedChange *record = refused->pdata[0];
      ck_assert_uint_eq (record->line, 2);
      ck_assert (record->cause != NULL && *record->cause != '\0' && g_utf8_validate (record->cause, -1, NULL));
      if (bad[i].id != NULL)
        ck_assert_msg (g_strcmp0 (record->id, bad[i].id) == 0, "case %zu: %s", i, record->id);
    }
}
END_TEST

START_TEST (a_kind_of_record_of_a_later_version_is_passed_over)
{
  static const char text[] = "{\"loyalty\":{\"id\":\"x\"}}\n" STAFF "{\"end\":\"c\",\"lines\":2,\"more\":true}\n";
  g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
  gboolean good, more;
  guint64 count;
  g_autoptr (GPtrArray) pages = read_pages (reader, text, strlen (text), 7, &good);

  ck_assert (good);
  ck_assert_uint_eq (count_changes (pages), 1);
  retour_change_reader_get_refused (reader, &count);
  ck_assert_uint_eq (count, 0);
  ck_assert (retour_change_reader_is_complete (reader, &more) && more);
  ck_assert (!((RetourChangePage *) pages->pdata[0])->last);
}
END_TEST

START_TEST (what_breaks_the_feeds_own_rules_stops_it)
{
  static const char *const bad[] = {
    STAFF "{\"end\":\"c\",\"lines\":2}\n",
    STAFF "{\"end\":\"c\",\"lines\":0}\n",
    STAFF "{\"end\":\"c\"}\n",
    STAFF "{\"end\":7,\"lines\":1}\n",
    STAFF "{\"cursor\":null}\n",
    STAFF "{\"cursor\":\"\"}\n",
    STAFF "{\"end\":\"c\",\"lines\":1}\n" STAFF,
    STAFF "{\"end\":\"c\",\"lines\":1}\n{\"cursor\":\"d\"}\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
      gboolean good;
      g_autoptr (GPtrArray) pages = read_pages (reader, bad[i], strlen (bad[i]), 11, &good);
      ck_assert_msg (!good, "case %zu", i);
      ck_assert (!retour_change_reader_is_complete (reader, NULL));
      ck_assert (!retour_change_reader_push (reader, STAFF, strlen (STAFF), NULL));
    }
}
END_TEST

START_TEST (a_feed_without_cursors_is_stopped_before_it_fills_the_memory)
{
  g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
  guint lines = 0;

  while (retour_change_reader_push (reader, GONE, strlen (GONE), NULL))
    ck_assert_uint_le (++lines, 2000);
  ck_assert (!retour_change_reader_has_page (reader));
}
END_TEST

START_TEST (refused_records_are_counted_without_end_and_kept_up_to_a_hundred)
{
  g_autoptr (RetourChangeReader) reader = retour_change_reader_new (retour_documents ());
  guint64 count;

  for (int i = 0; i < 1500; i++)
    ck_assert (retour_change_reader_push (reader, "{\"gone\":{}}\n", 12, NULL));
  ck_assert_uint_eq (retour_change_reader_get_refused (reader, &count)->len, 100);
  ck_assert_uint_eq (count, 1500);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("changes");
  TCase *feeds = tcase_create ("feed"), *hostile = tcase_create ("hostile");

  tcase_add_test (feeds, a_feed_becomes_pages_however_it_is_cut);
  tcase_add_test (feeds, changes_carry_what_the_feed_said);
  tcase_add_test (feeds, a_body_cut_at_any_byte_keeps_what_stands_before_its_last_cursor);
  tcase_add_test (feeds, a_kind_of_record_of_a_later_version_is_passed_over);
  suite_add_tcase (suite, feeds);
  tcase_add_test (hostile, a_bad_record_is_left_out_with_its_cause_and_stops_nothing);
  tcase_add_test (hostile, what_breaks_the_feeds_own_rules_stops_it);
  tcase_add_test (hostile, a_feed_without_cursors_is_stopped_before_it_fills_the_memory);
  tcase_add_test (hostile, refused_records_are_counted_without_end_and_kept_up_to_a_hundred);
  suite_add_tcase (suite, hostile);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
