/* SPDX-License-Identifier: Apache-2.0 */
/* What the people of this terminal chose for it; kept as settings of the store. */
#pragma once

#include <gtk/gtk.h>

#include "services.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_THEME_LIGHT,
  RETOUR_THEME_DARK,
  RETOUR_THEME_CONTRAST,
} RetourTheme;
#define RETOUR_N_THEMES 3

typedef struct
{
  RetourLanguage language;      /* of the screen */
  RetourLanguage slip_language; /* of what is printed, unless the order's customer has another */
  RetourTheme theme;
  guint text_percent; /* 100, 125, 150 or 200 */
  guint lock_minutes; /* without a touch; 0: never */
  gboolean sound;     /* of scans */
  char *last_staff;   /* id of who signed in last, NULL */
} RetourPreferences;

/* French, light, 100 %, 5 minutes. */
RetourPreferences *retour_preferences_new (void);
void retour_preferences_free (RetourPreferences *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPreferences, retour_preferences_free)

/* In a read job. What is not set or makes no sense stays as in retour_preferences_new. */
RetourPreferences *retour_preferences_load (RetourStore *store, GError **error);
/* Hands in the write job; a failure is logged and the choice holds until the program ends. */
void retour_preferences_save (const RetourPreferences *self, const RetourServices *services);

/* Makes the display follow: language of the screen, theme, text size. Pages built already keep their words. */
void retour_preferences_apply (const RetourPreferences *self);

/* The nearest of the sizes offered. */
guint retour_preferences_text_percent (guint wanted);
gboolean retour_theme_parse (const char *code, RetourTheme *theme);
const char *retour_theme_code (RetourTheme theme);

G_END_DECLS
