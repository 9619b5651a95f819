/* SPDX-License-Identifier: Apache-2.0 */
/* What an order holds and how it was paid. */
#pragma once

#include "dice.h"

#include <order.h>

G_BEGIN_DECLS

/* One unit or more of a variant, without discounts; the order owns it, the line is borrowed. */
RetourOrderLine *
sandbox_basket_add (RetourOrder *order, guint product, guint colour, guint size, gint64 quantity, gint64 unit_price);

/* "-10 € dès 150 €" and its kin, with each line's share; nothing when the order does not reach it. */
void sandbox_basket_take_percent (RetourOrder *order, const char *percent, gint64 threshold);
void sandbox_basket_take_amount (RetourOrder *order, gint64 amount, gint64 threshold);
void sandbox_basket_take_three_for_two (RetourOrder *order);
void sandbox_basket_take_free_delivery (RetourOrder *order, gint64 threshold);

/* What is to be paid, delivery included. */
gint64 sandbox_basket_total (const RetourOrder *order);
/* The order owns it, the payment is borrowed. */
RetourPayment *sandbox_basket_pay (RetourOrder *order, const char *method, const char *label, gint64 amount);

/* Lines, promotions, delivery and payments as people shop; the currency is set before. */
void sandbox_basket_fill (SandboxDice *dice, RetourOrder *order);

G_END_DECLS
