/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl search and retourctl order: what the cache of this terminal knows. Contact data is masked, as on the screen;
 * only an order's whole document, asked for by its number, has it. */
#include "command.h"

#include <string.h>

static json_object *
describe_summary (const RetourOrderSummary *summary)
{
  const RetourCustomer customer = { .name = summary->customer_name, .email = summary->email, .phone = summary->phone };
  g_autofree char *email = retour_customer_masked_email (&customer);
  g_autofree char *phone = retour_customer_masked_phone (&customer);
  json_object *object = json_object_new_object ();

  retour_json_add_text (object, "id", summary->id);
  retour_json_add_text (object, "number", summary->number);
  retour_json_add_text (object, "channel", summary->channel);
  retour_json_add_text (object, "customer", summary->customer_name);
  retour_json_add_text (object, "email", email);
  retour_json_add_text (object, "phone", phone);
  retour_json_add_instant (object, "placed_at", summary->placed_at);
  retour_json_add_text (object, "currency", summary->currency);
  retour_json_add_number (object, "captured", summary->captured);
  retour_json_add_number (object, "units", summary->units);
  retour_json_add_number (object, "returnable", summary->returnable);
  return object;
}

static void
print_summary (RetourCommandContext *context, const RetourOrderSummary *summary)
{
  g_autofree char *amount = retour_money_format (summary->captured, summary->currency, context->language);
  g_autofree char *placed = retour_instant_format (summary->placed_at);

  g_string_append_printf (context->out, "%s  %.10s  %s  %s  %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " returnable\n",
                          summary->number, placed, summary->customer_name != NULL ? summary->customer_name : "-",
                          amount, summary->returnable, summary->units);
}

RetourExit
retour_run_search (RetourCommandContext *context, int argc, char **argv)
{
  g_autofree char *words = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GError) error = NULL;
  int limit = 50;
  RetourExit status;
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "At most so many (default 50)", "N" },
    { NULL },
  };

  if (!retour_command_parse (
          context, retour_command_find ("search"), entries, &argc, &argv,
          "Each word is the beginning of a name, e-mail, phone, number or code; an amount with a date finds "
          "too: 129,90 2026-11-02.\nExit status: 0 found, 3 nothing fits.",
          &status))
    return status;
  if (argc < 2 || limit < 1)
    return retour_command_misused (context, argc < 2 ? "search: expected words to look for"
                                                     : "search: --limit: expected a whole number >= 1");
  words = g_strjoinv (" ", argv + 1);
  orders = context->store->search_orders (context->store, words, (guint) limit, &error);
  if (orders == NULL)
    return retour_command_fail (context, "search", error);
  if (context->json)
    {
      g_autoptr (json_object) object = json_object_new_object ();
      json_object *list = json_object_new_array ();

      for (guint i = 0; i < orders->len; i++)
        json_object_array_add (list, describe_summary (g_ptr_array_index (orders, i)));
      json_object_object_add (object, "orders", list);
      retour_command_print_json (context, object);
    }
  else
    for (guint i = 0; i < orders->len; i++)
      print_summary (context, g_ptr_array_index (orders, i));
  return orders->len > 0 ? RETOUR_EXIT_DONE : RETOUR_EXIT_NOT_FOUND;
}

static void
print_order (RetourCommandContext *context, const RetourOrder *order)
{
  g_autofree char *name = retour_customer_short_name (&order->customer);
  g_autofree char *placed = retour_instant_format (order->placed_at);
  g_autofree char *captured = retour_money_format (retour_order_captured (order), order->currency, context->language);

  g_string_append_printf (context->out, "%s  %.10s  %s  %s\n", order->number, placed, name != NULL ? name : "-",
                          captured);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RetourOrderLine *line = g_ptr_array_index (order->lines, i);
      g_autofree char *paid =
          order->gift ? g_strdup ("") : retour_money_format (line->paid, order->currency, context->language);

      g_string_append_printf (context->out,
                              "  %s  %s %s  %" G_GINT64_FORMAT " bought, %" G_GINT64_FORMAT " returnable  %s\n",
                              line->id, line->title != NULL ? line->title : "-",
                              line->variant != NULL ? line->variant : "", line->quantity,
                              retour_order_line_returnable (line), paid);
    }
}

/* More than one order may hold a code: a parcel of two orders, a carrier that uses a number again. */
static RetourExit
name_choices (RetourCommandContext *context, const char *code, const GPtrArray *found)
{
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (numbers, "%s%s", i > 0 ? ", " : "",
                            ((const RetourOrderSummary *) g_ptr_array_index (found, i))->number);
  return retour_command_misused (context, "order: %s: of several orders, name one: %s", code, numbers->str);
}

/* By number, id, or any code of the order; NULL with *status. */
static RetourOrder *
find_order (RetourCommandContext *context, const char *named, RetourExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  RetourOrder *order = context->store->find_order (context->store, named, &error);

  if (order == NULL && g_error_matches (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      found = context->store->lookup_code (context->store, named, &error);
    }
  if (found != NULL && found->len == 1)
    order = context->store->find_order (context->store, ((const RetourOrderSummary *) g_ptr_array_index (found, 0))->id,
                                        &error);
  if (error != NULL)
    *status = retour_command_fail (context, "order", error);
  else if (found != NULL && found->len == 0)
    *status = retour_command_missing (context, "order: %s: not in this terminal's cache", named);
  else if (order == NULL)
    *status = name_choices (context, named, found);
  return order;
}

RetourExit
retour_run_order (RetourCommandContext *context, int argc, char **argv)
{
  g_autoptr (RetourOrder) order = NULL;
  RetourExit status;

  if (!retour_command_parse (
          context, retour_command_find ("order"), NULL, &argc, &argv,
          "NUMBER may be any code of the order. With --json it prints the whole document, contact data "
          "included, as quote --order takes it.",
          &status))
    return status;
  if (argc != 2)
    return retour_command_misused (context, "order: expected one number");
  order = find_order (context, argv[1], &status);
  if (order == NULL)
    return status;
  if (context->json)
    {
      g_autofree char *text = context->documents->write_order (order);
      g_autoptr (json_object) object = json_tokener_parse (text);

      retour_command_print_json (context, object);
    }
  else
    print_order (context, order);
  return RETOUR_EXIT_DONE;
}
