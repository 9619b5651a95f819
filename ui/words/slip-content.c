/* SPDX-License-Identifier: Apache-2.0 */
#include "slip-content.h"

#include "breakdown-words.h"
#include "item-words.h"
#include "state-words.h"
#include "stock.h"

#include <string.h>

#define N_(msgid) RETOUR_WORDING (msgid)

typedef struct
{
  RetourLanguage language;
  const RetourReturn *ret;
  const RetourOrder *order;
  const RetourPolicy *policy;
} Content;

static const char *
say (const Content *content, const char *msgid)
{
  return retour_wording (content->language, msgid);
}

static char *
money (const Content *content, gint64 amount)
{
  return retour_money_format (amount, content->ret->currency, content->language);
}

/* In the middle of a line a word of ours starts small: "trop petit". */
static char *
lower_first (const char *words)
{
  char first[7] = "";

  if (*words == '\0')
    return g_strdup ("");
  first[g_unichar_to_utf8 (g_unichar_tolower (g_utf8_get_char (words)), first)] = '\0';
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static void
add_store (RetourSlipProof *proof, const RetourIdentity *identity)
{
  g_auto (GStrv) address = g_strsplit (identity->store_address != NULL ? identity->store_address : "", "\n", -1);
  const char *phone = identity->store_phone;
  g_autofree char *last = NULL;

  proof->chain = identity->chain != NULL ? g_utf8_strup (identity->chain, -1) : NULL;
  for (guint i = 0; address[i] != NULL; i++)
    retour_slip_proof_add_store_line (proof, g_strstrip (address[i]));
  if (identity->store_name != NULL && phone != NULL && *phone != '\0')
    last = g_strdup_printf ("%s · %s", identity->store_name, phone);
  retour_slip_proof_add_store_line (proof, last != NULL ? last : identity->store_name);
}

static void
add_facts (const Content *content, RetourSlipSection *section)
{
  const RetourReturn *ret = content->ret;
  const char *channel = content->order != NULL ? retour_channel_words (content->language, content->order->channel) : "";
  g_autofree char *where = g_utf8_strdown (channel, -1);
  g_autofree char *number =
      *where != '\0' ? g_strdup_printf ("%s (%s)", ret->order_number, where) : g_strdup (ret->order_number);

  retour_slip_section_add (section->facts, say (content, N_ ("Order")),
                           ret->order_number != NULL ? number : say (content, N_ ("none")), NULL);
  if (ret->customer_name != NULL && *ret->customer_name != '\0')
    retour_slip_section_add (section->facts, say (content, N_ ("Customer")), ret->customer_name, NULL);
  if (ret->staff_name != NULL && *ret->staff_name != '\0')
    retour_slip_section_add (section->facts, say (content, N_ ("Taken by")), ret->staff_name, NULL);
}

/* "exchanged for 40 · Bleu nuit", and where it is when it does not leave with the customer. */
static void
add_exchange (const Content *content, const RetourExchangedItem *item, GString *detail)
{
  g_autofree char *here = retour_place_of_store (content->ret->store);
  const char *name = item->place_name != NULL ? item->place_name : item->place;

  g_string_append_printf (detail, " · %s %s", say (content, N_ ("exchanged for")),
                          item->variant != NULL ? item->variant : item->sku);
  if (name == NULL || retour_place_kind (item->place, here) == RETOUR_PLACE_HERE)
    return;
  g_string_append (detail, " · ");
  g_string_append_printf (detail,
                          retour_place_kind (item->place, here) == RETOUR_PLACE_STORE
                              ? say (content, N_ ("to collect at %s"))
                              : say (content, N_ ("delivered from %s")),
                          name);
}

/* "38 · Bleu nuit · trop petit · état A" */
static char *
item_detail (const Content *content, const RetourReturnLine *line)
{
  GString *detail = g_string_new (line->variant != NULL ? line->variant : "");
  g_autofree char *reason = lower_first (retour_reason_words (content->language, line->reason, content->policy));
  const char *grade = line->grade != NULL ? line->grade : retour_condition_grade (line->condition, content->policy);
  g_autofree char *state =
      grade != NULL ? g_strdup_printf (say (content, N_ ("condition %s")), grade)
                    : lower_first (retour_condition_words (content->language, line->condition, content->policy));

  for (guint i = 0; i < 2; i++)
    {
      const char *part = i == 0 ? reason : state;

      if (*part != '\0')
        g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", part);
    }
  if (line->exchange != NULL)
    add_exchange (content, line->exchange, detail);
  return g_string_free (detail, FALSE);
}

static void
add_items (const Content *content, RetourSlipSection *section)
{
  for (guint i = 0; i < content->ret->lines->len; i++)
    {
      const RetourReturnLine *line = content->ret->lines->pdata[i];
      const char *title = line->title != NULL ? line->title : line->line;
      g_autofree char *label =
          line->quantity > 1 ? g_strdup_printf ("%s × %" G_GINT64_FORMAT, title, line->quantity) : g_strdup (title);
      g_autofree char *detail = item_detail (content, line);
      g_autofree char *amount = NULL;

      if (!content->ret->gift && content->ret->order_number != NULL && !line->even_exchange)
        amount = money (content, line->goods);
      retour_slip_section_add (section->items, label, amount, *detail != '\0' ? detail : NULL);
    }
}

static void
add_breakdown (const Content *content, RetourSlipSection *section)
{
  g_autoptr (GPtrArray) rows = retour_breakdown_rows_of_return (content->language, content->ret, content->order);

  for (guint i = 0; i < rows->len; i++)
    {
      const RetourBreakdownRow *row = rows->pdata[i];
      g_autofree char *label =
          row->aside != NULL ? g_strdup_printf ("%s (%s)", row->label, row->aside) : g_strdup (row->label);
      g_autofree char *amount = money (content, row->amount);

      retour_slip_section_add (section->breakdown, label, amount, NULL);
    }
}

static const char *
total_label (const Content *content)
{
  if (content->ret->exchange_collect > 0)
    return say (content, N_ ("To pay at the till"));
  return retour_refund_state_words (content->language, content->ret->refund == RETOUR_REFUND_NONE
                                                           ? RETOUR_REFUND_PROMISED
                                                           : content->ret->refund);
}

static void
add_refund (const Content *content, RetourSlipSection *section)
{
  const RetourReturn *ret = content->ret;

  add_breakdown (content, section);
  section->total_label = g_strdup (total_label (content));
  section->total = money (content, ret->exchange_collect > 0 ? ret->exchange_collect : ret->total);
  for (guint i = 0; i < ret->tenders->len; i++)
    {
      const RetourReturnTender *tender = ret->tenders->pdata[i];
      g_autofree char *label =
          g_strdup_printf ("%s, %s", retour_payment_words (content->language, tender->method, tender->label),
                           retour_tender_delay (content->language, ret, tender));
      g_autofree char *amount = money (content, tender->amount);

      retour_slip_section_add (section->tenders, label, amount, NULL);
    }
}

static gboolean
is_accepted (RetourGoodsState goods)
{
  return goods == RETOUR_GOODS_ACCEPTED || goods == RETOUR_GOODS_PARTLY_ACCEPTED || goods == RETOUR_GOODS_CLOSED;
}

static void
add_section (const Content *content, RetourSlipProof *proof)
{
  const RetourReturn *ret = content->ret;
  RetourSlipSection *section = retour_slip_proof_add_section (proof);

  section->number = g_strdup (ret->number);
  add_facts (content, section);
  add_items (content, section);
  section->acceptance =
      g_strdup (ret->goods == RETOUR_GOODS_CANCELLED ? say (content, N_ ("Return cancelled, nothing will be refunded"))
                : is_accepted (ret->goods)           ? say (content, N_ ("Accepted"))
                                                     : say (content, N_ ("Received, to be checked")));
  if (!ret->gift && ret->order_number != NULL && ret->goods != RETOUR_GOODS_CANCELLED)
    add_refund (content, section);
  section->token = g_strdup (ret->proof);
  section->token_text = g_strdup (
      say (content, N_ ("This code proves your return: any of our stores can read it, even without a network.")));
}

/* Two groups of four to compare by telephone; they change when anything that was signed does. NULL: nothing was. */
static char *
control_of (const GPtrArray *returns)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *upper = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < returns->len; i++)
    {
      const char *token = ((const RetourReturn *) returns->pdata[i])->proof;

      if (token == NULL)
        continue;
      g_checksum_update (checksum, (const guchar *) token, -1);
      any = TRUE;
    }
  if (!any)
    return NULL;
  upper = g_ascii_strup (g_checksum_get_string (checksum), 8);
  return g_strdup_printf ("%.4s-%.4s", upper, upper + 4);
}

static gboolean
is_refunded (const RetourReturn *ret)
{
  return ret->total > 0 && ret->goods != RETOUR_GOODS_CANCELLED && ret->refund != RETOUR_REFUND_SETTLED;
}

/* The latest of the days by which the law wants the money back; RETOUR_DAY_NONE when it wants none. */
static RetourDay
legal_day (const GPtrArray *returns)
{
  RetourDay day = RETOUR_DAY_NONE;

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];

      if (is_refunded (ret) && ret->refund_latest_day != RETOUR_DAY_NONE)
        day = day == RETOUR_DAY_NONE ? ret->refund_latest_day : MAX (day, ret->refund_latest_day);
    }
  return day;
}

static gboolean
any_refund (const GPtrArray *returns)
{
  for (guint i = 0; i < returns->len; i++)
    if (is_refunded (returns->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
add_end (const Content *content, const GPtrArray *returns, RetourSlipProof *proof)
{
  RetourDay latest = legal_day (returns);
  g_autofree char *control = control_of (returns);

  proof->keep = g_strdup (any_refund (returns) ? say (content, N_ ("Keep until you are refunded"))
                                               : say (content, N_ ("To be kept")));
  if (latest != RETOUR_DAY_NONE)
    {
      g_autofree char *day = retour_day_format_words (latest, content->language);

      proof->legal = g_strdup_printf (say (content, N_ ("By law, refunded on %s at the latest.")), day);
    }
  proof->footer = control != NULL ? g_strdup_printf (say (content, N_ ("Terminal %s · control %s")),
                                                     content->ret->terminal, control)
                                  : g_strdup_printf (say (content, N_ ("Terminal %s")), content->ret->terminal);
}

/* What the sections with amounts come to together, when there are several of them. */
static void
add_sum (const Content *content, const GPtrArray *returns, RetourSlipProof *proof)
{
  gint64 sum = 0;
  guint summed = 0;

  for (guint i = 0; i < returns->len; i++)
    {
      const RetourReturn *ret = returns->pdata[i];

      if (ret->gift || ret->order_number == NULL || ret->goods == RETOUR_GOODS_CANCELLED)
        continue;
      if (strcmp (ret->currency, content->ret->currency) != 0
          || __builtin_add_overflow (sum, ret->total - ret->exchange_collect, &sum))
        return;
      summed++;
    }
  if (summed < 2)
    return;
  proof->sum_label =
      g_strdup (sum >= 0 ? say (content, N_ ("In all, to refund")) : say (content, N_ ("In all, to pay at the till")));
  proof->sum = money (content, ABS (sum));
}

RetourSlipProof *
retour_slip_content_new (RetourLanguage language,
                         const RetourIdentity *identity,
                         const GPtrArray *returns,
                         const GPtrArray *orders,
                         const RetourPolicy *policy,
                         GTimeZone *zone,
                         guint copies)
{
  const RetourReturn *first = returns->pdata[0];
  Content content = { language, first, NULL, policy };
  RetourSlipProof *proof = retour_slip_proof_new ();
  g_autofree char *day = retour_day_format_long (retour_instant_day (first->recorded_at, zone), language);
  g_autofree char *time = retour_instant_format_time (first->recorded_at, zone);
  gboolean standing = FALSE, offline = FALSE;
  g_autofree char *title = NULL;

  add_store (proof, identity);
  for (guint i = 0; i < returns->len; i++)
    {
      content.ret = returns->pdata[i];
      content.order = orders != NULL && i < orders->len ? orders->pdata[i] : NULL;
      standing |= content.ret->goods != RETOUR_GOODS_CANCELLED;
      offline |= content.ret->offline;
      add_section (&content, proof);
    }
  content.ret = first;
  title = g_strdup (standing ? say (&content, N_ ("Proof of return")) : say (&content, N_ ("Cancelled return")));
  proof->title = g_utf8_strup (title, -1);
  if (copies > 0)
    proof->duplicate = g_strdup_printf ("DUPLICATA %u", copies);
  proof->date = g_strdup_printf ("%s · %s", day, time);
  if (offline)
    proof->provisional = g_strdup (say (&content, N_ ("Recorded offline")));
  add_sum (&content, returns, proof);
  add_end (&content, returns, proof);
  return proof;
}
