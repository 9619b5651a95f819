/* SPDX-License-Identifier: Apache-2.0 */
/* The engine on long ways: a whole outbox with one operation that the OMS cannot bear, and whatever may happen in whatever
 * order. */
#include <check.h>
#include <stdlib.h>

#include "backoff.h"
#include "engine-rig.h"

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
  RetourResponse reply =
      rig_response (holds (batch, model->poison) ? model->verdict : RETOUR_VERDICT_OK, rig->now.boot);

  model->requests++;
  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (answers, retour_answer_new (((RetourOperation *) batch->pdata[i])->op, RETOUR_ANSWER_ACCEPTED));
  reply.answers = answers;
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
}

/* Carries out one action of the last step, or lets time pass. */
static void
model_turn (Model *model, Rig *rig)
{
  RetourAction *action;

  if ((action = rig_find (rig, RETOUR_ACTION_PUSH)) != NULL)
    model_push (model, rig, action);
  else if ((action = rig_find (rig, RETOUR_ACTION_SETTLE)) != NULL)
    {
      model_settle (model, action->settlements);
      rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
    }
  else if ((action = rig_find (rig, RETOUR_ACTION_CLAIM)) != NULL)
    {
      g_autoptr (GPtrArray) due = model_claim (model, rig->now.wall, action->limit);
      rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
    }
  else
    rig_pass (rig, SECOND);
}

static void
empty_outbox (Model *model, guint64 seed, guint turns)
{
  Rig rig;

  rig_init (&rig, seed);
  model->outbox = rig_operations (0, 250);
  model->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model->quarantined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model->next_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rig_enrol (&rig);
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

/* What may stand after any event, whatever it was. */
typedef struct
{
  guint push, pull, renewal; /* requests out */
  gboolean claiming, settling, locating, applying, clearing, offering;
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
    case RETOUR_ACTION_RE_OFFER:
      ck_assert (!pending->offering);
      ck_assert_ptr_nonnull (action->epoch);
      pending->offering = TRUE;
      break;
    case RETOUR_ACTION_NOTE:
    case RETOUR_ACTION_REPORT:
      break;
    }
}

static void
random_event (Rig *rig, Pending *pending, RetourJitter *jitter)
{
  RetourResponse reply = rig_response ((RetourVerdict) retour_jitter_below (jitter, RETOUR_N_VERDICTS), rig->now.boot);
  guint stray = (guint) retour_jitter_below (jitter, 50);
  g_autoptr (GPtrArray) due = rig_operations (0, (guint) retour_jitter_below (jitter, 4));
  RetourEvent event = { .kind = (RetourEventKind) retour_jitter_below (jitter, RETOUR_N_EVENTS) };
  guint *const requests[] = { &pending->push, &pending->pull, &pending->renewal };
  guint *request = requests[retour_jitter_below (jitter, 3)];

  reply.complete = retour_jitter_below (jitter, 2);
  reply.more = retour_jitter_below (jitter, 4) == 0;
  reply.retry_after = retour_jitter_below (jitter, 3) ? -1 : 5 * SECOND;
  reply.renewed = rig->terms;
  reply.epoch = retour_jitter_below (jitter, 2) ? "e1" : retour_jitter_below (jitter, 5) ? NULL : "e2";
  event.terms = &rig->terms;
  event.available = retour_jitter_below (jitter, 3) > 0;
  event.operations = due;
  event.response = &reply;
  event.request = *request && retour_jitter_below (jitter, 4) ? *request : stray;
  event.cursor = retour_jitter_below (jitter, 2) ? "c" : NULL;
  event.failed = (RetourActionKind) retour_jitter_below (jitter, RETOUR_ACTION_REPORT + 1);
  if (event.kind == RETOUR_EVENT_PAGE)
    event.page = rig_page (retour_jitter_below (jitter, 2) ? "c1" : "c2");
  /* The store answers what it was asked, once; anything else about it would be a fault of the worker. */
  gboolean *asked = event.kind == RETOUR_EVENT_CLAIMED        ? &pending->claiming
                    : event.kind == RETOUR_EVENT_SETTLED      ? &pending->settling
                    : event.kind == RETOUR_EVENT_LOCATED      ? &pending->locating
                    : event.kind == RETOUR_EVENT_PAGE_APPLIED ? &pending->applying
                    : event.kind == RETOUR_EVENT_CLEARED      ? &pending->clearing
                    : event.kind == RETOUR_EVENT_RE_OFFERED   ? &pending->offering
                                                              : NULL;
  if (event.kind == RETOUR_EVENT_STORAGE_FAILED)
    asked = event.failed == RETOUR_ACTION_CLAIM         ? &pending->claiming
            : event.failed == RETOUR_ACTION_SETTLE      ? &pending->settling
            : event.failed == RETOUR_ACTION_LOCATE      ? &pending->locating
            : event.failed == RETOUR_ACTION_APPLY       ? &pending->applying
            : event.failed == RETOUR_ACTION_START_AGAIN ? &pending->clearing
            : event.failed == RETOUR_ACTION_RE_OFFER    ? &pending->offering
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
  rig_step (rig, event);
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
      rig_enrol (&rig);
      for (int i = 0; i < 200; i++)
        {
          for (guint a = 0; a < rig.actions->len; a++)
            follow (&pending, rig.actions->pdata[a], &rig);
          random_event (&rig, &pending, &jitter);
        }
      for (guint a = 0; a < rig.actions->len; a++)
        follow (&pending, rig.actions->pdata[a], &rig);
      rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &rig.terms });
      for (int i = 0; i < 400; i++)
        {
          for (guint a = 0; a < rig.actions->len; a++)
            follow (&pending, rig.actions->pdata[a], &rig);
          g_ptr_array_set_size (rig.actions, 0);
          guint *request = pending.push ? &pending.push : pending.pull ? &pending.pull : &pending.renewal;
          gboolean *const jobs[] = { &pending.claiming, &pending.settling, &pending.locating, &pending.applying,
                                     &pending.clearing, &pending.offering };
          static const RetourEventKind replies[] = { RETOUR_EVENT_CLAIMED, RETOUR_EVENT_SETTLED, RETOUR_EVENT_LOCATED,
                                                     RETOUR_EVENT_PAGE_APPLIED, RETOUR_EVENT_CLEARED,
                                                     RETOUR_EVENT_RE_OFFERED };
          gsize job = 0;
          while (job < G_N_ELEMENTS (jobs) && !*jobs[job])
            job++;
          if (job < G_N_ELEMENTS (jobs))
            {
              *jobs[job] = FALSE;
              rig_step (&rig, (RetourEvent){ .kind = replies[job], .cursor = "c" });
            }
          else if (*request != 0)
            {
              RetourResponse reply = rig_response (RETOUR_VERDICT_OK, rig.now.boot);
              reply.complete = TRUE;
              reply.renewed = rig.terms;
              reply.renewed.renew_at = rig.now.wall + 100 * DAY;
              guint number = *request;
              *request = 0;
              rig_step (&rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = number, .response = &reply });
            }
          else
            rig_pass (&rig, 30 * SECOND);
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
  Suite *suite = suite_create ("engine-courses");
  TCase *courses = tcase_create ("courses");

  tcase_add_test (courses, one_operation_the_oms_cannot_read_is_found_and_set_aside);
  tcase_add_test (courses, one_operation_the_oms_fails_on_holds_up_nobody_and_is_never_dropped);
  tcase_add_test (courses, no_course_of_events_breaks_the_rules);
  tcase_add_test (courses, it_always_recovers);
  suite_add_tcase (suite, courses);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
