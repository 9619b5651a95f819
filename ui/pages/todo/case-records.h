/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a case, point by point: our record, and beside it the one the OMS has when it was first. */
#pragma once

#include "case.h"
#include "navigation.h"

G_BEGIN_DECLS

/* Fills `grid` anew. */
void retour_case_records_show (GtkGrid *grid, RetourNavigation *navigation, const RetourCase *one);

G_END_DECLS
