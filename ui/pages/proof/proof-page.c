/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-page-private.h"

#include "disposition.h"
#include "item-words.h"
#include "note.h"
#include "proof-codes.h"
#include "proof-paper.h"
#include "proof-visit.h"
#include "text.h"
#include "words.h"

#define READ_AGAIN_SECONDS 3

G_DEFINE_TYPE (RetourProofPage, retour_proof_page, GTK_TYPE_WIDGET)

static void
replace_child (GtkWidget *box, GtkWidget *child)
{
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), old);
  if (child != NULL)
    gtk_box_append (GTK_BOX (box), child);
}

static const char *
title_text (RetourProofPage *self)
{
  if (retour_proof_is_cancelled (self->returns))
    return self->returns->len > 1 ? _ ("Returns cancelled") : _ ("Return cancelled");
  if (self->returns->len > 1)
    return retour_proof_waits_for_network (self->returns) ? _ ("Returns recorded here") : _ ("Returns recorded");
  return retour_proof_waits_for_network (self->returns) ? _ ("Return recorded here") : _ ("Return recorded");
}

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

static void
show_head (RetourProofPage *self)
{
  gboolean cancelled = retour_proof_is_cancelled (self->returns);
  const char *problem = retour_proof_get_problem (self->returns);
  g_autofree char *subtitle = retour_proof_subtitle (self->navigation, self->returns);

  gtk_label_set_text (GTK_LABEL (self->title), title_text (self));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->disc_icon),
                                cancelled ? "edit-undo-symbolic" : "object-select-symbolic");
  set_class (self->disc, "success", !cancelled);
  if (problem != NULL)
    retour_note_show (self->offline, RETOUR_TONE_WARNING, NULL, _ ("The OMS asks for attention."), problem);
  else if (retour_proof_waits_for_network (self->returns))
    retour_note_show (self->offline, RETOUR_TONE_WARNING, "network-wireless-offline-symbolic",
                      _ ("Saved here, will be sent when the network is back."),
                      _ ("The proof is valid, the customer has nothing to do again."));
  else
    retour_note_hide (self->offline);
}

static void
show_legal (RetourProofPage *self)
{
  RetourDay latest = retour_proof_legal_day (self->returns);

  gtk_widget_set_visible (self->legal, latest != RETOUR_DAY_NONE);
  if (latest != RETOUR_DAY_NONE)
    {
      g_autofree char *day = retour_day_format_words (latest, retour_navigation_get_language (self->navigation));
      g_autofree char *text = g_strdup_printf (_ ("By law, refunded on %s at the latest."), day);

      gtk_label_set_text (GTK_LABEL (self->legal), text);
    }
}

void
retour_proof_page_show_cancel (RetourProofPage *self)
{
  RetourInstant now = retour_desk_now (retour_navigation_get_services (self->navigation)->desk);
  RetourInstant until = retour_proof_cancellable_until (self->returns, now);
  const char *words = self->returns->len > 1 ? _ ("Cancel these returns") : _ ("Cancel this return");
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->cancel_row, until != RETOUR_INSTANT_NONE);
  if (until == RETOUR_INSTANT_NONE)
    return;
  time = retour_instant_format_time (until, retour_navigation_get_time_zone (self->navigation));
  text = g_strdup_printf (_ ("Possible until %s"), time);
  gtk_label_set_text (GTK_LABEL (self->cancel_until), text);
  gtk_label_set_text (GTK_LABEL (self->cancel_word), words);
  retour_set_name (self->cancel, words);
  gtk_widget_set_sensitive (self->cancel, !self->cancelling);
}

static void
show_lists (RetourProofPage *self)
{
  replace_child (self->refund, retour_proof_refund_sections_new (self->navigation, self->returns));
  replace_child (self->goods, retour_proof_goods_sections_new (self->navigation, self->returns, self->places));
}

static void
show_next (RetourProofPage *self)
{
  gtk_label_set_text (GTK_LABEL (self->next_title), _ ("Next: scan the next order"));
  gtk_label_set_text (GTK_LABEL (self->next_text),
                      retour_proof_is_cancelled (self->returns)
                          ? _ ("Nothing will be refunded, the items go back to the customer.")
                          : _ ("This return is safe, there is nothing else to do."));
}

void
retour_proof_page_show_again (RetourProofPage *self)
{
  show_head (self);
  show_lists (self);
  show_legal (self);
  retour_proof_page_show_cancel (self);
  show_next (self);
}

static void
show_paper_outcome (RetourProofPage *self, RetourProofPaperOutcome outcome, const char *message)
{
  retour_note_set_action (self->paper, _ ("Try again"));
  switch (outcome)
    {
    case RETOUR_PROOF_PAPER_PRINTED:
      retour_note_hide (self->paper);
      retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-symbolic", _ ("Printed"),
                                    _ ("Print again"), "rt-success", self->printing);
      return;
    case RETOUR_PROOF_PAPER_NO_PRINTER:
      retour_note_hide (self->paper);
      retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-symbolic", _ ("No printer is set"),
                                    _ ("Show the code, or save a PDF"), "rt-muted", self->printing);
      return;
    case RETOUR_PROOF_PAPER_OUT_OF_PAPER:
      retour_note_show (self->paper, RETOUR_TONE_ERROR, "printer-error-symbolic", _ ("The printer is out of paper."),
                        _ ("The proof is kept, put in a new roll and try again."));
      break;
    case RETOUR_PROOF_PAPER_COVER_OPEN:
      retour_note_show (self->paper, RETOUR_TONE_ERROR, "printer-error-symbolic", _ ("The printer’s cover is open."),
                        _ ("The proof is kept, close it and try again."));
      break;
    case RETOUR_PROOF_PAPER_NOT_REACHED:
      retour_note_show (self->paper, RETOUR_TONE_ERROR, "printer-error-symbolic", _ ("The printer does not answer."),
                        _ ("The proof is kept: show the code, or try again."));
      break;
    case RETOUR_PROOF_PAPER_UNKNOWN:
      retour_note_set_action (self->paper, _ ("Print again"));
      retour_note_show (self->paper, RETOUR_TONE_WARNING, "printer-warning-symbolic",
                        _ ("The paper may have come out, or not."),
                        _ ("Look at the printer; another one will say DUPLICATA."));
      retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-warning-symbolic", _ ("Not known"),
                                    _ ("Print again"), "rt-warning", self->printing);
      return;
    case RETOUR_PROOF_PAPER_FAILED:
      retour_note_show (self->paper, RETOUR_TONE_ERROR, "printer-error-symbolic", _ ("The proof could not be printed."),
                        message);
      break;
    }
  retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-error-symbolic", _ ("Not printed"),
                                _ ("Try again"), "rt-error", self->printing);
}

static void
paper_replied (RetourProofPaperOutcome outcome, const char *message, gpointer user_data)
{
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (user_data);

  if (self == NULL)
    return;
  self->printing = FALSE;
  show_paper_outcome (self, outcome, message);
}

void
retour_proof_page_print (RetourProofPage *self)
{
  if (self->printing || self->returns == NULL)
    return;
  self->printing = TRUE;
  retour_note_hide (self->paper);
  retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-printing-symbolic", _ ("Printing…"),
                                _ ("A moment"), "rt-muted", self->printing);
  retour_proof_paper_print (self->navigation, self->returns, self->orders, paper_replied,
                            retour_proof_reply_new (self));
}

static void
pdf_replied (const char *path, const GError *error, gpointer user_data)
{
  g_autoptr (RetourProofPage) self = retour_proof_reply_take (user_data);

  if (self == NULL)
    return;
  if (error != NULL)
    {
      retour_navigation_show_error (self->navigation, _ ("The PDF could not be saved."), error);
      return;
    }
  retour_proof_codes_set_pdf (RETOUR_PROOF_CODES (self->codes), path);
}

static void
save_pdf (RetourProofPage *self)
{
  if (self->returns != NULL)
    retour_proof_paper_save (self->navigation, self->returns, self->orders, pdf_replied, retour_proof_reply_new (self));
}

static void
cancel_clicked (GtkButton *button, RetourProofPage *self)
{
  retour_proof_page_cancel (self);
}

static gboolean
read_again (gpointer user_data)
{
  retour_proof_page_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

void
retour_proof_page_set_returns (RetourProofPage *self, GPtrArray *returns)
{
  gboolean others = self->returns == NULL || self->returns->len != returns->len
                    || g_strcmp0 (((const RetourReturn *) self->returns->pdata[0])->id,
                                  ((const RetourReturn *) returns->pdata[0])->id)
                           != 0;

  g_clear_pointer (&self->returns, g_ptr_array_unref);
  self->returns = returns;
  if (others)
    retour_proof_codes_show (RETOUR_PROOF_CODES (self->codes), returns);
}

void
retour_proof_page_show (RetourProofPage *self, RetourReturn *ret, gboolean fresh)
{
  GPtrArray *returns;

  g_return_if_fail (RETOUR_IS_PROOF_PAGE (self));
  g_return_if_fail (ret != NULL);

  self->shown++;
  returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  g_ptr_array_add (returns, ret);
  retour_proof_page_set_returns (self, returns);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  self->fresh = fresh;
  self->printing = self->cancelling = FALSE;
  retour_note_hide (self->paper);
  retour_proof_page_show_again (self);
  retour_proof_codes_set_print (RETOUR_PROOF_CODES (self->codes), "printer-symbolic", _ ("Print"),
                                fresh ? _ ("A moment") : _ ("As a DUPLICATA, if it came out before"), "rt-muted",
                                self->printing);
  retour_proof_page_read_context (self);
}

static void
print_asked (RetourProofCodes *codes, RetourProofPage *self)
{
  retour_proof_page_print (self);
}

static void
save_asked (RetourProofCodes *codes, RetourProofPage *self)
{
  save_pdf (self);
}

static void
paper_action (RetourNote *note, RetourProofPage *self)
{
  retour_proof_page_print (self);
}

static void
home_clicked (GtkButton *button, RetourProofPage *self)
{
  retour_navigation_go_home (self->navigation);
}

static void
home_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  retour_navigation_go_home (RETOUR_PROOF_PAGE (widget)->navigation);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RetourProofPage *self = RETOUR_PROOF_PAGE (widget);

  /* Behind a fresh proof lies a return that is over. */
  if (self->fresh)
    retour_navigation_go_home (self->navigation);
  else
    retour_navigation_go_back (self->navigation);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  retour_proof_page_print (RETOUR_PROOF_PAGE (widget));
}

static void
retour_proof_page_map (GtkWidget *widget)
{
  RetourProofPage *self = RETOUR_PROOF_PAGE (widget);

  GTK_WIDGET_CLASS (retour_proof_page_parent_class)->map (widget);
  if (self->again == 0)
    self->again = g_timeout_add_seconds (READ_AGAIN_SECONDS, read_again, self);
}

static void
retour_proof_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RETOUR_PROOF_PAGE (widget)->again, g_source_remove);
  GTK_WIDGET_CLASS (retour_proof_page_parent_class)->unmap (widget);
}

static void
retour_proof_page_dispose (GObject *object)
{
  RetourProofPage *self = RETOUR_PROOF_PAGE (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->returns, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  G_OBJECT_CLASS (retour_proof_page_parent_class)->dispose (object);
}

static void
retour_proof_page_class_init (RetourProofPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = retour_proof_page_dispose;
  widget_class->map = retour_proof_page_map;
  widget_class->unmap = retour_proof_page_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, home_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "page.proof", NULL, print_action);
  g_type_ensure (RETOUR_TYPE_NOTE);
  g_type_ensure (RETOUR_TYPE_PROOF_CODES);
  gtk_widget_class_set_template_from_resource (widget_class, "/fr/retour/Retour/pages/proof-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, box);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, disc);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, disc_icon);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, title);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, offline);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, paper);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, refund);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, goods);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, legal);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, cancel_row);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, cancel_word);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, cancel_until);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, codes);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, next_title);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, next_text);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, columns);
  gtk_widget_class_bind_template_child (widget_class, RetourProofPage, home);
}

static void
retour_proof_page_init (RetourProofPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Large text: words and codes do not fit beside each other, and the bar below must leave them room. */
  if (retour_text_is_large (GTK_WIDGET (self)))
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), GTK_ORIENTATION_VERTICAL);
      gtk_widget_set_visible (self->next_text, FALSE);
    }
  g_signal_connect (self->paper, "action", G_CALLBACK (paper_action), self);
  g_signal_connect (self->cancel, "clicked", G_CALLBACK (cancel_clicked), self);
  g_signal_connect (self->codes, "print", G_CALLBACK (print_asked), self);
  g_signal_connect (self->codes, "save", G_CALLBACK (save_asked), self);
  g_signal_connect (self->home, "clicked", G_CALLBACK (home_clicked), self);
}

GtkWidget *
retour_proof_page_new (RetourNavigation *navigation)
{
  RetourProofPage *self = g_object_new (RETOUR_TYPE_PROOF_PAGE, NULL);

  self->navigation = navigation;
  return GTK_WIDGET (self);
}
