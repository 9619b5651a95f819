/* SPDX-License-Identifier: Apache-2.0 */
/* The payload of a proof token. Only the five shapes of CBOR that it needs are written and read, each in its shortest
 * form; what was read is written again and compared, so that one content never has two tokens under one signature. */
#include "proof-payload.h"

#include <string.h>

#define VERSION 1
#define ITEMS 13
#define ORDER_MAX 64

/* The major types of RFC 8949, in their place in the first byte, and its two booleans and null. */
#define UNSIGNED 0x00
#define BYTES 0x40
#define TEXT 0x60
#define ARRAY 0x80
#define CBOR_FALSE 0xf4
#define CBOR_TRUE 0xf5
#define CBOR_NULL 0xf6

static void
write_byte (GByteArray *payload, guint8 byte)
{
  g_byte_array_append (payload, &byte, 1);
}

static void
write_head (GByteArray *payload, guint8 major, guint64 value)
{
  guint width = value < 24 ? 0 : value <= G_MAXUINT8 ? 1 : value <= G_MAXUINT16 ? 2 : value <= G_MAXUINT32 ? 4 : 8;

  switch (width)
    {
    case 0:
      write_byte (payload, (guint8) (major | value));
      break;
    case 1:
      write_byte (payload, major | 24);
      break;
    case 2:
      write_byte (payload, major | 25);
      break;
    case 4:
      write_byte (payload, major | 26);
      break;
    default:
      write_byte (payload, major | 27);
      break;
    }
  while (width-- > 0)
    write_byte (payload, (guint8) (value >> (8 * width)));
}

static void
write_bytes (GByteArray *payload, const guint8 *bytes, guint size)
{
  write_head (payload, BYTES, size);
  g_byte_array_append (payload, bytes, size);
}

/* NULL is written as null. */
static void
write_text (GByteArray *payload, const char *text)
{
  if (text == NULL)
    {
      write_byte (payload, CBOR_NULL);
      return;
    }
  guint length = (guint) strlen (text);
  write_head (payload, TEXT, length);
  g_byte_array_append (payload, (const guint8 *) text, length);
}

static gboolean
is_plain_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

/* NULL, or the member that keeps the content from being written. */
static const char *
find_wrong_member (const RetourProofContent *content)
{
  const RetourReturnNumber *number = &content->number;

  if (memchr (number->store, '\0', sizeof number->store) == NULL || !retour_store_code_is_valid (number->store))
    return "number.store";
  if (!retour_terminal_letter_is_valid (number->terminal))
    return "number.terminal";
  if (number->counter >= G_GUINT64_CONSTANT (1000000000000000))
    return "number.counter";
  if (content->at < 0)
    return "at";
  if (content->order != NULL
      && (content->order[0] == '\0' || strlen (content->order) > ORDER_MAX || !is_plain_text (content->order)))
    return "order";
  if (content->has_total && content->total < 0)
    return "total";
  if (memchr (content->currency, '\0', sizeof content->currency) == NULL
      || (content->has_total ? !is_currency (content->currency) : content->currency[0] != '\0'))
    return "currency";
  if (content->state != RETOUR_PROOF_RECEIVED && content->state != RETOUR_PROOF_ACCEPTED)
    return "state";
  return NULL;
}

GByteArray *
retour_proof_payload_write (const RetourProofContent *content, GError **error)
{
  const char *wrong = find_wrong_member (content);

  if (wrong != NULL)
    {
      g_set_error (error, RETOUR_PROOF_ERROR, RETOUR_PROOF_ERROR_CONTENT, "%s: cannot stand in a proof", wrong);
      return NULL;
    }
  const char terminal[] = { content->number.terminal, '\0' };
  GByteArray *payload = g_byte_array_new ();
  write_head (payload, ARRAY, ITEMS);
  write_head (payload, UNSIGNED, VERSION);
  write_bytes (payload, content->key_id, sizeof content->key_id);
  write_text (payload, content->number.store);
  write_text (payload, terminal);
  write_head (payload, UNSIGNED, content->number.counter);
  write_bytes (payload, content->id, sizeof content->id);
  write_head (payload, UNSIGNED, (guint64) (content->at / RETOUR_SECOND));
  write_text (payload, content->order);
  write_head (payload, UNSIGNED, content->units);
  if (content->has_total)
    write_head (payload, UNSIGNED, (guint64) content->total);
  else
    write_byte (payload, CBOR_NULL);
  write_text (payload, content->has_total ? content->currency : NULL);
  write_head (payload, UNSIGNED, content->state == RETOUR_PROOF_ACCEPTED ? 1 : 0);
  write_byte (payload, content->provisional ? CBOR_TRUE : CBOR_FALSE);
  return payload;
}

typedef struct
{
  const guint8 *next;
  gsize left;
  gboolean failed; /* stays so: a reader is asked once, at the end */
} Reader;

static guint8
read_byte (Reader *reader)
{
  if (reader->failed || reader->left == 0)
    {
      reader->failed = TRUE;
      return 0;
    }
  reader->left--;
  return *reader->next++;
}

static guint64
read_head (Reader *reader, guint8 major)
{
  guint8 first = read_byte (reader);
  guint64 value = first & 0x1f;

  if ((first & 0xe0) != major || value > 27)
    reader->failed = TRUE;
  if (value < 24)
    return value;
  guint width = 1u << (value & 3);
  for (value = 0; width > 0 && !reader->failed; width--)
    value = value << 8 | read_byte (reader);
  return value;
}

static const guint8 *
read_span (Reader *reader, guint64 size)
{
  const guint8 *span = reader->next;

  if (reader->failed || size > reader->left)
    {
      reader->failed = TRUE;
      return NULL;
    }
  reader->next += size;
  reader->left -= (gsize) size;
  return span;
}

static void
read_bytes (Reader *reader, guint8 *bytes, gsize size)
{
  guint64 length = read_head (reader, BYTES);
  const guint8 *span = read_span (reader, length);

  if (span == NULL || length != size)
    reader->failed = TRUE;
  else
    memcpy (bytes, span, size);
}

static gboolean
read_null (Reader *reader)
{
  if (reader->failed || reader->left == 0 || *reader->next != CBOR_NULL)
    return FALSE;
  read_byte (reader);
  return TRUE;
}

/* At most `max` bytes, none of them NUL; "" once failed. */
static char *
read_text (Reader *reader, gsize max)
{
  guint64 length = read_head (reader, TEXT);
  const guint8 *span = read_span (reader, length);

  if (span == NULL || length > max || memchr (span, '\0', (gsize) length) != NULL)
    {
      reader->failed = TRUE;
      return g_strdup ("");
    }
  return g_strndup ((const char *) span, (gsize) length);
}

static void
read_number (Reader *reader, RetourReturnNumber *number)
{
  g_autofree char *store = read_text (reader, RETOUR_STORE_CODE_MAX);
  g_autofree char *terminal = read_text (reader, 1);

  g_strlcpy (number->store, store, sizeof number->store);
  number->terminal = terminal[0];
  number->counter = read_head (reader, UNSIGNED);
}

static void
read_total (Reader *reader, RetourProofContent *content)
{
  content->has_total = !read_null (reader);
  if (!content->has_total)
    {
      reader->failed |= !read_null (reader);
      return;
    }
  guint64 total = read_head (reader, UNSIGNED);
  if (total > G_MAXINT64)
    reader->failed = TRUE;
  else
    content->total = (gint64) total;
  g_autofree char *currency = read_text (reader, 3);
  g_strlcpy (content->currency, currency, sizeof content->currency);
}

static void
read_items (Reader *reader, RetourProofContent *content)
{
  if (read_head (reader, ARRAY) != ITEMS || read_head (reader, UNSIGNED) != VERSION)
    reader->failed = TRUE;
  read_bytes (reader, content->key_id, sizeof content->key_id);
  read_number (reader, &content->number);
  read_bytes (reader, content->id, sizeof content->id);
  guint64 seconds = read_head (reader, UNSIGNED);
  if (seconds > G_MAXINT64 / RETOUR_SECOND)
    reader->failed = TRUE;
  else
    content->at = (gint64) seconds * RETOUR_SECOND;
  content->order = read_null (reader) ? NULL : read_text (reader, ORDER_MAX);
  guint64 units = read_head (reader, UNSIGNED);
  if (units > G_MAXUINT32)
    reader->failed = TRUE;
  else
    content->units = (guint32) units;
  read_total (reader, content);
  guint64 state = read_head (reader, UNSIGNED);
  content->state = state == 1 ? RETOUR_PROOF_ACCEPTED : RETOUR_PROOF_RECEIVED;
  guint8 provisional = read_byte (reader);
  content->provisional = provisional == CBOR_TRUE;
  if (state > 1 || (provisional != CBOR_TRUE && provisional != CBOR_FALSE) || reader->left != 0)
    reader->failed = TRUE;
}

RetourProofContent *
retour_proof_payload_read (const guint8 *bytes, gsize size, GError **error)
{
  Reader reader = { bytes, size, FALSE };
  g_autoptr (RetourProofContent) content = retour_proof_content_new ();
  g_autoptr (GByteArray) again = NULL;

  read_items (&reader, content);
  if (!reader.failed)
    again = retour_proof_payload_write (content, NULL);
  if (again == NULL || again->len != size || memcmp (again->data, bytes, size) != 0)
    {
      g_set_error_literal (error, RETOUR_PROOF_ERROR, RETOUR_PROOF_ERROR_MALFORMED,
                           "the proof's content cannot be read");
      return NULL;
    }
  return g_steal_pointer (&content);
}
