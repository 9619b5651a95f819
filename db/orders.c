/* SPDX-License-Identifier: Apache-2.0 */
#include "orders.h"

#include "order-codes.h"
#include "search-index.h"
#include "search-words.h"

#include <string.h>

#define CATEGORIES_SHOWN 4
#define ORDERS_OF_A_CODE 50

static const char *
id_of (const RetourOrder *order)
{
  return order->id != NULL ? order->id : order->number;
}

/* The row that an order has already. */
typedef struct
{
  gint64 n, version;
  RetourInstant placed_at;
  char *words, *text;
  gboolean known;
} KeptOrder;

static void
kept_order_clear (KeptOrder *kept)
{
  g_clear_pointer (&kept->words, g_free);
  g_clear_pointer (&kept->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeptOrder, kept_order_clear)

static gboolean
read_kept (RetourConnection *connection, const char *id, KeptOrder *kept, GError **error)
{
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection, "SELECT n, version, words, document, placed_at FROM orders JOIN order_words USING (n) WHERE id = :id",
      error);

  if (select == NULL)
    return FALSE;
  retour_bind_text (select, ":id", id);
  if (!retour_connection_step (connection, select, &kept->known, error))
    return FALSE;
  if (!kept->known)
    return TRUE;
  kept->n = retour_column_integer (select, 0);
  kept->version = retour_column_integer (select, 1);
  kept->words = retour_column_dup_text (select, 2);
  kept->text = retour_column_dup_text (select, 3);
  kept->placed_at = retour_column_integer (select, 4);
  return TRUE;
}

static char *
join_categories (const RetourOrder *order)
{
  GString *joined = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < order->lines->len && n < CATEGORIES_SHOWN; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);

      if (line->category == NULL || strchr (line->category, '\n') != NULL)
        continue;
      if (n++ > 0)
        g_string_append_c (joined, '\n');
      g_string_append (joined, line->category);
    }
  return g_string_free (joined, FALSE);
}

static void
bind_units (sqlite3_stmt *insert, const RetourOrder *order)
{
  gint64 units = 0, returnable = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);

      units += line->quantity;
      returnable += retour_order_line_returnable (line);
    }
  retour_bind_integer (insert, ":units", units);
  retour_bind_integer (insert, ":returnable", returnable);
}

static gboolean
write_words (RetourConnection *connection, gint64 n, const char *words, GError **error)
{
  sqlite3_stmt *insert =
      retour_connection_prepare (connection, "INSERT OR REPLACE INTO order_words (n, words) VALUES (:n, :words)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":n", n);
  retour_bind_text (insert, ":words", words);
  return retour_connection_run (connection, insert, error);
}

static gboolean
write_row (RetourConnection *connection, gint64 n, const RetourOrder *order, const char *text, GError **error)
{
  g_autofree char *categories = join_categories (order);
  sqlite3_stmt *insert = retour_connection_prepare (
      connection,
      "INSERT INTO orders (n, id, number, version, channel, customer_name, email, phone, currency, captured,"
      " placed_at, last_delivery, units, returnable, categories, gift, document) VALUES (:n, :id, :number,"
      " :version, :channel, :customer_name, :email, :phone, :currency, :captured, :placed_at, :last_delivery, :units,"
      " :returnable, :categories, :gift, :document) ON CONFLICT (n) DO UPDATE SET number = excluded.number,"
      " version = excluded.version, channel = excluded.channel, customer_name = excluded.customer_name,"
      " email = excluded.email, phone = excluded.phone, currency = excluded.currency, captured = excluded.captured,"
      " placed_at = excluded.placed_at, last_delivery = excluded.last_delivery, units = excluded.units,"
      " returnable = excluded.returnable, categories = excluded.categories, gift = excluded.gift,"
      " document = excluded.document",
      error);

  if (insert == NULL)
    return FALSE;
  retour_bind_integer (insert, ":n", n);
  retour_bind_text (insert, ":id", id_of (order));
  retour_bind_text (insert, ":number", order->number);
  retour_bind_integer (insert, ":version", order->version);
  retour_bind_text (insert, ":channel", order->channel);
  retour_bind_text (insert, ":customer_name", order->customer.name);
  retour_bind_text (insert, ":email", order->customer.email);
  retour_bind_text (insert, ":phone", order->customer.phone);
  retour_bind_text (insert, ":currency", order->currency);
  retour_bind_integer (insert, ":captured", retour_order_captured (order));
  retour_bind_integer (insert, ":placed_at", order->placed_at);
  retour_bind_instant (insert, ":last_delivery", retour_order_last_delivery (order));
  bind_units (insert, order);
  retour_bind_text (insert, ":categories", categories);
  retour_bind_integer (insert, ":gift", order->gift);
  retour_bind_text (insert, ":document", text);
  return retour_connection_run (connection, insert, error);
}

gboolean
retour_orders_count (RetourConnection *connection, gint64 change, GError **error)
{
  sqlite3_stmt *update;

  if (change == 0)
    return TRUE;
  update = retour_connection_prepare (connection, "UPDATE exchange SET orders = orders + :change", error);
  if (update == NULL)
    return FALSE;
  retour_bind_integer (update, ":change", change);
  return retour_connection_run (connection, update, error);
}

static gboolean
find_free_row (RetourConnection *connection, gint64 *n, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, "SELECT coalesce (max (n), 0) + 1 FROM orders", error);
  gboolean row = FALSE;

  if (select == NULL || !retour_connection_step (connection, select, &row, error))
    return FALSE;
  *n = retour_column_integer (select, 0);
  return TRUE;
}

static gboolean
insert_order (RetourConnection *connection, const RetourOrder *order, const char *text, gint64 *n, GError **error)
{
  g_autofree char *words = retour_words_of_order (order);

  return find_free_row (connection, n, error) && write_row (connection, *n, order, text, error)
         && write_words (connection, *n, words, error) && retour_order_codes_change (connection, *n, NULL, order, error)
         && retour_search_index_add (connection, *n, order->placed_at, words, error);
}

/* The order as it was kept, to know which codes it had. One that cannot be read any more had none we would know of. */
static RetourOrder *
read_document (RetourConnection *connection, const char *text)
{
  return retour_connection_documents (connection)->read_order (text, -1, NULL);
}

static gboolean
update_order (
    RetourConnection *connection, const KeptOrder *kept, const RetourOrder *order, const char *text, GError **error)
{
  g_autofree char *words = retour_words_of_order (order);
  g_autoptr (RetourOrder) before = read_document (connection, kept->text);

  if ((strcmp (words, kept->words) != 0 || order->placed_at != kept->placed_at)
      && (!retour_search_index_remove (connection, kept->n, kept->words, error)
          || !retour_search_index_add (connection, kept->n, order->placed_at, words, error)
          || !write_words (connection, kept->n, words, error)))
    return FALSE;
  return retour_order_codes_change (connection, kept->n, before, order, error)
         && write_row (connection, kept->n, order, text, error);
}

static gboolean
drop_kept (RetourConnection *connection, const KeptOrder *kept, GError **error)
{
  g_autoptr (RetourOrder) before = read_document (connection, kept->text);
  sqlite3_stmt *drop = retour_connection_prepare (connection, "DELETE FROM orders WHERE n = :n", error);
  sqlite3_stmt *drop_words = retour_connection_prepare (connection, "DELETE FROM order_words WHERE n = :n", error);

  if (drop == NULL || drop_words == NULL)
    return FALSE;
  retour_bind_integer (drop, ":n", kept->n);
  retour_bind_integer (drop_words, ":n", kept->n);
  return retour_search_index_remove (connection, kept->n, kept->words, error)
         && retour_order_codes_change (connection, kept->n, before, NULL, error)
         && retour_connection_run (connection, drop, error) && retour_connection_run (connection, drop_words, error);
}

gboolean
retour_orders_drop (RetourConnection *connection, const char *id, gint64 *count, GError **error)
{
  g_auto (KeptOrder) kept = { 0 };

  if (!read_kept (connection, id, &kept, error))
    return FALSE;
  if (!kept.known)
    return TRUE;
  (*count)--;
  return drop_kept (connection, &kept, error);
}

gboolean
retour_orders_keep (RetourConnection *connection,
                    const RetourOrder *order,
                    const char *text,
                    gboolean anew,
                    gint64 *n,
                    gint64 *count,
                    GError **error)
{
  g_auto (KeptOrder) kept = { 0 };

  if (!read_kept (connection, id_of (order), &kept, error))
    return FALSE;
  if (!kept.known)
    {
      (*count)++;
      return insert_order (connection, order, text, n, error);
    }
  *n = kept.n;
  if ((!anew && order->version < kept.version) || strcmp (text, kept.text) == 0)
    return TRUE;
  return update_order (connection, &kept, order, text, error);
}

typedef struct
{
  const RetourOrder *order;
  const char *text;
} KeepOrder;

static gboolean
keep_body (RetourConnection *connection, gpointer data, GError **error)
{
  const KeepOrder *keep = data;
  gint64 n = 0, count = 0;

  return retour_orders_keep (connection, keep->order, keep->text, FALSE, &n, &count, error)
         && retour_orders_count (connection, count, error);
}

static gboolean
keep_order (RetourStore *store, const RetourOrder *order, const char *text, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autofree char *written = NULL;
  KeepOrder keep = { order, text };

  g_return_val_if_fail (order != NULL && order->number != NULL, FALSE);
  if (text == NULL)
    keep.text = written = retour_connection_documents (connection)->write_order (order);
  return retour_connection_transact (connection, keep_body, &keep, error);
}

/* Where the orders of a code are; one that stands in both tables is one order. */
#define ORDERS_OF_CODE                                                                                                 \
  " FROM (SELECT n FROM order_codes WHERE code = :code UNION ALL SELECT n FROM order_codes_tail t WHERE code = :code"  \
  "  AND NOT EXISTS (SELECT 1 FROM order_codes g WHERE g.code = t.code AND g.n = t.n)) c JOIN orders o ON o.n = c.n"

static RetourOrder *
find_order (RetourStore *store, const char *id_or_number, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autofree char *code = retour_words_code (id_or_number);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT document FROM orders WHERE id = :id UNION ALL"
                                 " SELECT document FROM (SELECT o.document, o.number" ORDERS_OF_CODE
                                 "  ORDER BY o.placed_at DESC)"
                                 " WHERE number = :id LIMIT 1",
                                 error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":id", id_or_number);
  retour_bind_text (select, ":code", code);
  if (!retour_connection_step (connection, select, &row, error))
    return NULL;
  if (row)
    return retour_connection_documents (connection)
        ->read_order (retour_column_text (select, 0), sqlite3_column_bytes (select, 0), error);
  g_set_error (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND, "There is no order “%s” here", id_or_number);
  return NULL;
}

static RetourOrderSummary *
read_summary (sqlite3_stmt *row)
{
  RetourOrderSummary *summary = g_new0 (RetourOrderSummary, 1);

  summary->id = retour_column_dup_text (row, 0);
  summary->number = retour_column_dup_text (row, 1);
  summary->channel = retour_column_dup_text (row, 2);
  summary->customer_name = retour_column_dup_text (row, 3);
  summary->email = retour_column_dup_text (row, 4);
  summary->phone = retour_column_dup_text (row, 5);
  g_strlcpy (summary->currency, retour_column_text (row, 6), sizeof summary->currency);
  summary->captured = retour_column_integer (row, 7);
  summary->placed_at = retour_column_instant (row, 8);
  summary->last_delivery = retour_column_instant (row, 9);
  summary->units = retour_column_integer (row, 10);
  summary->returnable = MAX (retour_column_integer (row, 11), 0);
  if (*retour_column_text (row, 12) != '\0')
    summary->categories = g_strsplit (retour_column_text (row, 12), "\n", CATEGORIES_SHOWN);
  else
    summary->categories = g_new0 (char *, 1);
  summary->gift = retour_column_integer (row, 13) != 0;
  return summary;
}

/* The columns of read_summary. */
#define SUMMARY                                                                                                        \
  "SELECT o.id, o.number, o.channel, o.customer_name, o.email, o.phone, o.currency, o.captured, o.placed_at,"          \
  " o.last_delivery, o.units, o.returnable - coalesce ((SELECT sum (l.quantity) FROM returns r"                        \
  "   JOIN return_states s ON s.return_id = r.id JOIN return_lines l ON l.return_id = r.id"                            \
  "   WHERE r.order_id = o.id AND s.sync <> 'acknowledged' AND s.goods NOT IN ('cancelled', 'expired', 'refused')),"   \
  "  0), o.categories, o.gift"

static gboolean
add_summary (RetourConnection *connection, gint64 n, GPtrArray *list, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection, SUMMARY " FROM orders o WHERE n = :n", error);
  gboolean row = FALSE;

  if (select == NULL)
    return FALSE;
  retour_bind_integer (select, ":n", n);
  if (!retour_connection_step (connection, select, &row, error))
    return FALSE;
  if (row)
    g_ptr_array_add (list, read_summary (select));
  return TRUE;
}

GPtrArray *
retour_orders_summarize (RetourConnection *connection, const GArray *orders, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_summary_free);

  for (guint i = 0; i < orders->len; i++)
    if (!add_summary (connection, g_array_index (orders, gint64, i), list, error))
      return NULL;
  return g_steal_pointer (&list);
}

/* "https://www.example.fr/o/W10004217?utm=mail" ends in the number. */
static char *
last_of_url (const char *code)
{
  const char *end = code + strcspn (code, "?#");
  const char *begin;

  if (strstr (code, "://") == NULL)
    return g_strdup (code);
  while (end > code && end[-1] == '/')
    end--;
  for (begin = end; begin > code && begin[-1] != '/' && begin[-1] != '=';)
    begin--;
  return g_strndup (begin, (gsize) (end - begin));
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const RetourOrderSummary *left = *(RetourOrderSummary *const *) a, *right = *(RetourOrderSummary *const *) b;

  return left->placed_at > right->placed_at ? -1 : left->placed_at < right->placed_at;
}

static void
turn_round (GPtrArray *list)
{
  for (guint i = 0, j = list->len; i + 1 < j; i++)
    {
      gpointer one = list->pdata[i];

      list->pdata[i] = list->pdata[--j];
      list->pdata[j] = one;
    }
}

/* One statement, and sorted here: nearly every code has one order, and SQLite's sorter takes longer than the look-up. Among
 * equals the latest to come here goes first: it is the last row. */
static GPtrArray *
lookup_code (RetourStore *store, const char *code, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autofree char *typed = last_of_url (code);
  g_autofree char *plain = retour_words_code (typed);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_summary_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (connection, SUMMARY ORDERS_OF_CODE, error);

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":code", plain);
  for (;;)
    {
      gboolean row = FALSE;

      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (row)
        {
          g_ptr_array_add (list, read_summary (select));
          continue;
        }
      turn_round (list);
      g_ptr_array_sort (list, compare_age);
      if (list->len > ORDERS_OF_A_CODE)
        g_ptr_array_set_size (list, ORDERS_OF_A_CODE);
      return g_steal_pointer (&list);
    }
}

void
retour_orders_plug (RetourStore *store)
{
  store->find_order = find_order;
  store->lookup_code = lookup_code;
  store->keep_order = keep_order;
}
