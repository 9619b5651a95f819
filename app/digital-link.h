/* SPDX-License-Identifier: Apache-2.0 */
/* GS1 Digital Link: an element string as a web address, "https://example.fr/01/03612345678904/21/SN42". The host says
 * nothing and is never asked. */
#pragma once

#include "gs1.h"

G_BEGIN_DECLS

/* NULL when the text is no web address or names no primary key; else what it says, right or wrong. The key is looked for
 * from the end of the path, two segments at a time; what stands before it may be anything. */
RetourGs1 *retour_digital_link_read (const char *text);

/* Decodes percent escapes; NULL for a bad one and for %00. The caller's. */
char *retour_percent_decode (const char *text, gsize length);

G_END_DECLS
