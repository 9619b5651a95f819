/* SPDX-License-Identifier: Apache-2.0 */
/* The machine's clocks, for the mains: CLOCK_REALTIME and CLOCK_BOOTTIME. */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/* Static; any thread. */
const RetourClock *retour_system_clock (void);

G_END_DECLS
