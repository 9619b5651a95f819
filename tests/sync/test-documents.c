/* SPDX-License-Identifier: Apache-2.0 */
/* The documents: each member of the wrong type, missing, out of its range, and each document cut and changed at every byte;
 * what is written is read back. */
#include "documents.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Documents are written with ' for ". Every member that a reader knows stands in them once or more. */
static const char order_document[] =
    "{'id':'ord_1','number':'W1','version':7,'updated_at':'2026-11-20T10:11:12.5Z','channel':'web-fr','market':'FR',"
    "'locale':'fr-FR','currency':'EUR','placed_at':'2026-11-02T18:03:11Z','gift':true,'deducted':3,"
    "'customer':{'id':'cus_1','name':'Zoé','email':'z@e.fr','phone':'+33','postcode':'69003','tier':'gold'},"
    "'lines':[{'id':'l1','sku':'S','gtin':'03612345678904','product':'P','title':'T','variant':'V','category':'dress',"
    "'flags':['f'],'quantity':3,'unit_price':6990,'paid':18174,'tax_rate':'20.00',"
    "'discounts':[{'promotion':'B','amount':2796}],'delivered':2,'returned':1,'refunded':9,'serials':['n']}],"
    "'parcels':[{'id':'p1','carrier':'c','tracking':'8V','sscc':'00','status':'delivered',"
    "'delivered_at':'2026-11-05T09:30:00Z','lines':[{'line':'l1','quantity':2}]}],"
    "'delivery':{'paid':490,'standard':491,'refunded':1,'tax_rate':'5.5'},"
    "'promotions':[{'id':'B','title':{'fr':'f','en':'e'},'kind':'percent','percent':'20','threshold':10000,"
    "'on_return':'recompute'},{'id':'A','kind':'amount','amount':7},{'id':'X','kind':'buy_x_get_y','x':2,'y':1},"
    "{'id':'F','kind':'free_delivery','on_return':'prorate'}],"
    "'payments':[{'id':'pay_1','method':'card','label':'CB','captured':11674,'refunded':10}],"
    "'announced':[{'id':'r','label':'RL','by':'cs','method':'mailbox','lines':[{'line':'l1','quantity':1,'reason':'s'}],"
    "'at':'2027-02-01T08:00:00Z'}]}";

static const char policy_document[] =
    "{'version':'v','currency':'EUR','time_zone':'Europe/Paris',"
    "'window':{'days':30,'from':'last_delivery','grace_days':7,'by_category':{'lingerie':14},'by_tier':{'gold':60},"
    "'seasonal':[{'placed_from':'2026-11-01','placed_to':'2026-12-24','returnable_until':'2027-01-31'}]},"
    "'withdrawal':{'days':14,'refund_delivery':true},"
    "'exclusions':[{'id':'e','flag':'f','category':'c','unless_condition':['n'],'mode':'forbid','yields_to_withdrawal':false}],"
    "'conditions':[{'code':'n','grade':'A','percent':100,'mode':'allow','title':{'fr':'f'}}],"
    "'reasons':[{'code':'s','fault':'customer','title':{'en':'e'}}],"
    "'fees':{'return':{'mailbox':390},'waive_for_fault':'merchant'},'delivery':{'refund':'full_return'},"
    "'tenders':{'order':['card'],'split':'sequential','fallback':'store_credit'},"
    "'exchange':{'same_product_at_paid_price':true,'mode':'authorise','tolerance_amount':0},"
    "'approvals':[{'id':'refund_over','amount':15000,'mode':'authorise'}],"
    "'offline':{'max_refund':20000,'daily_exposure':200000},'holidays':['2026-12-25'],"
    "'kiosk':{'max_refund':30000,'methods':['desk']},"
    "'codes':{'order':['W#'],'return_label':['RL*'],'staff':['S-*'],'tracking':['8V#'],'order_url':['u'],'gdti':'9',"
    "'separator':'~'}}";

static const char draft_document[] =
    "{'id':'d','order_id':'ord_1','order':'W1','method':'desk','staff':'s','staff_email':'e','staff_customer':'c',"
    "'by':'buyer','opened_at':'2026-11-02T18:03:11Z','changed_at':'2026-11-02T18:03:11Z','parked':true,"
    "'lines':[{'line':'l1','quantity':1,'reason':'r','condition':'c','disposition':'d','serial':'n','gtin':'g','note':'x',"
    "'exchange':{'sku':'k','product':'p','title':'t','variant':'v','gtin':'g','unit_price':6990}}],"
    "'approvals':[{'rule':'w','approver':'a','requester':'q','motive':'m','at':'2026-11-02T18:03:11Z','quote_hash':'h'}]}";

static const char staff_document[] =
    "{'id':'s','name':'Camille Moreau','email':'c@e.fr','customer':'c','role':'manager','badge':'STF-1','verifier':'$a',"
    "'active':false}";

static char *
from_quoted (const char *document)
{
  return g_strdelimit (g_strdup (document), "'", '"');
}

/* A document is read; NULL with an error, or the document written again when it can be, else "". The caller's. */
typedef char *(*Read) (const char *text, gssize length, GError **error);

static char *
read_order (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourOrder) order = retour_order_document_read (text, length, error);
  return order != NULL ? retour_order_document_write (order) : NULL;
}

static char *
read_policy (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourPolicy) policy = retour_policy_document_read (text, length, error);
  return policy != NULL ? g_strdup ("") : NULL;
}

static char *
read_draft (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourDraft) draft = retour_draft_document_read (text, length, error);
  return draft != NULL ? retour_draft_document_write (draft) : NULL;
}

static char *
read_staff (const char *text, gssize length, GError **error)
{
  g_autoptr (RetourStaff) staff = retour_staff_document_read (text, length, error);
  return staff != NULL ? retour_staff_document_write (staff) : NULL;
}

static const struct
{
  const char *name, *document;
  Read read;
} kinds[] = {
  { "order", order_document, read_order },
  { "policy", policy_document, read_policy },
  { "draft", draft_document, read_draft },
  { "staff", staff_document, read_staff },
};

START_TEST (a_whole_document_is_read_and_written_back)
{
  g_autofree char *text = from_quoted (kinds[_i].document);
  g_autoptr (GError) error = NULL;
  g_autofree char *once = kinds[_i].read (text, -1, &error);
  ck_assert_msg (once != NULL, "%s: %s", kinds[_i].name, error != NULL ? error->message : "");
  if (once[0] == '\0')
    return;
  g_autofree char *twice = kinds[_i].read (once, -1, &error);
  ck_assert_msg (twice != NULL, "%s: %s", kinds[_i].name, error != NULL ? error->message : "");
  ck_assert_str_eq (once, twice);
}
END_TEST

START_TEST (a_document_cut_anywhere_is_refused)
{
  g_autofree char *text = from_quoted (kinds[_i].document);
  for (gsize length = 0; length < strlen (text); length++)
    {
      /* A copy of just that length, so that reading beyond it is seen. */
      g_autofree char *cut = g_memdup2 (text, MAX (length, 1));
      g_autoptr (GError) error = NULL;
      g_autofree char *read = kinds[_i].read (cut, (gssize) length, &error);
      ck_assert_msg (read == NULL && error != NULL, "%s cut at %zu", kinds[_i].name, length);
    }
}
END_TEST

START_TEST (a_document_changed_anywhere_is_read_or_refused)
{
  static const char bytes[] = "\0\x01\"\\{}[],:0-9e.tnf\x80\xc3\xff ";
  g_autofree char *text = from_quoted (kinds[_i].document);
  gsize length = strlen (text);
  for (gsize i = 0; i < length; i++)
    for (gsize j = 0; j < sizeof bytes - 1; j++)
      {
        g_autofree char *changed = g_memdup2 (text, length);
        changed[i] = bytes[j];
        g_autoptr (GError) error = NULL;
        g_autofree char *read = kinds[_i].read (changed, (gssize) length, &error);
        ck_assert ((read != NULL) == (error == NULL));
      }
}
END_TEST

/* The value behind a ':' or '[', or between commas: where it starts and how long it is. */
static gsize
value_length (const char *value)
{
  gsize length = 0, depth = 0;
  gboolean quoted = FALSE;
  for (;; length++)
    {
      char c = value[length];
      if (c == '\'')
        quoted = !quoted;
      else if (!quoted && (c == '{' || c == '['))
        depth++;
      else if (!quoted && (c == '}' || c == ']') && depth-- == 0)
        return length;
      else if (!quoted && depth == 0 && c == ',')
        return length;
      if (!quoted && depth == 0 && c != '\'' && (c == '}' || c == ']'))
        return length + 1;
    }
}

static char
type_of (const char *value)
{
  if (*value == '-' || g_ascii_isdigit (*value))
    return '0';
  return *value == 'f' ? 't' : *value;
}

START_TEST (a_member_of_another_type_is_refused_and_named)
{
  static const char *const others[] = { "null", "true", "7", "7.5", "5e2", "''", "'x'", "[]", "{}", "[7]", "[[]]" };
  const char *document = kinds[_i].document;
  guint tried = 0;
  for (const char *colon = strstr (document, "':"); colon != NULL; colon = strstr (colon + 1, "':"))
    {
      const char *value = colon + 2;
      gsize length = value_length (value);
      const char *name = colon - 1;
      while (name[-1] != '\'')
        name--;
      g_autofree char *member = g_strndup (name, (gsize) (colon - name));
      for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
        {
          gboolean same = type_of (others[j]) == type_of (value) && strpbrk (others[j], ".e") == NULL;
          /* Inner values of containers are other rows; an empty one may be right. */
          if (type_of (others[j]) == type_of (value) && (same || *value != '0'))
            continue;
          g_autofree char *quoted =
              g_strdup_printf ("%.*s%s%s", (int) (value - document), document, others[j], value + length);
          g_autofree char *text = from_quoted (quoted);
          g_autoptr (GError) error = NULL;
          g_autofree char *read = kinds[_i].read (text, -1, &error);
          ck_assert_msg (read == NULL, "%s: %s = %s is accepted", kinds[_i].name, member, others[j]);
          ck_assert_msg (strstr (error->message, member) != NULL, "%s = %s: %s", member, others[j], error->message);
          tried++;
        }
    }
  ck_assert_uint_gt (tried, 50);
}
END_TEST

typedef struct
{
  Read read;
  const char *document, *what, *with, *message;
} Refusal;

#define ORDER read_order, order_document
#define POLICY read_policy, policy_document
#define DRAFT read_draft, draft_document
#define STAFF read_staff, staff_document

static const Refusal refusals[] = {
  { ORDER, "'number':'W1',", "", "number: missing" },
  { ORDER, "'number':'W1'", "'number':''", "number: expected a text that is not empty" },
  { ORDER, "'currency':'EUR',", "", "currency: missing" },
  { ORDER, "'EUR'", "'euro'", "currency: expected a three-letter ISO 4217 code" },
  { ORDER, "'placed_at':'2026-11-02T18:03:11Z',", "", "placed_at: missing" },
  { ORDER, "2026-11-02T18:03:11Z", "2026-02-30T18:03:11Z", "placed_at: expected a time as 2026-11-20T10:11:12Z" },
  { ORDER, "2026-11-02T18:03:11Z", "yesterday", "placed_at: expected a time as 2026-11-20T10:11:12Z" },
  { ORDER, "'lines':[{'id':'l1',", "'x':[{'id':'l1',", "lines: missing" },
  { ORDER, "'lines':[{'id':'l1',", "'lines':[{", "lines[0].id: missing" },
  { ORDER, "'quantity':3,", "", "lines[0].quantity: missing" },
  { ORDER, "'quantity':3", "'quantity':-3", "lines[0].quantity: expected a whole number >= 1" },
  { ORDER, "'quantity':3", "'quantity':0", "lines[0].quantity: expected a whole number >= 1" },
  { ORDER, "'quantity':3", "'quantity':3.0", "lines[0].quantity: expected a whole number >= 1" },
  { ORDER, "'quantity':3", "'quantity':'3'", "lines[0].quantity: expected a whole number >= 1" },
  { ORDER, "'unit_price':6990,", "", "lines[0].unit_price: missing" },
  { ORDER, "'unit_price':6990", "'unit_price':-1", "lines[0].unit_price: expected a whole number >= 0" },
  { ORDER, "'unit_price':6990", "'unit_price':1000000000000001",
    "lines[0].unit_price: expected at most 1000000000000000" },
  { ORDER, "'paid':18174,", "", "lines[0].paid: missing" },
  { ORDER, "'paid':18174", "'paid':18175", "lines[0].paid: expected quantity * unit_price - discounts" },
  { ORDER, "'quantity':3,'unit_price':6990", "'quantity':9223372036854775807,'unit_price':1000000000000000",
    "lines[0].paid: expected quantity * unit_price - discounts" },
  { ORDER, "'amount':2796", "'amount':-2796", "lines[0].discounts[0].amount: expected a whole number >= 0" },
  { ORDER, "'tax_rate':'20.00'", "'tax_rate':'20,00'",
    "lines[0].tax_rate: expected a number of at most four decimals" },
  { ORDER, "'tax_rate':'20.00'", "'tax_rate':'20.00001'",
    "lines[0].tax_rate: expected a number of at most four decimals" },
  { ORDER, "'tax_rate':'20.00'", "'tax_rate':'-1'", "lines[0].tax_rate: expected a number of at most four decimals" },
  { ORDER, "'delivered':2,", "", "lines[0].delivered: missing" },
  { ORDER, "'delivered':2", "'delivered':4", "lines[0].delivered: 4 is more than the quantity, 3" },
  { ORDER, "'returned':1", "'returned':3", "lines[0].returned: 3 is more than what was delivered, 2" },
  { ORDER, "'returned':1", "'returned':-1", "lines[0].returned: expected a whole number >= 0" },
  { ORDER, "'refunded':9", "'refunded':-9", "lines[0].refunded: expected a whole number >= 0" },
  { ORDER, "'lines':[{'id':'l1',",
    "'lines':[{'id':'l1','quantity':1,'unit_price':0,'paid':0,'delivered':0},{'id':'l1',",
    "lines[1].id: another line has the id “l1”" },
  { ORDER, "'kind':'percent',", "", "promotions[0].kind: missing" },
  { ORDER, "'kind':'percent'", "'kind':'lottery'",
    "promotions[0].kind: expected one of percent, amount, buy_x_get_y, free_delivery" },
  { ORDER, "'percent':'20',", "", "promotions[0].percent: missing" },
  { ORDER, "'percent':'20'", "'percent':20",
    "promotions[0].percent: expected a text that holds a number of at most four decimals" },
  { ORDER, "'on_return':'recompute'", "'on_return':'keep'",
    "promotions[0].on_return: expected one of prorate, recompute" },
  { ORDER, "'amount':7", "'x':7", "promotions[1].amount: missing" },
  { ORDER, "'x':2,", "", "promotions[2].x: missing" },
  { ORDER, ",'y':1", "", "promotions[2].y: missing" },
  { ORDER, "'x':2,'y':1", "'x':0,'y':0", "promotions[2].x: expected x + y to be at least 1" },
  { ORDER, "'x':2,'y':1", "'x':9223372036854775807,'y':1", "promotions[2].x: expected x + y to be at least 1" },
  { ORDER, "'x':2", "'x':-2", "promotions[2].x: expected a whole number >= 0" },
  { ORDER, "'payments':[{'id':'pay_1',", "'payments':[{", "payments[0].id: missing" },
  { ORDER, "'method':'card',", "", "payments[0].method: missing" },
  { ORDER, "'captured':11674,", "", "payments[0].captured: missing" },
  { ORDER, "'refunded':10", "'refunded':11675", "payments[0].refunded: 11675 is more than what was captured, 11674" },
  { ORDER, "'delivery':{'paid':490", "'delivery':{'paid':-490", "delivery.paid: expected a whole number >= 0" },
  { ORDER, "'deducted':3", "'deducted':1000000000000001", "deducted: expected at most 1000000000000000" },
  { ORDER, "'flags':['f']", "'flags':['f',7]", "lines[0].flags[1]: expected a text" },
  { ORDER, "'lines':[{'line':'l1','quantity':2}]", "'lines':[7]", "parcels[0].lines[0]: expected an object" },
  { ORDER, "'quantity':2}]", "'quantity':-2}]", "parcels[0].lines[0].quantity: expected a whole number >= 0" },
  { POLICY, "'version':'v',", "", "version: missing" },
  { POLICY, "'currency':'EUR',", "", "currency: missing" },
  { POLICY, "'time_zone':'Europe/Paris',", "", "time_zone: missing" },
  { POLICY, "Europe/Paris", "Europe/Lyon", "time_zone: this system knows no such time zone" },
  { POLICY, "'days':30", "'days':-30", "window.days: expected a whole number >= 0" },
  { POLICY, "'lingerie':14", "'lingerie':'14'", "window.by_category.lingerie: expected a whole number >= 0" },
  { POLICY, "2026-12-24", "2026-12-32", "window.seasonal[0].placed_to: expected a date as 2026-12-24" },
  { POLICY, "'percent':100", "'percent':101", "conditions[0].percent: expected at most 100" },
  { POLICY, "'percent':100", "'percent':'100'", "conditions[0].percent: expected a whole number >= 0" },
  { POLICY, "'code':'n',", "", "conditions[0].code: missing" },
  { POLICY, "'code':'s',", "", "reasons[0].code: missing" },
  { POLICY, "'exclusions':[{'id':'e',", "'exclusions':[{", "exclusions[0].id: missing" },
  { POLICY, "'approvals':[{'id':'refund_over',", "'approvals':[{", "approvals[0].id: missing" },
  { POLICY, "'mailbox':390", "'mailbox':-390", "fees.return.mailbox: expected a whole number >= 0" },
  { POLICY, "'refund':'full_return'", "'refund':'sometimes'", "delivery.refund: expected one of never, full_return" },
  { POLICY, "'split':'sequential'", "'split':'fair'", "tenders.split: expected one of sequential, proportional" },
  { POLICY, "2026-12-25", "Christmas", "holidays[0]: expected a date as 2026-12-24" },
  { POLICY, "'separator':'~'", "'separator':'~~'", "codes.separator: expected one ASCII character" },
  { DRAFT, "'method':'desk',", "", "method: missing" },
  { DRAFT, "'line':'l1',", "", "lines[0].line: missing" },
  { DRAFT, "'quantity':1,", "", "lines[0].quantity: missing" },
  { DRAFT, "'quantity':1", "'quantity':0", "lines[0].quantity: expected a whole number >= 1" },
  { DRAFT, "'quantity':1", "'quantity':1.5", "lines[0].quantity: expected a whole number >= 1" },
  { DRAFT, "'unit_price':6990", "'unit_price':-1", "lines[0].exchange.unit_price: expected a whole number >= 0" },
  { STAFF, "'id':'s',", "", "id: missing" },
  { STAFF, "'name':'Camille Moreau',", "", "name: missing" },
};

START_TEST (what_breaks_the_domains_rules_is_refused_and_named)
{
  const Refusal *row = &refusals[_i];
  const char *found = strstr (row->document, row->what);
  ck_assert_msg (found != NULL, "nothing to change: %s", row->what);
  g_autofree char *quoted =
      g_strdup_printf ("%.*s%s%s", (int) (found - row->document), row->document, row->with, found + strlen (row->what));
  g_autofree char *text = from_quoted (quoted);
  g_autoptr (GError) error = NULL;
  g_autofree char *read = row->read (text, -1, &error);
  ck_assert_msg (read == NULL, "accepted: %s", row->with);
  ck_assert_str_eq (error->message, row->message);
}
END_TEST

START_TEST (a_draft_from_outside_has_an_entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourDraft) draft = retour_draft_document_read ("{\"method\":\"desk\",\"lines\":[]}", -1, &error);
  ck_assert_ptr_null (draft);
  ck_assert_str_eq (error->message, "lines: expected at least one entry");
}
END_TEST

START_TEST (what_is_optional_may_be_absent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourOrder) order = retour_order_document_read (
      "{\"number\":\"W\",\"currency\":\"JPY\",\"placed_at\":\"2026-01-01T00:00:00+09:00\",\"lines\":[{\"id\":\"l\","
      "\"quantity\":1,\"unit_price\":1000000000000000,\"paid\":1000000000000000,\"delivered\":0}],\"unknown\":{\"a\":[1.5]}}",
      -1, &error);
  ck_assert_msg (order != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_uint_eq (order->payments->len, 0);
  g_autoptr (RetourPolicy) policy =
      retour_policy_document_read ("{\"version\":\"1\",\"currency\":\"EUR\",\"time_zone\":\"UTC\",\"later\":null}", -1,
                                   &error);
  ck_assert_msg (policy != NULL, "%s", error != NULL ? error->message : "");
  ck_assert (!policy->has_window && !policy->has_withdrawal);
  ck_assert_int_eq (policy->delivery_refund, RETOUR_DELIVERY_REFUND_NEVER);
  ck_assert_int_eq (policy->tenders.split, RETOUR_SPLIT_SEQUENTIAL);
  ck_assert_str_eq (policy->tenders.fallback, "store_credit");
}
END_TEST

/* A return with everything in it. */
static RetourReturn *
make_return (void)
{
  RetourReturn *self = retour_return_new ("0190", "R0214A-00381-7");
  self->order_id = g_strdup ("ord_1");
  self->order_number = g_strdup ("W1");
  self->kind = g_strdup ("store");
  self->store = g_strdup ("0214");
  self->terminal = g_strdup ("A");
  self->mode = g_strdup ("desk");
  self->staff = g_strdup ("stf_1");
  self->policy_version = g_strdup ("v");
  self->customer_name = g_strdup ("Zoé L.");
  self->recorded_at = 1795514451000001;
  self->clock_offset = -5;
  self->offline = TRUE;
  strcpy (self->currency, "EUR");
  self->total = G_MAXINT64;
  self->exchange_price = 6900;
  self->refund_latest_day = 20000;

  RetourReturnLine *line = retour_return_line_new ("l1", 2);
  line->reason = g_strdup ("size");
  line->goods = 100;
  line->decision = RETOUR_DECISION_ACCEPT_IF_APPROVED;
  line->exchange = retour_exchanged_item_copy (&(RetourExchangedItem){ .sku = (char *) "k", .unit_price = 9 });
  line->even_exchange = TRUE;
  g_ptr_array_add (self->lines, line);
  RetourBreakdown *entry = retour_breakdown_new (RETOUR_BREAKDOWN_CONDITION, -7);
  entry->entry = 0;
  entry->line = g_strdup ("l1");
  g_ptr_array_add (entry->facts, retour_fact_new_text ("condition", "worn"));
  g_ptr_array_add (entry->facts, retour_fact_new_number ("day", RETOUR_FACT_DAY, -1));
  g_ptr_array_add (entry->facts, retour_fact_new_number ("amount", RETOUR_FACT_AMOUNT, -3));
  g_ptr_array_add (entry->facts, retour_fact_new_number ("flag", RETOUR_FACT_FLAG, 1));
  g_ptr_array_add (self->breakdown, entry);
  RetourTax *tax = g_new0 (RetourTax, 1);
  ck_assert (retour_decimal_parse ("5.5", &tax->rate));
  tax->amount = -2;
  g_ptr_array_add (self->taxes, tax);
  g_ptr_array_add (self->tenders, retour_return_tender_new ("pay", "card", "CB", 93));
  g_ptr_array_add (self->approvals, retour_approval_new ("condition", "stf_2", "m"));
  return self;
}

START_TEST (a_return_is_written_canonically_and_read_back)
{
  g_autoptr (RetourReturn) self = make_return ();
  g_autofree char *text = retour_return_document_write (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourReturn) read = retour_return_document_read (text, -1, &error);
  ck_assert_msg (read != NULL, "%s", error != NULL ? error->message : "");
  g_autofree char *again = retour_return_document_write (read);
  ck_assert_str_eq (text, again);
  ck_assert_ptr_null (strchr (text, '\n'));
  ck_assert (read->total == G_MAXINT64 && read->offline && !read->gift);
  const RetourBreakdown *entry = read->breakdown->pdata[0];
  ck_assert_int_eq (retour_facts_find (entry->facts, "day")->number, -1);
  ck_assert_int_eq (retour_facts_find (entry->facts, "day")->kind, RETOUR_FACT_DAY);
}
END_TEST

START_TEST (what_changes_later_is_not_in_a_returns_document)
{
  g_autoptr (RetourReturn) self = make_return ();
  g_autofree char *before = retour_return_document_write (self);
  self->goods = RETOUR_GOODS_CANCELLED;
  self->refund = RETOUR_REFUND_SETTLED;
  self->sync = RETOUR_SYNC_ACKNOWLEDGED;
  self->problem = g_strdup ("p");
  self->proof = g_strdup ("RT1:");
  ((RetourReturnTender *) self->tenders->pdata[0])->state = RETOUR_REFUND_SETTLED;
  g_autofree char *after = retour_return_document_write (self);
  ck_assert_str_eq (before, after);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("documents");
  TCase *tcase = tcase_create ("documents");
  tcase_add_loop_test (tcase, a_whole_document_is_read_and_written_back, 0, G_N_ELEMENTS (kinds));
  tcase_add_loop_test (tcase, a_document_cut_anywhere_is_refused, 0, G_N_ELEMENTS (kinds));
  tcase_add_loop_test (tcase, a_document_changed_anywhere_is_read_or_refused, 0, G_N_ELEMENTS (kinds));
  tcase_add_loop_test (tcase, a_member_of_another_type_is_refused_and_named, 0, 3);
  tcase_add_loop_test (tcase, what_breaks_the_domains_rules_is_refused_and_named, 0, G_N_ELEMENTS (refusals));
  tcase_add_test (tcase, a_draft_from_outside_has_an_entry);
  tcase_add_test (tcase, what_is_optional_may_be_absent);
  tcase_add_test (tcase, a_return_is_written_canonically_and_read_back);
  tcase_add_test (tcase, what_changes_later_is_not_in_a_returns_document);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
