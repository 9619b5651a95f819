/* SPDX-License-Identifier: Apache-2.0 */
/* The words of one article on its way back: why, in what state, where it goes, how it was paid. Codes that the house does
 * not know are shown as the policy titles them, else as they are written. */
#pragma once

#include "order.h"
#include "policy.h"
#include "wording.h"

G_BEGIN_DECLS

/* "Too small". `policy` may be NULL; its own title wins. Borrowed from the catalogue, the policy or `code`; "" for NULL. */
const char *retour_reason_words (RetourLanguage language, const char *code, const RetourPolicy *policy);
/* The icon of a reason's tile; static. */
const char *retour_reason_icon (const char *code);

/* "New", "with tags" and both together: "New with tags". Borrowed as above; the detail may be "". */
const char *retour_condition_title (RetourLanguage language, const char *code, const RetourPolicy *policy);
const char *retour_condition_detail (RetourLanguage language, const char *code, const RetourPolicy *policy);
const char *retour_condition_words (RetourLanguage language, const char *code, const RetourPolicy *policy);
/* "A" to "D"; NULL when neither the policy nor the house grades it. */
const char *retour_condition_grade (const char *code, const RetourPolicy *policy);

/* "Back to shelf", "Transfer", "Second hand"…; a transfer's place is not in it. Borrowed; "" for NULL. */
const char *retour_disposition_words (RetourLanguage language, const char *disposition);
const char *retour_disposition_icon (const char *disposition);

/* "Bank card", "Gift card"…; borrowed. With the label of the payment where it has one: "CB •••• 4242"; borrowed. */
const char *retour_method_words (RetourLanguage language, const char *method);
const char *retour_payment_words (RetourLanguage language, const char *method, const char *label);
const char *retour_method_icon (const char *method);

/* Where the order was placed: "Web", "Shop app", else as written. Borrowed. */
const char *retour_channel_words (RetourLanguage language, const char *channel);
/* How a parcel stands: "Delivered", "On its way". Borrowed. */
const char *retour_parcel_words (RetourLanguage language, const RetourParcel *parcel);
/* "Colissimo" for "colissimo"; the caller's. */
char *retour_carrier_words (const char *carrier);

/* "2 items"; the caller's. */
char *retour_units_words (RetourLanguage language, gint64 units);

/* A promotion's title, else made of its kind: "€10 off €150". The caller's. */
char *retour_promotion_words (RetourLanguage language, const RetourPromotion *promotion, const char *currency);

/* "38" of "Taille 38 · Bleu nuit". The caller's; NULL when none can be told. */
char *retour_variant_size (const char *variant);

G_END_DECLS
