/* SPDX-License-Identifier: Apache-2.0 */
/* What a clerk may choose for this terminal: languages, theme, size of the text, when it locks, whether one hears
 * scans; and what it is. */
#include "navigation-private.h"

#include "text.h"
#include "words.h"

#define CHOICE_KEY "retour-choice"

typedef enum
{
  SETTING_LANGUAGE,
  SETTING_SLIP_LANGUAGE,
  SETTING_THEME,
  SETTING_TEXT,
  SETTING_LOCK,
  SETTING_SOUND,
} Setting;

typedef struct
{
  Setting setting;
  const char *label; /* translated unless it is the name of a language */
  guint value;
  gboolean is_name;
} Choice;

static const Choice choices[] = {
  { SETTING_LANGUAGE, "Français", RETOUR_LANGUAGE_FRENCH, TRUE },
  { SETTING_LANGUAGE, "English", RETOUR_LANGUAGE_ENGLISH, TRUE },
  { SETTING_SLIP_LANGUAGE, "Français", RETOUR_LANGUAGE_FRENCH, TRUE },
  { SETTING_SLIP_LANGUAGE, "English", RETOUR_LANGUAGE_ENGLISH, TRUE },
  { SETTING_THEME, N_ ("Light"), RETOUR_THEME_LIGHT, FALSE },
  { SETTING_THEME, N_ ("Dark"), RETOUR_THEME_DARK, FALSE },
  { SETTING_THEME, N_ ("Contrast"), RETOUR_THEME_CONTRAST, FALSE },
  { SETTING_TEXT, "100 %", 100, TRUE },
  { SETTING_TEXT, "125 %", 125, TRUE },
  { SETTING_TEXT, "150 %", 150, TRUE },
  { SETTING_TEXT, "200 %", 200, TRUE },
  { SETTING_LOCK, N_ ("2 min"), 2, FALSE },
  { SETTING_LOCK, N_ ("5 min"), 5, FALSE },
  { SETTING_LOCK, N_ ("15 min"), 15, FALSE },
  { SETTING_SOUND, N_ ("On"), TRUE, FALSE },
  { SETTING_SOUND, N_ ("Off"), FALSE, FALSE },
};

static guint
current (const RetourPreferences *preferences, Setting setting)
{
  switch (setting)
    {
    case SETTING_LANGUAGE:
      return preferences->language;
    case SETTING_SLIP_LANGUAGE:
      return preferences->slip_language;
    case SETTING_THEME:
      return preferences->theme;
    case SETTING_TEXT:
      return preferences->text_percent;
    case SETTING_LOCK:
      return preferences->lock_minutes;
    case SETTING_SOUND:
      return (guint) preferences->sound;
    }
  g_return_val_if_reached (0);
}

static void
set_current (RetourPreferences *preferences, const Choice *choice)
{
  switch (choice->setting)
    {
    case SETTING_LANGUAGE:
      preferences->language = (RetourLanguage) choice->value;
      break;
    case SETTING_SLIP_LANGUAGE:
      preferences->slip_language = (RetourLanguage) choice->value;
      break;
    case SETTING_THEME:
      preferences->theme = (RetourTheme) choice->value;
      break;
    case SETTING_TEXT:
      preferences->text_percent = choice->value;
      break;
    case SETTING_LOCK:
      preferences->lock_minutes = choice->value;
      break;
    case SETTING_SOUND:
      preferences->sound = choice->value != 0;
      break;
    }
}

/* The pages have their words and their widths: they are built anew, and the sheet with them. */
static gboolean
rebuild (gpointer user_data)
{
  RetourNavigation *self = user_data;

  retour_navigation_rebuild_pages (self);
  retour_navigation_open_settings (self);
  return G_SOURCE_REMOVE;
}

static void
chosen (GtkToggleButton *button, RetourNavigation *self)
{
  const Choice *choice = g_object_get_data (G_OBJECT (button), CHOICE_KEY);

  if (!gtk_toggle_button_get_active (button) || current (self->preferences, choice->setting) == choice->value)
    return;
  set_current (self->preferences, choice);
  retour_preferences_apply (self->preferences);
  retour_preferences_save (self->preferences, self->services);
  if (choice->setting == SETTING_SOUND)
    retour_navigation_sound (self, TRUE);
  if (choice->setting == SETTING_LANGUAGE || choice->setting == SETTING_TEXT)
    g_idle_add (rebuild, self);
}

static void
add_setting (RetourNavigation *self, GtkWidget *body, Setting setting, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *segments = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkToggleButton *group = NULL;

  gtk_widget_add_css_class (segments, "rt-segments");
  gtk_box_set_homogeneous (GTK_BOX (segments), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const Choice *choice = &choices[i];
      GtkWidget *button;
      const char *label;
      g_autofree char *spoken = NULL;

      if (choice->setting != setting)
        continue;
      label = choice->is_name ? choice->label : gettext (choice->label);
      spoken = g_strdup_printf ("%s: %s", name, label);
      button = gtk_toggle_button_new_with_label (label);
      retour_set_name (button, spoken);
      g_object_set_data (G_OBJECT (button), CHOICE_KEY, (gpointer) choice);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
      else
        group = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), current (self->preferences, setting) == choice->value);
      g_signal_connect (button, "toggled", G_CALLBACK (chosen), self);
      gtk_box_append (GTK_BOX (segments), button);
    }
  gtk_box_append (GTK_BOX (box), retour_text_new (name, "rt-t4"));
  gtk_box_append (GTK_BOX (box), segments);
  gtk_box_append (GTK_BOX (body), box);
}

static void
add_fact (GtkWidget *body, const char *name, const char *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *label = retour_text_new (name, "rt-muted");
  GtkWidget *words = retour_text_new_wrapped (value, NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 1);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_RIGHT);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (body), line);
}

static void
add_facts (RetourNavigation *self, GtkWidget *body)
{
  const RetourIdentity *identity = retour_desk_get_identity (self->services->desk);
  g_autofree char *terminal = g_strdup_printf ("%s · %s%s", identity->store_name != NULL ? identity->store_name : "",
                                               identity->store != NULL ? identity->store : "",
                                               identity->terminal != NULL ? identity->terminal : "");

  add_fact (body, _ ("Printer"), self->services->printer != NULL ? self->services->printer : _ ("none"));
  add_fact (body, _ ("This terminal"), terminal);
  add_fact (body, _ ("Version"), RETOUR_VERSION);
}

void
retour_navigation_open_settings (RetourNavigation *self)
{
  RetourSheet *sheet = retour_sheet_new (_ ("Settings"));
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  gtk_widget_set_margin_start (body, 24);
  gtk_widget_set_margin_end (body, 24);
  gtk_widget_set_margin_top (body, 16);
  gtk_widget_set_margin_bottom (body, 20);
  add_setting (self, body, SETTING_LANGUAGE, _ ("Language of the screen"));
  add_setting (self, body, SETTING_SLIP_LANGUAGE, _ ("Language of the slips"));
  add_setting (self, body, SETTING_THEME, _ ("Colours"));
  add_setting (self, body, SETTING_TEXT, _ ("Size of the text"));
  add_setting (self, body, SETTING_LOCK, _ ("Locks without a touch after"));
  add_setting (self, body, SETTING_SOUND, _ ("Sound of a scan"));
  add_facts (self, body);
  retour_sheet_set_subtitle (sheet, self->staff != NULL ? self->staff->name : NULL);
  retour_sheet_set_body (sheet, body);
  retour_sheet_set_width (sheet, 600);
  retour_navigation_present_sheet (self, sheet);
}
