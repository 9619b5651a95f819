/* SPDX-License-Identifier: Apache-2.0 */
#include "shop.h"

#include "documents.h"

/* As the sandbox OMS has it, less what only the kiosk reads. */
#define POLICY                                                                                                         \
  "{\"version\":\"bench\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\","                                        \
  "\"window\":{\"days\":30,\"from\":\"last_delivery\",\"grace_days\":7,\"by_category\":{\"lingerie\":14}},"            \
  "\"withdrawal\":{\"days\":14,\"refund_delivery\":true},"                                                             \
  "\"exclusions\":[{\"id\":\"final_sale\",\"flag\":\"final_sale\",\"mode\":\"override\"},"                             \
  "{\"id\":\"hygiene\",\"category\":\"cosmetics\",\"unless_condition\":[\"new_sealed\"],\"mode\":\"forbid\"}],"        \
  "\"conditions\":[{\"code\":\"new_sealed\",\"grade\":\"A\",\"percent\":100},"                                         \
  "{\"code\":\"new_opened\",\"grade\":\"B\",\"percent\":100},"                                                         \
  "{\"code\":\"light_wear\",\"grade\":\"C\",\"percent\":80,\"mode\":\"authorise\"},"                                   \
  "{\"code\":\"damaged\",\"grade\":\"D\",\"percent\":50,\"mode\":\"override\"}],"                                      \
  "\"reasons\":[{\"code\":\"size_small\",\"fault\":\"customer\"},{\"code\":\"size_large\",\"fault\":\"customer\"},"    \
  "{\"code\":\"changed_mind\",\"fault\":\"customer\"},{\"code\":\"defective\",\"fault\":\"merchant\"}],"               \
  "\"delivery\":{\"refund\":\"full_return\"},"                                                                         \
  "\"tenders\":{\"order\":[\"gift_card\",\"card\",\"paypal\"],\"split\":\"proportional\",\"fallback\":"                \
  "\"store_credit\"},\"exchange\":{\"same_product_at_paid_price\":true},"                                              \
  "\"approvals\":[{\"id\":\"refund_over\",\"amount\":20000},{\"id\":\"no_order\"}],"                                   \
  "\"offline\":{\"max_refund\":20000,\"daily_exposure\":200000},"                                                      \
  "\"codes\":{\"order\":[\"W########\",\"####-####\"],\"return_label\":[\"RL*\"],\"staff\":[\"STF-*\"],"               \
  "\"tracking\":[\"8V###########\",\"@@#########FR\",\"1Z*\"],"                                                        \
  "\"order_url\":[\"https://www.lisiere.fr/o/{order}\"]}}"

/* Seconds between two orders of the mill, and its first one (order-mill.c). */
#define FIRST_ORDER ((gint64) 1780000000)
#define ORDER_EVERY 17

static gint64 wall_seconds; /* atomic by size, moved by one thread */

static RetourInstant
wall (gpointer self)
{
  return __atomic_load_n (&wall_seconds, __ATOMIC_RELAXED) * RETOUR_SECOND;
}

static gint64
boot (gpointer self)
{
  return g_get_monotonic_time ();
}

static const RetourClock shop_clock = { wall, boot, NULL };

void
shop_move_clock (guint n)
{
  __atomic_store_n (&wall_seconds, FIRST_ORDER + (gint64) n * ORDER_EVERY + 5 * 86400, __ATOMIC_RELAXED);
}

static const RetourIdentity identity = { .chain = (char *) "Maison Lisière",
                                         .store = (char *) "0214",
                                         .store_name = (char *) "Lyon Bellecour",
                                         .store_address = (char *) "12 rue de la République\n69002 Lyon",
                                         .terminal = (char *) "A",
                                         .currency = (char *) "EUR",
                                         .time_zone = (char *) "Europe/Paris" };

static void
add_person (RetourChangePage *page, const char *id, const char *name, RetourRole role, const char *badge)
{
  RetourChange *change = retour_change_new (RETOUR_CHANGE_STAFF);

  change->staff = retour_staff_new (id, name, role);
  change->staff->badge = g_strdup (badge);
  change->staff->active = TRUE;
  g_ptr_array_add (page->changes, change);
}

RetourChangePage *
shop_first_page (void)
{
  RetourChangePage *page = retour_change_page_new ();
  RetourChange *policy = retour_change_new (RETOUR_CHANGE_POLICY);

  policy->text = g_strdup (POLICY);
  g_ptr_array_add (page->changes, policy);
  add_person (page, "stf_1", "Camille Moreau", RETOUR_ROLE_CLERK, "STF-0001");
  add_person (page, "stf_2", "Nassim Haddad", RETOUR_ROLE_CLERK, "STF-0002");
  add_person (page, "stf_3", "Sophie Delmas", RETOUR_ROLE_MANAGER, "STF-0003");
  page->cursor = g_strdup ("c0");
  return page;
}

gboolean
shop_set_identity (RetourStore *store, GError **error)
{
  return store->set_identity (store, &identity, error);
}

RetourDesk *
shop_desk_new (guint n)
{
  guint8 public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES], secret[RETOUR_PROOF_SECRET_KEY_BYTES];

  shop_move_clock (n);
  retour_proof_key_generate (public_key, secret);
  return retour_desk_new (retour_documents (), &shop_clock, retour_ids_new (NULL, NULL), &identity, secret);
}

char *
shop_order_number (guint n)
{
  return g_strdup_printf ("W%08u", 10000000 + n);
}

const RetourStaff *
shop_clerk (void)
{
  static RetourStaff *clerk;

  if (g_once_init_enter (&clerk))
    {
      RetourStaff *made = retour_staff_new ("stf_1", "Camille Moreau", RETOUR_ROLE_CLERK);

      made->active = TRUE;
      g_once_init_leave (&clerk, made);
    }
  return clerk;
}

RetourDraft *
shop_draft_new (RetourDesk *desk, RetourStore *store, guint n, GError **error)
{
  g_autofree char *number = shop_order_number (n);
  g_autoptr (RetourWorkspace) workspace = retour_desk_open_order (desk, store, number, shop_clerk (), error);
  g_autoptr (RetourQuote) quote = NULL;
  const RetourOrderLine *line;
  guint entry = 0;

  if (workspace == NULL)
    return NULL;
  line = g_ptr_array_index (workspace->order->lines, 0);
  if (!retour_draft_add_unit (workspace->draft, line->id, retour_workspace_returnable (workspace, line), &entry))
    return NULL;
  retour_draft_set_reason (workspace->draft, entry, "size_small");
  retour_draft_set_condition (workspace->draft, entry, "new_sealed");
  quote = retour_desk_quote (desk, workspace, workspace->draft, FALSE, error);
  if (quote == NULL || quote->decision != RETOUR_DECISION_ACCEPT)
    return NULL;
  return g_steal_pointer (&workspace->draft);
}
