/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against a table of situations, with a clock of our own: what it asks for, what it waits for, what it believes. */
#include <check.h>
#include <stdlib.h>

#include "engine-rig.h"

START_TEST (nothing_is_sent_before_the_terminal_is_enrolled)
{
  Rig rig;

  rig_init (&rig, 1);
  for (int i = 0; i < 100; i++)
    {
      rig_pass (&rig, 60 * SECOND);
      ck_assert_uint_eq (rig.actions->len, 0);
    }
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
  ck_assert_uint_eq (rig.actions->len, 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (the_first_request_is_a_probe_and_goes_alone)
{
  Rig rig;
  g_autoptr (GPtrArray) due = rig_operations (0, 3);

  rig_init (&rig, 1);
  rig_enrol (&rig);
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_LOCATE));
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
  guint request = rig_expect (&rig, RETOUR_ACTION_PUSH)->request;
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_PROBING);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  rig_pass (&rig, 20 * SECOND);
  ck_assert_uint_eq (rig.actions->len, 0);
  rig_answer (&rig, request, RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_OPEN);
  rig_expect (&rig, RETOUR_ACTION_LOCATE);
  rig_clear (&rig);
}
END_TEST

START_TEST (waits_grow_with_full_jitter_and_stay_in_their_bounds)
{
  gint64 sum = 0;

  for (guint64 seed = 0; seed < 200; seed++)
    {
      Rig rig;
      rig_init (&rig, seed);
      guint request = rig_begin_pull (&rig, NULL);
      for (guint failures = 1; failures <= 12; failures++)
        {
          rig_answer (&rig, request, RETOUR_VERDICT_NETWORK);
          ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NETWORK);
          gint64 wait = rig_expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
          ck_assert_int_gt (wait, 0);
          ck_assert_int_le (wait, MIN (SECOND << (failures - 1), 300 * SECOND));
          if (failures == 12)
            sum += wait;
          rig_pass (&rig, wait - 1);
          ck_assert (rig_find (&rig, RETOUR_ACTION_CLAIM) == NULL && rig_find (&rig, RETOUR_ACTION_LOCATE) == NULL);
          rig_pass (&rig, 1);
          if (rig_find (&rig, RETOUR_ACTION_CLAIM) != NULL)
            rig_claim_nothing (&rig);
          rig_expect (&rig, RETOUR_ACTION_LOCATE);
          rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
          request = rig_expect (&rig, RETOUR_ACTION_PULL)->request;
        }
      rig_clear (&rig);
    }
  /* Even over (0, 300 s]: the mean of 200 draws lies near the middle. */
  ck_assert_int_gt (sum / 200, 120 * SECOND);
  ck_assert_int_lt (sum / 200, 180 * SECOND);
}
END_TEST

START_TEST (one_seed_gives_one_course_and_another_seed_another)
{
  gint64 waits[3];
  const guint64 seeds[] = { 7, 7, 8 };

  for (int i = 0; i < 3; i++)
    {
      Rig rig;
      rig_init (&rig, seeds[i]);
      rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_NETWORK);
      waits[i] = rig_expect (&rig, RETOUR_ACTION_WAKE)->wake_at;
      rig_clear (&rig);
    }
  ck_assert_int_eq (waits[0], waits[1]);
  ck_assert_int_ne (waits[0], waits[2]);
}
END_TEST

START_TEST (a_time_the_oms_named_is_kept_even_when_a_person_asks)
{
  static const struct
  {
    gint64 asked, least, most;
  } cases[] = {
    { 0, 1, 1 + 1 },
    { 30, 30, 38 },
    { 600, 600, 610 },
    { 999999, 3600, 3610 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Rig rig;
      rig_init (&rig, 3);
      RetourResponse reply = rig_response (RETOUR_VERDICT_BUSY, START);
      guint request = rig_begin_pull (&rig, NULL);
      reply.retry_after = cases[i].asked * SECOND;
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
      gint64 wait = rig_expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
      ck_assert_int_ge (wait, cases[i].least * SECOND);
      ck_assert_int_le (wait, cases[i].most * SECOND);
      ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SERVER);
      rig_pass (&rig, wait - 1);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
      ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
      rig_pass (&rig, 1);
      rig_expect (&rig, RETOUR_ACTION_CLAIM);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_kick_ends_a_wait_of_our_own_but_is_no_hammer)
{
  Rig rig;

  rig_init (&rig, 5);
  rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_UNTRUSTED);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_pass (&rig, SECOND);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
  rig_pass (&rig, 4 * SECOND);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_network_that_came_back_is_tried_by_each_terminal_in_its_turn)
{
  static const char *const terminals[] = { "trm_a", "trm_b", "trm_c", "trm_d", "trm_e" };
  g_autoptr (GHashTable) moments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (terminals); i++)
    {
      Rig rig;
      rig_init (&rig, 1);
      rig.terms.terminal = terminals[i];
      rig_reach_calm (&rig);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
      ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NETWORK);
      rig_pass (&rig, 120 * SECOND);
      ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
      gint64 wait = rig_expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
      ck_assert_int_le (wait, 10 * SECOND);
      g_hash_table_add (moments, g_memdup2 (&wait, sizeof wait));
      rig_clear (&rig);
    }
  ck_assert_uint_eq (g_hash_table_size (moments), G_N_ELEMENTS (terminals));
}
END_TEST

START_TEST (a_short_break_ends_at_once)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
  rig_pass (&rig, 20 * SECOND);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  rig_clear (&rig);
}
END_TEST

START_TEST (an_unknown_certificate_is_renewed_once_then_a_person_is_asked)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  guint renewal = rig_expect (&rig, RETOUR_ACTION_RENEW)->request;
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NONE);
  RetourResponse reply = rig_response (RETOUR_VERDICT_OK, START);
  reply.renewed = rig.terms;
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = renewal, .response = &reply });
  rig_claim_nothing (&rig);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
  rig_answer (&rig, rig_expect (&rig, RETOUR_ACTION_PULL)->request, RETOUR_VERDICT_RENEW);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_RENEW));
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_renewal_cut_by_the_network_is_tried_again_before_anything_else)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  rig_answer (&rig, rig_expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_NETWORK);
  gint64 wait = rig_expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
  ck_assert_int_le (wait, SECOND);
  rig_pass (&rig, wait);
  rig_expect (&rig, RETOUR_ACTION_RENEW);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_CLAIM));
  rig_clear (&rig);
}
END_TEST

START_TEST (a_renewal_that_is_refused_asks_for_a_person)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  rig_answer (&rig, rig_expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_RENEW);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_certificate_is_renewed_at_two_thirds_of_its_life)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  rig.now.boot += 50 * DAY - 60 * SECOND;
  rig.now.wall += 50 * DAY - 60 * SECOND;
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_RENEW));
  rig_pass (&rig, 61 * SECOND);
  rig_answer (&rig, rig_expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_RENEW);
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_OPEN);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NONE);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_gone_cursor_starts_again_once_and_then_waits)
{
  Rig rig;

  rig_init (&rig, 1);
  rig_answer (&rig, rig_begin_pull (&rig, "old"), RETOUR_VERDICT_GONE);
  rig_expect (&rig, RETOUR_ACTION_START_AGAIN);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLEARED });
  rig_expect (&rig, RETOUR_ACTION_LOCATE);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
  RetourAction *pull = rig_expect (&rig, RETOUR_ACTION_PULL);
  ck_assert_ptr_null (pull->cursor);
  rig_answer (&rig, pull->request, RETOUR_VERDICT_GONE);
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_START_AGAIN));
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SERVER);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_cursor_that_leads_nowhere_is_given_up)
{
  Rig rig;
  guint request;

  rig_init (&rig, 1);
  request = rig_begin_pull (&rig, "c0");
  for (int i = 0; i < 2; i++)
    {
      rig_answer (&rig, request, RETOUR_VERDICT_CUT);
      ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_SERVER);
      rig_pass (&rig, 300 * SECOND);
      rig_expect (&rig, RETOUR_ACTION_LOCATE);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = "c0" });
      request = rig_expect (&rig, RETOUR_ACTION_PULL)->request;
    }
  rig_answer (&rig, request, RETOUR_VERDICT_CUT);
  rig_expect (&rig, RETOUR_ACTION_START_AGAIN);
  rig_clear (&rig);
}
END_TEST

START_TEST (pages_are_applied_one_after_the_other_and_the_feed_waits)
{
  Rig rig;
  guint request;
  RetourEngineView view;

  rig_init (&rig, 1);
  request = rig_begin_pull (&rig, NULL);
  ck_assert (retour_engine_wants_page (rig.engine, request));
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c1") });
  ck_assert_str_eq (rig_expect (&rig, RETOUR_ACTION_APPLY)->page->cursor, "c1");
  ck_assert (retour_engine_wants_page (rig.engine, request));
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c2") });
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_APPLY));
  ck_assert (!retour_engine_wants_page (rig.engine, request));
  rig_answer (&rig, request, RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig.engine), RETOUR_PULL_APPLYING);
  retour_engine_view (rig.engine, &view);
  ck_assert (!view.caught_up);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  ck_assert_str_eq (rig_expect (&rig, RETOUR_ACTION_APPLY)->page->cursor, "c2");
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  ck_assert (rig_expect (&rig, RETOUR_ACTION_NOTE)->pulled);
  retour_engine_view (rig.engine, &view);
  ck_assert (view.caught_up);
  rig_clear (&rig);
}
END_TEST

START_TEST (after_a_page_that_failed_no_later_page_is_applied)
{
  Rig rig;
  guint request;

  rig_init (&rig, 1);
  request = rig_begin_pull (&rig, "c0");
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c1") });
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c2") });
  rig_step (&rig,
            (RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED, .failed = RETOUR_ACTION_APPLY, .message = "full" });
  ck_assert_uint_eq (rig_expect (&rig, RETOUR_ACTION_CANCEL)->request, request);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_STORAGE);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c3") });
  ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_APPLY));
  rig_answer (&rig, request, RETOUR_VERDICT_CANCELLED);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig.engine), RETOUR_PULL_IDLE);
  rig_pass (&rig, 2 * SECOND);
  rig_expect (&rig, RETOUR_ACTION_LOCATE);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_cut_feed_goes_on_from_the_last_cursor_applied)
{
  Rig rig;
  guint request;

  rig_init (&rig, 1);
  request = rig_begin_pull (&rig, "c0");
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = rig_page ("c1") });
  rig_answer (&rig, request, RETOUR_VERDICT_CUT);
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  rig_expect (&rig, RETOUR_ACTION_LOCATE);
  ck_assert_int_eq (rig_trouble (&rig), RETOUR_TROUBLE_NONE);
  rig_clear (&rig);
}
END_TEST

START_TEST (every_answer_is_settled_and_what_has_none_is_tried_later)
{
  Rig rig;
  g_autoptr (GPtrArray) due = rig_operations (0, 5);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  RetourResponse reply = rig_response (RETOUR_VERDICT_OK, START);

  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  guint request = rig_begin_push (&rig, due);
  g_ptr_array_add (answers, retour_answer_new ("op-002", RETOUR_ANSWER_CONFLICT));
  g_ptr_array_add (answers, retour_answer_new ("op-000", RETOUR_ANSWER_ACCEPTED));
  g_ptr_array_add (answers, retour_answer_new ("op-003", RETOUR_ANSWER_RETRY));
  g_ptr_array_add (answers, retour_answer_new ("op-001", RETOUR_ANSWER_DUPLICATE));
  g_ptr_array_add (answers, retour_answer_new ("op-999", RETOUR_ANSWER_ACCEPTED));
  reply.answers = answers;
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
  GPtrArray *settlements = rig_expect (&rig, RETOUR_ACTION_SETTLE)->settlements;
  ck_assert_uint_eq (settlements->len, 5);
  static const int kinds[] = { RETOUR_ANSWER_ACCEPTED, RETOUR_ANSWER_DUPLICATE, RETOUR_ANSWER_CONFLICT, -1, -1 };
  for (guint i = 0; i < 5; i++)
    {
      const RetourSettlement *settlement = settlements->pdata[i];
      const RetourOperation *operation = due->pdata[i];
      ck_assert_str_eq (settlement->op, operation->op);
      if (kinds[i] >= 0)
        ck_assert_int_eq (settlement->answer->kind, kinds[i]);
      else
        {
          ck_assert_ptr_null (settlement->answer);
          ck_assert_int_gt (settlement->next_at, rig.now.wall);
          ck_assert_ptr_nonnull (settlement->why);
        }
    }
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
  ck_assert (rig_expect (&rig, RETOUR_ACTION_NOTE)->pushed);
  rig_expect (&rig, RETOUR_ACTION_CLAIM);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_lost_answer_leaves_the_operations_due)
{
  static const RetourVerdict verdicts[] = { RETOUR_VERDICT_NETWORK, RETOUR_VERDICT_PORTAL, RETOUR_VERDICT_UNTRUSTED,
                                            RETOUR_VERDICT_FORBIDDEN };

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      Rig rig;
      g_autoptr (GPtrArray) due = rig_operations (0, 3);
      rig_init (&rig, 1);
      rig_reach_calm (&rig);
      rig_answer (&rig, rig_begin_push (&rig, due), verdicts[i]);
      ck_assert_ptr_null (rig_find (&rig, RETOUR_ACTION_SETTLE));
      ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_WAITING);
      rig_pass (&rig, 300 * SECOND);
      rig_expect (&rig, RETOUR_ACTION_CLAIM);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_batch_is_one_mebibyte_at_most)
{
  Rig rig;
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  g_autofree char *padding = g_strnfill (400 * 1024, 'x');
  g_autofree char *body = g_strdup_printf ("{\"note\":\"%s\"}", padding);

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *op = g_strdup_printf ("op-%d", i);
      g_ptr_array_add (due, retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, body));
    }
  rig_init (&rig, 1);
  rig_reach_calm (&rig);
  rig_begin_push (&rig, due);
  ck_assert_uint_eq (rig_expect (&rig, RETOUR_ACTION_PUSH)->operations->len, 2);
  rig_clear (&rig);
}
END_TEST

START_TEST (the_offset_comes_from_the_date_and_the_round_trip)
{
  Rig rig;
  RetourEngineView view;
  RetourResponse reply;

  rig_init (&rig, 1);
  guint request = rig_begin_pull (&rig, NULL);
  reply = rig_response (RETOUR_VERDICT_OK, START);
  reply.complete = TRUE;
  reply.answered = START + 400000;
  rig.now.boot += 5 * SECOND;
  rig.now.wall += 5 * SECOND;
  reply.date = WALL + 90 * SECOND; /* made at START + 0.2 s by our clock, which then said WALL + 0.2 s */
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.clock_offset, 90 * SECOND + SECOND / 2 - 200000);
  ck_assert (!view.clock_wrong);

  /* Somebody sets the wall clock back by an hour: the corrected time goes on. */
  rig.now.wall -= 3600 * SECOND;
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.clock_offset, 3690 * SECOND + SECOND / 2 - 200000);
  rig.now.wall += 40 * DAY;
  rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
  retour_engine_view (rig.engine, &view);
  ck_assert (view.clock_wrong);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_date_outside_the_certificates_life_is_not_believed)
{
  static const gint64 days[] = { 3650, -3650, 82, -12 };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      Rig rig;
      RetourEngineView view;
      rig_init (&rig, 1);
      RetourResponse reply = rig_response (RETOUR_VERDICT_OK, START);
      guint request = rig_begin_pull (&rig, NULL);
      reply.date = WALL + days[i] * DAY;
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
      retour_engine_view (rig.engine, &view);
      ck_assert_int_eq (view.clock_offset, 0);
      rig_clear (&rig);
    }
}
END_TEST

/* Even where no certificate says what is possible. */
START_TEST (an_answer_without_date_teaches_no_time)
{
  Rig rig;
  RetourEngineView view;

  rig_init (&rig, 1);
  rig.terms.valid_from = rig.terms.valid_until = RETOUR_INSTANT_NONE;
  rig_answer (&rig, rig_begin_pull (&rig, NULL), RETOUR_VERDICT_OK);
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.clock_offset, 0);
  ck_assert (!view.clock_wrong);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_clock_before_its_own_certificate_is_wrong)
{
  Rig rig;
  RetourEngineView view;

  rig_init (&rig, 1);
  rig.now.wall = 0;
  rig_enrol (&rig);
  retour_engine_view (rig.engine, &view);
  ck_assert (view.clock_wrong);
  rig_clear (&rig);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine");
  TCase *link = tcase_create ("link"), *push = tcase_create ("push"), *pull = tcase_create ("pull");
  TCase *clock = tcase_create ("clock");

  tcase_add_test (link, nothing_is_sent_before_the_terminal_is_enrolled);
  tcase_add_test (link, the_first_request_is_a_probe_and_goes_alone);
  tcase_add_test (link, waits_grow_with_full_jitter_and_stay_in_their_bounds);
  tcase_add_test (link, one_seed_gives_one_course_and_another_seed_another);
  tcase_add_test (link, a_time_the_oms_named_is_kept_even_when_a_person_asks);
  tcase_add_test (link, a_kick_ends_a_wait_of_our_own_but_is_no_hammer);
  tcase_add_test (link, a_network_that_came_back_is_tried_by_each_terminal_in_its_turn);
  tcase_add_test (link, a_short_break_ends_at_once);
  tcase_add_test (link, an_unknown_certificate_is_renewed_once_then_a_person_is_asked);
  tcase_add_test (link, a_renewal_cut_by_the_network_is_tried_again_before_anything_else);
  tcase_add_test (link, a_renewal_that_is_refused_asks_for_a_person);
  tcase_add_test (link, a_certificate_is_renewed_at_two_thirds_of_its_life);
  suite_add_tcase (suite, link);
  tcase_add_test (pull, a_gone_cursor_starts_again_once_and_then_waits);
  tcase_add_test (pull, a_cursor_that_leads_nowhere_is_given_up);
  tcase_add_test (pull, pages_are_applied_one_after_the_other_and_the_feed_waits);
  tcase_add_test (pull, after_a_page_that_failed_no_later_page_is_applied);
  tcase_add_test (pull, a_cut_feed_goes_on_from_the_last_cursor_applied);
  suite_add_tcase (suite, pull);
  tcase_add_test (push, every_answer_is_settled_and_what_has_none_is_tried_later);
  tcase_add_test (push, a_lost_answer_leaves_the_operations_due);
  tcase_add_test (push, a_batch_is_one_mebibyte_at_most);
  suite_add_tcase (suite, push);
  tcase_add_test (clock, the_offset_comes_from_the_date_and_the_round_trip);
  tcase_add_test (clock, a_date_outside_the_certificates_life_is_not_believed);
  tcase_add_test (clock, an_answer_without_date_teaches_no_time);
  tcase_add_test (clock, a_clock_before_its_own_certificate_is_wrong);
  suite_add_tcase (suite, clock);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
