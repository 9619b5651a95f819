/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include "amount-query.h"
#include "catalogue.h"
#include "orders.h"
#include "search-find.h"
#include "search-words.h"

#include <string.h>

#define DEFAULT_LIMIT 50
/* Orders of one day and one amount. */
#define MOST_OF_A_DAY 1000
/* A date without a year is looked for in the last ones. */
#define YEARS_BACK 4

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

static gint64
start_of_day (GTimeZone *zone, int year, const RetourAmountQuery *query, int days_later)
{
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, query->month, query->day, 0, 0, 0);
  g_autoptr (GDateTime) moved = midnight != NULL ? g_date_time_add_days (midnight, days_later) : NULL;

  return moved != NULL ? g_date_time_to_unix (moved) : G_MININT64;
}

/* The year of the newest order: the store has no clock. */
static gboolean
newest_year (RetourConnection *connection, int *year, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT max (coalesce ((SELECT max (placed) FROM search_tail), 0),"
                                 " coalesce ((SELECT max (newest) FROM search_packs), 0))",
                                 error);
  g_autoptr (GDateTime) placed = NULL;
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (row)
    placed = g_date_time_new_from_unix_utc (retour_column_integer (select, 0));
  *year = placed != NULL ? g_date_time_get_year (placed) : 1970;
  return TRUE;
}

/* The day asked for, in the year that was said or in each of the last ones. */
static gboolean
find_days (RetourConnection *connection, const RetourAmountQuery *query, RetourSpan *days, guint *n, GError **error)
{
  g_autoptr (GTimeZone) zone = get_zone (retour_connection_store (connection));
  int newest = query->year;

  /* The last hours of a year may be in the next one of the zone. */
  if (query->year == 0)
    {
      if (!newest_year (connection, &newest, error))
        return FALSE;
      newest++;
    }
  *n = 0;
  for (int year = newest; year > newest - (query->year == 0 ? YEARS_BACK : 1); year--)
    {
      const RetourSpan day = { start_of_day (zone, year, query, 0), start_of_day (zone, year, query, 1) };

      if (day.from != G_MININT64 && day.to != G_MININT64)
        days[(*n)++] = day;
    }
  return TRUE;
}

/* Adds what was paid in a currency of so many decimals. */
static gboolean
add_paid (RetourConnection *connection,
          gint64 amount,
          guint exponent,
          const RetourSpan *days,
          guint n_days,
          GPtrArray *list,
          GError **error)
{
  g_autofree char *word = retour_words_amount (amount);
  g_autofree char *words = g_strconcat (" ", word, NULL);
  const RetourSearchWish wish = { words, MOST_OF_A_DAY, days, n_days };
  g_autoptr (GArray) found = retour_search_find (connection, &wish, error);
  g_autoptr (GPtrArray) orders = found != NULL ? retour_orders_summarize (connection, found, error) : NULL;

  if (orders == NULL)
    return FALSE;
  while (orders->len > 0)
    {
      RetourOrderSummary *order = g_ptr_array_steal_index (orders, 0);

      if (retour_currency_exponent (order->currency) == exponent)
        g_ptr_array_add (list, order);
      else
        retour_order_summary_free (order);
    }
  return TRUE;
}

static GPtrArray *
find_by_amount (RetourConnection *connection, const RetourAmountQuery *query, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_summary_free);
  RetourSpan days[YEARS_BACK];
  guint n_days = 0;

  if (!find_days (connection, query, days, &n_days, error))
    return NULL;
  for (guint exponent = 0; exponent <= 3 && n_days > 0; exponent++)
    {
      gint64 amount;

      if (retour_amount_query_in (query, exponent, &amount)
          && !add_paid (connection, amount, exponent, days, n_days, list, error))
        return NULL;
    }
  if (list->len > limit)
    g_ptr_array_set_size (list, (gint) limit);
  return g_steal_pointer (&list);
}

/* Groups of digits first as one number, then each for itself. */
static GArray *
find_by_words (RetourConnection *connection, const char *text, guint limit, GError **error)
{
  g_autofree char *joined = retour_words_of_query (text, TRUE);
  g_autofree char *apart = retour_words_of_query (text, FALSE);
  RetourSearchWish wish = { joined, limit, NULL, 0 };
  g_autoptr (GArray) found = retour_search_find (connection, &wish, error);

  if (found == NULL)
    return NULL;
  if (found->len > 0 || strcmp (joined, apart) == 0)
    return g_steal_pointer (&found);
  wish.words = apart;
  return retour_search_find (connection, &wish, error);
}

static GPtrArray *
holding_now (RetourConnection *connection, const char *gtin, guint limit, GError **error)
{
  g_autofree char *word = retour_words_gtin (gtin);
  g_autofree char *words = g_strconcat (" ", word != NULL ? word : "", NULL);
  const RetourSearchWish wish = { words, limit, NULL, 0 };
  g_autoptr (GArray) found = retour_search_find (connection, &wish, error);

  return found != NULL ? retour_orders_summarize (connection, found, error) : NULL;
}

/* The whole text as one code, whatever separates its groups: "8V 1234567 8901", the e-mail's URL, an article's GTIN. */
static GPtrArray *
find_by_code (RetourConnection *connection, const char *text, guint limit, GError **error)
{
  RetourStore *store = retour_connection_store (connection);
  g_autofree char *code = retour_words_code (text);
  GPtrArray *list = store->lookup_code (store, text, error);

  if (list != NULL && list->len == 0 && retour_gtin_number (code) != 0)
    {
      g_ptr_array_unref (list);
      return holding_now (connection, code, limit, error);
    }
  if (list != NULL && list->len > limit)
    g_ptr_array_set_size (list, (gint) limit);
  return list;
}

static GPtrArray *
search_now (RetourConnection *connection, const char *text, guint limit, GError **error)
{
  RetourAmountQuery amount;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GArray) found = NULL;

  if (retour_amount_query_parse (text, &amount))
    {
      list = find_by_amount (connection, &amount, limit, error);
      if (list == NULL || list->len > 0)
        return g_steal_pointer (&list);
    }
  found = find_by_words (connection, text, limit, error);
  if (found != NULL && found->len == 0)
    return find_by_code (connection, text, limit, error);
  return found != NULL ? retour_orders_summarize (connection, found, error) : NULL;
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

static GPtrArray *
orders_holding (RetourStore *store, const char *gtin14, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  GPtrArray *found;

  if (!retour_connection_begin_reading (connection, error))
    return NULL;
  found = holding_now (connection, gtin14, limit > 0 ? limit : DEFAULT_LIMIT, error);
  retour_connection_end_reading (connection);
  return found;
}

void
retour_search_plug (RetourStore *store)
{
  store->search_orders = search_orders;
  store->orders_holding = orders_holding;
}
