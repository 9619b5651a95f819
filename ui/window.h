/* SPDX-License-Identifier: Apache-2.0 */
/* The one window: the lock page, or the rail with the pages beside it; sheets over all. */
#pragma once

#include <adwaita.h>

#include "navigation.h"
#include "preferences.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_WINDOW (retour_window_get_type ())
G_DECLARE_FINAL_TYPE (RetourWindow, retour_window, RETOUR, WINDOW, AdwApplicationWindow)

/* Takes the preferences and applies them. `services` outlive the window. */
RetourWindow *
retour_window_new (GtkApplication *application, const RetourServices *services, RetourPreferences *preferences);

RetourNavigation *retour_window_get_navigation (RetourWindow *self);

G_END_DECLS
