/* SPDX-License-Identifier: Apache-2.0 */
/* Opening the data directory for a command; when somebody else holds it, the command is done by that program. */
#pragma once

#include "command.h"
#include "storage.h"

G_BEGIN_DECLS

/* The database, the caller's; NULL with *status when the command is answered: it was handed over, or the directory cannot
 * be used. Nothing is made in a directory that holds no terminal. `argv` is what would be handed over, NULL-terminated, or
 * NULL: nothing is; context->input goes along. A program that holds the directory and takes nothing is waited for, 5 s. */
RetourDatabase *retour_command_open (RetourCommandContext *context,
                                     RetourDatabaseMode mode,
                                     const char *const *argv,
                                     RetourExit *status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
