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

/* While the store makes everything wait again, an answer that was on its way marks nothing as accepted: neither before it is
 * done nor after, for it was given before. */
START_TEST (an_answer_asked_for_before_the_offer_does_not_count)
{
  for (gint after = 0; after < 2; after++)
    {
      Rig rig;
      g_autoptr (GPtrArray) due = rig_operations (0, 1);
      rig_init (&rig, 1);
      rig_reach_calm (&rig);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
      guint push = rig_expect (&rig, RETOUR_ACTION_PUSH)->request;
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = "c0" });
      RetourResponse feed = rig_response (RETOUR_VERDICT_OK, rig.now.boot);
      feed.complete = TRUE;
      feed.epoch = "book-1";
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE,
                                     .request = rig_expect (&rig, RETOUR_ACTION_PULL)->request,
                                     .response = &feed });
      rig_expect (&rig, RETOUR_ACTION_RE_OFFER);
      if (after)
        rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RE_OFFERED });
      answer_all (&rig, push, due, after ? "book-1" : NULL);
      ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_SETTLE));
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_feed_without_its_end_is_not_whole)
{
  Rig rig;
  RetourEngineView view;

  rig_init (&rig, 1);
  guint request = rig_begin_pull (&rig, "c0");
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c1") });
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  RetourResponse reply = rig_response (RETOUR_VERDICT_OK, rig.now.boot);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_NOTE));
  retour_engine_view (rig.engine, &view);
  ck_assert (!view.caught_up);
  rig_expect (&rig, RETOUR_ACTION_LOCATE);
  rig_clear (&rig);
}
END_TEST

START_TEST (an_answer_that_says_nothing_is_asked_for_again_after_a_wait)
{
  Rig rig;
  g_autoptr (GPtrArray) due = rig_operations (0, 2);

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  rig_answer (&rig, rig_begin_push (&rig, due), RETOUR_VERDICT_CUT);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_SETTLE));
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SERVER);
  rig_pass (&rig, SECOND);
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  rig_clear (&rig);
}
END_TEST

START_TEST (an_answer_nobody_waits_for_changes_nothing)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  rig_answer (&rig, 4711, RETOUR_VERDICT_UNTRUSTED);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NONE);
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_OPEN);
  rig_clear (&rig);
}
END_TEST

START_TEST (after_a_short_break_or_a_long_sleep_nothing_is_up_to_date_before_the_feed_was_read)
{
  for (gint sleeps = 0; sleeps < 2; sleeps++)
    {
      Rig rig;
      RetourEngineView view;
      rig_init (&rig, 1);
      rig_reach_calm (&rig);
      if (sleeps)
        rig_pass (&rig, 3 * DAY);
      else
        {
          rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
          rig_pass (&rig, 2 * SECOND);
          rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
        }
      retour_engine_view (rig.engine, &view);
      ck_assert (!view.caught_up);
      rig_clear (&rig);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine-answers");
  TCase *answers = tcase_create ("answers");

  tcase_add_test (answers, another_book_is_offered_everything_before_any_answer_counts);
  tcase_add_test (answers, an_answer_already_on_its_way_does_not_end_the_silence);
  tcase_add_test (answers, an_answer_asked_for_before_the_offer_does_not_count);
  tcase_add_test (answers, a_feed_without_its_end_is_not_whole);
  tcase_add_test (answers, an_answer_that_says_nothing_is_asked_for_again_after_a_wait);
  tcase_add_test (answers, an_answer_nobody_waits_for_changes_nothing);
  tcase_add_test (answers, after_trouble_nothing_is_up_to_date_before_the_feed_was_read);
  tcase_add_test (answers, after_a_short_break_or_a_long_sleep_nothing_is_up_to_date_before_the_feed_was_read);
  suite_add_tcase (suite, answers);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
