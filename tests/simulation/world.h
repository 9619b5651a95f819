/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated chain in virtual time: terminals, each with the very engine of the product and a model of its disk; one model
 * OMS; the ways between them. The same scenario gives the same course to the last byte. */
#pragma once

#include "agenda.h"
#include "engine.h"
#include "model-oms.h"
#include "model-store.h"
#include "scenario.h"

G_BEGIN_DECLS

/* The promises of SYNC.md, by their numbers. */
typedef enum
{
  PROMISE_NONE,
  PROMISE_NOTHING_LOST,
  PROMISE_NO_UNIT_TWICE,
  PROMISE_ONE_ID,
  PROMISE_ONE_BAD_RECORD,
  PROMISE_TRUE_SCREEN,
  PROMISE_BOUNDS,
  PROMISE_ONLY_THE_OMS,
} Promise;

typedef enum
{
  TRACE_NOTHING,
  TRACE_LAST, /* the last lines, when it has ended */
  TRACE_ALL,
} Trace;

typedef struct _World World;
typedef struct _Terminal Terminal;

/* What a customer was told, and what proves it. */
typedef struct
{
  guint act, order;
  gint64 units;
  char *return_id, *op, *body;
} Confirmation;

/* One request on its way. */
typedef struct
{
  guint references;
  Terminal *terminal;
  guint life;
  guint number; /* the engine's */
  RetourActionKind kind;
  char *text; /* operations, or the cursor */
  gsize length;
  gint64 sent;   /* boot time */
  gboolean echo; /* the OMS hears it a second time; nobody waits for that answer */
  gboolean delivered, hasty;

  gboolean answered; /* the answer is here; its pages may wait for the engine */
  RetourReplyOutline outline;
  gint64 retry_after, answered_at;
  RetourInstant date;
  char *epoch;
  GString *body;
  GQueue pages; /* RetourChangePage */
  gboolean complete, more;
} Request;

struct _Terminal
{
  World *world;
  guint index;
  guint life;           /* counts starts: what belongs to an earlier one is lost */
  RetourEngine *engine; /* NULL: off */
  ModelStore *store;
  gint64 boot_base; /* true time at which its boot clock stood at 0 */
  gint64 skew;      /* wall clock minus true time */
  guint alarm;      /* counts wishes to be woken: only the last counts */
  gint64 store_free_at;
  GPtrArray *requests;  /* Request that are out, of this life */
  GString *last_answer; /* for FAULT_STALE */
  char *last_epoch;
  RetourActionKind last_kind;
  RetourEngineTerms terms;   /* of its certificate; on its disk */
  gint64 refused_until;      /* true time: the OMS does not take its certificate */
  gboolean refused_for_good; /* revoked; else it can be renewed */
  GPtrArray *confirmed;      /* Confirmation */

  /* What is held against it. */
  gint64 not_before; /* boot time: the OMS asked for silence until then */
  guint failures;    /* answers in a row that were none */
  gint64 failing_since;
  gint64 stepped_at;
  guint steps; /* at that moment */
  gint64 pulled_as_of;
  gint64 last_jump;  /* true time at which its clock was set last */
  gboolean going_on; /* pages are being handed over */
  gint64 ask_boot;   /* when the feed was asked for last, */
  guint64 ask_stamp; /* and the OMS's last change then */
};

struct _World
{
  const Scenario *scenario;
  Mutation mutation;
  Trace trace;
  GQueue told; /* the last lines of the course */
  gint64 now;
  Agenda agenda;
  guint64 steps;
  RetourJitter dice;
  ModelOms *oms;
  Terminal *terminals;
  gboolean calm; /* nothing goes wrong any more */
  guint64 ids;
  GHashTable *drafts, *tries; /* of an act (its number + 1): its id, and how often the clerk tried */

  Promise broken;
  char *how;
};

World *world_new (const Scenario *scenario, Mutation mutation, Trace trace);
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)
/* To the end, or to the first broken promise; TRUE when all were kept. */
gboolean world_run (World *world);
/* To that true time, or to the first broken promise; world_run goes on from there. */
void world_run_until (World *world, gint64 end);
void world_trace (World *world, const Terminal *terminal, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* world.c, for the other files */
typedef enum
{
  EVENT_ALARM,
  EVENT_STORE,     /* a job of the store is to be done */
  EVENT_AT_OMS,    /* a request arrives */
  EVENT_AT_DEVICE, /* its answer arrives */
  EVENT_ACT,
  EVENT_FAULT_BEGINS,
  EVENT_FAULT_ENDS,
  EVENT_START,
  EVENT_NIGHT,
  EVENT_CALM,
} EventKind;
void world_at (World *world, gint64 at, EventKind kind, Terminal *terminal, gpointer payload);
gint64 world_below (World *world, gint64 bound);
gboolean world_chance (World *world, gint64 thousandths);
/* The first fault of that kind in force for the terminal; NULL: none. */
const Fault *world_fault (const World *world, FaultKind kind, const Terminal *terminal);
RetourMoment terminal_moment (const Terminal *terminal);
void terminal_start (Terminal *terminal);
void terminal_stop (Terminal *terminal);
/* Hands the event to the engine, carries out what it asks for, and checks the promises. */
void terminal_step (Terminal *terminal, RetourEvent event);

/* disk.c: the store's jobs, and what can become of a write */
void disk_ask (Terminal *terminal, const RetourAction *action);
void disk_record (Terminal *terminal, const Act *act);
void disk_inspect (Terminal *terminal, const Act *act);
void disk_do (Terminal *terminal, gpointer payload);
void disk_forget (gpointer payload);

/* post.c: requests and answers */
void post_send (Terminal *terminal, const RetourAction *action);
void post_cancel (Terminal *terminal, guint number);
void post_at_oms (World *world, Request *request);
void post_at_device (World *world, Request *request);
/* Pages that the engine can take now, and what follows the last. */
void post_go_on (Terminal *terminal);
Request *request_ref (Request *request);
void request_unref (gpointer request);

/* promises.c */
void promise_break (World *world, Promise promise, const char *format, ...) G_GNUC_PRINTF (3, 4);
void promises_before_sending (Terminal *terminal, const RetourAction *action);
void promises_after_answer (Terminal *terminal, const RetourResponse *response);
/* After an answer of the OMS's was believed. */
void promises_of_clock (Terminal *terminal, const Request *request);
void promises_after_step (Terminal *terminal);
/* After each job of the store. */
void promises_of_disk (Terminal *terminal);
/* After each call of the OMS. */
void promises_of_oms (World *world);
/* When everything has been calm for long. */
void promises_at_end (World *world);
const char *promise_words (Promise promise);

G_END_DECLS
