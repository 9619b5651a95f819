/* SPDX-License-Identifier: Apache-2.0 */
/* A failing scenario made smaller: fewer faults, fewer acts, fewer terminals, fewer days, as long as the same promise breaks. */
#pragma once

#include "world.h"

G_BEGIN_DECLS

/* Which promise breaks, and how in words (the caller's; NULL when none does). */
Promise run_scenario (const Scenario *scenario, Mutation mutation, Trace trace, char **how, guint64 *steps);
/* `scenario` must break `promise`; the result does too. */
Scenario *shrink (const Scenario *scenario, Mutation mutation, Promise promise);

G_END_DECLS
