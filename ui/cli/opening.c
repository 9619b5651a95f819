/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include "handover.h"

#include <errno.h>
#include <sys/stat.h>

#define DATABASE_NAME "retour.db"
/* Another command holds the directory for milliseconds; one that exchanges, or a terminal, takes the work. */
#define LOCK_PATIENCE (5 * G_TIME_SPAN_SECOND)
#define LOCK_PAUSE (20 * G_TIME_SPAN_MILLISECOND)

/* Enrolling alone makes a terminal: everything else wants to find one. */
static gboolean
holds_terminal (RetourCommandContext *context)
{
  g_autofree char *path = g_build_filename (context->data_directory, DATABASE_NAME, NULL);
  struct stat found;

  if (stat (path, &found) == 0 && found.st_size > 0)
    return TRUE;
  if (stat (path, &found) == 0)
    g_string_append_printf (context->err,
                            "retourctl: %s is empty: restore a copy, or enrol again under another letter\n", path);
  else if (errno == ENOENT || errno == ENOTDIR)
    g_string_append_printf (context->err, "retourctl: %s holds no terminal: see retourctl enrol --help\n",
                            context->data_directory);
  else
    g_string_append_printf (context->err, "retourctl: %s: %s\n", path, g_strerror (errno));
  return FALSE;
}

RetourDatabase *
retour_command_open (RetourCommandContext *context,
                     RetourDatabaseMode mode,
                     const char *const *argv,
                     RetourExit *status)
{
  const gint64 deadline = g_get_monotonic_time () + LOCK_PATIENCE;

  *status = RETOUR_EXIT_DATA;
  if (!holds_terminal (context))
    return NULL;
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      RetourDatabase *database = retour_database_open (context->data_directory, context->documents, mode, &error);

      if (database != NULL)
        return database;
      if (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_LOCKED))
        {
          if (argv != NULL && retour_handover (context, argv, status))
            return NULL;
          if (g_get_monotonic_time () < deadline)
            {
              g_usleep (LOCK_PAUSE);
              continue;
            }
        }
      retour_command_fail (context, NULL, error);
      return NULL;
    }
}
