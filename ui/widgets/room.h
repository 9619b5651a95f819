/* SPDX-License-Identifier: Apache-2.0 */
/* A bin that tells its child how much room there is, and never makes the window larger than the screen: what it holds hides
 * what matters least instead. Room is measured in characters: large text in a wide window is as narrow as a small window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_ROOM_FULL,
  RETOUR_ROOM_NARROW, /* a small window, or larger text */
  RETOUR_ROOM_LEAST,  /* large text in a common window */
  RETOUR_ROOM_TINY,   /* large text in a small window: only what one came for */
} RetourRoom;

#define RETOUR_TYPE_ROOM_BIN (retour_room_bin_get_type ())
G_DECLARE_FINAL_TYPE (RetourRoomBin, retour_room_bin, RETOUR, ROOM_BIN, GtkWidget)

/* Signal "changed": retour_room_bin_get_room gives another answer than before. In .ui files its child is a plain child. */

GtkWidget *retour_room_bin_new (void);
void retour_room_bin_set_child (RetourRoomBin *self, GtkWidget *child);
RetourRoom retour_room_bin_get_room (RetourRoomBin *self);

/* The room that so many px are at the text size now chosen. */
RetourRoom retour_room_of_width (int width);

G_END_DECLS
