/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal-desk.h"

#include "enrolment.h"

RetourDesk *
retour_terminal_desk_new (const char *data_directory,
                          RetourStore *store,
                          const RetourDocuments *documents,
                          const RetourClock *clock,
                          GError **error)
{
  g_autofree char *directory = g_build_filename (data_directory, "identity", NULL);
  g_autoptr (RetourEnrolment) enrolment = NULL;
  g_autoptr (RetourIdentity) identity = NULL;
  GError *problem = NULL;
  RetourSyncStatus sync = { 0 };
  RetourDesk *desk;

  identity = store->identity (store, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (identity == NULL)
    {
      g_set_error_literal (error, RETOUR_ENROLMENT_ERROR, RETOUR_ENROLMENT_ERROR_NOT_ENROLLED,
                           "this terminal is not enrolled: see retourctl enrol --help");
      return NULL;
    }
  enrolment = retour_enrolment_load (directory, error);
  if (enrolment == NULL || !store->sync_status (store, &sync, error))
    return NULL;
  desk = retour_desk_new (documents, clock, retour_ids_new (NULL, NULL), identity, enrolment->proof_secret);
  retour_desk_set_clock_offset (desk, sync.clock_offset);
  return desk;
}
