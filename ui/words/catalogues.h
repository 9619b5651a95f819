/* SPDX-License-Identifier: Apache-2.0 */
/* Where the translations are: both languages are text domains of their own ("retour-fr", "retour-en") in the folder of one
 * constant language, so that a program speaks both at once and switches at run time without any installed locale. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Binds both domains, and sets LANGUAGE and a UTF-8 LC_MESSAGES as they need. Once, before any thread. The catalogues are
 * those of RETOUR_LOCALE_DIR, beside the program in its build folder, or where the product is installed. */
void retour_catalogues_bind (void);

G_END_DECLS
