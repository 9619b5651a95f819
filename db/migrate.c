/* SPDX-License-Identifier: Apache-2.0 */
#include "migrate.h"

static guint
count_steps (const char *const *steps)
{
  guint n = 0;

  while (steps[n] != NULL)
    n++;
  return n;
}

/* *version 0 with no tables is a new file; anything else must carry our mark. */
static gboolean
read_version (RetourConnection *connection, const char *const *steps, gint64 *version, GError **error)
{
  gint64 application = 0, tables = 0;

  if (!retour_connection_pragma (connection, "PRAGMA application_id", &application, error)
      || !retour_connection_pragma (connection, "PRAGMA user_version", version, error)
      || !retour_connection_pragma (connection, "SELECT count (*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (application != RETOUR_APPLICATION_ID && (application != 0 || *version != 0 || tables != 0))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT,
                   "The database is not one of Retour (application id 0x%08x)", (guint) application);
      return FALSE;
    }
  if (*version > count_steps (steps))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NEWER,
                   "The database has version %" G_GINT64_FORMAT
                   ", written by a newer Retour; this one knows version %u",
                   *version, count_steps (steps));
      return FALSE;
    }
  return TRUE;
}

gboolean
retour_migrate_check (RetourConnection *connection, const char *const *steps, GError **error)
{
  gint64 version = 0;

  if (!read_version (connection, steps, &version, error))
    return FALSE;
  if (version < count_steps (steps))
    {
      g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND,
                   "The database has version %" G_GINT64_FORMAT " and waits to be brought to version %u", version,
                   count_steps (steps));
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *sql;
  gint64 version;
} MigrationStep;

static gboolean
take_step (RetourConnection *connection, gpointer data, GError **error)
{
  const MigrationStep *step = data;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT,
                                            RETOUR_APPLICATION_ID, step->version);

  return retour_connection_execute (connection, step->sql, error)
         && retour_connection_execute (connection, stamp, error);
}

gboolean
retour_migrate (RetourConnection *connection, const char *const *steps, GError **error)
{
  gint64 version = 0;

  if (!read_version (connection, steps, &version, error) || !retour_connection_start_log (connection, error))
    return FALSE;
  while (steps[version] != NULL)
    {
      MigrationStep step = { steps[version], version + 1 };

      if (!retour_connection_transact (connection, take_step, &step, error))
        return FALSE;
      version++;
    }
  return TRUE;
}
