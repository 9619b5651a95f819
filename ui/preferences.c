/* SPDX-License-Identifier: Apache-2.0 */
#include "preferences.h"

#include <adwaita.h>

#include "words.h"

#define SETTING_LANGUAGE "screen.language"
#define SETTING_SLIP_LANGUAGE "slip.language"
#define SETTING_THEME "screen.theme"
#define SETTING_TEXT "screen.text"
#define SETTING_LOCK "lock.minutes"
#define SETTING_SOUND "screen.sound"
#define SETTING_LAST_STAFF "staff.last"

/* Dots per inch times 1024 at 100 %. */
#define NORMAL_DPI (96 * 1024)
#define MOST_LOCK_MINUTES 120

static const char *const theme_codes[RETOUR_N_THEMES] = {
  [RETOUR_THEME_LIGHT] = "light",
  [RETOUR_THEME_DARK] = "dark",
  [RETOUR_THEME_CONTRAST] = "contrast",
};

static const guint text_sizes[] = { 100, 125, 150, 200 };

const char *
retour_theme_code (RetourTheme theme)
{
  return theme_codes[theme];
}

gboolean
retour_theme_parse (const char *code, RetourTheme *theme)
{
  for (guint i = 0; i < RETOUR_N_THEMES; i++)
    if (g_strcmp0 (code, theme_codes[i]) == 0)
      {
        *theme = (RetourTheme) i;
        return TRUE;
      }
  return FALSE;
}

guint
retour_preferences_text_percent (guint wanted)
{
  guint nearest = text_sizes[0];

  for (guint i = 1; i < G_N_ELEMENTS (text_sizes); i++)
    if (ABS ((int) wanted - (int) text_sizes[i]) < ABS ((int) wanted - (int) nearest))
      nearest = text_sizes[i];
  return nearest;
}

RetourPreferences *
retour_preferences_new (void)
{
  RetourPreferences *self = g_new0 (RetourPreferences, 1);

  self->language = RETOUR_LANGUAGE_FRENCH;
  self->slip_language = RETOUR_LANGUAGE_FRENCH;
  self->theme = RETOUR_THEME_LIGHT;
  self->text_percent = 100;
  self->lock_minutes = 5;
  self->sound = TRUE;
  return self;
}

void
retour_preferences_free (RetourPreferences *self)
{
  if (self == NULL)
    return;
  g_free (self->last_staff);
  g_free (self);
}

/* FALSE on an error of the store; *text NULL when it is not set. */
static gboolean
read_setting (RetourStore *store, const char *name, char **text, GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_clear_pointer (text, g_free);
  *text = store->setting (store, name, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
read_number (const char *text, guint most, guint *number)
{
  guint64 value;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL))
    *number = (guint) value;
}

RetourPreferences *
retour_preferences_load (RetourStore *store, GError **error)
{
  g_autoptr (RetourPreferences) self = retour_preferences_new ();
  g_autofree char *text = NULL;

  if (!read_setting (store, SETTING_LANGUAGE, &text, error))
    return NULL;
  self->language = retour_language_parse (text, self->language);
  if (!read_setting (store, SETTING_SLIP_LANGUAGE, &text, error))
    return NULL;
  self->slip_language = retour_language_parse (text, self->slip_language);
  if (!read_setting (store, SETTING_THEME, &text, error))
    return NULL;
  if (text != NULL && !retour_theme_parse (text, &self->theme))
    g_info ("no theme is called \"%s\"", text);
  if (!read_setting (store, SETTING_TEXT, &text, error))
    return NULL;
  read_number (text, 200, &self->text_percent);
  self->text_percent = retour_preferences_text_percent (self->text_percent);
  if (!read_setting (store, SETTING_LOCK, &text, error))
    return NULL;
  read_number (text, MOST_LOCK_MINUTES, &self->lock_minutes);
  if (!read_setting (store, SETTING_SOUND, &text, error))
    return NULL;
  self->sound = g_strcmp0 (text, "off") != 0;
  if (!read_setting (store, SETTING_LAST_STAFF, &self->last_staff, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
write_number (RetourStore *store, const char *name, guint number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  return store->set_setting (store, name, text, error);
}

static gpointer
save_job (RetourStore *store, gpointer user_data, GError **error)
{
  const RetourPreferences *self = user_data;

  if (store->set_setting (store, SETTING_LANGUAGE, retour_language_code (self->language), error)
      && store->set_setting (store, SETTING_SLIP_LANGUAGE, retour_language_code (self->slip_language), error)
      && store->set_setting (store, SETTING_THEME, retour_theme_code (self->theme), error)
      && write_number (store, SETTING_TEXT, self->text_percent, error)
      && write_number (store, SETTING_LOCK, self->lock_minutes, error)
      && store->set_setting (store, SETTING_SOUND, self->sound ? "on" : "off", error) && self->last_staff != NULL)
    (void) !store->set_setting (store, SETTING_LAST_STAFF, self->last_staff, error);
  return NULL;
}

static void
saved (gpointer result, const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_warning ("the preferences could not be kept: %s", error->message);
  retour_preferences_free (user_data);
}

void
retour_preferences_save (const RetourPreferences *self, const RetourServices *services)
{
  RetourPreferences *copy = retour_preferences_new ();

  *copy = *self;
  copy->last_staff = g_strdup (self->last_staff);
  services->storage->write (services->storage->self, save_job, saved, copy);
}

/* The contrast column lies over all others: libadwaita's own high contrast cannot be chosen from within. */
static void
apply_contrast (gboolean wanted)
{
  static GtkCssProvider *provider;
  GdkDisplay *display = gdk_display_get_default ();

  if (wanted && provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (provider, "/fr/retour/Retour/style-contrast.css");
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
    }
  else if (!wanted && provider != NULL)
    {
      gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
      g_clear_object (&provider);
    }
}

void
retour_preferences_apply (const RetourPreferences *self)
{
  gboolean dark = self->theme != RETOUR_THEME_LIGHT;

  retour_ui_set_language (self->language);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  apply_contrast (self->theme == RETOUR_THEME_CONTRAST);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (NORMAL_DPI * self->text_percent / 100), NULL);
}
