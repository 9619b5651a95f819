/* SPDX-License-Identifier: Apache-2.0 */
/* How the exchange page is laid out: head, what one chooses from, what is said of the stock, the panel. */
#include "exchange-page-private.h"

#include <adwaita.h>

#include "button.h"
#include "chip.h"
#include "exchange-panel.h"
#include "panes.h"
#include "place-list.h"
#include "text.h"
#include "tile-rows.h"
#include "words.h"
#include "wrap.h"

#define PANEL_WIDTH 440
#define PANEL_NARROWEST 320

static GtkWidget *
head_new (RetourExchangePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pill = adw_squeezer_new ();
  GtkWidget *back = retour_icon_button_new ("go-previous-symbolic", _ ("Back"), "rt-card-button");

  gtk_widget_add_css_class (head, "rt-exchange-head");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "page.back");
  self->title = retour_text_new (NULL, "rt-t2");
  /* The title is always whole; the pill gives way. */
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_NONE);
  self->subtitle = retour_text_new (NULL, "rt-muted rt-code");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), words);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (pill), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (pill), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (pill), retour_scan_pill_new (_ ("Or scan the new item")));
  adw_squeezer_add (ADW_SQUEEZER (pill), retour_scan_pill_new (_ ("Or scan it")));
  gtk_box_append (GTK_BOX (head), pill);
  return head;
}

/* A heading, what stands beside it, and what is below. `title` and `aside` are labels. */
static GtkWidget *
section_new (GtkWidget *title, GtkWidget *aside, GtkWidget *content)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *heading = retour_wrap_new (8);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_NONE);
  retour_wrap_append (RETOUR_WRAP (heading), title);
  if (aside != NULL)
    retour_wrap_append (RETOUR_WRAP (heading), aside);
  gtk_box_append (GTK_BOX (section), heading);
  gtk_box_append (GTK_BOX (section), content);
  return section;
}

static GtkWidget *
places_section_new (RetourExchangePage *self)
{
  GtkWidget *aside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *section;

  self->places_title = retour_text_new (NULL, "rt-t3");
  self->places_of = retour_text_new_wrapped (NULL, "rt-muted");
  self->asking = gtk_spinner_new ();
  gtk_widget_set_tooltip_text (self->asking, _ ("Asking for the stock"));
  retour_set_name (self->asking, _ ("Asking for the stock"));
  gtk_box_append (GTK_BOX (aside), self->places_of);
  gtk_box_append (GTK_BOX (aside), self->asking);
  self->places = retour_place_list_new ();
  section = section_new (self->places_title, aside, self->places);
  return section;
}

/* What is said of the stock: that nothing is held, or that someone has to look first. It stays in sight. */
static GtkWidget *
foot_new (RetourExchangePage *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name ("rt-clock-symbolic");

  gtk_widget_add_css_class (foot, "rt-exchange-stock");
  self->hold = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->hold, "rt-muted");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 20);
  gtk_box_append (GTK_BOX (self->hold), icon);
  gtk_box_append (GTK_BOX (self->hold),
                  retour_text_new_wrapped (_ ("Nothing is held until the return is confirmed."), NULL));
  self->check_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  retour_add_classes (self->check_box, "rt-note warning rt-seen");
  self->check = gtk_check_button_new_with_label ("");
  gtk_widget_add_css_class (self->check, "rt-check");
  self->check_detail = retour_text_new_wrapped (NULL, NULL);
  gtk_box_append (GTK_BOX (self->check_box), self->check);
  gtk_box_append (GTK_BOX (self->check_box), self->check_detail);
  gtk_box_append (GTK_BOX (foot), self->check_box);
  gtk_box_append (GTK_BOX (foot), self->hold);
  return foot;
}

void
retour_exchange_page_build (RetourExchangePage *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (self->column, "rt-exchange-column");
  self->problem = retour_note_new (RETOUR_TONE_INFO);
  self->colours = retour_tile_rows_new (10, 3);
  self->sizes = retour_tile_rows_new (10, 6);
  self->similar = retour_tile_rows_new (10, 3);
  self->sizes_title = retour_text_new (NULL, "rt-t3");
  self->sizes_in = retour_text_new_wrapped (NULL, "rt-muted");
  self->colours_section = section_new (retour_text_new (_ ("Colour"), "rt-t3"), NULL, self->colours);
  self->sizes_section = section_new (self->sizes_title, self->sizes_in, self->sizes);
  self->places_section = places_section_new (self);
  self->similar_section = section_new (retour_text_new (_ ("Similar items"), "rt-t3"), NULL, self->similar);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (self->column), self->colours_section);
  gtk_box_append (GTK_BOX (self->column), self->sizes_section);
  gtk_box_append (GTK_BOX (self->column), self->places_section);
  gtk_box_append (GTK_BOX (self->column), self->similar_section);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (left), head_new (self));
  gtk_box_append (GTK_BOX (left), scroller);
  gtk_box_append (GTK_BOX (left), foot_new (self));
  self->panel = retour_exchange_panel_new ();
  self->panes = retour_panes_new (left, self->panel, PANEL_WIDTH, PANEL_NARROWEST);
  gtk_widget_set_parent (self->panes, GTK_WIDGET (self));
}
