/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts as a sentence says them. */
#pragma once

#include "money.h"

G_BEGIN_DECLS

/* "150 €" where the cents are nought, else as retour_money_format. The caller's. */
char *retour_amount_words (gint64 amount, const char *currency, RetourLanguage language);

G_END_DECLS
