/* SPDX-License-Identifier: Apache-2.0 */
#include "search-pack.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  gint64 n, placed;
} PackedOrder;

/* That an order, by its arrival, has a term. */
typedef struct
{
  guint32 term;
  guint16 arrival;
} Posting;

struct _RetourPack
{
  gint64 number;
  GArray *orders;       /* PackedOrder, by arrival */
  GHashTable *term_ids; /* text -> id + 1 */
  GPtrArray *terms;     /* text by id; owned by texts */
  GStringChunk *texts;
  guint beginning[256]; /* how many terms begin with each byte */
  GArray *postings;     /* Posting */
  GArray *last;         /* guint16 by term id: the last arrival that has it */
  guint16 arrival;      /* of the order being added */

  /* after closing */
  guint16 slot_of[RETOUR_PACK_SLOTS];    /* by arrival */
  guint16 arrival_of[RETOUR_PACK_SLOTS]; /* by slot */
  RetourSlots dead;
  GArray *starts;    /* guint32 by term id: where its postings begin; one more at the end */
  GPtrArray *bucket; /* texts that begin with the byte `first`, sorted */
  guint first, nth;
};

RetourPack *
retour_pack_new (gint64 number)
{
  RetourPack *self = g_new0 (RetourPack, 1);

  self->number = number;
  self->orders = g_array_sized_new (FALSE, FALSE, sizeof (PackedOrder), RETOUR_PACK_SLOTS);
  self->term_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->terms = g_ptr_array_new ();
  self->texts = g_string_chunk_new (16 * 1024);
  self->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  self->last = g_array_new (FALSE, FALSE, sizeof (guint16));
  return self;
}

void
retour_pack_free (RetourPack *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->orders);
  g_hash_table_unref (self->term_ids);
  g_ptr_array_unref (self->terms);
  g_string_chunk_free (self->texts);
  g_array_unref (self->postings);
  g_array_unref (self->last);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->bucket, g_ptr_array_unref);
  g_free (self);
}

gint64
retour_pack_get_number (const RetourPack *self)
{
  return self->number;
}

guint
retour_pack_get_length (const RetourPack *self)
{
  return self->orders->len;
}

static guint32
term_id (RetourPack *self, const char *term, gboolean *fresh)
{
  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->term_ids, term));
  char *text;

  *fresh = known == 0;
  if (known != 0)
    return known - 1;
  text = g_string_chunk_insert (self->texts, term);
  g_ptr_array_add (self->terms, text);
  self->beginning[*(const guchar *) text]++;
  g_hash_table_insert (self->term_ids, text, GUINT_TO_POINTER (self->terms->len));
  g_array_append_val (self->last, self->arrival);
  return self->terms->len - 1;
}

static void
add_posting (const char *term, gpointer user_data)
{
  RetourPack *self = user_data;
  gboolean fresh;
  const guint32 id = term_id (self, term, &fresh);
  guint16 *last = &g_array_index (self->last, guint16, id);
  const Posting posting = { id, self->arrival };

  if (!fresh && *last == self->arrival)
    return;
  *last = self->arrival;
  g_array_append_val (self->postings, posting);
}

void
retour_pack_add (RetourPack *self, gint64 n, gint64 placed, const char *words)
{
  const PackedOrder order = { n, placed };

  g_assert (self->starts == NULL && self->orders->len < RETOUR_PACK_SLOTS);
  self->arrival = (guint16) self->orders->len;
  g_array_append_val (self->orders, order);
  retour_terms_each (words, add_posting, self);
}

gboolean
retour_pack_remove (RetourPack *self, gint64 n, guint *slot)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      const guint at = self->starts != NULL ? self->slot_of[i] : i;

      if (g_array_index (self->orders, PackedOrder, i).n != n || retour_slots_has (&self->dead, at))
        continue;
      retour_slots_add (&self->dead, at);
      if (slot != NULL)
        *slot = at;
      return TRUE;
    }
  return FALSE;
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const GArray *orders = user_data;
  const PackedOrder left = g_array_index (orders, PackedOrder, *(const guint16 *) a);
  const PackedOrder right = g_array_index (orders, PackedOrder, *(const guint16 *) b);

  if (left.placed != right.placed)
    return left.placed < right.placed ? 1 : -1;
  return left.n < right.n ? 1 : left.n > right.n ? -1 : 0;
}

static void
give_out_slots (RetourPack *self)
{
  const RetourSlots gone = self->dead;

  for (guint i = 0; i < self->orders->len; i++)
    self->arrival_of[i] = (guint16) i;
  g_qsort_with_data (self->arrival_of, (gint) self->orders->len, sizeof (guint16), newest_first, self->orders);
  retour_slots_clear (&self->dead);
  for (guint slot = 0; slot < self->orders->len; slot++)
    {
      self->slot_of[self->arrival_of[slot]] = (guint16) slot;
      if (retour_slots_has (&gone, self->arrival_of[slot]))
        retour_slots_add (&self->dead, slot);
    }
}

/* Counting sort: the postings of one term stand together. */
static void
group_postings (RetourPack *self)
{
  GArray *grouped = g_array_sized_new (FALSE, FALSE, sizeof (Posting), self->postings->len);
  g_autofree guint32 *next = g_new0 (guint32, self->terms->len + 1);

  self->starts = g_array_sized_new (FALSE, TRUE, sizeof (guint32), self->terms->len + 1);
  g_array_set_size (self->starts, self->terms->len + 1);
  g_array_set_size (grouped, self->postings->len);
  for (guint i = 0; i < self->postings->len; i++)
    g_array_index (self->starts, guint32, g_array_index (self->postings, Posting, i).term + 1)++;
  for (guint id = 0; id < self->terms->len; id++)
    g_array_index (self->starts, guint32, id + 1) += g_array_index (self->starts, guint32, id);
  for (guint i = 0; i < self->postings->len; i++)
    {
      const Posting posting = g_array_index (self->postings, Posting, i);
      const guint32 at = g_array_index (self->starts, guint32, posting.term) + next[posting.term]++;

      g_array_index (grouped, Posting, at) = posting;
    }
  g_array_unref (self->postings);
  self->postings = grouped;
}

void
retour_pack_close (RetourPack *self)
{
  g_assert (self->starts == NULL);
  give_out_slots (self);
  group_postings (self);
  self->bucket = g_ptr_array_new ();
}

gint64
retour_pack_get_newest (const RetourPack *self)
{
  return self->orders->len > 0 ? g_array_index (self->orders, PackedOrder, self->arrival_of[0]).placed : 0;
}

gboolean
retour_pack_get_order (const RetourPack *self, guint slot, gint64 *n, gint64 *placed)
{
  const PackedOrder order = g_array_index (self->orders, PackedOrder, self->arrival_of[slot]);

  *n = order.n;
  *placed = order.placed;
  return !retour_slots_has (&self->dead, slot);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorting all terms at once would take milliseconds; those of one first byte are few. */
static gboolean
fill_bucket (RetourPack *self)
{
  while (self->nth >= self->bucket->len)
    {
      if (++self->first > 0xff)
        return FALSE;
      self->nth = 0;
      g_ptr_array_set_size (self->bucket, 0);
      for (guint id = 0; id < self->terms->len && self->bucket->len < self->beginning[self->first]; id++)
        if (*(const guchar *) g_ptr_array_index (self->terms, id) == self->first)
          g_ptr_array_add (self->bucket, g_ptr_array_index (self->terms, id));
      g_ptr_array_sort (self->bucket, compare_texts);
    }
  return TRUE;
}

const char *
retour_pack_next_term (RetourPack *self, RetourSlots *slots)
{
  const char *term;
  guint id;

  g_assert (self->starts != NULL);
  if (!fill_bucket (self))
    return NULL;
  term = g_ptr_array_index (self->bucket, self->nth++);
  id = GPOINTER_TO_UINT (g_hash_table_lookup (self->term_ids, term)) - 1;
  retour_slots_clear (slots);
  for (guint32 i = g_array_index (self->starts, guint32, id); i < g_array_index (self->starts, guint32, id + 1); i++)
    {
      const guint slot = self->slot_of[g_array_index (self->postings, Posting, i).arrival];

      if (!retour_slots_has (&self->dead, slot))
        retour_slots_add (slots, slot);
    }
  return term;
}
