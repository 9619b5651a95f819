/* SPDX-License-Identifier: Apache-2.0 */
/* What one hears of a scan: a high short tone when it was taken, a low double one when it was not (UI.md 3). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_SOUND_TAKEN,
  RETOUR_SOUND_REFUSED,
} RetourSound;

/* Runs on the main context once, when the machine cannot play it: there is no device, or it is taken. */
typedef void (*RetourSoundFailed) (RetourSound sound, gpointer user_data);

/* Plays it soon, on a thread of its own: never waits, whatever the sound system does. A sound that comes while another waits
 * for a slow device takes its place. */
void retour_sound_play (RetourSound sound, RetourSoundFailed failed, gpointer user_data);

G_END_DECLS
