/* SPDX-License-Identifier: Apache-2.0 */
#include "store-plug.h"

#include "approval-requests.h"
#include "audit-log.h"
#include "cases.h"
#include "catalogue.h"
#include "changes.h"
#include "drafts.h"
#include "orders.h"
#include "outbox.h"
#include "recording.h"
#include "returns.h"
#include "search.h"
#include "settings.h"
#include "staff-records.h"

void
retour_store_plug (RetourConnection *connection)
{
  RetourStore *store = retour_connection_store (connection);

  retour_orders_plug (store);
  retour_search_plug (store);
  retour_cases_plug (store);
  retour_catalogue_plug (store);
  retour_drafts_plug (store);
  retour_returns_plug (store);
  retour_recording_plug (store);
  retour_outbox_plug (store);
  retour_approval_requests_plug (store);
  retour_changes_plug (store);
  retour_staff_records_plug (store);
  retour_audit_log_plug (store);
  retour_settings_plug (store);
}
