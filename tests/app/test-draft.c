/* SPDX-License-Identifier: Apache-2.0 */
/* The gestures that build a draft, and the way back from each. */
#include "draft.h"

#include <check.h>
#include <stdlib.h>

static RetourDraftEntry *
entry (const RetourDraft *draft, guint index)
{
  ck_assert_uint_lt (index, draft->entries->len);
  return draft->entries->pdata[index];
}

START_TEST (a_second_scan_adds_a_unit_up_to_what_can_come_back)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  guint index = 9;
  ck_assert (retour_draft_add_unit (draft, "l1", 2, &index) && index == 0);
  ck_assert (retour_draft_add_unit (draft, "l1", 2, &index) && index == 0);
  ck_assert_int_eq (entry (draft, 0)->quantity, 2);
  ck_assert (!retour_draft_add_unit (draft, "l1", 2, &index));
  ck_assert (retour_draft_add_unit (draft, "l2", 1, NULL));
  ck_assert_int_eq (retour_draft_units (draft), 3);
  ck_assert_int_eq (retour_draft_line_units (draft, "l1"), 2);
}
END_TEST

START_TEST (a_unit_of_an_entry_that_is_done_starts_another)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  guint index;
  ck_assert (retour_draft_add_unit (draft, "l1", 3, NULL));
  retour_draft_set_reason (draft, 0, "size");
  ck_assert (retour_draft_add_unit (draft, "l1", 3, &index) && index == 1);
  ck_assert_int_eq (retour_draft_line_units (draft, "l1"), 2);
}
END_TEST

START_TEST (a_quantity_stays_within_what_the_line_has)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  ck_assert (retour_draft_add_unit (draft, "l1", 5, NULL));
  retour_draft_set_reason (draft, 0, "size");
  ck_assert (retour_draft_add_unit (draft, "l1", 5, NULL));
  ck_assert (retour_draft_set_quantity (draft, 0, 4, 5));
  ck_assert (!retour_draft_set_quantity (draft, 0, 5, 5));
  ck_assert (!retour_draft_set_quantity (draft, 0, 0, 5));
  ck_assert (!retour_draft_set_quantity (draft, 0, -1, 5));
  ck_assert (!retour_draft_set_quantity (draft, 0, G_MAXINT64, 5));
  ck_assert_int_eq (entry (draft, 0)->quantity, 4);
}
END_TEST

START_TEST (a_draft_is_complete_with_reason_and_condition_everywhere)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  ck_assert (!retour_draft_is_complete (draft));
  ck_assert (retour_draft_add_unit (draft, "l1", 1, NULL));
  retour_draft_set_reason (draft, 0, "size");
  ck_assert (!retour_draft_is_complete (draft));
  retour_draft_set_condition (draft, 0, "new");
  ck_assert (retour_draft_is_complete (draft));
  ck_assert (retour_draft_add_unit (draft, "l2", 1, NULL));
  ck_assert (!retour_draft_is_complete (draft));
  retour_draft_remove_entry (draft, 1);
  ck_assert (retour_draft_is_complete (draft));
  retour_draft_set_condition (draft, 0, "");
  ck_assert (!retour_draft_is_complete (draft));
}
END_TEST

START_TEST (an_exchange_is_copied_and_taken_back)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  ck_assert (retour_draft_add_unit (draft, "l1", 1, NULL));
  RetourExchangedItem item = { .sku = (char *) "ROBE-L", .product = (char *) "ROBE", .unit_price = 6990 };
  retour_draft_set_exchange (draft, 0, &item);
  ck_assert_ptr_ne (entry (draft, 0)->exchange, &item);
  ck_assert_str_eq (entry (draft, 0)->exchange->sku, "ROBE-L");
  retour_draft_set_exchange (draft, 0, entry (draft, 0)->exchange);
  ck_assert_int_eq (entry (draft, 0)->exchange->unit_price, 6990);
  retour_draft_set_exchange (draft, 0, NULL);
  ck_assert_ptr_null (entry (draft, 0)->exchange);
  retour_draft_set_disposition (draft, 0, "restock");
  retour_draft_set_note (draft, 0, "seam open");
  retour_draft_set_note (draft, 0, entry (draft, 0)->note);
  ck_assert_str_eq (entry (draft, 0)->note, "seam open");
  ck_assert_str_eq (entry (draft, 0)->disposition, "restock");
}
END_TEST

START_TEST (the_last_twenty_gestures_can_be_undone)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_autoptr (RetourDraftHistory) history = retour_draft_history_new ();
  ck_assert_ptr_null (retour_draft_history_pop (history));
  for (int i = 0; i < 25; i++)
    {
      retour_draft_history_push (history, draft);
      ck_assert (retour_draft_add_unit (draft, "l1", 100, NULL));
    }
  for (int i = 24; i >= 5; i--)
    {
      g_autoptr (RetourDraft) before = retour_draft_history_pop (history);
      ck_assert_int_eq (retour_draft_units (before), i);
    }
  ck_assert_ptr_null (retour_draft_history_pop (history));
}
END_TEST

START_TEST (a_copy_is_its_own)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  ck_assert (retour_draft_add_unit (draft, "l1", 1, NULL));
  g_ptr_array_add (draft->approvals, retour_approval_new ("window", "s2", "late"));
  draft->staff = g_strdup ("s1");
  RetourDraft *copy = retour_draft_copy (draft);
  retour_draft_set_reason (draft, 0, "size");
  g_ptr_array_set_size (draft->approvals, 0);
  ck_assert_ptr_null (entry (copy, 0)->reason);
  ck_assert_str_eq (((RetourApproval *) copy->approvals->pdata[0])->motive, "late");
  ck_assert_str_eq (copy->staff, "s1");
  retour_draft_free (copy);
}
END_TEST

START_TEST (units_beyond_any_number_do_not_wrap)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", G_MAXINT64));
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", G_MAXINT64));
  ck_assert (retour_draft_units (draft) == G_MAXINT64);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("draft");
  TCase *tcase = tcase_create ("draft");
  tcase_add_test (tcase, a_second_scan_adds_a_unit_up_to_what_can_come_back);
  tcase_add_test (tcase, a_unit_of_an_entry_that_is_done_starts_another);
  tcase_add_test (tcase, a_quantity_stays_within_what_the_line_has);
  tcase_add_test (tcase, a_draft_is_complete_with_reason_and_condition_everywhere);
  tcase_add_test (tcase, an_exchange_is_copied_and_taken_back);
  tcase_add_test (tcase, the_last_twenty_gestures_can_be_undone);
  tcase_add_test (tcase, a_copy_is_its_own);
  tcase_add_test (tcase, units_beyond_any_number_do_not_wrap);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
