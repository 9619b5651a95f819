/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "printer-line.h"
#include "printer.h"

/* The conversation with an ESC/POS printer (ENGINEERING.md A.4): ask how it is, send, and ask in order whether it is
 * done. Only this folder uses it. `result` and the error are those of retour_printer_print(). */

gboolean retour_printer_talk (RetourPrinterLine *line,
                              GBytes *job,
                              gint64 deadline,
                              RetourPrintResult *result,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the job to what never answers. */
gboolean retour_printer_talk_blindly (RetourPrinterLine *line, GBytes *job, RetourPrintResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Fills `result` with `outcome`, sets an error made of `reason` and, if any, `cause`'s words, and returns FALSE. */
gboolean retour_print_fail (
    RetourPrintResult *result, RetourPrintOutcome outcome, GError **error, const char *reason, const GError *cause);
