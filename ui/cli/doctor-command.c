/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl doctor: looks for what is wrong with this terminal, one line a check: what was found and what to do. */
#include "command.h"

#include "build-day.h"
#include "enrolment.h"
#include "printer.h"
#include "storage.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SPACE_NEEDED (G_GUINT64_CONSTANT (256) * 1024 * 1024)
#define CERTIFICATE_WARNING_DAYS 14

typedef enum
{
  FINDING_GOOD,
  FINDING_WARNING,
  FINDING_BAD,
} Finding;

typedef struct
{
  RetourCommandContext *context;
  json_object *checks;
  guint bad, warnings;
} Examination;

static void G_GNUC_PRINTF (4, 5)
    note (Examination *examination, const char *check, Finding finding, const char *format, ...)
{
  static const char *const codes[] = { "good", "warning", "bad" };
  json_object *object = json_object_new_object ();
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  retour_json_add_text (object, "check", check);
  retour_json_add_text (object, "finding", codes[finding]);
  retour_json_add_text (object, "text", text);
  json_object_array_add (examination->checks, object);
  if (!examination->context->json)
    g_string_append_printf (examination->context->out, "%-8s %-12s %s\n", codes[finding], check, text);
  examination->bad += finding == FINDING_BAD;
  examination->warnings += finding == FINDING_WARNING;
}

static gboolean
examine_directory (Examination *examination)
{
  const char *directory = examination->context->data_directory;
  struct stat found;
  struct statvfs space;

  if (stat (directory, &found) != 0)
    {
      note (examination, "directory", FINDING_BAD, "%s: %s; enrol this terminal first", directory, g_strerror (errno));
      return FALSE;
    }
  if (!S_ISDIR (found.st_mode) || access (directory, R_OK | W_OK | X_OK) != 0)
    {
      note (examination, "directory", FINDING_BAD, "%s cannot be written: give it to the user who runs Retour",
            directory);
      return FALSE;
    }
  if ((found.st_mode & 077) != 0)
    note (examination, "directory", FINDING_WARNING, "%s can be read by others: chmod 700", directory);
  else
    note (examination, "directory", FINDING_GOOD, "%s", directory);
  if (statvfs (directory, &space) == 0)
    {
      guint64 left = (guint64) space.f_bavail * space.f_frsize;

      note (examination, "space", left < SPACE_NEEDED ? FINDING_BAD : FINDING_GOOD, "%" G_GUINT64_FORMAT " MiB left%s",
            left / 1024 / 1024, left < SPACE_NEEDED ? ": make room, 256 MiB at least" : "");
    }
  return TRUE;
}

static void
examine_clock (Examination *examination)
{
  RetourInstant now = examination->context->clock->wall (examination->context->clock->self);
  g_autofree char *text = retour_instant_format (now - now % RETOUR_SECOND);

  note (examination, "clock", now < RETOUR_BUILD_DAY ? FINDING_BAD : FINDING_GOOD, "%s%s", text,
        now < RETOUR_BUILD_DAY ? ": set the date; until then windows near their edge ask a manager" : "");
}

static void
examine_store (Examination *examination)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourDatabase) database = NULL;
  RetourSyncStatus status = { 0 };
  RetourStore *store;

  database = retour_database_open (examination->context->data_directory, examination->context->documents,
                                   RETOUR_DATABASE_LOOK, &error);
  if (database == NULL)
    {
      note (examination, "database", FINDING_BAD, "%s", error->message);
      return;
    }
  if (!retour_database_check (database, &error))
    {
      note (examination, "database", FINDING_BAD,
            "%s; restore a copy, or set it aside with retourctl doctor --set-aside", error->message);
      return;
    }
  store = retour_database_store (database);
  if (!store->sync_status (store, &status, &error))
    {
      note (examination, "database", FINDING_BAD, "%s", error->message);
      return;
    }
  note (examination, "database", FINDING_GOOD, "whole, %" G_GUINT64_FORMAT " orders", status.orders);
  note (examination, "outbox", status.attention > 0 ? FINDING_WARNING : FINDING_GOOD, "%u to send, %u to look at",
        status.to_send, status.attention);
  if (ABS (status.clock_offset) > RETOUR_CLOCK_TOLERANCE)
    note (examination, "clock", FINDING_WARNING, "%" G_GINT64_FORMAT " s away from the OMS's",
          status.clock_offset / RETOUR_SECOND);
}

static void
examine_identity (Examination *examination)
{
  g_autofree char *directory = g_build_filename (examination->context->data_directory, "identity", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (directory, &error);
  RetourInstant now = examination->context->clock->wall (examination->context->clock->self);
  g_autofree char *until = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (enrolment == NULL)
    {
      note (examination, "enrolment", FINDING_BAD, "%s", error->message);
      return;
    }
  until = retour_instant_format (enrolment->valid_until);
  if (now > enrolment->valid_until)
    note (examination, "certificate", FINDING_BAD, "ran out %s: enrol again", until);
  else if (now > enrolment->valid_until - CERTIFICATE_WARNING_DAYS * 24 * 3600 * RETOUR_SECOND)
    note (examination, "certificate", FINDING_WARNING, "runs out %s", until);
  else
    note (examination, "certificate", FINDING_GOOD, "valid until %s", until);
  zone = enrolment->identity->time_zone != NULL ? retour_time_zone_new (enrolment->identity->time_zone) : NULL;
  note (examination, "time zone", zone != NULL ? FINDING_GOOD : FINDING_BAD, "%s%s",
        enrolment->identity->time_zone != NULL ? enrolment->identity->time_zone : "none",
        zone != NULL ? "" : " is not known here: install tzdata");
}

static void
examine_printer (Examination *examination, const char *setting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourPrinter) printer = NULL;

  if (setting == NULL)
    {
      note (examination, "printer", FINDING_WARNING, "none set: proofs are shown on the screen and saved as PDF");
      return;
    }
  printer = retour_printer_new (setting, &error);
  note (examination, "printer", printer != NULL ? FINDING_GOOD : FINDING_BAD, "%s",
        printer != NULL ? setting : error->message);
}

/* Only what cannot be used is put away: a whole database keeps what was not sent yet. */
static RetourExit
set_aside (RetourCommandContext *context)
{
  g_autoptr (RetourDatabase) whole =
      retour_database_open (context->data_directory, context->documents, RETOUR_DATABASE_LOOK, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  if (whole != NULL && retour_database_check (whole, NULL))
    return retour_command_misused (context, "doctor: the database of %s is whole: nothing is set aside",
                                   context->data_directory);
  g_clear_pointer (&whole, retour_database_close);
  if (!retour_database_set_aside (context->data_directory, &kept, &error))
    return retour_command_fail (context, "doctor", error);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "kept", kept);
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s\nThe next start begins anew and pulls the orders again.\n",
                            kept != NULL ? kept : "There was nothing to keep.");
  return RETOUR_EXIT_DONE;
}

RetourExit
retour_run_doctor (RetourCommandContext *context, int argc, char **argv)
{
  Examination examination = { .context = context, .checks = json_object_new_array () };
  g_autofree char *printer = NULL;
  gboolean aside = FALSE;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "printer", 'p', 0, G_OPTION_ARG_STRING, &printer, "The printer to look at", "PRINTER" },
    { "set-aside", 0, 0, G_OPTION_ARG_NONE, &aside,
      "Rename a database that is damaged, so that the next start begins anew", NULL },
    { NULL },
  };

  if (!retour_command_parse (context, retour_command_find ("doctor"), entries, &argc, &argv,
                             "Exit status: 0 nothing bad, 1 something is.", &status))
    {
      json_object_put (examination.checks);
      return status;
    }
  if (aside)
    {
      json_object_put (examination.checks);
      return set_aside (context);
    }
  examine_clock (&examination);
  if (examine_directory (&examination))
    {
      examine_store (&examination);
      examine_identity (&examination);
    }
  examine_printer (&examination, printer);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_flag (object, "healthy", examination.bad == 0);
      json_object_object_add (object, "checks", json_object_get (examination.checks));
      retour_command_print_json (context, object);
    }
  json_object_put (examination.checks);
  return examination.bad > 0 ? RETOUR_EXIT_FAILED : RETOUR_EXIT_DONE;
}
