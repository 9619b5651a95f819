/* SPDX-License-Identifier: Apache-2.0 */
#include "visit.h"

#include "words.h"
#include "workbench-private.h"

struct _RetourVisit
{
  GObject parent_instance;

  RetourNavigation *navigation; /* borrowed */
  GPtrArray *benches;           /* RetourWorkbench, references */
  RetourWorkbench *front;       /* one of them, or NULL */
  gboolean counting;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FRONT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourVisit, retour_visit, G_TYPE_OBJECT)

/* Recorded one after the other, each return finds those before it among the promises of the day. */
static void
count_promises (RetourVisit *self)
{
  gint64 promised = 0;

  if (self->counting)
    return;
  self->counting = TRUE;
  for (guint i = 0; i < self->benches->len; i++)
    {
      RetourWorkbench *bench = self->benches->pdata[i];

      if (bench->promised_before != promised)
        {
          bench->workspace->promised_today += promised - bench->promised_before;
          bench->promised_before = promised;
          retour_workbench_requote (bench);
        }
      if (bench->quote != NULL && bench->workspace->draft->entries->len > 0)
        promised += bench->quote->total;
    }
  self->counting = FALSE;
}

static void
bench_changed (RetourWorkbench *bench, RetourVisit *self)
{
  if (self->counting)
    return;
  count_promises (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Takes the reference. */
static void
insert (RetourVisit *self, gint at, RetourWorkbench *bench)
{
  bench->visit = self;
  g_ptr_array_insert (self->benches, at, bench);
  g_signal_connect (bench, "changed", G_CALLBACK (bench_changed), self);
}

/* Gives the reference to the caller. */
static RetourWorkbench *
steal (RetourVisit *self, guint at)
{
  RetourWorkbench *bench = g_object_ref (self->benches->pdata[at]);

  g_signal_handlers_disconnect_by_data (bench, self);
  bench->visit = NULL;
  g_ptr_array_remove_index (self->benches, at);
  return bench;
}

guint
retour_visit_get_n_orders (RetourVisit *self)
{
  return self->benches->len;
}

RetourWorkbench *
retour_visit_get_bench (RetourVisit *self, guint order)
{
  return self->benches->pdata[order];
}

RetourWorkbench *
retour_visit_get_front (RetourVisit *self)
{
  return self->front;
}

void
retour_visit_set_front (RetourVisit *self, RetourWorkbench *bench)
{
  if (self->front == bench)
    return;
  self->front = bench;
  g_signal_emit (self, signals[SIGNAL_FRONT], 0);
}

RetourWorkbench *
retour_visit_find_order (RetourVisit *self, const char *order_id)
{
  for (guint i = 0; order_id != NULL && i < self->benches->len; i++)
    {
      RetourWorkbench *bench = self->benches->pdata[i];

      if (g_strcmp0 (bench->workspace->draft->order_id, order_id) == 0)
        return bench;
    }
  return NULL;
}

gboolean
retour_visit_is_open (RetourVisit *self)
{
  for (guint i = 0; i < self->benches->len; i++)
    {
      const RetourWorkbench *bench = self->benches->pdata[i];

      if (bench->busy || bench->done)
        return FALSE;
      if (bench->workspace->draft->entries->len > 0)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  RetourDesk *desk;
  RetourVisit *self;
  GPtrArray *drafts;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_object_unref (job->self);
  g_ptr_array_unref (job->drafts);
  g_free (job);
}

static gpointer
run_save (RetourStore *store, gpointer user_data, GError **error)
{
  SaveJob *job = user_data;

  return retour_desk_save_visit (job->desk, store, job->drafts, error) ? job : NULL;
}

static void
save_replied (gpointer result, const GError *error, gpointer user_data)
{
  SaveJob *job = user_data;

  for (guint i = 0; i < job->self->benches->len; i++)
    if (error != NULL)
      g_signal_emit (job->self->benches->pdata[i], retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVE_FAILED], 0,
                     error->message);
    else
      g_signal_emit (job->self->benches->pdata[i], retour_workbench_signals[RETOUR_WORKBENCH_SIGNAL_SAVED], 0);
  save_job_free (job);
}

/* Which orders there are is saved at once, in one piece: what comes back after a power cut is the visit. */
static void
save (RetourVisit *self)
{
  const RetourServices *services = retour_navigation_get_services (self->navigation);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  SaveJob *job = g_new0 (SaveJob, 1);

  for (guint i = 0; i < self->benches->len; i++)
    g_ptr_array_add (drafts, ((RetourWorkbench *) self->benches->pdata[i])->workspace->draft);
  retour_draft_name_visit (drafts);
  job->desk = services->desk;
  job->self = g_object_ref (self);
  job->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_draft_free);
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (job->drafts, retour_draft_copy (drafts->pdata[i]));
  services->storage->write (services->storage->self, run_save, save_replied, job);
}

static void
orders_changed (RetourVisit *self)
{
  save (self);
  count_promises (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
retour_visit_join (RetourVisit *self, RetourVisit *other)
{
  gint at = 0;

  g_return_if_fail (RETOUR_IS_VISIT (self) && RETOUR_IS_VISIT (other) && self != other);

  while (other->benches->len > 0)
    {
      RetourWorkbench *bench = steal (other, 0);

      bench->workspace->draft->parked = FALSE;
      insert (self, at++, bench);
    }
  other->front = NULL;
  orders_changed (self);
}

RetourWorkbench *
retour_visit_take_out (RetourVisit *self, RetourWorkbench *bench)
{
  g_autoptr (RetourWorkbench) out = NULL;
  guint at;

  if (self->benches->len < 2 || bench->busy || bench->done || !g_ptr_array_find (self->benches, bench, &at))
    return NULL;
  out = steal (self, at);
  out->workspace->promised_today -= out->promised_before;
  out->promised_before = 0;
  g_clear_pointer (&out->workspace->draft->visit, g_free);
  retour_workbench_park (out);
  if (self->front == out)
    retour_visit_set_front (self, self->benches->pdata[MIN (at, self->benches->len - 1)]);
  orders_changed (self);
  return g_steal_pointer (&out);
}

void
retour_visit_put_back (RetourVisit *self, RetourWorkbench *bench)
{
  guint at = 0;

  g_return_if_fail (bench->visit == NULL);

  while (
      at < self->benches->len
      && g_strcmp0 (((RetourWorkbench *) self->benches->pdata[at])->workspace->draft->id, bench->workspace->draft->id)
             < 0)
    at++;
  bench->workspace->draft->parked = FALSE;
  insert (self, (gint) at, g_object_ref (bench));
  orders_changed (self);
  retour_visit_set_front (self, bench);
}

RetourVisit *
retour_visit_part (RetourVisit *self, RetourWorkbench *bench)
{
  RetourVisit *others;

  if (self->benches->len < 2 || !retour_visit_is_open (self))
    return NULL;
  others = g_object_new (RETOUR_TYPE_VISIT, NULL);
  others->navigation = self->navigation;
  for (guint i = 0; i < self->benches->len;)
    if (self->benches->pdata[i] == bench)
      i++;
    else
      insert (others, -1, steal (self, i));
  others->front = others->benches->pdata[0];
  retour_visit_set_front (self, bench);
  orders_changed (self);
  orders_changed (others);
  (void) retour_visit_park (others);
  return others;
}

gboolean
retour_visit_park (RetourVisit *self)
{
  gboolean parked = FALSE;

  for (guint i = 0; i < self->benches->len; i++)
    parked |= retour_workbench_park (self->benches->pdata[i]);
  return parked;
}

gboolean
retour_visit_get_totals (RetourVisit *self, gint64 *refund, gint64 *collect)
{
  gint64 refunds = 0, collects = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < self->benches->len; i++)
    {
      RetourWorkbench *bench = self->benches->pdata[i];

      if (bench->quote == NULL || __builtin_add_overflow (refunds, bench->quote->total, &refunds)
          || __builtin_add_overflow (collects, bench->quote->exchange_collect, &collects))
        return FALSE;
      if (retour_workbench_hides_prices (bench))
        {
          refunds -= bench->quote->total;
          collects -= bench->quote->exchange_collect;
          continue;
        }
      any = any || bench->workspace->order != NULL;
    }
  if (!any)
    return FALSE;
  *refund = refunds;
  *collect = collects;
  return TRUE;
}

RetourVisit *
retour_workbench_get_visit (RetourWorkbench *bench)
{
  return bench->visit;
}

/* How much a state stands in the way of recording: the order to be looked at first. */
static int
weight (RetourWorkbenchState state)
{
  switch (state)
    {
    case RETOUR_WORKBENCH_EMPTY:
      return 0;
    case RETOUR_WORKBENCH_READY:
      return 1;
    case RETOUR_WORKBENCH_APPROVAL:
      return 2;
    case RETOUR_WORKBENCH_INCOMPLETE:
      return 3;
    case RETOUR_WORKBENCH_REFUSED:
      return 4;
    case RETOUR_WORKBENCH_BROKEN:
      return 5;
    case RETOUR_WORKBENCH_BUSY:
      return 6;
    case RETOUR_WORKBENCH_DONE:
      return 7;
    }
  return 0;
}

/* The one that stands most in the way; itself before others of the same weight. */
static RetourWorkbench *
find_hindrance (RetourWorkbench *bench)
{
  RetourWorkbench *worst = bench;

  for (guint i = 0; bench->visit != NULL && i < bench->visit->benches->len; i++)
    {
      RetourWorkbench *other = bench->visit->benches->pdata[i];

      if (weight (retour_workbench_get_state (other)) > weight (retour_workbench_get_state (worst)))
        worst = other;
    }
  return worst;
}

RetourWorkbenchState
retour_visit_get_state (RetourWorkbench *bench)
{
  return retour_workbench_get_state (find_hindrance (bench));
}

char *
retour_visit_explain_state (RetourWorkbench *bench)
{
  RetourWorkbench *worst = find_hindrance (bench);
  g_autofree char *reason = retour_workbench_explain_state (worst);
  const char *number = worst->workspace->draft->order_number;

  if (worst == bench || reason == NULL)
    return g_steal_pointer (&reason);
  return g_strdup_printf ("%s · %s", number != NULL ? number : _ ("Without order"), reason);
}

char *
retour_visit_get_primary_words (RetourWorkbench *bench)
{
  RetourWorkbenchState state = retour_visit_get_state (bench);
  gboolean several = bench->visit != NULL && bench->visit->benches->len > 1;
  gint64 refund = 0, collect = 0;
  gboolean known = FALSE;
  g_autofree char *total = NULL;

  if (state == RETOUR_WORKBENCH_APPROVAL)
    return g_strdup (_ ("Ask for approval"));
  if (several)
    known = retour_visit_get_totals (bench->visit, &refund, &collect);
  else if (bench->quote != NULL && !retour_workbench_hides_prices (bench) && bench->workspace->order != NULL)
    {
      known = TRUE;
      refund = bench->quote->total;
      collect = bench->quote->exchange_collect;
    }
  if (!known || collect > 0 || state == RETOUR_WORKBENCH_EMPTY)
    return g_strdup (several ? _ ("Confirm the visit") : _ ("Confirm return"));
  total = retour_money_format (refund, retour_workbench_get_currency (bench),
                               retour_navigation_get_language (bench->navigation));
  return g_strdup_printf (several ? _ ("Confirm the visit · %s") : _ ("Confirm return · %s"), total);
}

GPtrArray *
retour_workbench_list_peers (RetourWorkbench *self)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->visit != NULL && i < self->visit->benches->len; i++)
    {
      RetourWorkbench *bench = self->visit->benches->pdata[i];

      if (bench->workspace->draft->entries->len > 0)
        g_ptr_array_add (peers, g_object_ref (bench));
    }
  if (peers->len == 0)
    g_ptr_array_add (peers, g_object_ref (self));
  return peers;
}

static void
retour_visit_finalize (GObject *object)
{
  RetourVisit *self = RETOUR_VISIT (object);

  while (self->benches->len > 0)
    g_object_unref (steal (self, self->benches->len - 1));
  g_ptr_array_unref (self->benches);
  G_OBJECT_CLASS (retour_visit_parent_class)->finalize (object);
}

static void
retour_visit_class_init (RetourVisitClass *class)
{
  G_OBJECT_CLASS (class)->finalize = retour_visit_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", RETOUR_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FRONT] =
      g_signal_new ("front", RETOUR_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_visit_init (RetourVisit *self)
{
  self->benches = g_ptr_array_new_with_free_func (g_object_unref);
}

RetourVisit *
retour_visit_new (RetourNavigation *navigation, RetourWorkspace *workspace, GPtrArray *companions)
{
  RetourVisit *self = g_object_new (RETOUR_TYPE_VISIT, NULL);

  self->navigation = navigation;
  self->front = retour_workbench_new (navigation, workspace);
  insert (self, 0, self->front);
  while (companions != NULL && companions->len > 0)
    {
      RetourWorkspace *companion = g_ptr_array_steal_index (companions, 0);
      gboolean after = g_strcmp0 (companion->draft->id, workspace->draft->id) > 0;
      guint own = 0;

      (void) g_ptr_array_find (self->benches, self->front, &own);
      insert (self, after ? -1 : (gint) own, retour_workbench_new (navigation, companion));
    }
  count_promises (self);
  return self;
}
