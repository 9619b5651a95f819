/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include "amount-query.h"
#include "orders.h"
#include "search-find.h"
#include "search-words.h"

#include <string.h>

#define DEFAULT_LIMIT 50
/* A date without a year is looked for in the last ones. */
#define YEARS_BACK 3

/* The zone in which people say dates: the terminal's, else UTC. */
static GTimeZone *
get_zone (RetourStore *store)
{
  g_autoptr (RetourIdentity) identity = store->identity (store, NULL);
  GTimeZone *zone = NULL;

  if (identity != NULL && identity->time_zone != NULL)
    zone = retour_time_zone_new (identity->time_zone);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static RetourInstant
start_of_day (GTimeZone *zone, int year, int month, int day, int days_later)
{
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);
  g_autoptr (GDateTime) moved = midnight != NULL ? g_date_time_add_days (midnight, days_later) : NULL;

  return moved != NULL ? g_date_time_to_unix (moved) * RETOUR_SECOND : RETOUR_INSTANT_NONE;
}

static gboolean
add_captured (RetourConnection *connection,
              gint64 amount,
              guint exponent,
              RetourInstant from,
              RetourInstant to,
              GArray *keys,
              GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT key, currency FROM orders WHERE captured = :amount AND key >= :first AND key < :after ORDER BY key DESC",
      error);

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":amount", amount);
  retour_bind_integer (select, ":first", retour_orders_first_key (from));
  retour_bind_integer (select, ":after", retour_orders_first_key (to));
  for (;;)
    {
      gboolean row = FALSE;
      gint64 key;

      if (!retour_connection_step (connection, select, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (retour_currency_exponent (retour_column_text (select, 1)) != exponent)
        continue;
      key = retour_column_integer (select, 0);
      g_array_append_val (keys, key);
    }
}

static int
greater_first (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? 1 : left > right ? -1 : 0;
}

static gboolean
add_day (RetourConnection *connection,
         const RetourAmountQuery *query,
         GTimeZone *zone,
         int year,
         GArray *keys,
         GError **error)
{
  const RetourInstant from = start_of_day (zone, year, query->month, query->day, 0);
  const RetourInstant to = start_of_day (zone, year, query->month, query->day, 1);

  if (from == RETOUR_INSTANT_NONE || to == RETOUR_INSTANT_NONE)
    return TRUE;
  for (guint exponent = 0; exponent <= 3; exponent++)
    {
      gint64 amount;

      if (retour_amount_query_in (query, exponent, &amount)
          && !add_captured (connection, amount, exponent, from, to, keys, error))
        return FALSE;
    }
  return TRUE;
}

/* The year of the newest order: the store has no clock. */
static gboolean
newest_year (RetourConnection *connection, GTimeZone *zone, int *year, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT placed_at FROM orders ORDER BY key DESC LIMIT 1", error);
  g_autoptr (GDateTime) placed = NULL;
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (row)
    placed = g_date_time_new_from_unix_utc (retour_column_integer (select, 0) / RETOUR_SECOND);
  *year = placed != NULL ? g_date_time_get_year (placed) : 1970;
  return TRUE;
}

static GArray *
find_by_amount (RetourConnection *connection, const RetourAmountQuery *query, guint limit, GError **error)
{
  g_autoptr (GTimeZone) zone = get_zone (retour_connection_store (connection));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  int newest = query->year, oldest = query->year;

  if (query->year == 0)
    {
      if (!newest_year (connection, zone, &newest, error))
        return NULL;
      /* Its last hours may be in the next year of the zone. */
      newest++;
      oldest = newest - YEARS_BACK;
    }
  for (int year = newest; year >= oldest; year--)
    if (!add_day (connection, query, zone, year, keys, error))
      return NULL;
  g_array_sort (keys, greater_first);
  if (keys->len > limit)
    g_array_set_size (keys, limit);
  return g_steal_pointer (&keys);
}

/* Groups of digits first as one number, then each for itself. */
static GArray *
find_by_words (RetourConnection *connection, const char *text, guint limit, GError **error)
{
  g_autofree char *joined = retour_words_of_query (text, TRUE);
  g_autofree char *apart = retour_words_of_query (text, FALSE);
  g_autoptr (GArray) keys = retour_search_find (connection, joined, limit, error);

  if (keys == NULL)
    return NULL;
  if (keys->len > 0 || strcmp (joined, apart) == 0)
    return g_steal_pointer (&keys);
  return retour_search_find (connection, apart, limit, error);
}

static GPtrArray *
search_now (RetourConnection *connection, const char *text, guint limit, GError **error)
{
  RetourAmountQuery amount;
  g_autoptr (GArray) keys = NULL;

  if (retour_amount_query_parse (text, &amount))
    {
      keys = find_by_amount (connection, &amount, limit, error);
      if (keys == NULL)
        return NULL;
    }
  if (keys == NULL || keys->len == 0)
    {
      g_clear_pointer (&keys, g_array_unref);
      keys = find_by_words (connection, text, limit, error);
    }
  return keys != NULL ? retour_orders_summarize (connection, keys, error) : NULL;
}

static GPtrArray *
search_orders (RetourStore *store, const char *query, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  GPtrArray *found;

  if (!retour_connection_begin_reading (connection, error))
    return NULL;
  found = search_now (connection, query, limit > 0 ? limit : DEFAULT_LIMIT, error);
  retour_connection_end_reading (connection);
  return found;
}

void
retour_search_plug (RetourStore *store)
{
  store->search_orders = search_orders;
}
