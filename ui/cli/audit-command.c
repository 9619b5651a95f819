/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl audit verify: walks the journal from its first record to its last, and says where its chain breaks. */
#include "command.h"

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
} Walk;

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
        return TRUE;
      wrong = retour_audit_verify (page, walk->last, NULL);
      if (wrong >= 0)
        {
          walk->broken_at = ((const RetourAuditRecord *) g_ptr_array_index (page, (guint) wrong))->seq;
          return TRUE;
        }
      for (guint i = 0; i < page->len; i++)
        look_for_head (walk, g_ptr_array_index (page, i));
      walk->records += page->len;
      g_clear_pointer (&walk->last, retour_audit_record_free);
      walk->last = retour_audit_record_copy (g_ptr_array_index (page, page->len - 1));
    }
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
      if (whole)
        g_string_append_printf (context->out, "whole, %" G_GUINT64_FORMAT " records, head %s\n", walk->records,
                                *hex != '\0' ? hex : "none");
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
  retour_command_print_json (context, object);
}

static RetourExit
verify (RetourCommandContext *context, const char *head)
{
  Walk walk = { .head = head };
  g_autoptr (GError) error = NULL;
  RetourExit status = RETOUR_EXIT_DONE;

  if (!walk_journal (context->store, &walk, &error))
    status = retour_command_fail (context, "audit", error);
  else
    {
      if (walk.broken_at != 0)
        g_string_append_printf (context->err,
                                "retourctl: audit: the chain breaks at record %" G_GUINT64_FORMAT
                                ": it, or one before it, was changed, taken out or put in\n",
                                walk.broken_at);
      else if (walk.head != NULL && !walk.head_found)
        g_string_append (context->err,
                         "retourctl: audit: the head that was noted is not in the journal: its end was cut "
                         "off, or it was written anew\n");
      if (walk.broken_at != 0 || (walk.head != NULL && !walk.head_found))
        status = RETOUR_EXIT_REFUSED;
      print_walk (context, &walk, status == RETOUR_EXIT_DONE);
    }
  retour_audit_record_free (walk.last);
  return status;
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
          "was cut at its end shows it only against a head noted earlier.\n"
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
