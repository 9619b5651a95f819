/* SPDX-License-Identifier: Apache-2.0 */
/* bench-window --data=DIR [--seconds=N]: the desk's real window, put together as ui/main.c does, on a terminal that is enrolled
 * and has pulled nothing; until everything is pulled, at least N seconds. The gaps between the frames that its clock gives, and
 * how long each turn of the main loop took, on the wall and of the processor: what a person would feel as a stutter. */
#include "application.h"
#include "measure.h"
#include "terminal.h"
#include "words.h"

#include <sodium.h>

#define SETTLING (2 * G_USEC_PER_SEC) /* the window's own first frames */
#define LOOK_EVERY 50                 /* milliseconds */

static char *directory;
static int n_seconds = 0;

static struct
{
  const RetourServices *services;
  GApplication *application;
  gint64 began, pull_began, pulled; /* monotonic µs; 0: not yet */
  gint64 last_frame;                /* ns; 0: none yet */
  gint64 turn_began, turn_processor;
  gboolean measuring;
  MeasureSeries *frames, *turns, *work;
} bench;

/* ---- what is measured ---- */

static gboolean
frame (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  const gint64 now = measure_now ();

  if (bench.measuring && bench.last_frame != 0)
    measure_series_add (bench.frames, now - bench.last_frame);
  bench.last_frame = now;
  return G_SOURCE_CONTINUE;
}

/* Stands for poll(2): between two of its calls the main loop works. */
static gint
poll_timed (GPollFD *fds, guint n_fds, gint timeout)
{
  gint result;

  if (bench.measuring && bench.turn_began != 0)
    {
      measure_series_add (bench.turns, measure_now () - bench.turn_began);
      measure_series_add (bench.work, measure_processor () - bench.turn_processor);
    }
  result = g_poll (fds, n_fds, timeout);
  bench.turn_began = measure_now ();
  bench.turn_processor = measure_processor ();
  return result;
}

/* ---- how far it is ---- */

static gboolean
look (gpointer user_data)
{
  const gint64 now = g_get_monotonic_time ();
  RetourLink link;

  bench.services->get_link (bench.services->self, &link);
  if (!bench.measuring)
    {
      bench.measuring = now >= bench.began + SETTLING;
      return G_SOURCE_CONTINUE;
    }
  if (bench.pulled == 0 && link.state == RETOUR_LINK_UP_TO_DATE)
    bench.pulled = now;
  if (bench.pulled == 0 || now < bench.began + SETTLING + n_seconds * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  g_application_quit (bench.application);
  return G_SOURCE_REMOVE;
}

static void
ready (RetourApplication *application, RetourWindow *window, gpointer user_data)
{
  bench.began = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (GTK_WIDGET (window), frame, NULL, NULL);
  g_main_context_set_poll_func (NULL, poll_timed);
  g_timeout_add (LOOK_EVERY, look, NULL);
}

static void
run (RetourTerminal *terminal)
{
  g_autoptr (RetourApplication) application = NULL;

  bench.services = retour_terminal_get_services (terminal);
  bench.frames = measure_series_new ();
  bench.turns = measure_series_new ();
  bench.work = measure_series_new ();
  application = retour_application_new (bench.services);
  bench.application = G_APPLICATION (application);
  g_signal_connect (application, "ready", G_CALLBACK (ready), NULL);
  retour_terminal_start (terminal);
  g_application_run (G_APPLICATION (application), 0, NULL);
  measure_tell ("window_pull", "s", (double) (bench.pulled - bench.began) / 1e6, -1);
  measure_tell ("window_memory", "MiB", measure_peak_memory (), -1);
  measure_tell_series ("frames", bench.frames, NULL);
  measure_tell_series ("main_loop_turns", bench.turns, NULL);
  measure_tell_series ("main_loop_work", bench.work, NULL);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &directory, "An enrolled terminal", "DIR" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &n_seconds, "At least so long (0)", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (RetourTerminal) terminal = NULL;
  GError *error = NULL;

  retour_ui_init_words ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || sodium_init () < 0)
    return 2;
  terminal = retour_terminal_new (directory, NULL, &error);
  measure_fail_on (error);
  run (terminal);
  return 0;
}
