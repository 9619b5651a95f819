/* SPDX-License-Identifier: Apache-2.0 */
/* The program with its window: loads styles, icons and preferences, then shows the desk. */
#pragma once

#include <adwaita.h>

#include "services.h"
#include "window.h"

G_BEGIN_DECLS

#define RETOUR_APPLICATION_ID "fr.retour.Retour"

#define RETOUR_TYPE_APPLICATION (retour_application_get_type ())
G_DECLARE_FINAL_TYPE (RetourApplication, retour_application, RETOUR, APPLICATION, AdwApplication)

/* `services` outlive it. Signal "ready" (RetourWindow *): the window is on the screen with its first page. */
RetourApplication *retour_application_new (const RetourServices *services);
/* Before it runs. A language given on the command line goes before the preference, for this run. */
void retour_application_set_language (RetourApplication *self, RetourLanguage language);
void retour_application_set_fullscreen (RetourApplication *self, gboolean fullscreen);
/* Where the window first stands: a test's wish. */
void retour_application_set_size (RetourApplication *self, int width, int height);

G_END_DECLS
