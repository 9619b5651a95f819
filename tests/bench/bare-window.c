/* SPDX-License-Identifier: Apache-2.0 */
/* bare-window: the least that a window of libadwaita is. Says when its first frame is on the screen, then stays. */
#include <adwaita.h>
#include <glib-unix.h>
#include <stdio.h>

/* Painted with what the window holds on the screen: the first frame that a person can use. */
static void
painted (GdkFrameClock *clock, GtkWidget *content)
{
  if (!gtk_widget_get_mapped (content))
    return;
  g_signal_handlers_disconnect_by_func (clock, painted, content);
  fprintf (stderr, "start: usable at %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
}

static gboolean
on_signal (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
activate (GApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *label = gtk_label_new ("Retour");

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted), label);
}

int
main (void)
{
  g_autoptr (AdwApplication) application = adw_application_new ("fr.retour.BareWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  g_unix_signal_add (SIGTERM, on_signal, application);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
