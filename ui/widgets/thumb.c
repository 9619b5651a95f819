/* SPDX-License-Identifier: Apache-2.0 */
#include "thumb.h"

#include "dye.h"

/* Which of the eight tones a name gets; the factor keeps the names of one team apart. */
#define TONE_BITS 3
#define TONE_SPREAD 0x1579bu

#define DEFAULT_SIZE 56

struct _RetourThumb
{
  GtkBox parent_instance;

  GtkWidget *image;
  int size;
};

enum
{
  PROP_SIZE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (RetourThumb, retour_thumb, GTK_TYPE_BOX)

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

void
retour_thumb_show (RetourThumb *self, const char *category, const char *colour)
{
  const char *icon = retour_thumb_icon (category);
  /* Twice the pixels, for screens that have them. */
  g_autoptr (GdkPaintable) dyed = colour != NULL ? retour_dye_drawing (icon, colour, self->size * 3 / 4 * 2) : NULL;

  g_return_if_fail (RETOUR_IS_THUMB (self));

  if (dyed != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->image), dyed);
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon);
}

static void
retour_thumb_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RetourThumb *self = RETOUR_THUMB (object);

  if (id != PROP_SIZE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  self->size = g_value_get_int (value);
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), self->size * 3 / 4);
  gtk_widget_set_size_request (GTK_WIDGET (self), self->size, self->size);
}

static void
retour_thumb_class_init (RetourThumbClass *class)
{
  G_OBJECT_CLASS (class)->set_property = retour_thumb_set_property;
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 0, G_MAXINT, DEFAULT_SIZE,
                                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
retour_thumb_init (RetourThumb *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->image = gtk_image_new ();
  gtk_widget_set_hexpand (self->image, TRUE);
  gtk_widget_set_hexpand (widget, FALSE);
  gtk_widget_add_css_class (widget, "rt-thumb");
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), self->image);
}

GtkWidget *
retour_thumb_new (const char *category, int size)
{
  return retour_thumb_new_in_colour (category, NULL, size);
}

GtkWidget *
retour_thumb_new_in_colour (const char *category, const char *colour, int size)
{
  RetourThumb *self = g_object_new (RETOUR_TYPE_THUMB, "size", size, NULL);

  retour_thumb_show (self, category, colour);
  return GTK_WIDGET (self);
}

void
retour_avatar_show (GtkWidget *label, const char *initials, const char *name, int size)
{
  guint tone = (g_str_hash (name != NULL ? name : "") * TONE_SPREAD) >> (32 - TONE_BITS);
  g_autofree char *class = g_strdup_printf ("tone-%u", tone);

  for (guint i = 0; i < 1u << TONE_BITS; i++)
    {
      g_autofree char *other = g_strdup_printf ("tone-%u", i);

      gtk_widget_remove_css_class (label, other);
    }
  gtk_label_set_text (GTK_LABEL (label), initials);
  gtk_widget_add_css_class (label, "rt-avatar");
  gtk_widget_add_css_class (label, class);
  if (size < 44)
    gtk_widget_add_css_class (label, "small");
  else if (size > 52)
    gtk_widget_add_css_class (label, "large");
  gtk_widget_set_size_request (label, size, size);
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
}

GtkWidget *
retour_avatar_new (const char *initials, const char *name, int size)
{
  GtkWidget *label = gtk_label_new (NULL);

  retour_avatar_show (label, initials, name, size);
  return label;
}
