/* SPDX-License-Identifier: Apache-2.0 */
/* What an exchange comes to, on the order of the design papers (UI.md 5). Amounts in cents. */
#include "exchange-outcome.h"

#include "reference-case.h"

#include <check.h>
#include <stdlib.h>

static RetourDesk *desk;

static void
set_up (void)
{
  desk = reference_desk ();
}

static void
tear_down (void)
{
  g_clear_pointer (&desk, retour_desk_free);
}

static RetourExchangedItem *
dress_item (const char *colour, const char *size)
{
  RetourProduct *product = reference_dress (colour, size);
  RetourExchangedItem *item = retour_exchanged_item_new (product);

  retour_product_free (product);
  return item;
}

/* Of the dress as the last entry, after what was added before. */
static RetourExchangeOutcome *
exchange_dress (RetourWorkspace *workspace, const char *colour, const char *size)
{
  g_autoptr (GError) error = NULL;
  RetourExchangedItem *item = dress_item (colour, size);
  RetourExchangeOutcome *outcome;

  reference_add (workspace, "l1", "size_small");
  outcome = retour_exchange_outcome_new (desk, workspace, workspace->draft->entries->len - 1, item, FALSE, &error);
  ck_assert_msg (outcome != NULL, "%s", error != NULL ? error->message : "");
  retour_exchanged_item_free (item);
  return outcome;
}

START_TEST (a_larger_dress_costs_its_price_less_what_was_paid)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = exchange_dress (workspace, "Bleu nuit", "40");

  ck_assert_int_eq (outcome->returned, 5674);
  ck_assert_int_eq (outcome->price, 6900);
  ck_assert_int_eq (outcome->difference, 1226);
  ck_assert_int_eq (outcome->quote->exchange_collect, 1226);
  ck_assert_int_eq (outcome->quote->total, 0);
  ck_assert (!outcome->even);
  ck_assert_ptr_nonnull (outcome->promotion);
  ck_assert_int_eq (outcome->clawback, 0);
  ck_assert_int_eq (outcome->basket, 22100);
  /* Over the tolerance of 10,00 €. */
  ck_assert_int_eq (outcome->quote->decision, RETOUR_DECISION_ACCEPT_IF_APPROVED);
}
END_TEST

START_TEST (the_same_product_at_the_price_paid_costs_nothing)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (TRUE);
  g_autoptr (RetourExchangeOutcome) outcome = exchange_dress (workspace, "Bleu nuit", "40");

  ck_assert (outcome->even);
  ck_assert_int_eq (outcome->difference, 0);
  ck_assert_int_eq (outcome->returned, 5674);
  ck_assert_int_eq (outcome->price, 6900);
  ck_assert_ptr_nonnull (outcome->promotion);
  ck_assert_int_eq (outcome->clawback, 0);
  ck_assert_int_eq (outcome->basket, 22100);
  ck_assert_int_eq (outcome->quote->decision, RETOUR_DECISION_ACCEPT);
}
END_TEST

START_TEST (a_cheaper_colour_gives_back_the_difference)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = exchange_dress (workspace, "Terracotta", "40");

  ck_assert_int_eq (outcome->difference, -774);
  ck_assert_int_eq (outcome->quote->total, 774);
  ck_assert_int_eq (outcome->basket, 20100);
  ck_assert_int_eq (outcome->quote->decision, RETOUR_DECISION_ACCEPT);
}
END_TEST

/* The jumper is refunded in the same visit: what stays falls to 119,50 €, and the offer is taken back because of the dress. */
START_TEST (an_offer_that_the_exchange_costs_is_in_the_difference)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = NULL;

  reference_add (workspace, "l2", "changed_mind");
  outcome = exchange_dress (workspace, "Bleu nuit", "40");
  ck_assert_int_eq (outcome->difference, 1226 + 459);
  ck_assert_int_eq (outcome->clawback, 459);
  ck_assert_int_eq (outcome->kept, 11950);
  ck_assert_int_eq (outcome->basket, 11950 + 6900);
  ck_assert_int_eq (outcome->quote->total, 8799 - 459 - 6900);
}
END_TEST

START_TEST (an_even_exchange_keeps_the_offer_beside_a_refund)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (TRUE);
  g_autoptr (RetourExchangeOutcome) outcome = NULL;

  reference_add (workspace, "l2", "changed_mind");
  outcome = exchange_dress (workspace, "Bleu nuit", "40");
  ck_assert_int_eq (outcome->difference, 0);
  ck_assert_int_eq (outcome->clawback, 0);
  ck_assert_ptr_nonnull (outcome->promotion);
  ck_assert_int_eq (outcome->quote->total, 3125);
}
END_TEST

START_TEST (an_offer_lost_before_is_not_said_to_be_kept)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = NULL;

  reference_add (workspace, "l4", "changed_mind");
  reference_add (workspace, "l2", "changed_mind");
  outcome = exchange_dress (workspace, "Bleu nuit", "40");
  /* With jumper and shirt back only 108,50 € were left; without the dress 49,50 €, and its share of the offer with it. */
  ck_assert_ptr_nonnull (outcome->promotion);
  ck_assert_int_lt (outcome->clawback, 0);
  ck_assert_int_eq (outcome->difference, 1226 + outcome->clawback);
}
END_TEST

START_TEST (the_draft_stays_as_it_was)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = exchange_dress (workspace, "Bleu nuit", "40");
  const RetourDraftEntry *entry = workspace->draft->entries->pdata[0];

  ck_assert_uint_eq (workspace->draft->entries->len, 1);
  ck_assert_ptr_null (entry->exchange);
}
END_TEST

START_TEST (without_an_order_an_exchange_has_no_amount)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (RetourExchangeOutcome) outcome = NULL;

  g_clear_pointer (&workspace->order, retour_order_free);
  outcome = exchange_dress (workspace, "Bleu nuit", "40");
  ck_assert_int_eq (outcome->difference, 0);
  ck_assert_int_eq (outcome->returned, 0);
  ck_assert_ptr_null (outcome->promotion);
}
END_TEST

START_TEST (a_price_beyond_the_range_is_an_error)
{
  g_autoptr (RetourWorkspace) workspace = reference_workspace (FALSE);
  g_autoptr (GError) error = NULL;
  RetourExchangedItem *item = dress_item ("Bleu nuit", "40");

  reference_add (workspace, "l3", "size_small");
  ((RetourDraftEntry *) workspace->draft->entries->pdata[0])->quantity = 3;
  item->unit_price = G_MAXINT64 / 2;
  ck_assert_ptr_null (retour_exchange_outcome_new (desk, workspace, 0, item, FALSE, &error));
  ck_assert (g_error_matches (error, RETOUR_QUOTE_ERROR, RETOUR_QUOTE_ERROR_OVERFLOW));
  retour_exchanged_item_free (item);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("exchange-outcome");
  TCase *all = tcase_create ("exchange-outcome");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (all, set_up, tear_down);
  tcase_add_test (all, a_larger_dress_costs_its_price_less_what_was_paid);
  tcase_add_test (all, the_same_product_at_the_price_paid_costs_nothing);
  tcase_add_test (all, a_cheaper_colour_gives_back_the_difference);
  tcase_add_test (all, an_offer_that_the_exchange_costs_is_in_the_difference);
  tcase_add_test (all, an_even_exchange_keeps_the_offer_beside_a_refund);
  tcase_add_test (all, an_offer_lost_before_is_not_said_to_be_kept);
  tcase_add_test (all, the_draft_stays_as_it_was);
  tcase_add_test (all, without_an_order_an_exchange_has_no_amount);
  tcase_add_test (all, a_price_beyond_the_range_is_an_error);
  suite_add_tcase (suite, all);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
