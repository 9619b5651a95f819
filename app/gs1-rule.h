/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the value of an application identifier is what its table entry says. */
#pragma once

#include "gs1-table.h"

G_BEGIN_DECLS

/* NULL when the value is right, else why not, in English; static. */
const char *retour_gs1_check (const RetourGs1Ai *ai, const char *value, gsize length);

G_END_DECLS
