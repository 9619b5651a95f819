/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "raster.h"

/* The two stickers: on a customer's bag in the drop box (mock-up P2) and on an item that leaves (P3). Fields are owned
 * by the struct, in the right language; NULL leaves a part out. Long texts are made smaller down to 24 dots, then
 * end in an ellipsis: a sticker cannot grow. No customer name on either. */

/* 800 x 400 dots, 100 x 50 mm. */
typedef struct
{
  char *bin;     /* "BAC A" */
  char *chain;   /* "Maison Lisière · Retour" */
  char *place;   /* "Lyon Bellecour · 18/11/2025 10:58" */
  char *number;  /* "R0214K-00057-3": text and Code 128 */
  char *qr;      /* what the small QR holds; the number when NULL */
  char *content; /* "2 articles dans ce sac" */
  char *order;   /* "Commande 1048-7213" */
} RetourBagLabel;

/* 640 x 400 dots, 80 x 50 mm. */
typedef struct
{
  char *kicker;      /* "TRANSFERT VERS" */
  char *destination; /* "LYON PART-DIEU" */
  gboolean truck;    /* it leaves the store: a lorry is drawn */
  char *title;       /* "Robe chemise Ysé" */
  char *variant;     /* "Bleu nuit · taille " */
  char *size;        /* "38": bold after the variant */
  char *note;        /* "Rupture là-bas · départ 18/11, 17 h" */
  char *code;        /* "T0214-004417": text and Code 128 */
  char *grade;       /* "A" */
  char *number;      /* "R0214A-00381-7" */
  char *part;        /* "art. 1/2" */
} RetourRoutingLabel;

RetourBagLabel *retour_bag_label_new (void);
void retour_bag_label_free (RetourBagLabel *self);

RetourRoutingLabel *retour_routing_label_new (void);
void retour_routing_label_free (RetourRoutingLabel *self);

/* As dots, and as a page true to size. Fail with RETOUR_PAPER_ERROR_DRAW or RETOUR_PAPER_ERROR_CODE. */
RetourRaster *retour_bag_label_draw (const RetourBagLabel *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *retour_bag_label_to_pdf (const RetourBagLabel *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourRaster *retour_routing_label_draw (const RetourRoutingLabel *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *retour_routing_label_to_pdf (const RetourRoutingLabel *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourBagLabel, retour_bag_label_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourRoutingLabel, retour_routing_label_free)
