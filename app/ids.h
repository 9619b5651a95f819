/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers minted here: UUID version 7 (RFC 9562), which sort by the time at which they were made. They are only ever
 * unique names: nobody reads a time out of them, since the clock of a terminal may be wrong. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

#define RETOUR_UUID_LENGTH 36

typedef enum
{
  RETOUR_IDS_ERROR_MALFORMED, /* not a UUID of version 7 in lower or upper case */
} RetourIdsError;
#define RETOUR_IDS_ERROR (retour_ids_error_quark ())
GQuark retour_ids_error_quark (void);

/* Fills `size` bytes. A test plugs in its own; the default is libsodium's randombytes_buf. */
typedef void (*RetourRandom) (guint8 *bytes, gsize size, gpointer user_data);

/* The maker of ids. Each one is greater than the one before, whatever the clock does: while `now` does not go on, a 12-bit
 * counter in rand_a does, and carries into the milliseconds when it is full. One thread at a time. */
typedef struct _RetourIds RetourIds;

/* `random` NULL: libsodium. */
RetourIds *retour_ids_new (RetourRandom random, gpointer user_data);
void retour_ids_free (RetourIds *ids);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourIds, retour_ids_free)

/* Goes on after `last`, an id of this maker that storage kept, NULL when it kept none; one that lies before the last one made
 * changes nothing. */
gboolean retour_ids_restore (RetourIds *ids, const char *last, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A new id, lower case, 36 characters; the caller's. A `now` before 1970 counts as 1970. */
char *retour_ids_next (RetourIds *ids, RetourInstant now);
/* The last id made or restored, to be kept by storage; NULL before the first. Borrowed, until the next call. */
const char *retour_ids_get_last (const RetourIds *ids);

/* A UUID of any version as text (8-4-4-4-12 hexadecimal digits, either case) and as its 16 bytes. */
gboolean retour_uuid_parse (const char *text, guint8 bytes[16]) G_GNUC_WARN_UNUSED_RESULT;
char *retour_uuid_format (const guint8 bytes[16]);

G_END_DECLS
