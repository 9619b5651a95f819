/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue.h"

#include <string.h>

#define PRODUCT_COLUMNS "sku, gtin, product, title, variant, category, currency, unit_price"

gint64
retour_gtin_number (const char *gtin)
{
  const gsize length = gtin != NULL ? strlen (gtin) : 0;
  gint64 number = 0;

  if (length < 8 || length > 14)
    return 0;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (gtin[i]))
        return 0;
      number = number * 10 + (gtin[i] - '0');
    }
  return number;
}

static RetourProduct *
read_product (sqlite3_stmt *row)
{
  RetourProduct *product = g_new0 (RetourProduct, 1);

  product->sku = retour_column_dup_text (row, 0);
  if (sqlite3_column_type (row, 1) != SQLITE_NULL)
    product->gtin = g_strdup_printf ("%014" G_GINT64_FORMAT, retour_column_integer (row, 1));
  product->product = retour_column_dup_text (row, 2);
  product->title = retour_column_dup_text (row, 3);
  product->variant = retour_column_dup_text (row, 4);
  product->category = retour_column_dup_text (row, 5);
  product->currency = retour_column_dup_text (row, 6);
  product->unit_price = retour_column_integer (row, 7);
  return product;
}

static RetourProduct *
find_product (RetourStore *store, const char *gtin14_or_sku, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT " PRODUCT_COLUMNS " FROM products WHERE sku = :sku OR gtin = :gtin LIMIT 1",
                                 error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":sku", gtin14_or_sku);
  retour_bind_integer (select, ":gtin", retour_gtin_number (gtin14_or_sku));
  if (!retour_connection_step (connection, select, &row, error) || !row)
    return NULL;
  return read_product (select);
}

static GPtrArray *
product_variants (RetourStore *store, const char *product, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT " PRODUCT_COLUMNS " FROM products WHERE product = :product ORDER BY sku",
                                 error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":product", product);
  for (;;)
    {
      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_product (select));
    }
}

/* Of each group SQLite takes the other columns from the row with the highest sum (its documented rule for a lone max). */
static GPtrArray *
similar_products (RetourStore *store, const char *category, const char *except_product, guint limit, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
  g_autoptr (sqlite3_stmt) select = retour_connection_prepare (
      connection,
      "SELECT " PRODUCT_COLUMNS ", max ((SELECT total (quantity) FROM stock WHERE stock.sku = products.sku)) AS units"
      " FROM products WHERE category = :category AND product IS NOT NULL AND product IS NOT :except"
      " GROUP BY product HAVING units > 0 ORDER BY units DESC, product LIMIT :limit",
      error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":category", category);
  retour_bind_text (select, ":except", except_product);
  retour_bind_integer (select, ":limit", limit);
  for (;;)
    {
      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_product (select));
    }
}

static RetourStockFigure *
read_figure (sqlite3_stmt *row)
{
  RetourStockFigure *figure = g_new0 (RetourStockFigure, 1);

  figure->place = retour_column_dup_text (row, 0);
  figure->name = retour_column_dup_text (row, 1);
  figure->quantity = retour_column_integer (row, 2);
  figure->at = retour_column_instant (row, 3);
  return figure;
}

static GPtrArray *
stock (RetourStore *store, const char *sku, GError **error)
{
  RetourConnection *connection = retour_connection_of (store);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_stock_figure_free);
  g_autoptr (sqlite3_stmt) select =
      retour_connection_prepare (connection,
                                 "SELECT place, name, quantity, at FROM stock WHERE sku = :sku ORDER BY place", error);
  gboolean row = TRUE;

  if (select == NULL)
    return NULL;
  retour_bind_text (select, ":sku", sku);
  for (;;)
    {
      if (!retour_connection_step (connection, select, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_figure (select));
    }
}

gboolean
retour_catalogue_keep_product (RetourConnection *connection, const RetourProduct *product, GError **error)
{
  const gint64 gtin = retour_gtin_number (product->gtin);
  sqlite3_stmt *insert =
      retour_connection_prepare (connection,
                                 "INSERT OR REPLACE INTO products (" PRODUCT_COLUMNS ") VALUES (:sku,"
                                 " nullif (:gtin, 0), :product, :title, :variant, :category, :currency, :unit_price)",
                                 error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":sku", product->sku);
  retour_bind_integer (insert, ":gtin", gtin);
  retour_bind_text (insert, ":product", product->product);
  retour_bind_text (insert, ":title", product->title);
  retour_bind_text (insert, ":variant", product->variant);
  retour_bind_text (insert, ":category", product->category);
  retour_bind_text (insert, ":currency", product->currency);
  retour_bind_integer (insert, ":unit_price", product->unit_price);
  return retour_connection_run (connection, insert, error);
}

gboolean
retour_catalogue_drop_product (RetourConnection *connection, const char *sku, GError **error)
{
  sqlite3_stmt *product = retour_connection_prepare (connection, "DELETE FROM products WHERE sku = :sku", error);
  sqlite3_stmt *figures = retour_connection_prepare (connection, "DELETE FROM stock WHERE sku = :sku", error);

  if (product == NULL || figures == NULL)
    return FALSE;
  retour_bind_text (product, ":sku", sku);
  retour_bind_text (figures, ":sku", sku);
  return retour_connection_run (connection, product, error) && retour_connection_run (connection, figures, error);
}

gboolean
retour_catalogue_keep_stock (RetourConnection *connection, const RetourChange *change, GError **error)
{
  sqlite3_stmt *insert = retour_connection_prepare (connection,
                                                    "INSERT OR REPLACE INTO stock (sku, place, name, quantity, at)"
                                                    " VALUES (:sku, :place, :name, :quantity, :at)",
                                                    error);

  if (insert == NULL)
    return FALSE;
  retour_bind_text (insert, ":sku", change->sku);
  retour_bind_text (insert, ":place", change->place);
  retour_bind_text (insert, ":name", change->place_name);
  retour_bind_integer (insert, ":quantity", change->quantity);
  retour_bind_instant (insert, ":at", change->at);
  return retour_connection_run (connection, insert, error);
}

void
retour_catalogue_plug (RetourStore *store)
{
  store->find_product = find_product;
  store->product_variants = product_variants;
  store->similar_products = similar_products;
  store->stock = stock;
}
