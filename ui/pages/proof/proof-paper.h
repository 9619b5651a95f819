/* SPDX-License-Identifier: Apache-2.0 */
/* The proof on paper: drawn and printed on a worker thread, each print remembered before it leaves so that no second original
 * ever comes out. What is not certain is said so. */
#pragma once

#include "navigation.h"
#include "printer.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_PROOF_PAPER_PRINTED,
  RETOUR_PROOF_PAPER_NO_PRINTER, /* none is set */
  RETOUR_PROOF_PAPER_OUT_OF_PAPER,
  RETOUR_PROOF_PAPER_COVER_OPEN,
  RETOUR_PROOF_PAPER_NOT_REACHED, /* nothing left: trying again is safe */
  RETOUR_PROOF_PAPER_UNKNOWN,     /* some of it left: the paper may be there or not */
  RETOUR_PROOF_PAPER_FAILED,      /* our side; `message` says what */
} RetourProofPaperOutcome;

/* Once, on the main context. `message`: technical words, or NULL. */
typedef void (*RetourProofPaperReply) (RetourProofPaperOutcome outcome, const char *message, gpointer user_data);

/* Copies what it needs. `returns` holds RetourReturn, one or all of a visit, on one paper; `orders` their RetourOrder, at the
 * same places, where known; it may be NULL. Cancelling drops the reply's effect, not the paper. */
void retour_proof_paper_print (RetourNavigation *navigation,
                               const GPtrArray *returns,
                               const GPtrArray *orders,
                               RetourProofPaperReply reply,
                               gpointer user_data);

/* The same as a PDF in the data directory's proofs/ folder. `path` or `error`, borrowed. */
typedef void (*RetourProofPdfReply) (const char *path, const GError *error, gpointer user_data);
void retour_proof_paper_save (RetourNavigation *navigation,
                              const GPtrArray *returns,
                              const GPtrArray *orders,
                              RetourProofPdfReply reply,
                              gpointer user_data);

G_END_DECLS
