/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <adwaita.h>

/* Dots per inch times 1024 at 100 %. */
#define NORMAL_DPI (96 * 1024)

void
retour_add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) names = g_strsplit (classes != NULL ? classes : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0')
      gtk_widget_add_css_class (widget, names[i]);
}

gboolean
retour_text_is_large (GtkWidget *widget)
{
  const int normal = 96 * PANGO_SCALE;
  int dpi = normal;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi >= normal * 3 / 2;
}

void
retour_text_stack_if_large (GtkWidget *row, GtkWidget *end)
{
  if (!retour_text_is_large (row))
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_halign (end, GTK_ALIGN_END);
}

void
retour_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
retour_text_new (const char *text, const char *classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  retour_add_classes (label, classes);
  return label;
}

GtkWidget *
retour_text_new_wrapped (const char *text, const char *classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  retour_add_classes (label, classes);
  return label;
}

GtkWidget *
retour_text_new_amount (const char *text, const char *classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  retour_add_classes (label, classes);
  return label;
}

int
retour_text_scaled (int px)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int) ((gint64) px * dpi / NORMAL_DPI) : px;
}

void
retour_text_column_set_width (GtkWidget *column, int px)
{
  int width = retour_text_scaled (px);

  gtk_widget_set_size_request (column, width, -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (column), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (column), width);
}

GtkWidget *
retour_text_column (GtkWidget *child, int px, GtkAlign align)
{
  GtkWidget *column = adw_clamp_new ();

  if (GTK_IS_LABEL (child) && gtk_label_get_ellipsize (GTK_LABEL (child)) != PANGO_ELLIPSIZE_NONE)
    {
      gtk_label_set_xalign (GTK_LABEL (child), align == GTK_ALIGN_END ? 1 : 0);
      align = GTK_ALIGN_FILL;
    }
  retour_text_column_set_width (column, px);
  gtk_widget_set_hexpand (child, TRUE);
  gtk_widget_set_hexpand (column, FALSE);
  gtk_widget_set_halign (child, align);
  adw_clamp_set_child (ADW_CLAMP (column), child);
  return column;
}

/* One character without case and accents, 0 for a mark that stands alone. */
static gunichar
fold (gunichar character)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  g_unichar_fully_decompose (character, FALSE, parts, G_N_ELEMENTS (parts));
  return g_unichar_ismark (parts[0]) ? 0 : g_unichar_tolower (parts[0]);
}

/* How many bytes of `text` the word covers from here; 0 when it does not stand here. */
static gsize
match_length (const char *text, const char *word)
{
  const char *at = text;

  while (*word != '\0')
    {
      gunichar wanted = fold (g_utf8_get_char (word));
      gunichar found = 0;

      word = g_utf8_next_char (word);
      if (wanted == 0)
        continue;
      while (*at != '\0' && (found = fold (g_utf8_get_char (at))) == 0)
        at = g_utf8_next_char (at);
      if (*at == '\0' || found != wanted)
        return 0;
      at = g_utf8_next_char (at);
    }
  return (gsize) (at - text);
}

static gsize
longest_match (const char *text, char **words)
{
  gsize longest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      longest = MAX (longest, match_length (text, words[i]));
  return longest;
}

static char *
hex_colour (GtkWidget *widget, const char *name, const char *otherwise)
{
  GdkRGBA colour;

  if (widget == NULL || !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour))
    return g_strdup (otherwise);
  return g_strdup_printf ("#%02x%02x%02x", (guint) (colour.red * 255.0f + 0.5f), (guint) (colour.green * 255.0f + 0.5f),
                          (guint) (colour.blue * 255.0f + 0.5f));
}

char *
retour_text_mark (const char *text, const char *query, GtkWidget *colours)
{
  g_auto (GStrv) words = g_strsplit_set (query != NULL ? query : "", " \t", -1);
  g_autofree char *background = hex_colour (colours, "rt_mark", "#ffe28a");
  g_autofree char *foreground = hex_colour (colours, "rt_mark_fg", "#182024");
  GString *markup = g_string_new (NULL);
  gboolean word_start = TRUE;

  for (const char *at = text; *at != '\0';)
    {
      gsize length = word_start ? longest_match (at, words) : 0;
      const char *end = length > 0 ? at + length : g_utf8_next_char (at);
      g_autofree char *escaped = g_markup_escape_text (at, end - at);

      if (length > 0)
        g_string_append_printf (markup, "<span background=\"%s\" foreground=\"%s\" weight=\"bold\">%s</span>",
                                background, foreground, escaped);
      else
        g_string_append (markup, escaped);
      word_start = !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (end)));
      at = end;
    }
  return g_string_free (markup, FALSE);
}
