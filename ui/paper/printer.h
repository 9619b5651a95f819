/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "escpos.h"
#include "label.h"
#include "slip.h"

/* A printer as the settings name it, and one job on it. The words are UnifiedPOS's. Nothing is ever sent twice by
 * itself: a printer prints what it has buffered after the line dropped, so only a person may ask again.
 *
 *   tcp://HOST[:9100]        an ESC/POS printer on the network
 *   file:/dev/usb/lp0        one on a cable (anything else than a device is simply written to)
 *   cups:QUEUE               a raw CUPS queue, through lp
 *   dir:/PATH                no printer: NAME.pdf, NAME.png and NAME.escpos are written there
 *
 * followed, if need be, by ?KEY=VALUE&…: width=58 (80 unless told), text=858:19 or text=1252:16 (printer's own
 * letters, with its number of that code page), status=no (it never answers: send, and do not claim to know). */

typedef struct _RetourPrinter RetourPrinter;

typedef enum
{
  RETOUR_PRINT_PRINTED,    /* the printer said so, or what stands in for it took the job (then not `confirmed`) */
  RETOUR_PRINT_PAPER_END,  /* out of paper */
  RETOUR_PRINT_COVER_OPEN, /* cover open */
  RETOUR_PRINT_NO_ANSWER,  /* it went silent or hung up; with `sent`, the paper may be there or not: unknown */
  RETOUR_PRINT_OFFLINE,    /* not to be reached, busy with somebody else, or not ready; nothing was sent */
  RETOUR_PRINT_FAILED,     /* our side: no such folder, no lp, refused, cancelled before sending */
} RetourPrintOutcome;

typedef struct
{
  RetourPrintOutcome outcome;
  gboolean sent;      /* some of the job left: with any outcome but PRINTED, part of it may be on paper */
  gboolean confirmed; /* the printer's ordered status, or a written file, proves it */
  gboolean near_end;  /* the roll is nearly used up */
} RetourPrintResult;

/* One paper in each form a printer may want. */
typedef struct
{
  char *name;     /* owned; stem of the files: the return's number */
  GBytes *escpos; /* owned */
  GBytes *png;    /* owned */
  GBytes *pdf;    /* owned */
} RetourPrintJob;

/* "printed", "paper_end", "cover_open", "no_answer", "offline", "failed". */
const char *retour_print_outcome_to_string (RetourPrintOutcome outcome);

/* Fails with RETOUR_PAPER_ERROR_SETTING and a text that names what is wrong. */
RetourPrinter *retour_printer_new (const char *setting, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_printer_free (RetourPrinter *self);

/* The width to compose slips for: RETOUR_SLIP_WIDTH_80MM or RETOUR_SLIP_WIDTH_58MM. */
int retour_printer_get_width (const RetourPrinter *self);

/* Draws and encodes `slip` the way this printer wants it. The slip must have the printer's width. */
RetourPrintJob *retour_printer_prepare (const RetourPrinter *self,
                                        const RetourSlip *slip,
                                        const char *name,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourPrintJob *
retour_print_job_new_for_bag (const RetourBagLabel *label, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourPrintJob *retour_print_job_new_for_routing (const RetourRoutingLabel *label,
                                                  const char *name,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_print_job_free (RetourPrintJob *self);

/* Prints, and waits for the printer's word: never longer than `timeout_ms`. Blocks, so it belongs on a worker thread;
 * one job at a time a printer. TRUE when printed. Otherwise `error` says why in technical words. `result` is filled
 * either way: a failure too leaves a state to remember. Cancelling gives G_IO_ERROR_CANCELLED, and `sent` as it was. */
gboolean retour_printer_print (RetourPrinter *self,
                               const RetourPrintJob *job,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               RetourPrintResult *result,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPrinter, retour_printer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPrintJob, retour_print_job_free)
