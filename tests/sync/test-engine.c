/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against a table of situations, with a clock of our own: what it asks for, what it waits for, what it believes. */
#include <check.h>
#include <stdlib.h>

#include "backoff.h"
#include "engine.h"

#define SECOND RETOUR_SECOND
#define DAY (86400 * SECOND)
#define START (1000 * SECOND)
#define WALL (1700000000 * SECOND)

typedef struct
{
  RetourEngine *engine;
  RetourMoment now;
  GPtrArray *actions; /* RetourAction of the last event, reports left out */
  RetourEngineTerms terms;
} Rig;

static void
step (Rig *rig, RetourEvent event)
{
  RetourAction *action;

  event.now = rig->now;
  g_ptr_array_set_size (rig->actions, 0);
  retour_engine_handle (rig->engine, &event);
  while ((action = retour_engine_next_action (rig->engine)) != NULL)
    if (action->kind == RETOUR_ACTION_REPORT)
      retour_action_free (action);
    else
      g_ptr_array_add (rig->actions, action);
}

static void
rig_init (Rig *rig, guint64 seed)
{
  const RetourEngineOptions options = { .seed = seed, .poll_interval = 15 * SECOND };

  rig->now = (RetourMoment){ .boot = START, .wall = WALL };
  rig->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_action_free);
  rig->engine = retour_engine_new (&options, rig->now);
  rig->terms = (RetourEngineTerms){
    .valid_from = WALL - 10 * DAY, .valid_until = WALL + 80 * DAY, .renew_at = WALL + 50 * DAY, .terminal = "trm_a"
  };
}

static void
rig_clear (Rig *rig)
{
  retour_engine_free (rig->engine);
  g_ptr_array_unref (rig->actions);
}

static RetourAction *
find (Rig *rig, RetourActionKind kind)
{
  for (guint i = 0; i < rig->actions->len; i++)
    if (((RetourAction *) rig->actions->pdata[i])->kind == kind)
      return rig->actions->pdata[i];
  return NULL;
}

static RetourAction *
expect (Rig *rig, RetourActionKind kind)
{
  RetourAction *action = find (rig, kind);

  ck_assert_msg (action != NULL, "action %d was not asked for", kind);
  return action;
}

static void
pass (Rig *rig, gint64 microseconds)
{
  rig->now.boot += microseconds;
  rig->now.wall += microseconds;
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
}

static void
enrol (Rig *rig)
{
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &rig->terms });
}

static RetourResponse
response (RetourVerdict verdict, gint64 boot)
{
  return (RetourResponse){ .verdict = verdict,
                           .retry_after = -1,
                           .date = RETOUR_INSTANT_NONE,
                           .sent = boot,
                           .answered = boot,
                           .message = "as told" };
}

static void
answer (Rig *rig, guint request, RetourVerdict verdict)
{
  RetourResponse reply = response (verdict, rig->now.boot);

  reply.complete = verdict == RETOUR_VERDICT_OK;
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
}

static void
claim_nothing (Rig *rig)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = none });
}

static GPtrArray *
operations (guint first, guint count)
{
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);

  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *op = g_strdup_printf ("op-%03u", i);
      g_ptr_array_add (result, retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, "{}"));
    }
  return result;
}

/* Enrols with an empty outbox and brings the pull out; its request. */
static guint
begin_pull (Rig *rig, const char *cursor)
{
  enrol (rig);
  expect (rig, RETOUR_ACTION_CLAIM);
  claim_nothing (rig);
  expect (rig, RETOUR_ACTION_LOCATE);
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = cursor });
  return expect (rig, RETOUR_ACTION_PULL)->request;
}

static void
reach_calm (Rig *rig)
{
  answer (rig, begin_pull (rig, "c0"), RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_link_stage (rig->engine), RETOUR_LINK_OPEN);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig->engine), RETOUR_PULL_IDLE);
}

/* From calm: a kick, and these operations are out; the request. */
static guint
begin_push (Rig *rig, GPtrArray *due)
{
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  expect (rig, RETOUR_ACTION_CLAIM);
  if (find (rig, RETOUR_ACTION_LOCATE) != NULL)
    step (rig, (RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED, .failed = RETOUR_ACTION_LOCATE, .message = "away" });
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
  return expect (rig, RETOUR_ACTION_PUSH)->request;
}

static RetourTrouble
trouble (Rig *rig)
{
  RetourEngineView view;

  retour_engine_view (rig->engine, &view);
  return view.trouble;
}

static RetourChangePage *
page (const char *cursor)
{
  RetourChangePage *result = retour_change_page_new ();

  result->cursor = g_strdup (cursor);
  return result;
}

START_TEST (nothing_is_sent_before_the_terminal_is_enrolled)
{
  Rig rig;

  rig_init (&rig, 1);
  for (int i = 0; i < 100; i++)
    {
      pass (&rig, 60 * SECOND);
      ck_assert_uint_eq (rig.actions->len, 0);
    }
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
  ck_assert_uint_eq (rig.actions->len, 0);
  rig_clear (&rig);
}
END_TEST

START_TEST (the_first_request_is_a_probe_and_goes_alone)
{
  Rig rig;
  g_autoptr (GPtrArray) due = operations (0, 3);

  rig_init (&rig, 1);
  enrol (&rig);
  expect (&rig, RETOUR_ACTION_CLAIM);
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_LOCATE));
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
  guint request = expect (&rig, RETOUR_ACTION_PUSH)->request;
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_PROBING);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  pass (&rig, 20 * SECOND);
  ck_assert_uint_eq (rig.actions->len, 0);
  answer (&rig, request, RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_OPEN);
  expect (&rig, RETOUR_ACTION_LOCATE);
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
      guint request = begin_pull (&rig, NULL);
      for (guint failures = 1; failures <= 12; failures++)
        {
          answer (&rig, request, RETOUR_VERDICT_NETWORK);
          ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_NETWORK);
          gint64 wait = expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
          ck_assert_int_gt (wait, 0);
          ck_assert_int_le (wait, MIN (SECOND << (failures - 1), 300 * SECOND));
          if (failures == 12)
            sum += wait;
          pass (&rig, wait - 1);
          ck_assert (find (&rig, RETOUR_ACTION_CLAIM) == NULL && find (&rig, RETOUR_ACTION_LOCATE) == NULL);
          pass (&rig, 1);
          if (find (&rig, RETOUR_ACTION_CLAIM) != NULL)
            claim_nothing (&rig);
          expect (&rig, RETOUR_ACTION_LOCATE);
          step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
          request = expect (&rig, RETOUR_ACTION_PULL)->request;
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
      answer (&rig, begin_pull (&rig, NULL), RETOUR_VERDICT_NETWORK);
      waits[i] = expect (&rig, RETOUR_ACTION_WAKE)->wake_at;
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
      RetourResponse reply = response (RETOUR_VERDICT_BUSY, START);
      guint request = begin_pull (&rig, NULL);
      reply.retry_after = cases[i].asked * SECOND;
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
      gint64 wait = expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
      ck_assert_int_ge (wait, cases[i].least * SECOND);
      ck_assert_int_le (wait, cases[i].most * SECOND);
      ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SERVER);
      pass (&rig, wait - 1);
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
      ck_assert_ptr_null (find (&rig, RETOUR_ACTION_CLAIM));
      pass (&rig, 1);
      expect (&rig, RETOUR_ACTION_CLAIM);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_kick_ends_a_wait_of_our_own_but_is_no_hammer)
{
  Rig rig;

  rig_init (&rig, 5);
  answer (&rig, begin_pull (&rig, NULL), RETOUR_VERDICT_UNTRUSTED);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SECURITY);
  pass (&rig, SECOND);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_CLAIM));
  pass (&rig, 4 * SECOND);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  expect (&rig, RETOUR_ACTION_CLAIM);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SECURITY);
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
      reach_calm (&rig);
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
      ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_NETWORK);
      pass (&rig, 120 * SECOND);
      ck_assert_ptr_null (find (&rig, RETOUR_ACTION_CLAIM));
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
      gint64 wait = expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
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
  reach_calm (&rig);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = FALSE });
  pass (&rig, 20 * SECOND);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_NETWORK, .available = TRUE });
  expect (&rig, RETOUR_ACTION_CLAIM);
  rig_clear (&rig);
}
END_TEST

START_TEST (an_unknown_certificate_is_renewed_once_then_a_person_is_asked)
{
  Rig rig;

  rig_init (&rig, 1);
  answer (&rig, begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  guint renewal = expect (&rig, RETOUR_ACTION_RENEW)->request;
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_NONE);
  RetourResponse reply = response (RETOUR_VERDICT_OK, START);
  reply.renewed = rig.terms;
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = renewal, .response = &reply });
  claim_nothing (&rig);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
  answer (&rig, expect (&rig, RETOUR_ACTION_PULL)->request, RETOUR_VERDICT_RENEW);
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_RENEW));
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_renewal_cut_by_the_network_is_tried_again_before_anything_else)
{
  Rig rig;

  rig_init (&rig, 1);
  answer (&rig, begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  answer (&rig, expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_NETWORK);
  gint64 wait = expect (&rig, RETOUR_ACTION_WAKE)->wake_at - rig.now.boot;
  ck_assert_int_le (wait, SECOND);
  pass (&rig, wait);
  expect (&rig, RETOUR_ACTION_RENEW);
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_CLAIM));
  rig_clear (&rig);
}
END_TEST

START_TEST (a_renewal_that_is_refused_asks_for_a_person)
{
  Rig rig;

  rig_init (&rig, 1);
  answer (&rig, begin_pull (&rig, NULL), RETOUR_VERDICT_RENEW);
  answer (&rig, expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_RENEW);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SECURITY);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_certificate_is_renewed_at_two_thirds_of_its_life)
{
  Rig rig;

  rig_init (&rig, 1);
  reach_calm (&rig);
  rig.now.boot += 50 * DAY - 60 * SECOND;
  rig.now.wall += 50 * DAY - 60 * SECOND;
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_RENEW));
  pass (&rig, 61 * SECOND);
  answer (&rig, expect (&rig, RETOUR_ACTION_RENEW)->request, RETOUR_VERDICT_RENEW);
  ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_OPEN);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_NONE);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_gone_cursor_starts_again_once_and_then_waits)
{
  Rig rig;

  rig_init (&rig, 1);
  answer (&rig, begin_pull (&rig, "old"), RETOUR_VERDICT_GONE);
  expect (&rig, RETOUR_ACTION_START_AGAIN);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_CLEARED });
  expect (&rig, RETOUR_ACTION_LOCATE);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED });
  RetourAction *pull = expect (&rig, RETOUR_ACTION_PULL);
  ck_assert_ptr_null (pull->cursor);
  answer (&rig, pull->request, RETOUR_VERDICT_GONE);
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_START_AGAIN));
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SERVER);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_cursor_that_leads_nowhere_is_given_up)
{
  Rig rig;
  guint request;

  rig_init (&rig, 1);
  request = begin_pull (&rig, "c0");
  for (int i = 0; i < 2; i++)
    {
      answer (&rig, request, RETOUR_VERDICT_CUT);
      ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_SERVER);
      pass (&rig, 300 * SECOND);
      expect (&rig, RETOUR_ACTION_LOCATE);
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = "c0" });
      request = expect (&rig, RETOUR_ACTION_PULL)->request;
    }
  answer (&rig, request, RETOUR_VERDICT_CUT);
  expect (&rig, RETOUR_ACTION_START_AGAIN);
  rig_clear (&rig);
}
END_TEST

START_TEST (pages_are_applied_one_after_the_other_and_the_feed_waits)
{
  Rig rig;
  guint request;
  RetourEngineView view;

  rig_init (&rig, 1);
  request = begin_pull (&rig, NULL);
  ck_assert (retour_engine_wants_page (rig.engine, request));
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c1") });
  ck_assert_str_eq (expect (&rig, RETOUR_ACTION_APPLY)->page->cursor, "c1");
  ck_assert (retour_engine_wants_page (rig.engine, request));
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c2") });
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_APPLY));
  ck_assert (!retour_engine_wants_page (rig.engine, request));
  answer (&rig, request, RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig.engine), RETOUR_PULL_APPLYING);
  retour_engine_view (rig.engine, &view);
  ck_assert (!view.caught_up);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  ck_assert_str_eq (expect (&rig, RETOUR_ACTION_APPLY)->page->cursor, "c2");
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  ck_assert (expect (&rig, RETOUR_ACTION_NOTE)->pulled);
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
  request = begin_pull (&rig, "c0");
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c1") });
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c2") });
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED, .failed = RETOUR_ACTION_APPLY, .message = "full" });
  ck_assert_uint_eq (expect (&rig, RETOUR_ACTION_CANCEL)->request, request);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_STORAGE);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c3") });
  ck_assert_ptr_null (find (&rig, RETOUR_ACTION_APPLY));
  answer (&rig, request, RETOUR_VERDICT_CANCELLED);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig.engine), RETOUR_PULL_IDLE);
  pass (&rig, 2 * SECOND);
  expect (&rig, RETOUR_ACTION_LOCATE);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_cut_feed_goes_on_from_the_last_cursor_applied)
{
  Rig rig;
  guint request;

  rig_init (&rig, 1);
  request = begin_pull (&rig, "c0");
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = request, .page = page ("c1") });
  answer (&rig, request, RETOUR_VERDICT_CUT);
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
  expect (&rig, RETOUR_ACTION_LOCATE);
  ck_assert_int_eq (trouble (&rig), RETOUR_TROUBLE_NONE);
  rig_clear (&rig);
}
END_TEST

START_TEST (every_answer_is_settled_and_what_has_none_is_tried_later)
{
  Rig rig;
  g_autoptr (GPtrArray) due = operations (0, 5);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  RetourResponse reply = response (RETOUR_VERDICT_OK, START);

  rig_init (&rig, 1);
  reach_calm (&rig);
  guint request = begin_push (&rig, due);
  g_ptr_array_add (answers, retour_answer_new ("op-002", RETOUR_ANSWER_CONFLICT));
  g_ptr_array_add (answers, retour_answer_new ("op-000", RETOUR_ANSWER_ACCEPTED));
  g_ptr_array_add (answers, retour_answer_new ("op-003", RETOUR_ANSWER_RETRY));
  g_ptr_array_add (answers, retour_answer_new ("op-001", RETOUR_ANSWER_DUPLICATE));
  g_ptr_array_add (answers, retour_answer_new ("op-999", RETOUR_ANSWER_ACCEPTED));
  reply.answers = answers;
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
  GPtrArray *settlements = expect (&rig, RETOUR_ACTION_SETTLE)->settlements;
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
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
  ck_assert (expect (&rig, RETOUR_ACTION_NOTE)->pushed);
  expect (&rig, RETOUR_ACTION_CLAIM);
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
      g_autoptr (GPtrArray) due = operations (0, 3);
      rig_init (&rig, 1);
      reach_calm (&rig);
      answer (&rig, begin_push (&rig, due), verdicts[i]);
      ck_assert_ptr_null (find (&rig, RETOUR_ACTION_SETTLE));
      ck_assert_int_eq (retour_engine_get_link_stage (rig.engine), RETOUR_LINK_WAITING);
      pass (&rig, 300 * SECOND);
      expect (&rig, RETOUR_ACTION_CLAIM);
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
  reach_calm (&rig);
  begin_push (&rig, due);
  ck_assert_uint_eq (expect (&rig, RETOUR_ACTION_PUSH)->operations->len, 2);
  rig_clear (&rig);
}
END_TEST

/* A store and an OMS of a few lines, so that a whole outbox can be emptied: `poison` makes the OMS give `verdict` for every
 * batch that holds it. */
typedef struct
{
  GPtrArray *outbox; /* RetourOperation */
  GHashTable *accepted, *quarantined;
  GHashTable *next_at; /* op → wall time */
  const char *poison;
  RetourVerdict verdict;
  guint requests;
} Model;

static gboolean
holds (GPtrArray *batch, const char *op)
{
  for (guint i = 0; i < batch->len; i++)
    if (g_str_equal (((RetourOperation *) batch->pdata[i])->op, op))
      return TRUE;
  return FALSE;
}

static GPtrArray *
model_claim (Model *model, RetourInstant now, guint limit)
{
  GPtrArray *due = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);

  for (guint i = 0; i < model->outbox->len && due->len < limit; i++)
    {
      const RetourOperation *operation = model->outbox->pdata[i];
      const gint64 *next_at = g_hash_table_lookup (model->next_at, operation->op);
      if (!g_hash_table_contains (model->accepted, operation->op)
          && !g_hash_table_contains (model->quarantined, operation->op) && (next_at == NULL || *next_at <= now))
        g_ptr_array_add (due, retour_operation_copy (operation));
    }
  return due;
}

static void
model_settle (Model *model, GPtrArray *settlements)
{
  for (guint i = 0; i < settlements->len; i++)
    {
      const RetourSettlement *settlement = settlements->pdata[i];
      if (settlement->answer == NULL)
        g_hash_table_insert (model->next_at, g_strdup (settlement->op),
                             g_memdup2 (&settlement->next_at, sizeof settlement->next_at));
      else
        g_hash_table_add (settlement->answer->kind == RETOUR_ANSWER_ACCEPTED ? model->accepted : model->quarantined,
                          g_strdup (settlement->op));
    }
}

static void
model_push (Model *model, Rig *rig, const RetourAction *action)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  g_autoptr (GPtrArray) batch = g_ptr_array_ref (action->operations);
  guint request = action->request;
  RetourResponse reply = response (holds (batch, model->poison) ? model->verdict : RETOUR_VERDICT_OK, rig->now.boot);

  model->requests++;
  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (answers, retour_answer_new (((RetourOperation *) batch->pdata[i])->op, RETOUR_ANSWER_ACCEPTED));
  reply.answers = answers;
  step (rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
}

/* Carries out one action of the last step, or lets time pass. */
static void
model_turn (Model *model, Rig *rig)
{
  RetourAction *action;

  if ((action = find (rig, RETOUR_ACTION_PUSH)) != NULL)
    model_push (model, rig, action);
  else if ((action = find (rig, RETOUR_ACTION_SETTLE)) != NULL)
    {
      model_settle (model, action->settlements);
      step (rig, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
    }
  else if ((action = find (rig, RETOUR_ACTION_CLAIM)) != NULL)
    {
      g_autoptr (GPtrArray) due = model_claim (model, rig->now.wall, action->limit);
      step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
    }
  else
    pass (rig, SECOND);
}

static void
empty_outbox (Model *model, guint64 seed, guint turns)
{
  Rig rig;

  rig_init (&rig, seed);
  model->outbox = operations (0, 250);
  model->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model->quarantined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model->next_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  enrol (&rig);
  for (guint i = 0; i < turns && g_hash_table_size (model->accepted) < 249; i++)
    model_turn (model, &rig);
  rig_clear (&rig);
}

static void
model_clear (Model *model)
{
  g_ptr_array_unref (model->outbox);
  g_hash_table_unref (model->accepted);
  g_hash_table_unref (model->quarantined);
  g_hash_table_unref (model->next_at);
}

START_TEST (one_operation_the_oms_cannot_read_is_found_and_set_aside)
{
  static const RetourVerdict verdicts[] = { RETOUR_VERDICT_REJECTED, RETOUR_VERDICT_TOO_LARGE };

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      Model model = { .poison = "op-137", .verdict = verdicts[i] };
      empty_outbox (&model, 1, 2000);
      ck_assert_uint_eq (g_hash_table_size (model.accepted), 249);
      ck_assert_uint_eq (g_hash_table_size (model.quarantined), 1);
      ck_assert (g_hash_table_contains (model.quarantined, "op-137"));
      ck_assert_uint_lt (model.requests, 40);
      model_clear (&model);
    }
}
END_TEST

START_TEST (one_operation_the_oms_fails_on_holds_up_nobody_and_is_never_dropped)
{
  static const RetourVerdict verdicts[] = { RETOUR_VERDICT_BUSY, RETOUR_VERDICT_MALFORMED, RETOUR_VERDICT_REFUSED };

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      Model model = { .poison = "op-000", .verdict = verdicts[i] };
      empty_outbox (&model, i, 20000);
      ck_assert_uint_eq (g_hash_table_size (model.accepted), 249);
      ck_assert_uint_eq (g_hash_table_size (model.quarantined), 0);
      ck_assert (!g_hash_table_contains (model.accepted, "op-000"));
      model_clear (&model);
    }
}
END_TEST

START_TEST (the_offset_comes_from_the_date_and_the_round_trip)
{
  Rig rig;
  RetourEngineView view;
  RetourResponse reply;

  rig_init (&rig, 1);
  guint request = begin_pull (&rig, NULL);
  reply = response (RETOUR_VERDICT_OK, START);
  reply.complete = TRUE;
  reply.answered = START + 400000;
  rig.now.boot += 5 * SECOND;
  rig.now.wall += 5 * SECOND;
  reply.date = WALL + 90 * SECOND; /* made at START + 0.2 s by our clock, which then said WALL + 0.2 s */
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.clock_offset, 90 * SECOND + SECOND / 2 - 200000);
  ck_assert (!view.clock_wrong);

  /* Somebody sets the wall clock back by an hour: the corrected time goes on. */
  rig.now.wall -= 3600 * SECOND;
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
  retour_engine_view (rig.engine, &view);
  ck_assert_int_eq (view.clock_offset, 3690 * SECOND + SECOND / 2 - 200000);
  rig.now.wall += 40 * DAY;
  step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
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
      RetourResponse reply = response (RETOUR_VERDICT_OK, START);
      guint request = begin_pull (&rig, NULL);
      reply.date = WALL + days[i] * DAY;
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
      retour_engine_view (rig.engine, &view);
      ck_assert_int_eq (view.clock_offset, 0);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_clock_before_its_own_certificate_is_wrong)
{
  Rig rig;
  RetourEngineView view;

  rig_init (&rig, 1);
  rig.now.wall = 0;
  enrol (&rig);
  retour_engine_view (rig.engine, &view);
  ck_assert (view.clock_wrong);
  rig_clear (&rig);
}
END_TEST

/* What may stand after any event, whatever it was. */
typedef struct
{
  guint push, pull, renewal; /* requests out */
  gboolean claiming, settling, locating, applying, clearing;
} Pending;

static void
follow (Pending *pending, const RetourAction *action, const Rig *rig)
{
  switch (action->kind)
    {
    case RETOUR_ACTION_CLAIM:
      ck_assert (!pending->claiming && !pending->settling && !pending->push);
      pending->claiming = TRUE;
      break;
    case RETOUR_ACTION_PUSH:
      ck_assert_uint_eq (pending->push, 0);
      ck_assert_uint_ge (action->operations->len, 1);
      pending->push = action->request;
      break;
    case RETOUR_ACTION_SETTLE:
      ck_assert (!pending->settling && !pending->claiming);
      pending->settling = TRUE;
      break;
    case RETOUR_ACTION_LOCATE:
      ck_assert (!pending->locating && !pending->applying && !pending->clearing && !pending->pull);
      pending->locating = TRUE;
      break;
    case RETOUR_ACTION_PULL:
      ck_assert_uint_eq (pending->pull, 0);
      pending->pull = action->request;
      break;
    case RETOUR_ACTION_APPLY:
      ck_assert (!pending->applying && !pending->clearing);
      pending->applying = TRUE;
      break;
    case RETOUR_ACTION_START_AGAIN:
      ck_assert (!pending->applying && !pending->clearing && !pending->pull);
      pending->clearing = TRUE;
      break;
    case RETOUR_ACTION_RENEW:
      ck_assert_uint_eq (pending->renewal, 0);
      pending->renewal = action->request;
      break;
    case RETOUR_ACTION_CANCEL:
      ck_assert (action->request != 0);
      break;
    case RETOUR_ACTION_WAKE:
      ck_assert_int_ge (action->wake_at, 0);
      break;
    case RETOUR_ACTION_NOTE:
    case RETOUR_ACTION_REPORT:
      break;
    }
}

static void
random_event (Rig *rig, Pending *pending, RetourJitter *jitter)
{
  RetourResponse reply = response ((RetourVerdict) retour_jitter_below (jitter, RETOUR_N_VERDICTS), rig->now.boot);
  guint stray = (guint) retour_jitter_below (jitter, 50);
  g_autoptr (GPtrArray) due = operations (0, (guint) retour_jitter_below (jitter, 4));
  RetourEvent event = { .kind = (RetourEventKind) retour_jitter_below (jitter, RETOUR_N_EVENTS) };
  guint *const requests[] = { &pending->push, &pending->pull, &pending->renewal };
  guint *request = requests[retour_jitter_below (jitter, 3)];

  reply.complete = retour_jitter_below (jitter, 2);
  reply.more = retour_jitter_below (jitter, 4) == 0;
  reply.retry_after = retour_jitter_below (jitter, 3) ? -1 : 5 * SECOND;
  reply.renewed = rig->terms;
  event.terms = &rig->terms;
  event.available = retour_jitter_below (jitter, 3) > 0;
  event.operations = due;
  event.response = &reply;
  event.request = *request && retour_jitter_below (jitter, 4) ? *request : stray;
  event.cursor = retour_jitter_below (jitter, 2) ? "c" : NULL;
  event.failed = (RetourActionKind) retour_jitter_below (jitter, RETOUR_ACTION_REPORT + 1);
  if (event.kind == RETOUR_EVENT_PAGE)
    event.page = page (retour_jitter_below (jitter, 2) ? "c1" : "c2");
  /* The store answers what it was asked, once; anything else about it would be a fault of the worker. */
  gboolean *asked = event.kind == RETOUR_EVENT_CLAIMED        ? &pending->claiming
                    : event.kind == RETOUR_EVENT_SETTLED      ? &pending->settling
                    : event.kind == RETOUR_EVENT_LOCATED      ? &pending->locating
                    : event.kind == RETOUR_EVENT_PAGE_APPLIED ? &pending->applying
                    : event.kind == RETOUR_EVENT_CLEARED      ? &pending->clearing
                                                              : NULL;
  if (event.kind == RETOUR_EVENT_STORAGE_FAILED)
    asked = event.failed == RETOUR_ACTION_CLAIM         ? &pending->claiming
            : event.failed == RETOUR_ACTION_SETTLE      ? &pending->settling
            : event.failed == RETOUR_ACTION_LOCATE      ? &pending->locating
            : event.failed == RETOUR_ACTION_APPLY       ? &pending->applying
            : event.failed == RETOUR_ACTION_START_AGAIN ? &pending->clearing
                                                        : NULL;
  if (asked != NULL)
    {
      if (!*asked)
        event.kind = RETOUR_EVENT_TICK;
      *asked = FALSE;
    }
  if (event.kind == RETOUR_EVENT_RESPONSE)
    for (int i = 0; i < 3; i++)
      if (*requests[i] == event.request)
        *requests[i] = 0;
  step (rig, event);
}

START_TEST (no_course_of_events_breaks_the_rules)
{
  for (guint64 seed = 0; seed < 400; seed++)
    {
      Rig rig;
      Pending pending = { 0 };
      RetourJitter jitter;
      rig_init (&rig, seed);
      retour_jitter_seed (&jitter, seed * 31 + 7);
      for (int i = 0; i < 500; i++)
        {
          gint64 pause = retour_jitter_below (&jitter, 4) ? retour_jitter_below (&jitter, 20 * SECOND) : 0;
          rig.now.boot += pause;
          rig.now.wall +=
              pause + (retour_jitter_below (&jitter, 50) ? 0 : retour_jitter_below (&jitter, DAY) - DAY / 2);
          random_event (&rig, &pending, &jitter);
          for (guint a = 0; a < rig.actions->len; a++)
            follow (&pending, rig.actions->pdata[a], &rig);
          /* While the way is being tried out, one request is out: the probe. */
          if (retour_engine_get_link_stage (rig.engine) == RETOUR_LINK_PROBING)
            ck_assert_uint_le ((pending.push != 0) + (pending.pull != 0) + (pending.renewal != 0), 1);
        }
      rig_clear (&rig);
    }
}
END_TEST

/* After any trouble the engine comes to rest again by itself, without a kick, once everything answers well. */
START_TEST (it_always_recovers)
{
  for (guint64 seed = 0; seed < 200; seed++)
    {
      Rig rig;
      Pending pending = { 0 };
      RetourJitter jitter;
      RetourEngineView view;
      rig_init (&rig, seed);
      retour_jitter_seed (&jitter, seed);
      enrol (&rig);
      for (int i = 0; i < 200; i++)
        {
          for (guint a = 0; a < rig.actions->len; a++)
            follow (&pending, rig.actions->pdata[a], &rig);
          random_event (&rig, &pending, &jitter);
        }
      for (guint a = 0; a < rig.actions->len; a++)
        follow (&pending, rig.actions->pdata[a], &rig);
      step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &rig.terms });
      for (int i = 0; i < 400; i++)
        {
          for (guint a = 0; a < rig.actions->len; a++)
            follow (&pending, rig.actions->pdata[a], &rig);
          g_ptr_array_set_size (rig.actions, 0);
          guint *request = pending.push ? &pending.push : pending.pull ? &pending.pull : &pending.renewal;
          gboolean *const jobs[] = { &pending.claiming, &pending.settling, &pending.locating, &pending.applying,
                                     &pending.clearing };
          static const RetourEventKind replies[] = { RETOUR_EVENT_CLAIMED, RETOUR_EVENT_SETTLED, RETOUR_EVENT_LOCATED,
                                                     RETOUR_EVENT_PAGE_APPLIED, RETOUR_EVENT_CLEARED };
          gsize job = 0;
          while (job < G_N_ELEMENTS (jobs) && !*jobs[job])
            job++;
          if (job < G_N_ELEMENTS (jobs))
            {
              *jobs[job] = FALSE;
              step (&rig, (RetourEvent){ .kind = replies[job], .cursor = "c" });
            }
          else if (*request != 0)
            {
              RetourResponse reply = response (RETOUR_VERDICT_OK, rig.now.boot);
              reply.complete = TRUE;
              reply.renewed = rig.terms;
              reply.renewed.renew_at = rig.now.wall + 100 * DAY;
              guint number = *request;
              *request = 0;
              step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = number, .response = &reply });
            }
          else
            pass (&rig, 30 * SECOND);
        }
      retour_engine_view (rig.engine, &view);
      ck_assert_msg (view.trouble == RETOUR_TROUBLE_NONE && view.caught_up, "seed %" G_GUINT64_FORMAT ": %d", seed,
                     view.trouble);
      rig_clear (&rig);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine");
  TCase *link = tcase_create ("link"), *push = tcase_create ("push"), *pull = tcase_create ("pull");
  TCase *clock = tcase_create ("clock"), *courses = tcase_create ("courses");

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
  tcase_add_test (push, one_operation_the_oms_cannot_read_is_found_and_set_aside);
  tcase_add_test (push, one_operation_the_oms_fails_on_holds_up_nobody_and_is_never_dropped);
  suite_add_tcase (suite, push);
  tcase_add_test (clock, the_offset_comes_from_the_date_and_the_round_trip);
  tcase_add_test (clock, a_date_outside_the_certificates_life_is_not_believed);
  tcase_add_test (clock, a_clock_before_its_own_certificate_is_wrong);
  suite_add_tcase (suite, clock);
  tcase_add_test (courses, no_course_of_events_breaks_the_rules);
  tcase_add_test (courses, it_always_recovers);
  suite_add_tcase (suite, courses);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
