/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "slip.h"

/* The proof of return (DOMAIN.md 6, mock-up P1) as texts ready to print, in the customer's language.
 * Fields are owned by the struct: fill them with g_strdup() or g_strdup_printf(). NULL leaves a part out, so the
 * same struct serves with amounts, in gift mode (no amounts, totals, tenders) and offline (with `provisional`). */

typedef struct
{
  char *label; /* "Commande", "Robe chemise Ysé", "Livraison (retour partiel)", "CB •••• 4242, sous 3 à 5 jours" */
  char *value;  /* "1048-7213 (web)", "56,74 €", or NULL: printed to the right */
  char *detail; /* "38 · Bleu nuit · trop petit · état A", or NULL: printed under the label */
} RetourSlipLine;

/* One return: one number, one order, one refund. A proof of several orders has several. */
typedef struct
{
  char *number;         /* "R0214A-00381-7": title and Code 128 */
  GPtrArray *facts;     /* of RetourSlipLine: order, customer (short name), received by */
  GPtrArray *items;     /* of RetourSlipLine */
  GPtrArray *breakdown; /* of RetourSlipLine */
  char *total_label;    /* "À rembourser" */
  char *total;          /* "83,40 €" */
  GPtrArray *tenders;   /* of RetourSlipLine */
  char *acceptance;     /* "Reçu, à contrôler" or "Accepté" */
  char *token;          /* the signed token: the QR */
  char *token_text;     /* beside the QR: how to follow the refund */
} RetourSlipSection;

typedef struct
{
  char *chain;            /* "MAISON LISIÈRE" */
  GPtrArray *store_lines; /* of char *: address, store and phone */
  char *title;            /* "PREUVE DE RETOUR" */
  char *duplicate;        /* "DUPLICATA 2" */
  char *date;             /* "mardi 18 novembre 2025 · 10:48" */
  char *provisional;      /* "Enregistré hors ligne" */
  GPtrArray *sections;    /* of RetourSlipSection, at least one */
  char *sum_label;        /* over several sections: "À rembourser en tout" */
  char *sum;
  char *keep;   /* "À garder jusqu’au remboursement" */
  char *legal;  /* the legal latest date of the refund */
  char *terms;  /* the store's conditions */
  char *footer; /* "Terminal A · contrôle 7F3A-91C2" */
} RetourSlipProof;

RetourSlipProof *retour_slip_proof_new (void);
void retour_slip_proof_free (RetourSlipProof *self);

/* Copies `text` under the chain's name; NULL or empty adds nothing. */
void retour_slip_proof_add_store_line (RetourSlipProof *self, const char *text);

/* The new section belongs to the proof; fill its fields. */
RetourSlipSection *retour_slip_proof_add_section (RetourSlipProof *self);

/* `lines` is one of a section's arrays; the texts are copied; `value` and `detail` may be NULL. */
void retour_slip_section_add (GPtrArray *lines, const char *label, const char *value, const char *detail);

/* Lays the proof out for paper of `width` dots (RETOUR_SLIP_WIDTH_80MM or _58MM). */
RetourSlip *retour_slip_proof_compose (const RetourSlipProof *self, int width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourSlipProof, retour_slip_proof_free)
