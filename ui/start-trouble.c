/* SPDX-License-Identifier: Apache-2.0 */
#include "start-trouble.h"

#include "application.h"
#include "retour-resources.h"
#include "store.h"
#include "words.h"

/* A second tap on the icon must not leave a window behind, nor keep a script waiting. */
#define READ_SECONDS 20

typedef struct
{
  const char *title, *advice; /* not translated yet */
} Words;

static Words
words_of_store (RetourStoreError code)
{
  switch (code)
    {
    case RETOUR_STORE_ERROR_LOCKED:
      return (Words){ N_ ("Retour is already open"), N_ ("Use the window that is open, or close it first.") };
    case RETOUR_STORE_ERROR_NEWER:
      return (Words){ N_ ("This Retour is too old for its data"),
                      N_ ("A newer version wrote them. Nothing was changed: update Retour, then open it again.") };
    case RETOUR_STORE_ERROR_CORRUPT:
      return (
          Words){ N_ ("The data of this terminal are damaged"),
                  N_ ("Nothing was changed. Call support before anything else: what waits to be sent may be saved.") };
    case RETOUR_STORE_ERROR_FULL:
      return (Words){ N_ ("The disk is full"), N_ ("Nothing is lost. Free some space, then open Retour again.") };
    case RETOUR_STORE_ERROR_READ_ONLY:
      return (Words){ N_ ("Retour may not write its data"),
                      N_ ("Nothing is lost. Call support: the folder or the disk is read-only.") };
    case RETOUR_STORE_ERROR_NOT_FOUND:
      return (Words){ N_ ("This terminal is not enrolled"),
                      N_ ("Call support: the OMS gives a code to enrol it with.") };
    case RETOUR_STORE_ERROR_ENGINE:
    case RETOUR_STORE_ERROR_CONFLICT:
      break;
    }
  return (Words){ N_ ("Retour cannot open"), N_ ("Nothing was changed. Call support and read them the line below.") };
}

static Words
words_of (const GError *error)
{
  return words_of_store (error->domain == RETOUR_STORE_ERROR ? (RetourStoreError) error->code
                                                             : RETOUR_STORE_ERROR_ENGINE);
}

static GtkWidget *
new_page (const GError *error, GtkWidget *close)
{
  const Words words = words_of (error);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *detail = gtk_label_new (error->message);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "rt-info-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ (words.title));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ (words.advice));
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (detail), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (detail), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (detail), TRUE);
  gtk_widget_set_can_focus (detail, FALSE);
  gtk_widget_set_halign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "pill");
  gtk_box_append (GTK_BOX (box), detail);
  gtk_box_append (GTK_BOX (box), close);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static gboolean
read_long_enough (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
open_window (GtkApplication *application, const GError *error)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *close = gtk_button_new_with_label (_ ("Close"));

  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Inter 12", "gtk-icon-theme-name", "Adwaita", NULL);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (gtk_window_close), window);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), new_page (error, close));
  gtk_window_set_title (GTK_WINDOW (window), _ (words_of (error).title));
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 540);
  gtk_window_set_focus (GTK_WINDOW (window), close);
  gtk_window_present (GTK_WINDOW (window));
}

void
retour_start_trouble_show (const GError *error)
{
  g_autoptr (AdwApplication) application = NULL;
  guint timer;

  if (!gtk_init_check ())
    return;
  retour_register_resource ();
  application = adw_application_new (RETOUR_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (open_window), (gpointer) error);
  timer = g_timeout_add_seconds (READ_SECONDS, read_long_enough, application);
  if (g_application_run (G_APPLICATION (application), 0, NULL) != 0)
    g_warning ("the window that says why Retour cannot open could not be shown");
  g_clear_handle_id (&timer, g_source_remove);
}
