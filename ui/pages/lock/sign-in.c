/* SPDX-License-Identifier: Apache-2.0 */
#include "sign-in.h"

#include "pin-pad.h"

typedef struct
{
  const RetourServices *services;
  char *staff_id;
  char *draft; /* whose approval it is for; NULL: signing in */
  char *pin;
  RetourStaff *staff;
  gint64 wait;
  guint tries_left;
  gboolean matched;
  RetourSignInDone done;
  gpointer user_data;
} Check;

static void
check_free (Check *check)
{
  g_free (check->staff_id);
  g_free (check->draft);
  retour_pin_free (check->pin);
  retour_staff_free (check->staff);
  g_free (check);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static gpointer
end_job (RetourStore *store, gpointer user_data, GError **error)
{
  Check *check = user_data;
  RetourDesk *desk = check->services->desk;

  return retour_desk_end_pin (desk, store, check->staff_id, check->draft, check->matched, error) ? check : NULL;
}

/* An outcome that could not be written is none: a match is believed only once the tries are cleared. */
static void
ended (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Check) check = user_data;

  if (error != NULL)
    check->done (RETOUR_SIGN_IN_FAILED, NULL, 0, 0, error, check->user_data);
  else if (check->matched)
    check->done (RETOUR_SIGN_IN_MATCHED, g_steal_pointer (&check->staff), 0, 0, NULL, check->user_data);
  else
    check->done (RETOUR_SIGN_IN_WRONG, NULL, check->tries_left, 0, NULL, check->user_data);
}

static gboolean
compared (gpointer user_data)
{
  Check *check = user_data;
  const RetourStorage *storage = check->services->storage;

  storage->write (storage->self, end_job, ended, check);
  return G_SOURCE_REMOVE;
}

static void
compare (gpointer task, gpointer user_data)
{
  Check *check = task;

  check->matched = retour_pin_matches (check->staff->verifier, check->pin);
  retour_pin_free (g_steal_pointer (&check->pin));
  g_idle_add_full (G_PRIORITY_DEFAULT, compared, check, NULL);
}

static GThreadPool *
comparing_thread (void)
{
  static GThreadPool *pool;

  if (pool == NULL)
    pool = g_thread_pool_new (compare, NULL, 1, FALSE, NULL);
  return pool;
}

static gpointer
begin_job (RetourStore *store, gpointer user_data, GError **error)
{
  Check *check = user_data;
  RetourDesk *desk = check->services->desk;

  check->staff = store->find_staff (store, check->staff_id, error);
  if (check->staff == NULL || check->staff->verifier == NULL)
    return NULL;
  return retour_desk_begin_pin (desk, store, check->staff_id, &check->wait, &check->tries_left, error) ? check : NULL;
}

static void
begun (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Check) check = user_data;

  if (error != NULL)
    check->done (RETOUR_SIGN_IN_FAILED, NULL, 0, 0, error, check->user_data);
  else if (result == NULL)
    check->done (RETOUR_SIGN_IN_NO_PIN, NULL, 0, 0, NULL, check->user_data);
  else if (check->wait > 0)
    check->done (RETOUR_SIGN_IN_WAIT, NULL, 0, check->wait, NULL, check->user_data);
  else
    g_thread_pool_push (comparing_thread (), g_steal_pointer (&check), NULL);
}

void
retour_sign_in_check (const RetourServices *services,
                      const char *staff,
                      const char *draft,
                      char *pin,
                      RetourSignInDone done,
                      gpointer user_data)
{
  Check *check = g_new0 (Check, 1);

  g_return_if_fail (services != NULL && staff != NULL && pin != NULL && done != NULL);

  check->services = services;
  check->staff_id = g_strdup (staff);
  check->draft = g_strdup (draft);
  check->pin = pin;
  check->done = done;
  check->user_data = user_data;
  services->storage->write (services->storage->self, begin_job, begun, check);
}
