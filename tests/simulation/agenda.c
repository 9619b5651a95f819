/* SPDX-License-Identifier: Apache-2.0 */
#include "agenda.h"

void
agenda_init (Agenda *agenda)
{
  agenda->heap = g_array_new (FALSE, FALSE, sizeof (AgendaEntry));
  agenda->sequence = 0;
}

void
agenda_clear (Agenda *agenda)
{
  g_clear_pointer (&agenda->heap, g_array_unref);
}

static gboolean
comes_before (const AgendaEntry *a, const AgendaEntry *b)
{
  return a->at != b->at ? a->at < b->at : a->sequence < b->sequence;
}

void
agenda_add (Agenda *agenda, AgendaEntry entry)
{
  guint at = agenda->heap->len;

  entry.sequence = ++agenda->sequence;
  g_array_append_val (agenda->heap, entry);
  AgendaEntry *entries = &g_array_index (agenda->heap, AgendaEntry, 0);
  while (at > 0 && comes_before (&entry, &entries[(at - 1) / 2]))
    {
      entries[at] = entries[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  entries[at] = entry;
}

const AgendaEntry *
agenda_look (const Agenda *agenda)
{
  return agenda->heap->len > 0 ? &g_array_index (agenda->heap, AgendaEntry, 0) : NULL;
}

AgendaEntry
agenda_take (Agenda *agenda)
{
  GArray *heap = agenda->heap;
  AgendaEntry *entries = &g_array_index (heap, AgendaEntry, 0);
  AgendaEntry first = entries[0], last = entries[heap->len - 1];
  guint at = 0;

  g_array_set_size (heap, heap->len - 1);
  for (guint child; (child = 2 * at + 1) < heap->len; at = child)
    {
      if (child + 1 < heap->len && comes_before (&entries[child + 1], &entries[child]))
        child++;
      if (comes_before (&last, &entries[child]))
        break;
      entries[at] = entries[child];
    }
  if (heap->len > 0)
    entries[at] = last;
  return first;
}
