/* SPDX-License-Identifier: Apache-2.0 */
/* Where a scan leads (DOMAIN.md 7): classified by its content, then looked up in what the cache knows. */
#include "desk-private.h"

#define ORDERS_SHOWN 20

typedef struct
{
  RetourStore *store;
  GError *error;
} CodeLookup;

/* What a text is among the codes of a cached order; asked only for a text that nothing else explained. */
static RetourScanKind
lookup_cached_code (const char *text, gpointer user_data)
{
  CodeLookup *lookup = user_data;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (RetourOrder) order = NULL;
  const RetourOrderSummary *first;

  if (lookup->error != NULL)
    return RETOUR_SCAN_UNKNOWN;
  orders = lookup->store->lookup_code (lookup->store, text, &lookup->error);
  if (orders == NULL || orders->len == 0)
    return RETOUR_SCAN_UNKNOWN;

  first = g_ptr_array_index (orders, 0);
  if (g_strcmp0 (first->number, text) == 0)
    return RETOUR_SCAN_ORDER;
  order = lookup->store->find_order (lookup->store, first->id, &lookup->error);
  if (order == NULL)
    return RETOUR_SCAN_UNKNOWN;
  for (guint i = 0; i < order->announced->len; i++)
    {
      const RetourAnnouncement *announced = g_ptr_array_index (order->announced, i);

      if (g_strcmp0 (announced->label, text) == 0)
        return RETOUR_SCAN_RETURN_LABEL;
    }
  return RETOUR_SCAN_PARCEL;
}

static gboolean
find_orders (RetourRoute *route, RetourStore *store, const char *code, GError **error)
{
  GPtrArray *orders = store->lookup_code (store, code, error);

  if (orders == NULL)
    return FALSE;
  g_ptr_array_unref (route->orders);
  route->orders = orders;
  if (orders->len == 0)
    route->kind = RETOUR_ROUTE_ASK_OMS;
  else if (orders->len == 1)
    route->kind = RETOUR_ROUTE_ORDER;
  else
    route->kind = RETOUR_ROUTE_CHOICE;
  return TRUE;
}

static gboolean
find_product (RetourRoute *route, RetourStore *store, GError **error)
{
  GError *problem = NULL;
  GPtrArray *orders = store->orders_holding (store, route->scan->value, ORDERS_SHOWN, error);

  if (orders == NULL)
    return FALSE;
  g_ptr_array_unref (route->orders);
  route->orders = orders;
  route->kind = RETOUR_ROUTE_PRODUCT;
  route->product = store->find_product (store, route->scan->value, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

/* A proof made here opens its return; one made elsewhere opens its order, which the token names. */
static gboolean
find_proof (RetourRoute *route, RetourStore *store, GError **error)
{
  GError *problem = NULL;
  g_autoptr (RetourProofContent) content = NULL;

  route->ret = store->find_return (store, route->scan->value, &problem);
  if (route->ret != NULL)
    {
      route->kind = RETOUR_ROUTE_RETURN;
      return TRUE;
    }
  if (!g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);

  content = retour_proof_open (route->scan->text, NULL);
  if (content != NULL && content->order != NULL)
    {
      if (!find_orders (route, store, content->order, error))
        return FALSE;
      if (route->kind != RETOUR_ROUTE_ASK_OMS)
        return TRUE;
    }
  route->kind = RETOUR_ROUTE_UNKNOWN;
  return TRUE;
}

static gboolean
find_badge (RetourRoute *route, RetourStore *store, GError **error)
{
  GError *problem = NULL;

  route->staff = store->find_staff (store, route->scan->value, &problem);
  if (route->staff == NULL && problem != NULL
      && !g_error_matches (problem, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  route->kind = route->staff != NULL && route->staff->active ? RETOUR_ROUTE_STAFF : RETOUR_ROUTE_UNKNOWN;
  return TRUE;
}

static gboolean
follow (RetourRoute *route, RetourStore *store, GError **error)
{
  switch (route->scan->kind)
    {
    case RETOUR_SCAN_ORDER:
    case RETOUR_SCAN_PARCEL:
    case RETOUR_SCAN_RETURN_LABEL:
      return find_orders (route, store, route->scan->value, error);
    case RETOUR_SCAN_PRODUCT:
      return find_product (route, store, error);
    case RETOUR_SCAN_PROOF:
      return find_proof (route, store, error);
    case RETOUR_SCAN_STAFF:
      return find_badge (route, store, error);
    case RETOUR_SCAN_COMMAND:
      route->kind = RETOUR_ROUTE_COMMAND;
      return TRUE;
    case RETOUR_SCAN_UNKNOWN:
      route->kind = RETOUR_ROUTE_UNKNOWN;
      return TRUE;
    }
  g_assert_not_reached ();
}

RetourRoute *
retour_desk_route (RetourDesk *desk, RetourStore *store, const char *text, GError **error)
{
  g_autoptr (RetourRoute) route = g_new0 (RetourRoute, 1);
  g_autoptr (RetourPolicy) policy = NULL;
  CodeLookup lookup = { store, NULL };
  GError *problem = NULL;

  route->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_summary_free);
  policy = retour_desk_load_policy (desk, store, &problem);
  if (policy == NULL && !g_error_matches (problem, RETOUR_DESK_ERROR, RETOUR_DESK_ERROR_NO_POLICY))
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_clear_error (&problem);

  route->scan = retour_scan_classify (text, -1, policy != NULL ? policy->codes : NULL, lookup_cached_code, &lookup);
  if (lookup.error != NULL)
    {
      g_propagate_error (error, lookup.error);
      return NULL;
    }
  if (!follow (route, store, error))
    return NULL;
  if (route->orders->len > 1 && policy != NULL
      && !retour_desk_mark_past_limit (desk, store, policy, route->orders, error))
    return NULL;
  return g_steal_pointer (&route);
}

void
retour_route_free (RetourRoute *route)
{
  if (route == NULL)
    return;
  retour_scan_free (route->scan);
  g_clear_pointer (&route->orders, g_ptr_array_unref);
  retour_return_free (route->ret);
  retour_staff_free (route->staff);
  retour_product_free (route->product);
  g_free (route);
}
