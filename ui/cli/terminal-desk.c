/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal-desk.h"

#include "enrolment.h"

/* The store's; one that was cut off between the enrolment's files and the store is told of it now. */
static RetourIdentity *
find_identity (RetourStore *store, const RetourEnrolment *enrolment, GError **error)
{
  GError *problem = NULL;
  RetourIdentity *identity = store->identity (store, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (identity != NULL)
    return identity;
  return store->set_identity (store, enrolment->identity, error) ? retour_identity_copy (enrolment->identity) : NULL;
}

RetourDesk *
retour_terminal_desk_new (const char *data_directory,
                          RetourStore *store,
                          const RetourDocuments *documents,
                          const RetourClock *clock,
                          GError **error)
{
  g_autofree char *directory = g_build_filename (data_directory, "identity", NULL);
  g_autoptr (RetourEnrolment) enrolment = retour_enrolment_load (directory, error);
  g_autoptr (RetourIdentity) identity = NULL;
  g_autoptr (RetourIds) ids = retour_ids_new (NULL, NULL);
  g_autofree char *newest = NULL;
  RetourSyncStatus sync = { 0 };
  GError *problem = NULL;
  RetourDesk *desk;

  if (enrolment == NULL)
    {
      g_prefix_error (error, "this terminal is not enrolled (see retourctl enrol --help): ");
      return NULL;
    }
  identity = find_identity (store, enrolment, error);
  if (identity == NULL || !store->sync_status (store, &sync, error))
    return NULL;
  newest = store->newest_id (store, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (!retour_ids_restore (ids, newest, error))
    return NULL;
  desk = retour_desk_new (documents, clock, g_steal_pointer (&ids), identity, enrolment->proof_secret);
  retour_desk_set_clock_offset (desk, sync.clock_offset);
  return desk;
}
