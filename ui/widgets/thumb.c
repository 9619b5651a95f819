/* SPDX-License-Identifier: Apache-2.0 */
#include "thumb.h"

#include "dye.h"

/* Which of the eight tones a name gets; the factor keeps the names of one team apart. */
#define TONE_BITS 3
#define TONE_SPREAD 0x1579bu

/* First match wins: "t-shirt" before "shirt". */
static const struct
{
  const char *word;
  const char *icon;
} drawings[] = {
  { "t-shirt", "rt-product-t-shirt" }, { "tshirt", "rt-product-t-shirt" },   { "tee", "rt-product-t-shirt" },
  { "top", "rt-product-t-shirt" },     { "lingerie", "rt-product-t-shirt" }, { "dress", "rt-product-dress" },
  { "robe", "rt-product-dress" },      { "shirt", "rt-product-shirt" },      { "blouse", "rt-product-shirt" },
  { "chemise", "rt-product-shirt" },   { "jumper", "rt-product-jumper" },    { "sweater", "rt-product-jumper" },
  { "knit", "rt-product-jumper" },     { "pull", "rt-product-jumper" },      { "jean", "rt-product-jeans" },
  { "trouser", "rt-product-jeans" },   { "pant", "rt-product-jeans" },       { "short", "rt-product-jeans" },
  { "skirt", "rt-product-skirt" },     { "jupe", "rt-product-skirt" },       { "coat", "rt-product-coat" },
  { "jacket", "rt-product-coat" },     { "manteau", "rt-product-coat" },     { "bag", "rt-product-bag" },
  { "sac", "rt-product-bag" },         { "scarf", "rt-product-scarf" },      { "foulard", "rt-product-scarf" },
  { "accessor", "rt-product-scarf" },  { "trainer", "rt-product-trainers" }, { "shoe", "rt-product-trainers" },
  { "boot", "rt-product-trainers" },   { "sneaker", "rt-product-trainers" },
};

const char *
retour_thumb_icon (const char *category)
{
  g_autofree char *folded = category != NULL ? g_utf8_casefold (category, -1) : NULL;

  if (folded != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
      if (strstr (folded, drawings[i].word) != NULL)
        return drawings[i].icon;
  return "rt-hanger-symbolic";
}

GtkWidget *
retour_thumb_new (const char *category, int size)
{
  return retour_thumb_new_in_colour (category, NULL, size);
}

GtkWidget *
retour_thumb_new_in_colour (const char *category, const char *colour, int size)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *icon = retour_thumb_icon (category);
  /* Twice the pixels, for screens that have them. */
  g_autoptr (GdkPaintable) dyed = colour != NULL ? retour_dye_drawing (icon, colour, size * 3 / 4 * 2) : NULL;
  GtkWidget *image = dyed != NULL ? gtk_image_new_from_paintable (dyed) : gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), size * 3 / 4);
  gtk_widget_set_hexpand (image, TRUE);
  gtk_widget_set_hexpand (box, FALSE);
  gtk_widget_add_css_class (box, "rt-thumb");
  gtk_widget_set_size_request (box, size, size);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  return box;
}

GtkWidget *
retour_avatar_new (const char *initials, const char *name, int size)
{
  GtkWidget *label = gtk_label_new (initials);
  guint tone = (g_str_hash (name != NULL ? name : "") * TONE_SPREAD) >> (32 - TONE_BITS);
  g_autofree char *class = g_strdup_printf ("tone-%u", tone);

  gtk_widget_add_css_class (label, "rt-avatar");
  gtk_widget_add_css_class (label, class);
  if (size < 44)
    gtk_widget_add_css_class (label, "small");
  else if (size > 52)
    gtk_widget_add_css_class (label, "large");
  gtk_widget_set_size_request (label, size, size);
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}
