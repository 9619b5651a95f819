/* SPDX-License-Identifier: Apache-2.0 */
/* What became of an order since it was placed: parcels on their way, announced returns. */
#pragma once

#include "dice.h"

#include <order.h>

G_BEGIN_DECLS

#define SANDBOX_HOUR (3600 * RETOUR_SECOND)
#define SANDBOX_DAY (24 * SANDBOX_HOUR)

/* A parcel of that carrier and state that holds nothing yet; the order owns it, the parcel is borrowed. */
RetourParcel *sandbox_journey_send (SandboxDice *dice, RetourOrder *order, const char *carrier, const char *status);
/* Puts units of a line into a parcel; they count as delivered when the parcel was. */
void sandbox_journey_pack (RetourParcel *parcel, RetourOrderLine *line, gint64 quantity);

/* One to three parcels, in the states that the order's age allows. */
void sandbox_journey_ship (SandboxDice *dice, RetourOrder *order, RetourInstant now);
/* Sometimes the customer says beforehand what will come back. */
void sandbox_journey_announce (SandboxDice *dice, RetourOrder *order, RetourInstant now);

G_END_DECLS
