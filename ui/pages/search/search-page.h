/* SPDX-License-Identifier: Apache-2.0 */
/* Search as one types (mock-up 02): what this tablet has at once, what the OMS has below it, never reordered under the
 * finger. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_SEARCH_PAGE (retour_search_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourSearchPage, retour_search_page, RETOUR, SEARCH_PAGE, GtkBox)

RetourSearchPage *retour_search_page_new (RetourNavigation *navigation);
/* `text` in the field, the caret at its end; NULL keeps what was typed before, all of it selected. */
void retour_search_page_begin (RetourSearchPage *self, const char *text);
/* The OMS can or cannot be asked any more. */
void retour_search_page_link_changed (RetourSearchPage *self);

G_END_DECLS
