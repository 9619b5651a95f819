/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's inside, shared by its files: engine.c (events in, actions out, the view), engine-link.c (can the OMS be
 * reached, what time is it there, renewal), engine-book.c (does it still know what it accepted), engine-push.c and engine-pull.c (the two lanes). */
#pragma once

#include "backoff.h"
#include "engine.h"

G_BEGIN_DECLS

/* What both lanes have: when to begin next, and what holds them back. */
typedef struct
{
  guint request;   /* that is out; 0: none */
  gint64 due_at;   /* boot time; G_MAXINT64: never by itself */
  gint64 retry_at; /* boot time: not before, after failures */
  gint64 tried_at;
  guint failures;
  char *message; /* of the last failure */
} RetourLane;

struct _RetourEngine
{
  RetourJitter jitter;
  char *terminal;
  gint64 poll_interval;

  RetourMoment now; /* of the event being handled */
  GQueue actions;
  guint last_request;
  gint64 wake_at;
  RetourTrouble trouble;
  RetourInstant trouble_since;
  RetourInstant last_exchange;
  gint64 failed_at;      /* boot time of the last failure; 0: none */
  char *storage_message; /* NULL while the store does what it is asked */

  struct
  {
    RetourLinkStage stage;
    RetourTrouble trouble;
    char *message;
    guint failures;
    gint64 retry_at, tried_at;
    gint64 lost_at; /* boot time of the first failure in a row */
    gint64
        silent_until; /* boot time that the OMS named: nothing ends that wait, no answer that was on its way either */
    guint probe;
  } link;

  struct
  {
    gint64 skew; /* wall - boot, to see the wall clock jump */
    gint64 offset;
    gboolean known;
    RetourInstant valid_from, valid_until;
  } clock;

  struct
  {
    guint request;
    RetourInstant at; /* corrected wall time */
    gint64 retry_at;  /* boot time */
    guint failures;
    gboolean demanded; /* the OMS does not know our certificate: nothing else is worth sending */
    gboolean tried;    /* since the last answer that knew us */
  } renewal;

  struct
  {
    char *epoch;    /* that the store has noted; NULL: not known yet */
    char *offering; /* the store is at it */
  } book;

  struct
  {
    RetourLane lane;
    RetourPushStage stage;
    guint limit; /* operations a batch; shrinks when the OMS cannot digest one */
    gint64 claimed_at, empty_as_of;
    GPtrArray *operations;
    gboolean outdated; /* since it was sent, what came before it waits again: its answers do not count */
  } push;

  struct
  {
    RetourLane lane;
    RetourPullStage stage;
    char *cursor;      /* of the last page applied */
    GQueue waiting;    /* RetourChangePage */
    gboolean applying; /* the store has a page */
    char *next_cursor; /* of that page */
    guint next_changes;
    gboolean moved;  /* the cursor went on during this request */
    gboolean broken; /* a page could not be applied: none after it counts */
    gboolean caught_up;
    gboolean current; /* nothing has happened since that would let changes go by unseen */
    gboolean cleared; /* began again, and no page has come since */
    guint stalls;     /* requests in a row that ended without end and without moving */
    guint64 changes;
    gint64 began;
    gint64 whole_as_of;
    RetourVerdict verdict; /* of the response, while the last pages are applied */
    gboolean complete, more;
  } pull;
};

/* engine.c */
RetourAction *retour_engine_queue (RetourEngine *engine, RetourActionKind kind);
guint retour_engine_begin_request (RetourEngine *engine);
void retour_lane_succeed (RetourLane *lane);
void retour_lane_fail (RetourEngine *engine, RetourLane *lane, const char *message);
gboolean retour_lane_is_due (const RetourEngine *engine, const RetourLane *lane);
gboolean retour_engine_is_waiting_for_answer (const RetourEngine *engine);

/* engine-link.c */
void retour_link_move (RetourEngine *engine, RetourLinkStage stage);
gboolean retour_link_admits (const RetourEngine *engine);
/* Boot time, while it waits. */
gint64 retour_link_opens_at (const RetourEngine *engine);
void retour_link_close (RetourEngine *engine);
void retour_link_enrolled (RetourEngine *engine, const RetourEngineTerms *terms);
void retour_link_sent (RetourEngine *engine, guint request);
/* Learns from any response: reachability, time, renewal. Before the lane that asked looks at it. */
void retour_link_answered (RetourEngine *engine, guint request, const RetourResponse *response);
void retour_link_network (RetourEngine *engine, gboolean available);
void retour_link_kick (RetourEngine *engine);
void retour_clock_observe (RetourEngine *engine);
RetourInstant retour_clock_now (const RetourEngine *engine);
gboolean retour_clock_is_wrong (const RetourEngine *engine);
void retour_renewal_advance (RetourEngine *engine);
/* Boot time; G_MAXINT64: never. */
gint64 retour_renewal_due_at (const RetourEngine *engine);

/* engine-book.c */
void retour_book_recall (RetourEngine *engine, const char *epoch);
/* FALSE: what this response answers does not count. */
gboolean retour_book_admits (RetourEngine *engine, const RetourResponse *response);
void retour_book_re_offered (RetourEngine *engine);
void retour_book_storage_failed (RetourEngine *engine, const char *message);
void retour_book_clear (RetourEngine *engine);

/* engine-push.c */
void retour_push_advance (RetourEngine *engine);
void retour_push_claimed (RetourEngine *engine, GPtrArray *operations);
/* `counts`: of this book of the OMS's; else it is as if no answer had come. */
void retour_push_answered (RetourEngine *engine, const RetourResponse *response, gboolean counts);
void retour_push_settled (RetourEngine *engine);
void retour_push_storage_failed (RetourEngine *engine, const char *message);

/* engine-pull.c */
void retour_pull_advance (RetourEngine *engine);
void retour_pull_located (RetourEngine *engine, const char *cursor);
void retour_pull_take_page (RetourEngine *engine, RetourChangePage *page);
void retour_pull_page_applied (RetourEngine *engine);
void retour_pull_answered (RetourEngine *engine, const RetourResponse *response);
void retour_pull_cleared (RetourEngine *engine);
void retour_pull_storage_failed (RetourEngine *engine, RetourActionKind failed, const char *message);
void retour_pull_drop_pages (RetourEngine *engine);
gboolean retour_pull_is_current (const RetourEngine *engine);

G_END_DECLS
