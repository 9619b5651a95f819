/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

/* Bytes to and from a printer, each wait bounded by one deadline and by a cancellable. Only this folder uses it. */

typedef struct _RetourPrinterLine RetourPrinterLine;

/* `deadline` is in g_get_monotonic_time() terms. Both fail with G_IO_ERROR when there is nobody to talk to. */
RetourPrinterLine *retour_printer_line_connect (GSocketConnectable *address,
                                                gint64 deadline,
                                                GCancellable *cancellable,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
RetourPrinterLine *retour_printer_line_open (const char *path,
                                             gint64 deadline,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void retour_printer_line_free (RetourPrinterLine *self);

/* FALSE for what can only be written to: an ordinary file, a device that gives nothing back. */
gboolean retour_printer_line_can_answer (const RetourPrinterLine *self);

/* Writes all of it, dropping whatever comes back meanwhile. `written`, if not NULL, counts what left and
 * is kept up to date on failure too. Fails with G_IO_ERROR_TIMED_OUT, _CANCELLED, _BROKEN_PIPE. */
gboolean retour_printer_line_write (RetourPrinterLine *self,
                                    const guint8 *bytes,
                                    gsize length,
                                    gsize *written,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One byte, waiting for it until `until` at most (G_IO_ERROR_TIMED_OUT). */
gboolean retour_printer_line_read (RetourPrinterLine *self, gint64 until, guint8 *byte, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Forgets what has come in and was not read. */
void retour_printer_line_drain (RetourPrinterLine *self);

/* Says that no more will be written, and waits a moment for the other end to have taken it all. For printers that never answer. */
void retour_printer_line_finish (RetourPrinterLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourPrinterLine, retour_printer_line_free)
