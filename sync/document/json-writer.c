/* SPDX-License-Identifier: Apache-2.0 */
#include "json-writer.h"

#include <string.h>

void
retour_json_writer_init (RetourJsonWriter *writer, gboolean pretty)
{
  *writer = (RetourJsonWriter){ .text = g_string_sized_new (1024), .pretty = pretty, .first = TRUE };
}

char *
retour_json_writer_end (RetourJsonWriter *writer)
{
  g_return_val_if_fail (writer->depth == 0, NULL);

  if (writer->pretty)
    g_string_append_c (writer->text, '\n');
  return g_string_free (g_steal_pointer (&writer->text), FALSE);
}

static void
append_line_break (RetourJsonWriter *writer)
{
  if (!writer->pretty || writer->text->len == 0)
    return;
  g_string_append_c (writer->text, '\n');
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->text, "  ");
}

static void
append_quoted (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *plain = value;;)
    {
      const char *c = plain;
      while ((guchar) *c >= 0x20 && *c != '"' && *c != '\\')
        c++;
      g_string_append_len (text, plain, c - plain);
      if (*c == '\0')
        break;
      if (*c == '"' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if (*c == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_printf (text, "\\u%04x", (guint) *c);
      plain = c + 1;
    }
  g_string_append_c (text, '"');
}

/* What stands before any value: comma, line, name. */
static void
begin_value (RetourJsonWriter *writer, const char *name)
{
  if (!writer->first)
    g_string_append_c (writer->text, ',');
  writer->first = FALSE;
  append_line_break (writer);
  if (name == NULL)
    return;
  append_quoted (writer->text, name);
  g_string_append (writer->text, writer->pretty ? ": " : ":");
}

static void
begin_container (RetourJsonWriter *writer, const char *name, char opening)
{
  begin_value (writer, name);
  g_string_append_c (writer->text, opening);
  writer->depth++;
  writer->first = TRUE;
}

static void
end_container (RetourJsonWriter *writer, char closing)
{
  writer->depth--;
  if (!writer->first)
    append_line_break (writer);
  g_string_append_c (writer->text, closing);
  writer->first = FALSE;
}

void
retour_json_begin_object (RetourJsonWriter *writer, const char *name)
{
  begin_container (writer, name, '{');
}

void
retour_json_end_object (RetourJsonWriter *writer)
{
  end_container (writer, '}');
}

void
retour_json_begin_list (RetourJsonWriter *writer, const char *name)
{
  begin_container (writer, name, '[');
}

void
retour_json_end_list (RetourJsonWriter *writer)
{
  end_container (writer, ']');
}

void
retour_json_write_text (RetourJsonWriter *writer, const char *name, const char *text)
{
  if (text == NULL)
    return;
  begin_value (writer, name);
  append_quoted (writer->text, text);
}

void
retour_json_write_texts (RetourJsonWriter *writer, const char *name, const char *const *texts)
{
  retour_json_begin_list (writer, name);
  for (guint i = 0; texts[i] != NULL; i++)
    retour_json_write_text (writer, NULL, texts[i]);
  retour_json_end_list (writer);
}

void
retour_json_write_whole (RetourJsonWriter *writer, const char *name, gint64 number)
{
  char digits[24];
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  begin_value (writer, name);
  g_string_append (writer->text, digits);
}

void
retour_json_write_flag (RetourJsonWriter *writer, const char *name, gboolean flag)
{
  begin_value (writer, name);
  g_string_append (writer->text, flag ? "true" : "false");
}

void
retour_json_write_instant (RetourJsonWriter *writer, const char *name, RetourInstant instant)
{
  if (instant == RETOUR_INSTANT_NONE)
    return;
  g_autofree char *text = retour_instant_format (instant);
  retour_json_write_text (writer, name, text);
}

void
retour_json_write_day (RetourJsonWriter *writer, const char *name, RetourDay day)
{
  if (day == RETOUR_DAY_NONE)
    return;
  g_autofree char *text = retour_day_format (day);
  retour_json_write_text (writer, name, text);
}

void
retour_json_write_words (RetourJsonWriter *writer, const char *name, const RetourWords *words)
{
  gboolean empty = TRUE;
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    empty = empty && words->text[i] == NULL;
  if (empty)
    return;
  retour_json_begin_object (writer, name);
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    retour_json_write_text (writer, retour_language_code (i), words->text[i]);
  retour_json_end_object (writer);
}
