/* SPDX-License-Identifier: Apache-2.0 */
#include "journey.h"

#include <string.h>

#define PICK(dice, list) (list[sandbox_dice_below (dice, G_N_ELEMENTS (list))])

static char *
make_tracking (SandboxDice *dice, const char *carrier)
{
  GString *number;

  if (strcmp (carrier, "colissimo") == 0)
    return g_strdup_printf ("8V%05u%06u", sandbox_dice_below (dice, 100000), sandbox_dice_below (dice, 1000000));
  if (strcmp (carrier, "chronopost") == 0)
    return g_strdup_printf ("XY%09uFR", sandbox_dice_below (dice, 1000000000));
  if (strcmp (carrier, "mondial_relay") == 0)
    return g_strdup_printf ("%08u", 10000000 + sandbox_dice_below (dice, 89999999));
  number = g_string_new ("1Z");
  for (int i = 0; i < 16; i++)
    g_string_append_c (number, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[sandbox_dice_below (dice, i < 6 ? 34 : 10)]);
  return g_string_free (number, FALSE);
}

/* 17 digits and the check digit: weights 3, 1 from the left (GS1 General Specifications 7.9). */
static char *
make_sscc (SandboxDice *dice)
{
  char digits[19];
  guint sum = 0;

  g_snprintf (digits, sizeof digits, "03612345%09u", sandbox_dice_below (dice, 1000000000));
  for (guint i = 0; i < 17; i++)
    sum += (guint) (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
  digits[17] = (char) ('0' + (10 - sum % 10) % 10);
  digits[18] = '\0';
  return g_strdup (digits);
}

RetourParcel *
sandbox_journey_send (SandboxDice *dice, RetourOrder *order, const char *carrier, const char *status)
{
  char id[16];
  RetourParcel *parcel;

  g_snprintf (id, sizeof id, "p%u", order->parcels->len + 1);
  parcel = retour_parcel_new (id);
  parcel->status = g_strdup (status);
  parcel->carrier = g_strdup (carrier);
  if (strcmp (status, "preparing") != 0)
    {
      parcel->tracking = make_tracking (dice, carrier);
      parcel->sscc = make_sscc (dice);
    }
  g_ptr_array_add (order->parcels, parcel);
  return parcel;
}

void
sandbox_journey_pack (RetourParcel *parcel, RetourOrderLine *line, gint64 quantity)
{
  if (quantity == 0)
    return;
  g_ptr_array_add (parcel->lines, retour_line_quantity_new (line->id, quantity));
  if (parcel->delivered_at != RETOUR_INSTANT_NONE)
    line->delivered += quantity;
}

/* The state of a parcel of an order of that age; some are slow, and some never come. */
static const char *
status_at (SandboxDice *dice, gint64 age)
{
  guint luck = sandbox_dice_below (dice, 100);

  if (age < SANDBOX_DAY)
    return "preparing";
  if (age < 2 * SANDBOX_DAY)
    return luck < 40 ? "preparing" : "shipped";
  if (age < 5 * SANDBOX_DAY)
    return luck < 45 ? "delivered" : luck < 75 ? "in_transit" : "out_for_delivery";
  if (luck < 95)
    return "delivered";
  return luck < 97 ? "in_transit" : luck < 98 ? "returned_to_sender" : "lost";
}

void
sandbox_journey_ship (SandboxDice *dice, RetourOrder *order, RetourInstant now)
{
  static const char *const carriers[] = { "colissimo", "colissimo", "chronopost", "ups", "mondial_relay" };
  guint luck = sandbox_dice_below (dice, 100), n = luck < 72 ? 1 : luck < 93 ? 2 : 3;
  gint64 age = now - order->placed_at;

  n = MIN (n, order->lines->len);
  for (guint i = 0; i < n; i++)
    {
      const char *status = status_at (dice, age);
      RetourParcel *parcel = sandbox_journey_send (dice, order, PICK (dice, carriers), status);

      if (strcmp (status, "delivered") == 0)
        parcel->delivered_at =
            order->placed_at
            + MIN (age - SANDBOX_HOUR, 2 * SANDBOX_DAY + (gint64) sandbox_dice_below (dice, 72) * SANDBOX_HOUR);
    }
  for (guint i = 0; i < order->lines->len; i++)
    {
      RetourOrderLine *line = order->lines->pdata[i];
      RetourParcel *parcel = order->parcels->pdata[i % n];
      /* Of several units some may come in another parcel. */
      gint64 apart = n > 1 && line->quantity > 1 && sandbox_dice_happens (dice, 40) ? 1 : 0;

      sandbox_journey_pack (parcel, line, line->quantity - apart);
      sandbox_journey_pack (order->parcels->pdata[(i + 1) % n], line, apart);
    }
}

void
sandbox_journey_announce (SandboxDice *dice, RetourOrder *order, RetourInstant now)
{
  static const char *const by[] = { "customer_service", "self_service", "self_service" };
  static const char *const methods[] = { "mailbox", "pickup_point", "desk", "home_collection" };
  static const char *const reasons[] = { "size_small", "size_large", "changed_mind", "not_as_described" };
  RetourInstant delivered_at = retour_order_last_delivery (order);
  RetourAnnouncement *announcement;
  char id[24];

  if (delivered_at == RETOUR_INSTANT_NONE || now - delivered_at > 40 * SANDBOX_DAY)
    return;
  g_snprintf (id, sizeof id, "rma_%08x", sandbox_dice_below (dice, G_MAXINT32));
  announcement = retour_announcement_new (id);
  g_ptr_array_add (order->announced, announcement);
  announcement->label = g_strdup_printf ("RL9%08u", sandbox_dice_below (dice, 100000000));
  announcement->by = g_strdup (PICK (dice, by));
  announcement->method = g_strdup (PICK (dice, methods));
  announcement->at = delivered_at + (now - delivered_at) * sandbox_dice_below (dice, 100) / 100;
  announcement->at -= announcement->at % RETOUR_SECOND;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];

      if (retour_order_line_returnable (line) > 0 && (announcement->lines->len == 0 || sandbox_dice_happens (dice, 30)))
        g_ptr_array_add (announcement->lines, retour_announced_line_new (line->id, 1, PICK (dice, reasons)));
    }
  if (announcement->lines->len == 0)
    g_ptr_array_remove_index (order->announced, order->announced->len - 1);
}
