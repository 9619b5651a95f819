/* SPDX-License-Identifier: Apache-2.0 */
#include "parcel-list.h"

#include "item-words.h"
#include "state-row.h"
#include "state-words.h"
#include "words.h"

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static gint64
units_of (const RetourParcel *parcel)
{
  gint64 units = 0;

  for (guint i = 0; i < parcel->lines->len; i++)
    units += ((const RetourLineQuantity *) parcel->lines->pdata[i])->quantity;
  return units;
}

static RetourStateRow *
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
  const RetourSaying saying = {
    .tone = delivered ? RETOUR_TONE_SUCCESS : RETOUR_TONE_INFO,
    .icon = delivered ? "object-select-symbolic" : "rt-clock-symbolic",
    .words = state,
  };
  RetourStateRow *row =
      retour_state_row_new (delivered ? "package-x-generic-symbolic" : "rt-truck-symbolic", title, subtitle, &saying);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static gboolean
are_worth_listing (const GPtrArray *parcels)
{
  return parcels->len > 1
         || (parcels->len == 1 && ((const RetourParcel *) parcels->pdata[0])->delivered_at == RETOUR_INSTANT_NONE);
}

void
retour_parcel_list_fill (GtkListBox *list, RetourWorkbench *bench)
{
  const RetourOrder *order = retour_workbench_get_workspace (bench)->order;
  gboolean listed = order != NULL && are_worth_listing (order->parcels);

  clear (list);
  gtk_widget_set_visible (GTK_WIDGET (list), listed);
  for (guint i = 0; listed && i < order->parcels->len; i++)
    gtk_list_box_append (list, GTK_WIDGET (parcel_row_new (retour_workbench_get_navigation (bench),
                                                           order->parcels->pdata[i], i)));
}

static RetourStateRow *
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
  RetourStateRow *row = retour_state_row_new ("rt-return-symbolic", ret->number, subtitle, &saying);

  retour_state_row_set_key (row, ret->number);
  return row;
}

void
retour_earlier_returns_fill (GtkListBox *list, RetourWorkbench *bench)
{
  const GPtrArray *returns = retour_workbench_get_workspace (bench)->returns;

  clear (list);
  gtk_widget_set_visible (GTK_WIDGET (list), returns != NULL && returns->len > 0);
  for (guint i = 0; returns != NULL && i < returns->len; i++)
    gtk_list_box_append (list, GTK_WIDGET (return_row_new (bench, returns->pdata[i])));
}
