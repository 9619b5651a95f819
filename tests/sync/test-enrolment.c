/* SPDX-License-Identifier: Apache-2.0 */
/* Enrolment without an OMS at hand: keys, files, what damages them, and a renewal cut anywhere. ENGINEERING.md D.4, 35. The
 * conversation itself is tested against the sandbox. */
#include <check.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "device-key.h"
#include "enrolment-answer.h"
#include "enrolment.h"
#include "identity-files.h"
#include "json-span.h"
#include "proof.h"
#include "test-pki.h"

#define DAY 86400
#define PIN_A "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define PIN_B "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB="

static char *
json_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\\n", lines);
}

/* What the OMS would say to a request. */
static char *
answer_to (const TestPair *authority, const char *request, const char *terminal_id)
{
  RetourJsonSpan span = retour_json_span_member (request, strlen (request), "csr");
  g_autofree char *escaped = g_strndup (span.text + 1, span.length - 2);
  g_autofree char *csr = g_strcompress (escaped);
  g_autofree char *certificate = test_pki_sign (authority, csr, -10 * DAY, 80 * DAY);
  g_autofree char *certificate_text = json_text (certificate);
  g_autofree char *authority_text = json_text (authority->certificate_pem);

  return g_strdup_printf (
      "{\"terminal_id\":\"%s\",\"certificate\":\"%s\",\"ca\":\"%s\",\"pins\":[\"" PIN_A "\",\"" PIN_B
      "\"],\"chain\":\"Maison Lisière\",\"store\":{\"code\":\"0214\",\"name\":\"Lyon Bellecour\",\"address\":\"12 rue\","
      "\"phone\":\"04\"},\"terminal\":\"A\",\"key_id\":\"0011223344556677\",\"currency\":\"EUR\",\"time_zone\":"
      "\"Europe/Paris\",\"not_after\":\"2027-01-01T00:00:00Z\"}",
      terminal_id, certificate_text, authority_text);
}

typedef struct
{
  TestPair *authority;
  char *directory;
} Rig;

/* A directory as an enrolment leaves it, made by the same halves that a renewal uses. */
static void
rig_init (Rig *rig)
{
  guint8 public_key[32], secret[64];

  rig->authority = test_pki_authority ("Company");
  rig->directory = g_dir_make_tmp ("retour-enrolment-XXXXXX", NULL);
  g_autofree char *key = retour_device_key_new (NULL);
  g_autofree char *csr = retour_device_key_request (key, "Retour terminal", NULL);
  g_autofree char *certificate = test_pki_sign (rig->authority, csr, -60 * DAY, 30 * DAY);
  g_autofree char *device = g_strconcat (key, certificate, NULL);
  static const char document[] =
      "{\"address\":\"https://oms.example.fr\",\"terminal_id\":\"trm_1\",\"chain\":\"Maison Lisière\",\"store\":{\"code\":"
      "\"0214\",\"name\":\"Lyon Bellecour\"},\"terminal\":\"A\",\"key_id\":\"0011223344556677\",\"currency\":\"EUR\","
      "\"time_zone\":\"Europe/Paris\"}";
  retour_proof_key_generate (public_key, secret);
  ck_assert (retour_identity_make_directory (rig->directory, NULL));
  ck_assert (retour_identity_write (rig->directory, "device.pem", device, strlen (device), NULL));
  ck_assert (retour_identity_write (rig->directory, "ca.pem", rig->authority->certificate_pem,
                                    strlen (rig->authority->certificate_pem), NULL));
  ck_assert (retour_identity_write (rig->directory, "pins", PIN_A ";" PIN_B "\n", strlen (PIN_A PIN_B) + 2, NULL));
  ck_assert (retour_identity_write (rig->directory, "proof.key", secret, 64, NULL));
  ck_assert (retour_identity_write (rig->directory, "enrolment.json", document, strlen (document), NULL));
}

static void
rig_clear (Rig *rig)
{
  g_autoptr (GDir) dir = g_dir_open (rig->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (rig->directory, name, NULL);
      g_unlink (path);
    }
  g_rmdir (rig->directory);
  g_free (rig->directory);
  test_pair_free (rig->authority);
}

START_TEST (what_was_written_is_read_again)
{
  Rig rig;
  g_autoptr (GError) error = NULL;

  rig_init (&rig);
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (rig.directory, &error);
  g_assert_no_error (error);
  ck_assert_str_eq (enrolment->address, "https://oms.example.fr");
  ck_assert_str_eq (enrolment->identity->store, "0214");
  ck_assert_str_eq (enrolment->identity->store_name, "Lyon Bellecour");
  ck_assert_ptr_null (enrolment->identity->store_phone);
  ck_assert_str_eq (enrolment->pins, PIN_A ";" PIN_B);
  /* Two thirds of the ninety days that began sixty days ago: now. */
  ck_assert_int_le (ABS (retour_enrolment_renew_at (enrolment) - g_get_real_time ()), 120 * RETOUR_SECOND);
  guint8 signature[crypto_sign_BYTES];
  crypto_sign_detached (signature, NULL, (const guint8 *) "x", 1, enrolment->proof_secret);
  ck_assert_int_eq (crypto_sign_verify_detached (signature, (const guint8 *) "x", 1, enrolment->proof_public), 0);
  g_autoptr (RetourEnrolment) copy = retour_enrolment_copy (enrolment);
  ck_assert_str_eq (copy->identity->chain, enrolment->identity->chain);
  rig_clear (&rig);
}
END_TEST

START_TEST (the_files_are_for_the_owner_alone)
{
  Rig rig;
  struct stat about;
  static const char *const names[] = { "device.pem", "ca.pem", "pins", "proof.key", "enrolment.json" };

  rig_init (&rig);
  ck_assert_int_eq (g_stat (rig.directory, &about), 0);
  ck_assert_uint_eq (about.st_mode & 0777, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (rig.directory, names[i], NULL);
      ck_assert_int_eq (g_stat (path, &about), 0);
      ck_assert_uint_eq (about.st_mode & 0777, 0600);
    }
  rig_clear (&rig);
}
END_TEST

START_TEST (a_directory_that_is_not_there_is_not_enrolled)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (retour_enrolment_load ("/nowhere/at/all", &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_NOT_ENROLLED));
}
END_TEST

START_TEST (a_damaged_directory_says_which_file)
{
  static const struct
  {
    const char *name, *content; /* NULL: taken away */
  } damages[] = {
    { "device.pem", NULL },     { "ca.pem", NULL },           { "pins", NULL },
    { "proof.key", NULL },      { "proof.key", "short" },     { "device.pem", "nonsense" },
    { "enrolment.json", "{}" }, { "enrolment.json", "\xff" }, { "enrolment.json", "{\"address\":1}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      Rig rig;
      g_autoptr (GError) error = NULL;
      rig_init (&rig);
      if (damages[i].content == NULL)
        retour_identity_remove (rig.directory, damages[i].name);
      else
        ck_assert (retour_identity_write (rig.directory, damages[i].name, damages[i].content,
                                          strlen (damages[i].content), NULL));
      ck_assert_ptr_null (retour_enrolment_load (rig.directory, &error));
      ck_assert_msg (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED), "%s: %s",
                     damages[i].name, error->message);
      rig_clear (&rig);
    }
}
END_TEST

START_TEST (a_proof_key_whose_halves_differ_is_damaged)
{
  Rig rig;
  guint8 mixed[64];
  g_autoptr (GError) error = NULL;

  rig_init (&rig);
  randombytes_buf (mixed, sizeof mixed);
  ck_assert (retour_identity_write (rig.directory, "proof.key", mixed, 64, NULL));
  ck_assert_ptr_null (retour_enrolment_load (rig.directory, &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED));
  rig_clear (&rig);
}
END_TEST

START_TEST (a_certificate_of_another_key_is_refused)
{
  g_autoptr (TestPair) authority = test_pki_authority ("Company");
  g_autofree char *key = retour_device_key_new (NULL), *other = retour_device_key_new (NULL);
  g_autofree char *csr = retour_device_key_request (key, "Retour terminal", NULL);
  g_autofree char *certificate = test_pki_sign (authority, csr, 0, DAY);
  RetourInstant from, until;
  g_autoptr (GError) error = NULL;

  ck_assert (retour_device_key_fits (key, certificate, &from, &until, NULL));
  ck_assert_int_eq (until - from, DAY * RETOUR_SECOND);
  ck_assert (!retour_device_key_fits (other, certificate, &from, &until, &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED));
}
END_TEST

START_TEST (a_renewal_swaps_key_and_certificate_together)
{
  Rig rig;
  g_autoptr (GError) error = NULL;

  rig_init (&rig);
  g_autoptr (RetourEnrolment) before = retour_enrolment_load (rig.directory, NULL);
  g_autofree char *request = retour_enrolment_begin_renewal (rig.directory, before, &error);
  g_assert_no_error (error);
  ck_assert_ptr_null (strstr (request, "\"code\""));
  g_autofree char *answer = answer_to (rig.authority, request, "trm_1");
  g_autoptr (RetourEnrolment) after =
      retour_enrolment_finish_renewal (rig.directory, before, answer, strlen (answer), &error);
  g_assert_no_error (error);
  ck_assert_str_ne (before->device_pem, after->device_pem);
  ck_assert_mem_eq (before->proof_secret, after->proof_secret, 64);
  g_autoptr (RetourEnrolment) loaded = retour_enrolment_load (rig.directory, &error);
  g_assert_no_error (error);
  ck_assert_str_eq (loaded->device_pem, after->device_pem);
  ck_assert_str_eq (loaded->address, before->address);
  ck_assert_int_gt (loaded->valid_until, before->valid_until);
  rig_clear (&rig);
}
END_TEST

START_TEST (an_interrupted_renewal_keeps_the_old_key_and_goes_on_with_the_same_new_one)
{
  Rig rig;
  static const char *const nonsense[] = { "", "<html>", "{}", "{\"terminal_id\":\"trm_1\"" };

  rig_init (&rig);
  g_autoptr (RetourEnrolment) before = retour_enrolment_load (rig.directory, NULL);
  g_autofree char *first = retour_enrolment_begin_renewal (rig.directory, before, NULL);
  g_autofree char *answer = answer_to (rig.authority, first, "trm_1");
  for (gsize length = 0; length < strlen (answer); length += 97)
    ck_assert_ptr_null (retour_enrolment_finish_renewal (rig.directory, before, answer, length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    ck_assert_ptr_null (
        retour_enrolment_finish_renewal (rig.directory, before, nonsense[i], strlen (nonsense[i]), NULL));
  g_autoptr (RetourEnrolment) loaded = retour_enrolment_load (rig.directory, NULL);
  ck_assert_str_eq (loaded->device_pem, before->device_pem);
  /* The OMS signed, its answer was lost: the same key is offered again, and yesterday's answer still fits it. */
  g_autofree char *second = retour_enrolment_begin_renewal (rig.directory, before, NULL);
  g_autoptr (RetourEnrolment) after =
      retour_enrolment_finish_renewal (rig.directory, before, answer, strlen (answer), NULL);
  ck_assert_ptr_nonnull (after);
  rig_clear (&rig);
}
END_TEST

START_TEST (a_renewal_for_another_terminal_or_key_is_refused)
{
  Rig rig;
  g_autoptr (GError) error = NULL;

  rig_init (&rig);
  g_autoptr (RetourEnrolment) before = retour_enrolment_load (rig.directory, NULL);
  g_autofree char *request = retour_enrolment_begin_renewal (rig.directory, before, NULL);
  g_autofree char *other = answer_to (rig.authority, request, "trm_2");
  ck_assert_ptr_null (retour_enrolment_finish_renewal (rig.directory, before, other, strlen (other), &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED));
  g_clear_error (&error);
  g_autofree char *good = answer_to (rig.authority, request, "trm_1");
  retour_identity_remove (rig.directory, "device.next");
  g_autofree char *again = retour_enrolment_begin_renewal (rig.directory, before, NULL);
  ck_assert_ptr_null (retour_enrolment_finish_renewal (rig.directory, before, good, strlen (good), &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_DAMAGED));
  g_autoptr (RetourEnrolment) loaded = retour_enrolment_load (rig.directory, NULL);
  ck_assert_str_eq (loaded->device_pem, before->device_pem);
  rig_clear (&rig);
}
END_TEST

START_TEST (pins_that_curl_would_ignore_are_refused)
{
  static const char *const bad[] = { "[]",
                                     "[\"\"]",
                                     "[\"sha256//short\"]",
                                     "[\"md5//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]",
                                     "[\"" PIN_A "\",\"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;=\"]",
                                     "[7]" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *answer = g_strdup_printf (
          "{\"terminal_id\":\"t\",\"certificate\":\"c\",\"ca\":\"a\",\"pins\":%s,\"chain\":\"m\",\"store\":{\"code\":\"0214\","
          "\"name\":\"n\"},\"terminal\":\"A\",\"key_id\":\"k\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\"}",
          bad[i]);
      g_autofree char *certificate = NULL;
      g_autoptr (GError) error = NULL;
      ck_assert_ptr_null (retour_enrolment_read_answer (answer, strlen (answer), &certificate, &error));
      ck_assert_msg (strstr (error->message, "pins") != NULL, "%s: %s", bad[i], error->message);
    }
}
END_TEST

START_TEST (a_directory_that_cannot_be_written_says_so)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!retour_identity_make_directory ("/proc/nothing/here", &error));
  ck_assert (g_error_matches (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_FILE));
}
END_TEST

START_TEST (nobody_to_enrol_with_leaves_no_trace)
{
  g_autofree char *parent = g_dir_make_tmp ("retour-enrolment-XXXXXX", NULL);
  g_autofree char *directory = g_build_filename (parent, "identity", NULL);
  g_autoptr (TestPair) authority = test_pki_authority ("Company");
  const RetourEnrolmentRequest request = { .address = "https://127.0.0.1:1/",
                                           .code = "AAAA-BBBB-CCCC-DDDD",
                                           .terminal = "A",
                                           .authority_pem = authority->certificate_pem };
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (retour_enrolment_run (directory, &request, &error));
  ck_assert (g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE));
  ck_assert (!g_file_test (directory, G_FILE_TEST_EXISTS));
  g_rmdir (parent);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("enrolment");
  TCase *files = tcase_create ("files"), *renewal = tcase_create ("renewal");

  if (sodium_init () < 0)
    return EXIT_FAILURE;
  tcase_add_test (files, what_was_written_is_read_again);
  tcase_add_test (files, the_files_are_for_the_owner_alone);
  tcase_add_test (files, a_directory_that_is_not_there_is_not_enrolled);
  tcase_add_test (files, a_damaged_directory_says_which_file);
  tcase_add_test (files, a_proof_key_whose_halves_differ_is_damaged);
  tcase_add_test (files, a_directory_that_cannot_be_written_says_so);
  tcase_add_test (files, nobody_to_enrol_with_leaves_no_trace);
  suite_add_tcase (suite, files);
  tcase_add_test (renewal, a_certificate_of_another_key_is_refused);
  tcase_add_test (renewal, a_renewal_swaps_key_and_certificate_together);
  tcase_add_test (renewal, an_interrupted_renewal_keeps_the_old_key_and_goes_on_with_the_same_new_one);
  tcase_add_test (renewal, a_renewal_for_another_terminal_or_key_is_refused);
  tcase_add_test (renewal, pins_that_curl_would_ignore_are_refused);
  suite_add_tcase (suite, renewal);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
