/* SPDX-License-Identifier: Apache-2.0 */
/* What a manager is asked about: every rule that wants one, on which article, who asks, for whom. */
#pragma once

#include "workbench.h"

G_BEGIN_DECLS

/* Floating. */
GtkWidget *retour_approval_facts_new (RetourWorkbench *bench);
/* An override of what would be refused has a motive (DOMAIN.md 2). */
gboolean retour_approval_needs_motive (RetourWorkbench *bench);

G_END_DECLS
