/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-stage.h"

#include <adwaita.h>
#include <string.h>

#include "navigation-private.h"
#include "pages-resources.h"
#include "retour-resources.h"
#include "words.h"

static struct
{
  ExchangeStage *stage;
  const ExchangeStageOptions *options;
  RetourServices services;
  RetourStorage storage;
  RetourOms oms;
  RetourDesk *desk;
  RetourOmsStockReply reply;
  gpointer reply_data;
} play;

/* Another dress, of which there are two sizes. */
static RetourProduct *
similar_dress (const char *size)
{
  RetourProduct *product = reference_dress ("Bleu nuit", size);

  g_free (product->sku);
  g_free (product->product);
  g_free (product->title);
  product->sku = g_strdup_printf ("ROBE-PLI-BLN-%s", size);
  product->product = g_strdup ("ROBE-PLI");
  product->title = g_strdup ("Robe midi plissée");
  product->unit_price = 5000;
  return product;
}

static GPtrArray *
products_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
}

static GPtrArray *
product_variants (RetourStore *store, const char *product, GError **error)
{
  GPtrArray *list;

  if (play.options->failing)
    {
      g_set_error_literal (error, RETOUR_STORE_ERROR, RETOUR_STORE_ERROR_CORRUPT, "database disk image is malformed");
      return NULL;
    }
  if (strcmp (product, "ROBE-YSE") == 0)
    return reference_dresses ();
  list = products_new ();
  g_ptr_array_add (list, similar_dress ("38"));
  g_ptr_array_add (list, similar_dress ("40"));
  return list;
}

static GPtrArray *
similar_products (RetourStore *store, const char *category, const char *except_product, guint limit, GError **error)
{
  GPtrArray *list = products_new ();

  g_ptr_array_add (list, similar_dress ("40"));
  return list;
}

static GPtrArray *
stock (RetourStore *store, const char *sku, GError **error)
{
  GPtrArray *figures = reference_stock (sku);

  for (guint i = 0; i < figures->len; i++)
    ((RetourStockFigure *) figures->pdata[i])->at -= play.options->stock_age;
  return figures;
}

typedef struct
{
  RetourStoreJob job;
  RetourStoreReply reply;
  gpointer user_data;
} Job;

static gboolean
run_job (gpointer user_data)
{
  RetourStore store = { .product_variants = product_variants, .similar_products = similar_products, .stock = stock };
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  gpointer result = job->job (&store, job->user_data, &error);

  job->reply (result, error, job->user_data);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static void
read_store (gpointer self, RetourStoreJob job, RetourStoreReply reply, gpointer user_data)
{
  Job *queued = g_new0 (Job, 1);

  queued->job = job;
  queued->reply = reply;
  queued->user_data = user_data;
  g_idle_add (run_job, queued);
}

static guint
ask_stock (gpointer self, const char *sku, RetourOmsStockReply reply, gpointer user_data)
{
  g_free (play.stage->asked);
  play.stage->asked = g_strdup (sku);
  play.reply = reply;
  play.reply_data = user_data;
  return 7;
}

static void
cancel (gpointer self, guint token)
{
  g_autoptr (GError) error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED, "cancelled");
  RetourOmsStockReply reply = play.reply;

  if (reply == NULL)
    return;
  play.stage->cancelled++;
  play.reply = NULL;
  g_clear_pointer (&play.stage->asked, g_free);
  reply (NULL, error, play.reply_data);
}

void
exchange_stage_answer (ExchangeStage *stage, gint64 here)
{
  g_autoptr (GError) error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE, "no answer");
  g_autoptr (GPtrArray) figures = reference_stock (stage->asked);
  RetourOmsStockReply reply = play.reply;

  g_assert_nonnull (reply);
  play.reply = NULL;
  g_clear_pointer (&stage->asked, g_free);
  ((RetourStockFigure *) figures->pdata[0])->quantity = here;
  if (here < 0)
    reply (NULL, error, play.reply_data);
  else
    reply (figures, NULL, play.reply_data);
  exchange_stage_settle ();
}

static void
ended (RetourExchangeEnd end, const RetourExchangedItem *item, gboolean ask, gpointer user_data)
{
  ExchangeStage *stage = user_data;

  stage->ends++;
  stage->end = end;
  stage->ask = ask;
  retour_exchanged_item_free (stage->item);
  stage->item = item != NULL ? retour_exchanged_item_copy (item) : NULL;
}

static void
get_link (gpointer self, RetourLink *link)
{
  *link = (RetourLink){ .state = play.options->offline ? RETOUR_LINK_OFFLINE : RETOUR_LINK_UP_TO_DATE };
}

static RetourNavigation *
navigation_new (const ExchangeStageOptions *options)
{
  RetourNavigation *navigation = g_new0 (RetourNavigation, 1);

  play.desk = reference_desk ();
  play.storage = (RetourStorage){ .read = read_store, .write = read_store };
  play.oms = (RetourOms){ .ask_stock = ask_stock, .cancel = cancel };
  play.services =
      (RetourServices){ .desk = play.desk, .storage = &play.storage, .oms = &play.oms, .get_link = get_link };
  navigation->services = &play.services;
  navigation->zone = retour_time_zone_new ("Europe/Paris");
  navigation->preferences = retour_preferences_new ();
  navigation->preferences->language = options->language;
  get_link (NULL, &navigation->link);
  return navigation;
}

static RetourWorkspace *
workspace_new (const ExchangeStageOptions *options)
{
  RetourWorkspace *workspace = reference_workspace (options->even);

  workspace->order->gift = options->gift;
  if (options->jumper)
    reference_add (workspace, "l2", "changed_mind");
  reference_add (workspace, "l1", options->reason != NULL ? options->reason : "size_small");
  if (options->incomplete)
    retour_draft_set_condition (workspace->draft, workspace->draft->entries->len - 1, NULL);
  return workspace;
}

static GtkWidget *
window_new (ExchangeStage *stage, int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *rail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *toasts = retour_toast_stage_new (box);

  gtk_widget_add_css_class (window, "retour");
  gtk_widget_add_css_class (rail, "rt-rail");
  gtk_widget_set_size_request (rail, 120, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (stage->page), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (stage->page), "rt-page");
  gtk_box_append (GTK_BOX (box), rail);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stage->page));
  gtk_window_set_child (GTK_WINDOW (window), toasts);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  stage->navigation->window = window;
  stage->navigation->toasts = RETOUR_TOAST_STAGE (toasts);
  return window;
}

void
exchange_stage_settle (void)
{
  for (guint i = 0; i < 50 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

void
exchange_stage_load_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strdup_printf ("/fr/retour/Retour/%s", name);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
exchange_stage_show (ExchangeStage *stage)
{
  retour_exchange_page_show (stage->page, stage->workspace, stage->workspace->draft->entries->len - 1, ended, stage);
  exchange_stage_settle ();
}

static void
prepare (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  retour_ui_init_words ();
  adw_init ();
  retour_register_resource ();
  pages_register_resource ();
  exchange_stage_load_style ("style.css");
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/fr/retour/Retour/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

ExchangeStage *
exchange_stage_new (const ExchangeStageOptions *options, int width, int height)
{
  ExchangeStage *stage = g_new0 (ExchangeStage, 1);

  prepare ();
  retour_ui_set_language (options->language);
  play.stage = stage;
  play.options = options;
  stage->navigation = navigation_new (options);
  stage->workspace = workspace_new (options);
  stage->page = RETOUR_EXCHANGE_PAGE (retour_exchange_page_new (stage->navigation));
  stage->window = window_new (stage, width, height);
  gtk_window_present (GTK_WINDOW (stage->window));
  exchange_stage_show (stage);
  return stage;
}

void
exchange_stage_free (ExchangeStage *stage)
{
  retour_exchange_page_leave (stage->page);
  gtk_window_destroy (GTK_WINDOW (stage->window));
  exchange_stage_settle ();
  retour_workspace_free (stage->workspace);
  retour_exchanged_item_free (stage->item);
  g_time_zone_unref (stage->navigation->zone);
  retour_preferences_free (stage->navigation->preferences);
  g_free (stage->navigation);
  g_clear_pointer (&play.desk, retour_desk_free);
  g_free (stage->asked);
  g_free (stage);
}

static gboolean
take (ExchangeStage *stage, RetourRoute *route)
{
  gboolean taken = retour_exchange_page_scan (stage->page, route);

  retour_route_free (route);
  exchange_stage_settle ();
  return taken;
}

static RetourRoute *
route_new (RetourRouteKind kind, const char *text)
{
  RetourRoute *route = g_new0 (RetourRoute, 1);

  route->kind = kind;
  route->scan = retour_scan_classify (text, -1, NULL, NULL, NULL);
  route->orders = g_ptr_array_new ();
  return route;
}

gboolean
exchange_stage_scan (ExchangeStage *stage, const char *sku)
{
  RetourRoute *route = route_new (RETOUR_ROUTE_PRODUCT, "3612345678904");
  g_autoptr (GPtrArray) dresses = reference_dresses ();

  g_ptr_array_add (dresses, similar_dress ("40"));
  for (guint i = 0; i < dresses->len; i++)
    if (strcmp (((RetourProduct *) dresses->pdata[i])->sku, sku) == 0)
      route->product = g_ptr_array_steal_index (dresses, i--);
  return take (stage, route);
}

gboolean
exchange_stage_command (ExchangeStage *stage, RetourScanCommand command)
{
  RetourRoute *route = route_new (RETOUR_ROUTE_COMMAND, "RC:confirm");

  route->scan->command = command;
  return take (stage, route);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget);
}

/* Every word below `widget` that can be seen. */
static void
read_words (GtkWidget *widget, GString *words, const char *between)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? between : "", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    read_words (child, words, between);
}

static GtkWidget *
find_below (GtkWidget *widget, const char *name)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (is_control (widget))
    {
      g_autoptr (GString) words = g_string_new (NULL);

      read_words (widget, words, ", ");
      if (g_str_has_prefix (words->str, name))
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
exchange_stage_find (ExchangeStage *stage, const char *name)
{
  return find_below (stage->window, name);
}

void
exchange_stage_press (GtkWidget *widget)
{
  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_is_sensitive (widget));
  if (GTK_IS_TOGGLE_BUTTON (widget))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (widget), TRUE);
  else if (GTK_IS_CHECK_BUTTON (widget))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
  else if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)))
    g_signal_emit_by_name (gtk_widget_get_parent (widget), "row-activated", widget);
  exchange_stage_settle ();
}

char *
exchange_stage_read (ExchangeStage *stage)
{
  GString *words = g_string_new (NULL);

  read_words (stage->window, words, "\n");
  return g_string_free (words, FALSE);
}
