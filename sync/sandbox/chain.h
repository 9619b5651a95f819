/* SPDX-License-Identifier: Apache-2.0 */
/* Maison Lisière itself: its stores, people, policy, catalogue and stock. */
#pragma once

#include "sandbox.h"

G_BEGIN_DECLS

/* Who works there, with what they type to sign in. */
typedef struct
{
  const char *id, *name, *badge, *pin;
  RetourRole role;
} SandboxColleague;

#define SANDBOX_COLLEAGUES 6
const SandboxColleague *sandbox_chain_colleague (guint index);

#define SANDBOX_STORES 6
/* "0214". */
const char *sandbox_chain_store (guint index);

/* The policy of the year of `now`; the caller's. */
char *sandbox_chain_policy (RetourInstant now);

/* Writes all of it into a fresh book. Inside a transaction. */
void sandbox_chain_found (Sandbox *sandbox, guint64 seed);

G_END_DECLS
