/* SPDX-License-Identifier: Apache-2.0 */
#include "generator.h"

#include "basket.h"
#include "booking.h"
#include "chain.h"
#include "feed.h"
#include "history.h"
#include "journey.h"
#include "members.h"
#include "orders.h"
#include "people.h"
#include "returns.h"
#include "showcase.h"

#include <ids.h>
#include <return-number.h>
#include <string.h>

/* Orders are made in batches on all processors and kept in their order. */
#define BATCH 500
#define OLDEST 200 /* days */

typedef struct
{
  RetourOrder *order; /* as read back from `text` */
  char *text;
  RetourReturn *ret; /* that came before, or NULL */
  char *booking;
} Made;

typedef struct
{
  guint first, n;
  Made *made;
  GError *error;
  gboolean done;
} Batch;

typedef struct
{
  const RetourDocuments *documents;
  RetourPolicy *policy;
  guint64 seed;
  guint orders;
  RetourInstant now;
  GMutex mutex;
  GCond finished;
} Work;

/* A number of each shape that no other index gives: the steps are prime to the ranges. */
static char *
make_number (const Work *work, guint index)
{
  guint64 spread = (index * G_GUINT64_CONSTANT (7368787) + work->seed % 88999999) % 88999999;

  if (index % 3 != 0)
    return g_strdup_printf ("W%08" G_GUINT64_FORMAT, 10000000 + spread);
  /* The thousands of the showcase are its own. */
  return g_strdup_printf ("%04" G_GUINT64_FORMAT "-%04" G_GUINT64_FORMAT, 1100 + spread / 10000 % 8900, spread % 10000);
}

static RetourOrder *
make_order (const Work *work, SandboxDice *dice, guint index)
{
  RetourOrder *order = retour_order_new ();
  guint luck = sandbox_dice_below (dice, 1000);
  gint64 age;

  order->id = g_strdup_printf ("ord_%07u", index + 1);
  g_free (order->number);
  order->number = make_number (work, index);
  memcpy (order->currency, luck < 20 ? "JPY" : luck < 35 ? "KWD" : "EUR", 4);
  sandbox_people_customer (work->seed, sandbox_dice_below (dice, work->orders * 55 / 100 + 1), order);
  /* Recent orders are more. */
  age = sandbox_dice_below (dice, 1000);
  age = age * age / 1000 * OLDEST * SANDBOX_DAY / 1000 + sandbox_dice_below (dice, 86400) * RETOUR_SECOND;
  order->placed_at = work->now - age;
  order->placed_at -= order->placed_at % RETOUR_SECOND;
  order->gift = sandbox_dice_happens (dice, 4);
  sandbox_basket_fill (dice, order);
  sandbox_journey_ship (dice, order, work->now);
  order->version = 1 + order->parcels->len;
  order->updated_at = order->placed_at;
  for (guint i = 0; i < order->parcels->len; i++)
    order->updated_at = MAX (order->updated_at, ((const RetourParcel *) order->parcels->pdata[i])->delivered_at);
  return order;
}

/* A UUIDv7 that the seed repeats. */
static char *
make_uuid (SandboxDice *dice, RetourInstant at)
{
  guint64 high = ((guint64) (at / 1000) << 16) | 0x7000 | sandbox_dice_below (dice, 0x1000);
  guint64 low = (sandbox_dice_next (dice) >> 2) | (G_GUINT64_CONSTANT (2) << 62);
  guint8 bytes[16];

  for (guint i = 0; i < 8; i++)
    {
      bytes[i] = (guint8) (high >> (56 - 8 * i));
      bytes[8 + i] = (guint8) (low >> (56 - 8 * i));
    }
  return retour_uuid_format (bytes);
}

/* Books an earlier return on the order's document, as a return of today would be. */
static void
look_back (const Work *work, Made *made, SandboxDice *dice, const char *store, GPtrArray *entries, guint index)
{
  RetourInstant delivered_at = retour_order_last_delivery (made->order), at;
  g_autofree char *id = NULL, *number = NULL;
  json_object *document, *booking;

  if (delivered_at == RETOUR_INSTANT_NONE || entries->len == 0)
    return;
  at = delivered_at + (1 + sandbox_dice_below (dice, 9)) * SANDBOX_DAY;
  at = MIN (at, work->now - SANDBOX_HOUR);
  at -= at % RETOUR_SECOND;
  id = make_uuid (dice, at);
  number = retour_return_number_format (store, 'T', index + 1);
  made->ret = sandbox_history_return (made->order, work->policy, entries, at, id, number);
  if (made->ret == NULL)
    return;
  made->ret->store = g_strdup (store);
  made->ret->terminal = g_strdup ("T");
  booking = sandbox_booking_new (made->order, made->ret);
  document = sandbox_members_parse (made->text, strlen (made->text), NULL);
  sandbox_booking_apply (booking, document, 1);
  json_object_object_add (document, "version", json_object_new_int64 (made->order->version + 1));
  sandbox_member_add_instant (document, "updated_at", at);
  g_free (made->text);
  made->text = sandbox_members_print (document);
  made->booking = sandbox_members_print (booking);
  json_object_put (document);
  json_object_put (booking);
}

static gboolean
make (const Work *work, Made *made, guint index, GError **error)
{
  SandboxDice dice = sandbox_dice_new (work->seed, 'o', index);
  g_autoptr (GPtrArray) entries = NULL;
  const char *store = NULL, *line;
  gint64 units;

  made->order = index < SANDBOX_SHOWCASE ? sandbox_showcase_order (index, work->now) : make_order (work, &dice, index);
  if (index < SANDBOX_SHOWCASE)
    {
      if (sandbox_showcase_returned (index, &store, &line, &units))
        entries = sandbox_history_entries (made->order, line, units);
    }
  else if (sandbox_dice_happens (&dice, 14))
    {
      store = sandbox_chain_store (sandbox_dice_below (&dice, SANDBOX_STORES));
      entries = sandbox_history_choose (&dice, made->order);
    }
  else if (sandbox_dice_happens (&dice, 20))
    sandbox_journey_announce (&dice, made->order, work->now);

  made->text = work->documents->write_order (made->order);
  if (entries != NULL)
    look_back (work, made, &dice, store, entries, index);
  retour_order_free (made->order);
  made->order = work->documents->read_order (made->text, -1, error);
  if (made->order == NULL)
    g_prefix_error (error, "order %u of seed %" G_GUINT64_FORMAT ": ", index, work->seed);
  return made->order != NULL;
}

static void
make_batch (gpointer data, gpointer user_data)
{
  Batch *batch = data;
  Work *work = user_data;

  for (guint i = 0; i < batch->n && batch->error == NULL; i++)
    if (!make (work, &batch->made[i], batch->first + i, &batch->error))
      break;
  g_mutex_lock (&work->mutex);
  batch->done = TRUE;
  g_cond_signal (&work->finished);
  g_mutex_unlock (&work->mutex);
}

static void
keep (Sandbox *sandbox, const Made *made)
{
  sandbox_orders_add (sandbox->ledger, made->order, made->text);
  if (made->ret != NULL)
    sandbox_returns_add_past (sandbox->ledger, made->ret, made->booking);
}

static void
clear (Made *made)
{
  retour_order_free (made->order);
  retour_return_free (made->ret);
  g_free (made->text);
  g_free (made->booking);
}

/* Waits for a batch, keeps it, and frees it. */
static gboolean
keep_batch (Sandbox *sandbox, Work *work, Batch *batch, GError **error)
{
  g_mutex_lock (&work->mutex);
  while (!batch->done)
    g_cond_wait (&work->finished, &work->mutex);
  g_mutex_unlock (&work->mutex);
  for (guint i = 0; i < batch->n; i++)
    {
      if (batch->error == NULL)
        keep (sandbox, &batch->made[i]);
      clear (&batch->made[i]);
    }
  g_free (batch->made);
  batch->made = NULL;
  if (batch->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&batch->error));
  return FALSE;
}

static gboolean
make_orders (Sandbox *sandbox, Work *work, GError **error)
{
  guint n = (work->orders + BATCH - 1) / BATCH, ahead = 2 * g_get_num_processors ();
  g_autofree Batch *batches = g_new0 (Batch, n);
  GThreadPool *pool = g_thread_pool_new (make_batch, work, (gint) g_get_num_processors (), FALSE, NULL);
  gboolean good = TRUE;

  for (guint i = 0, pushed = 0; i < n; i++)
    {
      for (; good && pushed < n && pushed < i + ahead; pushed++)
        {
          batches[pushed].first = pushed * BATCH;
          batches[pushed].n = MIN (BATCH, work->orders - pushed * BATCH);
          batches[pushed].made = g_new0 (Made, BATCH);
          g_thread_pool_push (pool, &batches[pushed], NULL);
        }
      if (i < pushed && !keep_batch (sandbox, work, &batches[i], good ? error : NULL))
        good = FALSE;
    }
  g_thread_pool_free (pool, FALSE, TRUE);
  return good;
}

gboolean
sandbox_generator_run (Sandbox *sandbox, guint orders, guint64 seed, GError **error)
{
  g_autofree char *policy = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  RetourInstant now = sandbox_now (sandbox);
  Work work = { .documents = sandbox->documents, .seed = seed, .orders = orders, .now = now };
  gboolean made;

  sandbox_ledger_begin (sandbox->ledger);
  sandbox_chain_found (sandbox, seed);
  policy = sandbox_feed_get (sandbox->ledger, "policy", "policy");
  work.policy = policy != NULL ? sandbox->documents->read_policy (policy, -1, NULL) : NULL;
  /* GLib reads a zone from disk each time, unless somebody holds it. */
  zone = work.policy != NULL ? retour_time_zone_new (work.policy->time_zone) : NULL;
  g_mutex_init (&work.mutex);
  g_cond_init (&work.finished);
  made = work.policy == NULL || make_orders (sandbox, &work, error);
  retour_policy_free (work.policy);
  g_mutex_clear (&work.mutex);
  g_cond_clear (&work.finished);
  if (!made)
    {
      sandbox_ledger_rollback (sandbox->ledger);
      return FALSE;
    }
  return sandbox_ledger_commit (sandbox->ledger, error);
}
