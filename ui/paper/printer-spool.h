/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "printer.h"

/* What stands in for a printer: a CUPS queue, a folder. Only this folder of sources uses it. `result` and the error are
 * those of retour_printer_print(). */

gboolean retour_printer_spool_to_cups (const char *queue,
                                       const RetourPrintJob *job,
                                       gint64 deadline,
                                       GCancellable *cancellable,
                                       RetourPrintResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean retour_printer_spool_to_folder (const char *folder,
                                         const RetourPrintJob *job,
                                         RetourPrintResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
