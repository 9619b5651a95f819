/* SPDX-License-Identifier: Apache-2.0 */
/* What an approval is bound to, as one hash: whatever changes what is given back, or why, makes another. */
#include "quote.h"

#include <sodium.h>
#include <string.h>

/* Each text with its length before it, so that no two contents make the same bytes. */
static void
hash_text (crypto_generichash_state *state, const char *text)
{
  guint64 length = text != NULL ? GUINT64_TO_BE (strlen (text)) : G_MAXUINT64;
  crypto_generichash_update (state, (const guint8 *) &length, sizeof length);
  if (text != NULL)
    crypto_generichash_update (state, (const guint8 *) text, strlen (text));
}

static void
hash_number (crypto_generichash_state *state, gint64 number)
{
  guint64 bytes = GUINT64_TO_BE ((guint64) number);
  crypto_generichash_update (state, (const guint8 *) &bytes, sizeof bytes);
}

static void
hash_entries (crypto_generichash_state *state, const RetourDraft *draft)
{
  hash_number (state, draft->entries->len);
  for (guint i = 0; i < draft->entries->len; i++)
    {
      const RetourDraftEntry *entry = draft->entries->pdata[i];
      hash_text (state, entry->line);
      hash_number (state, entry->quantity);
      hash_text (state, entry->reason);
      hash_text (state, entry->condition);
      hash_text (state, entry->serial);
      hash_text (state, entry->gtin);
      hash_text (state, entry->exchange != NULL ? entry->exchange->sku : NULL);
      hash_text (state, entry->exchange != NULL ? entry->exchange->product : NULL);
      hash_number (state, entry->exchange != NULL ? entry->exchange->unit_price : -1);
    }
}

static void
hash_rules (crypto_generichash_state *state, const GPtrArray *rules)
{
  hash_number (state, rules->len);
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      hash_text (state, result->rule);
      hash_number (state, result->decision);
    }
}

static void
hash_amounts (crypto_generichash_state *state, const RetourQuote *quote)
{
  hash_text (state, quote->currency);
  hash_number (state, quote->total);
  hash_number (state, quote->exchange_price);
  hash_number (state, quote->exchange_collect);
  hash_number (state, quote->breakdown->len);
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      hash_text (state, retour_breakdown_kind_code (entry->kind));
      hash_number (state, entry->entry);
      hash_text (state, entry->promotion);
      hash_number (state, entry->amount);
    }
  hash_number (state, quote->tenders->len);
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      hash_text (state, tender->payment);
      hash_number (state, tender->amount);
    }
}

char *
retour_quote_hash (const RetourQuote *quote, const RetourDraft *draft)
{
  g_return_val_if_fail (quote != NULL && draft != NULL, NULL);

  crypto_generichash_state state;
  guint8 hash[crypto_generichash_BYTES];
  char hex[2 * sizeof hash + 1];
  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  hash_text (&state, draft->id);
  hash_text (&state, draft->order_id);
  hash_text (&state, draft->order_number);
  hash_text (&state, draft->method);
  hash_text (&state, draft->by);
  hash_entries (&state, draft);
  hash_amounts (&state, quote);
  hash_rules (&state, quote->rules);
  for (guint i = 0; i < quote->lines->len; i++)
    hash_rules (&state, ((const RetourQuoteLine *) quote->lines->pdata[i])->rules);
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup (hex);
}
