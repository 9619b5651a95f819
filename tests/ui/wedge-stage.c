/* SPDX-License-Identifier: Apache-2.0 */
/* wedge-stage: a window with the scanner's wedge, a field and a button, for a driver that types. Each line on standard input is
 * a command, each line on standard output an answer:
 *
 *   focus none|field|button   clears the field and the counts, and puts the focus there: "ready"
 *   busy MS                   does nothing else for so long, 100 ms from now: "ready"
 *   report                    what happened since, as JSON
 *   quit */
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scanner-wedge.h"

typedef struct
{
  GtkWidget *window, *field, *button;
  GString *scans; /* JSON strings */
  guint pressed, activated;
  guint keys; /* presses of keys that type, each counted once */
  guint32 last, longest, shortest;
  GHashTable *seen; /* GdkEvent */
} Stage;

static Stage stage;

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == '"' || *at == '\\')
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *at);
    else
      g_string_append_c (out, *at);
  g_string_append_c (out, '"');
}

static void
scanned (RetourScannerWedge *wedge, const char *text, const char *us_text, gpointer unused)
{
  if (stage.scans->len > 0)
    g_string_append_c (stage.scans, ',');
  g_string_append_c (stage.scans, '[');
  append_quoted (stage.scans, text);
  g_string_append_c (stage.scans, ',');
  append_quoted (stage.scans, us_text);
  g_string_append_c (stage.scans, ']');
}

/* Before the wedge: what was really typed, and how fast. What the wedge gives back is the event that was here before. */
static gboolean
seen (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer unused)
{
  guint32 time = gdk_event_get_time (event);

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS || gdk_key_event_is_modifier (event)
      || g_hash_table_contains (stage.seen, event))
    return GDK_EVENT_PROPAGATE;
  g_hash_table_add (stage.seen, gdk_event_ref (event));
  if (stage.keys > 0)
    {
      stage.longest = MAX (stage.longest, time - stage.last);
      stage.shortest = MIN (stage.shortest, time - stage.last);
    }
  stage.keys++;
  stage.last = time;
  return GDK_EVENT_PROPAGATE;
}

static const char *
focus_name (void)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (stage.window));

  if (focus == NULL)
    return "none";
  if (focus == stage.button)
    return "button";
  return gtk_widget_is_ancestor (focus, stage.field) ? "field" : "other";
}

static void
report (void)
{
  g_autoptr (GString) out = g_string_new ("{\"text\":");

  append_quoted (out, gtk_editable_get_text (GTK_EDITABLE (stage.field)));
  g_string_append_printf (out, ",\"scans\":[%s],\"pressed\":%u,\"activated\":%u,\"keys\":%u", stage.scans->str,
                          stage.pressed, stage.activated, stage.keys);
  g_string_append_printf (out, ",\"longest\":%u,\"shortest\":%u,\"focus\":\"%s\"}", stage.longest,
                          stage.keys > 1 ? stage.shortest : 0, focus_name ());
  puts (out->str);
}

static void
set_focus (const char *where)
{
  gtk_editable_set_text (GTK_EDITABLE (stage.field), "");
  g_string_truncate (stage.scans, 0);
  g_hash_table_remove_all (stage.seen);
  stage.pressed = stage.activated = stage.keys = stage.longest = 0;
  stage.shortest = G_MAXUINT32;
  if (strcmp (where, "field") == 0)
    gtk_widget_grab_focus (stage.field);
  else if (strcmp (where, "button") == 0)
    gtk_widget_grab_focus (stage.button);
  else
    gtk_window_set_focus (GTK_WINDOW (stage.window), NULL);
  puts ("ready");
}

static gboolean
be_busy (gpointer milliseconds)
{
  g_usleep (GPOINTER_TO_UINT (milliseconds) * 1000);
  return G_SOURCE_REMOVE;
}

static gboolean
command (int fd, GIOCondition condition, gpointer loop)
{
  char line[256];
  unsigned milliseconds;

  if (fgets (line, sizeof line, stdin) == NULL || strcmp (line, "quit\n") == 0)
    {
      g_main_loop_quit (loop);
      return G_SOURCE_REMOVE;
    }
  g_strchomp (line);
  if (g_str_has_prefix (line, "focus "))
    set_focus (line + strlen ("focus "));
  else if (sscanf (line, "busy %u", &milliseconds) == 1)
    {
      g_timeout_add (100, be_busy, GUINT_TO_POINTER (milliseconds));
      puts ("ready");
    }
  else
    report ();
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static void
count (GtkWidget *widget, guint *counter)
{
  ++*counter;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RetourScannerWedge) wedge = NULL;
  GtkEventController *events;
  GtkWidget *box;

  gtk_init ();
  setvbuf (stdin, NULL, _IONBF, 0);
  stage.scans = g_string_new (NULL);
  stage.seen = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) gdk_event_unref, NULL);
  stage.window = gtk_window_new ();
  stage.field = gtk_entry_new ();
  stage.button = gtk_button_new_with_label ("Confirm");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), stage.field);
  gtk_box_append (GTK_BOX (box), stage.button);
  gtk_window_set_child (GTK_WINDOW (stage.window), box);
  gtk_window_set_default_size (GTK_WINDOW (stage.window), 1200, 700);
  g_signal_connect (stage.button, "clicked", G_CALLBACK (count), &stage.pressed);
  g_signal_connect (stage.field, "activate", G_CALLBACK (count), &stage.activated);
  wedge = retour_scanner_wedge_new (stage.window);
  g_signal_connect (wedge, "scanned", G_CALLBACK (scanned), NULL);
  /* The controller added last is asked first. */
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (seen), NULL);
  gtk_widget_add_controller (stage.window, events);
  gtk_window_present (GTK_WINDOW (stage.window));
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, command, loop);
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (stage.window));
  g_string_free (stage.scans, TRUE);
  g_hash_table_unref (stage.seen);
  return EXIT_SUCCESS;
}
