/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl audit verify: walks the journal from its first record to its last, says where its chain breaks, and holds it to
 * what the OMS countersigned of it. */
#include "command.h"
#include "seal.h"

#include <sodium.h>
#include <string.h>

#define PAGE 1000
#define HASH_HEX_SIZE (2 * RETOUR_AUDIT_HASH_BYTES + 1)

typedef struct
{
  const char *head; /* hex, in lower case: a head that was noted earlier, NULL: none */
  gboolean head_found;
  guint64 records;
  guint64 broken_at; /* the sequence of the first record that does not belong; 0: none */
  RetourAuditRecord *last;
  GHashTable *seals; /* sequence -> RetourSeal, of records not met yet */
  guint64 sealed_to; /* the last record that is as it was sealed; 0: none */
  guint64 unlike;    /* the first that was sealed and is not like that, or not there; 0: none */
  guint64 foreign;   /* the first whose seal is not the OMS's; 0: none */
} Walk;

static void
walk_clear (Walk *walk)
{
  retour_audit_record_free (walk->last);
  g_clear_pointer (&walk->seals, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static void
note_first (guint64 *first, guint64 seq)
{
  if (*first == 0 || seq < *first)
    *first = seq;
}

static gboolean
gather_seals (RetourStore *store, Walk *walk, GError **error)
{
  g_autoptr (GPtrArray) seals = store->list_seals (store, error);
  g_autoptr (GPtrArray) keys = seals != NULL ? store->proof_keys (store, error) : NULL;

  if (keys == NULL)
    return FALSE;
  walk->seals = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) retour_seal_free);
  g_ptr_array_set_free_func (seals, NULL);
  for (guint i = 0; i < seals->len; i++)
    {
      RetourSeal *seal = g_ptr_array_index (seals, i);
      const RetourSeal *other = g_hash_table_lookup (walk->seals, &seal->seq);

      if (!retour_seal_is_signed (seal, keys))
        note_first (&walk->foreign, seal->seq);
      /* One record, sealed as two: the journal was written anew in between. */
      if (other != NULL && g_strcmp0 (other->head, seal->head) != 0)
        note_first (&walk->unlike, seal->seq);
      g_hash_table_replace (walk->seals, &seal->seq, seal);
    }
  return TRUE;
}

static void
hold_to_seal (Walk *walk, const RetourAuditRecord *record)
{
  const RetourSeal *seal = g_hash_table_lookup (walk->seals, &record->seq);

  if (seal == NULL)
    return;
  if (retour_seal_fits (seal, record))
    walk->sealed_to = record->seq;
  else
    note_first (&walk->unlike, record->seq);
  g_hash_table_remove (walk->seals, &record->seq);
}

/* Behind the last record: what was sealed and was not met is cut off. */
static void
hold_to_rest (Walk *walk)
{
  GHashTableIter iter;
  gpointer seq;

  g_hash_table_iter_init (&iter, walk->seals);
  while (g_hash_table_iter_next (&iter, &seq, NULL))
    note_first (&walk->unlike, *(guint64 *) seq);
}

static gboolean
is_whole (const Walk *walk)
{
  return walk->broken_at == 0 && walk->unlike == 0 && walk->foreign == 0 && (walk->head == NULL || walk->head_found);
}

static void
write_hash (const RetourAuditRecord *record, char hex[HASH_HEX_SIZE])
{
  sodium_bin2hex (hex, HASH_HEX_SIZE, record->hash, RETOUR_AUDIT_HASH_BYTES);
}

static void
look_for_head (Walk *walk, const RetourAuditRecord *record)
{
  char hex[HASH_HEX_SIZE];

  if (walk->head == NULL || walk->head_found)
    return;
  write_hash (record, hex);
  walk->head_found = g_str_equal (hex, walk->head);
}

/* Page by page, so that a long journal needs no room. */
static gboolean
walk_journal (RetourStore *store, Walk *walk, GError **error)
{
  for (;;)
    {
      g_autoptr (GPtrArray) page =
          store->list_audit_after (store, walk->last != NULL ? walk->last->seq : 0, PAGE, error);
      gint64 wrong;

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        {
          hold_to_rest (walk);
          return TRUE;
        }
      wrong = retour_audit_verify (page, walk->last, NULL);
      if (wrong >= 0)
        {
          walk->broken_at = ((const RetourAuditRecord *) g_ptr_array_index (page, (guint) wrong))->seq;
          return TRUE;
        }
      for (guint i = 0; i < page->len; i++)
        {
          look_for_head (walk, g_ptr_array_index (page, i));
          hold_to_seal (walk, g_ptr_array_index (page, i));
        }
      walk->records += page->len;
      g_clear_pointer (&walk->last, retour_audit_record_free);
      walk->last = retour_audit_record_copy (g_ptr_array_index (page, page->len - 1));
    }
}

static void
explain (RetourCommandContext *context, const Walk *walk)
{
  GString *err = context->err;

  if (walk->broken_at != 0)
    g_string_append_printf (err,
                            "retourctl: audit: the chain breaks at record %" G_GUINT64_FORMAT
                            ": it, or one before it, was changed, taken out or put in\n",
                            walk->broken_at);
  else if (walk->head != NULL && !walk->head_found)
    g_string_append (err, "retourctl: audit: the head that was noted is not in the journal: its end was cut "
                          "off, or it was written anew\n");
  if (walk->broken_at == 0 && walk->unlike != 0)
    g_string_append_printf (err,
                            "retourctl: audit: record %" G_GUINT64_FORMAT
                            " is not what the OMS sealed: the journal's end was cut off, or it was written anew\n",
                            walk->unlike);
  if (walk->foreign != 0)
    g_string_append_printf (err, "retourctl: audit: the seal of record %" G_GUINT64_FORMAT " is not the OMS's\n",
                            walk->foreign);
}

static void
print_walk (RetourCommandContext *context, const Walk *walk, gboolean whole)
{
  g_autoptr (json_object) object = NULL;
  char hex[HASH_HEX_SIZE] = "";

  if (walk->last != NULL)
    write_hash (walk->last, hex);
  if (!context->json)
    {
      if (!whole)
        return;
      g_string_append_printf (context->out, "whole, %" G_GUINT64_FORMAT " records, head %s", walk->records,
                              *hex != '\0' ? hex : "none");
      if (walk->sealed_to != 0)
        g_string_append_printf (context->out, ", sealed by the OMS up to record %" G_GUINT64_FORMAT, walk->sealed_to);
      g_string_append_c (context->out, '\n');
      return;
    }
  object = json_object_new_object ();
  retour_json_add_flag (object, "whole", whole);
  retour_json_add_number (object, "records", (gint64) walk->records);
  retour_json_add_text (object, "head", walk->broken_at == 0 && *hex != '\0' ? hex : NULL);
  if (walk->broken_at != 0)
    retour_json_add_number (object, "broken_at", (gint64) walk->broken_at);
  if (walk->head != NULL)
    retour_json_add_flag (object, "noted_head_found", walk->head_found);
  if (walk->sealed_to != 0)
    retour_json_add_number (object, "sealed_to", (gint64) walk->sealed_to);
  if (walk->unlike != 0)
    retour_json_add_number (object, "unlike_its_seal", (gint64) walk->unlike);
  if (walk->foreign != 0)
    retour_json_add_number (object, "not_the_omss_seal", (gint64) walk->foreign);
  retour_command_print_json (context, object);
}

static RetourExit
verify (RetourCommandContext *context, const char *head)
{
  g_auto (Walk) walk = { .head = head };
  g_autoptr (GError) error = NULL;

  if (!gather_seals (context->store, &walk, &error) || !walk_journal (context->store, &walk, &error))
    return retour_command_fail (context, "audit", error);
  explain (context, &walk);
  print_walk (context, &walk, is_whole (&walk));
  return is_whole (&walk) ? RETOUR_EXIT_DONE : RETOUR_EXIT_REFUSED;
}

RetourExit
retour_run_audit (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *noted = NULL, *head = NULL;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "head", 0, 0, G_OPTION_ARG_STRING, &noted, "A head noted earlier, which must still be there", "HASH" },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("audit"), entries, &argc, &argv,
          "  verify       each record holds the hash of the one before: says the first that does not belong. A journal that "
          "was cut at its end shows it against what the OMS sealed of it, or a head noted earlier.\n"
          "Exit status: 0 whole, 11 not.",
          &status))
    return status;
  if (argc != 2 || !g_str_equal (argv[1], "verify"))
    return retour_command_misused (context, "audit: expected verify");
  head = noted != NULL ? g_ascii_strdown (noted, -1) : NULL;
  if (head != NULL && (strlen (head) != HASH_HEX_SIZE - 1 || strspn (head, "0123456789abcdef") != HASH_HEX_SIZE - 1))
    return retour_command_misused (context, "audit: --head: expected 64 hexadecimal digits");
  return verify (context, head);
}
