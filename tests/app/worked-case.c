/* SPDX-License-Identifier: Apache-2.0 */
#include "worked-case.h"

#include "documents.h"

#include <check.h>
#include <string.h>

/* Two dresses and a pair of shoes, in two parcels: the last one on Tuesday 6 October 2026, so that 30 days end on
 * 5 November, 7 more on the 12th, and 14 days of withdrawal on 20 October. */
static const char order_document[] =
    "{'number':'W1','currency':'EUR','placed_at':'2026-10-01T10:00:00Z','gift':false,'deducted':0,"
    "'customer':{'id':'cus_1','email':'zoe@example.fr','tier':'none'},"
    "'lines':["
    "{'id':'l1','gtin':'3612345678904','product':'ROBE','category':'dress','flags':['x'],'quantity':2,'unit_price':5000,"
    "'paid':10000,'tax_rate':'20.00','discounts':[],'delivered':2,'returned':0,'refunded':0,'serials':[]},"
    "{'id':'l2','product':'SHOE','category':'shoes','quantity':1,'unit_price':3000,'paid':3000,'tax_rate':'10.00',"
    "'delivered':1,'returned':0}],"
    "'parcels':["
    "{'id':'p1','delivered_at':'2026-10-05T10:00:00Z','lines':[{'line':'l1','quantity':2}]},"
    "{'id':'p2','delivered_at':'2026-10-06T10:00:00Z','lines':[{'line':'l2','quantity':1}]}],"
    "'delivery':{'paid':490,'standard':490,'refunded':0,'tax_rate':'20.00'},'promotions':[],"
    "'payments':[{'id':'pay_1','method':'card','captured':13490,'refunded':0}],'announced':[]}";

static const char policy_document[] =
    "{'version':'1','currency':'EUR','time_zone':'Europe/Paris',"
    "'window':{'days':30,'from':'last_delivery','grace_days':7,'by_category':{},'by_tier':{},'seasonal':[]},"
    "'withdrawal':{'days':14,'refund_delivery':false},"
    "'exclusions':[{'id':'final_sale','flag':'final_sale','yields_to_withdrawal':true},"
    "{'id':'hygiene','category':'cosmetics','unless_condition':['new_sealed'],'mode':'forbid'}],"
    "'conditions':[{'code':'new_sealed'},{'code':'light_wear','percent':80,'mode':'authorise'},"
    "{'code':'damaged','percent':50,'mode':'override'},{'code':'noted','percent':90,'mode':'allow'},"
    "{'code':'half','percent':50}],"
    "'reasons':[{'code':'size','fault':'customer'},{'code':'defective','fault':'merchant'}],"
    "'fees':{'return':{'mailbox':390},'waive_for_fault':'merchant'},'delivery':{'refund':'never'},"
    "'tenders':{'order':[],'split':'sequential','fallback':'store_credit'},"
    "'exchange':{'same_product_at_paid_price':true,'tolerance_amount':0},"
    "'approvals':[],'offline':{},'holidays':[]}";

static const char draft_document[] = "{'method':'desk','staff':'s1','by':'giver',"
                                     "'lines':[{'line':'l1','quantity':1,'reason':'size','condition':'new_sealed'}],"
                                     "'approvals':[]}";

static void
replace_once (GString *text, const char *what, const char *with)
{
  char *found = strstr (text->str, what);
  ck_assert_msg (found != NULL, "nothing to change: %s", what);
  gssize position = found - text->str;
  g_string_erase (text, position, (gssize) strlen (what));
  g_string_insert (text, position, with);
}

static char *
edit (const char *document, const char *edits)
{
  gboolean whole = edits != NULL && edits[0] == '{';
  g_autoptr (GString) text = g_string_new (whole ? edits : document);
  g_auto (GStrv) changes = g_strsplit (edits != NULL && !whole ? edits : "", "|", 0);
  for (guint i = 0; changes[i] != NULL; i++)
    {
      g_auto (GStrv) sides = g_strsplit (changes[i], "=>", 2);
      ck_assert_msg (sides[0] != NULL && sides[1] != NULL, "not an edit: %s", changes[i]);
      replace_once (text, sides[0], sides[1]);
    }
  return g_strdelimit (g_strdup (text->str), "'", '"');
}

WorkedCase *
worked_case_new (const WorkedRow *row)
{
  const RetourDocuments *documents = retour_documents ();
  WorkedCase *self = g_new0 (WorkedCase, 1);
  GError *error = NULL;

  if (g_strcmp0 (row->order, "blind") != 0)
    {
      g_autofree char *order = edit (order_document, row->order);
      self->order = documents->read_order (order, -1, &error);
      ck_assert_msg (self->order != NULL, "%s: %s", row->name, error != NULL ? error->message : "");
    }
  g_autofree char *policy = edit (policy_document, row->policy), *draft = edit (draft_document, row->draft);
  self->policy = documents->read_policy (policy, -1, &error);
  ck_assert_msg (self->policy != NULL, "%s: %s", row->name, error != NULL ? error->message : "");
  self->draft = documents->read_draft (draft, -1, &error);
  ck_assert_msg (self->draft != NULL, "%s: %s", row->name, error != NULL ? error->message : "");
  ck_assert (retour_instant_parse (row->at != NULL ? row->at : "2026-10-10T10:00:00Z", &self->context.at));
  self->context.offline = row->offline;
  return self;
}

void
worked_case_free (WorkedCase *self)
{
  if (self == NULL)
    return;
  retour_order_free (self->order);
  retour_policy_free (self->policy);
  retour_draft_free (self->draft);
  g_clear_pointer (&self->context.units_held, g_hash_table_unref);
  g_free (self);
}

RetourQuote *
worked_quote_new (const WorkedRow *row)
{
  g_autoptr (WorkedCase) self = worked_case_new (row);
  GError *error = NULL;
  RetourQuote *quote = retour_quote_new (self->order, self->policy, self->draft, &self->context, &error);
  ck_assert_msg (quote != NULL, "%s: %s", row->name, error != NULL ? error->message : "");
  return quote;
}
