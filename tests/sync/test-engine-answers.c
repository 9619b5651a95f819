/* SPDX-License-Identifier: Apache-2.0 */
/* Which answers count, and what may be said after them. */
#include <check.h>
#include <stdlib.h>

#include "engine-rig.h"

static void
answer_all (Rig *rig, guint request, GPtrArray *operations, const char *epoch)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  RetourResponse reply = rig_response (RETOUR_VERDICT_OK, rig->now.boot);

  for (guint i = 0; i < operations->len; i++)
    g_ptr_array_add (answers,
                     retour_answer_new (((RetourOperation *) operations->pdata[i])->op, RETOUR_ANSWER_ACCEPTED));
  reply.answers = answers;
  reply.epoch = epoch;
  reply.complete = TRUE;
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
}

/* ENGINEERING.md D.4 #39. The batch that learns of another book does not count, nor does anything until what was accepted
 * waits again; then it is sent once more. */
START_TEST (another_book_is_offered_everything_before_any_answer_counts)
{
  Rig rig;
  g_autoptr (GPtrArray) due = rig_operations (0, 2);

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  answer_all (&rig, rig_begin_push (&rig, due), due, "book-1");
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_SETTLE));
  ck_assert_str_eq (rig_expect (&rig, RETOUR_ACTION_RE_OFFER)->epoch, "book-1");
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RE_OFFERED });
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due, .epoch = "book-1" });
  answer_all (&rig, rig_expect (&rig, RETOUR_ACTION_PUSH)->request, due, "book-1");
  rig_expect (&rig, RETOUR_ACTION_SETTLE);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_RE_OFFER));
  rig_clear (&rig);
}
END_TEST

/* One lane's answer was on its way when the other was asked for silence. */
START_TEST (an_answer_already_on_its_way_does_not_end_the_silence)
{
  static const RetourVerdict verdicts[] = { RETOUR_VERDICT_OK, RETOUR_VERDICT_NETWORK, RETOUR_VERDICT_RENEW };

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      Rig rig;
      g_autoptr (GPtrArray) due = rig_operations (0, 1);
      rig_init (&rig, 1);
      rig_reach_calm (&rig);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
      guint push = rig_expect (&rig, RETOUR_ACTION_PUSH)->request;
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = "c0" });
      guint pull = rig_expect (&rig, RETOUR_ACTION_PULL)->request;
      RetourResponse busy = rig_response (RETOUR_VERDICT_BUSY, rig.now.boot);
      busy.retry_after = 600 * SECOND;
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = push, .response = &busy });
      rig_answer (&rig, pull, verdicts[i]);
      for (guint minute = 0; minute < 10; minute++)
        {
          ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
          ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_LOCATE));
          ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_RENEW));
          rig_pass (&rig, 59 * SECOND);
        }
      rig_pass (&rig, 30 * SECOND);
      ck_assert (rig_find (&rig, RETOUR_ACTION_CLAIM) != NULL || rig_find (&rig, RETOUR_ACTION_RENEW) != NULL);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (after_trouble_nothing_is_up_to_date_before_the_feed_was_read)
{
  Rig rig;
  g_autoptr (GPtrArray) due = rig_operations (0, 1);
  RetourEngineView view;

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  retour_engine_view (rig.engine, &view);
  ck_assert (view.caught_up);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
  rig_pass (&rig, 600 * SECOND);
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
  answer_all (&rig, rig_expect (&rig, RETOUR_ACTION_PUSH)->request, due, NULL);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.trouble, RETOUR_TROUBLE_NONE);
  ck_assert (!view.caught_up);
  rig_clear (&rig);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine-answers");
  TCase *answers = tcase_create ("answers");

  tcase_add_test (answers, another_book_is_offered_everything_before_any_answer_counts);
  tcase_add_test (answers, an_answer_already_on_its_way_does_not_end_the_silence);
  tcase_add_test (answers, after_trouble_nothing_is_up_to_date_before_the_feed_was_read);
  suite_add_tcase (suite, answers);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
