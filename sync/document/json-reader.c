/* SPDX-License-Identifier: Apache-2.0 */
/* Typed questions to a parsed text, and the path of the member that was not as expected. */
#include "json-reader.h"

#include "json-text.h"
#include "money.h"

#include <string.h>

struct _RetourJsonReader
{
  RetourJsonText *text;
  RetourJsonPlace likely; /* members are mostly asked for in the order of the text: the next one to be asked for */
  GError *error;          /* the first thing that was not as expected */
};

RetourJsonReader *
retour_json_reader_new (const char *text, gssize length, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  RetourJsonText *parsed = retour_json_text_parse (text, length < 0 ? strlen (text) : (gsize) length, error);
  if (parsed == NULL)
    return NULL;
  if (parsed->nodes[RETOUR_JSON_ROOT].kind != RETOUR_JSON_OBJECT)
    {
      g_set_error_literal (error, RETOUR_DOCUMENT_ERROR, RETOUR_DOCUMENT_ERROR_MALFORMED, "expected an object");
      retour_json_text_free (parsed);
      return NULL;
    }
  RetourJsonReader *reader = g_new0 (RetourJsonReader, 1);
  reader->text = parsed;
  reader->likely = RETOUR_JSON_NONE;
  return reader;
}

void
retour_json_reader_free (RetourJsonReader *reader)
{
  if (reader == NULL)
    return;
  retour_json_text_free (reader->text);
  g_clear_error (&reader->error);
  g_free (reader);
}

gboolean
retour_json_reader_finish (RetourJsonReader *reader, GError **error)
{
  g_return_val_if_fail (reader != NULL, FALSE);

  if (reader->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reader->error));
  return FALSE;
}

/* "lines[2].discounts[0]": of the root nothing. */
static void
append_path (const RetourJsonNode *nodes, RetourJsonPlace place, GString *path)
{
  if (place == RETOUR_JSON_ROOT)
    return;

  RetourJsonPlace parent = nodes[place].parent;
  append_path (nodes, parent, path);
  if (nodes[parent].kind == RETOUR_JSON_OBJECT)
    {
      g_string_append (path, path->len > 0 ? "." : "");
      g_string_append_len (path, nodes[place].name, nodes[place].name_length);
      return;
    }
  guint index = 0;
  for (RetourJsonPlace i = parent + 1; i != place; i = nodes[i].next)
    index++;
  g_string_append_printf (path, "[%u]", index);
}

void
retour_json_fail (RetourJsonReader *reader, RetourJsonPlace place, const char *name, const char *problem)
{
  g_return_if_fail (reader != NULL && place < reader->text->n_nodes);

  if (reader->error != NULL)
    return;
  g_autoptr (GString) path = g_string_new (NULL);
  append_path (reader->text->nodes, place, path);
  if (name != NULL)
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", name);
  g_set_error (&reader->error, RETOUR_DOCUMENT_ERROR, RETOUR_DOCUMENT_ERROR_MALFORMED, "%s: %s", path->str, problem);
}

static RetourJsonPlace
find_member (RetourJsonReader *reader, RetourJsonPlace object, const char *name)
{
  const RetourJsonNode *nodes = reader->text->nodes;
  gsize length = strlen (name);
  RetourJsonPlace end = nodes[object].next;

  RetourJsonPlace likely = reader->likely;
  gboolean inside = likely < end && likely > object && nodes[likely].parent == object;
  if (inside && nodes[likely].name_length == length && memcmp (nodes[likely].name, name, length) == 0)
    {
      reader->likely = nodes[likely].next;
      return likely;
    }
  for (RetourJsonPlace i = object + 1; i < end; i = nodes[i].next)
    if (nodes[i].name_length == length && memcmp (nodes[i].name, name, length) == 0)
      {
        reader->likely = nodes[i].next;
        return i;
      }
  return RETOUR_JSON_NONE;
}

/* The member, if it is of that kind; otherwise what was expected is remembered. */
static RetourJsonPlace
typed_member (RetourJsonReader *reader,
              RetourJsonPlace place,
              const char *name,
              RetourJsonNeed need,
              RetourJsonKind kind,
              const char *expected)
{
  if (place == RETOUR_JSON_NONE || reader->error != NULL)
    return RETOUR_JSON_NONE;
  RetourJsonPlace member = find_member (reader, place, name);
  if (member == RETOUR_JSON_NONE)
    {
      if (need == RETOUR_JSON_REQUIRED)
        retour_json_fail (reader, place, name, "missing");
      return RETOUR_JSON_NONE;
    }
  if (reader->text->nodes[member].kind != kind)
    {
      retour_json_fail (reader, member, NULL, expected);
      return RETOUR_JSON_NONE;
    }
  return member;
}

RetourJsonPlace
retour_json_object (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  return typed_member (reader, place, name, need, RETOUR_JSON_OBJECT, "expected an object");
}

RetourJsonPlace
retour_json_list (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  return typed_member (reader, place, name, need, RETOUR_JSON_LIST, "expected a list");
}

/* The node at `place` of `parent`, NONE behind its end. */
static RetourJsonPlace
within (RetourJsonReader *reader, RetourJsonPlace parent, RetourJsonPlace place)
{
  if (reader->error != NULL || place >= reader->text->nodes[parent].next)
    return RETOUR_JSON_NONE;
  return place;
}

static RetourJsonPlace
expect_object (RetourJsonReader *reader, RetourJsonPlace element)
{
  if (element == RETOUR_JSON_NONE || reader->text->nodes[element].kind == RETOUR_JSON_OBJECT)
    return element;
  retour_json_fail (reader, element, NULL, "expected an object");
  return RETOUR_JSON_NONE;
}

RetourJsonPlace
retour_json_first (RetourJsonReader *reader, RetourJsonPlace list)
{
  if (list == RETOUR_JSON_NONE)
    return RETOUR_JSON_NONE;
  return expect_object (reader, within (reader, list, list + 1));
}

RetourJsonPlace
retour_json_next (RetourJsonReader *reader, RetourJsonPlace element)
{
  const RetourJsonNode *node = &reader->text->nodes[element];
  return expect_object (reader, within (reader, node->parent, node->next));
}

RetourJsonPlace
retour_json_first_member (RetourJsonReader *reader, RetourJsonPlace object)
{
  return object == RETOUR_JSON_NONE ? RETOUR_JSON_NONE : within (reader, object, object + 1);
}

RetourJsonPlace
retour_json_next_member (RetourJsonReader *reader, RetourJsonPlace member)
{
  const RetourJsonNode *node = &reader->text->nodes[member];
  return within (reader, node->parent, node->next);
}

char *
retour_json_dup_name (RetourJsonReader *reader, RetourJsonPlace member)
{
  const RetourJsonNode *node = &reader->text->nodes[member];
  return g_strndup (node->name, node->name_length);
}

gboolean
retour_json_has (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  return place != RETOUR_JSON_NONE && reader->error == NULL && find_member (reader, place, name) != RETOUR_JSON_NONE;
}

char *
retour_json_text (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  RetourJsonPlace member = typed_member (reader, place, name, need, RETOUR_JSON_TEXT, "expected a text");
  if (member == RETOUR_JSON_NONE)
    return NULL;
  const RetourJsonNode *node = &reader->text->nodes[member];
  if (need == RETOUR_JSON_REQUIRED && node->text_length == 0)
    {
      retour_json_fail (reader, member, NULL, "expected a text that is not empty");
      return NULL;
    }
  return g_strndup (node->value.text, node->text_length);
}

GStrv
retour_json_texts (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  RetourJsonPlace list = retour_json_list (reader, place, name, RETOUR_JSON_OPTIONAL);
  if (list == RETOUR_JSON_NONE || reader->text->nodes[list].next == list + 1)
    return g_new0 (char *, 1);

  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  for (RetourJsonPlace i = list + 1; i < reader->text->nodes[list].next; i = reader->text->nodes[i].next)
    {
      const RetourJsonNode *node = &reader->text->nodes[i];
      if (node->kind != RETOUR_JSON_TEXT)
        {
          retour_json_fail (reader, i, NULL, "expected a text");
          break;
        }
      g_autofree char *text = g_strndup (node->value.text, node->text_length);
      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

gint64
retour_json_whole_here (RetourJsonReader *reader, RetourJsonPlace place, gint64 min, gint64 max)
{
  if (reader->error != NULL)
    return min;
  const RetourJsonNode *node = &reader->text->nodes[place];
  if (node->kind == RETOUR_JSON_INTEGER && node->value.number >= min && node->value.number <= max)
    return node->value.number;

  g_autofree char *problem = NULL;
  if (node->kind == RETOUR_JSON_INTEGER && node->value.number > max)
    problem = g_strdup_printf ("expected at most %" G_GINT64_FORMAT, max);
  else if (min == G_MININT64)
    problem = g_strdup ("expected a whole number");
  else
    problem = g_strdup_printf ("expected a whole number >= %" G_GINT64_FORMAT, min);
  retour_json_fail (reader, place, NULL, problem);
  return min;
}

gint64
retour_json_whole (
    RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need, gint64 min, gint64 max)
{
  if (place == RETOUR_JSON_NONE || reader->error != NULL)
    return 0;
  RetourJsonPlace member = find_member (reader, place, name);
  if (member != RETOUR_JSON_NONE)
    return retour_json_whole_here (reader, member, min, max);
  if (need == RETOUR_JSON_REQUIRED)
    retour_json_fail (reader, place, name, "missing");
  return 0;
}

gint64
retour_json_amount (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  return retour_json_whole (reader, place, name, need, 0, RETOUR_MONEY_MAX);
}

gint64
retour_json_signed_amount (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  return retour_json_whole (reader, place, name, RETOUR_JSON_OPTIONAL, G_MININT64, G_MAXINT64);
}

gboolean
retour_json_flag (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  RetourJsonPlace member =
      typed_member (reader, place, name, RETOUR_JSON_OPTIONAL, RETOUR_JSON_FLAG, "expected true or false");
  return member != RETOUR_JSON_NONE && reader->text->nodes[member].value.number != 0;
}

RetourInstant
retour_json_instant (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  g_autofree char *text = retour_json_text (reader, place, name, need);
  RetourInstant instant = RETOUR_INSTANT_NONE;
  if (text != NULL && !retour_instant_parse (text, &instant))
    retour_json_fail (reader, place, name, "expected a time as 2026-11-20T10:11:12Z");
  return instant;
}

RetourDay
retour_json_day (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  g_autofree char *text = retour_json_text (reader, place, name, RETOUR_JSON_OPTIONAL);
  RetourDay day = RETOUR_DAY_NONE;
  if (text != NULL && !retour_day_parse (text, &day))
    retour_json_fail (reader, place, name, "expected a date as 2026-12-24");
  return day;
}

GArray *
retour_json_days (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (RetourDay));
  g_auto (GStrv) texts = retour_json_texts (reader, place, name);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      RetourDay day;
      if (!retour_day_parse (texts[i], &day))
        {
          g_autofree char *element = g_strdup_printf ("%s[%u]", name, i);
          retour_json_fail (reader, place, element, "expected a date as 2026-12-24");
          break;
        }
      g_array_append_val (days, day);
    }
  return days;
}

RetourDecimal
retour_json_decimal (RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need)
{
  RetourDecimal decimal = { 0, "0" };
  RetourJsonPlace member = typed_member (reader, place, name, need, RETOUR_JSON_TEXT,
                                         "expected a text that holds a number of at most four decimals");
  if (member == RETOUR_JSON_NONE)
    return decimal;
  const RetourJsonNode *node = &reader->text->nodes[member];
  g_autofree char *text = g_strndup (node->value.text, node->text_length);
  if (!retour_decimal_parse (text, &decimal))
    retour_json_fail (reader, member, NULL, "expected a number of at most four decimals");
  return decimal;
}

void
retour_json_currency (RetourJsonReader *reader, RetourJsonPlace place, const char *name, char currency[4])
{
  g_autofree char *text = retour_json_text (reader, place, name, RETOUR_JSON_REQUIRED);
  if (text == NULL)
    return;
  if (retour_currency_is_valid (text))
    memcpy (currency, text, 4);
  else
    retour_json_fail (reader, place, name, "expected a three-letter ISO 4217 code");
}

RetourWords
retour_json_words (RetourJsonReader *reader, RetourJsonPlace place, const char *name)
{
  RetourWords words = { 0 };
  RetourJsonPlace object = retour_json_object (reader, place, name, RETOUR_JSON_OPTIONAL);
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    words.text[i] = retour_json_text (reader, object, retour_language_code (i), RETOUR_JSON_OPTIONAL);
  return words;
}

guint
retour_json_choice (
    RetourJsonReader *reader, RetourJsonPlace place, const char *name, RetourJsonNeed need, const char *const *choices)
{
  g_autofree char *text = retour_json_text (reader, place, name, need);
  if (text == NULL)
    return 0;
  for (guint i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      return i;

  g_autofree char *known = g_strjoinv (", ", (char **) choices);
  g_autofree char *problem = g_strdup_printf ("expected one of %s", known);
  retour_json_fail (reader, place, name, problem);
  return 0;
}
