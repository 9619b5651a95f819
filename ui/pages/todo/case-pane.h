/* SPDX-License-Identifier: Apache-2.0 */
/* One case in full: what happened, whether money is safe, both records side by side, what can be chosen, one suggestion. */
#pragma once

#include "case.h"
#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_CASE_PANE (retour_case_pane_get_type ())
G_DECLARE_FINAL_TYPE (RetourCasePane, retour_case_pane, RETOUR, CASE_PANE, GtkBox)

/* Signal "decided": a decision was written. Signal "left": back to the list. In .ui files; before use it needs its navigation. */
void retour_case_pane_set_navigation (RetourCasePane *self, RetourNavigation *navigation);
/* Takes the case; NULL empties the pane. `blocked`: operations of its order that wait for it. */
void retour_case_pane_show (RetourCasePane *self, RetourCase *one, guint blocked);
/* Whether the button that goes back to the list is shown, where list and case have no room beside each other. */
void retour_case_pane_set_alone (RetourCasePane *self, gboolean alone);
/* The return whose case is shown; NULL: none. */
const char *retour_case_pane_get_return (RetourCasePane *self);
/* Carries out the choice, as its button does. */
void retour_case_pane_decide (RetourCasePane *self);

G_END_DECLS
