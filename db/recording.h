/* SPDX-License-Identifier: Apache-2.0 */
/* How a return enters the ledger. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_recording_plug (RetourStore *store);

G_END_DECLS
