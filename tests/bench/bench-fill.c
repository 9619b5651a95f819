/* SPDX-License-Identifier: Apache-2.0 */
/* bench-fill --directory=DIR --orders=N [--settle]: pages of 500 orders are applied one after the other, as an exchange does, while a
 * clerk confirms a return every 50 ms. How fast the pages go in; how long each confirmation takes from asked to answered;
 * beside the same confirmations when nothing else goes on. DIR is left filled; with --settle as it is once
 * the writer, left alone, has gathered the search index. */
#include "bare-file.h"
#include "measure.h"
#include "shop.h"

#include "documents.h"

#include <locale.h>
#include <sodium.h>

#define PAGE_LINES 500
/* Pages made ahead of the one being applied, as libcurl's buffers and the engine's queue hold some. */
#define PAGES_AHEAD 4
#define CLERK_EVERY 50 /* milliseconds */
#define QUIET_CONFIRMATIONS 300
/* Packs of the search index that wait for more of their kind; looked at so often while it is gathered. */
#define PACKS_LEFT 16
#define LOOK_EVERY 200 /* milliseconds */
/* Orders among which a customer's is: those of the last days. */
#define RECENT_ORDERS 20000

static int n_orders = 200000;
static char *directory;
static gboolean settle;

typedef struct
{
  const RetourStorage *storage;
  RetourDesk *desk;
  OrderMill *chance; /* the main thread's */
  GMainLoop *loop;
  GAsyncQueue *ready, *room; /* RetourChangePage; a token for each page that may be made */
  gint applied;              /* orders; atomic */
  gint64 began, took;
  MeasureSeries *times; /* where the next confirmation's time goes */
  guint wanted;         /* confirmations still to be made when nothing else goes on */
  gint64 asked_at;
  gboolean waiting;
} Fill;

static gpointer
make_pages (gpointer user_data)
{
  Fill *fill = user_data;
  OrderMill *mill = order_mill_new (1);

  for (int made = 0; made < n_orders;)
    {
      RetourChangePage *page = retour_change_page_new ();

      for (int i = 0; i < PAGE_LINES && made < n_orders; i++, made++)
        {
          RetourChange *change = retour_change_new (RETOUR_CHANGE_ORDER);

          change->order = order_mill_next (mill, &change->text);
          g_ptr_array_add (page->changes, change);
        }
      page->cursor = g_strdup_printf ("c%d", made);
      page->last = made == n_orders;
      g_async_queue_pop (fill->room);
      g_async_queue_push (fill->ready, page);
    }
  order_mill_free (mill);
  return NULL;
}

static void hand_in (Fill *fill);

static void
page_applied (gpointer result, const GError *error, gpointer user_data)
{
  Fill *fill = user_data;

  if (error != NULL)
    g_error ("%s", error->message);
  g_atomic_int_set (&fill->applied, MIN (fill->applied + PAGE_LINES, n_orders));
  if (fill->applied < n_orders)
    hand_in (fill);
  else
    g_main_loop_quit (fill->loop);
}

static void
hand_in (Fill *fill)
{
  RetourChangePage *page = g_async_queue_pop (fill->ready);

  g_async_queue_push (fill->room, fill);
  fill->storage->apply (fill->storage->self, page, page_applied, fill);
}

static gpointer
apply_pages (gpointer user_data)
{
  Fill *fill = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  fill->loop = g_main_loop_new (context, FALSE);
  fill->began = measure_now ();
  hand_in (fill);
  g_main_loop_run (fill->loop);
  fill->took = measure_now () - fill->began;
  g_main_loop_unref (fill->loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

typedef struct
{
  Fill *fill;
  RetourDraft *draft;
} Confirmation;

static gpointer
confirm_job (RetourStore *store, gpointer user_data, GError **error)
{
  Confirmation *confirmation = user_data;

  return retour_desk_confirm (confirmation->fill->desk, store, confirmation->draft, shop_clerk (), FALSE, error);
}

static void
confirmed (gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Confirmation *confirmation = user_data;
  Fill *fill = confirmation->fill;

  /* Two customers may have brought the same article. */
  if (result != NULL)
    measure_series_add (fill->times, measure_now () - fill->asked_at);
  else if (!g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED))
    g_error ("%s", error->message);
  retour_return_free (result);
  retour_draft_free (confirmation->draft);
  fill->waiting = FALSE;
}

typedef struct
{
  Fill *fill;
  guint order;
} Opening;

static gpointer
open_job (RetourStore *store, gpointer user_data, GError **error)
{
  Opening *opening = user_data;

  return shop_draft_new (opening->fill->desk, store, opening->order, error);
}

static void
opened (gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Opening *opening = user_data;
  Fill *fill = opening->fill;
  Confirmation *confirmation;

  if (error != NULL)
    g_error ("%s", error->message);
  if (result == NULL)
    {
      fill->waiting = FALSE;
      return;
    }
  confirmation = g_new0 (Confirmation, 1);
  confirmation->fill = fill;
  confirmation->draft = result;
  fill->asked_at = measure_now ();
  fill->storage->write (fill->storage->self, confirm_job, confirmed, confirmation);
}

static gboolean
next_customer (gpointer user_data)
{
  Fill *fill = user_data;
  const guint known = (guint) g_atomic_int_get (&fill->applied);
  const guint recent = MIN (known, RECENT_ORDERS);
  Opening *opening;

  if (fill->waiting || known == 0)
    return G_SOURCE_CONTINUE;
  opening = g_new0 (Opening, 1);
  opening->fill = fill;
  opening->order = known - 1 - order_mill_random (fill->chance, recent);
  shop_move_clock (known);
  fill->waiting = TRUE;
  fill->storage->read (fill->storage->self, open_job, opened, opening);
  return G_SOURCE_CONTINUE;
}

static gpointer
begin_job (RetourStore *store, gpointer user_data, GError **error)
{
  return GINT_TO_POINTER (shop_set_identity (store, error));
}

static void
begun (gpointer result, const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error ("%s", error->message);
  ((Fill *) user_data)->waiting = FALSE;
}

static void
wait_for_answer (Fill *fill)
{
  while (fill->waiting)
    g_main_context_iteration (NULL, TRUE);
}

static void
begin (Fill *fill)
{
  fill->waiting = TRUE;
  fill->storage->write (fill->storage->self, begin_job, begun, fill);
  wait_for_answer (fill);
  fill->waiting = TRUE;
  fill->storage->apply (fill->storage->self, shop_first_page (), begun, fill);
  wait_for_answer (fill);
}

static void
confirm_while_filling (Fill *fill)
{
  const guint clerk = g_timeout_add (CLERK_EVERY, next_customer, fill);
  GThread *maker = g_thread_new ("pages", make_pages, fill);
  GThread *exchange = g_thread_new ("exchange", apply_pages, fill);

  while (g_atomic_int_get (&fill->applied) < n_orders)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (clerk);
  g_thread_join (maker);
  g_thread_join (exchange);
  wait_for_answer (fill);
}

static void
confirm_in_peace (Fill *fill)
{
  while (fill->times->len < QUIET_CONFIRMATIONS)
    {
      next_customer (fill);
      wait_for_answer (fill);
    }
}

static void
wait_until_gathered (void)
{
  g_autoptr (BareFile) file = bare_file_open (directory, BARE_FILE_LOOK);
  const gint64 began = measure_now ();

  do
    g_usleep (LOOK_EVERY * 1000);
  while (bare_file_ask (file, "SELECT count (*) FROM search_packs WHERE shelf IS NULL") >= PACKS_LEFT
         || bare_file_ask (file, "SELECT (SELECT count (*) FROM search_shelves WHERE NOT complete)"
                                 " + (SELECT count (*) FROM order_codes_tail)")
                > 0);
  measure_tell ("gathered", "s", (double) (measure_now () - began) / 1e9, -1);
}

static void
run (void)
{
  GError *error = NULL;
  RetourDatabase *database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  g_autoptr (MeasureSeries) busy = measure_series_new ();
  g_autoptr (MeasureSeries) quiet = measure_series_new ();
  Fill fill = { .times = busy };

  measure_fail_on (error);
  fill.storage = retour_database_storage (database);
  fill.desk = shop_desk_new (0);
  fill.chance = order_mill_new (4);
  fill.ready = g_async_queue_new ();
  fill.room = g_async_queue_new ();
  for (guint i = 0; i < PAGES_AHEAD; i++)
    g_async_queue_push (fill.room, &fill);
  begin (&fill);
  confirm_while_filling (&fill);
  fill.times = quiet;
  confirm_in_peace (&fill);
  measure_tell ("fill", "orders/s", n_orders / ((double) fill.took / 1e9), -1);
  measure_tell ("fill_memory", "MiB", measure_peak_memory (), -1);
  measure_tell_series ("confirm_while_filling", busy, quiet);
  if (settle)
    wait_until_gathered ();
  retour_database_close (database);
  retour_desk_free (fill.desk);
  order_mill_free (fill.chance);
  g_async_queue_unref (fill.ready);
  g_async_queue_unref (fill.room);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "How many orders (200000)", "N" },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where", "DIR" },
    { "settle", 0, 0, G_OPTION_ARG_NONE, &settle, "Wait until the search index is gathered", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || n_orders < PAGE_LINES || sodium_init () < 0)
    {
      g_printerr ("bench-fill: --directory and at least %d --orders\n", PAGE_LINES);
      return 2;
    }
  n_orders = n_orders / PAGE_LINES * PAGE_LINES;
  run ();
  return 0;
}
