/* SPDX-License-Identifier: Apache-2.0 */
/* The clerk's use cases on a real store: what a scan leads to, what is recorded and what is not, who may approve. */
#include "desk.h"
#include "documents.h"
#include "store-fixture.h"

#include <check.h>
#include <sodium.h>
#include <string.h>

#define POLICY                                                                                                         \
  "{\"version\":\"t1\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\",\"window\":{\"days\":30,\"grace_days\":7}," \
  "\"withdrawal\":{\"days\":14,\"refund_delivery\":true},"                                                             \
  "\"conditions\":[{\"code\":\"new_sealed\",\"grade\":\"A\",\"percent\":100},"                                         \
  "{\"code\":\"damaged\",\"grade\":\"D\",\"percent\":50,\"mode\":\"override\"}],"                                      \
  "\"reasons\":[{\"code\":\"size_small\",\"fault\":\"customer\"}],"                                                    \
  "\"tenders\":{\"order\":[\"card\"],\"split\":\"sequential\",\"fallback\":\"store_credit\"},"                         \
  "\"offline\":{\"max_refund\":20000,\"daily_exposure\":10000},"                                                       \
  "\"codes\":{\"order\":[\"W########\"],\"return_label\":[\"RL*\"],\"staff\":[\"STF-*\"]}}"

static RetourInstant wall_time;
static gint64 set_by_hand; /* what somebody moved the wall clock by, and no other */

static RetourInstant
fake_wall (gpointer self)
{
  return wall_time + set_by_hand;
}

static gint64
fake_boot (gpointer self)
{
  return wall_time;
}

static const RetourClock clock_given = { fake_wall, fake_boot, NULL };
static RetourDatabase *database;
static RetourStore *store;
static RetourDesk *desk;
static guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], secret_key[RETOUR_PROOF_SECRET_KEY_BYTES];

static RetourChange *
staff_change (const char *id, const char *name, RetourRole role, const char *badge)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STAFF);

  change->staff = retour_staff_new (id, name, role);
  change->staff->badge = g_strdup (badge);
  change->staff->active = TRUE;
  return change;
}

static void
set_up (void)
{
  RetourIdentity identity = { .chain = (char *) "Maison",
                              .store = (char *) "0214",
                              .store_name = (char *) "Lyon",
                              .terminal = (char *) "A",
                              .currency = (char *) "EUR",
                              .time_zone = (char *) "Europe/Paris" };
  RetourChange *policy = retour_change_new (RETOUR_CHANGE_POLICY);
  g_autoptr (GError) error = NULL;

  ck_assert (retour_instant_parse ("2026-11-20T10:00:00Z", &wall_time));
  fixture_make_directory ();
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  policy->text = g_strdup (POLICY);
  fixture_apply (database, "c1", TRUE, policy, staff_change ("stf_1", "Camille Moreau", RETOUR_ROLE_CLERK, "STF-0001"),
                 staff_change ("stf_3", "Sophie Delmas", RETOUR_ROLE_MANAGER, "STF-0003"),
                 staff_change ("stf_4", "Karim Benali", RETOUR_ROLE_MANAGER, "STF-0004"),
                 fixture_order_change (fixture_order (1)), fixture_order_change (fixture_order (2)), NULL);
  ck_assert (store->set_identity (store, &identity, &error));
  retour_proof_key_generate (public_key, secret_key);
  desk = retour_desk_new (retour_documents (), &clock_given, retour_ids_new (NULL, NULL), &identity, secret_key);
}

static void
tear_down (void)
{
  g_clear_pointer (&desk, retour_desk_free);
  g_clear_pointer (&database, retour_database_close);
  fixture_remove_directory ();
}

static RetourStaff *
person (const char *id)
{
  g_autoptr (GError) error = NULL;
  RetourStaff *staff = store->find_staff (store, id, &error);

  ck_assert_msg (staff != NULL, "%s", error != NULL ? error->message : id);
  return staff;
}

/* An open order with some units of a line chosen. */
static RetourWorkspace *
open_with (const char *order, const char *line, guint units, const char *condition)
{
  g_autoptr (RetourStaff) staff = person ("stf_1");
  g_autoptr (GError) error = NULL;
  RetourWorkspace *workspace = retour_desk_open_order (desk, store, order, staff, &error);

  ck_assert_msg (workspace != NULL, "%s", error != NULL ? error->message : "");
  for (guint i = 0; i < units; i++)
    {
      guint entry;
      const RetourOrderLine *bought = retour_order_find_line (workspace->order, line, NULL);

      ck_assert (
          retour_draft_add_unit (workspace->draft, line, retour_workspace_returnable (workspace, bought), &entry));
      retour_draft_set_reason (workspace->draft, entry, "size_small");
      retour_draft_set_condition (workspace->draft, entry, condition);
    }
  return workspace;
}

static RetourReturn *
confirm (const RetourDraft *draft, GError **error)
{
  g_autoptr (RetourStaff) staff = person ("stf_1");

  return retour_desk_confirm (desk, store, draft, staff, FALSE, error);
}

START_TEST (a_scan_leads_where_its_content_says)
{
  static const struct
  {
    const char *text;
    RetourRouteKind kind;
    guint orders;
  } cases[] = {
    { "W10000001", RETOUR_ROUTE_ORDER, 1 },       { "8V00000000002", RETOUR_ROUTE_ORDER, 1 },
    { "3612345678904", RETOUR_ROUTE_PRODUCT, 2 }, { "4006381333931", RETOUR_ROUTE_PRODUCT, 0 },
    { "STF-0003", RETOUR_ROUTE_STAFF, 0 },        { "STF-9999", RETOUR_ROUTE_UNKNOWN, 0 },
    { "W99999999", RETOUR_ROUTE_ASK_OMS, 0 },     { "RLX", RETOUR_ROUTE_ASK_OMS, 0 },
    { "RC:confirm", RETOUR_ROUTE_COMMAND, 0 },    { "hello", RETOUR_ROUTE_UNKNOWN, 0 },
  };
  const guint n = (guint) _i % G_N_ELEMENTS (cases);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourRoute) route = retour_desk_route (desk, store, cases[n].text, &error);

  ck_assert_msg (route != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_msg (route->kind == cases[n].kind, "%s leads to %d", cases[n].text, route->kind);
  ck_assert_uint_eq (route->orders->len, cases[n].orders);
}
END_TEST

START_TEST (a_confirmed_return_is_recorded_once_with_its_operation_and_proof)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourReturn) first = NULL;
  g_autoptr (RetourReturn) again = NULL;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_proof_key_free);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (retour_desk_save_draft (desk, store, workspace->draft, &error));
  first = confirm (workspace->draft, &error);
  ck_assert_msg (first != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_int_eq (first->total, 6990);
  ck_assert_str_eq (first->id, workspace->draft->id);
  ck_assert (retour_return_number_is_valid (first->number));
  ck_assert_int_eq (first->refund, RETOUR_REFUND_PROMISED);
  ck_assert_int_eq (first->sync, RETOUR_SYNC_LOCAL);
  again = confirm (workspace->draft, &error);
  ck_assert_str_eq (again->number, first->number);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 1);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts"), 0);
  operations = store->list_operations (store, &error);
  ck_assert_uint_eq (operations->len, 1);
  ck_assert_str_eq (((RetourOperation *) g_ptr_array_index (operations, 0))->op, first->id);

  g_ptr_array_add (keys, retour_proof_key_new (public_key));
  ck_assert_int_eq (retour_proof_verify (first->proof, keys, NULL), RETOUR_PROOF_VALID);
}
END_TEST

START_TEST (units_of_an_unacknowledged_return_cannot_come_back_twice)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 2, "new_sealed");
  g_autoptr (RetourReturn) first = NULL;
  g_autoptr (RetourWorkspace) next = NULL;
  g_autoptr (RetourDraft) forged = NULL;
  g_autoptr (RetourReturn) second = NULL;
  g_autoptr (GError) error = NULL;
  gboolean full = FALSE;

  first = confirm (workspace->draft, &error);
  ck_assert (first != NULL);
  next = open_with ("W10000001", "l1", 0, "new_sealed");
  ck_assert_ptr_null (retour_workspace_find_gtin (next, "03612345678904", &full));
  ck_assert (full);
  forged = retour_draft_copy (next->draft);
  g_ptr_array_add (forged->entries, retour_draft_entry_new ("l1", 1));
  retour_draft_set_reason (forged, 0, "size_small");
  retour_draft_set_condition (forged, 0, "new_sealed");
  second = confirm (forged, &error);
  ck_assert_ptr_null (second);
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), 1);
}
END_TEST

START_TEST (an_incomplete_draft_is_not_recorded)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret = confirm (workspace->draft, &error);

  ck_assert_ptr_null (ret);
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_INCOMPLETE));
}
END_TEST

/* Who says yes to a damaged article, with what motive, and whether the return may then be recorded. */
START_TEST (only_another_person_who_is_a_manager_may_override_and_says_why)
{
  static const struct
  {
    const char *approver, *motive;
    gboolean approve, allowed, recorded;
  } cases[] = {
    { "stf_3", "seen by me", TRUE, TRUE, TRUE }, { "stf_3", "  ", TRUE, FALSE, FALSE },
    { "stf_3", NULL, TRUE, FALSE, FALSE },       { "stf_1", "seen by me", TRUE, FALSE, FALSE },
    { "stf_3", "no", FALSE, TRUE, FALSE },
  };
  const guint n = (guint) _i % G_N_ELEMENTS (cases);
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l2", 1, "damaged");
  g_autoptr (RetourStaff) approver = person (cases[n].approver);
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (GError) error = NULL;
  gboolean allowed;

  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert_int_eq (quote->decision, RETOUR_DECISION_REFUSE_UNLESS_APPROVED);
  allowed = retour_desk_approve (desk, store, workspace, workspace->draft, quote, approver, cases[n].approve,
                                 cases[n].motive, &error);
  ck_assert_int_eq (allowed, cases[n].allowed);
  if (!allowed)
    ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED));
  g_clear_error (&error);
  ret = confirm (workspace->draft, &error);
  ck_assert_int_eq (ret != NULL, cases[n].recorded);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind LIKE 'approval.%'"), 1);
}
END_TEST

/* Who sends a return of one's own order is flagged, whoever else's mailbox is written how, and the record says who agreed. */
START_TEST (a_staff_members_own_order_wants_another_person_and_the_record_says_who)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l2", 1, "new_sealed");
  g_autoptr (RetourStaff) buyer = person ("stf_3");
  g_autoptr (RetourStaff) other = person ("stf_4");
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (RetourReturn) ret = NULL;
  g_autoptr (GError) error = NULL;
  const RetourRuleResult *rule;
  const RetourApproval *approval;

  buyer->email = g_strdup ("ZOE.Lefevre@example.fr");
  g_free (workspace->draft->staff);
  workspace->draft->staff = g_strdup (buyer->id);
  workspace->draft->staff_email = g_strdup (buyer->email);
  ck_assert_ptr_null (retour_desk_confirm (desk, store, workspace->draft, buyer, FALSE, &error));
  ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED));
  g_clear_error (&error);
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert_uint_eq (quote->rules->len, 1);
  rule = quote->rules->pdata[0];
  ck_assert_str_eq (rule->rule, "staff_own_order");
  /* A manager's own return needs another manager. */
  ck_assert (!retour_desk_approve (desk, store, workspace, workspace->draft, quote, buyer, TRUE, "mine", &error));
  g_clear_error (&error);
  ck_assert (retour_desk_approve (desk, store, workspace, workspace->draft, quote, other, TRUE, NULL, &error));
  ret = retour_desk_confirm (desk, store, workspace->draft, buyer, FALSE, &error);
  ck_assert_msg (ret != NULL, "%s", error != NULL ? error->message : "");
  approval = ret->approvals->pdata[0];
  ck_assert_str_eq (approval->rule, "staff_own_order");
  ck_assert_str_eq (approval->approver, "stf_4");
  ck_assert_str_eq (approval->requester, "stf_3");
}
END_TEST

START_TEST (a_manager_who_asks_needs_another_manager)
{
  static const char *const approvers[] = { "stf_3", "stf_1", "stf_4" };
  const gboolean allowed = _i == 2;
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l2", 1, "damaged");
  g_autoptr (RetourStaff) approver = person (approvers[_i]);
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  g_free (workspace->draft->staff);
  workspace->draft->staff = g_strdup ("stf_3");
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert_int_eq (retour_desk_approve (desk, store, workspace, workspace->draft, quote, approver, TRUE, "seen by me",
                                         &error),
                    allowed);
  if (!allowed)
    ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ALLOWED));
  ck_assert_int_eq (workspace->draft->approvals->len > 0, allowed);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'approval.not_allowed'"), !allowed);
}
END_TEST

START_TEST (an_edit_voids_the_approval)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l2", 1, "damaged");
  g_autoptr (RetourStaff) manager = person ("stf_3");
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (RetourQuote) after = NULL;
  g_autoptr (GError) error = NULL;
  guint entry;

  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert (
      retour_desk_approve (desk, store, workspace, workspace->draft, quote, manager, TRUE, "seen by me", &error));
  g_clear_pointer (&quote, retour_quote_free);
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert_int_eq (quote->decision, RETOUR_DECISION_ACCEPT);
  ck_assert (retour_draft_add_unit (workspace->draft, "l1", 2, &entry));
  retour_draft_set_reason (workspace->draft, entry, "size_small");
  retour_draft_set_condition (workspace->draft, entry, "new_sealed");
  after = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert_int_eq (after->decision, RETOUR_DECISION_REFUSE_UNLESS_APPROVED);
  ck_assert_uint_eq (workspace->draft->approvals->len, 0);
  /* Whose word is void, and by whose change, is journalled once. */
  for (int i = 0; i < 2; i++)
    ck_assert (retour_desk_save_draft (desk, store, workspace->draft, &error));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'approval.voided' AND actor = 'stf_1'"
                                   " AND subject IN (SELECT id FROM drafts) AND body LIKE '%approver stf_3%'"),
                    1);
}
END_TEST

START_TEST (giving_up_what_was_approved_is_journalled)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l2", 1, "damaged");
  g_autoptr (RetourStaff) manager = person ("stf_3");
  g_autoptr (RetourQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, &error);
  ck_assert (
      retour_desk_approve (desk, store, workspace, workspace->draft, quote, manager, TRUE, "seen by me", &error));
  g_ptr_array_set_size (workspace->draft->entries, 0);
  g_ptr_array_set_size (workspace->draft->approvals, 0);
  ck_assert (retour_desk_drop_draft (desk, store, workspace->draft, &error));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM drafts"), 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'approval.voided'"), 1);
}
END_TEST

/* Every attempt is in the journal: who, for what, and why it does not count. */
START_TEST (who_may_not_approve_is_journalled_and_so_is_a_wrong_code)
{
  static const struct
  {
    const char *staff, *requester, *why;
  } cases[] = {
    { "stf_3", "stf_3", "%requester stf_3: the same person" },
    { "stf_1", "stf_2", "%requester stf_2: no manager" },
    { "stf_3", "stf_1", NULL },
  };
  const guint n = (guint) _i % G_N_ELEMENTS (cases);
  g_autoptr (RetourStaff) staff = person (cases[n].staff);
  g_autofree char *count =
      g_strdup_printf ("SELECT count (*) FROM audit WHERE kind = 'approval.not_allowed' AND subject = 'd1'"
                       " AND actor = '%s' AND body LIKE '%s'",
                       cases[n].staff, cases[n].why != NULL ? cases[n].why : "%");
  g_autoptr (GError) error = NULL;

  ck_assert (retour_desk_note_turned_away (desk, store, staff, cases[n].requester, "d1", &error));
  ck_assert_int_eq (fixture_query (count), cases[n].why != NULL);
  ck_assert (retour_desk_end_pin (desk, store, cases[n].staff, "d1", FALSE, &error));
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind = 'staff.wrong_pin'"
                                   " AND body = 'for the approval of d1'"),
                    1);
}
END_TEST

START_TEST (a_visit_is_recorded_whole_or_not_at_all)
{
  const gboolean good = _i % 2 == 0;
  g_autoptr (RetourWorkspace) one = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourWorkspace) two = open_with ("W10000002", "l2", 1, good ? "new_sealed" : "damaged");
  g_autoptr (RetourStaff) staff = person ("stf_1");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  g_autoptr (GPtrArray) returns = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (drafts, one->draft);
  g_ptr_array_add (drafts, two->draft);
  returns = retour_desk_confirm_visit (desk, store, drafts, staff, FALSE, &error);
  ck_assert_int_eq (returns != NULL, good);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM returns"), good ? 2 : 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), good ? 2 : 0);
  found = store->returns_of_visit (store, one->draft->id, NULL);
  ck_assert_uint_eq (found->len, good ? 2 : 0);
  if (good)
    ck_assert_str_ne (((RetourReturn *) g_ptr_array_index (returns, 0))->number,
                      ((RetourReturn *) g_ptr_array_index (returns, 1))->number);
  else
    ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NOT_ACCEPTED));
}
END_TEST

/* Two orders of one visit, the second with an article that asks for a manager. */
static GPtrArray *
save_visit (RetourWorkspace *one, RetourWorkspace *two)
{
  GPtrArray *drafts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (drafts, one->draft);
  g_ptr_array_add (drafts, two->draft);
  ck_assert_msg (retour_desk_save_visit (desk, store, drafts, &error), "%s", error != NULL ? error->message : "");
  return drafts;
}

START_TEST (a_visit_comes_back_whole_after_the_terminal_died)
{
  g_autoptr (RetourWorkspace) one = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourWorkspace) two = open_with ("W10000002", "l2", 1, "new_sealed");
  g_autoptr (GPtrArray) drafts = save_visit (one, two);
  g_autoptr (RetourWorkspace) again = NULL;
  g_autoptr (GPtrArray) companions = NULL;
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  again = retour_desk_open_draft (desk, store, two->draft->id, &error);
  ck_assert_str_eq (again->draft->visit, one->draft->id);
  companions = retour_desk_open_companions (desk, store, again->draft, &error);
  ck_assert_uint_eq (companions->len, 1);
  ck_assert_str_eq (((RetourWorkspace *) companions->pdata[0])->draft->id, one->draft->id);
  ck_assert_str_eq (((RetourWorkspace *) companions->pdata[0])->order->number, "W10000001");

  /* The first one left the visit: neither has company any more. */
  g_ptr_array_add (alone, again->draft);
  ck_assert (retour_desk_save_visit (desk, store, alone, &error));
  ck_assert_ptr_null (again->draft->visit);
  g_clear_pointer (&companions, g_ptr_array_unref);
  companions = retour_desk_open_companions (desk, store, again->draft, &error);
  ck_assert_uint_eq (companions->len, 0);
}
END_TEST

START_TEST (one_decision_covers_a_visit_bound_to_each_return)
{
  const gboolean with_motive = _i % 2 == 0;
  g_autoptr (RetourWorkspace) one = open_with ("W10000001", "l1", 1, "damaged");
  g_autoptr (RetourWorkspace) two = open_with ("W10000002", "l2", 1, "damaged");
  g_autoptr (GPtrArray) drafts = save_visit (one, two);
  g_autoptr (GPtrArray) quotes = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_quote_free);
  g_autoptr (RetourStaff) clerk = person ("stf_1");
  g_autoptr (RetourStaff) manager = person ("stf_3");
  g_autoptr (GPtrArray) returns = NULL;
  g_autoptr (GError) error = NULL;
  gboolean counts;

  g_ptr_array_add (quotes, retour_desk_quote (desk, one, one->draft, FALSE, &error));
  g_ptr_array_add (quotes, retour_desk_quote (desk, two, two->draft, FALSE, &error));
  counts = retour_desk_approve_visit (desk, store, drafts, quotes, manager, TRUE,
                                      with_motive ? "regular customer" : " ", &error);
  ck_assert_int_eq (counts, with_motive);
  ck_assert_uint_eq (one->draft->approvals->len, with_motive ? 1 : 0);
  ck_assert_uint_eq (two->draft->approvals->len, with_motive ? 1 : 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM audit WHERE kind LIKE 'approval.%'"), with_motive ? 2 : 1);
  if (!with_motive)
    return;
  ck_assert_str_ne (((RetourApproval *) one->draft->approvals->pdata[0])->quote_hash,
                    ((RetourApproval *) two->draft->approvals->pdata[0])->quote_hash);
  returns = retour_desk_confirm_visit (desk, store, drafts, clerk, FALSE, &error);
  ck_assert_msg (returns != NULL, "%s", error != NULL ? error->message : "");
  for (guint i = 0; i < 2; i++)
    ck_assert_uint_eq (((RetourReturn *) returns->pdata[i])->approvals->len, 1);
}
END_TEST

START_TEST (a_visit_is_taken_back_whole_or_not_at_all)
{
  const gboolean in_time = _i % 2 == 0;
  g_autoptr (RetourWorkspace) one = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourWorkspace) two = open_with ("W10000002", "l2", 1, "new_sealed");
  g_autoptr (GPtrArray) drafts = save_visit (one, two);
  g_autoptr (RetourStaff) clerk = person ("stf_1");
  g_autoptr (GPtrArray) returns = NULL;
  g_autoptr (GPtrArray) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  returns = retour_desk_confirm_visit (desk, store, drafts, clerk, FALSE, &error);
  ck_assert_ptr_nonnull (returns);
  wall_time += in_time ? RETOUR_CANCEL_PERIOD - RETOUR_SECOND : RETOUR_CANCEL_PERIOD;
  cancelled = retour_desk_cancel_visit (desk, store, one->draft->id, clerk, &error);
  ck_assert_int_eq (cancelled != NULL, in_time);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM return_states WHERE goods = 'cancelled'"), in_time ? 2 : 0);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), in_time ? 4 : 2);
}
END_TEST

START_TEST (evidence_keeps_the_order_and_not_its_customer)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret = confirm (workspace->draft, &error);
  g_autofree char *evidence = store->evidence (store, ret->id, &error);

  ck_assert_ptr_nonnull (strstr (evidence, "W10000001"));
  ck_assert_ptr_null (strstr (evidence, "Lefèvre"));
  ck_assert_ptr_null (strstr (evidence, "zoe.lefevre"));
  ck_assert_ptr_null (strstr (evidence, "+33612345678"));
}
END_TEST

START_TEST (a_return_can_be_cancelled_for_ten_minutes)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourStaff) staff = person ("stf_1");
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret = confirm (workspace->draft, &error);
  g_autoptr (RetourReturn) cancelled = NULL;
  const gboolean in_time = _i % 2 == 0;

  wall_time += in_time ? RETOUR_CANCEL_PERIOD - RETOUR_SECOND : RETOUR_CANCEL_PERIOD;
  cancelled = retour_desk_cancel (desk, store, ret->id, staff, &error);
  ck_assert_int_eq (cancelled != NULL, in_time);
  ck_assert_int_eq (fixture_query ("SELECT count (*) FROM operations"), in_time ? 2 : 1);
  if (!in_time)
    ck_assert (g_error_matches (error, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_TOO_LATE));
}
END_TEST

START_TEST (offline_the_days_promises_are_counted)
{
  g_autoptr (RetourWorkspace) one = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourStaff) staff = person ("stf_1");
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) first = retour_desk_confirm (desk, store, one->draft, staff, TRUE, &error);
  g_autoptr (RetourWorkspace) two = NULL;
  g_autoptr (RetourQuote) quote = NULL;

  ck_assert (first != NULL);
  two = open_with ("W10000002", "l1", 1, "new_sealed");
  ck_assert_int_eq (two->promised_today, 6990);
  quote = retour_desk_quote (desk, two, two->draft, TRUE, &error);
  ck_assert_int_eq (quote->decision, RETOUR_DECISION_ACCEPT_IF_APPROVED);
  ck_assert_str_eq (g_ptr_array_index (quote->approvals_needed, 0), "offline_exposure");
}
END_TEST

/* ENGINEERING.md D.4 #25: what the OMS said outlives a hand on the clock; what was only remembered does not outvote it. */
START_TEST (a_clock_set_while_the_terminal_runs_moves_no_time)
{
  const gint64 hour = 3600 * RETOUR_SECOND;

  retour_desk_learn_clock_offset (desk, 90 * RETOUR_SECOND);
  set_by_hand = -26 * hour;
  ck_assert_int_eq (retour_desk_now (desk), wall_time + 90 * RETOUR_SECOND);
  ck_assert_int_eq (retour_desk_get_clock_offset (desk), 26 * hour + 90 * RETOUR_SECOND);
  wall_time += hour;
  set_by_hand = 3 * hour;
  ck_assert_int_eq (retour_desk_now (desk), wall_time + 90 * RETOUR_SECOND);
  retour_desk_set_clock_offset (desk, 0);
  ck_assert_int_eq (retour_desk_now (desk), wall_time + 3 * hour);
  set_by_hand = 0;
  ck_assert_int_eq (retour_desk_now (desk), wall_time);
}
END_TEST

/* SYNC.md, promise 5: on the code that the customer takes home, too. */
START_TEST (offline_is_provisional_in_the_signed_code)
{
  const gboolean offline = _i % 2 == 1;
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 1, "new_sealed");
  g_autoptr (RetourStaff) staff = person ("stf_1");
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) ret = retour_desk_confirm (desk, store, workspace->draft, staff, offline, &error);
  g_autoptr (RetourProofContent) content = retour_proof_open (ret->proof, &error);

  ck_assert_int_eq (content->provisional, offline);
  ck_assert_int_eq (ret->offline, offline);
  ck_assert_int_eq (ret->refund, RETOUR_REFUND_PROMISED);
  ck_assert_int_eq (ret->sync, RETOUR_SYNC_LOCAL);
}
END_TEST

START_TEST (five_wrong_pins_make_one_wait_and_a_restart_does_not_help)
{
  g_autoptr (GError) error = NULL;
  gint64 wait = -1;
  guint left = 0;

  for (guint i = 0; i < 5; i++)
    {
      ck_assert (retour_desk_begin_pin (desk, store, "stf_1", &wait, &left, &error));
      ck_assert_int_eq (wait, 0);
      ck_assert_uint_eq (left, 4 - i);
      ck_assert (retour_desk_end_pin (desk, store, "stf_1", NULL, FALSE, &error));
    }
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  ck_assert (retour_desk_begin_pin (desk, store, "stf_1", &wait, &left, &error));
  ck_assert_int_eq (wait, 60 * RETOUR_SECOND);
  /* Setting the clock back does not shorten it, waiting does. */
  wall_time -= 3600 * RETOUR_SECOND;
  ck_assert (retour_desk_begin_pin (desk, store, "stf_1", &wait, &left, &error));
  ck_assert_int_eq (wait, 60 * RETOUR_SECOND);
  wall_time += 3661 * RETOUR_SECOND;
  ck_assert (retour_desk_begin_pin (desk, store, "stf_1", &wait, &left, &error));
  ck_assert_int_eq (wait, 0);
  ck_assert (retour_desk_end_pin (desk, store, "stf_1", NULL, TRUE, &error));
  ck_assert (retour_desk_begin_pin (desk, store, "stf_1", &wait, &left, &error));
  ck_assert_uint_eq (left, 4);
}
END_TEST

START_TEST (a_draft_is_found_again_where_it_was)
{
  g_autoptr (RetourWorkspace) workspace = open_with ("W10000001", "l1", 2, "new_sealed");
  g_autoptr (RetourWorkspace) again = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (retour_desk_save_draft (desk, store, workspace->draft, &error));
  retour_database_close (database);
  database = fixture_open (RETOUR_DATABASE_DIRECT);
  store = retour_database_store (database);
  again = open_with ("W10000001", "l1", 0, NULL);
  ck_assert (again->resumed);
  ck_assert_str_eq (again->draft->id, workspace->draft->id);
  ck_assert_int_eq (retour_draft_units (again->draft), 2);
}
END_TEST

/* 30 days after the delivery on 5 November: the whole of 5 December counts. */
START_TEST (an_order_is_past_the_limit_from_the_day_after_its_last)
{
  static const struct
  {
    const char *at;
    gboolean past;
  } cases[] = { { "2026-11-20T10:00:00Z", FALSE },
                { "2026-12-05T22:59:00Z", FALSE },
                { "2026-12-05T23:01:00Z", TRUE } };
  g_autoptr (RetourPolicy) policy = retour_desk_load_policy (desk, store, NULL);
  g_autoptr (GPtrArray) found = NULL;
  const RetourOrderSummary *summary;

  ck_assert (retour_instant_parse (cases[_i].at, &wall_time));
  found = store->search_orders (store, "zoe", 10, NULL);
  ck_assert_uint_eq (found->len, 2);
  ck_assert (retour_desk_mark_past_limit (desk, store, policy, found, NULL));
  for (guint i = 0; i < found->len; i++)
    {
      summary = g_ptr_array_index (found, i);
      ck_assert_int_gt (summary->returnable, 0);
      ck_assert_int_eq (summary->past_limit, cases[_i].past);
    }
}
END_TEST

START_TEST (an_order_with_nothing_left_to_return_is_not_called_past_the_limit)
{
  g_autoptr (RetourPolicy) policy = retour_desk_load_policy (desk, store, NULL);
  g_autoptr (RetourOrder) order = fixture_order (1);

  ck_assert (retour_instant_parse ("2027-06-01T10:00:00Z", &wall_time));
  ck_assert (retour_desk_is_past_limit (desk, policy, order));
  for (guint i = 0; i < order->lines->len; i++)
    {
      RetourOrderLine *line = g_ptr_array_index (order->lines, i);

      line->returned = line->delivered;
    }
  ck_assert (!retour_desk_is_past_limit (desk, policy, order));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("desk");
  TCase *cases = tcase_create ("desk");
  SRunner *runner;
  int failed;

  if (sodium_init () < 0)
    return 1;
  tcase_set_timeout (cases, 60);
  tcase_add_checked_fixture (cases, set_up, tear_down);
  tcase_add_loop_test (cases, a_scan_leads_where_its_content_says, 0, 10);
  tcase_add_loop_test (cases, an_order_is_past_the_limit_from_the_day_after_its_last, 0, 3);
  tcase_add_test (cases, an_order_with_nothing_left_to_return_is_not_called_past_the_limit);
  tcase_add_test (cases, a_confirmed_return_is_recorded_once_with_its_operation_and_proof);
  tcase_add_test (cases, units_of_an_unacknowledged_return_cannot_come_back_twice);
  tcase_add_test (cases, an_incomplete_draft_is_not_recorded);
  tcase_add_loop_test (cases, only_another_person_who_is_a_manager_may_override_and_says_why, 0, 5);
  tcase_add_test (cases, a_staff_members_own_order_wants_another_person_and_the_record_says_who);
  tcase_add_loop_test (cases, a_manager_who_asks_needs_another_manager, 0, 3);
  tcase_add_test (cases, an_edit_voids_the_approval);
  tcase_add_test (cases, giving_up_what_was_approved_is_journalled);
  tcase_add_loop_test (cases, who_may_not_approve_is_journalled_and_so_is_a_wrong_code, 0, 3);
  tcase_add_loop_test (cases, a_visit_is_recorded_whole_or_not_at_all, 0, 2);
  tcase_add_test (cases, a_visit_comes_back_whole_after_the_terminal_died);
  tcase_add_loop_test (cases, one_decision_covers_a_visit_bound_to_each_return, 0, 2);
  tcase_add_loop_test (cases, a_visit_is_taken_back_whole_or_not_at_all, 0, 2);
  tcase_add_test (cases, evidence_keeps_the_order_and_not_its_customer);
  tcase_add_loop_test (cases, a_return_can_be_cancelled_for_ten_minutes, 0, 2);
  tcase_add_test (cases, offline_the_days_promises_are_counted);
  tcase_add_test (cases, a_clock_set_while_the_terminal_runs_moves_no_time);
  tcase_add_loop_test (cases, offline_is_provisional_in_the_signed_code, 0, 2);
  tcase_add_test (cases, five_wrong_pins_make_one_wait_and_a_restart_does_not_help);
  tcase_add_test (cases, a_draft_is_found_again_where_it_was);
  suite_add_tcase (suite, cases);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
