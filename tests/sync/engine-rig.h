/* SPDX-License-Identifier: Apache-2.0 */
/* An engine on a bench: a clock of our own, events in, actions out. */
#pragma once

#include "engine.h"

G_BEGIN_DECLS

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

/* Hands the event to the engine at the rig's time; its actions are in `actions` until the next. */
void rig_step (Rig *rig, RetourEvent event);
void rig_init (Rig *rig, guint64 seed);
void rig_clear (Rig *rig);
/* The first action of that kind, borrowed; expect fails the test without one. */
RetourAction *rig_find (Rig *rig, RetourActionKind kind);
RetourAction *rig_expect (Rig *rig, RetourActionKind kind);
/* Both clocks go on, and the engine is told. */
void rig_pass (Rig *rig, gint64 microseconds);
void rig_enrol (Rig *rig);
/* A response asked for and given at `boot`, with words for support. */
RetourResponse rig_response (RetourVerdict verdict, gint64 boot);
void rig_answer (Rig *rig, guint request, RetourVerdict verdict);
void rig_claim_nothing (Rig *rig);
/* RetourOperation "op-000" and so on; the caller's, as is the page. */
GPtrArray *rig_operations (guint first, guint count);
/* Enrols with an empty outbox and brings the pull out; its request. */
guint rig_begin_pull (Rig *rig, const char *cursor);
void rig_reach_calm (Rig *rig);
/* From calm: a kick, and these operations are out; the request. */
guint rig_begin_push (Rig *rig, GPtrArray *due);
RetourTrouble rig_trouble (Rig *rig);
RetourChangePage *rig_page (const char *cursor);

G_END_DECLS
