/* SPDX-License-Identifier: Apache-2.0 */
#include "enrolments.h"

#include "feed.h"
#include "members.h"

#include <return-number.h>
#include <sodium.h>
#include <string.h>

#define CODE_LIFE (G_GINT64_CONSTANT (15) * 60 * RETOUR_SECOND)
#define CODE_LETTERS 16 /* of 5 bits: 80 bits */

static char *
hash_code (const char *code)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (; *code != '\0'; code++)
    if (*code != '-' && *code != ' ')
      g_string_append_c (letters, g_ascii_toupper (*code));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, letters->str, -1);
}

/* Base32 of RFC 4648, which has neither 0 nor 1; in fours. */
static char *
draw_code (void)
{
  GString *code = g_string_new (NULL);

  for (int i = 0; i < CODE_LETTERS; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[randombytes_uniform (32)]);
    }
  return g_string_free (code, FALSE);
}

SandboxReply *
sandbox_enrolments_make_code (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  g_autoptr (GError) error = NULL;
  json_object *asked = sandbox_members_parse (call->body->str, call->body->len, &error), *answer;
  g_autofree char *store = g_strdup (asked != NULL ? sandbox_member_text (asked, "store") : NULL);
  g_autofree char *letter = g_strdup (asked != NULL ? sandbox_member_text (asked, "terminal") : NULL);
  g_autofree char *code = draw_code ();
  g_autofree char *hash = hash_code (code);
  gint64 expires_at = sandbox_now (sandbox) + CODE_LIFE;
  gboolean known;

  json_object_put (asked);
  if (store == NULL || letter == NULL || strlen (letter) != 1 || !retour_terminal_letter_is_valid (letter[0]))
    return sandbox_reply_new_problem (400, "malformed", "expected {\"store\": \"0214\", \"terminal\": \"A\"}");

  sandbox_ledger_begin (sandbox->ledger);
  known = sandbox_ledger_integer (sandbox->ledger, "SELECT count (*) FROM stores WHERE code = ?", "s", store) == 1;
  if (known)
    sandbox_ledger_run (sandbox->ledger, "INSERT INTO enrolment_codes VALUES (?, ?, ?, ?, NULL)", "sssi", hash, store,
                        letter, expires_at);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  if (!known)
    return sandbox_reply_new_problem (404, "not-found", "store: %s", store);

  answer = json_object_new_object ();
  sandbox_member_add_text (answer, "url", sandbox->url);
  sandbox_member_add_text (answer, "code", code);
  sandbox_member_add_text (answer, "ca_pem", sandbox_authority_get_certificate (sandbox->authority));
  sandbox_member_add_text (answer, "pin", sandbox_authority_get_pin (sandbox->authority, 0));
  sandbox_member_add_text (answer, "store", store);
  sandbox_member_add_text (answer, "terminal", letter);
  sandbox_member_add_instant (answer, "expires_at", expires_at);
  return sandbox_reply_new_json (201, answer);
}

SandboxReply *
sandbox_enrolments_recognise (SandboxCall *call, const char *fingerprint)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  sqlite3_stmt *row;
  gboolean revoked = FALSE, known = FALSE;

  sandbox_ledger_lock (ledger);
  row =
      fingerprint == NULL
          ? NULL
          : sandbox_ledger_query (ledger,
                                  "SELECT t.id, t.store, t.letter, t.revoked_at FROM certificates c"
                                  " JOIN terminals t ON t.id = c.terminal WHERE c.fingerprint = ? AND c.not_after > ?",
                                  "si", fingerprint, g_get_real_time ());
  if (row != NULL)
    {
      known = TRUE;
      revoked = sqlite3_column_type (row, 3) != SQLITE_NULL;
      call->terminal = g_strdup (sandbox_column_text (row, 0));
      call->store = g_strdup (sandbox_column_text (row, 1));
      call->letter = g_strdup (sandbox_column_text (row, 2));
      sandbox_ledger_done (row);
    }
  sandbox_ledger_unlock (ledger);
  if (!known)
    return sandbox_reply_new_problem (401, "certificate-required", NULL);
  return revoked ? sandbox_reply_new_problem (403, "revoked", NULL) : NULL;
}

static void
key_id (const char *public_key, char id_hex[2 * RETOUR_PROOF_KEY_ID_BYTES + 1])
{
  guint8 key[RETOUR_PROOF_PUBLIC_KEY_BYTES] = { 0 }, id[RETOUR_PROOF_KEY_ID_BYTES];

  /* Sixty-four digits: read_application has seen to it. */
  (void) !sodium_hex2bin (key, sizeof key, public_key, strlen (public_key), NULL, NULL, NULL);
  retour_proof_key_id (key, id);
  sodium_bin2hex (id_hex, 2 * sizeof id + 1, id, sizeof id);
}

static json_object *
describe_key (sqlite3_stmt *row, gint64 revoked_at)
{
  json_object *key = json_object_new_object ();
  char id[2 * RETOUR_PROOF_KEY_ID_BYTES + 1];

  key_id (sandbox_column_text (row, 0), id);
  sandbox_member_add_text (key, "id", id);
  sandbox_member_add_text (key, "public_key", sandbox_column_text (row, 0));
  sandbox_member_add_text (key, "store", sandbox_column_text (row, 1));
  sandbox_member_add_text (key, "terminal", sandbox_column_text (row, 2));
  sandbox_member_add_instant (key, "valid_from", sqlite3_column_int64 (row, 3));
  if (revoked_at != 0)
    sandbox_member_add_instant (key, "revoked_at", revoked_at);
  return key;
}

/* A terminal's keys on the feed: who verifies proofs needs them. */
static void
publish_keys (SandboxLedger *ledger, const char *terminal, gint64 revoked_at)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  sqlite3_stmt *row = sandbox_ledger_query (ledger,
                                            "SELECT k.public_key, t.store, t.letter, k.valid_from FROM proof_keys k"
                                            " JOIN terminals t ON t.id = k.terminal WHERE t.id = ? ORDER BY k.n",
                                            "s", terminal);

  while (row != NULL)
    {
      g_ptr_array_add (keys, describe_key (row, revoked_at));
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *text = sandbox_members_print (keys->pdata[i]);

      sandbox_feed_put (ledger, "key", sandbox_member_text (keys->pdata[i], "id"), text);
      json_object_put (keys->pdata[i]);
    }
}

static void
add_key (SandboxLedger *ledger, const char *terminal, const char *public_key, gint64 now)
{
  sandbox_ledger_run (ledger,
                      "INSERT INTO proof_keys (public_key, terminal, valid_from) VALUES (?, ?, ?)"
                      " ON CONFLICT (public_key) DO NOTHING",
                      "ssi", public_key, terminal, now);
  publish_keys (ledger, terminal, 0);
}

typedef struct
{
  const char *csr, *letter, *code, *proof_key; /* borrowed from the request */
  char *terminal, *store;                      /* owned */
} Application;

/* What the request says, checked; NULL when it is good. */
static SandboxReply *
read_application (SandboxCall *call, json_object *asked, Application *application)
{
  guint8 key[RETOUR_PROOF_PUBLIC_KEY_BYTES];
  gsize size = 0;

  application->csr = sandbox_member_text (asked, "csr");
  application->letter = sandbox_member_text (asked, "terminal");
  application->code = sandbox_member_text (asked, "code");
  application->proof_key = sandbox_member_text (asked, "proof_key");
  if (application->csr == NULL)
    return sandbox_reply_new_problem (400, "malformed", "csr: expected PEM");
  if (application->letter == NULL || strlen (application->letter) != 1
      || !retour_terminal_letter_is_valid (application->letter[0]))
    return sandbox_reply_new_problem (400, "malformed", "terminal: expected a letter A to Z");
  if (application->proof_key == NULL
          ? application->code != NULL
          : sodium_hex2bin (key, sizeof key, application->proof_key, strlen (application->proof_key), NULL, &size, NULL)
                    != 0
                || size != sizeof key || strlen (application->proof_key) != sizeof key * 2)
    return sandbox_reply_new_problem (400, "malformed", "proof_key: expected 64 hexadecimal digits");
  if (application->code == NULL && call->terminal == NULL)
    return sandbox_reply_new_problem (401, "certificate-required", "a renewal needs the old certificate");
  return NULL;
}

/* With a code: a new terminal, whose counters start anew. Inside a transaction. */
static SandboxReply *
admit (SandboxCall *call, Application *application)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  g_autofree char *hash = hash_code (application->code);
  gint64 now = sandbox_now (call->sandbox);
  guint8 random[12];
  char hex[sizeof random * 2 + 1];

  sandbox_ledger_run (ledger,
                      "UPDATE enrolment_codes SET used_at = ?1 WHERE hash = ?2 AND letter = ?3 AND used_at IS NULL AND"
                      " expires_at > ?1",
                      "iss", now, hash, application->letter);
  if (sandbox_ledger_changes (ledger) != 1)
    return sandbox_reply_new_problem (403, "code-refused", NULL);
  application->store = sandbox_ledger_text (ledger, "SELECT store FROM enrolment_codes WHERE hash = ?", "s", hash);
  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  application->terminal = g_strconcat ("trm_", hex, NULL);
  sandbox_ledger_run (ledger, "INSERT INTO terminals VALUES (?, ?, ?, ?, NULL)", "sssi", application->terminal,
                      application->store, application->letter, now);
  add_key (ledger, application->terminal, application->proof_key, now);
  return NULL;
}

/* With the old certificate: the same terminal, with its proof key or a new one beside it. Inside a transaction. */
static SandboxReply *
renew (SandboxCall *call, Application *application)
{
  SandboxLedger *ledger = call->sandbox->ledger;

  if (strcmp (application->letter, call->letter) != 0)
    return sandbox_reply_new_problem (400, "malformed", "terminal: this is terminal %s", call->letter);
  application->terminal = g_strdup (call->terminal);
  application->store = g_strdup (call->store);
  if (application->proof_key != NULL)
    add_key (ledger, application->terminal, application->proof_key, sandbox_now (call->sandbox));
  return NULL;
}

static json_object *
describe (Sandbox *sandbox, const Application *application, const SandboxCertificate *certificate)
{
  SandboxLedger *ledger = sandbox->ledger;
  g_autofree char *store =
      sandbox_ledger_text (ledger, "SELECT text FROM stores WHERE code = ?", "s", application->store);
  g_autofree char *chain = sandbox_ledger_text (ledger, "SELECT value FROM meta WHERE name = 'chain'", "");
  g_autofree char *key =
      sandbox_ledger_text (ledger, "SELECT public_key FROM proof_keys WHERE terminal = ? ORDER BY n DESC", "s",
                           application->terminal);
  char hex[2 * RETOUR_PROOF_KEY_ID_BYTES + 1];
  json_object *answer = json_object_new_object (), *pins = json_object_new_array ();
  gint64 life = certificate->not_after - certificate->not_before;

  key_id (key != NULL ? key : "", hex);
  sandbox_member_add_text (answer, "terminal_id", application->terminal);
  sandbox_member_add_text (answer, "certificate", certificate->pem);
  sandbox_member_add_instant (answer, "not_after", certificate->not_after);
  sandbox_member_add_instant (answer, "renew_after", certificate->not_before + life / 3 * 2);
  sandbox_member_add_text (answer, "ca", sandbox_authority_get_certificate (sandbox->authority));
  for (guint i = 0; i < 2; i++)
    json_object_array_add (pins, json_object_new_string (sandbox_authority_get_pin (sandbox->authority, i)));
  json_object_object_add (answer, "pins", pins);
  sandbox_member_add_text (answer, "chain", chain);
  json_object_object_add (answer, "store", json_tokener_parse (store != NULL ? store : "{}"));
  sandbox_member_add_text (answer, "terminal", application->letter);
  sandbox_member_add_text (answer, "key_id", hex);
  sandbox_member_add_text (answer, "currency", "EUR");
  sandbox_member_add_text (answer, "time_zone", "Europe/Paris");
  return answer;
}

static SandboxReply *
issue (SandboxCall *call, Application *application)
{
  Sandbox *sandbox = call->sandbox;
  g_autoptr (SandboxCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  SandboxReply *refusal;
  json_object *answer;

  /* Before the code is used up. */
  certificate = sandbox_authority_issue (sandbox->authority, application->csr, "Retour terminal", &error);
  if (certificate == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);

  sandbox_ledger_begin (sandbox->ledger);
  refusal = application->code != NULL ? admit (call, application) : renew (call, application);
  if (refusal != NULL)
    {
      sandbox_ledger_rollback (sandbox->ledger);
      return refusal;
    }
  sandbox_ledger_run (sandbox->ledger, "INSERT INTO certificates VALUES (?, ?, ?)", "ssi", certificate->fingerprint,
                      application->terminal, certificate->not_after);
  answer = describe (sandbox, application, certificate);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    {
      json_object_put (answer);
      return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
    }
  return sandbox_reply_new_json (201, answer);
}

SandboxReply *
sandbox_enrolments_enrol (SandboxCall *call)
{
  Application application = { 0 };
  g_autoptr (GError) error = NULL;
  json_object *asked = sandbox_members_parse (call->body->str, call->body->len, &error);
  SandboxReply *reply;

  if (asked == NULL)
    return sandbox_reply_new_problem (400, "malformed", "%s", error->message);
  reply = read_application (call, asked, &application);
  if (reply == NULL)
    reply = issue (call, &application);
  g_free (application.terminal);
  g_free (application.store);
  json_object_put (asked);
  return reply;
}

SandboxReply *
sandbox_enrolments_list (SandboxCall *call)
{
  SandboxLedger *ledger = call->sandbox->ledger;
  json_object *list = json_object_new_array ();
  sqlite3_stmt *row;

  sandbox_ledger_lock (ledger);
  row = sandbox_ledger_query (ledger,
                              "SELECT id, store, letter, enrolled_at, revoked_at FROM terminals ORDER BY enrolled_at",
                              "");
  while (row != NULL)
    {
      json_object *terminal = json_object_new_object ();

      sandbox_member_add_text (terminal, "terminal_id", sandbox_column_text (row, 0));
      sandbox_member_add_text (terminal, "store", sandbox_column_text (row, 1));
      sandbox_member_add_text (terminal, "terminal", sandbox_column_text (row, 2));
      sandbox_member_add_instant (terminal, "enrolled_at", sqlite3_column_int64 (row, 3));
      if (sqlite3_column_type (row, 4) != SQLITE_NULL)
        sandbox_member_add_instant (terminal, "revoked_at", sqlite3_column_int64 (row, 4));
      json_object_array_add (list, terminal);
      if (!sandbox_ledger_next (ledger, row))
        row = NULL;
    }
  sandbox_ledger_unlock (ledger);
  return sandbox_reply_new_json (200, list);
}

SandboxReply *
sandbox_enrolments_revoke (SandboxCall *call)
{
  Sandbox *sandbox = call->sandbox;
  gint64 now = sandbox_now (sandbox);
  g_autoptr (GError) error = NULL;
  int changed;

  sandbox_ledger_begin (sandbox->ledger);
  sandbox_ledger_run (sandbox->ledger, "UPDATE terminals SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", "is",
                      now, call->rest);
  changed = sandbox_ledger_changes (sandbox->ledger);
  if (changed == 1)
    publish_keys (sandbox->ledger, call->rest, now);
  if (!sandbox_ledger_commit (sandbox->ledger, &error))
    return sandbox_reply_new_problem (503, "unavailable", "%s", error->message);
  return changed == 1 ? sandbox_reply_new (204, NULL, NULL) : sandbox_reply_new_problem (404, "not-found", NULL);
}
