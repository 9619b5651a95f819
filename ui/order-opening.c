/* SPDX-License-Identifier: Apache-2.0 */
/* How an order, a draft or a return comes on the desk: read from the cache, else asked of the OMS, with a word to the clerk
 * when that takes long (UI.md 3: spinner after 300 ms, "continue without" after 4 s, given up after 10 s). */
#include "navigation-private.h"

#include "order-page.h"
#include "state-page.h"
#include "words.h"

#define SPINNER_AFTER_MS 300
#define SLOW_AFTER_MS 4000
#define OFFLINE_AFTER_MS 10000

typedef struct
{
  RetourNavigation *navigation;
  RetourDesk *desk;
  RetourStaff *staff;
  guint opening;
  char *order;     /* id or number; NULL with draft NULL: without order */
  char *draft;     /* a draft put aside */
  char *return_id; /* a recorded return */
  char *left;      /* the draft that was on the desk */
  gboolean has_left_units;
  RetourOrder *found;    /* of the OMS, to be kept first */
  GPtrArray *companions; /* RetourWorkspace: the other orders of the visit; NULL until read */
} Opening;

static void
opening_free (Opening *opening)
{
  retour_staff_free (opening->staff);
  g_free (opening->order);
  g_free (opening->draft);
  g_free (opening->return_id);
  g_free (opening->left);
  retour_order_free (opening->found);
  g_clear_pointer (&opening->companions, g_ptr_array_unref);
  g_free (opening);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (RetourNavigation *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->navigation = self;
  opening->desk = self->services->desk;
  opening->staff = self->staff != NULL ? retour_staff_copy (self->staff) : NULL;
  opening->opening = ++self->opening;
  self->reading_order = FALSE;
  opening->left = g_strdup (self->draft);
  return opening;
}

void
retour_navigation_stop_waiting (RetourNavigation *self)
{
  guint token = self->oms_token;

  g_clear_handle_id (&self->slow_timer, g_source_remove);
  self->oms_token = 0;
  if (token != 0)
    self->services->oms->cancel (self->services->oms->self, token);
}

static RetourStatePage *
state_page (RetourNavigation *self)
{
  return RETOUR_STATE_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_STATE));
}

static gboolean
took_too_long (gpointer user_data)
{
  RetourNavigation *self = user_data;

  self->slow_timer = 0;
  retour_navigation_stop_waiting (self);
  self->opening++;
  retour_state_page_show_no_answer (state_page (self),
                                    self->pending_route != NULL ? self->pending_route->scan->visible : NULL);
  retour_navigation_show_page (self, RETOUR_PAGE_STATE);
  return G_SOURCE_REMOVE;
}

static gboolean
is_slow (gpointer user_data)
{
  RetourNavigation *self = user_data;

  retour_state_page_set_slow (state_page (self), SLOW_AFTER_MS / 1000);
  self->slow_timer = g_timeout_add (OFFLINE_AFTER_MS - SLOW_AFTER_MS, took_too_long, self);
  return G_SOURCE_REMOVE;
}

static gboolean
show_waiting (gpointer user_data)
{
  RetourNavigation *self = user_data;
  guint token = self->oms_token;

  self->slow_timer = g_timeout_add (SLOW_AFTER_MS - SPINNER_AFTER_MS, is_slow, self);
  retour_state_page_show_waiting (state_page (self));
  retour_navigation_show_page (self, RETOUR_PAGE_STATE);
  g_assert (self->oms_token == token);
  return G_SOURCE_REMOVE;
}

static void
oms_answered (GPtrArray *orders, const GError *error, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  RetourNavigation *self = opening->navigation;

  if (opening->opening != self->opening || g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED))
    return;
  g_clear_handle_id (&self->slow_timer, g_source_remove);
  self->oms_token = 0;
  if (orders != NULL && orders->len > 0)
    {
      retour_navigation_open_found (self, g_ptr_array_index (orders, 0));
      return;
    }
  if (error == NULL || g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_NOT_FOUND))
    retour_state_page_show_not_found (state_page (self), opening->order, TRUE);
  else if (g_error_matches (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE))
    retour_state_page_show_no_answer (state_page (self), opening->order);
  else
    retour_state_page_show_failure (state_page (self), _ ("The OMS could not answer."), error->message);
  retour_navigation_sound (self, FALSE);
  retour_navigation_show_page (self, RETOUR_PAGE_STATE);
}

static void
ask_oms (RetourNavigation *self, Opening *opening)
{
  const RetourOms *oms = self->services->oms;

  if (retour_navigation_is_offline (self))
    {
      retour_state_page_show_not_found (state_page (self), opening->order, FALSE);
      retour_navigation_sound (self, FALSE);
      retour_navigation_show_page (self, RETOUR_PAGE_STATE);
      opening_free (opening);
      return;
    }
  retour_navigation_stop_waiting (self);
  self->slow_timer = g_timeout_add (SPINNER_AFTER_MS, show_waiting, self);
  if (self->pending_route != NULL && self->pending_route->scan->kind != RETOUR_SCAN_ORDER)
    self->oms_token = oms->search_orders (oms->self, opening->order, oms_answered, opening);
  else
    self->oms_token = oms->find_order (oms->self, opening->order, oms_answered, opening);
}

static gpointer
open_job (RetourStore *store, gpointer user_data, GError **error)
{
  Opening *opening = user_data;
  g_autoptr (RetourWorkspace) workspace = NULL;

  if (opening->left != NULL)
    {
      g_autoptr (RetourDraft) left = store->find_draft (store, opening->left, NULL);

      opening->has_left_units = left != NULL && retour_draft_units (left) > 0;
    }
  if (opening->found != NULL)
    {
      g_autofree char *text = retour_desk_get_documents (opening->desk)->write_order (opening->found);

      if (!store->keep_order (store, opening->found, text, error))
        return NULL;
    }
  workspace = opening->draft != NULL
                  ? retour_desk_open_draft (opening->desk, store, opening->draft, error)
                  : retour_desk_open_order (opening->desk, store, opening->order, opening->staff, error);
  if (workspace == NULL)
    return NULL;
  opening->companions = retour_desk_open_companions (opening->desk, store, workspace->draft, error);
  return opening->companions != NULL ? g_steal_pointer (&workspace) : NULL;
}

static void
resume_left (gpointer user_data)
{
  Opening *opening = user_data;

  retour_navigation_open_draft (opening->navigation, opening->left);
}

static void
show_opened (Opening *taken, gpointer result, const GError *error)
{
  g_autoptr (Opening) opening = taken;
  g_autoptr (RetourWorkspace) workspace = result;
  RetourNavigation *self = opening->navigation;
  g_autoptr (RetourRoute) route = NULL;

  if (g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND) && opening->order != NULL)
    {
      ask_oms (self, g_steal_pointer (&opening));
      return;
    }
  if (error != NULL)
    {
      retour_navigation_show_error (self, _ ("The order could not be opened."), error);
      return;
    }

  route = g_steal_pointer (&self->pending_route);
  opening->has_left_units = opening->has_left_units && g_strcmp0 (opening->left, workspace->draft->id) != 0;
  retour_navigation_open_workspace (self, g_steal_pointer (&workspace), opening->companions);
  if (route != NULL && self->scan_joins)
    (void) retour_order_page_scan (RETOUR_ORDER_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_ORDER)), route);
  self->scan_joins = FALSE;
  if (opening->has_left_units)
    {
      Opening *left = g_steal_pointer (&opening);

      retour_navigation_offer (self, _ ("Return put on hold"), _ ("Resume"), resume_left, left,
                               (GDestroyNotify) opening_free);
    }
}

static void
opened (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  RetourNavigation *self = opening->navigation;

  if (opening->opening != self->opening)
    {
      retour_workspace_free (result);
      return;
    }
  self->reading_order = FALSE;
  if (retour_navigation_is_locked (self))
    retour_workspace_free (result);
  else
    show_opened (g_steal_pointer (&opening), result, error);
  retour_navigation_follow_held (self);
}

void
retour_navigation_open_order (RetourNavigation *self, const char *id_or_number)
{
  Opening *opening = opening_new (self);

  opening->order = g_strdup (id_or_number);
  self->reading_order = TRUE;
  self->services->storage->read (self->services->storage->self, open_job, opened, opening);
}

void
retour_navigation_open_draft (RetourNavigation *self, const char *draft)
{
  Opening *opening = opening_new (self);

  opening->draft = g_strdup (draft);
  self->reading_order = TRUE;
  self->services->storage->read (self->services->storage->self, open_job, opened, opening);
}

void
retour_navigation_open_found (RetourNavigation *self, const RetourOrder *order)
{
  Opening *opening = opening_new (self);

  opening->order = g_strdup (order->id != NULL ? order->id : order->number);
  opening->found = retour_order_copy (order);
  self->reading_order = TRUE;
  self->services->storage->write (self->services->storage->self, open_job, opened, opening);
}

static gpointer
find_return_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Opening *opening = user_data;

  return store->find_return (store, opening->return_id, error);
}

static void
return_found (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (RetourReturn) ret = result;
  RetourNavigation *self = opening->navigation;

  if (opening->opening != self->opening || retour_navigation_is_locked (self))
    return;
  if (ret != NULL)
    retour_navigation_show_proof (self, g_steal_pointer (&ret), FALSE);
  else
    retour_navigation_show_error (self, _ ("The return could not be opened."), error);
  retour_navigation_follow_held (self);
}

void
retour_navigation_open_return (RetourNavigation *self, const char *id_or_number)
{
  Opening *opening = opening_new (self);

  opening->return_id = g_strdup (id_or_number);
  self->services->storage->read (self->services->storage->self, find_return_job, return_found, opening);
}
