/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl sync: one exchange with the OMS, now, until everything is sent and the feed has ended. While it runs it stands
 * for the terminal: other commands that write are done by it. */
#include "command.h"

#include "control.h"
#include "exchange-wait.h"
#include "opening.h"
#include "terminal-desk.h"

#define USUAL_PATIENCE 300 /* seconds */
/* For those who asked something of this exchange before it ended. */
#define LATECOMER_PATIENCE 30

typedef struct
{
  RetourCommandContext *context;
  RetourDatabase *database;
  GMainLoop *loop;
  RetourDesk *desk;
  RetourSync *sync;
  RetourExit status;
} Exchange;

static gpointer
make_desk (RetourStore *store, gpointer user_data, GError **error)
{
  const RetourCommandContext *context = ((Exchange *) user_data)->context;

  return retour_terminal_desk_new (context->data_directory, store, context->documents, context->clock, error);
}

static void
on_desk_made (gpointer result, const GError *error, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->desk = result;
  if (error != NULL)
    exchange->status = retour_command_fail (exchange->context, "sync", error);
  g_main_loop_quit (exchange->loop);
}

static void
on_ended (RetourExit status, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->status = status;
  g_main_loop_quit (exchange->loop);
}

static void
kick (gpointer user_data)
{
  retour_sync_kick (((Exchange *) user_data)->sync);
}

static void
run_exchange (Exchange *exchange, guint seconds)
{
  RetourCommandContext *context = exchange->context;
  const RetourControlServices services = { .storage = retour_database_storage (exchange->database),
                                           .desk = exchange->desk,
                                           .sync = exchange->sync,
                                           .documents = context->documents,
                                           .clock = context->clock,
                                           .data_directory = context->data_directory,
                                           .kick = kick,
                                           .user_data = exchange };
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourControl) control = NULL;
  g_autoptr (RetourExchangeWait) wait = NULL;

  retour_sync_start (exchange->sync);
  control = retour_control_new (&services, &error);
  if (control == NULL)
    g_string_append_printf (context->err, "retourctl: sync: others have to wait: %s\n", error->message);
  wait = retour_exchange_wait_new (context, exchange->sync, services.storage, seconds, on_ended, exchange);
  g_main_loop_run (exchange->loop);
  if (control != NULL)
    retour_control_finish (control, LATECOMER_PATIENCE);
}

static RetourExit
exchange_here (RetourCommandContext *context, RetourDatabase *database, guint seconds)
{
  g_autofree char *directory = g_build_filename (context->data_directory, "identity", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RetourDesk) desk = NULL;
  g_autoptr (RetourSync) sync = NULL;
  g_autoptr (GError) error = NULL;
  const RetourStorage *storage = retour_database_storage (database);
  Exchange exchange = { .context = context, .database = database, .loop = loop };

  storage->write (storage->self, make_desk, on_desk_made, &exchange);
  g_main_loop_run (loop);
  desk = exchange.desk;
  if (desk == NULL)
    return exchange.status;
  sync = exchange.sync = retour_sync_new (storage, context->documents, directory, context->clock, &error);
  if (sync == NULL)
    return retour_command_fail (context, "sync", error);
  run_exchange (&exchange, seconds);
  retour_sync_stop (sync);
  return exchange.status;
}

RetourExit
retour_run_sync (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (RetourDatabase) database = NULL;
  g_autofree char *patience = NULL;
  const char *asked[] = { "sync", NULL, NULL, NULL };
  guint seconds = 0;
  RetourExit status;

  if (!retour_exchange_parse (context, argc, argv, &seconds, &status))
    return status;
  if (seconds > 0)
    {
      patience = g_strdup_printf ("%u", seconds);
      asked[1] = "--timeout";
      asked[2] = patience;
    }
  database = retour_command_open (context, RETOUR_DATABASE_THREADS, asked, &status);
  if (database == NULL)
    return status;
  return exchange_here (context, database, seconds > 0 ? seconds : USUAL_PATIENCE);
}
