/* SPDX-License-Identifier: Apache-2.0 */
/* A small count with a button on each side; the + and - keys and the arrows work on it too. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_STEPPER (retour_stepper_get_type ())
G_DECLARE_FINAL_TYPE (RetourStepper, retour_stepper, RETOUR, STEPPER, GtkWidget)

/* Signal "value-changed": by the person, not by retour_stepper_set_value. */

/* `name` for a screen reader. */
RetourStepper *retour_stepper_new (const char *name, gint64 lowest, gint64 highest);
void retour_stepper_set_range (RetourStepper *self, gint64 lowest, gint64 highest);
void retour_stepper_set_value (RetourStepper *self, gint64 value);
gint64 retour_stepper_get_value (RetourStepper *self);
/* One more or one less, as if the button were used; nothing at the end of the range. */
void retour_stepper_step (RetourStepper *self, int by);

G_END_DECLS
