/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl sheet: an A4 sheet of barcodes, so that a desk can be tried with a scanner and nothing else. */
#include "command.h"

#include "item-words.h"
#include "scan-sheet.h"

#define SHEET_ORDERS 4

static void
add_order (RetourScanSheet *sheet, const RetourOrder *order, RetourLanguage language)
{
  g_autofree char *name = retour_customer_short_name (&order->customer);

  retour_scan_sheet_add_section (sheet, order->number);
  retour_scan_sheet_add_entry (sheet, order->number, name != NULL ? name : "", RETOUR_BARCODE_CODE128, order->number);
  for (guint i = 0; i < order->lines->len && i < 3; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);

      if (line->gtin != NULL)
        retour_scan_sheet_add_entry (sheet, line->title, line->variant, RETOUR_BARCODE_CODE128, line->gtin);
    }
  for (guint i = 0; i < order->announced->len && i < 1; i++)
    {
      const RetourAnnouncement *announced = g_ptr_array_index (order->announced, i);

      if (announced->label != NULL)
        retour_scan_sheet_add_entry (sheet, announced->label, NULL, RETOUR_BARCODE_CODE128, announced->label);
    }
}

static gboolean
add_orders (RetourScanSheet *sheet, RetourCommandContext *context, const char *const *words, GError **error)
{
  guint added = 0;

  for (guint w = 0; words[w] != NULL && added < SHEET_ORDERS; w++)
    {
      g_autoptr (GPtrArray) found = context->store->search_orders (context->store, words[w], SHEET_ORDERS, error);

      if (found == NULL)
        return FALSE;
      for (guint i = 0; i < found->len && added < SHEET_ORDERS; i++)
        {
          const RetourOrderSummary *summary = g_ptr_array_index (found, i);
          g_autoptr (RetourOrder) order = NULL;

          if (summary->returnable == 0)
            continue;
          order = context->store->find_order (context->store, summary->id, error);
          if (order == NULL)
            return FALSE;
          add_order (sheet, order, context->language);
          added++;
        }
    }
  return TRUE;
}

static gboolean
add_badges (RetourScanSheet *sheet, RetourCommandContext *context, GError **error)
{
  g_autoptr (GPtrArray) staff = context->store->list_staff (context->store, error);

  if (staff == NULL)
    return FALSE;
  retour_scan_sheet_add_section (sheet, "Badges");
  for (guint i = 0; i < staff->len; i++)
    {
      const RetourStaff *person = g_ptr_array_index (staff, i);

      if (person->badge != NULL)
        retour_scan_sheet_add_entry (sheet, person->name, retour_role_code (person->role), RETOUR_BARCODE_CODE128,
                                     person->badge);
    }
  return TRUE;
}

static gboolean
add_commands (RetourScanSheet *sheet, RetourCommandContext *context, GError **error)
{
  const char *const commands[] = { "RC:confirm", "RC:back", "RC:next", "RC:undo" };
  g_autofree char *text = context->store->policy_text (context->store, error);
  g_autoptr (RetourPolicy) policy = NULL;

  if (text == NULL)
    return error == NULL || *error == NULL;
  policy = context->documents->read_policy (text, -1, error);
  if (policy == NULL)
    return FALSE;
  retour_scan_sheet_add_section (sheet, context->language == RETOUR_LANGUAGE_FRENCH ? "Gestes" : "Gestures");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    retour_scan_sheet_add_entry (sheet, commands[i] + 3, NULL, RETOUR_BARCODE_CODE128, commands[i]);
  for (guint i = 0; i < policy->reasons->len; i++)
    {
      const RetourReason *reason = g_ptr_array_index (policy->reasons, i);
      g_autofree char *code = g_strconcat ("RC:reason:", reason->code, NULL);
      const char *words = retour_reason_words (context->language, reason->code, policy);

      retour_scan_sheet_add_entry (sheet, words, NULL, RETOUR_BARCODE_CODE128, code);
    }
  for (guint i = 0; i < policy->conditions->len; i++)
    {
      const RetourCondition *condition = g_ptr_array_index (policy->conditions, i);
      g_autofree char *code = g_strconcat ("RC:condition:", condition->code, NULL);
      const char *words = retour_condition_words (context->language, condition->code, policy);

      retour_scan_sheet_add_entry (sheet, words, condition->grade, RETOUR_BARCODE_CODE128, code);
    }
  return TRUE;
}

static gboolean
write_bytes (const char *directory, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  gsize size;
  const char *contents = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, contents, (gssize) size, error);
}

static gboolean
write_sheet (const RetourScanSheet *sheet, const char *directory, GError **error)
{
  g_autoptr (GBytes) pdf = retour_scan_sheet_to_pdf (sheet, error);

  if (pdf == NULL || !write_bytes (directory, "sheet.pdf", pdf, error))
    return FALSE;
  for (int page = 0; page < retour_scan_sheet_count_pages (sheet); page++)
    {
      g_autofree char *name = g_strdup_printf ("sheet-%d.png", page + 1);
      g_autoptr (GBytes) png = retour_scan_sheet_to_png (sheet, page, error);

      if (png == NULL || !write_bytes (directory, name, png, error))
        return FALSE;
    }
  return TRUE;
}

RetourExit
retour_run_sheet (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (RetourScanSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const char *const usual[] = { "1048-7213", "martin", NULL };
  RetourExit status;

  if (!retour_command_parse (context, retour_command_find ("sheet"), NULL, &argc, &argv,
                             "Writes sheet.pdf and sheet-1.png… into DIRECTORY. Words after it choose the orders.",
                             &status))
    return status;
  if (argc < 2 || !g_file_test (argv[1], G_FILE_TEST_IS_DIR))
    return retour_command_misused (context, "sheet: %s: expected a directory", argc < 2 ? "nothing" : argv[1]);
  path = g_build_filename (argv[1], "sheet.pdf", NULL);
  sheet = retour_scan_sheet_new ("Retour", context->language == RETOUR_LANGUAGE_FRENCH ? "À scanner" : "To scan");
  if (!add_orders (sheet, context, argc > 2 ? (const char *const *) argv + 2 : usual, &error)
      || !add_badges (sheet, context, &error) || !add_commands (sheet, context, &error)
      || !write_sheet (sheet, argv[1], &error))
    return retour_command_fail (context, "sheet", error);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();

      retour_json_add_text (object, "file", path);
      retour_json_add_number (object, "pages", retour_scan_sheet_count_pages (sheet));
      retour_command_print_json (context, object);
    }
  else
    g_string_append_printf (context->out, "%s\n", path);
  return RETOUR_EXIT_DONE;
}
