/* SPDX-License-Identifier: Apache-2.0 */
/* Returns being built, kept as their documents. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_drafts_plug (RetourStore *store);

/* Dropping a draft that is not there is no error; inside a transaction. */
gboolean retour_drafts_drop (RetourConnection *connection, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
