/* SPDX-License-Identifier: Apache-2.0 */
/* A policy's modes and look-ups. Which rules they make fire is in test-rules. */
#include "policy.h"

#include <check.h>
#include <stdlib.h>

static const struct
{
  const char *written;
  gboolean unknown;
  RetourDecision decision;
} modes[] = {
  { "allow", FALSE, RETOUR_DECISION_ACCEPT },
  { "authorise", FALSE, RETOUR_DECISION_ACCEPT_IF_APPROVED },
  { "override", FALSE, RETOUR_DECISION_REFUSE_UNLESS_APPROVED },
  { "forbid", FALSE, RETOUR_DECISION_REFUSE },
  { "Allow", TRUE, RETOUR_DECISION_ACCEPT_IF_APPROVED },
  { "", TRUE, RETOUR_DECISION_ACCEPT_IF_APPROVED },
};

START_TEST (a_mode_is_one_of_the_four_decisions_or_asks_a_manager)
{
  RetourMode mode = retour_mode_parse (modes[_i].written);
  ck_assert (mode.present);
  ck_assert_int_eq (mode.unknown, modes[_i].unknown);
  ck_assert_int_eq (mode.decision, modes[_i].decision);
  ck_assert_str_eq (mode.written, modes[_i].written);
  retour_mode_clear (&mode);
  ck_assert (!mode.present);
}
END_TEST

START_TEST (no_mode_is_absent)
{
  RetourMode mode = retour_mode_parse (NULL);
  ck_assert (!mode.present && mode.written == NULL);
}
END_TEST

START_TEST (decisions_are_worse_the_later_they_stand)
{
  ck_assert_str_eq (retour_decision_code (RETOUR_DECISION_ACCEPT), "accept");
  ck_assert_str_eq (retour_decision_code (RETOUR_DECISION_ACCEPT_IF_APPROVED), "accept_if_approved");
  ck_assert_str_eq (retour_decision_code (RETOUR_DECISION_REFUSE_UNLESS_APPROVED), "refuse_unless_approved");
  ck_assert_str_eq (retour_decision_code (RETOUR_DECISION_REFUSE), "refuse");
  ck_assert (RETOUR_DECISION_ACCEPT < RETOUR_DECISION_ACCEPT_IF_APPROVED);
  ck_assert (RETOUR_DECISION_ACCEPT_IF_APPROVED < RETOUR_DECISION_REFUSE_UNLESS_APPROVED);
  ck_assert (RETOUR_DECISION_REFUSE_UNLESS_APPROVED < RETOUR_DECISION_REFUSE);
}
END_TEST

START_TEST (codes_are_looked_up)
{
  g_autoptr (RetourPolicy) policy = retour_policy_new ();
  gint64 fee = 390;
  g_ptr_array_add (policy->conditions, retour_condition_new ("worn"));
  g_ptr_array_add (policy->reasons, retour_reason_new ("size"));
  g_hash_table_insert (policy->fees, g_strdup ("mailbox"), g_memdup2 (&fee, sizeof fee));
  ck_assert_int_eq (retour_policy_find_condition (policy, "worn")->percent, 100);
  ck_assert_ptr_null (retour_policy_find_condition (policy, "new"));
  ck_assert_ptr_null (retour_policy_find_condition (policy, NULL));
  ck_assert_str_eq (retour_policy_find_reason (policy, "size")->code, "size");
  ck_assert_ptr_null (retour_policy_find_reason (policy, "worn"));
  ck_assert_int_eq (retour_policy_fee (policy, "mailbox"), 390);
  ck_assert_int_eq (retour_policy_fee (policy, "desk"), 0);
  ck_assert_int_eq (retour_policy_fee (policy, NULL), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("policy");
  TCase *tcase = tcase_create ("policy");
  tcase_add_loop_test (tcase, a_mode_is_one_of_the_four_decisions_or_asks_a_manager, 0, G_N_ELEMENTS (modes));
  tcase_add_test (tcase, no_mode_is_absent);
  tcase_add_test (tcase, decisions_are_worse_the_later_they_stand);
  tcase_add_test (tcase, codes_are_looked_up);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
