/* SPDX-License-Identifier: Apache-2.0 */
#include "engine-rig.h"

#include <check.h>

void
rig_step (Rig *rig, RetourEvent event)
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

void
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

void
rig_clear (Rig *rig)
{
  retour_engine_free (rig->engine);
  g_ptr_array_unref (rig->actions);
}

RetourAction *
rig_find (Rig *rig, RetourActionKind kind)
{
  for (guint i = 0; i < rig->actions->len; i++)
    if (((RetourAction *) rig->actions->pdata[i])->kind == kind)
      return rig->actions->pdata[i];
  return NULL;
}

RetourAction *
rig_expect (Rig *rig, RetourActionKind kind)
{
  RetourAction *action = rig_find (rig, kind);

  ck_assert_msg (action != NULL, "action %d was not asked for", kind);
  return action;
}

void
rig_pass (Rig *rig, gint64 microseconds)
{
  rig->now.boot += microseconds;
  rig->now.wall += microseconds;
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
}

void
rig_enrol (Rig *rig)
{
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &rig->terms });
}

RetourResponse
rig_response (RetourVerdict verdict, gint64 boot)
{
  return (RetourResponse){ .verdict = verdict,
                           .retry_after = -1,
                           .date = RETOUR_INSTANT_NONE,
                           .sent = boot,
                           .answered = boot,
                           .message = "as told" };
}

void
rig_answer (Rig *rig, guint request, RetourVerdict verdict)
{
  RetourResponse reply = rig_response (verdict, rig->now.boot);

  reply.complete = verdict == RETOUR_VERDICT_OK;
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = request, .response = &reply });
}

void
rig_claim_nothing (Rig *rig)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = none });
}

GPtrArray *
rig_operations (guint first, guint count)
{
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);

  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *op = g_strdup_printf ("op-%03u", i);
      g_ptr_array_add (result, retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, "{}"));
    }
  return result;
}

guint
rig_begin_pull (Rig *rig, const char *cursor)
{
  rig_enrol (rig);
  rig_expect (rig, RETOUR_ACTION_CLAIM);
  rig_claim_nothing (rig);
  rig_expect (rig, RETOUR_ACTION_LOCATE);
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = cursor });
  return rig_expect (rig, RETOUR_ACTION_PULL)->request;
}

void
rig_reach_calm (Rig *rig)
{
  rig_answer (rig, rig_begin_pull (rig, "c0"), RETOUR_VERDICT_OK);
  ck_assert_int_eq (retour_engine_get_link_stage (rig->engine), RETOUR_LINK_OPEN);
  ck_assert_int_eq (retour_engine_get_pull_stage (rig->engine), RETOUR_PULL_IDLE);
}

guint
rig_begin_push (Rig *rig, GPtrArray *due)
{
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
  rig_expect (rig, RETOUR_ACTION_CLAIM);
  if (rig_find (rig, RETOUR_ACTION_LOCATE) != NULL)
    rig_step (rig,
              (RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED, .failed = RETOUR_ACTION_LOCATE, .message = "away" });
  rig_step (rig, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
  return rig_expect (rig, RETOUR_ACTION_PUSH)->request;
}

RetourTrouble
rig_trouble (Rig *rig)
{
  RetourEngineView view;

  retour_engine_view (rig->engine, &view);
  return view.trouble;
}

RetourChangePage *
rig_page (const char *cursor)
{
  RetourChangePage *result = retour_change_page_new ();

  result->cursor = g_strdup (cursor);
  return result;
}
