/* SPDX-License-Identifier: Apache-2.0 */
/* The journal's promise: nothing in it changes, goes, comes or moves unseen. */
#include "audit.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define RECORDS 5

static GPtrArray *
make_chain (void)
{
  static const char *const actors[RECORDS] = { "stf_12", NULL, "stf_3", "", "stf_12" };
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_audit_record_free);

  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"n\":%u}", i);
      RetourAuditRecord *record = retour_audit_record_new ("return.recorded", actors[i], i == 2 ? NULL : "ret_1",
                                                           (gint64) i * RETOUR_SECOND - 1, i == 3 ? NULL : body);
      retour_audit_chain (record, i > 0 ? records->pdata[i - 1] : NULL);
      g_ptr_array_add (records, record);
    }
  return records;
}

static const guint8 *
head_of (const GPtrArray *records)
{
  const RetourAuditRecord *last = records->pdata[records->len - 1];

  return last->hash;
}

START_TEST (an_untouched_chain_is_right)
{
  g_autoptr (GPtrArray) records = make_chain ();
  const RetourAuditRecord *first = records->pdata[0];
  static const guint8 zeros[RETOUR_AUDIT_HASH_BYTES] = { 0 };

  ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), -1);
  ck_assert_int_eq (retour_audit_verify (records, NULL, head_of (records)), -1);
  ck_assert_uint_eq (first->seq, 1);
  ck_assert_mem_eq (first->previous_hash, zeros, sizeof zeros);
}
END_TEST

START_TEST (a_part_is_checked_against_what_came_before)
{
  g_autoptr (GPtrArray) records = make_chain ();
  g_autoptr (RetourAuditRecord) first = g_ptr_array_steal_index (records, 0);

  ck_assert_int_eq (retour_audit_verify (records, first, head_of (records)), -1);
  ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), 0);
}
END_TEST

START_TEST (an_empty_chain_has_only_the_head_before_it)
{
  g_autoptr (GPtrArray) records = make_chain ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const RetourAuditRecord *last = records->pdata[RECORDS - 1];

  ck_assert_int_eq (retour_audit_verify (none, NULL, NULL), -1);
  ck_assert_int_eq (retour_audit_verify (none, last, last->hash), -1);
  ck_assert_int_eq (retour_audit_verify (none, NULL, last->hash), 0);
}
END_TEST

START_TEST (every_changed_byte_is_seen)
{
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autoptr (GPtrArray) records = make_chain ();
      RetourAuditRecord *record = records->pdata[i];
      char *texts[] = { record->kind, record->actor, record->subject, record->body };
      for (guint bit = 0; bit < 8 * RETOUR_AUDIT_HASH_BYTES; bit++)
        {
          record->hash[bit / 8] ^= (guint8) (1 << bit % 8);
          ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
          record->hash[bit / 8] ^= (guint8) (1 << bit % 8);
          record->previous_hash[bit / 8] ^= (guint8) (1 << bit % 8);
          ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
          record->previous_hash[bit / 8] ^= (guint8) (1 << bit % 8);
        }
      for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
        for (gsize at = 0; texts[t] != NULL && at < strlen (texts[t]); at++)
          {
            texts[t][at] ^= 1;
            ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
            texts[t][at] ^= 1;
          }
      for (guint bit = 0; bit < 64; bit++)
        {
          record->at ^= (gint64) (G_GUINT64_CONSTANT (1) << bit);
          ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
          record->at ^= (gint64) (G_GUINT64_CONSTANT (1) << bit);
          record->seq ^= G_GUINT64_CONSTANT (1) << bit;
          ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
          record->seq ^= G_GUINT64_CONSTANT (1) << bit;
        }
      ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), -1);
    }
}
END_TEST

START_TEST (a_record_hashed_anew_is_seen_by_the_next)
{
  for (guint i = 0; i + 1 < RECORDS; i++)
    {
      g_autoptr (GPtrArray) records = make_chain ();
      RetourAuditRecord *record = records->pdata[i];
      record->at++;
      retour_audit_hash (record, record->hash);
      ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i + 1);
    }
}
END_TEST

START_TEST (text_that_moves_from_one_member_to_the_next_is_seen)
{
  g_autoptr (RetourAuditRecord) one = retour_audit_record_new ("ab", "c", "", 0, "");
  g_autoptr (RetourAuditRecord) two = retour_audit_record_new ("a", "bc", "", 0, "");
  g_autoptr (RetourAuditRecord) three = retour_audit_record_new ("ab", "c", NULL, 0, "");
  guint8 hashes[3][RETOUR_AUDIT_HASH_BYTES];

  retour_audit_hash (one, hashes[0]);
  retour_audit_hash (two, hashes[1]);
  retour_audit_hash (three, hashes[2]);
  ck_assert_mem_ne (hashes[0], hashes[1], RETOUR_AUDIT_HASH_BYTES);
  ck_assert_mem_ne (hashes[0], hashes[2], RETOUR_AUDIT_HASH_BYTES);
}
END_TEST

START_TEST (a_dropped_record_is_seen)
{
  for (guint i = 0; i + 1 < RECORDS; i++)
    {
      g_autoptr (GPtrArray) records = make_chain ();
      g_ptr_array_remove_index (records, i);
      ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
    }
}
END_TEST

START_TEST (a_dropped_tail_is_seen_against_the_known_head)
{
  for (guint kept = 0; kept < RECORDS; kept++)
    {
      g_autoptr (GPtrArray) records = make_chain ();
      guint8 head[RETOUR_AUDIT_HASH_BYTES];
      memcpy (head, head_of (records), sizeof head);
      g_ptr_array_set_size (records, (int) kept);
      ck_assert_int_eq (retour_audit_verify (records, NULL, head), kept);
    }
}
END_TEST

START_TEST (moved_and_repeated_records_are_seen)
{
  for (guint i = 0; i < RECORDS; i++)
    for (guint j = i + 1; j < RECORDS; j++)
      {
        g_autoptr (GPtrArray) records = make_chain ();
        gpointer moved = records->pdata[i];
        records->pdata[i] = records->pdata[j];
        records->pdata[j] = moved;
        ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i);
      }
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autoptr (GPtrArray) records = make_chain ();
      g_ptr_array_insert (records, (int) i, retour_audit_record_copy (records->pdata[i]));
      ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), i + 1);
    }
}
END_TEST

START_TEST (a_chain_written_anew_does_not_end_in_the_known_head)
{
  g_autoptr (GPtrArray) records = make_chain ();
  guint8 head[RETOUR_AUDIT_HASH_BYTES];

  memcpy (head, head_of (records), sizeof head);
  RetourAuditRecord *changed = records->pdata[2];
  g_free (changed->actor);
  changed->actor = g_strdup ("stf_99");
  for (guint i = 2; i < RECORDS; i++)
    retour_audit_chain (records->pdata[i], records->pdata[i - 1]);
  ck_assert_int_eq (retour_audit_verify (records, NULL, NULL), -1);
  ck_assert_int_eq (retour_audit_verify (records, NULL, head), RECORDS);
}
END_TEST

START_TEST (the_hash_is_the_documented_one)
{
  /* Computed apart: BLAKE2b-256 of 32 zeros, 1, "a" with its length, absent, absent, 2, "" with its length. */
  static const char expected[] = "bcfa2dde89b48322e600d68292214d0f352603c46f1e54765d0542dbd805d516";
  g_autoptr (RetourAuditRecord) record = retour_audit_record_new ("a", NULL, NULL, 2, NULL);
  g_autoptr (GString) hex = g_string_new (NULL);

  retour_audit_chain (record, NULL);
  for (guint i = 0; i < RETOUR_AUDIT_HASH_BYTES; i++)
    g_string_append_printf (hex, "%02x", record->hash[i]);
  ck_assert_str_eq (hex->str, expected);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("audit");
  TCase *chain = tcase_create ("chain");

  tcase_add_test (chain, an_untouched_chain_is_right);
  tcase_add_test (chain, a_part_is_checked_against_what_came_before);
  tcase_add_test (chain, an_empty_chain_has_only_the_head_before_it);
  tcase_add_test (chain, every_changed_byte_is_seen);
  tcase_add_test (chain, a_record_hashed_anew_is_seen_by_the_next);
  tcase_add_test (chain, text_that_moves_from_one_member_to_the_next_is_seen);
  tcase_add_test (chain, a_dropped_record_is_seen);
  tcase_add_test (chain, a_dropped_tail_is_seen_against_the_known_head);
  tcase_add_test (chain, moved_and_repeated_records_are_seen);
  tcase_add_test (chain, a_chain_written_anew_does_not_end_in_the_known_head);
  tcase_add_test (chain, the_hash_is_the_documented_one);
  suite_add_tcase (suite, chain);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
