/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTPS server: connections, who is on them, which call goes where. */
#pragma once

#include "sandbox.h"

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_SERVER_ERROR_START,
} SandboxServerError;
#define SANDBOX_SERVER_ERROR (sandbox_server_error_quark ())
GQuark sandbox_server_error_quark (void);

typedef struct _SandboxServer SandboxServer;

/* Listens on 127.0.0.1, on a free port when `port` is 0; sets the sandbox's url. */
SandboxServer *sandbox_server_start (Sandbox *sandbox, guint16 port, GError **error);
/* Wakes who waits, answers, and ends. The sandbox's timer is stopped before. */
void sandbox_server_stop (SandboxServer *server);

G_END_DECLS
