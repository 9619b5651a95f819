/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a database from the version it has to the one of this program, one transaction a step. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* "RTUR": tells a Retour database from any other SQLite file. */
#define RETOUR_APPLICATION_ID 0x52545552

/* Step n leads from version n to version n + 1; NULL-terminated. Made of db/schema/ by the build. */
extern const char *const retour_schema_steps[];

/* RETOUR_STORE_ERROR_NEWER when the database has a higher version than there are steps, CORRUPT when it is not a Retour
 * database; neither is touched. A step that fails leaves the version before it. */
gboolean
retour_migrate (RetourConnection *connection, const char *const *steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The checks alone: the database is of exactly this version. NOT_FOUND when it is of an older one. */
gboolean
retour_migrate_check (RetourConnection *connection, const char *const *steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
