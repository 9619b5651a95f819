/* SPDX-License-Identifier: Apache-2.0 */
/* The proof token: what is signed is what is read, and nothing else passes for it. */
#include "base45.h"
#include "proof.h"

#include <check.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SIGNED_AT (G_GINT64_CONSTANT (1795514451) * RETOUR_SECOND)

static guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], secret_key[RETOUR_PROOF_SECRET_KEY_BYTES];
static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static RetourProofContent *
make_content (void)
{
  RetourProofContent *content = retour_proof_content_new ();

  g_strlcpy (content->number.store, "0214", sizeof content->number.store);
  content->number.terminal = 'A';
  content->number.counter = 381;
  for (guint i = 0; i < 16; i++)
    content->id[i] = (guint8) (0x10 + i);
  content->at = SIGNED_AT;
  content->order = g_strdup ("W10004217");
  content->units = 2;
  content->has_total = TRUE;
  content->total = 8340;
  strcpy (content->currency, "EUR");
  content->state = RETOUR_PROOF_RECEIVED;
  content->provisional = TRUE;
  return content;
}

static char *
sign (const RetourProofContent *content)
{
  g_autoptr (GError) error = NULL;
  char *token = retour_proof_sign (content, secret_key, &error);

  ck_assert_msg (token != NULL, "%s", error != NULL ? error->message : "no error");
  return token;
}

static GPtrArray *
make_keys (RetourProofKey *key)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_proof_key_free);

  if (key != NULL)
    g_ptr_array_add (keys, key);
  return keys;
}

static void
assert_verdict (const char *token, RetourProofKey *key, RetourProofVerdict expected)
{
  g_autoptr (GPtrArray) keys = make_keys (key);

  ck_assert_str_eq (retour_proof_verdict_code (retour_proof_verify (token, keys, NULL)),
                    retour_proof_verdict_code (expected));
}

static void
set_up (void)
{
  guint8 seed[crypto_sign_SEEDBYTES] = "retour proof test key, fixed sd";

  ck_assert_int_ge (sodium_init (), 0);
  crypto_sign_seed_keypair (public_key, secret_key, seed);
}

START_TEST (base45_agrees_with_rfc_9285)
{
  static const struct
  {
    const char *bytes, *text;
  } cases[] = {
    { "", "" }, { "AB", "BB8" }, { "Hello!!", "%69 VD92EX0" }, { "base-45", "UJCLQE7W581" }, { "ietf!", "QED8WEX0" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = retour_base45_encode ((const guint8 *) cases[i].bytes, strlen (cases[i].bytes));
      g_autoptr (GBytes) bytes = retour_base45_decode (cases[i].text);
      ck_assert_str_eq (text, cases[i].text);
      ck_assert_ptr_nonnull (bytes);
      ck_assert_uint_eq (g_bytes_get_size (bytes), strlen (cases[i].bytes));
      if (g_bytes_get_size (bytes) > 0)
        ck_assert_mem_eq (g_bytes_get_data (bytes, NULL), cases[i].bytes, g_bytes_get_size (bytes));
    }
}
END_TEST

START_TEST (base45_refuses_what_encodes_nothing)
{
  static const char *const wrong[] = { "A", "GGW", ":::", "::", "BB8A", "bb8", "BB\xc3\xa9", "5U", "U5\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    ck_assert_msg (retour_base45_decode (wrong[i]) == NULL, "“%s”", wrong[i]);
  g_autoptr (GBytes) highest = retour_base45_decode ("FGW");
  ck_assert_mem_eq (g_bytes_get_data (highest, NULL), "\xff\xff", 2);
  highest = (g_bytes_unref (highest), retour_base45_decode ("U5"));
  ck_assert_mem_eq (g_bytes_get_data (highest, NULL), "\xff", 1);
}
END_TEST

START_TEST (base45_gives_every_pair_of_bytes_back)
{
  for (guint value = 0; value < 65536; value++)
    {
      const guint8 pair[] = { (guint8) (value >> 8), (guint8) value };
      g_autofree char *text = retour_base45_encode (pair, 2);
      g_autoptr (GBytes) bytes = retour_base45_decode (text);
      ck_assert_uint_eq (g_bytes_get_size (bytes), 2);
      ck_assert_mem_eq (g_bytes_get_data (bytes, NULL), pair, 2);
    }
}
END_TEST

START_TEST (a_token_says_what_was_signed)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  g_autoptr (RetourProofContent) opened = retour_proof_open (token, NULL);
  guint8 key_id[RETOUR_PROOF_KEY_ID_BYTES];

  retour_proof_key_id (public_key, key_id);
  ck_assert_ptr_nonnull (opened);
  ck_assert_mem_eq (opened->key_id, key_id, sizeof key_id);
  ck_assert_str_eq (opened->number.store, "0214");
  ck_assert_int_eq (opened->number.terminal, 'A');
  ck_assert_uint_eq (opened->number.counter, 381);
  ck_assert_mem_eq (opened->id, content->id, 16);
  ck_assert_int_eq (opened->at, SIGNED_AT);
  ck_assert_str_eq (opened->order, "W10004217");
  ck_assert_uint_eq (opened->units, 2);
  ck_assert (opened->has_total);
  ck_assert_int_eq (opened->total, 8340);
  ck_assert_str_eq (opened->currency, "EUR");
  ck_assert_int_eq (opened->state, RETOUR_PROOF_RECEIVED);
  ck_assert (opened->provisional);
}
END_TEST

START_TEST (a_token_is_true_to_its_key_and_fits_a_small_qr_code)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  g_autoptr (RetourProofContent) read = NULL;
  g_autoptr (GPtrArray) keys = make_keys (retour_proof_key_new (public_key));

  ck_assert_uint_le (strlen (token), 200);
  ck_assert_uint_eq (strspn (token, characters), strlen (token));
  ck_assert_int_eq (retour_proof_verify (token, keys, &read), RETOUR_PROOF_VALID);
  ck_assert_str_eq (read->order, "W10004217");
  g_autofree char *again = sign (content);
  ck_assert_str_eq (token, again);
}
END_TEST

START_TEST (a_gift_and_a_blind_return_leave_out_what_they_must)
{
  g_autoptr (RetourProofContent) content = make_content ();

  g_clear_pointer (&content->order, g_free);
  content->has_total = FALSE;
  content->total = 0;
  content->currency[0] = '\0';
  content->state = RETOUR_PROOF_ACCEPTED;
  content->provisional = FALSE;
  content->at += 999999;
  g_autofree char *token = sign (content);
  g_autoptr (RetourProofContent) opened = retour_proof_open (token, NULL);
  ck_assert_ptr_null (opened->order);
  ck_assert (!opened->has_total);
  ck_assert_str_eq (opened->currency, "");
  ck_assert_int_eq (opened->state, RETOUR_PROOF_ACCEPTED);
  ck_assert (!opened->provisional);
  ck_assert_int_eq (opened->at, SIGNED_AT);
  assert_verdict (token, retour_proof_key_new (public_key), RETOUR_PROOF_VALID);
}
END_TEST

START_TEST (every_size_of_number_comes_back)
{
  static const guint64 numbers[] = { 0,   1,     23,    24,          255,
                                     256, 65535, 65536, G_MAXUINT32, G_GUINT64_CONSTANT (999999999999999) };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (RetourProofContent) content = make_content ();
      content->number.counter = numbers[i];
      content->total = (gint64) numbers[i];
      content->units = (guint32) MIN (numbers[i], G_MAXUINT32);
      content->at = (gint64) MIN (numbers[i], G_MAXINT64 / RETOUR_SECOND) * RETOUR_SECOND;
      g_autofree char *token = sign (content);
      g_autoptr (RetourProofContent) opened = retour_proof_open (token, NULL);
      ck_assert_uint_eq (opened->number.counter, content->number.counter);
      ck_assert_int_eq (opened->total, content->total);
      ck_assert_uint_eq (opened->units, content->units);
      ck_assert_int_eq (opened->at, content->at);
    }
}
END_TEST

START_TEST (what_cannot_be_written_is_refused_by_its_name)
{
  for (guint i = 0; i < 9; i++)
    {
      static const char *const members[] = { "number.store", "number.terminal", "number.counter", "at",      "order",
                                             "order",        "total",           "currency",       "currency" };
      g_autoptr (RetourProofContent) content = make_content ();
      g_autoptr (GError) error = NULL;
      g_autofree char *order = i == 4 ? g_strdup ("W1\n") : g_strnfill (65, 'W');
      if (i == 0)
        strcpy (content->number.store, "é");
      else if (i == 1)
        content->number.terminal = '1';
      else if (i == 2)
        content->number.counter = G_GUINT64_CONSTANT (1000000000000000);
      else if (i == 3)
        content->at = -1;
      else if (i == 4 || i == 5)
        content->order = (g_free (content->order), g_steal_pointer (&order));
      else if (i == 6)
        content->total = -1;
      else if (i == 7)
        strcpy (content->currency, "eu");
      else
        content->has_total = FALSE;
      ck_assert_ptr_null (retour_proof_sign (content, secret_key, &error));
      ck_assert (g_error_matches (error, RETOUR_PROOF_ERROR, RETOUR_PROOF_ERROR_CONTENT));
      ck_assert_msg (g_str_has_prefix (error->message, members[i]), "%s for %s", error->message, members[i]);
    }
}
END_TEST

START_TEST (no_changed_character_leaves_a_token_valid)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  g_autoptr (GPtrArray) keys = make_keys (retour_proof_key_new (public_key));

  for (gsize i = 0; token[i] != '\0'; i++)
    for (guint c = 0; characters[c] != '\0'; c++)
      {
        g_autofree char *changed = g_strdup (token);
        if (token[i] == characters[c])
          continue;
        changed[i] = characters[c];
        ck_assert_msg (retour_proof_verify (changed, keys, NULL) != RETOUR_PROOF_VALID, "%s", changed);
      }
}
END_TEST

START_TEST (no_flipped_bit_missing_or_added_byte_leaves_a_token_valid)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  g_autoptr (GPtrArray) keys = make_keys (retour_proof_key_new (public_key));
  g_autoptr (GBytes) bytes = retour_base45_decode (token + 4);
  gsize size;
  const guint8 *signed_bytes = g_bytes_get_data (bytes, &size);

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autofree guint8 *changed = g_memdup2 (signed_bytes, size);
      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      g_autofree char *text = retour_base45_encode (changed, size);
      g_autofree char *forged = g_strconcat ("RT1:", text, NULL);
      ck_assert_int_ne (retour_proof_verify (forged, keys, NULL), RETOUR_PROOF_VALID);
    }
  for (gsize length = 0; length < strlen (token); length++)
    {
      g_autofree char *cut = g_strndup (token, length);
      ck_assert_int_eq (retour_proof_verify (cut, keys, NULL), RETOUR_PROOF_ALTERED);
    }
  g_autofree char *longer = g_strconcat (token, "000", NULL);
  ck_assert_int_eq (retour_proof_verify (longer, keys, NULL), RETOUR_PROOF_ALTERED);
}
END_TEST

/* One who has no key changes the total and keeps the rest: the content is read, and said to be altered. */
START_TEST (a_forged_total_is_altered)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autoptr (RetourProofContent) dearer = make_content ();
  g_autoptr (RetourProofContent) read = NULL;
  g_autoptr (GPtrArray) keys = make_keys (retour_proof_key_new (public_key));

  dearer->total = 9999;
  g_autofree char *token = sign (content);
  g_autofree char *other = sign (dearer);
  g_autoptr (GBytes) right = retour_base45_decode (token + 4);
  g_autoptr (GBytes) wanted = retour_base45_decode (other + 4);
  gsize size = g_bytes_get_size (right);
  ck_assert_uint_eq (size, g_bytes_get_size (wanted));
  g_autofree guint8 *forged = g_memdup2 (g_bytes_get_data (wanted, NULL), size);
  memcpy (forged + size - crypto_sign_BYTES, (const guint8 *) g_bytes_get_data (right, NULL) + size - crypto_sign_BYTES,
          crypto_sign_BYTES);
  g_autofree char *text = retour_base45_encode (forged, size);
  g_autofree char *forgery = g_strconcat ("RT1:", text, NULL);
  ck_assert_int_eq (retour_proof_verify (forgery, keys, &read), RETOUR_PROOF_ALTERED);
  ck_assert_int_eq (read->total, 9999);
}
END_TEST

START_TEST (the_key_decides)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  guint8 other_public[RETOUR_PROOF_PUBLIC_KEY_BYTES], other_secret[RETOUR_PROOF_SECRET_KEY_BYTES];
  RetourProofKey *key;

  retour_proof_key_generate (other_public, other_secret);
  assert_verdict (token, NULL, RETOUR_PROOF_UNKNOWN_KEY);
  assert_verdict (token, retour_proof_key_new (other_public), RETOUR_PROOF_UNKNOWN_KEY);
  /* Another key under the same id. */
  key = retour_proof_key_new (other_public);
  retour_proof_key_id (public_key, key->id);
  assert_verdict (token, key, RETOUR_PROOF_ALTERED);
  /* Revoked: from then on nothing, before it everything. */
  key = retour_proof_key_new (public_key);
  key->revoked_at = SIGNED_AT;
  assert_verdict (token, key, RETOUR_PROOF_REVOKED_KEY);
  key = retour_proof_key_new (public_key);
  key->revoked_at = SIGNED_AT + 1;
  assert_verdict (token, key, RETOUR_PROOF_VALID);
  /* Out of its time. */
  key = retour_proof_key_new (public_key);
  key->valid_from = SIGNED_AT + 1;
  assert_verdict (token, key, RETOUR_PROOF_UNKNOWN_KEY);
  key = retour_proof_key_new (public_key);
  key->valid_to = SIGNED_AT;
  assert_verdict (token, key, RETOUR_PROOF_UNKNOWN_KEY);
  key = retour_proof_key_new (public_key);
  key->valid_from = SIGNED_AT;
  key->valid_to = SIGNED_AT + 1;
  assert_verdict (token, key, RETOUR_PROOF_VALID);
}
END_TEST

START_TEST (a_terminal_cannot_sign_for_another)
{
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  RetourProofKey *key = retour_proof_key_new (public_key);

  key->store = g_strdup ("0214");
  key->terminal = 'A';
  assert_verdict (token, retour_proof_key_copy (key), RETOUR_PROOF_VALID);
  key->terminal = 'B';
  assert_verdict (token, retour_proof_key_copy (key), RETOUR_PROOF_ALTERED);
  key->terminal = 0;
  g_free (key->store);
  key->store = g_strdup ("0215");
  assert_verdict (token, key, RETOUR_PROOF_ALTERED);
}
END_TEST

START_TEST (nonsense_is_no_token)
{
  static const char *const wrong[] = { "", "RT1:", "RT1", "rt1:BB8", "RT2:BB8", "RT1:BB8", "RT1:\xff\xfe", "RT1: " };
  g_autofree char *long_text = g_strnfill (10000, '0');
  g_autofree char *too_long = g_strconcat ("RT1:", long_text, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *token = i < G_N_ELEMENTS (wrong) ? wrong[i] : too_long;
      ck_assert_ptr_null (retour_proof_open (token, &error));
      ck_assert (g_error_matches (error, RETOUR_PROOF_ERROR, RETOUR_PROOF_ERROR_MALFORMED));
      assert_verdict (token, retour_proof_key_new (public_key), RETOUR_PROOF_ALTERED);
    }
}
END_TEST

/* Random payloads under a right signature: a reader of CBOR must not trip over what a thief of a key may sign. */
START_TEST (random_payloads_never_harm)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (RetourProofContent) content = make_content ();
  g_autofree char *token = sign (content);
  g_autoptr (GBytes) bytes = retour_base45_decode (token + 4);
  gsize size;
  const guint8 *right = g_bytes_get_data (bytes, &size);

  g_print ("# seed %u\n", seed);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (right, size);
      for (gint n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        changed[g_rand_int_range (rand, 0, (gint32) (size - crypto_sign_BYTES))] = (guint8) g_rand_int (rand);
      gsize kept = (gsize) g_rand_int_range (rand, 1, (gint32) size + 1);
      g_autofree char *text = retour_base45_encode (changed, kept);
      g_autofree char *odd = g_strconcat ("RT1:", text, NULL);
      g_autoptr (RetourProofContent) opened = retour_proof_open (odd, NULL);
      if (opened == NULL)
        continue;
      ck_assert (retour_store_code_is_valid (opened->number.store));
      ck_assert (!opened->has_total || opened->total >= 0);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("proof");
  TCase *base45 = tcase_create ("base45"), *token = tcase_create ("token");

  tcase_add_test (base45, base45_agrees_with_rfc_9285);
  tcase_add_test (base45, base45_refuses_what_encodes_nothing);
  tcase_add_test (base45, base45_gives_every_pair_of_bytes_back);
  suite_add_tcase (suite, base45);
  tcase_add_checked_fixture (token, set_up, NULL);
  tcase_add_test (token, a_token_says_what_was_signed);
  tcase_add_test (token, a_token_is_true_to_its_key_and_fits_a_small_qr_code);
  tcase_add_test (token, a_gift_and_a_blind_return_leave_out_what_they_must);
  tcase_add_test (token, every_size_of_number_comes_back);
  tcase_add_test (token, what_cannot_be_written_is_refused_by_its_name);
  tcase_add_test (token, no_changed_character_leaves_a_token_valid);
  tcase_add_test (token, no_flipped_bit_missing_or_added_byte_leaves_a_token_valid);
  tcase_add_test (token, a_forged_total_is_altered);
  tcase_add_test (token, the_key_decides);
  tcase_add_test (token, a_terminal_cannot_sign_for_another);
  tcase_add_test (token, nonsense_is_no_token);
  tcase_add_test (token, random_payloads_never_harm);
  suite_add_tcase (suite, token);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
