/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl status: who this terminal is and where its exchange with the OMS stands. */
#include "command.h"

/* What the terminal believes about its clock: "right", or which way it is off. */
static const char *
clock_code (gint64 offset)
{
  if (offset > RETOUR_CLOCK_TOLERANCE)
    return "behind";
  return offset < -RETOUR_CLOCK_TOLERANCE ? "ahead" : "right";
}

static void
print_json (RetourCommandContext *context, const RetourIdentity *identity, const RetourSyncStatus *sync, guint drafts)
{
  g_autoptr (json_object) object = json_object_new_object ();

  retour_json_add_flag (object, "enrolled", identity != NULL);
  if (identity != NULL)
    {
      retour_json_add_text (object, "chain", identity->chain);
      retour_json_add_text (object, "store", identity->store);
      retour_json_add_text (object, "store_name", identity->store_name);
      retour_json_add_text (object, "terminal", identity->terminal);
    }
  retour_json_add_number (object, "orders", (gint64) sync->orders);
  retour_json_add_number (object, "to_send", sync->to_send);
  retour_json_add_number (object, "attention", sync->attention);
  retour_json_add_number (object, "drafts", drafts);
  retour_json_add_instant (object, "last_pull", sync->last_pull);
  retour_json_add_instant (object, "last_push", sync->last_push);
  retour_json_add_number (object, "clock_offset_us", sync->clock_offset);
  retour_json_add_text (object, "clock", clock_code (sync->clock_offset));
  retour_json_add_flag (object, "first_pull_done", sync->first_pull_done);
  retour_command_print_json (context, object);
}

static void
print_words (RetourCommandContext *context, const RetourIdentity *identity, const RetourSyncStatus *sync, guint drafts)
{
  g_autofree char *pulled = sync->last_pull != RETOUR_INSTANT_NONE ? retour_instant_format (sync->last_pull) : NULL;

  if (identity != NULL)
    g_string_append_printf (context->out, "%s, %s (%s), terminal %s\n", identity->chain, identity->store_name,
                            identity->store, identity->terminal);
  else
    g_string_append (context->out, "Not enrolled.\n");
  g_string_append_printf (context->out,
                          "%" G_GUINT64_FORMAT " orders cached, last pull %s\n%u to send, %u to look at, %u on hold\n",
                          sync->orders, pulled != NULL ? pulled : "never", sync->to_send, sync->attention, drafts);
  if (!g_str_equal (clock_code (sync->clock_offset), "right"))
    g_string_append_printf (context->out,
                            "The clock is %" G_GINT64_FORMAT " s %s the OMS's, whose time counts: set it\n",
                            ABS (sync->clock_offset / RETOUR_SECOND), sync->clock_offset > 0 ? "behind" : "ahead of");
}

RetourExit
retour_run_status (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (RetourIdentity) identity = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  RetourSyncStatus sync = { 0 };
  RetourExit status;

  if (!retour_command_parse (context, retour_command_find ("status"), NULL, &argc, &argv, NULL, &status))
    return status;
  if (argc != 1)
    return retour_command_misused (context, "status: expected no argument");
  identity = context->store->identity (context->store, &error);
  if (error != NULL)
    return retour_command_fail (context, "status", error);
  drafts = context->store->list_drafts (context->store, &error);
  if (drafts == NULL || !context->store->sync_status (context->store, &sync, &error))
    return retour_command_fail (context, "status", error);
  if (context->json)
    print_json (context, identity, &sync, drafts->len);
  else
    print_words (context, identity, &sync, drafts->len);
  return RETOUR_EXIT_DONE;
}
