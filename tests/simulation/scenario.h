/* SPDX-License-Identifier: Apache-2.0 */
/* What happens in a simulated chain: its shops, what customers bring back where and when, and what goes wrong. All of it is
 * drawn from a seed before anything runs, so that a failing course can be replayed, and made smaller by leaving things out. */
#pragma once

#include "backoff.h"

G_BEGIN_DECLS

#define MINUTE (60 * RETOUR_SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* A Monday in December, 09:00 UTC: the shops open then, for ten hours a day. */
#define OPENING (G_GINT64_CONSTANT (1764579600) * RETOUR_SECOND)
#define OPEN_FOR (10 * HOUR)

typedef enum
{
  FAULT_LOSS,        /* requests or their answers are lost */
  FAULT_DELAY,       /* and arrive in another order */
  FAULT_REPEAT,      /* the OMS is given a request twice */
  FAULT_STALE,       /* the answer to an earlier request comes instead */
  FAULT_CUT,         /* answers break off at any byte */
  FAULT_OUTAGE,      /* no way to the OMS */
  FAULT_CABLE,       /* the same, and the system says so */
  FAULT_STORM,       /* 500, 502, 503, 504 */
  FAULT_WAIT,        /* 429 and 503 with Retry-After */
  FAULT_PORTAL,      /* something else answers, some of it what the OMS might have said */
  FAULT_IMPOSTOR,    /* the other side is not the OMS that was pinned */
  FAULT_POWER,       /* power cut, and so long until it is back */
  FAULT_CRASHES,     /* the program dies before or after commits */
  FAULT_DISK,        /* full */
  FAULT_CLOCK,       /* the terminal's wall clock is elsewhere */
  FAULT_GONE,        /* the OMS forgets the cursors */
  FAULT_RESTORE,     /* the OMS is restored from an older backup */
  FAULT_EXPIRY,      /* certificates run out; the OMS renews them */
  FAULT_REVOKED,     /* the OMS refuses the terminal until it is enrolled again */
  FAULT_REJECTS,     /* the OMS rejects what concerns one order */
  FAULT_STUMBLES,    /* the OMS answers 500 to every batch that concerns one order */
  FAULT_CANNOT_READ, /* 422 to every batch that concerns one order */
  FAULT_BAD_RECORD,  /* one order's line in the feed cannot be read */
  FAULT_RELUCTANT,   /* the OMS asks to retry single operations, or leaves their answers out */
  FAULT_DATE,        /* the OMS's Date is wrong or missing */
} FaultKind;
#define N_FAULT_KINDS 25

typedef struct
{
  FaultKind kind;
  gint64 from, until; /* true time */
  int terminal;       /* -1: all */
  guint order;        /* the one concerned, of those that name one */
  gint64 size;        /* thousandths, or how far the clock is off */
} Fault;

typedef enum
{
  ACT_RECORD,  /* a customer brings units of an order back, and is told that it is done */
  ACT_INSPECT, /* what the terminal recorded last is looked at */
  ACT_ASK,     /* a person asks for an exchange now */
} ActKind;

typedef struct
{
  ActKind kind;
  gint64 at;
  guint number; /* among all acts of the seed: what an operation carries to say which act it is */
  guint terminal, order, units;
} Act;

typedef struct
{
  guint64 seed;
  guint stores, terminals, days; /* terminals of all stores together */
  guint orders;
  gint64 poll_interval;
  gboolean off_at_night;
  GArray *faults; /* Fault */
  GArray *acts;   /* Act, in the order of time */
} Scenario;

Scenario *scenario_draw (guint64 seed);
Scenario *scenario_copy (const Scenario *scenario);
void scenario_free (Scenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scenario, scenario_free)

/* When the last shop closes for the last time. */
gint64 scenario_end (const Scenario *scenario);
const char *fault_name (FaultKind kind);
/* One line an item, for people. */
void scenario_print (const Scenario *scenario);
/* "day 2 14:03:20.500" */
char *scenario_time (gint64 at);

G_END_DECLS
