/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox OMS as a whole: what its rooms share. */
#pragma once

#include "authority.h"
#include "faults.h"
#include "ledger.h"
#include "timer.h"

#include <document.h>
#include <proof.h>

G_BEGIN_DECLS

typedef struct
{
  const RetourDocuments *documents;
  SandboxLedger *ledger;
  SandboxAuthority *authority;
  SandboxFaults *faults;
  SandboxTimer *timer;
  gint64 clock_shift;  /* microseconds: this OMS may live at another date */
  gint64 refund_delay; /* microseconds from requested to settled */
  char *url;           /* "https://127.0.0.1:PORT" */
  char *token;         /* of the sandbox's own calls */
  char *epoch;         /* of the cursors */
  guint8 seal_public_key[RETOUR_PROOF_PUBLIC_KEY_BYTES];
  guint8 seal_secret_key[RETOUR_PROOF_SECRET_KEY_BYTES];
} Sandbox;

/* Wakes who polls for approvals. */
#define SANDBOX_TOPIC_APPROVALS 1

/* What time it is at this OMS. */
RetourInstant sandbox_now (const Sandbox *sandbox);

G_END_DECLS
