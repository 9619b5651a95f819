/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-wait.h"

#define LOOK_EVERY 25 /* milliseconds */
/* No number of seconds that anybody says. */
#define UNSAID G_MININT
/* Within this a request to exchange has led to a try, if it leads to one at all. */
#define TRY_WITHIN (2 * RETOUR_SECOND)

typedef enum
{
  EXCHANGE_UNDER_WAY,
  EXCHANGE_MADE,
  EXCHANGE_FAILED,
  EXCHANGE_NOT_TRIED, /* the last try failed a moment ago, and the next has its time */
  EXCHANGE_NOT_ENROLLED,
  EXCHANGE_UNFINISHED, /* out of patience */
} ExchangeStage;

struct _RetourExchangeWait
{
  RetourCommandContext *context;
  RetourSync *sync;
  const RetourStorage *storage;
  gint64 asked_at, deadline; /* boot time */
  RetourInstant asked_on;    /* the wall clock then */
  guint seconds;
  guint timer;
  ExchangeStage stage;
  RetourExchangeReply reply;
  gpointer user_data;
  struct Count *count; /* with the store; NULL: none */
};

/* What is still to be sent is asked of the store at the end: a report may be a moment old. */
typedef struct Count
{
  RetourExchangeWait *wait; /* NULL: nobody waits any more */
  RetourInstant asked_on;
  RetourSyncStatus status;
  guint left; /* of what was to be sent when the exchange was asked for */
} Count;

gboolean
retour_exchange_parse (RetourCommandContext *context, int argc, char **argv, guint *seconds, RetourExit *status)
{
  int wanted = UNSAID;
  const GOptionEntry entries[] = {
    { "timeout", 't', 0, G_OPTION_ARG_INT, &wanted, "Give up after so many seconds, 1 to 300", "SECONDS" },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("sync"), entries, &argc, &argv,
          "While a terminal holds the data directory, that terminal exchanges. Waits up to 300 s, for a "
          "terminal 30 s.\n"
          "Exit status: 0 exchanged, 1 not finished in time or not all sent, 5 the OMS does not answer or "
          "is not the one that is believed, 6 not enrolled.",
          status))
    return FALSE;
  if (argc != 1 || (wanted != UNSAID && wanted < 1) || wanted > RETOUR_EXCHANGE_PATIENCE_MAX)
    {
      *status = retour_command_misused (context, "sync: expected no argument but --timeout, 1 to 300 seconds");
      return FALSE;
    }
  *seconds = wanted != UNSAID ? (guint) wanted : 0;
  return TRUE;
}

static gboolean
is_trouble (RetourSyncPhase phase)
{
  switch (phase)
    {
    case RETOUR_SYNC_PHASE_OFFLINE:
    case RETOUR_SYNC_PHASE_SECURITY:
    case RETOUR_SYNC_PHASE_PORTAL:
      return TRUE;
    case RETOUR_SYNC_PHASE_UP_TO_DATE:
    case RETOUR_SYNC_PHASE_PULLING:
    case RETOUR_SYNC_PHASE_SENDING:
    case RETOUR_SYNC_PHASE_CLOCK_WRONG:
    case RETOUR_SYNC_PHASE_NOT_ENROLLED:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static ExchangeStage
judge (const RetourExchangeWait *wait, const RetourSyncReport *report)
{
  const RetourClock *clock = wait->context->clock;
  gint64 now = clock->boot (clock->self);

  if (retour_sync_get_enrolment (wait->sync) == NULL)
    return EXCHANGE_NOT_ENROLLED;
  if (report->pulled_as_of >= wait->asked_at && report->pushed_as_of >= wait->asked_at)
    return EXCHANGE_MADE;
  if (report->failed_at >= wait->asked_at)
    return EXCHANGE_FAILED;
  if (is_trouble (report->phase) && report->next_try != RETOUR_INSTANT_NONE && now >= wait->asked_at + TRY_WITHIN)
    return EXCHANGE_NOT_TRIED;
  return now >= wait->deadline ? EXCHANGE_UNFINISHED : EXCHANGE_UNDER_WAY;
}

static void
print_answer (RetourExchangeWait *wait, const RetourSyncReport *report, const RetourSyncStatus *status)
{
  RetourCommandContext *context = wait->context;
  g_autoptr (json_object) object = NULL;

  if (!context->json)
    {
      g_string_append_printf (context->out, "%s, %u to send, %u to look at\n", retour_sync_phase_code (report->phase),
                              status->to_send, status->attention);
      return;
    }
  object = json_object_new_object ();
  retour_json_add_flag (object, "exchanged", wait->stage == EXCHANGE_MADE);
  retour_json_add_text (object, "phase", retour_sync_phase_code (report->phase));
  retour_json_add_number (object, "to_send", status->to_send);
  retour_json_add_number (object, "attention", status->attention);
  retour_json_add_number (object, "orders", (gint64) status->orders);
  retour_json_add_number (object, "clock_offset_us", report->clock_offset);
  retour_json_add_instant (object, "next_try", report->next_try);
  retour_json_add_text (object, "message", report->message);
  retour_command_print_json (context, object);
}

static RetourExit
conclude (RetourExchangeWait *wait, const RetourSyncReport *report, guint left)
{
  GString *err = wait->context->err;
  const char *why = report->message != NULL ? report->message : retour_sync_phase_code (report->phase);
  g_autofree char *next = NULL;

  switch (wait->stage)
    {
    case EXCHANGE_MADE:
      if (report->phase == RETOUR_SYNC_PHASE_CLOCK_WRONG)
        g_string_append (err, "retourctl: sync: the clock is more than a day from the OMS's: set it\n");
      if (left == 0)
        return RETOUR_EXIT_DONE;
      g_string_append_printf (err, "retourctl: sync: %u still to send: see retourctl outbox list\n", left);
      return RETOUR_EXIT_FAILED;
    case EXCHANGE_FAILED:
      g_string_append_printf (err, "retourctl: sync: %s: %s\n", retour_sync_phase_code (report->phase), why);
      return RETOUR_EXIT_OFFLINE;
    case EXCHANGE_NOT_TRIED:
      next = retour_instant_format (report->next_try);
      g_string_append_printf (err, "retourctl: sync: %s: %s; tried again at %s\n",
                              retour_sync_phase_code (report->phase), why, next);
      return RETOUR_EXIT_OFFLINE;
    case EXCHANGE_NOT_ENROLLED:
      g_string_append (err, "retourctl: sync: this terminal is not enrolled: see retourctl enrol --help\n");
      return RETOUR_EXIT_NOT_ENROLLED;
    case EXCHANGE_UNDER_WAY:
    case EXCHANGE_UNFINISHED:
      g_string_append_printf (err, "retourctl: sync: not done after %u s; what was done is kept\n", wait->seconds);
      return RETOUR_EXIT_FAILED;
    }
  g_return_val_if_reached (RETOUR_EXIT_FAILED);
}

static gpointer
count_operations (RetourStore *store, gpointer user_data, GError **error)
{
  Count *count = user_data;
  g_autoptr (GPtrArray) operations = NULL;

  if (!store->sync_status (store, &count->status, error))
    return NULL;
  operations = store->list_operations (store, error);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      const RetourOperation *operation = g_ptr_array_index (operations, i);

      count->left += !operation->quarantined && operation->created_at - operation->clock_offset < count->asked_on;
    }
  return operations != NULL ? count : NULL;
}

static void
on_counted (gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Count *count = user_data;
  RetourExchangeWait *wait = count->wait;
  const RetourSyncReport *report;
  RetourExit status;

  if (wait == NULL)
    return;
  wait->count = NULL;
  if (error != NULL)
    status = retour_command_fail (wait->context, "sync", error);
  else
    {
      report = retour_sync_get_report (wait->sync);
      print_answer (wait, report, &count->status);
      status = conclude (wait, report, count->left);
    }
  wait->reply (status, wait->user_data);
}

static gboolean
look (gpointer user_data)
{
  RetourExchangeWait *wait = user_data;

  wait->stage = judge (wait, retour_sync_get_report (wait->sync));
  if (wait->stage == EXCHANGE_UNDER_WAY)
    return G_SOURCE_CONTINUE;
  wait->timer = 0;
  wait->count = g_new0 (Count, 1);
  wait->count->wait = wait;
  wait->count->asked_on = wait->asked_on;
  wait->storage->read (wait->storage->self, count_operations, on_counted, wait->count);
  return G_SOURCE_REMOVE;
}

RetourExchangeWait *
retour_exchange_wait_new (RetourCommandContext *context,
                          RetourSync *sync,
                          const RetourStorage *storage,
                          guint seconds,
                          RetourExchangeReply reply,
                          gpointer user_data)
{
  RetourExchangeWait *wait = g_new0 (RetourExchangeWait, 1);

  wait->context = context;
  wait->sync = sync;
  wait->storage = storage;
  wait->asked_at = context->clock->boot (context->clock->self);
  wait->asked_on = context->clock->wall (context->clock->self);
  wait->deadline = wait->asked_at + seconds * RETOUR_SECOND;
  wait->seconds = seconds;
  wait->reply = reply;
  wait->user_data = user_data;
  retour_sync_kick (sync);
  wait->timer = g_timeout_add (LOOK_EVERY, look, wait);
  return wait;
}

void
retour_exchange_wait_free (RetourExchangeWait *wait)
{
  if (wait == NULL)
    return;
  if (wait->timer != 0)
    g_source_remove (wait->timer);
  if (wait->count != NULL)
    wait->count->wait = NULL;
  g_free (wait);
}
