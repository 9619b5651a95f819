/* SPDX-License-Identifier: Apache-2.0 */
/* The invariants of DOMAIN.md 3 over random orders, policies and sequences of partial returns. RETOUR_SEED repeats a run,
 * RETOUR_CASES says how many cases; what fails is made smaller before it is shown. */
#include "naive-refund.h"
#include "random-order.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_CASES 100000
#define NUMBERS_PER_CASE 400
#define MAX_RETURNS 6

/* One case as it goes: an order and what it has given back so far. */
typedef struct
{
  RetourOrder *order;
  RetourPolicy *policy;
  gint64 paid, refunded, deducted, delivery;
  gboolean any_deduction;
} Story;

static char *complain (const Story *story, const char *format, ...) G_GNUC_PRINTF (2, 3);

static char *
complain (const Story *story, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *order = random_order_describe (story->order);
  return g_strdup_printf ("%s%s", problem, order);
}

static RetourQuoteContext
draw_context (Choices *choices)
{
  static const char *const instants[] = { "2026-11-10T10:00:00Z", "2026-12-20T10:00:00Z" };
  RetourQuoteContext context = { .offline = choices_draw (choices, 1) };
  g_assert_true (retour_instant_parse (instants[choices_draw (choices, 1)], &context.at));
  return context;
}

static char *
check_breakdown (const Story *story, const RetourQuote *quote)
{
  gint64 sum = 0;
  RetourBreakdownKind last = RETOUR_BREAKDOWN_GOODS;
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      if (entry->amount == 0)
        return complain (story, "breakdown entry %u is 0", i);
      if (entry->kind < last)
        return complain (story, "breakdown entry %u is out of order", i);
      if (entry->amount > 0 && entry->kind >= RETOUR_BREAKDOWN_CONDITION)
        return complain (story, "breakdown entry %u deducts a negative amount", i);
      last = entry->kind;
      sum += entry->amount;
    }
  if (sum != quote->total - quote->exchange_collect)
    return complain (story, "breakdown sums to %" G_GINT64_FORMAT ", refund is %" G_GINT64_FORMAT, sum, quote->total);
  return NULL;
}

static char *
check_tenders (const Story *story, const RetourQuote *quote)
{
  gint64 sum = 0;
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      if (tender->amount <= 0)
        return complain (story, "tender %s is %" G_GINT64_FORMAT, tender->payment, tender->amount);
      for (guint j = 0; j < i; j++)
        if (strcmp (((RetourTender *) quote->tenders->pdata[j])->payment, tender->payment) == 0)
          return complain (story, "tender %s is listed twice", tender->payment);
      for (guint j = 0; j < story->order->payments->len; j++)
        {
          const RetourPayment *payment = story->order->payments->pdata[j];
          if (strcmp (payment->id, tender->payment) == 0 && tender->amount > payment->captured - payment->refunded)
            return complain (story, "tender %s takes more than there is", tender->payment);
        }
      sum += tender->amount;
    }
  if (sum != quote->total)
    return complain (story, "tenders sum to %" G_GINT64_FORMAT ", refund is %" G_GINT64_FORMAT, sum, quote->total);
  return NULL;
}

static char *
check_taxes (const Story *story, const RetourQuote *quote)
{
  gint64 after = quote->total - quote->exchange_collect + quote->exchange_price;
  for (guint i = 0; i < quote->taxes->len; i++)
    {
      const RetourTax *tax = quote->taxes->pdata[i];
      if (i > 0 && retour_decimal_compare (&((RetourTax *) quote->taxes->pdata[i - 1])->rate, &tax->rate) >= 0)
        return complain (story, "tax rates do not ascend");
    }
  if (quote->taxes->len != 1)
    return NULL;
  /* One rate: the tax is that of the whole refund. */
  const RetourTax *tax = quote->taxes->pdata[0];
  gint64 net = 0;
  if (!retour_money_multiply_divide (after, 1000000, 1000000 + tax->rate.ten_thousandths, &net)
      || tax->amount != after - net)
    return complain (story, "tax %" G_GINT64_FORMAT " at %s in %" G_GINT64_FORMAT, tax->amount, tax->rate.written,
                     after);
  return NULL;
}

/* The units of each line that are back after the draft: what the naive reading needs. */
static void
count_returned (const Story *story, const RetourDraft *draft, const RetourQuote *quote, gint64 *returned)
{
  for (guint i = 0; i < story->order->lines->len; i++)
    returned[i] = ((const RetourOrderLine *) story->order->lines->pdata[i])->returned;
  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      guint index;
      retour_order_find_line (story->order, entry->line, &index);
      if (!((const RetourQuoteLine *) quote->lines->pdata[i])->even_exchange)
        returned[index] += entry->quantity;
    }
}

static gboolean
all_defective (const RetourDraft *draft)
{
  for (guint i = 0; i < draft->entries->len; i++)
    if (strcmp (((const RetourDraftEntry *) draft->entries->pdata[i])->reason, "defect") != 0)
      return FALSE;
  return TRUE;
}

static gint64
sum_of (const RetourQuote *quote, RetourBreakdownKind kind)
{
  gint64 sum = 0;
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      sum += entry->kind == kind ? entry->amount : 0;
    }
  return sum;
}

static char *
check_entitlement (Story *story, const RetourDraft *draft, const RetourQuote *quote)
{
  g_autofree gint64 *returned = g_new (gint64, story->order->lines->len);
  count_returned (story, draft, quote, returned);
  story->delivery = naive_delivery (story->order, story->policy, returned, quote->prices_hidden, all_defective (draft),
                                    quote->withdrawal_open);
  gint64 entitled = naive_entitlement (story->order, returned, story->delivery);
  gint64 expected = MAX (0, entitled - story->refunded - story->deducted);
  gint64 deducted = -sum_of (quote, RETOUR_BREAKDOWN_CONDITION) - sum_of (quote, RETOUR_BREAKDOWN_RETURN_FEE);
  gint64 got = quote->total - quote->exchange_collect + quote->exchange_price + deducted;
  if (got != expected)
    return complain (story, "before deductions %" G_GINT64_FORMAT ", naively %" G_GINT64_FORMAT, got, expected);
  return NULL;
}

/* A gift's recipient gets store credit, and no payment of the buyer's is touched. */
static char *
check_gift (const Story *story, const RetourDraft *draft, const RetourQuote *quote)
{
  gboolean recipient = story->order->gift && g_strcmp0 (draft->by, "buyer") != 0;
  if (quote->prices_hidden != recipient)
    return complain (story, "prices of a gift are %s", recipient ? "shown to its recipient" : "hidden");
  for (guint i = 0; recipient && i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      if (strcmp (tender->method, "store_credit") != 0)
        return complain (story, "a gift is refunded by %s", tender->method);
    }
  return NULL;
}

static char *
check_quote (Story *story, const RetourDraft *draft, const RetourQuote *quote)
{
  if (quote->total < 0 || quote->exchange_collect < 0 || quote->exchange_price < 0)
    return complain (story, "a negative amount");
  if (quote->total > 0 && quote->exchange_collect > 0)
    return complain (story, "refunds and collects at once");
  char *problem = check_breakdown (story, quote);
  if (problem == NULL)
    problem = check_tenders (story, quote);
  if (problem == NULL)
    problem = check_taxes (story, quote);
  if (problem == NULL)
    problem = check_gift (story, draft, quote);
  if (problem == NULL)
    problem = check_entitlement (story, draft, quote);
  return problem;
}

/* Books the return and checks what must hold of all returns so far. */
static char *
book (Story *story, const RetourDraft *draft, const RetourQuote *quote)
{
  gint64 deducted = -sum_of (quote, RETOUR_BREAKDOWN_CONDITION) - sum_of (quote, RETOUR_BREAKDOWN_RETURN_FEE);
  story->refunded += quote->total - quote->exchange_collect + quote->exchange_price;
  story->deducted += deducted;
  random_order_book (story->order, draft, quote);
  if (story->refunded + story->deducted > story->paid)
    return complain (story, "refunds %" G_GINT64_FORMAT " and deductions %" G_GINT64_FORMAT " exceed %" G_GINT64_FORMAT,
                     story->refunded, story->deducted, story->paid);
  g_autoptr (GError) error = NULL;
  if (!retour_order_check (story->order, &error))
    return complain (story, "a booked order is malformed: %s", error->message);
  return NULL;
}

static gboolean
everything_is_back (const RetourOrder *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[i];
      if (line->returned < line->quantity)
        return FALSE;
    }
  return TRUE;
}

static char *
check_end (const Story *story)
{
  if (!everything_is_back (story->order) || story->deducted > 0)
    return NULL;
  gint64 expected = story->paid - story->order->delivery.paid + story->delivery;
  if (story->refunded != expected)
    return complain (story, "all is back: refunded %" G_GINT64_FORMAT ", paid %" G_GINT64_FORMAT, story->refunded,
                     expected);
  return NULL;
}

static char *
check_returns (Choices *choices, gpointer user_data)
{
  g_autoptr (RetourOrder) order = random_order_draw (choices);
  gboolean deductions = choices_draw (choices, 1), exchanges = choices_draw (choices, 1);
  g_autoptr (RetourPolicy) policy = random_policy_draw (choices, order, deductions);
  Story story = { .order = order, .policy = policy, .paid = random_order_paid (order) };
  const char *by = choices_draw (choices, 1) ? "buyer" : NULL;

  for (guint i = 0; i < MAX_RETURNS; i++)
    {
      g_autoptr (RetourDraft) draft = random_draft_draw (choices, order, exchanges);
      if (draft == NULL)
        break;
      draft->by = g_strdup (by);
      RetourQuoteContext context = draw_context (choices);
      g_autoptr (GError) error = NULL;
      g_autoptr (RetourQuote) quote = retour_quote_new (order, policy, draft, &context, &error);
      if (quote == NULL)
        return complain (&story, "return %u: %s", i + 1, error->message);
      char *problem = check_quote (&story, draft, quote);
      if (problem == NULL)
        problem = book (&story, draft, quote);
      if (problem != NULL)
        return problem;
    }
  return check_end (&story);
}

/* What one draft of all the units that are back would have given: max (0, entitlement). */
static gint64
refund_at_once (const Story *story, const RetourOrder *fresh, const RetourQuoteContext *context)
{
  g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
  for (guint i = 0; i < story->order->lines->len; i++)
    {
      const RetourOrderLine *line = story->order->lines->pdata[i];
      if (line->returned > 0)
        g_ptr_array_add (draft->entries, retour_draft_entry_new (line->id, line->returned));
    }
  g_autoptr (RetourQuote) quote = retour_quote_new (fresh, story->policy, draft, context, NULL);
  return quote != NULL ? quote->total : -1;
}

/* Unit by unit in any order, the sum is the most that any part of the way was worth at once: nothing is owed twice, nothing
 * is lost, and only which units are back counts. */
static char *
check_order_of_returns (Choices *choices, gpointer user_data)
{
  g_autoptr (RetourOrder) order = random_order_draw (choices);
  g_autoptr (RetourPolicy) policy = random_policy_draw (choices, order, FALSE);
  g_autoptr (RetourOrder) fresh = retour_order_copy (order);
  RetourQuoteContext context = draw_context (choices);
  Story story = { .order = order, .policy = policy, .paid = random_order_paid (order) };

  gint64 most = 0;
  for (guint i = 0; i < 2 * MAX_RETURNS; i++)
    {
      const RetourOrderLine *line = order->lines->pdata[choices_draw (choices, order->lines->len - 1)];
      if (retour_order_line_returnable (line) == 0)
        continue;
      g_autoptr (RetourDraft) draft = retour_draft_new ("desk");
      g_ptr_array_add (draft->entries, retour_draft_entry_new (line->id, 1));
      g_autoptr (RetourQuote) quote = retour_quote_new (order, policy, draft, &context, NULL);
      if (quote == NULL)
        return complain (&story, "unit %u: no quote", i);
      story.refunded += quote->total;
      random_order_book (order, draft, quote);
      most = MAX (most, refund_at_once (&story, fresh, &context));
      if (story.refunded != most)
        return complain (&story, "unit by unit %" G_GINT64_FORMAT ", at once %" G_GINT64_FORMAT, story.refunded, most);
    }
  return NULL;
}

/* The order of a draft's entries, and whether units stand in one entry or in several, change nothing of the whole. */
static char *
check_order_of_entries (Choices *choices, gpointer user_data)
{
  g_autoptr (RetourOrder) order = random_order_draw (choices);
  g_autoptr (RetourPolicy) policy = random_policy_draw (choices, order, FALSE);
  RetourQuoteContext context = draw_context (choices);
  Story story = { .order = order, .policy = policy };
  g_autoptr (RetourDraft) draft = random_draft_draw (choices, order, FALSE);
  if (draft == NULL)
    return NULL;

  g_autoptr (RetourDraft) apart = retour_draft_new (draft->method);
  for (guint i = draft->entries->len; i > 0; i--)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i - 1];
      for (gint64 unit = 0; unit < entry->quantity; unit++)
        {
          RetourDraftEntry *single = retour_draft_entry_copy (entry);
          single->quantity = 1;
          g_ptr_array_add (apart->entries, single);
        }
    }
  g_autoptr (RetourQuote) together = retour_quote_new (order, policy, draft, &context, NULL);
  g_autoptr (RetourQuote) taken_apart = retour_quote_new (order, policy, apart, &context, NULL);
  if (together == NULL || taken_apart == NULL)
    return complain (&story, "no quote");
  if (together->total != taken_apart->total)
    return complain (&story, "entries together %" G_GINT64_FORMAT ", apart %" G_GINT64_FORMAT, together->total,
                     taken_apart->total);
  if (together->tenders->len != taken_apart->tenders->len)
    return complain (&story, "other tenders when entries stand apart");
  return NULL;
}

/* Of what was refunded before only the sum counts, whichever lines it was booked on. */
static char *
check_where_it_was_booked (Choices *choices, gpointer user_data)
{
  g_autoptr (RetourOrder) order = random_order_draw (choices);
  g_autoptr (RetourPolicy) policy = random_policy_draw (choices, order, FALSE);
  RetourQuoteContext context = draw_context (choices);
  Story story = { .order = order, .policy = policy };
  g_autoptr (RetourDraft) earlier = random_draft_draw (choices, order, FALSE);
  g_autoptr (RetourQuote) before = earlier != NULL ? retour_quote_new (order, policy, earlier, &context, NULL) : NULL;
  if (before == NULL)
    return NULL;
  random_order_book (order, earlier, before);
  g_autoptr (RetourDraft) draft = random_draft_draw (choices, order, FALSE);
  if (draft == NULL)
    return NULL;

  g_autoptr (RetourOrder) elsewhere = retour_order_copy (order);
  RetourOrderLine *first = elsewhere->lines->pdata[0];
  for (guint i = 1; i < elsewhere->lines->len; i++)
    {
      RetourOrderLine *line = elsewhere->lines->pdata[i];
      first->refunded += line->refunded;
      line->refunded = 0;
    }
  g_autoptr (RetourQuote) one = retour_quote_new (order, policy, draft, &context, NULL);
  g_autoptr (RetourQuote) other = retour_quote_new (elsewhere, policy, draft, &context, NULL);
  if (one == NULL || other == NULL)
    return complain (&story, "no quote");
  if (one->total != other->total || one->breakdown->len != other->breakdown->len)
    return complain (&story, "booked on its lines %" G_GINT64_FORMAT ", on the first %" G_GINT64_FORMAT, one->total,
                     other->total);
  return NULL;
}

static guint64
environment_number (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);
  return text != NULL && text[0] != '\0' ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
run (const char *what, ChoicesCheck check, guint64 cases)
{
  guint32 seed = (guint32) environment_number ("RETOUR_SEED", g_random_int ());
  printf ("# %s: RETOUR_SEED=%u RETOUR_CASES=%" G_GUINT64_FORMAT "\n", what, seed, cases);
  fflush (stdout);
  for (guint64 i = 0; i < cases; i++)
    {
      g_autoptr (Choices) choices = choices_new (seed + (guint32) i, NUMBERS_PER_CASE);
      g_autofree char *problem = check (choices, NULL);
      if (problem == NULL)
        continue;
      g_autoptr (Choices) smallest = choices_shrink (choices, check, NULL);
      g_autofree char *shown = check (smallest, NULL);
      ck_abort_msg ("RETOUR_SEED=%u RETOUR_CASES=1: %s", seed + (guint32) i, shown != NULL ? shown : problem);
    }
}

START_TEST (refunds_keep_every_invariant)
{
  run ("invariants", check_returns, environment_number ("RETOUR_CASES", DEFAULT_CASES));
}
END_TEST

START_TEST (only_which_units_are_back_counts)
{
  run ("units", check_order_of_returns, environment_number ("RETOUR_CASES", DEFAULT_CASES));
}
END_TEST

START_TEST (the_order_of_entries_does_not_count)
{
  run ("entries", check_order_of_entries, environment_number ("RETOUR_CASES", DEFAULT_CASES));
}
END_TEST

START_TEST (only_the_sum_of_earlier_refunds_counts)
{
  run ("bookings", check_where_it_was_booked, environment_number ("RETOUR_CASES", DEFAULT_CASES));
}
END_TEST

/* Fails for any row that holds a number over 1000: the smallest is that one alone. */
static char *
dislike_large_numbers (Choices *choices, gpointer user_data)
{
  for (gsize i = 0; i < choices->n; i++)
    if (choices->numbers[i] > 1000)
      return g_strdup ("large");
  return NULL;
}

START_TEST (a_failing_case_is_made_as_small_as_it_can_be)
{
  g_autoptr (Choices) choices = choices_new (7, 50);
  g_autoptr (Choices) smallest = choices_shrink (choices, dislike_large_numbers, NULL);
  ck_assert_uint_eq (smallest->n, 1);
  ck_assert_uint_eq (smallest->numbers[0], 1001);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("quote-properties");
  TCase *tcase = tcase_create ("properties");
  tcase_set_timeout (tcase, 900);
  tcase_add_test (tcase, a_failing_case_is_made_as_small_as_it_can_be);
  tcase_add_test (tcase, refunds_keep_every_invariant);
  tcase_add_test (tcase, only_which_units_are_back_counts);
  tcase_add_test (tcase, the_order_of_entries_does_not_count);
  tcase_add_test (tcase, only_the_sum_of_earlier_refunds_counts);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
