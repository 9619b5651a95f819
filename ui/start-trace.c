/* SPDX-License-Identifier: Apache-2.0 */
#include "start-trace.h"

#include <stdio.h>

static gboolean usable;

static void
painted (GdkFrameClock *clock, GtkWidget *window)
{
  if (!usable || !gtk_widget_get_mapped (window))
    return;
  g_signal_handlers_disconnect_by_func (clock, painted, window);
  fprintf (stderr, "start: usable at %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
}

void
retour_start_trace_watch (GtkWidget *window)
{
  if (g_getenv ("RETOUR_TRACE_START") != NULL)
    g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted), window);
}

void
retour_start_trace_usable (void)
{
  usable = TRUE;
}
