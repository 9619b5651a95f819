/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "printer.h"
#include "raster.h"

/* printer-emulator.py as a child of the test. */

typedef struct
{
  char *folder;  /* where it leaves what it printed */
  char *setting; /* how the program names it: "tcp://127.0.0.1:PORT" or "file:/dev/pts/N" */
  GSubprocess *process;
  GDataInputStream *said;
} PrinterEmulator;

/* `fault` as in the emulator's own help, or NULL; `way` is "tcp" or "pty". Returns once it listens. */
PrinterEmulator *printer_emulator_new (const char *way, const char *fault);
void printer_emulator_free (PrinterEmulator *self);

/* Waits until it says so, word for word. */
void printer_emulator_expect (PrinterEmulator *self, const char *line);

int printer_emulator_count_pages (const PrinterEmulator *self);
RetourRaster *printer_emulator_load_picture (const PrinterEmulator *self, int page);
char *printer_emulator_load_text (const PrinterEmulator *self, int page);

/* A fresh folder, and its end with what is in it. */
char *test_folder_new (void);
void test_folder_remove (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterEmulator, printer_emulator_free)
