/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

/* What zbarimg, which knows nothing of us, reads in a picture: one text a code, in no order. */
GStrv code_reader_read (GBytes *png);

/* The same after another program has harmed the picture: convert's options ("-blur", "0x1.2"). */
GStrv code_reader_read_harmed (GBytes *png, const char *const *options);

/* A page of a PDF as a PNG of 203 dpi, by pdftoppm; and its text, by pdftotext. */
GBytes *code_reader_render_pdf (GBytes *pdf);
char *code_reader_dup_pdf_text (GBytes *pdf);
