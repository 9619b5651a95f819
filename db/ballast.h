/* SPDX-License-Identifier: Apache-2.0 */
/* A file of 32 MiB that only takes up room: given up when the disk is full, so that a return can still be recorded
 * (ENGINEERING.md D.4, 4). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RETOUR_BALLAST_BYTES (32 * 1024 * 1024)

/* Sets it down if it is missing and twice its size is free. FALSE when it is not there afterwards. */
gboolean retour_ballast_set (const char *path);
/* FALSE when there was none to give up. */
gboolean retour_ballast_drop (const char *path);

G_END_DECLS
