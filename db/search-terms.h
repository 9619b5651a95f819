/* SPDX-License-Identifier: Apache-2.0 */
/* Which beginnings of words the search index has, and sets of slots within a pack. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Orders in a pack. */
#define RETOUR_PACK_SLOTS 2048
#define RETOUR_LONGEST_TERM 64

/* Beginnings up to this many characters are in the index; longer ones are looked up by their first characters and checked
 * against the order's words. A word with a digit is nearly unique, so fewer of its beginnings are worth a row; but numbers
 * are given out one after the other, and all but the last three characters of one are shared by many. */
#define RETOUR_TERM_LETTERS 12
#define RETOUR_TERM_DIGITS 6

typedef void (*RetourTermFunc) (const char *term, gpointer user_data);

/* Calls `func` with every term of every word (search-words.h); a term may come more than once. */
void retour_terms_each (const char *words, RetourTermFunc func, gpointer user_data);

/* The term to look a word of a query up by, into `term`; *exact: whoever has the term has the word. */
void retour_term_of_query_word (const char *word, char term[RETOUR_LONGEST_TERM], gboolean *exact);

/* One bit a slot. */
typedef struct
{
  guint64 bits[RETOUR_PACK_SLOTS / 64];
} RetourSlots;

void retour_slots_fill (RetourSlots *slots);
void retour_slots_clear (RetourSlots *slots);
void retour_slots_add (RetourSlots *slots, guint slot);
void retour_slots_remove (RetourSlots *slots, guint slot);
gboolean retour_slots_has (const RetourSlots *slots, guint slot);
guint retour_slots_count (const RetourSlots *slots);
/* The first slot at or after `from`, or RETOUR_PACK_SLOTS. */
guint retour_slots_next (const RetourSlots *slots, guint from);

/* As stored: 16-bit slots in ascending order, or all bits where that is shorter; both little-endian. `bytes` holds
 * sizeof (RetourSlots). Returns the length. */
gsize retour_slots_write (const RetourSlots *slots, guint8 *bytes);
/* Keeps only the slots that are also in the stored ones. */
void retour_slots_keep (RetourSlots *slots, const guint8 *bytes, gsize length);

G_END_DECLS
