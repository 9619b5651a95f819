/* SPDX-License-Identifier: Apache-2.0 */
/* The head of the item sheet: which article it is, what was paid for it, and how many of it come back. */
#pragma once

#include "stepper.h"
#include "workbench.h"

G_BEGIN_DECLS

/* Floating. *stepper and *quantity, borrowed, are the count to set and its words ("1 of 2"). */
GtkWidget *retour_item_head_new (RetourWorkbench *bench,
                                 const RetourDraftEntry *entry,
                                 RetourStepper **stepper,
                                 GtkWidget **quantity);

G_END_DECLS
