/* SPDX-License-Identifier: Apache-2.0 */
#include "store-fixture.h"

#include "documents.h"

#include <check.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *directory;

void
fixture_make_directory (void)
{
  directory = g_strdup ("/tmp/retour-db-XXXXXX");
  ck_assert_ptr_nonnull (g_mkdtemp (directory));
}

void
fixture_remove_directory (void)
{
  g_autoptr (GDir) listing = g_dir_open (directory, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = fixture_path (name);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_clear_pointer (&directory, g_free);
}

const char *
fixture_directory (void)
{
  return directory;
}

char *
fixture_path (const char *name)
{
  return g_build_filename (directory, name, NULL);
}

RetourDatabase *
fixture_open (RetourDatabaseMode mode)
{
  g_autoptr (GError) error = NULL;
  RetourDatabase *database = retour_database_open (directory, retour_documents (), mode, &error);

  ck_assert_msg (database != NULL, "%s", error != NULL ? error->message : "");
  return database;
}

static RetourOrderLine *
make_line (const char *id, const char *gtin, gint64 quantity, gint64 unit_price)
{
  RetourOrderLine *line = retour_order_line_new (id);

  line->sku = g_strdup_printf ("SKU-%s", id);
  line->gtin = g_strdup (gtin);
  line->category = g_strdup ("dress");
  line->quantity = line->delivered = quantity;
  line->unit_price = unit_price;
  line->paid = quantity * unit_price;
  return line;
}

RetourOrder *
fixture_order (guint n)
{
  RetourOrder *order = retour_order_new ();
  RetourParcel *parcel = retour_parcel_new ("p1");
  RetourPayment *payment = retour_payment_new ("pay_1", "card");

  order->id = g_strdup_printf ("ord_%04u", n);
  g_free (order->number);
  order->number = g_strdup_printf ("W1000%04u", n);
  order->version = 1;
  ck_assert (retour_instant_parse ("2026-11-02T18:00:00Z", &order->placed_at));
  order->placed_at += n * 60 * RETOUR_SECOND;
  order->updated_at = order->placed_at;
  order->market = g_strdup ("FR");
  g_strlcpy (order->currency, "EUR", sizeof order->currency);
  order->customer.name = g_strdup ("Zoé Lefèvre");
  order->customer.email = g_strdup ("zoe.lefevre@example.fr");
  order->customer.phone = g_strdup ("+33612345678");
  g_ptr_array_add (order->lines, make_line ("l1", "03612345678904", 2, 6990));
  g_ptr_array_add (order->lines, make_line ("l2", "03612345678911", 1, 2500));
  parcel->tracking = g_strdup_printf ("8V%011u", n);
  parcel->delivered_at = order->placed_at + 3 * 86400 * RETOUR_SECOND;
  g_ptr_array_add (parcel->lines, retour_line_quantity_new ("l1", 2));
  g_ptr_array_add (parcel->lines, retour_line_quantity_new ("l2", 1));
  g_ptr_array_add (order->parcels, parcel);
  payment->captured = 2 * 6990 + 2500;
  g_ptr_array_add (order->payments, payment);
  return order;
}

RetourChange *
fixture_order_change (RetourOrder *order)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_ORDER);

  change->order = order;
  change->text = retour_documents ()->write_order (order);
  return change;
}

RetourChange *
fixture_gone (const char *id, gboolean erase)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_GONE);

  change->type = g_strdup ("order");
  change->id = g_strdup (id);
  change->erase = erase;
  return change;
}

void
fixture_apply (RetourDatabase *database, const char *cursor, gboolean last, RetourChange *first, ...)
{
  RetourChangePage *page = retour_change_page_new ();
  g_autoptr (GError) error = NULL;
  va_list rest;

  page->cursor = g_strdup (cursor);
  page->last = last;
  va_start (rest, first);
  for (RetourChange *change = first; change != NULL; change = va_arg (rest, RetourChange *))
    g_ptr_array_add (page->changes, change);
  va_end (rest);
  ck_assert_msg (retour_database_apply_page (database, page, &error), "%s", error != NULL ? error->message : "");
}

void
fixture_keep (RetourDatabase *database, RetourOrder *order)
{
  fixture_apply (database, NULL, FALSE, fixture_order_change (order), NULL);
}

RetourReturn *
fixture_return (guint n, guint64 counter, const char *line, gint64 quantity)
{
  g_autofree char *id = g_strdup_printf ("01937c3e-0000-7000-8000-%012" G_GUINT64_FORMAT, counter);
  g_autofree char *number = g_strdup_printf ("R0214A-%05" G_GUINT64_FORMAT "-0", counter);
  RetourReturn *ret = retour_return_new (id, number);

  ret->order_id = g_strdup_printf ("ord_%04u", n);
  ret->order_number = g_strdup_printf ("W1000%04u", n);
  ret->kind = g_strdup ("store");
  ret->store = g_strdup ("0214");
  ret->terminal = g_strdup ("A");
  ret->mode = g_strdup ("desk");
  ret->staff = g_strdup ("stf_12");
  ret->staff_name = g_strdup ("Camille M.");
  ret->policy_version = g_strdup ("2026-11-01");
  ret->customer_name = g_strdup ("Zoé L.");
  ck_assert (retour_instant_parse ("2026-11-20T10:00:00Z", &ret->recorded_at));
  ret->recorded_at += (gint64) counter * RETOUR_SECOND;
  g_strlcpy (ret->currency, "EUR", sizeof ret->currency);
  ret->total = 6990 * quantity;
  ret->withdrawal_last_day = RETOUR_DAY_NONE;
  ret->refund_latest_day = RETOUR_DAY_NONE;
  g_ptr_array_add (ret->lines, retour_return_line_new (line, quantity));
  ret->goods = RETOUR_GOODS_ACCEPTED;
  ret->refund = RETOUR_REFUND_PROMISED;
  ret->sync = RETOUR_SYNC_LOCAL;
  ret->proof = g_strdup ("RT1:TOKEN");
  return ret;
}

GPtrArray *
fixture_operations (const RetourReturn *ret)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
  g_autofree char *op = g_strconcat ("op-", ret->id, NULL);
  RetourOperation *operation = retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, "{}");

  operation->order = g_strdup (ret->order_id);
  operation->return_id = g_strdup (ret->id);
  operation->created_at = ret->recorded_at;
  g_ptr_array_add (operations, operation);
  return operations;
}

gboolean
fixture_record (RetourStore *store, const RetourReturn *ret, guint64 counter, GError **error)
{
  g_autoptr (GPtrArray) operations = fixture_operations (ret);
  g_autoptr (RetourAuditRecord) audit =
      retour_audit_record_new ("return.recorded", ret->staff, ret->id, ret->recorded_at, "{}");

  return store->record_return (store, ret, counter, operations, audit, error);
}

gint64
fixture_query (const char *sql)
{
  g_autofree char *path = fixture_path ("retour.db");
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value;

  ck_assert_int_eq (sqlite3_open (path, &sqlite), SQLITE_OK);
  ck_assert_int_eq (sqlite3_prepare_v2 (sqlite, sql, -1, &statement, NULL), SQLITE_OK);
  ck_assert_int_eq (sqlite3_step (statement), SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (sqlite);
  return value;
}

int
fixture_execute (const char *sql)
{
  g_autofree char *path = fixture_path ("retour.db");
  sqlite3 *sqlite = NULL;
  int rc;

  ck_assert_int_eq (sqlite3_open (path, &sqlite), SQLITE_OK);
  rc = sqlite3_exec (sqlite, sql, NULL, NULL, NULL);
  sqlite3_close (sqlite);
  return rc;
}

static guint
count_in_file (const char *path, const char *bytes)
{
  g_autofree char *content = NULL;
  const gsize wanted = strlen (bytes);
  gsize length = 0;
  guint n = 0;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return 0;
  for (const char *p = content; (p = memmem (p, length - (gsize) (p - content), bytes, wanted)) != NULL; p++)
    n++;
  return n;
}

guint
fixture_count_bytes (const char *bytes)
{
  static const char *const names[] = { "retour.db", "retour.db-wal", "retour.db-shm" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (names[i]);

      n += count_in_file (path, bytes);
    }
  return n;
}

void
fixture_wait (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}
