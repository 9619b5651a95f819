/* SPDX-License-Identifier: Apache-2.0 */
/* What a person types to find an order. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_search_plug (RetourStore *store);

G_END_DECLS
