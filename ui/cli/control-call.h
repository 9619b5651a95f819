/* SPDX-License-Identifier: Apache-2.0 */
/* One request that came in at the private socket, from its first byte to its answer's last. */
#pragma once

#include "control.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RetourControlCall RetourControlCall;

/* The call has ended and is gone. */
typedef void (*RetourControlCallEnd) (RetourControlCall *call, gpointer user_data);

/* Frees itself when it has ended. The services are borrowed. */
RetourControlCall *retour_control_call_new (const RetourControlServices *services,
                                            GSocketConnection *connection,
                                            RetourControlCallEnd ended,
                                            gpointer user_data);
/* The services go away: it hangs up, and frees itself once nothing that it asked for is under way. `ended` does not come. */
void retour_control_call_abandon (RetourControlCall *call);

G_END_DECLS
