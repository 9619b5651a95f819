/* SPDX-License-Identifier: Apache-2.0 */
/* Approvals asked of another terminal, and decided for one. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_approval_requests_plug (RetourStore *store);

G_END_DECLS
