/* SPDX-License-Identifier: Apache-2.0 */
#include "application.h"

#include "pages-resources.h"
#include "preferences.h"
#include "retour-resources.h"
#include "start-trace.h"
#include "words.h"

#define FONT "Inter 12"

struct _RetourApplication
{
  AdwApplication parent_instance;

  const RetourServices *services;
  RetourWindow *window;
  RetourLanguage language;
  gboolean has_language, fullscreen, asked;
  int width, height;
};

enum
{
  SIGNAL_READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourApplication, retour_application, ADW_TYPE_APPLICATION)

static gpointer
load_job (RetourStore *store, gpointer user_data, GError **error)
{
  return retour_preferences_load (store, error);
}

/* A desk that cannot read its preferences opens with the usual ones: what is wrong with the store shows soon enough. */
static void
loaded (gpointer result, const GError *error, gpointer user_data)
{
  RetourApplication *self = user_data;
  RetourPreferences *preferences = result;

  if (preferences == NULL)
    {
      g_warning ("the preferences could not be read: %s", error->message);
      preferences = retour_preferences_new ();
    }
  if (self->has_language)
    preferences->language = self->language;
  self->window = retour_window_new (GTK_APPLICATION (self), self->services, preferences);
  if (self->width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), self->width, self->height);
  if (self->fullscreen)
    gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  retour_start_trace_watch (GTK_WIDGET (self->window));
  g_signal_emit (self, signals[SIGNAL_READY], 0, self->window);
  g_application_release (G_APPLICATION (self));
}

static void
retour_application_activate (GApplication *application)
{
  RetourApplication *self = RETOUR_APPLICATION (application);
  const RetourStorage *storage = self->services->storage;

  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
  if (self->asked)
    return;
  self->asked = TRUE;
  g_application_hold (application);
  storage->read (storage->self, load_job, loaded, self);
}

static void
retour_application_startup (GApplication *application)
{
  retour_register_resource ();
  pages_register_resource ();
  G_APPLICATION_CLASS (retour_application_parent_class)->startup (application);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", FONT, "gtk-icon-theme-name", "Adwaita", NULL);
}

static void
retour_application_class_init (RetourApplicationClass *class)
{
  G_APPLICATION_CLASS (class)->activate = retour_application_activate;
  G_APPLICATION_CLASS (class)->startup = retour_application_startup;
  signals[SIGNAL_READY] = g_signal_new ("ready", RETOUR_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RETOUR_TYPE_WINDOW);
}

static void
retour_application_init (RetourApplication *self)
{
}

/* Whether a second one may run is decided by the lock on the data directory, not by the session's bus. */
RetourApplication *
retour_application_new (const RetourServices *services)
{
  RetourApplication *self = g_object_new (RETOUR_TYPE_APPLICATION, "application-id", RETOUR_APPLICATION_ID, "flags",
                                          G_APPLICATION_NON_UNIQUE, NULL);

  self->services = services;
  return self;
}

void
retour_application_set_language (RetourApplication *self, RetourLanguage language)
{
  self->language = language;
  self->has_language = TRUE;
}

void
retour_application_set_fullscreen (RetourApplication *self, gboolean fullscreen)
{
  self->fullscreen = fullscreen;
}

void
retour_application_set_size (RetourApplication *self, int width, int height)
{
  self->width = width;
  self->height = height;
}
