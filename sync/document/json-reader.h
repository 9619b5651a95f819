/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the members of a JSON document as what they must be. The first thing that is not as expected is remembered with the
 * path of its member ("lines[2].quantity: expected a whole number >= 1"), every later question is answered with nothing,
 * and retour_json_reader_finish says so: a reader of documents asks for all it wants and looks once. */
#pragma once

#include "calendar.h"
#include "decimal.h"
#include "language.h"

G_BEGIN_DECLS

typedef struct _RetourJsonReader RetourJsonReader;

/* A place in the document. NONE is "nothing here": asking for its members gives nothing. */
typedef guint32 RetourJsonPlace;
#define RETOUR_JSON_NONE G_MAXUINT32
#define RETOUR_JSON_ROOT 0

typedef enum
{
  RETOUR_JSON_OPTIONAL,
  RETOUR_JSON_REQUIRED, /* a missing member is an error */
} RetourJsonNeed;

/* `length` -1: NUL-terminated. The text is borrowed for as long as the reader lives. NULL with an error when it is not JSON
 * (json-text.h) or not an object. */
RetourJsonReader *retour_json_reader_new (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_json_reader_free (RetourJsonReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourJsonReader, retour_json_reader_free)

/* FALSE with RETOUR_DOCUMENT_ERROR_MALFORMED when anything was not as expected. */
gboolean retour_json_reader_finish (RetourJsonReader *reader, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers that a member is not as expected: "PATH.name: problem"; `name` NULL: the place itself. */
void retour_json_fail (RetourJsonReader *reader, RetourJsonPlace place, const char *name, const char *problem);

/* Containers; RETOUR_JSON_NONE when absent. The elements of a list are its `first`, then `next` until NONE. */
RetourJsonPlace
retour_json_object (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
RetourJsonPlace
retour_json_list (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
/* Elements must be objects; one that is not is remembered and NONE. */
RetourJsonPlace retour_json_first (RetourJsonReader *reader, RetourJsonPlace list);
RetourJsonPlace retour_json_next (RetourJsonReader *reader, RetourJsonPlace element);

/* The names of an object's members, in order: first_member, next_member until NONE; the caller frees the name. */
RetourJsonPlace retour_json_first_member (RetourJsonReader *reader, RetourJsonPlace object);
RetourJsonPlace retour_json_next_member (RetourJsonReader *reader, RetourJsonPlace member);
char *retour_json_dup_name (RetourJsonReader *reader, RetourJsonPlace member);

gboolean retour_json_has (RetourJsonReader *reader, RetourJsonPlace place, const char *name);

/* Members. Texts are the caller's, NULL when absent; a required one is not empty. */
char *retour_json_text (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
/* A list of texts, never NULL; the caller's. */
GStrv retour_json_texts (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
/* A whole number in [min, max], written without fraction or exponent; `min` when it is not; 0 when absent. */
gint64 retour_json_whole (
    RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need, gint64 min, gint64 max);
/* The same of a place itself. */
gint64 retour_json_whole_here (RetourJsonReader *reader, RetourJsonPlace place, gint64 min, gint64 max);
/* Minor units from 0 to RETOUR_MONEY_MAX. */
gint64 retour_json_amount (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
/* Minor units that may be negative. */
gint64 retour_json_signed_amount (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
gboolean retour_json_flag (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
/* RETOUR_INSTANT_NONE, RETOUR_DAY_NONE, 0 when absent. */
RetourInstant
retour_json_instant (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
RetourDay retour_json_day (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
/* A list of days is read element by element. */
GArray *retour_json_days (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
RetourDecimal
retour_json_decimal (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need);
/* A required ISO 4217 code. */
void retour_json_currency (RetourJsonReader *reader, RetourJsonPlace place, const char *name, char currency[4]);
/* {"fr": …, "en": …}; empty when absent. Clear with retour_words_clear. */
RetourWords retour_json_words (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
/* One of `choices` (NULL-terminated); its index, 0 when it is none of them or absent. */
guint retour_json_choice (
    RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need, const char *const *choices);

G_END_DECLS
