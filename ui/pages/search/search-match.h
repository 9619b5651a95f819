/* SPDX-License-Identifier: Apache-2.0 */
/* Where a search found an order, and how much of the customer it may show: what was typed is known already, the rest stays
 * masked. Pure. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_FOUND_NAME = 1 << 0,
  RETOUR_FOUND_EMAIL = 1 << 1,
  RETOUR_FOUND_PHONE = 1 << 2,
  RETOUR_FOUND_NUMBER = 1 << 3,
} RetourFound;

/* The fields of an order that a word of the query is in; case and accents do not count, nor the spacing of phones. */
RetourFound retour_search_found (const RetourOrderSummary *summary, const char *query);

/* "a.rouss•••@orange.fr" for "rouss"; without a match "a.r•••@orange.fr". Caller frees; NULL stays NULL. */
char *retour_search_email (const char *email, const char *query);
/* "06 •• •• •• 77"; figures that were typed in a row are shown. Caller frees; NULL stays NULL. */
char *retour_search_phone (const char *phone, const char *query);
/* The one that was searched for, else the e-mail, else the phone; "" when there is none. Caller frees. */
char *retour_search_contact (const RetourOrderSummary *summary, const char *query);

/* What the list shows of an order that the OMS sent. The caller's. */
RetourOrderSummary *retour_search_summarise (const RetourOrder *order);

G_END_DECLS
