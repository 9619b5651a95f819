/* SPDX-License-Identifier: Apache-2.0 */
/* The smaller things a terminal remembers: drafts, staff and their PINs, the journal, settings, articles, keys. */
#include "store-fixture.h"

#include "documents.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1790000000) * RETOUR_SECOND)

static RetourDatabase *database;
static RetourStore *store;

static void
set_up (void)
{
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
}

static void
tear_down (void)
{
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static void
reopen (void)
{
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
}

static RetourDraft *
make_draft (const char *id, RetourInstant changed_at)
{
  RetourDraft *draft = retour_draft_new ("desk");

  draft->id = g_strdup (id);
  draft->order_id = g_strdup ("ord_0001");
  draft->order_number = g_strdup ("W10000001");
  draft->staff = g_strdup ("stf_12");
  draft->opened_at = draft->changed_at = changed_at;
  g_ptr_array_add (draft->entries, retour_draft_entry_new ("l1", 2));
  return draft;
}

START_TEST (a_draft_is_there_as_it_was)
{
  g_autoptr (RetourDraft) draft = make_draft ("d1", NOW);
  g_autoptr (RetourDraft) found = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  retour_draft_set_reason (draft, 0, "size_small");
  retour_draft_set_note (draft, 0, "étiquette « coupée »\n2 taches");
  draft->parked = TRUE;
  ck_assert (store->save_draft (store, draft, NULL));
  reopen ();
  found = store->find_draft (store, "d1", NULL);
  before = retour_documents ()->write_draft (draft);
  after = retour_documents ()->write_draft (found);
  ck_assert_str_eq (before, after);
}
END_TEST

START_TEST (drafts_are_listed_newest_first)
{
  g_autoptr (RetourDraft) old = make_draft ("d1", NOW);
  g_autoptr (RetourDraft) new = make_draft ("d2", NOW + 1);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const RetourDraftSummary *summary;

  fixture_keep (database, fixture_order (1));
  ck_assert (store->save_draft (store, new, NULL));
  ck_assert (store->save_draft (store, old, NULL));
  ck_assert (store->save_draft (store, old, NULL));
  list = store->list_drafts (store, NULL);
  ck_assert_uint_eq (list->len, 2);
  summary = list->pdata[0];
  ck_assert_str_eq (summary->id, "d2");
  ck_assert_str_eq (summary->order_number, "W10000001");
  ck_assert_str_eq (summary->customer_name, "Zoé Lefèvre");
  ck_assert_int_eq (summary->units, 2);
  ck_assert_int_eq (summary->changed_at, NOW + 1);
  ck_assert (store->drop_draft (store, "d2", NULL));
  ck_assert (store->drop_draft (store, "d2", NULL));
  ck_assert_ptr_null (store->find_draft (store, "d2", &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND));
}
END_TEST

START_TEST (a_draft_that_cannot_be_read_keeps_nobody_from_the_others)
{
  g_autoptr (RetourDraft) draft = make_draft ("d1", NOW);
  g_autoptr (GPtrArray) list = NULL;

  ck_assert (store->save_draft (store, draft, NULL));
  ck_assert_int_eq (fixture_execute ("INSERT INTO drafts VALUES ('d2', NULL, 1, '{')"), 0);
  list = store->list_drafts (store, NULL);
  ck_assert_uint_eq (list->len, 1);
  ck_assert_ptr_null (store->find_draft (store, "d2", NULL));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts"), 2);
}
END_TEST

static RetourChange *
staff_change (const char *id, const char *name, const char *badge, gboolean active)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STAFF);

  change->staff = retour_staff_new (id, name, RETOUR_ROLE_MANAGER);
  change->staff->badge = g_strdup (badge);
  change->staff->email = g_strdup ("c@example.fr");
  change->staff->customer = g_strdup ("cus_9");
  change->staff->verifier = g_strdup ("$argon2id$…");
  change->staff->active = active;
  return change;
}

START_TEST (staff_are_found_by_id_and_badge)
{
  g_autoptr (RetourStaff) staff = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  fixture_apply (database, "c1", TRUE, staff_change ("stf_2", "Zoé", "STF-0002", TRUE),
                 staff_change ("stf_1", "Camille Moreau", "STF-0001", TRUE),
                 staff_change ("stf_3", "Parti", "STF-0003", FALSE), NULL);
  list = store->list_staff (store, NULL);
  ck_assert_uint_eq (list->len, 2);
  ck_assert_str_eq (((RetourStaff *) list->pdata[0])->id, "stf_1");
  staff = store->find_staff (store, "STF-0001", NULL);
  ck_assert_str_eq (staff->name, "Camille Moreau");
  ck_assert_int_eq (staff->role, RETOUR_ROLE_MANAGER);
  ck_assert_str_eq (staff->email, "c@example.fr");
  ck_assert_str_eq (staff->customer, "cus_9");
  ck_assert_str_eq (staff->verifier, "$argon2id$…");
  ck_assert (staff->active);
  ck_assert_ptr_null (store->find_staff (store, "STF-9999", &error));
  ck_assert (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND));
}
END_TEST

START_TEST (wrong_pins_are_counted_across_a_restart)
{
  guint tries = 9;
  RetourInstant since = 0;

  ck_assert (store->pin_tries (store, "stf_1", &tries, &since, NULL));
  ck_assert_uint_eq (tries, 0);
  ck_assert_int_eq (since, RETOUR_INSTANT_NONE);
  for (guint i = 1; i <= 6; i++)
    {
      ck_assert (store->count_pin_try (store, "stf_1", NOW + i, &tries, &since, NULL));
      ck_assert_uint_eq (tries, i);
      ck_assert_int_eq (since, i == 1 ? RETOUR_INSTANT_NONE : NOW + i - 1);
      reopen ();
    }
  ck_assert (store->count_pin_try (store, "stf_2", NOW, &tries, &since, NULL));
  ck_assert_uint_eq (tries, 1);
  ck_assert (store->clear_pin_tries (store, "stf_1", NULL));
  ck_assert (store->pin_tries (store, "stf_1", &tries, &since, NULL));
  ck_assert_uint_eq (tries, 0);
}
END_TEST

START_TEST (the_journal_is_a_chain)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) of_one = NULL;
  g_autoptr (GPtrArray) oldest_first = g_ptr_array_new ();

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *subject = g_strdup_printf ("s%u", i % 3);
      g_autoptr (RetourAuditRecord) record =
          retour_audit_record_new ("test.happened", i % 2 ? "stf_1" : NULL, subject, NOW + i, "{\"a\":1}");

      ck_assert (store->append_audit (store, record, NULL));
      if (i == 10)
        reopen ();
    }
  list = store->list_audit (store, NULL, 0, NULL);
  ck_assert_uint_eq (list->len, 20);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_insert (oldest_first, 0, list->pdata[i]);
  ck_assert_int_eq (retour_audit_verify (oldest_first, NULL, NULL), -1);
  of_one = store->list_audit (store, "s1", 3, NULL);
  ck_assert_uint_eq (of_one->len, 3);
  ck_assert_int_eq (((RetourAuditRecord *) of_one->pdata[0])->at, NOW + 19);
}
END_TEST

START_TEST (settings_are_set_changed_and_unset)
{
  g_autofree char *value = store->setting (store, "language", NULL);

  ck_assert_ptr_null (value);
  ck_assert (store->set_setting (store, "language", "fr", NULL));
  ck_assert (store->set_setting (store, "language", "en", NULL));
  reopen ();
  value = store->setting (store, "language", NULL);
  ck_assert_str_eq (value, "en");
  ck_assert (store->set_setting (store, "language", NULL, NULL));
  g_free (value);
  value = store->setting (store, "language", NULL);
  ck_assert_ptr_null (value);
}
END_TEST

START_TEST (a_terminal_knows_who_it_is_once_enrolled)
{
  const RetourIdentity identity = { (char *) "Maison Lisière", (char *) "0214",   (char *) "Lyon Bellecour",
                                    (char *) "12 rue…\n69002", (char *) "04 78…", (char *) "A",
                                    (char *) "trm_1",          (char *) "EUR",    (char *) "Europe/Paris" };
  g_autoptr (RetourIdentity) found = store->identity (store, NULL);

  ck_assert_ptr_null (found);
  ck_assert (store->set_identity (store, &identity, NULL));
  ck_assert (store->set_identity (store, &identity, NULL));
  found = store->identity (store, NULL);
  ck_assert_str_eq (found->chain, identity.chain);
  ck_assert_str_eq (found->store, identity.store);
  ck_assert_str_eq (found->store_name, identity.store_name);
  ck_assert_str_eq (found->store_address, identity.store_address);
  ck_assert_str_eq (found->store_phone, identity.store_phone);
  ck_assert_str_eq (found->terminal, identity.terminal);
  ck_assert_str_eq (found->terminal_id, identity.terminal_id);
  ck_assert_str_eq (found->currency, identity.currency);
  ck_assert_str_eq (found->time_zone, identity.time_zone);
}
END_TEST

START_TEST (the_last_policy_applies)
{
  g_autofree char *text = store->policy_text (store, NULL);
  RetourChange *first = retour_change_new (RETOUR_CHANGE_POLICY);
  RetourChange *second = retour_change_new (RETOUR_CHANGE_POLICY);

  ck_assert_ptr_null (text);
  first->text = g_strdup ("{\"version\":\"1\"}");
  second->text = g_strdup ("{\"version\":\"2\"}");
  fixture_apply (database, "c1", FALSE, first, second, NULL);
  text = store->policy_text (store, NULL);
  ck_assert_str_eq (text, "{\"version\":\"2\"}");
}
END_TEST

START_TEST (stock_is_known_with_its_age)
{
  RetourChange *here = retour_change_new (RETOUR_CHANGE_STOCK);
  RetourChange *later = retour_change_new (RETOUR_CHANGE_STOCK);
  g_autoptr (GPtrArray) figures = NULL;
  const RetourStockFigure *figure;

  here->sku = g_strdup ("A");
  here->place = g_strdup ("store:0214");
  here->place_name = g_strdup ("Lyon Bellecour");
  here->quantity = 3;
  here->at = NOW;
  later->sku = g_strdup ("A");
  later->place = g_strdup ("store:0214");
  later->quantity = 2;
  later->at = NOW + 5;
  fixture_apply (database, "c1", FALSE, here, later, NULL);
  figures = store->stock (store, "A", NULL);
  ck_assert_uint_eq (figures->len, 1);
  figure = figures->pdata[0];
  ck_assert_int_eq (figure->quantity, 2);
  ck_assert_int_eq (figure->at, NOW + 5);
}
END_TEST

START_TEST (proof_keys_are_kept_whole)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_KEY);
  guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], secret_key[RETOUR_PROOF_SECRET_KEY_BYTES];
  g_autoptr (GPtrArray) keys = NULL;
  const RetourProofKey *key;

  retour_proof_key_generate (public_key, secret_key);
  change->key = retour_proof_key_new (public_key);
  change->key->store = g_strdup ("0214");
  change->key->terminal = 'A';
  change->key->valid_from = NOW;
  fixture_apply (database, "c1", FALSE, change, NULL);
  keys = store->proof_keys (store, NULL);
  ck_assert_uint_eq (keys->len, 1);
  key = keys->pdata[0];
  ck_assert_mem_eq (key->public_key, public_key, sizeof public_key);
  ck_assert_str_eq (key->store, "0214");
  ck_assert_int_eq (key->terminal, 'A');
  ck_assert_int_eq (key->valid_from, NOW);
  ck_assert_int_eq (key->valid_to, RETOUR_INSTANT_NONE);
  ck_assert_int_eq (key->revoked_at, RETOUR_INSTANT_NONE);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("records");
  TCase *tcase = tcase_create ("records");
  SRunner *runner = srunner_create (suite);
  int failed;

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, a_draft_is_there_as_it_was);
  tcase_add_test (tcase, drafts_are_listed_newest_first);
  tcase_add_test (tcase, a_draft_that_cannot_be_read_keeps_nobody_from_the_others);
  tcase_add_test (tcase, staff_are_found_by_id_and_badge);
  tcase_add_test (tcase, wrong_pins_are_counted_across_a_restart);
  tcase_add_test (tcase, the_journal_is_a_chain);
  tcase_add_test (tcase, settings_are_set_changed_and_unset);
  tcase_add_test (tcase, a_terminal_knows_who_it_is_once_enrolled);
  tcase_add_test (tcase, the_last_policy_applies);
  tcase_add_test (tcase, stock_is_known_with_its_age);
  tcase_add_test (tcase, proof_keys_are_kept_whole);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
