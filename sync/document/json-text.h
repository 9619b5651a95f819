/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text taken apart in one pass (RFC 8259, strictly): UTF-8, at most 16 levels, no duplicate member, no NUL, no number
 * beyond int64, nothing behind the value. The result is a flat list of nodes, in the order of the text.
 *
 * json-c is not used for reading: it overwrites a duplicate member without a word, saturates numbers, and takes 28 us for
 * an order of 2 kB, where a first pull reads 100,000 of them in a row. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RETOUR_JSON_MAX_DEPTH 16
#define RETOUR_JSON_MAX_LENGTH (64 * 1024 * 1024)

typedef enum
{
  RETOUR_DOCUMENT_ERROR_SYNTAX,    /* not JSON as above; the message says where and what */
  RETOUR_DOCUMENT_ERROR_MALFORMED, /* JSON, but not the document; the message names the member */
} RetourDocumentError;
#define RETOUR_DOCUMENT_ERROR (retour_document_error_quark ())
GQuark retour_document_error_quark (void);

typedef enum
{
  RETOUR_JSON_NULL,
  RETOUR_JSON_FLAG,
  RETOUR_JSON_INTEGER,
  RETOUR_JSON_FRACTION, /* a number with a fraction or an exponent: none of our members is one */
  RETOUR_JSON_TEXT,
  RETOUR_JSON_LIST,
  RETOUR_JSON_OBJECT,
} RetourJsonKind;

typedef struct
{
  RetourJsonKind kind;
  guint32 parent;   /* index of the node that holds it; its own for the root */
  guint32 next;     /* index behind the last node inside it */
  const char *name; /* of a member, decoded, not NUL-terminated; NULL for an element */
  guint32 name_length;
  guint32 text_length;
  union
  {
    const char *text; /* TEXT: decoded, not NUL-terminated */
    gint64 number;    /* INTEGER; FLAG: 0 or 1 */
  } value;
} RetourJsonNode;

typedef struct
{
  RetourJsonNode *nodes; /* nodes[0] is the root */
  guint32 n_nodes;
  guint32 n_allocated;
  char *decoded; /* what had escapes */
} RetourJsonText;

/* Borrows `text` for as long as the result lives. NULL with RETOUR_DOCUMENT_ERROR_SYNTAX. The caller's. */
RetourJsonText *retour_json_text_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_json_text_free (RetourJsonText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourJsonText, retour_json_text_free)

G_END_DECLS
