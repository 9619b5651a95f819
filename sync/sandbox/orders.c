/* SPDX-License-Identifier: Apache-2.0 */
#include "orders.h"

#include "feed.h"
#include "members.h"
#include "phone.h"

#include <string.h>

#define MOST_FOUND 50

static char *
words_of (const RetourOrder *order)
{
  g_autoptr (GString) words = g_string_new (order->number);
  const RetourCustomer *customer = &order->customer;
  g_autofree char *phone = sandbox_phone_words (customer->phone);
  const char *texts[] = { customer->name, customer->email, phone };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_string_append_printf (words, " %s", texts[i]);
  for (guint i = 0; i < order->parcels->len; i++)
    {
      const RetourParcel *parcel = order->parcels->pdata[i];

      if (parcel->tracking != NULL)
        g_string_append_printf (words, " %s", parcel->tracking);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
sandbox_orders_add (SandboxLedger *ledger, const RetourOrder *order, const char *text)
{
  g_autofree char *words = words_of (order);

  sandbox_ledger_run (ledger, "INSERT INTO feed (type, id, text) VALUES ('order', ?, ?)", "ss", order->id, text);
  sandbox_ledger_run (ledger, "INSERT INTO orders (id, number, placed_at, words) VALUES (?, ?, ?, ?)", "ssis",
                      order->id, order->number, order->placed_at, words);
  sandbox_ledger_run (ledger, "INSERT INTO order_words (rowid, words) VALUES (last_insert_rowid (), ?)", "s", words);
}

/* An order leaves the table and the words by which it was found. */
static void
forget (SandboxLedger *ledger, const char *id)
{
  sandbox_ledger_run (ledger,
                      "INSERT INTO order_words (order_words, rowid, words) SELECT 'delete', n, words FROM orders"
                      " WHERE id = ?",
                      "s", id);
  sandbox_ledger_run (ledger, "DELETE FROM orders WHERE id = ?", "s", id);
}

void
sandbox_orders_put (SandboxLedger *ledger, const RetourOrder *order, const char *text)
{
  forget (ledger, order->id);
  sandbox_feed_forget (ledger, "order", order->id);
  sandbox_orders_add (ledger, order, text);
}

char *
sandbox_orders_find (SandboxLedger *ledger, const char *id_or_number)
{
  char *text = sandbox_feed_get (ledger, "order", id_or_number);

  if (text == NULL)
    text = sandbox_ledger_text (ledger,
                                "SELECT f.text FROM orders o JOIN feed f ON f.type = 'order' AND f.id = o.id"
                                " WHERE o.number = ?",
                                "s", id_or_number);
  return text;
}

/* Each word is a prefix; what stands between quotes has no syntax for FTS5. */
static char *
make_match (const char *query)
{
  g_autofree char *phone = sandbox_phone_query (query);
  g_autoptr (GString) match = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit_set (query, " \t\n\r", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean has_token = FALSE;

      for (const char *at = words[i]; *at != '\0'; at = g_utf8_next_char (at))
        has_token |= g_unichar_isalnum (g_utf8_get_char (at));
      if (!has_token)
        continue;
      g_string_append (match, "\"");
      for (const char *at = words[i]; *at != '\0'; at++)
        if (*at != '"')
          g_string_append_c (match, *at);
      g_string_append (match, "\" * ");
    }
  if (phone != NULL && match->len > 0)
    {
      g_string_prepend (match, "(");
      g_string_append_printf (match, ") OR \"%s\" *", phone);
    }
  return g_string_free (g_steal_pointer (&match), FALSE);
}

SandboxReply *
sandbox_orders_search (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  const char *query = sandbox_call_parameter (call, "q");
  GString *list = g_string_new ("[");
  g_autofree char *match = NULL;
  sqlite3_stmt *row = NULL;

  if (query == NULL || strlen (query) > 800 || !g_utf8_validate (query, -1, NULL))
    {
      g_string_free (list, TRUE);
      return sandbox_reply_new_problem (400, "malformed", "q: expected words");
    }
  match = make_match (query);
  sandbox_ledger_lock (ledger);
  if (*match != '\0')
    row = sandbox_ledger_query (ledger,
                                "SELECT f.text FROM order_words w JOIN orders o ON o.n = w.rowid"
                                " JOIN feed f ON f.type = 'order' AND f.id = o.id"
                                " WHERE order_words MATCH ? ORDER BY o.placed_at DESC LIMIT ?",
                                "si", match, (gint64) MOST_FOUND);
  while (row != NULL)
    {
      g_string_append_printf (list, "%s%s", list->len > 1 ? ",\n" : "", sandbox_column_text (row, 0));
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);
  g_string_append (list, "]");
  return sandbox_reply_new (200, "application/json", g_string_free (list, FALSE));
}

static SandboxReply *
answer_with (const char *text)
{
  json_object *order = sandbox_members_parse (text, strlen (text), NULL);
  const char *id = order != NULL ? sandbox_member_text (order, "id") : NULL;
  SandboxReply *reply = sandbox_reply_new (200, "application/json", g_strdup (text));

  if (id != NULL)
    reply->etag = g_strdup_printf ("\"%s-%" G_GINT64_FORMAT "\"", id, sandbox_member_integer (order, "version", 0));
  json_object_put (order);
  return reply;
}

SandboxReply *
sandbox_orders_answer (SandboxCall *call)
{
  g_autofree char *text = NULL;
  const char *known = sandbox_call_header (call, "If-None-Match");
  SandboxReply *reply;

  sandbox_ledger_lock (call->sandbox->ledger);
  text = sandbox_orders_find (call->sandbox->ledger, call->rest);
  sandbox_ledger_unlock (call->sandbox->ledger);
  if (text == NULL)
    return sandbox_reply_new_problem (404, "not-found", NULL);
  reply = answer_with (text);
  if (known != NULL && g_strcmp0 (known, reply->etag) == 0)
    {
      g_bytes_unref (reply->body);
      reply->body = g_bytes_new_static ("", 0);
      reply->status = 304;
    }
  return reply;
}

/* How near a place is to a store: its own figure first, then by the store's list, then the rest. */
static guint
distance (const char *near, const char *text)
{
  g_auto (GStrv) places = g_strsplit (near, " ", -1);
  json_object *figure = sandbox_members_parse (text, strlen (text), NULL);
  const char *place = figure != NULL ? sandbox_member_text (figure, "place") : NULL;
  guint i;

  for (i = 0; places[i] != NULL && g_strcmp0 (places[i], place) != 0; i++)
    ;
  json_object_put (figure);
  return i;
}

SandboxReply *
sandbox_orders_answer_stock (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  const char *sku = sandbox_call_parameter (call, "sku");
  GPtrArray *texts;
  g_autofree char *near = NULL, *from = NULL, *to = NULL;
  GString *list;
  sqlite3_stmt *row;

  if (sku == NULL)
    return sandbox_reply_new_problem (400, "malformed", "sku: missing");
  texts = g_ptr_array_new_with_free_func (g_free);
  from = g_strconcat (sku, " ", NULL);
  to = g_strconcat (sku, "!", NULL);
  sandbox_ledger_lock (ledger);
  near = sandbox_ledger_text (ledger, "SELECT near FROM stores WHERE code = ?", "s", call->store);
  row =
      sandbox_ledger_query (ledger, "SELECT text FROM feed WHERE type = 'stock' AND id > ? AND id < ?", "ss", from, to);
  while (row != NULL)
    {
      g_ptr_array_add (texts, g_strdup (sandbox_column_text (row, 0)));
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);

  list = g_string_new ("[");
  while (texts->len > 0)
    {
      guint nearest = 0;

      for (guint i = 1; i < texts->len; i++)
        if (distance (near, texts->pdata[i]) < distance (near, texts->pdata[nearest]))
          nearest = i;
      g_string_append_printf (list, "%s%s", list->len > 1 ? "," : "", (const char *) texts->pdata[nearest]);
      g_ptr_array_remove_index (texts, nearest);
    }
  g_ptr_array_unref (texts);
  g_string_append (list, "]");
  return sandbox_reply_new (200, "application/json", g_string_free (list, FALSE));
}

/* The next version of an order, checked as a terminal would. Takes the document. */
static SandboxReply *
keep (SandboxCall *call, json_object *document, gint64 version_before)
{
  Sandbox *sandbox = call->sandbox;
  g_autoptr (RetourOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  json_object_object_add (document, "version", json_object_new_int64 (version_before + 1));
  sandbox_member_add_instant (document, "updated_at", sandbox_now (sandbox));
  text = sandbox_members_print (document);
  json_object_put (document);
  order = sandbox->documents->read_order (text, -1, &error);
  if (order == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);
  if (g_strcmp0 (order->id, call->rest) != 0)
    return sandbox_reply_new_problem (400, "malformed", "id: is not that of the path");

  sandbox_ledger_begin (sandbox->ledger);
  sandbox_orders_put (sandbox->ledger, order, text);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  return answer_with (text);
}

static json_object *
find_document (SandboxCall *call)
{
  g_autofree char *text = NULL;

  sandbox_ledger_lock (call->sandbox->ledger);
  text = sandbox_feed_get (call->sandbox->ledger, "order", call->rest);
  sandbox_ledger_unlock (call->sandbox->ledger);
  return text != NULL ? sandbox_members_parse (text, strlen (text), NULL) : NULL;
}

SandboxReply *
sandbox_orders_replace (SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  json_object *document = sandbox_members_parse (call->body->str, call->body->len, &error), *before;
  gint64 version = 0;

  if (document == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);
  before = find_document (call);
  if (before != NULL)
    version = sandbox_member_integer (before, "version", 0);
  json_object_put (before);
  return keep (call, document, version);
}

/* RFC 7396. */
static void
merge (json_object *target, json_object *patch)
{
  json_object_object_foreach (patch, name, value)
  {
    json_object *inner;

    if (value == NULL)
      json_object_object_del (target, name);
    else if (json_object_is_type (value, json_type_object) && (inner = sandbox_member_object (target, name)) != NULL)
      merge (inner, value);
    else
      json_object_object_add (target, name, json_object_get (value));
  }
}

SandboxReply *
sandbox_orders_patch (SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  json_object *patch = sandbox_members_parse (call->body->str, call->body->len, &error), *document;

  if (patch == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);
  document = find_document (call);
  if (document == NULL)
    {
      json_object_put (patch);
      return sandbox_reply_new_problem (404, "not-found", NULL);
    }
  merge (document, patch);
  json_object_put (patch);
  return keep (call, document, sandbox_member_integer (document, "version", 0));
}

SandboxReply *
sandbox_orders_erase (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  gboolean erase = g_strcmp0 (sandbox_call_parameter (call, "erase"), "true") == 0;
  g_autoptr (GError) error = NULL;
  gboolean known;

  sandbox_ledger_begin (sandbox->ledger);
  known = sandbox_ledger_integer (sandbox->ledger, "SELECT count (*) FROM orders WHERE id = ?", "s", call->rest) == 1;
  if (known)
    {
      forget (sandbox->ledger, call->rest);
      sandbox_feed_remove (sandbox->ledger, "order", call->rest, erase);
    }
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  return known ? sandbox_reply_new (204, NULL, NULL) : sandbox_reply_new_problem (404, "not-found", NULL);
}
