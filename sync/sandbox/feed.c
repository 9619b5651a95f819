/* SPDX-License-Identifier: Apache-2.0 */
#include "feed.h"

void
sandbox_feed_forget (SandboxLedger *ledger, const char *type, const char *id)
{
  g_autofree char *grave = g_strconcat (type, " ", id, NULL);

  sandbox_ledger_run (ledger, "DELETE FROM feed WHERE type = 'gone' AND id = ?", "s", grave);
  sandbox_ledger_run (ledger, "DELETE FROM feed WHERE type = ? AND id = ?", "ss", type, id);
}

void
sandbox_feed_put (SandboxLedger *ledger, const char *type, const char *id, const char *text)
{
  sandbox_feed_forget (ledger, type, id);
  sandbox_ledger_run (ledger, "INSERT INTO feed (type, id, text) VALUES (?, ?, ?)", "sss", type, id, text);
}

void
sandbox_feed_remove (SandboxLedger *ledger, const char *type, const char *id, gboolean erase)
{
  g_autofree char *grave = g_strconcat (type, " ", id, NULL);
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"%s\",\"id\":\"%s\",\"erase\":%s}", type, id, erase ? "true" : "false");

  sandbox_ledger_run (ledger, "DELETE FROM feed WHERE type = ? AND id = ?", "ss", type, id);
  sandbox_ledger_run (ledger, "INSERT OR REPLACE INTO feed (type, id, text) VALUES ('gone', ?, ?)", "ss", grave, text);
}

char *
sandbox_feed_get (SandboxLedger *ledger, const char *type, const char *id)
{
  return sandbox_ledger_text (ledger, "SELECT text FROM feed WHERE type = ? AND id = ?", "ss", type, id);
}

gint64
sandbox_feed_head (SandboxLedger *ledger)
{
  return sandbox_ledger_integer (ledger, "SELECT max (seq) FROM feed", "");
}
