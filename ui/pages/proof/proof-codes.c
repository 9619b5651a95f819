/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-codes.h"

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
  GtkWidget *pdf, *pdf_title, *pdf_detail;
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType type = RETOUR_TYPE_PROOF_CODES;

  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/proof-codes.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, codes);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, number);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, print);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, print_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, print_title);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, print_detail);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, pdf);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, pdf_title);
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, pdf_detail);
  signals[SIGNAL_PRINT] = g_signal_new ("print", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE] = g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
retour_proof_codes_init (RetourProofCodes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), CODES_WIDTH, -1);
  g_signal_connect (self->print, "clicked", G_CALLBACK (print_clicked), self);
  g_signal_connect (self->pdf, "clicked", G_CALLBACK (pdf_clicked), self);
}

GtkWidget *
retour_proof_codes_new (void)
{
  return g_object_new (RETOUR_TYPE_PROOF_CODES, NULL);
}
