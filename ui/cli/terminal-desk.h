/* SPDX-License-Identifier: Apache-2.0 */
/* The desk of the terminal that a data directory is: who it is, from the store, and the key it signs proofs with, from the
 * directory's enrolment. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/* Inside a writing job of the store. NULL with RETOUR_ENROLMENT_ERROR_NOT_ENROLLED when it is no terminal yet, and with another
 * error when its key cannot be read: proofs are never left unsigned. The caller's. */
RetourDesk *retour_terminal_desk_new (const char *data_directory,
                                      RetourStore *store,
                                      const RetourDocuments *documents,
                                      const RetourClock *clock,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
