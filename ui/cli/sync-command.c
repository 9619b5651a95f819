/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl sync: one exchange with the OMS, now, until everything is sent and the feed has ended. */
#include "command.h"

#include "handover.h"
#include "storage.h"
#include "worker.h"

#include <glib-unix.h>

typedef struct
{
  GMainLoop *loop;
  RetourSync *sync;
  gint64 started;
  gint64 patience; /* microseconds */
  gboolean exchanged;
} Exchange;

/* Up to date counts once an exchange was made after the start, not when it is only remembered. */
static void
on_report (const RetourSyncReport *report, gpointer user_data)
{
  Exchange *exchange = user_data;

  switch (report->phase)
    {
    case RETOUR_SYNC_PHASE_UP_TO_DATE:
      if (report->to_send == 0 && report->last_exchange != RETOUR_INSTANT_NONE && report->first_pull_done)
        {
          exchange->exchanged = TRUE;
          g_main_loop_quit (exchange->loop);
        }
      break;
    case RETOUR_SYNC_PHASE_SECURITY:
    case RETOUR_SYNC_PHASE_NOT_ENROLLED:
    case RETOUR_SYNC_PHASE_PORTAL:
    case RETOUR_SYNC_PHASE_OFFLINE:
      g_main_loop_quit (exchange->loop);
      break;
    case RETOUR_SYNC_PHASE_PULLING:
    case RETOUR_SYNC_PHASE_SENDING:
    case RETOUR_SYNC_PHASE_CLOCK_WRONG:
      break;
    }
}

static gboolean
on_out_of_patience (gpointer user_data)
{
  Exchange *exchange = user_data;

  g_main_loop_quit (exchange->loop);
  return G_SOURCE_CONTINUE;
}

static RetourExit
tell (RetourCommandContext *context, const RetourSyncReport *report, gboolean exchanged)
{
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "phase", retour_sync_phase_code (report->phase));
      retour_json_add_number (object, "to_send", report->to_send);
      retour_json_add_number (object, "attention", report->attention);
      retour_json_add_number (object, "pulled", (gint64) report->pulled);
      retour_json_add_number (object, "clock_offset_us", report->clock_offset);
      retour_json_add_text (object, "message", report->message);
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s, %u to send, %u to look at\n", retour_sync_phase_code (report->phase),
                            report->to_send, report->attention);
  if (report->message != NULL && !exchanged)
    g_string_append_printf (context->err, "retourctl: sync: %s\n", report->message);
  if (report->phase == RETOUR_SYNC_PHASE_NOT_ENROLLED)
    return RETOUR_EXIT_NOT_ENROLLED;
  return exchanged ? RETOUR_EXIT_DONE : RETOUR_EXIT_OFFLINE;
}

static RetourExit
exchange_here (RetourCommandContext *context, RetourDatabase *database, int seconds)
{
  g_autofree char *directory = g_build_filename (context->data_directory, "identity", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourSync) sync =
      retour_sync_new (retour_database_storage (database), context->documents, directory, context->clock, &error);
  Exchange exchange = { 0 };
  RetourExit status;
  guint timer;

  if (sync == NULL)
    return retour_command_fail (context, "sync", error);
  exchange.loop = g_main_loop_new (NULL, FALSE);
  exchange.sync = sync;
  retour_sync_set_listener (sync, on_report, &exchange);
  timer = g_timeout_add_seconds ((guint) seconds, on_out_of_patience, &exchange);
  retour_sync_start (sync);
  retour_sync_kick (sync);
  g_main_loop_run (exchange.loop);
  g_source_remove (timer);
  status = tell (context, retour_sync_get_report (sync), exchange.exchanged);
  retour_sync_set_listener (sync, NULL, NULL);
  retour_sync_stop (sync);
  g_main_loop_unref (exchange.loop);
  return status;
}

RetourExit
retour_run_sync (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (RetourDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  int seconds = 300;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "timeout", 't', 0, G_OPTION_ARG_INT, &seconds, "Give up after so many seconds (default 300)", "SECONDS" },
    { NULL },
  };

  if (!retour_command_parse (context, retour_command_find ("sync"), entries, &argc, &argv,
                             "While a terminal holds the data directory, that terminal is asked to exchange.", &status))
    return status;
  if (argc != 1 || seconds < 1)
    return retour_command_misused (context, "sync: expected no argument");
  database = retour_database_open (context->data_directory, context->documents, RETOUR_DATABASE_THREADS, &error);
  if (database != NULL)
    return exchange_here (context, database, seconds);
  if (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_LOCKED))
    {
      const char *const kick[] = { "sync", NULL };

      return retour_handover (context, kick, NULL);
    }
  return retour_command_fail (context, "sync", error);
}
