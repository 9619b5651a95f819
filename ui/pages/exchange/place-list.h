/* SPDX-License-Identifier: Apache-2.0 */
/* Where the chosen article can be taken, nearest first, with how many there are. This store always stands first: there one can
 * look, whatever the figure says. */
#pragma once

#include "exchange-choice.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_PLACE_LIST (retour_place_list_get_type ())
G_DECLARE_FINAL_TYPE (RetourPlaceList, retour_place_list, RETOUR, PLACE_LIST, GtkBox)

/* Signal "chosen" (const char *place): by the person. */

void retour_place_list_show (RetourPlaceList *self, RetourExchangeChoice *choice);

G_END_DECLS
