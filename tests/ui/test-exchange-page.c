/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange page, used as a person and a scanner use it: what it proposes, what it says, what it gives back. */
#include "exchange-stage.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static ExchangeStage *stage;
static ExchangeStageOptions options;

static void
set_up (void)
{
  options = (ExchangeStageOptions){ .language = RETOUR_LANGUAGE_ENGLISH };
  stage = NULL;
}

static void
tear_down (void)
{
  g_clear_pointer (&stage, exchange_stage_free);
}

static void
open_page (void)
{
  stage = exchange_stage_new (&options, 1280, 800);
}

static void
check_says (const char *words)
{
  g_autofree char *seen = exchange_stage_read (stage);

  ck_assert_msg (strstr (seen, words) != NULL, "“%s” is not in:\n%s", words, seen);
}

static void
check_silent (const char *words)
{
  g_autofree char *seen = exchange_stage_read (stage);

  ck_assert_msg (strstr (seen, words) == NULL, "“%s” is in:\n%s", words, seen);
}

static gboolean
is_on (const char *name)
{
  GtkWidget *tile = exchange_stage_find (stage, name);

  ck_assert_msg (tile != NULL, "there is no %s", name);
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tile));
}

static gboolean
can_press (const char *name)
{
  GtkWidget *widget = exchange_stage_find (stage, name);

  ck_assert_msg (widget != NULL, "there is no %s", name);
  return gtk_widget_is_sensitive (widget);
}

static void
press (const char *name)
{
  GtkWidget *widget = exchange_stage_find (stage, name);

  ck_assert_msg (widget != NULL, "there is no %s", name);
  exchange_stage_press (widget);
}

static void
check_end (RetourExchangeEnd end, const char *sku)
{
  ck_assert_uint_eq (stage->ends, 1);
  ck_assert_int_eq (stage->end, end);
  ck_assert_str_eq (stage->item != NULL ? stage->item->sku : "none", sku != NULL ? sku : "none");
}

START_TEST (too_small_proposes_the_next_size_and_says_what_it_costs)
{
  open_page ();
  check_says ("Exchange the dress");
  ck_assert (is_on ("Bleu nuit"));
  ck_assert (is_on ("40"));
  ck_assert (!can_press ("38"));
  check_says ("+€12.26");
  check_says ("€69.00 less €56.74");
  check_says ("Offer “€10 off €150” kept: the basket stays at €221.00.");
  check_says ("Customer pays €12.26");
  check_says ("stock of 10:46");
  /* Terracotta is cheaper. */
  check_says ("−€7.74");
}
END_TEST

START_TEST (over_the_tolerance_it_asks_for_approval)
{
  open_page ();
  check_says ("approval needed.");
  press ("Ask for approval");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-BLN-40");
  ck_assert (stage->ask);
  ck_assert_str_eq (stage->item->place, "store:0214");
  ck_assert_str_eq (stage->item->place_name, "Lyon Bellecour");
  ck_assert_int_eq (stage->item->unit_price, 6900);
}
END_TEST

START_TEST (a_return_that_is_not_complete_asks_for_no_approval_yet)
{
  options.incomplete = TRUE;
  open_page ();
  press ("Exchange · +€12.26");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-BLN-40");
  ck_assert (!stage->ask);
}
END_TEST

START_TEST (at_the_price_paid_nothing_is_to_be_paid)
{
  options.even = TRUE;
  open_page ();
  check_says ("Even exchange");
  check_says ("€0.00");
  check_says ("Allowance of €12.26");
  check_says ("the basket stays at €221.00.");
  check_silent ("approval needed.");
  press ("Exchange");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-BLN-40");
  ck_assert (!stage->ask);
}
END_TEST

START_TEST (another_colour_keeps_the_size)
{
  open_page ();
  press ("Terracotta");
  ck_assert (is_on ("40"));
  check_says ("in terracotta");
  check_says ("Customer gets back €7.74");
  press ("Exchange · −€7.74");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-TER-40");
}
END_TEST

START_TEST (an_offer_that_it_costs_is_said_and_counted)
{
  options.jumper = TRUE;
  open_page ();
  check_says ("+€16.85");
  check_says ("€69.00 less €56.74, and the offer taken back");
  check_says ("Offer “€10 off €150” taken back: €4.59. Basket kept: €119.50, under €150.");
  check_says ("€16.85 taken off the refund");
  check_says ("€14.40 are still refunded");
}
END_TEST

START_TEST (another_place_is_where_it_is_taken)
{
  open_page ();
  press ("Lyon Part-Dieu");
  press ("Ask for approval");
  ck_assert_str_eq (stage->item->place, "store:0215");
  ck_assert_str_eq (stage->item->place_name, "Lyon Part-Dieu");
}
END_TEST

START_TEST (a_size_that_is_only_elsewhere_is_taken_there)
{
  open_page ();
  press ("36");
  press ("Ask for approval");
  ck_assert_str_eq (stage->item->place, "store:0215");
}
END_TEST

START_TEST (a_place_without_stock_cannot_be_chosen)
{
  GtkWidget *row;

  open_page ();
  row = exchange_stage_find (stage, "Villeurbanne");
  ck_assert_ptr_nonnull (row);
  ck_assert (!gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}
END_TEST

START_TEST (what_is_sold_out_is_promised_only_once_it_was_seen)
{
  open_page ();
  press ("44");
  check_says ("Sold out");
  check_says ("Tick that you have seen the item.");
  ck_assert (!can_press ("Ask for approval"));
  press ("Seen on the shelf");
  ck_assert (can_press ("Ask for approval"));
  /* Another article has not been seen. */
  press ("40");
  press ("44");
  ck_assert (!can_press ("Ask for approval"));
}
END_TEST

START_TEST (an_old_figure_asks_before_it_is_promised)
{
  options.stock_age = 31 * 60 * RETOUR_SECOND;
  open_page ();
  check_says ("stock of 10:15, to be checked on the shelf");
  ck_assert (!can_press ("Ask for approval"));
  /* The OMS knows better, and just now. */
  exchange_stage_answer (stage, 2);
  check_says ("stock of 10:46");
  check_silent ("to be checked on the shelf");
  ck_assert (can_press ("Ask for approval"));
}
END_TEST

START_TEST (offline_every_figure_asks)
{
  options.offline = TRUE;
  open_page ();
  ck_assert_ptr_null (stage->asked);
  check_says ("stock of 10:46, to be checked on the shelf");
  ck_assert (!can_press ("Ask for approval"));
  press ("Seen on the shelf");
  press ("Ask for approval");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-BLN-40");
}
END_TEST

START_TEST (the_oms_that_says_none_here_moves_it_to_the_next_place)
{
  open_page ();
  ck_assert_str_eq (stage->asked, "ROBE-YSE-BLN-40");
  exchange_stage_answer (stage, 0);
  check_says ("Elsewhere");
  press ("Ask for approval");
  ck_assert_str_eq (stage->item->place, "store:0215");
}
END_TEST

START_TEST (an_oms_that_does_not_answer_leaves_the_figures_as_they_are)
{
  open_page ();
  exchange_stage_answer (stage, -1);
  check_says ("stock of 10:46");
  ck_assert (can_press ("Ask for approval"));
}
END_TEST

START_TEST (another_article_is_asked_about_and_the_first_question_dropped)
{
  open_page ();
  press ("42");
  ck_assert_uint_eq (stage->cancelled, 1);
  ck_assert_str_eq (stage->asked, "ROBE-YSE-BLN-42");
}
END_TEST

START_TEST (a_scan_chooses_the_article_and_proves_it_is_here)
{
  options.offline = TRUE;
  open_page ();
  ck_assert (exchange_stage_scan (stage, "ROBE-YSE-SAU-44"));
  ck_assert (is_on ("Sauge"));
  ck_assert (is_on ("44"));
  check_says ("It was scanned: it is here.");
  ck_assert (exchange_stage_command (stage, RETOUR_SCAN_COMMAND_CONFIRM));
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-SAU-44");
  ck_assert_str_eq (stage->item->place, "store:0214");
}
END_TEST

START_TEST (a_scan_of_another_product_shows_that_product)
{
  open_page ();
  ck_assert (exchange_stage_scan (stage, "ROBE-PLI-BLN-40"));
  check_says ("Robe midi plissée 40 · Bleu nuit");
  check_says ("Customer gets back €6.74");
  press ("Exchange · −€6.74");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-PLI-BLN-40");
}
END_TEST

START_TEST (the_article_that_comes_back_is_not_given_again)
{
  open_page ();
  ck_assert (exchange_stage_scan (stage, "ROBE-YSE-BLN-38"));
  ck_assert (is_on ("40"));
  ck_assert_uint_eq (stage->ends, 0);
}
END_TEST

START_TEST (an_unknown_article_is_taken_and_changes_nothing)
{
  open_page ();
  ck_assert (exchange_stage_scan (stage, "NOT-KNOWN"));
  ck_assert (is_on ("40"));
}
END_TEST

START_TEST (a_faulty_article_is_given_again)
{
  options.reason = "defective";
  options.even = TRUE;
  open_page ();
  ck_assert (is_on ("38"));
  press ("Exchange");
  check_end (RETOUR_EXCHANGE_CHOSEN, "ROBE-YSE-BLN-38");
}
END_TEST

START_TEST (a_reason_that_points_nowhere_leaves_the_choice)
{
  options.reason = "changed_mind";
  open_page ();
  ck_assert (!is_on ("40"));
  check_says ("Choose the new item, or scan it.");
  ck_assert (!can_press ("Exchange"));
}
END_TEST

START_TEST (a_similar_product_is_offered_after_the_sizes_and_left_again)
{
  open_page ();
  check_says ("Similar items");
  press ("Robe midi plissée");
  check_says ("€50.00 less €56.74");
  press ("Robe chemise Ysé");
  ck_assert (is_on ("40"));
  check_says ("€69.00 less €56.74");
}
END_TEST

START_TEST (a_gift_shows_no_price)
{
  options.gift = TRUE;
  open_page ();
  check_says ("Exchange the dress");
  check_silent ("€");
}
END_TEST

START_TEST (a_store_that_cannot_be_read_is_said)
{
  options.failing = TRUE;
  open_page ();
  check_says ("The articles could not be read.");
  check_says ("database disk image is malformed");
}
END_TEST

START_TEST (leaving_changes_nothing)
{
  open_page ();
  ck_assert (gtk_widget_activate_action (GTK_WIDGET (stage->page), "page.back", NULL));
  check_end (RETOUR_EXCHANGE_LEFT, NULL);
  ck_assert (!retour_exchange_page_is_shown (stage->page));
  retour_exchange_page_leave (stage->page);
  ck_assert_uint_eq (stage->ends, 1);
}
END_TEST

START_TEST (an_exchange_chosen_before_is_shown_and_can_be_given_up)
{
  const RetourExchangedItem item = {
    .sku = (char *) "ROBE-YSE-TER-42",
    .product = (char *) "ROBE-YSE",
    .unit_price = 4900,
  };

  open_page ();
  retour_exchange_page_leave (stage->page);
  retour_draft_set_exchange (stage->workspace->draft, 0, &item);
  exchange_stage_show (stage);
  ck_assert (is_on ("Terracotta"));
  ck_assert (is_on ("42"));
  press ("Refund instead");
  ck_assert_int_eq (stage->end, RETOUR_EXCHANGE_REFUNDED);
}
END_TEST

START_TEST (it_speaks_french)
{
  options.language = RETOUR_LANGUAGE_FRENCH;
  open_page ();
  check_says ("Échanger la robe");
  check_says ("Rendue");
  check_says ("2 ici");
  check_says ("+12,26\u00a0€");
  check_says ("Promo «\u00a0−10 € dès 150 €\u00a0» conservée");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("exchange-page");
  TCase *all = tcase_create ("exchange-page");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (all, set_up, tear_down);
  tcase_add_test (all, too_small_proposes_the_next_size_and_says_what_it_costs);
  tcase_add_test (all, over_the_tolerance_it_asks_for_approval);
  tcase_add_test (all, a_return_that_is_not_complete_asks_for_no_approval_yet);
  tcase_add_test (all, at_the_price_paid_nothing_is_to_be_paid);
  tcase_add_test (all, another_colour_keeps_the_size);
  tcase_add_test (all, an_offer_that_it_costs_is_said_and_counted);
  tcase_add_test (all, another_place_is_where_it_is_taken);
  tcase_add_test (all, a_size_that_is_only_elsewhere_is_taken_there);
  tcase_add_test (all, a_place_without_stock_cannot_be_chosen);
  tcase_add_test (all, what_is_sold_out_is_promised_only_once_it_was_seen);
  tcase_add_test (all, an_old_figure_asks_before_it_is_promised);
  tcase_add_test (all, offline_every_figure_asks);
  tcase_add_test (all, the_oms_that_says_none_here_moves_it_to_the_next_place);
  tcase_add_test (all, an_oms_that_does_not_answer_leaves_the_figures_as_they_are);
  tcase_add_test (all, another_article_is_asked_about_and_the_first_question_dropped);
  tcase_add_test (all, a_scan_chooses_the_article_and_proves_it_is_here);
  tcase_add_test (all, a_scan_of_another_product_shows_that_product);
  tcase_add_test (all, the_article_that_comes_back_is_not_given_again);
  tcase_add_test (all, an_unknown_article_is_taken_and_changes_nothing);
  tcase_add_test (all, a_faulty_article_is_given_again);
  tcase_add_test (all, a_reason_that_points_nowhere_leaves_the_choice);
  tcase_add_test (all, a_similar_product_is_offered_after_the_sizes_and_left_again);
  tcase_add_test (all, a_gift_shows_no_price);
  tcase_add_test (all, a_store_that_cannot_be_read_is_said);
  tcase_add_test (all, leaving_changes_nothing);
  tcase_add_test (all, an_exchange_chosen_before_is_shown_and_can_be_given_up);
  tcase_add_test (all, it_speaks_french);
  suite_add_tcase (suite, all);
  /* One program, one window after the other: GTK is started once. */
  srunner_set_fork_status (runner, CK_NOFORK);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
