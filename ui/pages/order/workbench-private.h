/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the workbench share. */
#pragma once

#include "visit.h"

G_BEGIN_DECLS

/* As many units as a return without order may hold of one article. */
#define RETOUR_BLIND_UNITS 99

struct _RetourWorkbench
{
  GObject parent_instance;

  RetourNavigation *navigation; /* borrowed */
  RetourVisit *visit;           /* borrowed: the one that holds this, or NULL */
  gint64 promised_before;       /* by the orders before this one in the visit; part of the workspace's promised_today */
  RetourWorkspace *workspace;
  RetourQuote *quote;
  GError *problem; /* why there is no quote */
  RetourDraftHistory *history;
  GHashTable *products; /* entry's line -> category, of a return without order */
  guint depth;          /* gestures not taken back */
  guint noting;         /* entry + 1 whose note the last gesture changed, or 0 */
  gboolean busy, done;
  gboolean voided; /* it was approved, and has changed since */
};

enum
{
  RETOUR_WORKBENCH_SIGNAL_CHANGED,
  RETOUR_WORKBENCH_SIGNAL_SAVE_FAILED,
  RETOUR_WORKBENCH_SIGNAL_SAVED,
  RETOUR_WORKBENCH_SIGNAL_FINISHED,
  RETOUR_WORKBENCH_N_SIGNALS,
};

extern guint retour_workbench_signals[RETOUR_WORKBENCH_N_SIGNALS];

/* A question that is out to a manager elsewhere was about another quote, or the draft is no more: it is taken back. */
void retour_workbench_check_request (RetourWorkbench *self);

/* NULL when there is no such entry. */
static inline RetourDraftEntry *
retour_workbench_entry_at (RetourWorkbench *self, guint entry)
{
  const GPtrArray *entries = self->workspace->draft->entries;

  return entry < entries->len ? g_ptr_array_index (entries, entry) : NULL;
}

/* The workbenches of the visit on which something is, this one at least; references, the caller's. */
GPtrArray *retour_workbench_list_peers (RetourWorkbench *self);

G_END_DECLS
