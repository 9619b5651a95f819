/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's own calls, for its command line: to the server that runs on a data directory. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_CLIENT_ERROR_NOT_RUNNING,
  SANDBOX_CLIENT_ERROR_REFUSED, /* the message is the answer's body */
} SandboxClientError;
#define SANDBOX_CLIENT_ERROR (sandbox_client_error_quark ())
GQuark sandbox_client_error_quark (void);

/* The answer's body, the caller's. `body` NULL: none is sent. */
char *
sandbox_client_call (const char *directory, const char *method, const char *path, const char *body, GError **error);

G_END_DECLS
