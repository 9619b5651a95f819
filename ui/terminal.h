/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal put together: the data directory it holds, the exchange with the OMS, the desk, and the private socket on which
 * it works for retourctl; as the services that the screens are handed. Of the mains: knows every room. */
#pragma once

#include "services.h"

G_BEGIN_DECLS

typedef struct _RetourTerminal RetourTerminal;

/* Takes the directory's lock. `printer` NULL: the setting of the store, else none. Errors: RETOUR_STORE_ERROR;
 * RETOUR_STORE_ERROR_NOT_FOUND when the terminal is not enrolled; RETOUR_ENROLMENT_ERROR for a damaged enrolment. */
RetourTerminal *retour_terminal_new (const char *data_directory,
                                     const char *printer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the exchange, waits for what is being written, gives the lock back. */
void retour_terminal_free (RetourTerminal *terminal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourTerminal, retour_terminal_free)

/* Begins to exchange and to listen. */
void retour_terminal_start (RetourTerminal *terminal);
/* Borrowed. */
const RetourServices *retour_terminal_get_services (RetourTerminal *terminal);

G_END_DECLS
