/* SPDX-License-Identifier: Apache-2.0 */
/* Staff, their wrong PINs, and the public keys of proofs. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_staff_records_plug (RetourStore *store);

gboolean retour_staff_records_keep (RetourConnection *connection,
                                    const RetourStaff *staff,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
retour_staff_records_drop (RetourConnection *connection, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean retour_staff_records_keep_key (RetourConnection *connection,
                                        const RetourProofKey *key,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
