/* SPDX-License-Identifier: Apache-2.0 */
/* What is to happen when, in virtual time: a heap. Of two things at one moment, the one that was entered first comes first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 at;
  guint64 sequence; /* given by agenda_add */
  int kind;
  guint life, alarm; /* of whom it concerns, when it was entered */
  gpointer subject, payload;
} AgendaEntry;

typedef struct
{
  GArray *heap; /* AgendaEntry */
  guint64 sequence;
} Agenda;

void agenda_init (Agenda *agenda);
void agenda_clear (Agenda *agenda);
void agenda_add (Agenda *agenda, AgendaEntry entry);
/* The next one, borrowed until the agenda changes; NULL: none. */
const AgendaEntry *agenda_look (const Agenda *agenda);
/* There must be one. */
AgendaEntry agenda_take (Agenda *agenda);

G_END_DECLS
