/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-private.h"
#include "json-writer.h"

/* What a job needs, and where its reply goes. */
typedef struct
{
  RetourExchange *exchange;
  RetourActionKind kind;
  guint limit;
  RetourInstant now;
  const RetourClock *clock;
  GPtrArray *settlements;
  guint settled; /* of them, so far */
  gboolean pulled, pushed, sealed;
  gint64 clock_offset;
  GPtrArray *records; /* RetourAuditRecord */
  RetourSyncStatus status;
  char *epoch;              /* that the store has noted, or is to note */
  RetourIds *ids;           /* borrowed */
  RetourIdentity *identity; /* whose journal is sealed; NULL: nobody's */
} Job;

#define DONE GINT_TO_POINTER (1)
/* A clerk who confirms waits for the job before: none of ours goes on for much longer than this. */
#define LONGEST_JOB (3 * 1000)

static Job *
begin_job (RetourExchange *exchange, RetourActionKind kind)
{
  Job *job = g_new0 (Job, 1);

  job->exchange = exchange;
  job->kind = kind;
  job->clock = exchange->clock;
  job->now = exchange->clock->wall (exchange->clock->self);
  exchange->jobs++;
  return job;
}

static void
end_job (Job *job)
{
  job->exchange->jobs--;
  g_clear_pointer (&job->settlements, g_ptr_array_unref);
  g_clear_pointer (&job->records, g_ptr_array_unref);
  g_free (job->epoch);
  retour_identity_free (job->identity);
  g_free (job);
}

/* The engine hears of a failure with the action that failed. Nobody waits for a note: what it would have remembered comes
 * again with the next one. */
static gboolean
report_failure (Job *job, const GError *error)
{
  if (error == NULL)
    return FALSE;
  retour_exchange_dispatch (job->exchange, &(RetourEvent){ .kind = RETOUR_EVENT_STORAGE_FAILED,
                                                           .failed = job->kind,
                                                           .message = error->message });
  return TRUE;
}

/* Of the OMS's book; NULL: none was noted yet, or it cannot be read, which only costs one answer. */
static char *
noted_epoch (RetourStore *store)
{
  return store->setting (store, RETOUR_SETTING_OMS_EPOCH, NULL);
}

static gpointer
claim (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  job->epoch = noted_epoch (store);
  return store->claim_operations (store, job->now, job->limit, error);
}

static void
on_claimed (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GPtrArray) operations = result;

  if (!report_failure (job, error))
    retour_exchange_dispatch (job->exchange, &(RetourEvent){ .kind = RETOUR_EVENT_CLAIMED,
                                                             .operations = operations,
                                                             .epoch = job->epoch });
  end_job (job);
}

void
retour_exchange_claim (RetourExchange *exchange, guint limit)
{
  Job *job = begin_job (exchange, RETOUR_ACTION_CLAIM);

  job->limit = limit;
  exchange->storage->write (exchange->storage->self, claim, on_claimed, job);
}

static gboolean
settle_one (RetourStore *store, const RetourSettlement *settlement, RetourInstant now, GError **error)
{
  if (settlement->answer != NULL)
    return store->settle_operation (store, settlement->answer, now, error);
  return store->postpone_operation (store, settlement->op, settlement->next_at, settlement->why, error);
}

/* One that the store no longer knows is settled already. */
static gboolean
settle_or_pass (RetourStore *store, const RetourSettlement *settlement, RetourInstant now, GError **error)
{
  GError *problem = NULL;

  if (settle_one (store, settlement, now, &problem))
    return TRUE;
  if (!g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return TRUE;
}

/* Each is a transaction of its own, and each may be done twice: what fails in the middle is begun again from the claim. */
static gpointer
settle (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;
  gint64 end = job->clock->boot (job->clock->self) + LONGEST_JOB;

  do
    if (!settle_or_pass (store, job->settlements->pdata[job->settled], job->now, error))
      return NULL;
  while (++job->settled < job->settlements->len && job->clock->boot (job->clock->self) < end);
  return DONE;
}

static void
on_settled (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;
  RetourExchange *exchange = job->exchange;

  if (error == NULL && job->settled < job->settlements->len)
    {
      exchange->storage->write (exchange->storage->self, settle, on_settled, job);
      return;
    }
  if (!report_failure (job, error))
    retour_exchange_dispatch (exchange, &(RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
  retour_exchange_refresh_status (exchange);
  end_job (job);
}

static void
on_done (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;

  if (!report_failure (job, error))
    retour_exchange_dispatch (job->exchange,
                              &(RetourEvent){ .kind = job->kind == RETOUR_ACTION_APPLY      ? RETOUR_EVENT_PAGE_APPLIED
                                                      : job->kind == RETOUR_ACTION_RE_OFFER ? RETOUR_EVENT_RE_OFFERED
                                                                                            : RETOUR_EVENT_CLEARED });
  end_job (job);
}

void
retour_exchange_settle (RetourExchange *exchange, GPtrArray *settlements)
{
  Job *job = begin_job (exchange, RETOUR_ACTION_SETTLE);

  job->settlements = g_ptr_array_ref (settlements);
  exchange->storage->write (exchange->storage->self, settle, on_settled, job);
}

static gpointer
locate (RetourStore *store, gpointer user_data, GError **error)
{
  ((Job *) user_data)->epoch = noted_epoch (store);
  return store->cursor (store, error);
}

static void
on_located (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;
  g_autofree char *cursor = result;

  if (!report_failure (job, error))
    retour_exchange_dispatch (job->exchange,
                              &(RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = cursor, .epoch = job->epoch });
  end_job (job);
}

void
retour_exchange_locate (RetourExchange *exchange)
{
  exchange->storage->read (exchange->storage->self, locate, on_located, begin_job (exchange, RETOUR_ACTION_LOCATE));
}

void
retour_exchange_apply (RetourExchange *exchange, RetourChangePage *page)
{
  exchange->storage->apply (exchange->storage->self, page, on_done, begin_job (exchange, RETOUR_ACTION_APPLY));
}

static gpointer
start_again (RetourStore *store, gpointer user_data, GError **error)
{
  return store->start_again (store, error) ? DONE : NULL;
}

void
retour_exchange_start_again (RetourExchange *exchange)
{
  exchange->storage->write (exchange->storage->self, start_again, on_done,
                            begin_job (exchange, RETOUR_ACTION_START_AGAIN));
}

static gpointer
re_offer (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return store->re_offer_operations (store, job->epoch, job->now, error) ? DONE : NULL;
}

void
retour_exchange_re_offer (RetourExchange *exchange, const char *epoch)
{
  Job *job = begin_job (exchange, RETOUR_ACTION_RE_OFFER);

  job->epoch = g_strdup (epoch);
  exchange->storage->write (exchange->storage->self, re_offer, on_done, job);
}

static gpointer
note (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  if (!store->note_exchange (store, job->pulled, job->pushed, job->now, job->clock_offset, error))
    return NULL;
  if (job->identity != NULL
      && !retour_exchange_seal (store, job->ids, job->identity, job->now, job->clock_offset, &job->sealed, error))
    return NULL;
  return DONE;
}

static void
on_noted (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;

  retour_exchange_refresh_status (job->exchange);
  if (job->sealed)
    retour_exchange_dispatch (job->exchange, &(RetourEvent){ .kind = RETOUR_EVENT_KICK });
  end_job (job);
}

void
retour_exchange_note (RetourExchange *exchange, const RetourAction *action)
{
  Job *job = begin_job (exchange, RETOUR_ACTION_NOTE);

  job->pulled = action->pulled;
  job->ids = exchange->ids;
  if (action->pulled && exchange->enrolment != NULL)
    job->identity = retour_identity_copy (exchange->enrolment->identity);
  job->pushed = action->pushed;
  job->now = action->at;
  job->clock_offset = action->clock_offset;
  exchange->storage->write (exchange->storage->self, note, on_noted, job);
}

static gpointer
journal (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  for (guint i = 0; i < job->records->len; i++)
    if (!store->append_audit (store, job->records->pdata[i], error))
      return NULL;
  return DONE;
}

static void
on_journalled (gpointer result, const GError *error, gpointer user_data)
{
  end_job (user_data);
}

static RetourAuditRecord *
record_of (const RetourRefusedChange *refused, guint64 count, RetourInstant at)
{
  RetourJsonWriter writer;

  retour_json_writer_init (&writer, FALSE);
  retour_json_begin_object (&writer, NULL);
  retour_json_write_whole (&writer, "line", (gint64) refused->line);
  retour_json_write_text (&writer, "cause", refused->cause);
  retour_json_write_whole (&writer, "of", (gint64) count);
  retour_json_end_object (&writer);
  g_autofree char *body = retour_json_writer_end (&writer);
  return retour_audit_record_new ("change.refused", NULL, refused->id, at, body);
}

void
retour_exchange_journal_refused (RetourExchange *exchange, GPtrArray *refused, guint64 count)
{
  if (refused->len == 0)
    return;
  Job *job = begin_job (exchange, RETOUR_ACTION_NOTE);
  job->records = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_audit_record_free);
  for (guint i = 0; i < refused->len; i++)
    g_ptr_array_add (job->records, record_of (refused->pdata[i], count, job->now));
  exchange->storage->write (exchange->storage->self, journal, on_journalled, job);
}

static gpointer
read_status (RetourStore *store, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return store->sync_status (store, &job->status, error) ? DONE : NULL;
}

static void
on_status (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;
  RetourExchange *exchange = job->exchange;
  gboolean stale = exchange->status_stale;

  exchange->status_asked = exchange->status_stale = FALSE;
  if (result != NULL)
    exchange->status = job->status;
  exchange->status_known = TRUE;
  end_job (job);
  if (stale)
    retour_exchange_refresh_status (exchange);
  else
    retour_exchange_tell (exchange);
}

void
retour_exchange_refresh_status (RetourExchange *exchange)
{
  if (exchange->stopping)
    return;
  if (exchange->status_asked)
    {
      exchange->status_stale = TRUE;
      return;
    }
  exchange->status_asked = TRUE;
  exchange->storage->read (exchange->storage->self, read_status, on_status, begin_job (exchange, RETOUR_ACTION_NOTE));
}
