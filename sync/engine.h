/* SPDX-License-Identifier: Apache-2.0 */
/* When to exchange what with the OMS, as a state machine without thread, socket, file or clock: it is given events and gives
 * back actions. The worker runs it on libcurl and the store; a simulation runs many of them in virtual time.
 *
 *   retour_engine_handle (engine, &event);
 *   while ((action = retour_engine_next_action (engine)))
 *     carry_out (action);
 *
 * Two lanes share one link. The push lane claims due operations from the store, sends them as one batch, and settles each
 * answer; the pull lane follows the feed from the store's cursor and hands one page at a time to the store. The link says
 * whether the OMS can be reached: after a failure it waits, then lets one request through as a probe. Trouble that the OMS
 * itself reports (5xx) holds back only the lane that met it, so that a batch it cannot digest does not stop the feed.
 *
 * The same seed and the same events give the same actions. */
#pragma once

#include "store.h"
#include "verdict.h"

G_BEGIN_DECLS

#define RETOUR_PUSH_BATCH 100
/* Pages that may wait for the store while one is being applied; who delivers pages stops at that many. */
#define RETOUR_PAGES_WAITING 1

/* Both of a terminal's clocks, read together. */
typedef struct
{
  gint64 boot;        /* microseconds that only grow: all waits */
  RetourInstant wall; /* what the terminal believes the time is */
} RetourMoment;

typedef enum
{
  RETOUR_LINK_CLOSED,  /* not enrolled: nobody to talk to */
  RETOUR_LINK_WAITING, /* not tried yet, or failed: until retry_at */
  RETOUR_LINK_PROBING, /* one request is out to see */
  RETOUR_LINK_OPEN,    /* the OMS answers */
} RetourLinkStage;
#define RETOUR_N_LINK_STAGES 4

typedef enum
{
  RETOUR_PUSH_IDLE,
  RETOUR_PUSH_CLAIMING, /* the store looks for due operations */
  RETOUR_PUSH_SENDING,  /* a batch is out */
  RETOUR_PUSH_SETTLING, /* the store writes what became of it */
} RetourPushStage;
#define RETOUR_N_PUSH_STAGES 4

typedef enum
{
  RETOUR_PULL_IDLE,
  RETOUR_PULL_LOCATING,  /* the store looks up the cursor */
  RETOUR_PULL_RECEIVING, /* the feed is coming in; pages are applied as they come */
  RETOUR_PULL_APPLYING,  /* the feed has ended; its last pages are applied */
  RETOUR_PULL_CLEARING,  /* the store makes room for a new snapshot */
} RetourPullStage;
#define RETOUR_N_PULL_STAGES 5

/* What stands between the terminal and the OMS. */
typedef enum
{
  RETOUR_TROUBLE_NONE,
  RETOUR_TROUBLE_NETWORK,  /* no answer */
  RETOUR_TROUBLE_SERVER,   /* the OMS answers, but not usefully: 5xx, nonsense, refusals */
  RETOUR_TROUBLE_PORTAL,   /* somebody else answers */
  RETOUR_TROUBLE_SECURITY, /* certificate or pin wrong, or this terminal is refused */
  RETOUR_TROUBLE_UPGRADE,  /* this version is too old */
  RETOUR_TROUBLE_STORAGE,  /* the store cannot write */
} RetourTrouble;

typedef enum
{
  RETOUR_EVENT_ENROLLED,       /* `terms`: the terminal may talk to the OMS from now on */
  RETOUR_EVENT_DISMISSED,      /* it may not any more */
  RETOUR_EVENT_TICK,           /* time passed; at the moment of RETOUR_ACTION_WAKE at the latest */
  RETOUR_EVENT_KICK,           /* an operation was queued, or a person asks */
  RETOUR_EVENT_NETWORK,        /* `available` */
  RETOUR_EVENT_CLAIMED,        /* `operations`, `epoch` */
  RETOUR_EVENT_SETTLED,        /* what RETOUR_ACTION_SETTLE asked for is durable */
  RETOUR_EVENT_LOCATED,        /* `cursor`, `epoch` */
  RETOUR_EVENT_PAGE,           /* `request`, `page` */
  RETOUR_EVENT_PAGE_APPLIED,   /* the page and its cursor are durable */
  RETOUR_EVENT_CLEARED,        /* the store has forgotten its cursor */
  RETOUR_EVENT_RE_OFFERED,     /* what was accepted under other epochs waits again, and the epoch is noted: durable */
  RETOUR_EVENT_RESPONSE,       /* `request`, `response`: exactly one for every request, cancelled ones included */
  RETOUR_EVENT_STORAGE_FAILED, /* `failed`: the action that the store could not carry out; `message` */
} RetourEventKind;
#define RETOUR_N_EVENTS 14

/* What the enrolment says that matters here. */
typedef struct
{
  RetourInstant valid_from, valid_until; /* of the certificate: a Date outside is not believed */
  RetourInstant renew_at;
  const char *terminal; /* its name among the store's terminals: they come back in turn; copied; NULL: no turn */
} RetourEngineTerms;

typedef struct
{
  RetourVerdict verdict;
  gint64 retry_after;        /* microseconds; -1: not said */
  RetourInstant date;        /* of the response; NONE: not said */
  gint64 sent, answered;     /* boot times of its request and of its headers */
  GPtrArray *answers;        /* push: RetourAnswer, in any order, perhaps not all; borrowed; NULL otherwise */
  gboolean complete;         /* pull: the feed's end was seen and its count was right */
  gboolean more;             /* pull: the end was a limit, there is more */
  RetourEngineTerms renewed; /* renewal, verdict OK */
  const char *epoch;         /* of the book that the OMS keeps; borrowed; NULL: not said */
  const char *message;       /* for support; borrowed; NULL */
} RetourResponse;

typedef enum
{
  RETOUR_ACTION_CLAIM,       /* `limit` → CLAIMED */
  RETOUR_ACTION_PUSH,        /* `request`, `operations` → RESPONSE */
  RETOUR_ACTION_SETTLE,      /* `settlements` → SETTLED */
  RETOUR_ACTION_LOCATE,      /* → LOCATED */
  RETOUR_ACTION_PULL,        /* `request`, `cursor` → PAGE…, RESPONSE */
  RETOUR_ACTION_APPLY,       /* `page` → PAGE_APPLIED */
  RETOUR_ACTION_START_AGAIN, /* → CLEARED */
  RETOUR_ACTION_RE_OFFER,    /* `epoch`: unless the store noted that one already → RE_OFFERED */
  RETOUR_ACTION_RENEW,       /* `request` → RESPONSE */
  RETOUR_ACTION_CANCEL,      /* `request`: its RESPONSE comes soon, with RETOUR_VERDICT_CANCELLED or what it had */
  RETOUR_ACTION_NOTE,        /* `pulled`, `pushed`, `at`, `clock_offset`: what an exchange taught; nothing comes back */
  RETOUR_ACTION_WAKE,        /* `at`, boot time: replaces the one before */
  RETOUR_ACTION_REPORT,      /* what retour_engine_get_… say has changed */
} RetourActionKind;

/* What becomes of one operation. Either `answer` (the OMS's, or RETOUR_ANSWER_REJECTED from here: quarantine), or a time
 * before which it is not claimed again. */
typedef struct
{
  char *op;
  RetourAnswer *answer; /* NULL: postponed */
  RetourInstant next_at;
  char *why;
} RetourSettlement;
void retour_settlement_free (RetourSettlement *settlement);

typedef struct
{
  RetourEventKind kind;
  RetourMoment now;
  guint request;
  gboolean available;
  GPtrArray *operations;          /* RetourOperation, oldest first; the engine takes a reference */
  const char *cursor;             /* NULL: from the beginning */
  const char *epoch;              /* borrowed; the last one that the store noted; NULL: none yet */
  RetourChangePage *page;         /* taken */
  const RetourResponse *response; /* borrowed */
  const RetourEngineTerms *terms; /* borrowed */
  RetourActionKind failed;
  const char *message; /* borrowed */
} RetourEvent;

typedef struct
{
  RetourActionKind kind;
  guint request;
  guint limit;
  GPtrArray *operations;  /* RetourOperation; a reference */
  GPtrArray *settlements; /* RetourSettlement */
  char *cursor;           /* NULL: from the beginning */
  char *epoch;
  RetourChangePage *page; /* owned: steal it to hand it on */
  gboolean pulled, pushed;
  RetourInstant at; /* NOTE: corrected wall time */
  gint64 wake_at;   /* WAKE: boot time */
  gint64 clock_offset;
} RetourAction;
void retour_action_free (RetourAction *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourAction, retour_action_free)

typedef struct
{
  guint64 seed;         /* of the jitter */
  gint64 poll_interval; /* between two looks at the feed; 0: 15 s */
} RetourEngineOptions;

typedef struct _RetourEngine RetourEngine;

/* Closed until ENROLLED. */
RetourEngine *retour_engine_new (const RetourEngineOptions *options, RetourMoment now);
void retour_engine_free (RetourEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourEngine, retour_engine_free)

/* An event that does not fit the state (an answer to a request that is no longer waited for) changes nothing. */
void retour_engine_handle (RetourEngine *engine, RetourEvent *event);
/* The next thing to do, the caller's; NULL: nothing until the next event. */
RetourAction *retour_engine_next_action (RetourEngine *engine);

RetourLinkStage retour_engine_get_link_stage (const RetourEngine *engine);
RetourPushStage retour_engine_get_push_stage (const RetourEngine *engine);
RetourPullStage retour_engine_get_pull_stage (const RetourEngine *engine);
/* May this request deliver another page now? Else its transfer pauses until a PAGE_APPLIED. */
gboolean retour_engine_wants_page (const RetourEngine *engine, guint request);

/* What a person may be told. */
typedef struct
{
  RetourTrouble trouble;
  RetourInstant trouble_since; /* wall; NONE without trouble */
  const char *message;         /* borrowed until the next event; NULL */
  gboolean clock_wrong;        /* more than a day from the OMS's, or before its own certificate */
  gint64 clock_offset;         /* OMS minus terminal, microseconds */
  gboolean clock_known;        /* heard from the OMS since the engine began */
  gboolean pulling;            /* more than a look at what is new */
  gboolean caught_up;          /* the feed's end was reached since the engine began, and since the last trouble */
  guint64 changes_pulled;      /* of this pull */
  gint64 pull_began;           /* boot time */
  guint sending;               /* operations of the batch that is out, 0: none */
  RetourInstant last_exchange; /* corrected wall time of the last answer believed; NONE */
  gint64 pulled_as_of;         /* boot times, as in RetourSyncReport */
  gint64 pushed_as_of;
  gint64 failed_at;
  gint64 next_try; /* boot time; -1: nothing is waiting */
} RetourEngineView;
void retour_engine_view (const RetourEngine *engine, RetourEngineView *view);

/* Tables of allowed moves; staying is not a move. */
gboolean retour_link_stage_may_become (RetourLinkStage from, RetourLinkStage to);
gboolean retour_push_stage_may_become (RetourPushStage from, RetourPushStage to);
gboolean retour_pull_stage_may_become (RetourPullStage from, RetourPullStage to);

G_END_DECLS
