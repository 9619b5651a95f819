/* SPDX-License-Identifier: Apache-2.0 */
/* What the desk says when there is no order to show: unknown code, nothing found, several possible orders, waiting for the
 * OMS. One sentence says what, one what to do, one button does it (mock-up 13). */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_STATE_PAGE (retour_state_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourStatePage, retour_state_page, RETOUR, STATE_PAGE, GtkBox)

RetourStatePage *retour_state_page_new (RetourNavigation *navigation);

void retour_state_page_show_waiting (RetourStatePage *self);
/* The OMS has been silent for so long: offers to go on without. */
void retour_state_page_set_slow (RetourStatePage *self, int seconds);
/* `text`: what was looked for, or NULL. */
void retour_state_page_show_no_answer (RetourStatePage *self, const char *text);
/* `asked`: the OMS was asked as well. */
void retour_state_page_show_not_found (RetourStatePage *self, const char *text, gboolean asked);
void retour_state_page_show_failure (RetourStatePage *self, const char *title, const char *message);
void retour_state_page_show_unknown (RetourStatePage *self, const RetourScan *scan);
/* Several orders hold what was scanned; borrowed. */
void retour_state_page_show_choice (RetourStatePage *self, const RetourRoute *route);
/* An article that no order here holds; borrowed. */
void retour_state_page_show_unsold (RetourStatePage *self, const RetourRoute *route);

G_END_DECLS
