/* SPDX-License-Identifier: Apache-2.0 */
/* The window that says why the desk cannot open: whoever touched its icon sees no standard error. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows what `error` means and what to do about it, in the screen's language, with its own words beneath. Returns when it
 * was closed or has stood there long enough to be read; at once when there is no display. Before any other application. */
void retour_start_trouble_show (const GError *error);

G_END_DECLS
