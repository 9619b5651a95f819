/* SPDX-License-Identifier: Apache-2.0 */
#include "parcel-list.h"

#include "chip.h"
#include "item-words.h"
#include "state-words.h"
#include "text.h"
#include "words.h"

#define NUMBER_KEY "retour-number"

static GtkWidget *
list_new (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "rt-list");
  retour_set_name (list, name);
  return list;
}

static GtkWidget *
row_new (const char *icon, const char *title, const char *subtitle, GtkWidget *end)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);

  gtk_widget_add_css_class (box, "rt-line");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), retour_text_new (title, "rt-t4"));
  gtk_box_append (GTK_BOX (words), retour_text_new (subtitle, "rt-muted"));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), end);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  retour_set_name (row, name);
  return row;
}

static gint64
units_of (const RetourParcel *parcel)
{
  gint64 units = 0;

  for (guint i = 0; i < parcel->lines->len; i++)
    units += ((const RetourLineQuantity *) parcel->lines->pdata[i])->quantity;
  return units;
}

static GtkWidget *
parcel_row_new (RetourNavigation *navigation, const RetourParcel *parcel, guint index)
{
  RetourLanguage language = retour_navigation_get_language (navigation);
  gboolean delivered = parcel->delivered_at != RETOUR_INSTANT_NONE;
  g_autofree char *carrier = retour_carrier_words (parcel->carrier);
  g_autofree char *units = retour_units_words (language, units_of (parcel));
  g_autofree char *title = g_strdup_printf (_ ("Parcel %u · %s"), index + 1, units);
  g_autofree char *subtitle =
      g_strdup_printf ("%s%s%s", carrier, *carrier != '\0' && parcel->tracking != NULL ? " · " : "",
                       parcel->tracking != NULL ? parcel->tracking : "");
  g_autofree char *day =
      delivered ? retour_day_format_short (retour_instant_day (parcel->delivered_at,
                                                               retour_navigation_get_time_zone (navigation)),
                                           language)
                : NULL;
  g_autofree char *state =
      delivered ? g_strdup_printf (_ ("Delivered on %s"), day) : g_strdup (retour_parcel_words (language, parcel));

  return row_new (delivered ? "package-x-generic-symbolic" : "rt-truck-symbolic", title, subtitle,
                  retour_chip_new (delivered ? RETOUR_TONE_SUCCESS : RETOUR_TONE_INFO,
                                   delivered ? "object-select-symbolic" : "rt-clock-symbolic", state));
}

GtkWidget *
retour_parcel_list_new (RetourWorkbench *bench)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  const GPtrArray *parcels = order->parcels;
  GtkWidget *list;

  if (parcels->len == 0
      || (parcels->len == 1 && ((const RetourParcel *) parcels->pdata[0])->delivered_at != RETOUR_INSTANT_NONE))
    return NULL;
  list = list_new (_ ("Parcels"));
  for (guint i = 0; i < parcels->len; i++)
    {
      GtkWidget *row = parcel_row_new (retour_workbench_get_navigation (bench), parcels->pdata[i], i);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

static void
return_activated (GtkListBox *list, GtkListBoxRow *row, RetourNavigation *navigation)
{
  retour_navigation_open_return (navigation, g_object_get_data (G_OBJECT (row), NUMBER_KEY));
}

static GtkWidget *
return_row_new (RetourWorkbench *bench, const RetourReturn *ret)
{
  RetourNavigation *navigation = retour_workbench_get_navigation (bench);
  RetourLanguage language = retour_navigation_get_language (navigation);
  RetourSaying saying = retour_return_saying (language, ret);
  g_autofree char *day =
      retour_day_format_words (retour_instant_day (ret->recorded_at, retour_navigation_get_time_zone (navigation)),
                               language);
  g_autofree char *units = retour_units_words (language, retour_return_units (ret));
  g_autofree char *amount = retour_money_format (ret->total, ret->currency, language);
  g_autofree char *subtitle = ret->gift || retour_workbench_hides_prices (bench)
                                  ? g_strdup_printf ("%s · %s", day, units)
                                  : g_strdup_printf ("%s · %s · %s", day, units, amount);
  GtkWidget *row =
      row_new ("rt-return-symbolic", ret->number, subtitle, retour_chip_new (saying.tone, saying.icon, saying.words));

  g_object_set_data_full (G_OBJECT (row), NUMBER_KEY, g_strdup (ret->number), g_free);
  return row;
}

GtkWidget *
retour_earlier_returns_new (RetourWorkbench *bench)
{
  const GPtrArray *returns = retour_workbench_get_workspace (bench)->returns;
  GtkWidget *list;

  if (returns == NULL || returns->len == 0)
    return NULL;
  list = list_new (_ ("Earlier returns"));
  for (guint i = 0; i < returns->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), return_row_new (bench, returns->pdata[i]));
  g_signal_connect (list, "row-activated", G_CALLBACK (return_activated), retour_workbench_get_navigation (bench));
  return list;
}
