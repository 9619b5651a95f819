/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox put together: opened on a data directory, run, closed. */
#pragma once

#include "sandbox.h"

G_BEGIN_DECLS

typedef struct
{
  const char *directory;
  guint orders;
  guint64 seed;
  guint16 port;
  gint64 refund_delay;       /* microseconds */
  RetourInstant now;         /* NONE: the clock's */
  const char *const *faults; /* NULL: none */
} SandboxSettings;

/* Opens the directory, makes the chain when it is new, and listens. The caller's. */
Sandbox *sandbox_program_start (const SandboxSettings *settings, const RetourDocuments *documents, GError **error);
void sandbox_program_stop (Sandbox *sandbox);

G_END_DECLS
