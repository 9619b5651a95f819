/* SPDX-License-Identifier: Apache-2.0 */
#include "desk-fixture.h"

#include <string.h>

#include "documents.h"
#include "reference-case.h"
#include "storage.h"

#define POLICY                                                                                                         \
  "{\"version\":\"2025-11-01\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\","                                   \
  "\"window\":{\"days\":30,\"from\":\"last_delivery\",\"grace_days\":7},"                                              \
  "\"withdrawal\":{\"days\":14,\"refund_delivery\":true},"                                                             \
  "\"exclusions\":[{\"id\":\"final_sale\",\"flag\":\"final_sale\",\"mode\":\"override\"}],"                            \
  "\"conditions\":[{\"code\":\"new_sealed\",\"grade\":\"A\",\"percent\":100},"                                         \
  "{\"code\":\"new_opened\",\"grade\":\"B\",\"percent\":100},"                                                         \
  "{\"code\":\"light_wear\",\"grade\":\"C\",\"percent\":80,\"mode\":\"authorise\"},"                                   \
  "{\"code\":\"damaged\",\"grade\":\"D\",\"percent\":50,\"mode\":\"override\"}],"                                      \
  "\"reasons\":[{\"code\":\"size_small\",\"fault\":\"customer\"},{\"code\":\"size_large\",\"fault\":\"customer\"},"    \
  "{\"code\":\"changed_mind\",\"fault\":\"customer\"},{\"code\":\"not_as_described\",\"fault\":\"customer\"},"         \
  "{\"code\":\"defective\",\"fault\":\"merchant\"},{\"code\":\"wrong_item\",\"fault\":\"merchant\"},"                  \
  "{\"code\":\"late_delivery\",\"fault\":\"customer\"},{\"code\":\"other\",\"fault\":\"customer\"}],"                  \
  "\"delivery\":{\"refund\":\"full_return\"},"                                                                         \
  "\"tenders\":{\"order\":[\"card\",\"gift_card\"],\"split\":\"proportional\",\"fallback\":\"store_credit\"},"         \
  "\"exchange\":{\"same_product_at_paid_price\":true,\"mode\":\"authorise\",\"tolerance_amount\":1000},"               \
  "\"approvals\":[{\"id\":\"refund_over\",\"amount\":15000},{\"id\":\"no_order\"}],"                                   \
  "\"codes\":{\"order\":[\"####-####\"],\"return_label\":[\"RL*\"],\"staff\":[\"STF-*\"],"                             \
  "\"tracking\":[\"8V###########\"],\"order_url\":[\"https://www.lisiere.fr/o/{order}\"]}}"

#define PIN "123456"

struct _DeskFixture
{
  RetourServices services;
  RetourOms oms;
  RetourClock clock;
  RetourDatabase *database;
  DeskFixtureOptions options;
  RetourLinkChanged listener;
  gpointer listener_data;
  GHashTable *questions; /* token -> OmsQuestion */
  gboolean done;
  gpointer result;
};

static const struct
{
  const char *id, *name, *badge;
  RetourRole role;
} people[] = {
  { "stf_12", "Camille Moreau", "STF-0012", RETOUR_ROLE_CLERK },
  { "stf_13", "Thomas Leroy", "STF-0013", RETOUR_ROLE_CLERK },
  { "stf_3", "Sophie Delmas", "STF-0003", RETOUR_ROLE_MANAGER },
  { "stf_4", "Karim Benzine", "STF-0004", RETOUR_ROLE_MANAGER },
  { "stf_15", "Nadia Amrani", "STF-0015", RETOUR_ROLE_CLERK },
  { "stf_16", "Emma Vidal", "STF-0016", RETOUR_ROLE_TRAINEE },
};

typedef struct
{
  const char *id, *number, *name, *email, *phone, *channel, *placed, *delivered;
  const char *categories[3];
  gint64 price;
  gboolean returned, remote;
} OrderSketch;

static const OrderSketch orders[] = {
  { "ord_2",
    "1047-9920",
    "Bastien Rousset",
    "b.rousset@free.fr",
    "+33611223344",
    "store",
    "2025-10-28T10:00:00Z",
    "2025-10-30T10:00:00Z",
    { "shirt", "jeans" },
    6700,
    TRUE,
    FALSE },
  { "ord_3",
    "1046-3308",
    "Amandine Roux",
    "amandine.roux@orange.fr",
    "+33655443322",
    "web-fr",
    "2025-11-10T10:00:00Z",
    "2025-11-13T10:00:00Z",
    { "coat", "skirt", "t-shirt" },
    4600,
    FALSE,
    FALSE },
  { "ord_4",
    "1046-1207",
    "Inès Carvalho",
    "ines.carvalho@free.fr",
    "+33699887766",
    "web-fr",
    "2025-11-08T10:00:00Z",
    "2025-11-12T10:00:00Z",
    { "bag" },
    2490,
    FALSE,
    FALSE },
  { "ord_5",
    "1031-5526",
    "Marie Dubois-Rousseau",
    "m.dubois@gmail.com",
    "+33612121212",
    "web-fr",
    "2025-09-14T10:00:00Z",
    "2025-09-18T10:00:00Z",
    { "coat" },
    18900,
    FALSE,
    TRUE },
  { "ord_6",
    "1048-6604",
    "Léo Roussillon",
    NULL,
    "0612345677",
    "store",
    "2025-11-08T10:00:00Z",
    "2025-11-10T10:00:00Z",
    { "trainers" },
    8990,
    FALSE,
    TRUE },
  { "ord_7",
    "1046-0031",
    "Paul Martin",
    "paul.roussel@laposte.net",
    "+33698989898",
    "web-fr",
    "2025-10-11T10:00:00Z",
    "2025-10-14T10:00:00Z",
    { "bag", "t-shirt" },
    5620,
    FALSE,
    TRUE },
};

static RetourOrder *
order_new (const OrderSketch *sketch)
{
  RetourOrder *order = retour_order_new ();
  RetourParcel *parcel = retour_parcel_new ("p1");
  RetourPayment *payment = retour_payment_new ("pay_1", "card");
  gboolean fine;

  order->id = g_strdup (sketch->id);
  order->number = g_strdup (sketch->number);
  order->version = 1;
  order->channel = g_strdup (sketch->channel);
  order->market = g_strdup ("FR");
  memcpy (order->currency, "EUR", 4);
  order->customer.name = g_strdup (sketch->name);
  order->customer.email = g_strdup (sketch->email);
  order->customer.phone = g_strdup (sketch->phone);
  fine = retour_instant_parse (sketch->placed, &order->placed_at)
         && retour_instant_parse (sketch->delivered, &parcel->delivered_at);
  g_assert_true (fine);
  order->updated_at = order->placed_at;
  payment->label = g_strdup ("CB •••• 0917");
  for (guint i = 0; i < G_N_ELEMENTS (sketch->categories) && sketch->categories[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("l%u", i + 1);
      RetourOrderLine *line = retour_order_line_new (id);

      line->sku = g_strdup_printf ("SKU-%s-%u", sketch->id, i);
      line->title = g_strdup (sketch->categories[i]);
      line->category = g_strdup (sketch->categories[i]);
      line->quantity = line->delivered = 1;
      line->returned = sketch->returned ? 1 : 0;
      line->unit_price = line->paid = sketch->price;
      line->refunded = sketch->returned ? sketch->price : 0;
      payment->captured += sketch->price;
      payment->refunded += line->refunded;
      g_ptr_array_add (order->lines, line);
      g_ptr_array_add (parcel->lines, retour_line_quantity_new (id, 1));
    }
  g_ptr_array_add (order->parcels, parcel);
  g_ptr_array_add (order->payments, payment);
  return order;
}

typedef struct
{
  DeskFixture *fixture;
  char *query;
  guint token;
  RetourOmsOrdersReply reply;
  gpointer user_data;
} OmsQuestion;

static void
reply_once (OmsQuestion *question, GPtrArray *found, const GError *error)
{
  g_hash_table_remove (question->fixture->questions, GUINT_TO_POINTER (question->token));
  question->reply (error == NULL ? found : NULL, error, question->user_data);
  g_free (question->query);
  g_free (question);
}

static gboolean
matches (const OrderSketch *sketch, const char *query)
{
  g_autofree char *name = g_utf8_casefold (sketch->name, -1);
  g_autofree char *wanted = g_utf8_casefold (query, -1);

  return strstr (name, wanted) != NULL || strstr (sketch->number, wanted) != NULL || g_strcmp0 (sketch->id, query) == 0
         || (sketch->email != NULL && strstr (sketch->email, wanted) != NULL);
}

static gboolean
answer (gpointer user_data)
{
  OmsQuestion *question = user_data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
  g_autoptr (GError) error = NULL;

  if (question->fixture->options.oms_offline)
    error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE, "no route to host");
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].remote && matches (&orders[i], question->query))
      g_ptr_array_add (found, order_new (&orders[i]));
  reply_once (question, found, error);
  return G_SOURCE_REMOVE;
}

static guint
ask (gpointer self, const char *query, RetourOmsOrdersReply reply, gpointer user_data)
{
  DeskFixture *fixture = self;
  OmsQuestion *question = g_new0 (OmsQuestion, 1);

  question->fixture = fixture;
  question->query = g_strdup (query);
  question->reply = reply;
  question->user_data = user_data;
  question->token = g_timeout_add (MIN (fixture->options.oms_delay_ms, 3600 * 1000), answer, question);
  g_hash_table_insert (fixture->questions, GUINT_TO_POINTER (question->token), question);
  return question->token;
}

static guint
ask_stock (gpointer self, const char *sku, RetourOmsStockReply reply, gpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE, "no stock is played");

  reply (NULL, error, user_data);
  return 0;
}

static void
cancel (gpointer self, guint token)
{
  DeskFixture *fixture = self;
  OmsQuestion *question = g_hash_table_lookup (fixture->questions, GUINT_TO_POINTER (token));
  g_autoptr (GError) error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED, "cancelled");

  if (question == NULL)
    return;
  g_source_remove (token);
  reply_once (question, NULL, error);
}

static void
get_link (gpointer self, RetourLink *link)
{
  *link = ((DeskFixture *) self)->options.link;
}

static void
set_link_listener (gpointer self, RetourLinkChanged listener, gpointer user_data)
{
  DeskFixture *fixture = self;

  fixture->listener = listener;
  fixture->listener_data = user_data;
}

static void
kick (gpointer self)
{
}

void
desk_fixture_set_link (DeskFixture *fixture, const RetourLink *link)
{
  fixture->options.link = *link;
  if (fixture->listener != NULL)
    fixture->listener (link, fixture->listener_data);
}

static void
replied (gpointer result, const GError *error, gpointer user_data)
{
  DeskFixture *fixture = user_data;

  g_assert_no_error (error);
  fixture->result = result;
  fixture->done = TRUE;
}

static gpointer
wait_for_reply (DeskFixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  fixture->done = FALSE;
  return g_steal_pointer (&fixture->result);
}

/* The job's own data goes round by the closure, the fixture by the reply. */
typedef struct
{
  RetourStoreJob job;
  gpointer job_data;
  DeskFixture *fixture;
} Write;

static gpointer
run_write (RetourStore *store, gpointer user_data, GError **error)
{
  const Write *write = user_data;

  return write->job (store, write->job_data, error);
}

static void
write_replied (gpointer result, const GError *error, gpointer user_data)
{
  replied (result, error, ((Write *) user_data)->fixture);
}

gpointer
desk_fixture_write (DeskFixture *fixture, RetourStoreJob job, gpointer user_data)
{
  Write write = { job, user_data, fixture };
  const RetourStorage *storage = fixture->services.storage;

  storage->write (storage->self, run_write, write_replied, &write);
  return wait_for_reply (fixture);
}

static void
add_change (RetourChangePage *page, RetourChangeKind kind, RetourOrder *order, RetourStaff *staff, const char *text)
{
  RetourChange *change = retour_change_new (kind);

  change->order = order;
  change->staff = staff;
  if (order != NULL)
    change->text = retour_documents ()->write_order (order);
  else if (staff != NULL)
    change->text = retour_documents ()->write_staff (staff);
  else
    change->text = g_strdup (text);
  g_ptr_array_add (page->changes, change);
}

static void
fill_cache (DeskFixture *fixture)
{
  RetourChangePage *page = retour_change_page_new ();
  g_autofree char *verifier = retour_pin_verifier_new (PIN);
  const RetourStorage *storage = fixture->services.storage;

  page->cursor = g_strdup ("1");
  page->last = TRUE;
  add_change (page, RETOUR_CHANGE_POLICY, NULL, NULL, POLICY);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      RetourStaff *staff = retour_staff_new (people[i].id, people[i].name, people[i].role);

      staff->badge = g_strdup (people[i].badge);
      staff->verifier = g_strdup (verifier);
      staff->active = TRUE;
      add_change (page, RETOUR_CHANGE_STAFF, NULL, staff, NULL);
    }
  add_change (page, RETOUR_CHANGE_ORDER, reference_order (), NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (!orders[i].remote)
      add_change (page, RETOUR_CHANGE_ORDER, order_new (&orders[i]), NULL, NULL);
  storage->apply (storage->self, page, replied, fixture);
  wait_for_reply (fixture);
}

typedef struct
{
  const char *who, *at, *number, *staff, *category, *second, *reason, *condition, *grade, *problem;
  gint64 total, units;
  RetourGoodsState goods;
  RetourRefundState refund;
  RetourSyncState sync;
  gboolean exchange, gift;
} ReturnSketch;

static const ReturnSketch returns[] = {
  { "Paul A.", "2025-11-17T15:12:00Z", "R0214A-00376-8", "Sophie Delmas", "shirt", NULL, "size_large", "new_sealed",
    "A", NULL, 7000, 1, RETOUR_GOODS_CANCELLED, RETOUR_REFUND_NONE, RETOUR_SYNC_ACKNOWLEDGED, FALSE, FALSE },
  { "Lucie G.", "2025-11-18T08:15:00Z", "R0214A-00377-1", "Thomas Leroy", "dress", NULL, "size_small", "new_sealed",
    "A", NULL, 7900, 1, RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_SETTLED, RETOUR_SYNC_ACKNOWLEDGED, FALSE, FALSE },
  { NULL, "2025-11-18T08:22:00Z", "R0214A-00378-6", "Thomas Leroy", "t-shirt", "skirt", "other", "new_opened", "B",
    NULL, 0, 3, RETOUR_GOODS_RECEIVED, RETOUR_REFUND_NONE, RETOUR_SYNC_ACKNOWLEDGED, FALSE, TRUE },
  { "Inès C.", "2025-11-18T08:40:00Z", "R0214A-00379-4", "Camille Moreau", "bag", NULL, "changed_mind", "new_opened",
    "B", NULL, 2490, 1, RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PROMISED, RETOUR_SYNC_LOCAL, FALSE, FALSE },
  { "Hugo L.", "2025-11-18T08:58:00Z", "R0214A-00380-9", "Thomas Leroy", "trainers", NULL, "defective", "damaged", "D",
    NULL, 4950, 1, RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_PENDING, RETOUR_SYNC_ACKNOWLEDGED, FALSE, FALSE },
  { "Claire F.", "2025-11-18T09:12:00Z", "R0214A-00381-7", "Camille Moreau", "coat", NULL, "size_small", "new_sealed",
    "A", NULL, 0, 1, RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_NONE, RETOUR_SYNC_ACKNOWLEDGED, TRUE, FALSE },
  { "Yanis B.", "2025-11-18T09:31:00Z", "R0214A-00382-5", "Camille Moreau", "jeans", "jumper", "size_small",
    "new_sealed", "A", NULL, 11800, 2, RETOUR_GOODS_ACCEPTED, RETOUR_REFUND_SETTLED, RETOUR_SYNC_ACKNOWLEDGED, FALSE,
    FALSE },
};

static void
add_line (RetourReturn *ret, const ReturnSketch *sketch, const char *id, const char *category, gint64 units)
{
  RetourReturnLine *line = retour_return_line_new (id, units);

  line->category = g_strdup (category);
  line->title = g_strdup (category);
  line->reason = g_strdup (sketch->reason);
  line->condition = g_strdup (sketch->condition);
  line->grade = g_strdup (sketch->grade);
  line->goods = sketch->total;
  if (sketch->exchange)
    {
      line->exchange = g_new0 (RetourExchangedItem, 1);
      line->exchange->sku = g_strdup ("COAT-M");
      line->even_exchange = TRUE;
    }
  g_ptr_array_add (ret->lines, line);
}

static RetourReturn *
return_new (const ReturnSketch *sketch, guint index)
{
  g_autofree char *id = g_strdup_printf ("0193f3c0-0000-7000-8000-%012u", index + 1);
  RetourReturn *ret = retour_return_new (id, sketch->number);
  gboolean fine = retour_instant_parse (sketch->at, &ret->recorded_at);

  g_assert_true (fine);
  ret->kind = g_strdup ("store");
  ret->store = g_strdup ("0214");
  ret->terminal = g_strdup ("A");
  ret->mode = g_strdup ("desk");
  ret->staff = g_strdup ("stf_12");
  ret->staff_name = g_strdup (sketch->staff);
  ret->policy_version = g_strdup ("2025-11-01");
  ret->customer_name = g_strdup (sketch->who);
  memcpy (ret->currency, "EUR", 4);
  ret->total = sketch->total;
  ret->gift = sketch->gift;
  ret->withdrawal_last_day = ret->refund_latest_day = RETOUR_DAY_NONE;
  ret->goods = sketch->goods;
  ret->refund = sketch->refund;
  ret->sync = sketch->sync;
  ret->problem = g_strdup (sketch->problem);
  ret->proof = g_strdup ("RT1:6BFOXN*TS0BI$ZD");
  add_line (ret, sketch, "l1", sketch->category, sketch->second != NULL ? 1 : sketch->units);
  if (sketch->second != NULL)
    add_line (ret, sketch, "l2", sketch->second, sketch->units - 1);
  if (sketch->total > 0)
    g_ptr_array_add (ret->tenders, retour_return_tender_new ("pay_1", "card", "CB •••• 4242", sketch->total));
  return ret;
}

/* What the OMS did not take: an earlier return of the same article, and an order it has closed. */
static const struct
{
  const char *number, *order_id, *order_number, *title, *detail, *problem;
  RetourAnswerKind kind;
} refused[] = {
  { "R0214A-00379-4", "ord_4", "1046-1207", "Sac cabas Noé", "R0309B-01120-9",
    "{\"number\":\"R0309B-01120-9\",\"store\":\"0309\",\"store_name\":\"Grenoble Grand’Place\",\"terminal\":\"B\","
    "\"at\":\"2025-11-17T14:58:00Z\"}",
    RETOUR_ANSWER_CONFLICT },
  { "R0214A-00380-9", "ord_90", "1045-2210", "Baskets Lina", "La commande est close.", NULL, RETOUR_ANSWER_REJECTED },
};

static guint
find_refused (const RetourReturn *ret)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (refused) && !g_str_equal (refused[i].number, ret->number))
    i++;
  return i;
}

/* Its operation, and a later one of the same order that waits behind it. */
static void
add_operations (RetourReturn *ret, GPtrArray *operations)
{
  guint i = find_refused (ret);

  if (i == G_N_ELEMENTS (refused))
    return;
  ret->offline = TRUE;
  ret->sync = RETOUR_SYNC_LOCAL;
  ret->refund = RETOUR_REFUND_PROMISED;
  ret->order_id = g_strdup (refused[i].order_id);
  ret->order_number = g_strdup (refused[i].order_number);
  g_free (((RetourReturnLine *) ret->lines->pdata[0])->title);
  ((RetourReturnLine *) ret->lines->pdata[0])->title = g_strdup (refused[i].title);
  for (guint later = 0; later < 2; later++)
    {
      g_autofree char *op = g_strdup_printf ("op%u-%s", later, ret->number);
      RetourOperation *operation = retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, "{}");

      operation->order = g_strdup (ret->order_id);
      operation->return_id = g_strdup (ret->id);
      operation->created_at = ret->recorded_at;
      g_ptr_array_add (operations, operation);
    }
}

static gboolean
refuse (RetourStore *store, GError **error)
{
  const RetourInstant now = reference_now () - 90 * 60 * RETOUR_SECOND;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *op = g_strdup_printf ("op0-%s", refused[i].number);
      g_autoptr (RetourAnswer) told = retour_answer_new (op, refused[i].kind);
      g_autoptr (GPtrArray) claimed = store->claim_operations (store, now, 10, error);

      told->detail = g_strdup (refused[i].detail);
      told->problem = g_strdup (refused[i].problem);
      if (claimed == NULL || !store->settle_operation (store, told, now, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
fill_job (RetourStore *store, gpointer user_data, GError **error)
{
  DeskFixture *fixture = user_data;
  g_autoptr (RetourWorkspace) workspace = NULL;

  for (guint i = 0; !fixture->options.empty && i < G_N_ELEMENTS (returns); i++)
    {
      g_autoptr (RetourReturn) ret = return_new (&returns[i], i);
      g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);
      g_autoptr (RetourAuditRecord) audit =
          retour_audit_record_new ("return.recorded", ret->staff, ret->id, ret->recorded_at, "{}");

      add_operations (ret, operations);
      if (!store->record_return (store, ret, 376 + i, operations, audit, error))
        return NULL;
    }
  if (fixture->options.empty || !refuse (store, error))
    return NULL;
  workspace = retour_desk_open_order (fixture->services.desk, store, "ord_3", NULL, error);
  if (workspace == NULL || !retour_draft_add_unit (workspace->draft, "l1", 1, NULL))
    return NULL;
  (void) !retour_desk_save_draft (fixture->services.desk, store, workspace->draft, error);
  return NULL;
}

static gpointer
identity_job (RetourStore *store, gpointer user_data, GError **error)
{
  (void) !store->set_identity (store, user_data, error);
  return NULL;
}

static RetourInstant
fixture_wall (gpointer self)
{
  return reference_now () - 4 * 60 * RETOUR_SECOND;
}

static gint64
fixture_boot (gpointer self)
{
  return g_get_monotonic_time ();
}

DeskFixtureOptions
desk_fixture_options (void)
{
  return (DeskFixtureOptions){
    .link = { .state = RETOUR_LINK_UP_TO_DATE,
              .since = fixture_wall (NULL),
              .last_exchange = fixture_wall (NULL),
              .attention = 2,
              .seconds_left = -1 },
    .oms_delay_ms = 300,
  };
}

DeskFixture *
desk_fixture_new (const char *directory, const DeskFixtureOptions *options)
{
  DeskFixture *fixture = g_new0 (DeskFixture, 1);
  RetourDesk *reference = reference_desk ();
  RetourIdentity *identity = retour_identity_copy (retour_desk_get_identity (reference));
  g_autoptr (GError) error = NULL;

  fixture->options = *options;
  fixture->questions = g_hash_table_new (NULL, NULL);
  fixture->clock.wall = fixture_wall;
  fixture->clock.boot = fixture_boot;
  fixture->oms =
      (RetourOms){ .search_orders = ask, .find_order = ask, .ask_stock = ask_stock, .cancel = cancel, .self = fixture };
  fixture->database = retour_database_open (directory, retour_documents (), RETOUR_DATABASE_THREADS, &error);
  g_assert_no_error (error);
  fixture->services = (RetourServices){
    .desk = retour_desk_new (retour_documents (), &fixture->clock, retour_ids_new (NULL, NULL), identity, NULL),
    .storage = retour_database_storage (fixture->database),
    .oms = &fixture->oms,
    .documents = retour_documents (),
    .get_link = get_link,
    .set_link_listener = set_link_listener,
    .kick = kick,
    .self = fixture,
    .data_directory = g_strdup (directory),
  };
  desk_fixture_write (fixture, identity_job, identity);
  fill_cache (fixture);
  desk_fixture_write (fixture, fill_job, fixture);
  retour_identity_free (identity);
  retour_desk_free (reference);
  return fixture;
}

void
desk_fixture_free (DeskFixture *fixture)
{
  g_hash_table_unref (fixture->questions);
  retour_database_close (fixture->database);
  retour_desk_free (fixture->services.desk);
  g_free (fixture->services.data_directory);
  g_free (fixture->services.printer);
  g_free (fixture);
}

const RetourServices *
desk_fixture_services (DeskFixture *fixture)
{
  return &fixture->services;
}
