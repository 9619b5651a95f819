/* SPDX-License-Identifier: Apache-2.0 */
/* showcase PAGE [options]: shows one page of the desk on the desk fixture, and takes its picture or stays for a driver.
 *
 *   PAGE           lock, home, search, register, todo, order, proof, unknown, waiting, choice, settings, link, drafts
 *   --size WxH     default 1280x800
 *   --theme T      light, dark, contrast
 *   --language L   fr, en
 *   --text N       100, 125, 150, 200
 *   --link STATE   ok, offline, pulling, security
 *   --type TEXT    typed into the search
 *   --empty        nothing was returned yet
 *   --out FILE     a PNG of the window; without it the window stays open
 *   --actions      prints each scan as "scan TEXT" and each change of page as "page NAME" */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>

#include "application.h"
#include "desk-fixture.h"
#include "navigation-private.h"
#include "words.h"

#define SETTLE_MS 1500

typedef struct
{
  char *page, *size, *theme, *language, *link, *type, *out;
  int text;
  gboolean empty, actions;
  RetourApplication *application;
  RetourWindow *window;
  DeskFixture *fixture;
  const char *last_page;
} Showcase;

static gboolean
take_picture (gpointer user_data)
{
  Showcase *show = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (show->window));
  int height = gtk_widget_get_height (GTK_WIDGET (show->window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (show->window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (show->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (!gdk_texture_save_to_png (texture, show->out))
    g_error ("%s could not be written", show->out);
  fprintf (stderr, "%s: %dx%d\n", show->out, width, height);
  g_application_quit (G_APPLICATION (show->application));
  return G_SOURCE_REMOVE;
}

static void
scan (Showcase *show, const char *text)
{
  retour_navigation_take_scan (retour_window_get_navigation (show->window), text, text);
}

static void
undone (gpointer user_data)
{
}

static void
show_page (Showcase *show)
{
  RetourNavigation *navigation = retour_window_get_navigation (show->window);

  if (g_str_equal (show->page, "search"))
    retour_navigation_open_search (navigation, show->type != NULL ? show->type : "rouss");
  else if (g_str_equal (show->page, "order"))
    retour_navigation_open_order (navigation, "1048-7213");
  else if (g_str_equal (show->page, "blind"))
    retour_navigation_open_order (navigation, NULL);
  else if (g_str_equal (show->page, "proof"))
    retour_navigation_open_return (navigation, "R0214A-00382-5");
  else if (g_str_equal (show->page, "unknown"))
    scan (show, "3760123450003X");
  else if (g_str_equal (show->page, "unsold"))
    scan (show, "3760123450004");
  else if (g_str_equal (show->page, "waiting"))
    scan (show, "1031-5526");
  else if (g_str_equal (show->page, "nowhere"))
    scan (show, "9999-9999");
  else if (g_str_equal (show->page, "settings"))
    retour_navigation_open_settings (navigation);
  else if (g_str_equal (show->page, "link"))
    retour_navigation_open_link (navigation);
  else if (g_str_equal (show->page, "drafts"))
    retour_navigation_open_drafts (navigation);
  else if (g_str_equal (show->page, "toast"))
    retour_navigation_toast (navigation, "Pull col V mérinos ajouté", undone, NULL, NULL);
  else if (g_str_equal (show->page, "register") || g_str_equal (show->page, "todo"))
    retour_navigation_show_page (navigation, show->page);
}

static gpointer
find_clerk (RetourStore *store, gpointer user_data, GError **error)
{
  return store->find_staff (store, "stf_12", error);
}

static gboolean
watch (gpointer user_data)
{
  Showcase *show = user_data;
  RetourNavigation *navigation = retour_window_get_navigation (show->window);
  const char *page = retour_navigation_is_locked (navigation) ? "lock" : navigation->page;

  if (page != show->last_page)
    {
      printf ("page %s\n", page);
      fflush (stdout);
    }
  show->last_page = page;
  return G_SOURCE_CONTINUE;
}

static void
ready (RetourApplication *application, RetourWindow *window, Showcase *show)
{
  RetourNavigation *navigation = retour_window_get_navigation (window);
  RetourPreferences *preferences = navigation->preferences;

  show->window = window;
  if (show->theme != NULL && !retour_theme_parse (show->theme, &preferences->theme))
    g_error ("no theme is called %s", show->theme);
  if (show->text > 0)
    preferences->text_percent = retour_preferences_text_percent ((guint) show->text);
  preferences->last_staff = g_strdup ("stf_12");
  retour_preferences_apply (preferences);
  retour_navigation_rebuild_pages (navigation);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  if (show->actions)
    g_timeout_add (20, watch, show);
  if (!g_str_equal (show->page, "lock"))
    {
      retour_navigation_enter (navigation, desk_fixture_write (show->fixture, find_clerk, NULL));
      show_page (show);
    }
  if (show->out != NULL)
    g_timeout_add (SETTLE_MS, take_picture, show);
}

static RetourLink
link_of (const char *name)
{
  RetourLink link = desk_fixture_options ().link;

  if (g_strcmp0 (name, "offline") == 0)
    {
      link.state = RETOUR_LINK_OFFLINE;
      link.to_send = 1;
    }
  else if (g_strcmp0 (name, "pulling") == 0)
    {
      link.state = RETOUR_LINK_PULLING;
      link.pulled = 4500;
      link.total = 10000;
      link.seconds_left = 130;
    }
  else if (g_strcmp0 (name, "clock") == 0)
    link.clock_offset = 65 * 60 * RETOUR_SECOND;
  else if (g_strcmp0 (name, "security") == 0)
    {
      link.state = RETOUR_LINK_SECURITY;
      link.message = "certificate of oms.lisiere.fr: pin sha256//… does not match";
    }
  return link;
}

static void
take_size (Showcase *show)
{
  int width, height;

  if (show->size == NULL)
    return;
  if (sscanf (show->size, "%dx%d", &width, &height) != 2)
    g_error ("--size %s", show->size);
  retour_application_set_size (show->application, width, height);
}

int
main (int argc, char **argv)
{
  Showcase show = { 0 };
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &show.size, NULL, NULL },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &show.theme, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &show.language, NULL, NULL },
    { "text", 0, 0, G_OPTION_ARG_INT, &show.text, NULL, NULL },
    { "link", 0, 0, G_OPTION_ARG_STRING, &show.link, NULL, NULL },
    { "type", 0, 0, G_OPTION_ARG_STRING, &show.type, NULL, NULL },
    { "empty", 0, 0, G_OPTION_ARG_NONE, &show.empty, NULL, NULL },
    { "actions", 0, 0, G_OPTION_ARG_NONE, &show.actions, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &show.out, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("PAGE");
  g_autofree char *directory = g_dir_make_tmp ("retour-showcase-XXXXXX", NULL);
  DeskFixtureOptions options;
  g_autoptr (GError) error = NULL;
  char *remove[] = { (char *) "rm", (char *) "-rf", directory, NULL };
  int status;

  retour_ui_init_words ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || sodium_init () < 0)
    g_error ("%s", error != NULL ? error->message : "PAGE is missing");
  show.page = argv[1];
  options = desk_fixture_options ();
  options.link = link_of (show.link);
  options.empty = show.empty;
  if (g_str_equal (show.page, "waiting"))
    options.oms_delay_ms = G_MAXUINT;
  show.fixture = desk_fixture_new (directory, &options);
  show.application = retour_application_new (desk_fixture_services (show.fixture));
  take_size (&show);
  if (show.language != NULL)
    retour_application_set_language (show.application, retour_language_parse (show.language, RETOUR_LANGUAGE_FRENCH));
  g_signal_connect (show.application, "ready", G_CALLBACK (ready), &show);
  status = g_application_run (G_APPLICATION (show.application), 0, NULL);
  g_object_unref (show.application);
  desk_fixture_free (show.fixture);
  g_spawn_sync (NULL, remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return status;
}
