/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in by PIN: the try is counted before it is looked at, so that neither a power cut nor a restart gives a free one. */
#include "desk-private.h"

#define FREE_TRIES 5

gboolean
retour_desk_begin_pin (
    RetourDesk *desk, RetourStore *store, const char *staff, gint64 *wait, guint *tries_left, GError **error)
{
  RetourInstant now = desk->clock->wall (desk->clock->self);
  RetourInstant since = RETOUR_INSTANT_NONE;
  guint tries = 0;

  if (!store->pin_tries (store, staff, &tries, &since, error))
    return FALSE;
  if (tries >= FREE_TRIES && since != RETOUR_INSTANT_NONE)
    {
      /* A clock that was set back shortens nothing: the wait then begins anew. */
      gint64 elapsed = MAX (0, now - since);
      gint64 remaining = retour_pin_wait (tries) - elapsed;

      if (remaining > 0)
        {
          *wait = remaining;
          *tries_left = 0;
          return TRUE;
        }
    }
  if (!store->count_pin_try (store, staff, now, &tries, &since, error))
    return FALSE;
  *wait = 0;
  *tries_left = tries < FREE_TRIES ? FREE_TRIES - tries : 0;
  return TRUE;
}

gboolean
retour_desk_end_pin (
    RetourDesk *desk, RetourStore *store, const char *staff, const char *draft, gboolean matched, GError **error)
{
  g_autofree char *body = draft != NULL ? g_strconcat ("for the approval of ", draft, NULL) : NULL;
  g_autoptr (RetourAuditRecord) record = retour_audit_record_new (!matched        ? "staff.wrong_pin"
                                                                  : draft != NULL ? "staff.identified"
                                                                                  : "staff.signed_in",
                                                                  staff, staff, retour_desk_now (desk), body);

  if (!store->append_audit (store, record, error))
    return FALSE;
  return !matched || store->clear_pin_tries (store, staff, error);
}
