/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-codes.h"

#include "button.h"
#include "code-picture.h"
#include "text.h"
#include "words.h"

#define CODES_WIDTH 432
#define QR_ROOM 244
#define BARS_HEIGHT 72

struct _RetourProofCodes
{
  GtkBox parent_instance;

  GtkWidget *codes, *number;
  GtkWidget *print, *print_icon, *print_title, *print_detail;
  GtkWidget *pdf_title, *pdf_detail;
};

enum
{
  SIGNAL_PRINT,
  SIGNAL_SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourProofCodes, retour_proof_codes, GTK_TYPE_BOX)

void
retour_proof_codes_show (RetourProofCodes *self, const RetourReturn *ret)
{
  GtkWidget *child;
  g_autofree char *qr_name = g_strdup_printf (_ ("QR code of the proof %s"), ret->number);
  g_autofree char *bars_name = g_strdup_printf (_ ("Barcode of the proof %s"), ret->number);
  GtkWidget *qr = retour_code_picture_new (RETOUR_BARCODE_QR, ret->proof, QR_ROOM, 0, qr_name);
  GtkWidget *bars = retour_code_picture_new (RETOUR_BARCODE_CODE128, ret->number, CODES_WIDTH, BARS_HEIGHT, bars_name);

  while ((child = gtk_widget_get_first_child (self->codes)) != NULL)
    gtk_box_remove (GTK_BOX (self->codes), child);
  if (qr != NULL)
    gtk_box_append (GTK_BOX (self->codes), qr);
  if (bars != NULL)
    gtk_box_append (GTK_BOX (self->codes), bars);
  gtk_label_set_text (GTK_LABEL (self->number), ret->number);
  retour_proof_codes_set_pdf (self, NULL);
}

void
retour_proof_codes_set_print (
    RetourProofCodes *self, const char *icon, const char *title, const char *detail, const char *tone, gboolean busy)
{
  static const char *tones[] = { "rt-success", "rt-warning", "rt-error", "rt-muted" };
  g_autofree char *name = g_strdup_printf ("%s, %s", title, detail);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->print_icon), icon);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (self->print_icon, tones[i]);
  gtk_widget_add_css_class (self->print_icon, tone);
  gtk_label_set_text (GTK_LABEL (self->print_title), title);
  gtk_label_set_text (GTK_LABEL (self->print_detail), detail);
  gtk_widget_set_sensitive (self->print, !busy);
  retour_set_name (self->print, name);
}

void
retour_proof_codes_set_pdf (RetourProofCodes *self, const char *path)
{
  gtk_label_set_text (GTK_LABEL (self->pdf_title), path != NULL ? _ ("PDF saved") : _ ("Save a PDF"));
  gtk_label_set_text (GTK_LABEL (self->pdf_detail), path != NULL ? path : _ ("In the proofs folder"));
  gtk_widget_set_tooltip_text (self->pdf_detail, path);
}

static void
print_clicked (GtkButton *button, RetourProofCodes *self)
{
  g_signal_emit (self, signals[SIGNAL_PRINT], 0);
}

static void
pdf_clicked (GtkButton *button, RetourProofCodes *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
retour_proof_codes_class_init (RetourProofCodesClass *class)
{
  GType type = RETOUR_TYPE_PROOF_CODES;

  signals[SIGNAL_PRINT] = g_signal_new ("print", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE] = g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* A button of two lines with its icon before them. */
static GtkWidget *
paper_button_new (GtkWidget *icon, GtkWidget *title, GtkWidget *detail)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (button, "rt-button");
  gtk_widget_add_css_class (button, "rt-card-button");
  gtk_widget_add_css_class (button, "rt-paper");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 20);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), detail);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
build (RetourProofCodes *self)
{
  GtkWidget *right = GTK_WIDGET (self);
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = retour_text_new (_ ("Proof of return"), "rt-proof-title");
  GtkWidget *pdf;

  gtk_widget_add_css_class (tile, "rt-white");
  gtk_widget_add_css_class (tile, "rt-proof");
  gtk_widget_set_halign (title, GTK_ALIGN_CENTER);
  self->codes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->number = gtk_label_new (NULL);
  gtk_label_set_selectable (GTK_LABEL (self->number), TRUE);
  gtk_widget_set_can_focus (self->number, FALSE);
  gtk_widget_add_css_class (self->number, "rt-proof-number");
  gtk_box_append (GTK_BOX (tile), title);
  gtk_box_append (GTK_BOX (tile), self->codes);
  gtk_box_append (GTK_BOX (tile), self->number);

  self->print_icon = gtk_image_new ();
  self->print_title = retour_text_new (NULL, "rt-t4 rt-bold");
  self->print_detail = retour_text_new (NULL, "rt-regular rt-muted");
  self->print = paper_button_new (self->print_icon, self->print_title, self->print_detail);
  g_signal_connect (self->print, "clicked", G_CALLBACK (print_clicked), self);
  self->pdf_title = retour_text_new (NULL, "rt-t4 rt-bold");
  self->pdf_detail = retour_text_new (NULL, "rt-regular rt-muted");
  gtk_label_set_ellipsize (GTK_LABEL (self->pdf_detail), PANGO_ELLIPSIZE_START);
  pdf = paper_button_new (gtk_image_new_from_icon_name ("document-save-symbolic"), self->pdf_title, self->pdf_detail);
  retour_set_name (pdf, _ ("Save a PDF"));
  g_signal_connect (pdf, "clicked", G_CALLBACK (pdf_clicked), self);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (buttons), self->print);
  gtk_box_append (GTK_BOX (buttons), pdf);
  gtk_box_append (GTK_BOX (right), tile);
  gtk_box_append (GTK_BOX (right), buttons);
  gtk_widget_set_size_request (right, CODES_WIDTH, -1);
  gtk_widget_set_hexpand (right, FALSE);
}

static void
retour_proof_codes_init (RetourProofCodes *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  build (self);
}

GtkWidget *
retour_proof_codes_new (void)
{
  return g_object_new (RETOUR_TYPE_PROOF_CODES, NULL);
}
