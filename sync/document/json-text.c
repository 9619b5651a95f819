/* SPDX-License-Identifier: Apache-2.0 */
/* The parser: recursive by structure, which the depth limit bounds, and linear in the length of the text. */
#include "json-text.h"

#include <string.h>

/* Below this many members, comparing each with each is cheaper than sorting. */
#define FEW_MEMBERS 24
#define LONGEST_NAME_SHOWN 100

G_DEFINE_QUARK (retour - document - error - quark, retour_document_error)

typedef struct
{
  RetourJsonText *result;
  const char *start, *at, *end;
  char *decoded; /* where the next decoded text goes */
  guint depth;
  const char *problem; /* static; what was wrong at `at` */
  guint32 twice;       /* the node of a member whose name was there already; 0: none */
} Parser;

static gboolean parse_value (Parser *parser, guint32 node);

static gboolean
fail (Parser *parser, const char *problem)
{
  parser->problem = problem;
  return FALSE;
}

static void
skip_space (Parser *parser)
{
  while (parser->at < parser->end
         && (*parser->at == ' ' || *parser->at == '\n' || *parser->at == '\r' || *parser->at == '\t'))
    parser->at++;
}

static gboolean
take (Parser *parser, char c)
{
  if (parser->at >= parser->end || *parser->at != c)
    return FALSE;
  parser->at++;
  return TRUE;
}

/* A new node inside `parent`; the nodes may move. */
static guint32
add_node (Parser *parser, guint32 parent)
{
  RetourJsonText *result = parser->result;
  if (result->n_nodes == result->n_allocated)
    {
      result->n_allocated *= 2;
      result->nodes = g_renew (RetourJsonNode, result->nodes, result->n_allocated);
    }
  result->nodes[result->n_nodes] = (RetourJsonNode){ .parent = parent };
  return result->n_nodes++;
}

static gboolean
take_hex4 (Parser *parser, gunichar *value)
{
  gunichar result = 0;
  for (int i = 0; i < 4; i++, parser->at++)
    {
      if (parser->at >= parser->end || !g_ascii_isxdigit (*parser->at))
        return fail (parser, "expected four hexadecimal digits");
      result = result * 16 + (gunichar) g_ascii_xdigit_value (*parser->at);
    }
  *value = result;
  return TRUE;
}

/* Behind "\u". A character beyond the basic plane is a pair of surrogates; a lone one is no character. */
static gboolean
take_unicode_escape (Parser *parser)
{
  gunichar c, low;
  if (!take_hex4 (parser, &c))
    return FALSE;
  if (c == 0)
    return fail (parser, "a text may not hold a NUL character");
  if (c >= 0xd800 && c < 0xdc00)
    {
      if (!take (parser, '\\') || !take (parser, 'u') || !take_hex4 (parser, &low) || low < 0xdc00 || low > 0xdfff)
        return fail (parser, "half of a surrogate pair");
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (c >= 0xdc00 && c <= 0xdfff)
    return fail (parser, "half of a surrogate pair");
  parser->decoded += g_unichar_to_utf8 (c, parser->decoded);
  return TRUE;
}

static gboolean
take_escape (Parser *parser)
{
  static const char written[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";

  if (take (parser, 'u'))
    return take_unicode_escape (parser);
  const char *found = parser->at < parser->end && *parser->at != '\0' ? strchr (written, *parser->at) : NULL;
  if (found == NULL)
    return fail (parser, "unknown escape in a text");
  parser->at++;
  *parser->decoded++ = meant[found - written];
  return TRUE;
}

/* Moves over characters that stand for themselves, up to a quote or a backslash. */
static gboolean
skip_plain (Parser *parser)
{
  while (parser->at < parser->end && *parser->at != '"' && *parser->at != '\\')
    {
      guchar c = (guchar) *parser->at;
      if (c < 0x20)
        return fail (parser, "a text may not hold a control character");
      if (c < 0x80)
        {
          parser->at++;
          continue;
        }
      gunichar wide = g_utf8_get_char_validated (parser->at, parser->end - parser->at);
      if (wide == (gunichar) -1 || wide == (gunichar) -2)
        return fail (parser, "not UTF-8");
      parser->at = g_utf8_next_char (parser->at);
    }
  if (parser->at >= parser->end)
    return fail (parser, "the text ends inside a string");
  return TRUE;
}

/* Behind the opening quote. Text without escapes stays where it is; else it is decoded into a buffer as long as the whole
 * document, which no decoding can exceed. */
static gboolean
take_string (Parser *parser, const char **text, guint32 *length)
{
  const char *plain = parser->at;
  if (!skip_plain (parser))
    return FALSE;
  if (take (parser, '"'))
    {
      *text = plain;
      *length = (guint32) (parser->at - plain - 1);
      return TRUE;
    }

  if (parser->result->decoded == NULL)
    parser->decoded = parser->result->decoded = g_malloc ((gsize) (parser->end - parser->start) + 1);
  char *first = parser->decoded;
  for (;;)
    {
      memcpy (parser->decoded, plain, (gsize) (parser->at - plain));
      parser->decoded += parser->at - plain;
      if (take (parser, '"'))
        break;
      parser->at++;
      if (!take_escape (parser))
        return FALSE;
      plain = parser->at;
      if (!skip_plain (parser))
        return FALSE;
    }
  *text = first;
  *length = (guint32) (parser->decoded - first);
  return TRUE;
}

static gsize
skip_digits (Parser *parser)
{
  const char *first = parser->at;
  while (parser->at < parser->end && g_ascii_isdigit (*parser->at))
    parser->at++;
  return (gsize) (parser->at - first);
}

/* The digits from `first` to `at`, as an int64. */
static gboolean
read_integer (Parser *parser, const char *first, gboolean negative, gint64 *value)
{
  gint64 result = 0;
  for (const char *c = first; c < parser->at; c++)
    {
      int digit = negative ? -(*c - '0') : *c - '0';
      if (__builtin_mul_overflow (result, 10, &result) || __builtin_add_overflow (result, digit, &result))
        return fail (parser, "a number beyond the range of 64 bits");
    }
  *value = result;
  return TRUE;
}

/* A fraction or an exponent behind `digits` digits. None of our members may have one, but unknown members may; what is
 * beyond int64 is refused there too. */
static gboolean
take_fraction (Parser *parser, gsize digits)
{
  gint64 exponent = 0;
  if (take (parser, '.') && skip_digits (parser) == 0)
    return fail (parser, "expected a digit");
  if (take (parser, 'e') || take (parser, 'E'))
    {
      gboolean negative = take (parser, '-');
      if (!negative)
        (void) take (parser, '+');
      const char *first = parser->at;
      if (skip_digits (parser) == 0)
        return fail (parser, "expected a digit");
      if (!read_integer (parser, first, negative, &exponent))
        return FALSE;
    }
  if (exponent > 18 || (gint64) digits + exponent > 19)
    return fail (parser, "a number beyond the range of 64 bits");
  return TRUE;
}

static gboolean
parse_number (Parser *parser, guint32 index)
{
  RetourJsonNode *node = &parser->result->nodes[index];
  gboolean negative = take (parser, '-');
  const char *first = parser->at;
  gsize digits = skip_digits (parser);
  if (digits == 0)
    return fail (parser, "expected a value");
  if (digits > 1 && *first == '0')
    return fail (parser, "a number may not begin with 0");

  if (parser->at < parser->end && (*parser->at == '.' || *parser->at == 'e' || *parser->at == 'E'))
    {
      node->kind = RETOUR_JSON_FRACTION;
      return take_fraction (parser, digits);
    }
  node->kind = RETOUR_JSON_INTEGER;
  return read_integer (parser, first, negative, &node->value.number);
}

static gboolean
parse_word (Parser *parser, guint32 index, const char *word, RetourJsonKind kind, gint64 number)
{
  gsize length = strlen (word);
  if ((gsize) (parser->end - parser->at) < length || memcmp (parser->at, word, length) != 0)
    return fail (parser, "expected a value");
  parser->at += length;
  parser->result->nodes[index].kind = kind;
  parser->result->nodes[index].value.number = number;
  return TRUE;
}

static gboolean
same_name (const RetourJsonNode *a, const RetourJsonNode *b)
{
  return a->name_length == b->name_length && memcmp (a->name, b->name, a->name_length) == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const RetourJsonNode *left = *(const RetourJsonNode *const *) a, *right = *(const RetourJsonNode *const *) b;
  if (left->name_length != right->name_length)
    return left->name_length < right->name_length ? -1 : 1;
  return memcmp (left->name, right->name, left->name_length);
}

static guint32
find_duplicate_sorted (const RetourJsonNode *nodes, guint32 object)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  for (guint32 i = object + 1; i < nodes[object].next; i = nodes[i].next)
    g_ptr_array_add (members, (gpointer) &nodes[i]);
  qsort (members->pdata, members->len, sizeof (gpointer), compare_names);
  for (guint i = 1; i < members->len; i++)
    if (same_name (members->pdata[i - 1], members->pdata[i]))
      return (guint32) ((const RetourJsonNode *) members->pdata[i] - nodes);
  return 0;
}

/* A member whose name another one of the object has; 0: none. */
static guint32
find_duplicate (const RetourJsonNode *nodes, guint32 object, guint n_members)
{
  if (n_members > FEW_MEMBERS)
    return find_duplicate_sorted (nodes, object);
  for (guint32 i = object + 1; i < nodes[object].next; i = nodes[i].next)
    for (guint32 j = nodes[i].next; j < nodes[object].next; j = nodes[j].next)
      if (same_name (&nodes[i], &nodes[j]))
        return j;
  return 0;
}

/* One member of an object, its name included. */
static gboolean
parse_member (Parser *parser, guint32 object)
{
  guint32 index = add_node (parser, object);
  const char *name;
  guint32 length;
  if (!take (parser, '"'))
    return fail (parser, "expected the name of a member");
  if (!take_string (parser, &name, &length))
    return FALSE;
  parser->result->nodes[index].name = name;
  parser->result->nodes[index].name_length = length;
  skip_space (parser);
  if (!take (parser, ':'))
    return fail (parser, "expected a colon");
  skip_space (parser);
  return parse_value (parser, index);
}

/* Behind the opening bracket: members or elements, commas between, and the closing one. */
static gboolean
parse_inside (Parser *parser, guint32 index, char closing, guint *n)
{
  *n = 0;
  skip_space (parser);
  if (take (parser, closing))
    return TRUE;
  for (;;)
    {
      skip_space (parser);
      if (closing == '}' ? !parse_member (parser, index) : !parse_value (parser, add_node (parser, index)))
        return FALSE;
      (*n)++;
      skip_space (parser);
      if (take (parser, closing))
        return TRUE;
      if (!take (parser, ','))
        return fail (parser, closing == '}' ? "expected a comma or }" : "expected a comma or ]");
    }
}

static gboolean
parse_container (Parser *parser, guint32 index, RetourJsonKind kind)
{
  guint n;
  if (++parser->depth > RETOUR_JSON_MAX_DEPTH)
    return fail (parser, "more than 16 levels deep");
  parser->result->nodes[index].kind = kind;
  if (!parse_inside (parser, index, kind == RETOUR_JSON_OBJECT ? '}' : ']', &n))
    return FALSE;
  parser->result->nodes[index].next = parser->result->n_nodes;
  parser->depth--;
  if (kind == RETOUR_JSON_OBJECT)
    parser->twice = find_duplicate (parser->result->nodes, index, n);
  return parser->twice == 0 || fail (parser, "two members of one name in the object that ends here");
}

static gboolean
parse_text (Parser *parser, guint32 index)
{
  const char *text;
  guint32 length;
  if (!take_string (parser, &text, &length))
    return FALSE;
  RetourJsonNode *node = &parser->result->nodes[index];
  node->kind = RETOUR_JSON_TEXT;
  node->value.text = text;
  node->text_length = length;
  return TRUE;
}

static gboolean
parse_value (Parser *parser, guint32 index)
{
  parser->result->nodes[index].next = index + 1;
  if (take (parser, '{'))
    return parse_container (parser, index, RETOUR_JSON_OBJECT);
  if (take (parser, '['))
    return parse_container (parser, index, RETOUR_JSON_LIST);
  if (take (parser, '"'))
    return parse_text (parser, index);
  switch (parser->at < parser->end ? *parser->at : '\0')
    {
    case 't':
      return parse_word (parser, index, "true", RETOUR_JSON_FLAG, 1);
    case 'f':
      return parse_word (parser, index, "false", RETOUR_JSON_FLAG, 0);
    case 'n':
      return parse_word (parser, index, "null", RETOUR_JSON_NULL, 0);
    default:
      return parse_number (parser, index);
    }
}

static void
set_syntax_error (const Parser *parser, GError **error)
{
  guint line = 1;
  const char *line_start = parser->start;
  for (const char *c = parser->start; c < parser->at; c++)
    if (*c == '\n')
      {
        line++;
        line_start = c + 1;
      }
  const RetourJsonNode *twice = &parser->result->nodes[parser->twice];
  const gboolean named = parser->twice != 0 && twice->name_length <= LONGEST_NAME_SHOWN;
  g_set_error (error, RETOUR_DOCUMENT_ERROR, RETOUR_DOCUMENT_ERROR_SYNTAX, "not JSON at line %u, byte %u: %s%s%.*s",
               line, (guint) (parser->at - line_start) + 1, parser->problem, named ? ": " : "",
               named ? (int) twice->name_length : 0, named ? twice->name : "");
}

RetourJsonText *
retour_json_text_parse (const char *text, gsize length, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (length > RETOUR_JSON_MAX_LENGTH)
    {
      g_set_error_literal (error, RETOUR_DOCUMENT_ERROR, RETOUR_DOCUMENT_ERROR_SYNTAX, "longer than 64 MiB");
      return NULL;
    }

  g_autoptr (RetourJsonText) result = g_new0 (RetourJsonText, 1);
  result->n_allocated = (guint32) (length / 16) + 16;
  result->nodes = g_new (RetourJsonNode, result->n_allocated);

  Parser parser = { .result = result, .start = text, .at = text, .end = text + length };
  skip_space (&parser);
  gboolean whole = parse_value (&parser, add_node (&parser, 0));
  if (whole)
    {
      skip_space (&parser);
      whole = parser.at == parser.end || fail (&parser, "something follows the document");
    }
  if (!whole)
    {
      set_syntax_error (&parser, error);
      return NULL;
    }
  return g_steal_pointer (&result);
}

void
retour_json_text_free (RetourJsonText *self)
{
  if (self == NULL)
    return;
  g_free (self->nodes);
  g_free (self->decoded);
  g_free (self);
}
