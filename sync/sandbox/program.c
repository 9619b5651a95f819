/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include "chain.h"
#include "generator.h"
#include "members.h"
#include "returns.h"
#include "server.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

typedef struct
{
  Sandbox sandbox; /* first: what the outside holds */
  SandboxServer *server;
} Program;

/* A fact of the book, made when the book is new. */
static char *
recall (SandboxLedger *ledger, const char *name, gsize bytes)
{
  char *value = sandbox_ledger_text (ledger, "SELECT value FROM meta WHERE name = ?", "s", name);
  g_autofree guint8 *random = g_malloc (bytes);

  if (value != NULL)
    return value;
  randombytes_buf (random, bytes);
  value = g_malloc (bytes * 2 + 1);
  sodium_bin2hex (value, bytes * 2 + 1, random, bytes);
  sandbox_ledger_run (ledger, "INSERT INTO meta VALUES (?, ?)", "ss", name, value);
  return value;
}

static gboolean
recall_secrets (Sandbox *sandbox, GError **error)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  g_autofree char *hex = NULL;

  sandbox_ledger_begin (sandbox->ledger);
  sandbox->epoch = recall (sandbox->ledger, "epoch", 4);
  sandbox->token = recall (sandbox->ledger, "token", 24);
  hex = recall (sandbox->ledger, "seal_seed", sizeof seed);
  if (!sandbox_ledger_commit (sandbox->ledger, error))
    return FALSE;
  if (sodium_hex2bin (seed, sizeof seed, hex, strlen (hex), NULL, NULL, NULL) != 0)
    memset (seed, 0, sizeof seed);
  crypto_sign_seed_keypair (sandbox->seal_public_key, sandbox->seal_secret_key, seed);
  return TRUE;
}

/* DIR/sandbox.json: where it is, for who starts a terminal, a test or the command line. */
static gboolean
write_address (const Sandbox *sandbox, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "sandbox.json", NULL);
  g_autofree char *folder = g_canonicalize_filename (directory, NULL);
  g_autofree char *ca = g_build_filename (folder, "ca.pem", NULL);
  json_object *address = json_object_new_object (), *staff = json_object_new_array ();
  gboolean written;

  sandbox_member_add_text (address, "url", sandbox->url);
  sandbox_member_add_text (address, "ca", ca);
  sandbox_member_add_text (address, "pin", sandbox_authority_get_pin (sandbox->authority, 0));
  sandbox_member_add_text (address, "token", sandbox->token);
  for (guint i = 0; i < SANDBOX_COLLEAGUES; i++)
    {
      const SandboxColleague *colleague = sandbox_chain_colleague (i);
      json_object *entry = json_object_new_object ();

      sandbox_member_add_text (entry, "id", colleague->id);
      sandbox_member_add_text (entry, "name", colleague->name);
      sandbox_member_add_text (entry, "role", retour_role_code (colleague->role));
      sandbox_member_add_text (entry, "badge", colleague->badge);
      sandbox_member_add_text (entry, "pin", colleague->pin);
      json_object_array_add (staff, entry);
    }
  json_object_object_add (address, "staff", staff);
  written = g_file_set_contents_full (path,
                                      json_object_to_json_string_ext (address, JSON_C_TO_STRING_PRETTY
                                                                                   | JSON_C_TO_STRING_NOSLASHESCAPE),
                                      -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  json_object_put (address);
  return written;
}

static gboolean
open_book (Program *self, const SandboxSettings *settings, GError **error)
{
  Sandbox *sandbox = &self->sandbox;
  if (g_mkdir_with_parents (settings->directory, 0700) < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", settings->directory,
                   g_strerror (errno));
      return FALSE;
    }
  sandbox->authority = sandbox_authority_open (settings->directory, error);
  if (sandbox->authority == NULL)
    return FALSE;
  sandbox->ledger = sandbox_ledger_open (settings->directory, error);
  if (sandbox->ledger == NULL || !recall_secrets (sandbox, error))
    return FALSE;
  /* A chain that was cut off while it was made is made again. */
  if (sandbox_ledger_integer (sandbox->ledger, "SELECT count (*) FROM stores", "") == 0
      && !sandbox_generator_run (sandbox, settings->orders, settings->seed, error))
    return FALSE;
  sandbox_ledger_go_live (sandbox->ledger);
  return TRUE;
}

Sandbox *
sandbox_program_start (const SandboxSettings *settings, const RetourDocuments *documents, GError **error)
{
  Program *self = g_new0 (Program, 1);
  Sandbox *sandbox = &self->sandbox;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sandbox->documents = documents;
  sandbox->refund_delay = settings->refund_delay;
  sandbox->clock_shift = settings->now == RETOUR_INSTANT_NONE ? 0 : settings->now - g_get_real_time ();
  sandbox->faults = sandbox_faults_new ((guint32) settings->seed);
  if (sandbox_faults_set (sandbox->faults, settings->faults, error) && open_book (self, settings, error))
    {
      sandbox->timer = sandbox_timer_new (sandbox_returns_due, sandbox);
      self->server = sandbox_server_start (sandbox, settings->port, error);
      if (self->server != NULL && write_address (sandbox, settings->directory, error))
        return sandbox;
    }
  sandbox_program_stop (sandbox);
  return NULL;
}

void
sandbox_program_stop (Sandbox *sandbox)
{
  Program *self = (Program *) sandbox;

  if (self == NULL)
    return;
  if (sandbox->timer != NULL)
    sandbox_timer_stop (sandbox->timer);
  sandbox_server_stop (self->server);
  sandbox_timer_free (sandbox->timer);
  sandbox_ledger_close (sandbox->ledger);
  sandbox_authority_free (sandbox->authority);
  sandbox_faults_free (sandbox->faults);
  sodium_memzero (sandbox->seal_secret_key, sizeof sandbox->seal_secret_key);
  g_free (sandbox->url);
  g_free (sandbox->token);
  g_free (sandbox->epoch);
  g_free (self);
}
