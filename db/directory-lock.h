/* SPDX-License-Identifier: Apache-2.0 */
/* The lock of a data directory: a file that its holder keeps locked and that names its process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A descriptor to close, or -1 with RETOUR_STORE_ERROR_LOCKED, whose message names the holder, READ_ONLY, FULL or ENGINE.
 * The directory is made if it is missing. The kernel lets go of the lock when the holder dies. */
int retour_directory_lock (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
