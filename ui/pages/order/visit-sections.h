/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of a visit as a list of headings: number, how much comes back, what it comes to; one tap brings one to the
 * front. What is chosen of the one in front is shown between the headings. */
#pragma once

#include "visit.h"

G_BEGIN_DECLS

/* Fills two boxes: `upper` gets the headings down to that of the order in front, `lower` those after it. Both are emptied
 * first; an order alone has no heading. */
void retour_visit_sections_fill (RetourWorkbench *front, GtkWidget *upper, GtkWidget *lower);

G_END_DECLS
