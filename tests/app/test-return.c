/* SPDX-License-Identifier: Apache-2.0 */
/* Each pair of states of each axis: what may become what, and nothing else. */
#include "oms.h"
#include "return.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* One row a state, in the order of the enum: "state: what it may become". */
static const char *const goods[RETOUR_N_GOODS_STATES] = {
  "draft: declared cancelled expired",
  "declared: received cancelled expired",
  "received: inspected cancelled",
  "inspected: accepted partly_accepted refused cancelled",
  "accepted: closed cancelled",
  "partly_accepted: closed cancelled",
  "refused: closed",
  "closed:",
  "cancelled:",
  "expired:",
};

static const char *const refunds[RETOUR_N_REFUND_STATES] = {
  "none: promised requested",
  "promised: requested pending settled failed",
  "requested: pending settled failed",
  "pending: settled failed",
  "settled:",
  "failed: re_tendered",
  "re_tendered: requested pending settled failed",
};

static const char *const syncs[RETOUR_N_SYNC_STATES] = {
  "local: sent",
  "sent: local acknowledged quarantined",
  "acknowledged: local",
  "quarantined: local sent acknowledged",
};

static gboolean
allows (const char *row, const char *code)
{
  g_auto (GStrv) words = g_strsplit (row, " ", 0);
  return g_strv_contains ((const char *const *) words + 1, code);
}

static void
check_code (const char *row, const char *code)
{
  g_autofree char *prefix = g_strconcat (code, ":", NULL);
  ck_assert_msg (g_str_has_prefix (row, prefix), "%s is not the row of %s", row, code);
}

START_TEST (goods_move_only_as_the_table_says)
{
  for (guint from = 0; from < RETOUR_N_GOODS_STATES; from++)
    {
      check_code (goods[from], retour_goods_state_code (from));
      for (guint to = 0; to < RETOUR_N_GOODS_STATES; to++)
        ck_assert_msg (retour_goods_state_may_become (from, to) == allows (goods[from], retour_goods_state_code (to)),
                       "%s to %s", retour_goods_state_code (from), retour_goods_state_code (to));
    }
}
END_TEST

START_TEST (refunds_move_only_as_the_table_says)
{
  for (guint from = 0; from < RETOUR_N_REFUND_STATES; from++)
    {
      check_code (refunds[from], retour_refund_state_code (from));
      for (guint to = 0; to < RETOUR_N_REFUND_STATES; to++)
        ck_assert_msg (retour_refund_state_may_become (from, to)
                           == allows (refunds[from], retour_refund_state_code (to)),
                       "%s to %s", retour_refund_state_code (from), retour_refund_state_code (to));
    }
}
END_TEST

START_TEST (sync_moves_only_as_the_table_says)
{
  for (guint from = 0; from < RETOUR_N_SYNC_STATES; from++)
    {
      check_code (syncs[from], retour_sync_state_code (from));
      for (guint to = 0; to < RETOUR_N_SYNC_STATES; to++)
        ck_assert_msg (retour_sync_state_may_become (from, to) == allows (syncs[from], retour_sync_state_code (to)),
                       "%s to %s", retour_sync_state_code (from), retour_sync_state_code (to));
    }
}
END_TEST

START_TEST (every_code_is_read_back_and_no_other)
{
  RetourGoodsState goods_state;
  for (guint i = 0; i < RETOUR_N_GOODS_STATES; i++)
    ck_assert (retour_goods_state_parse (retour_goods_state_code (i), &goods_state) && goods_state == i);
  RetourRefundState refund_state;
  for (guint i = 0; i < RETOUR_N_REFUND_STATES; i++)
    ck_assert (retour_refund_state_parse (retour_refund_state_code (i), &refund_state) && refund_state == i);
  RetourSyncState sync_state;
  for (guint i = 0; i < RETOUR_N_SYNC_STATES; i++)
    ck_assert (retour_sync_state_parse (retour_sync_state_code (i), &sync_state) && sync_state == i);
  RetourOperationKind operation;
  for (guint i = 0; i <= RETOUR_OPERATION_APPROVAL_DECIDE; i++)
    ck_assert (retour_operation_kind_parse (retour_operation_kind_code (i), &operation) && operation == i);
  RetourAnswerKind answer;
  for (guint i = 0; i <= RETOUR_ANSWER_UNSUPPORTED; i++)
    ck_assert (retour_answer_kind_parse (retour_answer_kind_code (i), &answer) && answer == i);

  goods_state = RETOUR_GOODS_CLOSED;
  ck_assert (!retour_goods_state_parse ("refunded", &goods_state) && !retour_goods_state_parse (NULL, &goods_state));
  ck_assert_int_eq (goods_state, RETOUR_GOODS_CLOSED);
  ck_assert (!retour_refund_state_parse ("", &refund_state) && !retour_refund_state_parse (NULL, &refund_state));
  ck_assert (!retour_sync_state_parse ("SENT", &sync_state) && !retour_sync_state_parse (NULL, &sync_state));
  ck_assert (!retour_operation_kind_parse ("return", &operation) && !retour_answer_kind_parse (NULL, &answer));
}
END_TEST

START_TEST (a_return_is_copied_whole)
{
  RetourReturn *self = retour_return_new ("id", "R0214A-00381-7");
  g_ptr_array_add (self->lines, retour_return_line_new ("l1", 2));
  g_ptr_array_add (self->lines, retour_return_line_new ("l2", G_MAXINT64));
  g_ptr_array_add (self->tenders, retour_return_tender_new ("p", "card", NULL, 5));
  g_ptr_array_add (self->breakdown, retour_breakdown_new (RETOUR_BREAKDOWN_GOODS, 5));
  g_ptr_array_add (self->taxes, g_new0 (RetourTax, 1));
  g_ptr_array_add (self->approvals, retour_approval_new ("window", "s2", NULL));
  self->problem = g_strdup ("taken meanwhile");
  g_autoptr (RetourReturn) copy = retour_return_copy (self);
  retour_return_free (self);
  ck_assert_str_eq (copy->number, "R0214A-00381-7");
  ck_assert_str_eq (copy->problem, "taken meanwhile");
  ck_assert_str_eq (((RetourReturnTender *) copy->tenders->pdata[0])->method, "card");
  ck_assert_uint_eq (copy->breakdown->len + copy->taxes->len + copy->approvals->len, 3);
  ck_assert (retour_return_units (copy) == G_MAXINT64);
}
END_TEST

START_TEST (an_operation_carries_the_hash_of_its_body)
{
  g_autoptr (RetourOperation) operation = retour_operation_new ("op", RETOUR_OPERATION_RETURN_RECORD, "abc");
  /* BLAKE2b-256 of "abc". */
  ck_assert_str_eq (operation->body_hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  g_autoptr (RetourOperation) copy = retour_operation_copy (operation);
  ck_assert_str_eq (copy->body, "abc");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("return");
  TCase *tcase = tcase_create ("return");
  tcase_add_test (tcase, goods_move_only_as_the_table_says);
  tcase_add_test (tcase, refunds_move_only_as_the_table_says);
  tcase_add_test (tcase, sync_moves_only_as_the_table_says);
  tcase_add_test (tcase, every_code_is_read_back_and_no_other);
  tcase_add_test (tcase, a_return_is_copied_whole);
  tcase_add_test (tcase, an_operation_carries_the_hash_of_its_body);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
