/* SPDX-License-Identifier: Apache-2.0 */
/* The files of an enrolment (enrolment.h): read, written whole or not at all, and nobody else's to read. Errors are
 * RETOUR_ENROLMENT_ERROR_FILE, or NOT_ENROLLED for a file that is not there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RETOUR_IDENTITY_DEVICE "device.pem"
#define RETOUR_IDENTITY_NEXT "device.next"
#define RETOUR_IDENTITY_AUTHORITY "ca.pem"
#define RETOUR_IDENTITY_PINS "pins"
#define RETOUR_IDENTITY_PROOF "proof.key"
#define RETOUR_IDENTITY_ENROLMENT "enrolment.json"

/* Makes the directory, mode 0700. */
gboolean retour_identity_make_directory (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The content, NUL-terminated, the caller's; NULL with an error. `length` may be NULL. */
char *
retour_identity_read (const char *directory, const char *name, gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Mode 0600, written beside, synced, renamed over, directory synced: after a power cut the file is the old or the new one. */
gboolean retour_identity_write (const char *directory,
                                const char *name,
                                const void *content,
                                gsize length,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_identity_remove (const char *directory, const char *name);

G_END_DECLS
