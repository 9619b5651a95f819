/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

/* What the picture and the text form of a job share. Only this folder uses it. */

/* Appends `count` ints as bytes. */
void retour_escpos_append (GByteArray *out, int count, ...);

void retour_escpos_append_start (GByteArray *out); /* ESC @ */
void retour_escpos_append_cut (GByteArray *out);   /* GS V 66 0: feed to the blade, cut all but a corner */
