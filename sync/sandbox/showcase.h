/* SPDX-License-Identifier: Apache-2.0 */
/* The orders that the pictures and the demonstrations show. They come first in every chain. */
#pragma once

#include <order.h>

G_BEGIN_DECLS

#define SANDBOX_SHOWCASE 5

/* Order `index` of them: 0 is 1048-7213 of Amandine Roussel (UI.md 5), which is returnable at `now`. The caller's. */
RetourOrder *sandbox_showcase_order (guint index, RetourInstant now);

/* What came back before, at that store: `units` units of a line, or everything when `line` is NULL. FALSE when nothing did. */
gboolean sandbox_showcase_returned (guint index, const char **store, const char **line, gint64 *units);

G_END_DECLS
