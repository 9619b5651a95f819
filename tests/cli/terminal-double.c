/* SPDX-License-Identifier: Apache-2.0 */
/* terminal-double DIRECTORY [PRINTER]: a terminal without a window, put together as retour puts it together: it holds the data
 * directory, exchanges with the OMS, and works for retourctl. Prints "ready"; ends on SIGTERM. */
#include "storage.h"
#include "terminal.h"

#include <glib-unix.h>
#include <sodium.h>
#include <stdio.h>

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RetourTerminal) terminal = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 2 || argc > 3 || sodium_init () < 0)
    return 2;
  terminal = retour_terminal_new (argv[1], argv[2], &error);
  if (terminal == NULL)
    {
      fprintf (stderr, "terminal-double: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, quit, loop);
  retour_terminal_start (terminal);
  puts ("ready");
  fflush (stdout);
  g_main_loop_run (loop);
  return 0;
}
