/* SPDX-License-Identifier: Apache-2.0 */
/* Returns that need a person, and what persons decided of them. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

void retour_cases_plug (RetourStore *store);

G_END_DECLS
