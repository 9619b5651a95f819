/* SPDX-License-Identifier: Apache-2.0 */
/* exchange-showcase OUT.png [WORD…]: a picture of the exchange page. Words: en, dark, contrast, even, offline, old, gift, faulty,
 * jumper, scan (a similar dress), colour (Terracotta), gone (size 44), 1024x600 or any size, text=N. */
#include "exchange-stage.h"

#include <stdio.h>
#include <string.h>

#include "navigation-private.h"
#include "words.h"

static gboolean
said (int argc, char **argv, const char *word)
{
  for (int i = 2; i < argc; i++)
    if (strcmp (argv[i], word) == 0)
      return TRUE;
  return FALSE;
}

static void
take_picture (GtkWidget *window, const char *file)
{
  float width = (float) gtk_widget_get_width (window);
  float height = (float) gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), (double) width, (double) height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, file))
    g_error ("%s could not be written", file);
}

static gboolean
stop (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, stop, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  ExchangeStageOptions options = {
    .language = said (argc, argv, "en") ? RETOUR_LANGUAGE_ENGLISH : RETOUR_LANGUAGE_FRENCH,
    .even = said (argc, argv, "even"),
    .offline = said (argc, argv, "offline"),
    .stock_age = said (argc, argv, "old") ? 100 * 60 * RETOUR_SECOND : 0,
    .gift = said (argc, argv, "gift"),
    .reason = said (argc, argv, "faulty") ? "defective" : NULL,
    .jumper = said (argc, argv, "jumper"),
  };
  g_autoptr (RetourPreferences) preferences = NULL;
  ExchangeStage *stage;
  int width = 1280, height = 800, text = 100;

  g_assert (argc > 1);
  for (int i = 2; i < argc; i++)
    {
      (void) sscanf (argv[i], "%dx%d", &width, &height);
      (void) sscanf (argv[i], "text=%d", &text);
    }
  stage = exchange_stage_new (&options, width, height);
  preferences = retour_preferences_new ();
  preferences->language = options.language;
  preferences->theme = said (argc, argv, "dark")       ? RETOUR_THEME_DARK
                       : said (argc, argv, "contrast") ? RETOUR_THEME_CONTRAST
                                                       : RETOUR_THEME_LIGHT;
  if (preferences->theme != RETOUR_THEME_LIGHT)
    exchange_stage_load_style ("style-dark.css");
  preferences->text_percent = (guint) text;
  retour_preferences_apply (preferences);
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, "gtk-font-name", "Inter 12", NULL);
  if (stage->asked != NULL && !said (argc, argv, "asking") && !said (argc, argv, "old"))
    exchange_stage_answer (stage, 2);
  if (said (argc, argv, "scan"))
    exchange_stage_scan (stage, "ROBE-PLI-BLN-40");
  if (said (argc, argv, "colour"))
    exchange_stage_press (exchange_stage_find (stage, "Terracotta"));
  if (said (argc, argv, "gone"))
    exchange_stage_press (exchange_stage_find (stage, "44"));
  wait (400);
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
  wait (300);
  take_picture (stage->window, argv[1]);
  exchange_stage_free (stage);
  return 0;
}
