/* SPDX-License-Identifier: Apache-2.0 */
/* The operation return.record: units are claimed, the refund is checked, the order is booked, all or nothing. */
#pragma once

#include "operations.h"

G_BEGIN_DECLS

json_object *sandbox_recording_record (SandboxOperation *operation);

/* Gives the units of a cancelled return back, on the order too. */
void sandbox_recording_release (SandboxOperation *operation, const char *return_id);

G_END_DECLS
