/* SPDX-License-Identifier: Apache-2.0 */
/* Handing a command to the program that holds the data directory, over a private socket in it (DIR/control, mode 0600).
 * One request a connection: a line of JSON {"arguments": […], "json": bool, "language": "fr", "input": bytes or null},
 * then so many bytes of the file that the command reads. The answer is {"status": n, "out": text, "err": text}. */
#pragma once

#include "command.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RETOUR_CONTROL_SOCKET "control"
#define RETOUR_CONTROL_LINE_MAX (256 * 1024)
#define RETOUR_CONTROL_ANSWER_MAX (64 * 1024 * 1024)

/* The socket's address, also where its path is too long for one: then *folder gets the directory, open, to be closed once
 * the address was used; else -1. NULL with an error. The caller's. */
GSocketAddress *retour_control_address_new (const char *data_directory, int *folder, GError **error);

/* `argv` is NULL-terminated, argv[0] the command; context->input goes along. Fills out and err as the other says; blocks.
 * FALSE when nobody takes it. */
gboolean retour_handover (RetourCommandContext *context, const char *const *argv, RetourExit *status);

G_END_DECLS
