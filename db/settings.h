/* SPDX-License-Identifier: Apache-2.0 */
/* Settings, identity, policy, and how far the exchange with the OMS has come. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_settings_plug (RetourStore *store);

gboolean
retour_settings_keep_policy (RetourConnection *connection, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A text of one row, or NULL without error when there is no row or it is NULL. The caller's. */
char *retour_settings_one_text (RetourConnection *connection, const char *sql, GError **error);

G_END_DECLS
