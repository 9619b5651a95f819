/* SPDX-License-Identifier: Apache-2.0 */
/* With RETOUR_TRACE_START in the environment: says on standard error when the desk could first be used, as
 * g_get_monotonic_time: the first frame painted once the names to sign in with are in it. tests/bench reads it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The desk's window has been presented. */
void retour_start_trace_watch (GtkWidget *window);
/* What a person needs first is in the window; the next frame shows it. */
void retour_start_trace_usable (void);

G_END_DECLS
