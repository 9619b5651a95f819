/* SPDX-License-Identifier: Apache-2.0 */
/* Handing a command to the terminal that holds the data directory, over a private socket in it (DIR/control, mode 0600).
 * One request a connection: a JSON object {"arguments": […], "json": bool, "language": "fr", "input": text or null}; the
 * answer is {"status": n, "out": text, "err": text}. */
#pragma once

#include "command.h"

G_BEGIN_DECLS

#define RETOUR_CONTROL_SOCKET "control"
#define RETOUR_CONTROL_MAX (64 * 1024 * 1024)

/* `argv` is NULL-terminated, argv[0] the command. `input` is the file it reads, or NULL. Fills out and err as the terminal
 * says; blocks. */
RetourExit retour_handover (RetourCommandContext *context, const char *const *argv, const char *input);

G_END_DECLS
