/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal.h"

#include "control.h"
#include "documents.h"
#include "enrolment.h"
#include "storage.h"
#include "system-clock.h"
#include "worker.h"

#define SETTING_PRINTER "printer"

struct _RetourTerminal
{
  RetourServices services;
  RetourDatabase *database;
  RetourSync *sync;
  RetourControl *control;
  RetourLinkChanged listener;
  gpointer listener_data;
};

static RetourLinkState
link_state (RetourSyncPhase phase)
{
  switch (phase)
    {
    case RETOUR_SYNC_PHASE_UP_TO_DATE:
      return RETOUR_LINK_UP_TO_DATE;
    case RETOUR_SYNC_PHASE_PULLING:
      return RETOUR_LINK_PULLING;
    case RETOUR_SYNC_PHASE_SENDING:
      return RETOUR_LINK_SENDING;
    case RETOUR_SYNC_PHASE_OFFLINE:
      return RETOUR_LINK_OFFLINE;
    case RETOUR_SYNC_PHASE_SECURITY:
      return RETOUR_LINK_SECURITY;
    case RETOUR_SYNC_PHASE_CLOCK_WRONG:
      return RETOUR_LINK_CLOCK_WRONG;
    case RETOUR_SYNC_PHASE_NOT_ENROLLED:
      return RETOUR_LINK_NOT_ENROLLED;
    case RETOUR_SYNC_PHASE_PORTAL:
      return RETOUR_LINK_PORTAL;
    }
  g_return_val_if_reached (RETOUR_LINK_OFFLINE);
}

/* A pull of a few changes is everyday business: only the first one, of all orders, is shown as such. */
static void
read_report (const RetourSyncReport *report, RetourLink *link)
{
  link->state = link_state (report->phase);
  if (report->phase == RETOUR_SYNC_PHASE_PULLING && report->first_pull_done)
    link->state = RETOUR_LINK_UP_TO_DATE;
  link->since = report->since;
  link->last_exchange = report->last_exchange;
  link->to_send = report->to_send;
  link->attention = report->attention;
  link->pulled = report->pulled;
  link->total = report->total;
  link->seconds_left = report->seconds_left;
  link->clock_offset = report->clock_offset;
  link->message = report->message;
}

static void
get_link (gpointer self, RetourLink *link)
{
  RetourTerminal *terminal = self;

  read_report (retour_sync_get_report (terminal->sync), link);
}

static void
set_link_listener (gpointer self, RetourLinkChanged listener, gpointer user_data)
{
  RetourTerminal *terminal = self;

  terminal->listener = listener;
  terminal->listener_data = user_data;
}

static void
reported (const RetourSyncReport *report, gpointer user_data)
{
  RetourTerminal *terminal = user_data;
  RetourLink link;

  if (report->clock_known)
    retour_desk_learn_clock_offset (terminal->services.desk, report->clock_offset);
  else
    retour_desk_set_clock_offset (terminal->services.desk, report->clock_offset);
  if (terminal->listener == NULL)
    return;
  read_report (report, &link);
  terminal->listener (&link, terminal->listener_data);
}

static void
kick (gpointer self)
{
  retour_sync_kick (((RetourTerminal *) self)->sync);
}

typedef struct
{
  const RetourServices *services;
  RetourIdentity *identity;
  RetourSyncStatus status;
  char *printer;
  RetourIds *ids;
  GError *error;
  gboolean done;
} Start;

static gpointer
start_job (RetourStore *store, gpointer user_data, GError **error)
{
  Start *start = user_data;
  g_autofree char *newest = NULL;
  GError *problem = NULL;

  newest = store->newest_id (store, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (!retour_ids_restore (start->ids, newest, error))
    return NULL;
  start->identity = store->identity (store, error);
  if (start->identity == NULL || !store->sync_status (store, &start->status, error))
    return NULL;
  start->printer = store->setting (store, SETTING_PRINTER, error);
  return start;
}

static void
start_replied (gpointer result, const GError *error, gpointer user_data)
{
  Start *start = user_data;

  start->error = error != NULL ? g_error_copy (error) : NULL;
  start->done = TRUE;
}

/* What must be known before there is a desk; the only time that anything waits for the store, before there is a window. */
static gboolean
read_start (const RetourStorage *storage, Start *start, GError **error)
{
  storage->read (storage->self, start_job, start_replied, start);
  while (!start->done)
    g_main_context_iteration (NULL, TRUE);
  if (start->error != NULL)
    {
      g_propagate_error (error, start->error);
      return FALSE;
    }
  return TRUE;
}

static RetourDesk *
desk_new (const Start *start, RetourIds *ids, const RetourEnrolment *enrolment)
{
  const RetourIdentity *identity = start->identity != NULL ? start->identity : enrolment->identity;
  RetourDesk *desk = retour_desk_new (retour_documents (), retour_system_clock (), ids, identity,
                                      enrolment != NULL ? enrolment->proof_secret : NULL);

  retour_desk_set_clock_offset (desk, start->status.clock_offset);
  return desk;
}

static gboolean
make_desk (RetourTerminal *terminal, const char *identity_directory, GError **error)
{
  RetourServices *services = &terminal->services;
  g_autoptr (GError) problem = NULL;
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (identity_directory, &problem);
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);
  Start start = { .services = services, .ids = ids };

  if (enrolment == NULL && !g_error_matches (problem, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_NOT_ENROLLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!read_start (services->storage, &start, error))
    return FALSE;
  if (start.identity == NULL && enrolment == NULL)
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND,
                   "%s belongs to no terminal yet: enrol it with `retourctl enrol`", services->data_directory);
      g_free (start.printer);
      return FALSE;
    }
  services->desk = desk_new (&start, g_steal_pointer (&ids), enrolment);
  if (services->printer == NULL)
    services->printer = start.printer;
  else
    g_free (start.printer);
  retour_identity_free (start.identity);
  return TRUE;
}

RetourTerminal *
retour_terminal_new (const char *data_directory, const char *printer, GError **error)
{
  g_autoptr (RetourTerminal) terminal = g_new0 (RetourTerminal, 1);
  g_autofree char *identity_directory = g_build_filename (data_directory, "identity", NULL);
  RetourServices *services = &terminal->services;

  services->documents = retour_documents ();
  services->data_directory = g_strdup (data_directory);
  services->printer = g_strdup (printer);
  services->get_link = get_link;
  services->set_link_listener = set_link_listener;
  services->kick = kick;
  services->self = terminal;
  terminal->database = retour_database_open (data_directory, services->documents, RETOUR_DATABASE_THREADS, error);
  if (terminal->database == NULL)
    return NULL;
  services->storage = retour_database_storage (terminal->database);
  if (!make_desk (terminal, identity_directory, error))
    return NULL;
  terminal->sync =
      retour_sync_new (services->storage, services->documents, identity_directory, retour_system_clock (), error);
  if (terminal->sync == NULL)
    return NULL;
  if (retour_sync_get_enrolment (terminal->sync) != NULL)
    services->oms = retour_sync_oms (terminal->sync);
  return g_steal_pointer (&terminal);
}

void
retour_terminal_free (RetourTerminal *terminal)
{
  if (terminal == NULL)
    return;
  retour_control_free (terminal->control);
  retour_sync_free (terminal->sync);
  retour_database_close (terminal->database);
  retour_desk_free (terminal->services.desk);
  g_free (terminal->services.data_directory);
  g_free (terminal->services.printer);
  g_free (terminal);
}

/* Without the private socket retourctl finds the directory taken and says so: no reason not to open the desk. */
static void
listen_for_commands (RetourTerminal *terminal)
{
  const RetourControlServices services = {
    .storage = terminal->services.storage,
    .desk = terminal->services.desk,
    .sync = terminal->sync,
    .documents = terminal->services.documents,
    .clock = retour_system_clock (),
    .data_directory = terminal->services.data_directory,
    .printer = terminal->services.printer,
    .kick = kick,
    .user_data = terminal,
  };
  g_autoptr (GError) error = NULL;

  terminal->control = retour_control_new (&services, &error);
  if (terminal->control == NULL)
    g_warning ("retourctl cannot reach this terminal: %s", error->message);
}

void
retour_terminal_start (RetourTerminal *terminal)
{
  retour_sync_set_listener (terminal->sync, reported, terminal);
  retour_sync_start (terminal->sync);
  listen_for_commands (terminal);
}

const RetourServices *
retour_terminal_get_services (RetourTerminal *terminal)
{
  return &terminal->services;
}
