/* SPDX-License-Identifier: Apache-2.0 */
/* GS1 element strings: a row of application identifiers (AI) with their values, as GS1-128, DataMatrix, QR Code and
 * DataBar carry them and as they are printed in parentheses. Every AI is checked for what gs1-table.h says of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GS, 0x1D: what FNC1 becomes between two elements. */
#define RETOUR_GS1_SEPARATOR '\x1d'

typedef struct
{
  char *ai;    /* "01" */
  char *value; /* never empty */
} RetourGs1Element;

/* What was read. Either every element is right and `wrong_ai` is NULL, or nothing is kept but the first wrong one. */
typedef struct
{
  GPtrArray *elements; /* RetourGs1Element, in the order read, each AI once */
  char *wrong_ai;      /* "17"; what stands where an AI should when it is none; "" when nothing does */
  char *wrong_reason;  /* in English, for a log or an integrator: "no such date" */
} RetourGs1;

RetourGs1 *retour_gs1_new (void);
void retour_gs1_free (RetourGs1 *gs1);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourGs1, retour_gs1_free)

/* The value of an AI, borrowed, or NULL when it was not read. */
const char *retour_gs1_get (const RetourGs1 *gs1, const char *ai);

/* Checks one more element and keeps it; the same AI may come twice with the same value. After the first wrong one
 * everything is refused. */
gboolean retour_gs1_add (RetourGs1 *gs1, const char *ai, const char *value, gsize length);
/* Drops what was read and keeps the wrong element instead. Always FALSE, to be returned. */
gboolean retour_gs1_refuse (RetourGs1 *gs1, const char *ai, gsize ai_length, const char *reason);

/* Reads data as a scanner sends it: AIs of predefined length follow one another, the others end at a separator or at the
 * end. `substitute` is the character that stands for GS on this scanner, 0 for none. A first and a superfluous separator
 * are passed over, as GS1 asks of readers. */
RetourGs1 *retour_gs1_read_data (const char *text, char substitute);
/* Reads "(01)03612345678904(21)SN42"; an opening parenthesis of a value is written as it is unless two to four digits and
 * a closing one follow. */
RetourGs1 *retour_gs1_read_bracketed (const char *text);
/* Whether a text begins with an AI, listed or not, in parentheses. */
gboolean retour_gs1_is_bracketed (const char *text);

G_END_DECLS
