/* SPDX-License-Identifier: Apache-2.0 */
/* Articles, and how many of them are where. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the store its functions of this family. */
void retour_catalogue_plug (RetourStore *store);

gboolean retour_catalogue_keep_product (RetourConnection *connection,
                                        const RetourProduct *product,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
retour_catalogue_drop_product (RetourConnection *connection, const char *sku, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* `change` is a RETOUR_CHANGE_STOCK. */
gboolean retour_catalogue_keep_stock (RetourConnection *connection,
                                      const RetourChange *change,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A GTIN of 8 to 14 digits as a number, so that leading zeros do not matter; 0 when the text is none. */
gint64 retour_gtin_number (const char *gtin);

G_END_DECLS
