/* SPDX-License-Identifier: Apache-2.0 */
/* What a scanner set to a US keyboard meant when the computer took its keys for those of a French one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each character replaced by the one at the place of its key on a QWERTY keyboard, shifted when it was shifted; characters
 * that the French layout does not type are kept. The caller's. `text` is UTF-8. */
char *retour_keyboard_azerty_to_qwerty (const char *text);

G_END_DECLS
