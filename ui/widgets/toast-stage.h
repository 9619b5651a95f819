/* SPDX-License-Identifier: Apache-2.0 */
/* Pages with a passing word over them: at their bottom, beside the primary button of the page shown or above it, never on it.
 * It is no ancestor of the pages: Escape means "back" while it is seen. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_TOAST_STAGE (retour_toast_stage_get_type ())
G_DECLARE_FINAL_TYPE (RetourToastStage, retour_toast_stage, RETOUR, TOAST_STAGE, GtkWidget)

/* Takes the floating reference of `pages`. */
GtkWidget *retour_toast_stage_new (GtkWidget *pages);
/* Takes the toast, which takes the place of the one shown. */
void retour_toast_stage_show (RetourToastStage *self, AdwToast *toast);
/* Takes away the one shown. */
void retour_toast_stage_clear (RetourToastStage *self);

G_END_DECLS
