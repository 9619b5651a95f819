/* SPDX-License-Identifier: Apache-2.0 */
#include "scan-art.h"

#define ART_WIDTH 440.0f
#define ART_HEIGHT 176.0f
#define LEAST_HEIGHT 48
#define CORNER 34.0f
#define STROKE 4.0f

struct _RetourScanArt
{
  GtkWidget parent_instance;
};

G_DEFINE_TYPE (RetourScanArt, retour_scan_art, GTK_TYPE_WIDGET)

/* Widths of bars and gaps in turn, in px of the drawing at full size. */
static const guint8 bars[] = { 8, 4, 4, 8, 12, 6, 8, 4, 4, 8,  4, 6, 12, 4,  8, 4, 4,  4, 16, 4, 6,  6, 4, 6, 10, 4,
                               4, 8, 6, 4, 12, 4, 6, 6, 4, 14, 4, 4, 4,  10, 4, 6, 10, 4, 4,  6, 12, 4, 4, 6, 6 };

static void
lookup (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    *colour = (GdkRGBA){ 0, 0, 0, 1 };
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, float x, float y, float width, float height)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* One corner: `right` and `down` mirror it. */
static void
draw_corner (GtkSnapshot *snapshot, const GdkRGBA *colour, gboolean right, gboolean down)
{
  const float widths[4] = { STROKE, STROKE, STROKE, STROKE };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };
  float x = right ? ART_WIDTH - CORNER : 0;
  float y = down ? ART_HEIGHT - CORNER : 0;
  GskRoundedRect frame;

  gsk_rounded_rect_init_from_rect (
      &frame, &GRAPHENE_RECT_INIT (right ? x - CORNER : x, down ? y - CORNER : y, CORNER * 2, CORNER * 2), 12);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, y, CORNER, CORNER));
  gtk_snapshot_append_border (snapshot, &frame, widths, colours);
  gtk_snapshot_pop (snapshot);
}

static void
draw (RetourScanArt *self, GtkSnapshot *snapshot)
{
  GdkRGBA line, paper, laser;
  GskRoundedRect sheet;
  float x = 52;

  lookup (GTK_WIDGET (self), "rt_accent_line", &line);
  lookup (GTK_WIDGET (self), "card_bg_color", &paper);
  lookup (GTK_WIDGET (self), "rt_badge", &laser);

  gsk_rounded_rect_init_from_rect (&sheet, &GRAPHENE_RECT_INIT (34, 22, ART_WIDTH - 68, ART_HEIGHT - 44), 8);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  fill (snapshot, &paper, 34, 22, ART_WIDTH - 68, ART_HEIGHT - 44);
  gtk_snapshot_pop (snapshot);
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      if (i % 2 == 0)
        fill (snapshot, &line, x, 36, bars[i], ART_HEIGHT - 72);
      x += bars[i];
    }
  draw_corner (snapshot, &line, FALSE, FALSE);
  draw_corner (snapshot, &line, TRUE, FALSE);
  draw_corner (snapshot, &line, FALSE, TRUE);
  draw_corner (snapshot, &line, TRUE, TRUE);
  fill (snapshot, &laser, 14, ART_HEIGHT / 2 - 2, ART_WIDTH - 28, STROKE);
}

static void
retour_scan_art_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale = MIN (MIN (width / ART_WIDTH, height / ART_HEIGHT), 1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - ART_WIDTH * scale) / 2, 0));
  gtk_snapshot_scale (snapshot, scale, scale);
  draw (RETOUR_SCAN_ART (widget), snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
retour_scan_art_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) ART_WIDTH : LEAST_HEIGHT;
}

static void
retour_scan_art_class_init (RetourScanArtClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = retour_scan_art_snapshot;
  widget_class->measure = retour_scan_art_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
retour_scan_art_init (RetourScanArt *self)
{
}

GtkWidget *
retour_scan_art_new (void)
{
  return g_object_new (RETOUR_TYPE_SCAN_ART, NULL);
}
