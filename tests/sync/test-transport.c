/* SPDX-License-Identifier: Apache-2.0 */
/* The transport against real servers of bad manners on loopback (fault-server.py): certificates, pins, portals, bombs, cuts,
 * silence. ENGINEERING.md D.4, 13, 14, 16, 17, 21, 22. */
#include <arpa/inet.h>
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "device-key.h"
#include "test-pki.h"
#include "test-program.h"
#include "transport.h"

static gint64
boot_now (gpointer self)
{
  return g_get_monotonic_time ();
}

static RetourInstant
wall_now (gpointer self)
{
  return g_get_real_time ();
}

static const RetourClock test_clock = { .boot = boot_now, .wall = wall_now };

/* Made once, before the tests fork. */
static TestPair *authority, *other_authority;
static GHashTable *ports; /* name → port */
static GHashTable *pins;
static TestProgram *server;
static char *directory;

static void
write_pair (const char *name, TestPair *pair)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.pem", directory, name);
  g_autofree char *text = g_strconcat (pair->certificate_pem, pair->key_pem, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_hash_table_insert (pins, g_strdup (name), test_pki_pin (pair->certificate_pem));
  test_pair_free (pair);
}

static void
note_port (const char *line, gpointer user_data)
{
  const char *space = strchr (line, ' ');

  g_hash_table_insert (ports, g_strndup (line, (gsize) (space - line)), GINT_TO_POINTER (atoi (space + 1)));
}

static void
start_server (void)
{
  directory = g_dir_make_tmp ("retour-transport-XXXXXX", NULL);
  const char *const argv[] = { "/usr/bin/python3", FAULT_SERVER, directory, NULL };
  ports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  authority = test_pki_authority ("Company");
  other_authority = test_pki_authority ("Somebody else");
  g_autofree char *authority_path = g_build_filename (directory, "authority.crt", NULL);
  g_assert_true (g_file_set_contents (authority_path, authority->certificate_pem, -1, NULL));
  write_pair ("good", test_pki_server (authority, "127.0.0.1", -600, 600));
  write_pair ("expired", test_pki_server (authority, "127.0.0.1", -600, -10));
  write_pair ("not-yet", test_pki_server (authority, "127.0.0.1", 300, 600));
  write_pair ("wrong-host", test_pki_server (authority, "oms.example.fr", -600, 600));
  write_pair ("other-authority", test_pki_server (other_authority, "127.0.0.1", -600, 600));
  write_pair ("self-signed", test_pki_authority ("127.0.0.1"));
  server = test_program_start (argv, note_port, NULL);
}

static void
stop_server (void)
{
  test_program_stop (server);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_unlink (path);
    }
  g_rmdir (directory);
}

typedef struct
{
  guint calls;
  RetourVerdict verdict;
  guint status;
  RetourTransferEnd end;
  gint64 retry_after;
  RetourInstant date;
  char *message, *body;
  gsize body_length;
  gsize streamed; /* bytes given to the body function */
  gsize stop_at;  /* it stops there; 0: never */
  gint64 milliseconds;
} Outcome;

static void
on_done (guint request, const RetourReply *reply, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->calls++;
  outcome->verdict = reply->verdict;
  outcome->status = reply->outline.status;
  outcome->end = reply->outline.end;
  outcome->retry_after = reply->retry_after;
  outcome->date = reply->date;
  outcome->message = g_strdup (reply->message);
  outcome->body = g_strndup (reply->body ? reply->body : "", reply->body_length);
  outcome->body_length = reply->body_length;
}

static RetourBodyWish
on_body (guint request, const char *bytes, gsize length, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->streamed += length;
  return outcome->stop_at != 0 && outcome->streamed >= outcome->stop_at ? RETOUR_BODY_STOP : RETOUR_BODY_MORE;
}

static void
clear (Outcome *outcome)
{
  g_free (outcome->message);
  g_free (outcome->body);
  *outcome = (Outcome){ 0 };
}

static RetourTransport *
transport_to (const char *name, const char *pin, const char *scheme)
{
  g_autofree char *address =
      g_strdup_printf ("%s://127.0.0.1:%d", scheme, GPOINTER_TO_INT (g_hash_table_lookup (ports, name)));
  const RetourTransportOptions options = { .address = address,
                                           .authority_pem = authority->certificate_pem,
                                           .pins = pin,
                                           .connect_timeout = 1000,
                                           .stall_timeout = 2 };
  g_autoptr (GError) error = NULL;
  RetourTransport *transport = retour_transport_new (&options, &test_clock, &error);

  g_assert_no_error (error);
  return transport;
}

static RetourTransport *
good_transport (void)
{
  return transport_to ("good", g_hash_table_lookup (pins, "good"), "https");
}

static void
run (RetourTransport *transport, RetourTransportRequest request, Outcome *outcome)
{
  gint64 start = g_get_monotonic_time ();

  if (request.expected == NULL)
    request.expected = "application/json";
  request.done = on_done;
  request.user_data = outcome;
  retour_transport_run (transport, &request);
  outcome->milliseconds = (g_get_monotonic_time () - start) / 1000;
  ck_assert_uint_eq (outcome->calls, 1);
}

static void
get (const char *path, Outcome *outcome)
{
  g_autoptr (RetourTransport) transport = good_transport ();

  run (transport, (RetourTransportRequest){ .path = path, .timeout = 20000 }, outcome);
}

START_TEST (a_good_answer_is_believed)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  g_autoptr (GBytes) upload = g_bytes_new_static ("twelve bytes", 12);
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = "/ok", .upload = upload }, &outcome);
  ck_assert_msg (outcome.verdict == RETOUR_VERDICT_OK, "%s", outcome.message);
  ck_assert_str_eq (outcome.body, "{\"got\":12}");
  ck_assert_ptr_null (outcome.message);
  ck_assert_int_le (ABS (outcome.date - g_get_real_time ()), 2 * RETOUR_SECOND);
  clear (&outcome);
  run (transport, (RetourTransportRequest){ .path = "/interim" }, &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_OK);
  clear (&outcome);
}
END_TEST

static const struct
{
  const char *server, *pin, *scheme;
  RetourVerdict verdict;
} strangers[] = {
  { "expired", "expired", "https", RETOUR_VERDICT_UNTRUSTED },
  { "not-yet", "not-yet", "https", RETOUR_VERDICT_UNTRUSTED },
  { "wrong-host", "wrong-host", "https", RETOUR_VERDICT_UNTRUSTED },
  { "other-authority", "other-authority", "https", RETOUR_VERDICT_UNTRUSTED },
  { "self-signed", "self-signed", "https", RETOUR_VERDICT_UNTRUSTED },
  { "good", "expired", "https", RETOUR_VERDICT_UNTRUSTED }, /* right authority, wrong pin */
  { "old-tls", "good", "https", RETOUR_VERDICT_UNTRUSTED },
  { "plain", "good", "https", RETOUR_VERDICT_UNTRUSTED }, /* no TLS on the other side */
  { "plain", "good", "http", RETOUR_VERDICT_NETWORK },    /* never without TLS */
};

START_TEST (a_stranger_is_told_nothing)
{
  const char *pin = g_hash_table_lookup (pins, strangers[_i].pin);
  g_autoptr (RetourTransport) transport = transport_to (strangers[_i].server, pin, strangers[_i].scheme);
  g_autoptr (GBytes) upload = g_bytes_new_static ("secret", 6);
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = "/ok", .upload = upload, .timeout = 10000 }, &outcome);
  ck_assert_msg (outcome.verdict == strangers[_i].verdict, "%s: %s: %s", strangers[_i].server,
                 retour_verdict_code (outcome.verdict), outcome.message);
  ck_assert_uint_eq (outcome.status, 0);
  ck_assert_ptr_nonnull (outcome.message);
  clear (&outcome);
}
END_TEST

START_TEST (a_pin_alone_or_an_authority_alone_is_enough_to_enrol_but_nothing_is_not)
{
  const char *pin = g_hash_table_lookup (pins, "good");
  g_autofree char *address =
      g_strdup_printf ("https://127.0.0.1:%d", GPOINTER_TO_INT (g_hash_table_lookup (ports, "good")));
  RetourTransportOptions options = { .address = address };
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (retour_transport_new (&options, &test_clock, &error));
  ck_assert (g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_REFUSED));
  for (int i = 0; i < 2; i++)
    {
      options.pins = i == 0 ? pin : NULL;
      options.authority_pem = i == 0 ? NULL : authority->certificate_pem;
      g_autoptr (RetourTransport) transport = retour_transport_new (&options, &test_clock, NULL);
      Outcome outcome = { 0 };
      run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
      ck_assert_msg (outcome.verdict == RETOUR_VERDICT_OK, "%s", outcome.message);
      clear (&outcome);
    }
  options.pins = g_hash_table_lookup (pins, "expired");
  options.authority_pem = NULL;
  g_autoptr (RetourTransport) transport = retour_transport_new (&options, &test_clock, NULL);
  Outcome outcome = { 0 };
  run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_UNTRUSTED);
  clear (&outcome);
}
END_TEST

START_TEST (the_terminal_shows_its_own_certificate)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = retour_device_key_new (&error);
  g_autofree char *request = retour_device_key_request (key, "Retour terminal", &error);
  g_autofree char *certificate = test_pki_sign (authority, request, -600, 600);
  g_autofree char *device = g_strconcat (key, certificate, NULL);
  g_autofree char *address =
      g_strdup_printf ("https://127.0.0.1:%d", GPOINTER_TO_INT (g_hash_table_lookup (ports, "mutual")));
  RetourTransportOptions options = { .address = address, .authority_pem = authority->certificate_pem };

  for (int shown = 0; shown < 2; shown++)
    {
      Outcome outcome = { 0 };
      options.device_pem = shown ? device : NULL;
      g_autoptr (RetourTransport) transport = retour_transport_new (&options, &test_clock, &error);
      run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
      ck_assert_msg ((outcome.verdict == RETOUR_VERDICT_OK) == shown, "%s", outcome.message);
      clear (&outcome);
    }
}
END_TEST

static const struct
{
  const char *path;
  RetourVerdict verdict;
} manners[] = {
  { "/302", RETOUR_VERDICT_PORTAL },
  { "/302-home", RETOUR_VERDICT_PORTAL },
  { "/511", RETOUR_VERDICT_PORTAL },
  { "/html", RETOUR_VERDICT_PORTAL },
  { "/html-as-json", RETOUR_VERDICT_PORTAL },
  { "/wrong-media-type", RETOUR_VERDICT_PORTAL },
  { "/no-nonce", RETOUR_VERDICT_PORTAL },
  { "/no-protocol", RETOUR_VERDICT_PORTAL },
  { "/stale", RETOUR_VERDICT_PORTAL },
  { "/status?400", RETOUR_VERDICT_REJECTED },
  { "/status?401", RETOUR_VERDICT_RENEW },
  { "/status?403", RETOUR_VERDICT_FORBIDDEN },
  { "/status?404", RETOUR_VERDICT_REFUSED },
  { "/status?410", RETOUR_VERDICT_GONE },
  { "/status?413", RETOUR_VERDICT_TOO_LARGE },
  { "/status?426", RETOUR_VERDICT_UPGRADE },
  { "/status?429", RETOUR_VERDICT_BUSY },
  { "/status?500", RETOUR_VERDICT_BUSY },
  { "/no-answer", RETOUR_VERDICT_NETWORK },
  { "/cut-head", RETOUR_VERDICT_NETWORK },
};

START_TEST (every_manner_has_its_verdict)
{
  Outcome outcome = { 0 };

  get (manners[_i].path, &outcome);
  ck_assert_msg (outcome.verdict == manners[_i].verdict, "%s: %s: %s", manners[_i].path,
                 retour_verdict_code (outcome.verdict), outcome.message);
  ck_assert_ptr_nonnull (outcome.message);
  if (g_str_has_prefix (manners[_i].path, "/status"))
    ck_assert_ptr_nonnull (strstr (outcome.message, "Trouble: as asked"));
  clear (&outcome);
}
END_TEST

/* The answer to the request before, on the same connection: neither it nor anything after it on that connection counts. */
START_TEST (an_answer_to_another_question_is_not_believed_and_its_connection_dropped)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
  clear (&outcome);
  run (transport, (RetourTransportRequest){ .path = "/stale" }, &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_PORTAL);
  ck_assert_str_eq (outcome.message, "the answer is not to this question");
  clear (&outcome);
  /* Two answers to one request: the second must not become the answer to the next. */
  run (transport, (RetourTransportRequest){ .path = "/two-answers" }, &outcome);
  clear (&outcome);
  for (int i = 0; i < 2; i++)
    {
      run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
      ck_assert_msg (outcome.verdict != RETOUR_VERDICT_OK || g_str_equal (outcome.body, "{\"got\":0}"), "%s",
                     outcome.body);
      clear (&outcome);
    }
  run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_OK);
  clear (&outcome);
}
END_TEST

START_TEST (retry_after_comes_through)
{
  Outcome outcome = { 0 };

  get ("/retry?7", &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_BUSY);
  ck_assert_int_eq (outcome.retry_after, 7 * RETOUR_SECOND);
  clear (&outcome);
  get ("/status?503", &outcome);
  ck_assert_int_eq (outcome.retry_after, -1);
  clear (&outcome);
}
END_TEST

START_TEST (a_bomb_is_stopped_at_the_cap_on_what_it_unpacks_to)
{
  Outcome outcome = { 0 };

  get ("/bomb", &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_MALFORMED);
  ck_assert_uint_le (outcome.body_length, 4 * 1024 * 1024);
  clear (&outcome);
}
END_TEST

START_TEST (a_body_cut_anywhere_is_delivered_up_to_the_cut)
{
  static const int cuts[] = { 0, 1, 38, 39, 40, 1000, 3899 };
  g_autoptr (RetourTransport) transport = good_transport ();

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      Outcome outcome = { 0 };
      g_autofree char *path = g_strdup_printf ("/cut?%d", cuts[i]);
      run (transport, (RetourTransportRequest){ .path = path, .expected = "application/jsonl", .body = on_body },
           &outcome);
      ck_assert_msg (outcome.verdict == RETOUR_VERDICT_CUT, "%s: %s", path, outcome.message);
      ck_assert_uint_eq (outcome.streamed, (gsize) cuts[i]);
      clear (&outcome);
    }
  Outcome outcome = { 0 };
  run (transport, (RetourTransportRequest){ .path = "/cut-reset", .expected = "application/jsonl", .body = on_body },
       &outcome);
  /* A reset may throw away even what had arrived. */
  ck_assert (outcome.verdict == RETOUR_VERDICT_CUT || outcome.verdict == RETOUR_VERDICT_NETWORK);
  clear (&outcome);
}
END_TEST

START_TEST (a_packed_feed_streams_through)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = "/gzip?100000", .expected = "application/jsonl", .body = on_body },
       &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_OK);
  ck_assert_uint_eq (outcome.streamed, 3900000);
  clear (&outcome);
}
END_TEST

START_TEST (whoever_reads_a_feed_can_stop_it)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome outcome = { .stop_at = 100000 };

  run (transport, (RetourTransportRequest){ .path = "/endless", .expected = "application/jsonl", .body = on_body },
       &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_MALFORMED);
  ck_assert_uint_lt (outcome.streamed, 200000);
  clear (&outcome);
}
END_TEST

static const char *const slow_paths[] = { "/stall", "/drip", "/silent" };

START_TEST (a_server_that_dawdles_is_given_up)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = slow_paths[_i], .expected = "application/jsonl", .body = on_body },
       &outcome);
  ck_assert_msg (outcome.verdict == RETOUR_VERDICT_CUT || outcome.verdict == RETOUR_VERDICT_NETWORK, "%s",
                 outcome.message);
  ck_assert_int_lt (outcome.milliseconds, 8000);
  clear (&outcome);
}
END_TEST

START_TEST (a_long_poll_may_be_silent_for_as_long_as_it_said)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome outcome = { 0 };

  run (transport, (RetourTransportRequest){ .path = "/wait?3.5", .timeout = 6000, .long_poll = TRUE }, &outcome);
  ck_assert_msg (outcome.verdict == RETOUR_VERDICT_OK, "%s", outcome.message);
  clear (&outcome);
  run (transport, (RetourTransportRequest){ .path = "/wait?9", .timeout = 1000, .long_poll = TRUE }, &outcome);
  ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_NETWORK);
  ck_assert_int_lt (outcome.milliseconds, 2000);
  clear (&outcome);
}
END_TEST

/* A server that takes no connection any more, and does not say so: its queue is full. */
static int
fill_queue (const char *name, int sockets[2])
{
  const int port = GPOINTER_TO_INT (g_hash_table_lookup (ports, name));
  const struct sockaddr_in address = { .sin_family = AF_INET,
                                       .sin_port = htons ((guint16) port),
                                       .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };

  for (int i = 0; i < 2; i++)
    {
      sockets[i] = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      (void) !connect (sockets[i], (const struct sockaddr *) &address, sizeof address);
    }
  return port;
}

START_TEST (nobody_at_the_other_end_is_found_out_in_time)
{
  int sockets[2];
  g_autofree char *deaf = g_strdup_printf ("https://127.0.0.1:%d", fill_queue ("deaf", sockets));
  const char *const addresses[] = { "https://127.0.0.1:1", "https://no-such-host.invalid", deaf };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const RetourTransportOptions options = { .address = addresses[i],
                                               .authority_pem = authority->certificate_pem,
                                               .connect_timeout = 1500 };
      g_autoptr (RetourTransport) transport = retour_transport_new (&options, &test_clock, NULL);
      Outcome outcome = { 0 };
      run (transport, (RetourTransportRequest){ .path = "/ok" }, &outcome);
      ck_assert_int_eq (outcome.verdict, RETOUR_VERDICT_NETWORK);
      ck_assert_int_lt (outcome.milliseconds, 3000);
      clear (&outcome);
    }
  close (sockets[0]);
  close (sockets[1]);
}
END_TEST

START_TEST (requests_under_way_can_be_cancelled_and_the_transport_freed)
{
  RetourTransport *transport = good_transport ();
  Outcome first = { 0 }, second = { 0 };
  RetourTransportRequest request = {
    .path = "/silent", .expected = "application/json", .done = on_done, .user_data = &first
  };
  guint number = retour_transport_send (transport, &request);

  request.user_data = &second;
  retour_transport_send (transport, &request);
  for (int i = 0; i < 5; i++)
    {
      retour_transport_perform (transport);
      retour_transport_poll (transport, NULL, 0, 50);
    }
  gint64 start = g_get_monotonic_time ();
  retour_transport_cancel (transport, number);
  ck_assert_uint_eq (first.calls, 1);
  ck_assert_int_eq (first.verdict, RETOUR_VERDICT_CANCELLED);
  retour_transport_cancel (transport, number);
  ck_assert_uint_eq (first.calls, 1);
  retour_transport_free (transport);
  ck_assert_uint_eq (second.calls, 1);
  ck_assert_int_lt (g_get_monotonic_time () - start, 100 * 1000);
  clear (&first);
  clear (&second);
}
END_TEST

START_TEST (a_cable_that_is_out_ends_what_is_under_way_and_what_comes)
{
  g_autoptr (RetourTransport) transport = good_transport ();
  Outcome first = { 0 }, second = { 0 };
  RetourTransportRequest request = {
    .path = "/silent", .expected = "application/json", .done = on_done, .user_data = &first
  };

  retour_transport_send (transport, &request);
  retour_transport_perform (transport);
  retour_transport_set_offline (transport, TRUE);
  ck_assert_int_eq (first.verdict, RETOUR_VERDICT_NETWORK);
  run (transport, (RetourTransportRequest){ .path = "/ok" }, &second);
  ck_assert_int_eq (second.verdict, RETOUR_VERDICT_NETWORK);
  ck_assert_int_lt (second.milliseconds, 100);
  clear (&second);
  retour_transport_set_offline (transport, FALSE);
  run (transport, (RetourTransportRequest){ .path = "/ok" }, &second);
  ck_assert_int_eq (second.verdict, RETOUR_VERDICT_OK);
  clear (&first);
  clear (&second);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("transport");
  TCase *trust = tcase_create ("trust"), *answers = tcase_create ("answers"), *patience = tcase_create ("patience");
  TCase *const all[] = { trust, answers, patience };

  tcase_add_test (trust, a_good_answer_is_believed);
  tcase_add_loop_test (trust, a_stranger_is_told_nothing, 0, G_N_ELEMENTS (strangers));
  tcase_add_test (trust, a_pin_alone_or_an_authority_alone_is_enough_to_enrol_but_nothing_is_not);
  tcase_add_test (trust, the_terminal_shows_its_own_certificate);
  tcase_add_loop_test (answers, every_manner_has_its_verdict, 0, G_N_ELEMENTS (manners));
  tcase_add_test (answers, an_answer_to_another_question_is_not_believed_and_its_connection_dropped);
  tcase_add_test (answers, retry_after_comes_through);
  tcase_add_test (answers, a_bomb_is_stopped_at_the_cap_on_what_it_unpacks_to);
  tcase_add_test (answers, a_body_cut_anywhere_is_delivered_up_to_the_cut);
  tcase_add_test (answers, a_packed_feed_streams_through);
  tcase_add_test (answers, whoever_reads_a_feed_can_stop_it);
  tcase_add_loop_test (patience, a_server_that_dawdles_is_given_up, 0, G_N_ELEMENTS (slow_paths));
  tcase_add_test (patience, a_long_poll_may_be_silent_for_as_long_as_it_said);
  tcase_add_test (patience, nobody_at_the_other_end_is_found_out_in_time);
  tcase_add_test (patience, requests_under_way_can_be_cancelled_and_the_transport_freed);
  tcase_add_test (patience, a_cable_that_is_out_ends_what_is_under_way_and_what_comes);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    suite_add_tcase (suite, all[i]);

  start_server ();
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  stop_server ();
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
