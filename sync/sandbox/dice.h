/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that a seed repeats, one stream a customer or an order, so that orders can be made on any thread in any order.
 * (SplitMix64, Steele, Lea and Flood 2014; not for secrets.) */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} SandboxDice;

static inline guint64
sandbox_dice_next (SandboxDice *dice)
{
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* The stream of one thing: `what` tells customers from orders. */
static inline SandboxDice
sandbox_dice_new (guint64 seed, guint64 what, guint64 index)
{
  SandboxDice dice = { seed };

  dice.state = sandbox_dice_next (&dice) ^ what;
  dice.state = sandbox_dice_next (&dice) ^ index;
  return dice;
}

/* 0 <= result < n. */
static inline guint
sandbox_dice_below (SandboxDice *dice, guint n)
{
  return (guint) (sandbox_dice_next (dice) % n);
}

/* TRUE `percent` times in a hundred. */
static inline gboolean
sandbox_dice_happens (SandboxDice *dice, guint percent)
{
  return sandbox_dice_below (dice, 100) < percent;
}

G_END_DECLS
