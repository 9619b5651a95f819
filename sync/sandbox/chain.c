/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include "catalogue.h"
#include "dice.h"
#include "feed.h"
#include "members.h"

#include <sodium.h>
#include <string.h>

#define CHAIN "Maison Lisière"

static const SandboxColleague colleagues[SANDBOX_COLLEAGUES] = {
  { "stf_1", "Camille Moreau", "STF-0001", "284159", RETOUR_ROLE_CLERK },
  { "stf_2", "Thomas Lambert", "STF-0002", "730816", RETOUR_ROLE_CLERK },
  { "stf_3", "Sophie Delmas", "STF-0003", "591347", RETOUR_ROLE_MANAGER },
  { "stf_4", "Karim Benali", "STF-0004", "406728", RETOUR_ROLE_MANAGER },
  { "stf_5", "Nadia Amrani", "STF-0005", "862093", RETOUR_ROLE_CLERK },
  { "stf_6", "Emma Vidal", "STF-0006", "175940", RETOUR_ROLE_TRAINEE },
};

/* Where goods may lie: six stores and the warehouse of the web. `near`: the others, nearest first. */
static const struct
{
  const char *code, *name, *address, *phone, *near;
} stores[SANDBOX_STORES] = {
  { "0214", "Lyon Bellecour", "12 rue de la République\n69002 Lyon", "04 72 00 00 00",
    "store:0214 store:0215 store:0216 warehouse:corbas store:0108 store:0301 store:0501" },
  { "0215", "Lyon Part-Dieu", "17 rue du Docteur Bouchut\n69003 Lyon", "04 72 00 00 15",
    "store:0215 store:0216 store:0214 warehouse:corbas store:0108 store:0301 store:0501" },
  { "0216", "Villeurbanne", "3 avenue Henri Barbusse\n69100 Villeurbanne", "04 72 00 00 16",
    "store:0216 store:0215 store:0214 warehouse:corbas store:0108 store:0301 store:0501" },
  { "0108", "Grenoble", "8 place Victor Hugo\n38000 Grenoble", "04 76 00 00 08",
    "store:0108 warehouse:corbas store:0215 store:0214 store:0216 store:0301 store:0501" },
  { "0301", "Lille Grand Place", "5 place du Général de Gaulle\n59000 Lille", "03 20 00 00 01",
    "store:0301 warehouse:corbas store:0501 store:0214 store:0215 store:0216 store:0108" },
  { "0501", "London Marylebone", "40 Marylebone High Street\nLondon W1U 5HR", "020 7946 0501",
    "store:0501 store:0301 warehouse:corbas store:0214 store:0215 store:0216 store:0108" },
};

const SandboxColleague *
sandbox_chain_colleague (guint index)
{
  g_return_val_if_fail (index < SANDBOX_COLLEAGUES, NULL);

  return &colleagues[index];
}

const char *
sandbox_chain_store (guint index)
{
  g_return_val_if_fail (index < SANDBOX_STORES, NULL);

  return stores[index].code;
}

char *
sandbox_chain_policy (RetourInstant now)
{
  g_autoptr (GBytes) bytes =
      g_resources_lookup_data ("/retour/sandbox/policy.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GString) text = NULL;
  g_autofree char *at = retour_instant_format (now), *next = NULL;
  char year[5] = "", month[8] = "";

  g_assert (bytes != NULL);
  text = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_strlcpy (year, at, sizeof year);
  g_strlcpy (month, at, sizeof month);
  next = g_strdup_printf ("%d", (int) g_ascii_strtoll (year, NULL, 10) + 1);
  g_string_replace (text, "@VERSION@", month, 0);
  g_string_replace (text, "@YEAR@", year, 0);
  g_string_replace (text, "@NEXT@", next, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
found_stores (SandboxLedger *ledger)
{
  for (guint i = 0; i < SANDBOX_STORES; i++)
    {
      json_object *store = json_object_new_object ();
      g_autofree char *text = NULL;

      sandbox_member_add_text (store, "code", stores[i].code);
      sandbox_member_add_text (store, "name", stores[i].name);
      sandbox_member_add_text (store, "address", stores[i].address);
      sandbox_member_add_text (store, "phone", stores[i].phone);
      text = sandbox_members_print (store);
      json_object_put (store);
      sandbox_ledger_run (ledger, "INSERT INTO stores VALUES (?, ?, ?)", "sss", stores[i].code, text, stores[i].near);
    }
}

static gpointer
make_verifier (gpointer pin)
{
  return retour_pin_verifier_new (pin);
}

static void
found_staff (Sandbox *sandbox)
{
  GThread *threads[SANDBOX_COLLEAGUES];

  /* Each verifier is slow and large on purpose: two at a time. */
  for (guint i = 0; i < SANDBOX_COLLEAGUES; i++)
    {
      if (i % 2 == 0)
        for (guint j = i; j < MIN (i + 2, SANDBOX_COLLEAGUES); j++)
          threads[j] = g_thread_new ("pin", make_verifier, (gpointer) colleagues[j].pin);
      g_autoptr (RetourStaff) staff = retour_staff_new (colleagues[i].id, colleagues[i].name, colleagues[i].role);
      g_autofree char *text = NULL;

      staff->badge = g_strdup (colleagues[i].badge);
      staff->email = g_strdup_printf ("%s@lisiere.example", colleagues[i].id);
      staff->active = TRUE;
      staff->verifier = g_thread_join (threads[i]);
      text = sandbox->documents->write_staff (staff);
      sandbox_feed_put (sandbox->ledger, "staff", staff->id, text);
    }
}

/* Numbers alone must be compact: the feed carries one document a line. */
static char *
compact (const char *text)
{
  json_object *document = sandbox_members_parse (text, strlen (text), NULL);
  char *printed;

  g_assert (document != NULL);
  printed = sandbox_members_print (document);
  json_object_put (document);
  return printed;
}

static void
found_policy (Sandbox *sandbox)
{
  g_autofree char *pretty = sandbox_chain_policy (sandbox_now (sandbox));
  g_autofree char *text = compact (g_strchomp (pretty));
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourPolicy) policy = sandbox->documents->read_policy (text, -1, &error);

  if (policy == NULL)
    g_error ("policy: %s", error->message);
  sandbox_ledger_run (sandbox->ledger, "INSERT INTO policies VALUES (?, ?)", "ss", policy->version, text);
  sandbox_feed_put (sandbox->ledger, "policy", "policy", text);
}

static void
found_product (SandboxLedger *ledger, guint product, const SandboxVariant *variant)
{
  const SandboxProduct *sold = sandbox_catalogue_get (product);
  json_object *document = json_object_new_object ();
  g_autofree char *text = NULL;

  sandbox_member_add_text (document, "sku", variant->sku);
  sandbox_member_add_text (document, "gtin", variant->gtin);
  sandbox_member_add_text (document, "product", sold->code);
  sandbox_member_add_text (document, "title", sold->title);
  sandbox_member_add_text (document, "variant", variant->variant);
  sandbox_member_add_text (document, "category", sold->category);
  sandbox_member_add_text (document, "currency", "EUR");
  json_object_object_add (document, "unit_price", json_object_new_int64 (sold->unit_price));
  text = sandbox_members_print (document);
  json_object_put (document);
  sandbox_feed_put (ledger, "product", variant->sku, text);
}

static void
found_stock (Sandbox *sandbox, SandboxDice *dice, const char *sku, const char *place, const char *name, guint most)
{
  json_object *figure = json_object_new_object ();
  guint luck = sandbox_dice_below (dice, 100);
  g_autofree char *text = NULL, *id = g_strconcat (sku, " ", place, NULL);

  sandbox_member_add_text (figure, "sku", sku);
  sandbox_member_add_text (figure, "place", place);
  sandbox_member_add_text (figure, "name", name);
  json_object_object_add (figure, "quantity",
                          json_object_new_int64 (luck < 20 ? 0 : 1 + sandbox_dice_below (dice, most)));
  sandbox_member_add_instant (figure, "at", sandbox_now (sandbox) - sandbox_dice_below (dice, 3600) * RETOUR_SECOND);
  text = sandbox_members_print (figure);
  json_object_put (figure);
  sandbox_feed_put (sandbox->ledger, "stock", id, text);
}

static void
found_catalogue (Sandbox *sandbox, guint64 seed)
{
  SandboxDice dice = sandbox_dice_new (seed, 'k', 0);

  for (guint product = 0; product < SANDBOX_PRODUCTS; product++)
    for (guint colour = 0; colour < sandbox_catalogue_colours (product); colour++)
      for (guint size = 0; size < sandbox_catalogue_sizes (product); size++)
        {
          SandboxVariant variant = sandbox_catalogue_variant (product, colour, size);

          found_product (sandbox->ledger, product, &variant);
          for (guint i = 0; i < SANDBOX_STORES; i++)
            {
              g_autofree char *place = g_strconcat ("store:", stores[i].code, NULL);

              found_stock (sandbox, &dice, variant.sku, place, stores[i].name, 5);
            }
          found_stock (sandbox, &dice, variant.sku, "warehouse:corbas", "Entrepôt de Corbas", 60);
          sandbox_variant_clear (&variant);
        }
}

/* The key that seals the terminals' journals: of no store and no terminal. */
static void
found_seal (Sandbox *sandbox)
{
  guint8 id[RETOUR_PROOF_KEY_ID_BYTES];
  char hex[RETOUR_PROOF_PUBLIC_KEY_BYTES * 2 + 1], id_hex[sizeof id * 2 + 1];
  json_object *key = json_object_new_object ();
  g_autofree char *text = NULL;

  retour_proof_key_id (sandbox->seal_public_key, id);
  sodium_bin2hex (hex, sizeof hex, sandbox->seal_public_key, RETOUR_PROOF_PUBLIC_KEY_BYTES);
  sodium_bin2hex (id_hex, sizeof id_hex, id, sizeof id);
  sandbox_member_add_text (key, "id", id_hex);
  sandbox_member_add_text (key, "public_key", hex);
  text = sandbox_members_print (key);
  json_object_put (key);
  sandbox_feed_put (sandbox->ledger, "key", id_hex, text);
}

void
sandbox_chain_found (Sandbox *sandbox, guint64 seed)
{
  sandbox_ledger_run (sandbox->ledger, "INSERT INTO meta VALUES ('chain', ?)", "s", CHAIN);
  found_stores (sandbox->ledger);
  found_seal (sandbox);
  found_policy (sandbox);
  found_staff (sandbox);
  found_catalogue (sandbox, seed);
}
