/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a believable chain: the same seed, number and instant give the same orders. */
#pragma once

#include "sandbox.h"

G_BEGIN_DECLS

/* Fills a fresh book with the chain and `orders` orders, the showcase first. Every order's document is read back as a
 * terminal would before it is kept. */
gboolean sandbox_generator_run (Sandbox *sandbox, guint orders, guint64 seed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
