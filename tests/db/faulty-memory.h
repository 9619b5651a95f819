/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's memory, of which there can be told to be no more. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before SQLite is used for the first time in the process. */
void faulty_memory_install (void);
/* The n-th allocation from now on fails once; 0: none. */
void faulty_memory_fail_at (guint n);
/* Whether it did since then. */
gboolean faulty_memory_raised (void);

G_END_DECLS
