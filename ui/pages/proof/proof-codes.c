/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-codes.h"

#include "code-picture.h"
#include "text.h"
#include "words.h"

#define CODES_WIDTH 432
#define QR_ROOM 244
#define BARS_HEIGHT 72
#define NUMBER_KEY "retour-number"
#define TOKEN_KEY "retour-token"

struct _RetourProofCodes
{
  GtkBox parent_instance;

  GtkWidget *choice, *codes, *number;
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

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_codes (RetourProofCodes *self, const char *number, const char *token)
{
  g_autofree char *qr_name = g_strdup_printf (_ ("QR code of the proof %s"), number);
  g_autofree char *bars_name = g_strdup_printf (_ ("Barcode of the proof %s"), number);
  GtkWidget *qr = retour_code_picture_new (RETOUR_BARCODE_QR, token, QR_ROOM, 0, qr_name);
  GtkWidget *bars = retour_code_picture_new (RETOUR_BARCODE_CODE128, number, CODES_WIDTH, BARS_HEIGHT, bars_name);

  clear_box (self->codes);
  if (qr != NULL)
    gtk_box_append (GTK_BOX (self->codes), qr);
  if (bars != NULL)
    gtk_box_append (GTK_BOX (self->codes), bars);
  gtk_label_set_text (GTK_LABEL (self->number), number);
}

static void
choice_toggled (GtkToggleButton *button, RetourProofCodes *self)
{
  if (gtk_toggle_button_get_active (button))
    show_codes (self, g_object_get_data (G_OBJECT (button), NUMBER_KEY),
                g_object_get_data (G_OBJECT (button), TOKEN_KEY));
}

/* One tap shows the codes of another order of the visit. */
static void
append_choice (RetourProofCodes *self, const RetourReturn *ret)
{
  const char *name = ret->order_number != NULL ? ret->order_number : ret->number;
  GtkWidget *first = gtk_widget_get_first_child (self->choice);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), retour_text_new (name, "rt-code"));
  gtk_widget_add_css_class (button, "rt-section");
  gtk_widget_set_hexpand (button, TRUE);
  retour_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), NUMBER_KEY, g_strdup (ret->number), g_free);
  g_object_set_data_full (G_OBJECT (button), TOKEN_KEY, g_strdup (ret->proof), g_free);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_signal_connect (button, "toggled", G_CALLBACK (choice_toggled), self);
  gtk_box_append (GTK_BOX (self->choice), button);
}

void
retour_proof_codes_show (RetourProofCodes *self, const GPtrArray *returns)
{
  const RetourReturn *first = returns->pdata[0];

  clear_box (self->choice);
  for (guint i = 0; returns->len > 1 && i < returns->len; i++)
    append_choice (self, returns->pdata[i]);
  gtk_widget_set_visible (self->choice, returns->len > 1);
  show_codes (self, first->number, first->proof);
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
  gtk_widget_class_bind_template_child (widget_class, RetourProofCodes, choice);
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
