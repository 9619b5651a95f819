/* SPDX-License-Identifier: Apache-2.0 */
/* Base45 (RFC 9285): bytes in the characters of a QR code's alphanumeric mode. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The caller's. */
char *retour_base45_encode (const guint8 *bytes, gsize size);
/* NULL when the text is not what retour_base45_encode gives for some bytes: wrong character, length or value. */
GBytes *retour_base45_decode (const char *text);

G_END_DECLS
