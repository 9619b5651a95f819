/* SPDX-License-Identifier: Apache-2.0 */
/* bench-lookup --directory=DIR --orders=N: from a scan to the order, on a filled directory, beside bare SQLite statements on
 * a connection of the same kind that fetch the same rows of the same file. */
#include "bare-file.h"
#include "measure.h"
#include "shop.h"

#include "documents.h"

#include <json-c/json.h>
#include <locale.h>
#include <sodium.h>
#include <string.h>

static int n_orders = 1000000, n_times = 4000;
static char *directory;

typedef struct
{
  BareFile *file;
  sqlite3_stmt *summary, *document, *policy, *returns, *held, *drafts, *promised;
} Bare;

static void
bare_open (Bare *bare)
{
  bare->file = bare_file_open (directory, BARE_FILE_LOOK);
  bare->summary =
      bare_file_prepare (bare->file,
                         "SELECT id, number, channel, customer_name, email, phone, currency, captured, placed_at,"
                         " last_delivery, units, returnable, categories, gift"
                         " FROM order_codes JOIN orders USING (n) WHERE code = ?1");
  bare->document = bare_file_prepare (bare->file, "SELECT document FROM orders WHERE id = ?1");
  bare->policy = bare_file_prepare (bare->file, "SELECT document FROM policy");
  bare->returns =
      bare_file_prepare (bare->file, "SELECT id, document FROM returns WHERE order_id = ?1 ORDER BY recorded_at");
  bare->held = bare_file_prepare (
      bare->file, "SELECT l.line, l.quantity FROM returns r JOIN return_states s ON s.return_id = r.id"
                  " JOIN return_lines l ON l.return_id = r.id WHERE r.order_id = ?1 AND s.sync <> 'acknowledged'");
  bare->drafts = bare_file_prepare (bare->file, "SELECT id, document FROM drafts WHERE order_id = ?1");
  bare->promised =
      bare_file_prepare (bare->file, "SELECT sum (r.total) FROM returns r CROSS JOIN return_states s"
                                     " ON s.return_id = r.id WHERE r.recorded_at >= ?1 AND r.currency = 'EUR'"
                                     " AND s.refund = 'promised'");
}

static void
bare_close (Bare *bare)
{
  sqlite3_stmt *all[] = { bare->summary, bare->document, bare->policy,  bare->returns,
                          bare->held,    bare->drafts,   bare->promised };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    sqlite3_finalize (all[i]);
  bare_file_close (bare->file);
}

/* Reads all rows and all their columns; gives a copy of column `wanted` of the first. */
static char *
fetch (sqlite3_stmt *statement, const char *key, int wanted)
{
  char *result = NULL;

  if (key != NULL)
    sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        (void) sqlite3_column_text (statement, i);
      if (result == NULL)
        result = g_strdup ((const char *) sqlite3_column_text (statement, wanted));
    }
  sqlite3_reset (statement);
  return result;
}

static void
parse (const char *text)
{
  json_object *object = json_tokener_parse (text);

  if (object == NULL)
    g_error ("not JSON: %s", text);
  json_object_put (object);
}

static gint64
bare_lookup (Bare *bare, const char *code)
{
  const gint64 began = measure_now ();
  g_autofree char *id = fetch (bare->summary, code, 0);

  if (id == NULL)
    g_error ("%s is missing", code);
  return measure_now () - began;
}

static gint64
bare_find (Bare *bare, const char *id)
{
  const gint64 began = measure_now ();
  g_autofree char *document = fetch (bare->document, id, 0);

  parse (document);
  return measure_now () - began;
}

/* The same rows as routing a scan and opening its order read. */
static gint64
bare_scan (Bare *bare, RetourInstant today, const char *code)
{
  const gint64 began = measure_now ();
  g_autofree char *policy = fetch (bare->policy, NULL, 0);
  g_autofree char *id = fetch (bare->summary, code, 0);
  g_autofree char *document = fetch (bare->document, id, 0);
  g_autofree char *returned = fetch (bare->returns, id, 1);
  g_autofree char *held = fetch (bare->held, id, 0);
  g_autofree char *draft = fetch (bare->drafts, id, 1);

  sqlite3_bind_int64 (bare->promised, 1, today);
  fetch (bare->promised, NULL, 0);
  parse (policy);
  parse (document);
  return measure_now () - began;
}

static gint64
our_lookup (RetourStore *store, const char *number)
{
  const gint64 began = measure_now ();
  g_autoptr (GPtrArray) list = store->lookup_code (store, number, NULL);

  if (list == NULL || list->len != 1)
    g_error ("%s is missing", number);
  return measure_now () - began;
}

static gint64
our_find (RetourStore *store, const char *id)
{
  const gint64 began = measure_now ();
  g_autoptr (RetourOrder) order = store->find_order (store, id, NULL);

  if (order == NULL)
    g_error ("%s is missing", id);
  return measure_now () - began;
}

static gint64
our_scan (RetourDesk *desk, RetourStore *store, const char *number)
{
  const gint64 began = measure_now ();
  g_autoptr (RetourRoute) route = retour_desk_route (desk, store, number, NULL);
  g_autoptr (RetourWorkspace) workspace = NULL;
  const RetourOrderSummary *order;

  if (route == NULL || route->kind != RETOUR_ROUTE_ORDER)
    g_error ("%s leads nowhere", number);
  order = g_ptr_array_index (route->orders, 0);
  workspace = retour_desk_open_order (desk, store, order->id, shop_clerk (), NULL);
  if (workspace == NULL)
    g_error ("%s does not open", number);
  return measure_now () - began;
}

static void
compare (RetourStore *store, Bare *bare)
{
  g_autoptr (RetourDesk) desk = shop_desk_new ((guint) n_orders);
  OrderMill *chance = order_mill_new (2);
  MeasureSeries *series[6];

  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    series[i] = measure_series_new ();
  for (int i = 0; i < n_times; i++)
    {
      /* Another order for each, so that nobody finds warm pages that another has fetched. */
      g_autofree char *one = shop_order_number (order_mill_random (chance, (guint) n_orders));
      g_autofree char *two = shop_order_number (order_mill_random (chance, (guint) n_orders));
      g_autofree char *code = g_ascii_strdown (two, -1);
      g_autofree char *three = g_strdup_printf ("ord_%08u", order_mill_random (chance, (guint) n_orders));
      g_autofree char *four = g_strdup_printf ("ord_%08u", order_mill_random (chance, (guint) n_orders));
      g_autofree char *five = shop_order_number (order_mill_random (chance, (guint) n_orders));
      g_autofree char *six = shop_order_number (order_mill_random (chance, (guint) n_orders));
      g_autofree char *other = g_ascii_strdown (six, -1);

      measure_series_add (series[0], our_lookup (store, one));
      measure_series_add (series[1], bare_lookup (bare, code));
      measure_series_add (series[2], our_find (store, three));
      measure_series_add (series[3], bare_find (bare, four));
      measure_series_add (series[4], our_scan (desk, store, five));
      measure_series_add (series[5], bare_scan (bare, retour_desk_start_of_day (desk), other));
    }
  measure_tell_series ("lookup", series[0], series[1]);
  measure_tell_series ("find", series[2], series[3]);
  measure_tell_series ("scan", series[4], series[5]);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    g_array_unref (series[i]);
  order_mill_free (chance);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "How many it holds (1000000)", "N" },
    { "times", 0, 0, G_OPTION_ARG_INT, &n_times, "How many look-ups of each kind (4000)", "N" },
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where; filled by bench-fill", "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *error = NULL;
  RetourDatabase *database;
  Bare bare = { NULL };

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (directory == NULL || sodium_init () < 0)
    return 2;
  database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_LOOK, &error);
  measure_fail_on (error);
  bare_open (&bare);
  compare (retour_database_store (database), &bare);
  bare_close (&bare);
  retour_database_close (database);
  return 0;
}
