/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON: members in the order in which they are given, so that one value always gives the same bytes. */
#pragma once

#include "calendar.h"
#include "decimal.h"
#include "language.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  guint depth;
  gboolean pretty; /* two-space indented, for people; else no space at all */
  gboolean first;  /* nothing was written yet in the innermost container */
} RetourJsonWriter;

void retour_json_writer_init (RetourJsonWriter *writer, gboolean pretty);
/* The text, the caller's. */
char *retour_json_writer_end (RetourJsonWriter *writer);

/* `name` NULL: the root, or an element of a list. */
void retour_json_begin_object (RetourJsonWriter *writer, const char *name);
void retour_json_end_object (RetourJsonWriter *writer);
void retour_json_begin_list (RetourJsonWriter *writer, const char *name);
void retour_json_end_list (RetourJsonWriter *writer);

/* What is NULL, RETOUR_INSTANT_NONE, RETOUR_DAY_NONE or an empty RetourWords is not written. */
void retour_json_write_text (RetourJsonWriter *writer, const char *name, const char *text);
void retour_json_write_texts (RetourJsonWriter *writer, const char *name, const char *const *texts);
void retour_json_write_whole (RetourJsonWriter *writer, const char *name, gint64 number);
void retour_json_write_flag (RetourJsonWriter *writer, const char *name, gboolean flag);
void retour_json_write_instant (RetourJsonWriter *writer, const char *name, RetourInstant instant);
void retour_json_write_day (RetourJsonWriter *writer, const char *name, RetourDay day);
void retour_json_write_words (RetourJsonWriter *writer, const char *name, const RetourWords *words);

G_END_DECLS
