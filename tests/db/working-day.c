/* SPDX-License-Identifier: Apache-2.0 */
#include "working-day.h"

#include "connection.h"
#include "documents.h"
#include "store-fixture.h"

#include <sqlite3.h>

#define NOW (G_GINT64_CONSTANT (1790000000) * RETOUR_SECOND)
#define ORDERS 8

typedef gboolean (*StepBody) (RetourStore *store, guint64 n, GError **error);

typedef enum
{
  STEP_OPEN,
  STEP_PAGE,
  STEP_REOPEN,
  STEP_WRITE,
} StepKind;

typedef struct
{
  const char *name;
  StepKind kind;
  StepBody body; /* WRITE */
  guint64 n;
} Step;

static gboolean
save_draft (RetourStore *store, guint64 n, GError **error)
{
  g_autoptr (RetourReturn) ret = fixture_return ((guint) n, n, "l1", 1);
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");

  draft->id = g_strdup (ret->id);
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", 1));
  return store->save_draft (store, draft, error);
}

static gboolean
record (RetourStore *store, guint64 n, GError **error)
{
  g_autoptr (RetourReturn) ret = fixture_return ((guint) n, n, "l1", 1);

  return fixture_record (store, ret, n, error);
}

static gboolean
settle (RetourStore *store, guint64 n, RetourAnswerKind kind, GError **error)
{
  g_autoptr (RetourReturn) ret = fixture_return ((guint) n, n, "l1", 1);
  g_autofree char *op = g_strconcat ("op-", ret->id, NULL);
  g_autoptr (RetourAnswer) answer = retour_answer_new (op, kind);

  if (kind == RETOUR_ANSWER_CONFLICT)
    answer->detail = g_strdup ("R0301B-00017-4");
  return store->settle_operation (store, answer, NOW, error);
}

static gboolean
settle_accepted (RetourStore *store, guint64 n, GError **error)
{
  return settle (store, n, RETOUR_ANSWER_ACCEPTED, error);
}

static gboolean
settle_conflict (RetourStore *store, guint64 n, GError **error)
{
  return settle (store, n, RETOUR_ANSWER_CONFLICT, error);
}

static gboolean
print (RetourStore *store, guint64 n, GError **error)
{
  g_autoptr (RetourReturn) ret = fixture_return ((guint) n, n, "l1", 1);
  guint copies;

  return store->record_print (store, ret->id, "printed", &copies, error);
}

/* What follows writes over the log from its beginning. */
static gboolean
checkpoint (RetourStore *store, guint64 n, GError **error)
{
  return retour_connection_checkpoint (retour_connection_of (store), FALSE, error);
}

static const Step steps[] = {
  { "open and migrate", STEP_OPEN, NULL, 0 },
  { "pull a page", STEP_PAGE, NULL, 0 },
  { "save draft 1", STEP_WRITE, save_draft, 1 },
  { "record return 1", STEP_WRITE, record, 1 },
  { "print proof 1", STEP_WRITE, print, 1 },
  { "record return 2", STEP_WRITE, record, 2 },
  { "checkpoint", STEP_WRITE, checkpoint, 0 },
  { "record return 3", STEP_WRITE, record, 3 },
  { "settle 1: accepted", STEP_WRITE, settle_accepted, 1 },
  { "settle 2: conflict", STEP_WRITE, settle_conflict, 2 },
  { "close and open again", STEP_REOPEN, NULL, 0 },
  { "record return 4", STEP_WRITE, record, 4 },
  { "pull the next page, with an erasure", STEP_PAGE, NULL, 1 },
  { "record return 5", STEP_WRITE, record, 5 },
};

guint
working_day_steps (void)
{
  return G_N_ELEMENTS (steps);
}

const char *
working_day_name (guint step)
{
  return steps[step].name;
}

guint
working_day_returns (guint step)
{
  guint n = 0;

  for (guint i = 0; i <= step && i < G_N_ELEMENTS (steps); i++)
    n += steps[i].body == record;
  return n;
}

static gboolean
pull (RetourDatabase *database, guint page_number, GError **error)
{
  RetourChangePage *page = retour_change_page_new ();

  for (guint i = 1; i <= ORDERS; i++)
    g_ptr_array_add (page->changes, fixture_order_change (fixture_order (page_number * ORDERS + i)));
  if (page_number > 0)
    g_ptr_array_add (page->changes, fixture_gone ("ord_0008", TRUE));
  page->cursor = g_strdup_printf ("c%u", page_number + 1);
  page->last = TRUE;
  return retour_database_apply_page (database, page, error);
}

gboolean
working_day_take (RetourDatabase **database, guint step, GError **error)
{
  const Step *it = &steps[step];

  switch (it->kind)
    {
    case STEP_REOPEN:
      g_clear_pointer (database, retour_database_close);
      G_GNUC_FALLTHROUGH;
    case STEP_OPEN:
      *database = retour_database_open (fixture_directory (), retour_documents (), RETOUR_DATABASE_DIRECT, error);
      return *database != NULL;
    case STEP_PAGE:
      return pull (*database, (guint) it->n, error);
    case STEP_WRITE:
      return it->body (retour_database_store (*database), it->n, error);
    }
  g_assert_not_reached ();
}

static void
add_row (GChecksum *sum, sqlite3_stmt *row)
{
  for (int i = 0; i < sqlite3_column_count (row); i++)
    {
      const int type = sqlite3_column_type (row, i);
      const void *bytes = sqlite3_column_blob (row, i);

      g_checksum_update (sum, (const guchar *) &type, sizeof type);
      if (bytes != NULL)
        g_checksum_update (sum, bytes, sqlite3_column_bytes (row, i));
    }
}

static int
add_rows (sqlite3 *sqlite, const char *sql, GChecksum *sum)
{
  sqlite3_stmt *select = NULL;
  int rc = sqlite3_prepare_v2 (sqlite, sql, -1, &select, NULL);

  while (rc == SQLITE_OK && (rc = sqlite3_step (select)) == SQLITE_ROW)
    {
      add_row (sum, select);
      rc = SQLITE_OK;
    }
  sqlite3_finalize (select);
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

char *
working_day_state (const char *path)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *tables = NULL;
  guint n = 0;
  int rc;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup ("");
  /* Who only reads may not undo what was begun. */
  rc = sqlite3_open_v2 (path, &sqlite, SQLITE_OPEN_READWRITE, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_prepare_v2 (sqlite, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &tables,
                             NULL);
  while (rc == SQLITE_OK && (rc = sqlite3_step (tables)) == SQLITE_ROW)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", sqlite3_column_text (tables, 0));

      n++;
      rc = add_rows (sqlite, sql, sum);
    }
  sqlite3_finalize (tables);
  sqlite3_close (sqlite);
  if (rc != SQLITE_DONE)
    return g_strdup_printf ("!%s", sqlite3_errstr (rc));
  return g_strdup (n == 0 ? "" : g_checksum_get_string (sum));
}
