/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the exchange page share. */
#pragma once

#include "exchange-choice.h"
#include "exchange-page.h"
#include "note.h"

G_BEGIN_DECLS

struct _RetourExchangePage
{
  GtkWidget parent_instance;

  RetourNavigation *navigation; /* borrowed */
  RetourExchangeChoice *choice; /* NULL: nothing is shown */
  RetourExchangeReply reply;
  gpointer user_data;
  gboolean showing; /* tiles follow the choice, not the other way round */

  GtkWidget *panes, *title, *subtitle, *column;
  RetourNote *problem;
  GtkWidget *colours_section, *colours;
  GtkWidget *sizes_section, *sizes_title, *sizes_in, *sizes;
  GtkWidget *places_section, *places_title, *places_of, *asking, *places;
  GtkWidget *hold, *check_box, *check, *check_detail;
  GtkWidget *similar_section, *similar;
  GtkWidget *panel;
};

/* Puts its widgets together, without what they do. */
void retour_exchange_page_build (RetourExchangePage *self);

G_END_DECLS
