/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* What can go wrong on the way to paper, for the whole folder. Files that cannot be written come as G_FILE_ERROR. */

#define RETOUR_PAPER_ERROR (retour_paper_error_quark ())

typedef enum
{
  RETOUR_PAPER_ERROR_CODE,    /* a text that this kind of code cannot hold */
  RETOUR_PAPER_ERROR_DRAW,    /* cairo or Pango could not draw or write */
  RETOUR_PAPER_ERROR_SETTING, /* a printer setting that cannot be understood */
  RETOUR_PAPER_ERROR_PRINTER, /* the printer did not print; the RetourPrintResult says how far it went */
} RetourPaperError;

GQuark retour_paper_error_quark (void);
