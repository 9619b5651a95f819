/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet laid over the page: head, body that scrolls, foot that stays. Not a toplevel, so it is safe under a kiosk
 * compositor. Focus stays inside; Escape closes it, as does the cross. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RETOUR_TYPE_SHEET (retour_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RetourSheet, retour_sheet, RETOUR, SHEET, GtkWidget)

/* Signal "closed": it is gone, by whatever way. Emitted once. */

/* `title` names the sheet for a screen reader and stands in the head, unless retour_sheet_set_head puts something else
 * there. */
RetourSheet *retour_sheet_new (const char *title);

/* Replaces title and subtitle on the left of the head; the cross stays at the right end. */
void retour_sheet_set_head (RetourSheet *self, GtkWidget *head);
void retour_sheet_set_subtitle (RetourSheet *self, const char *subtitle);
void retour_sheet_set_body (RetourSheet *self, GtkWidget *body);
/* NULL: no foot. */
void retour_sheet_set_foot (RetourSheet *self, GtkWidget *foot);
/* Natural width in px at normal text size; it shrinks with the window. Default 560; the item sheet 1080. */
void retour_sheet_set_width (RetourSheet *self, int width);
/* What gets the focus at opening; default the first that can. */
void retour_sheet_set_initial_focus (RetourSheet *self, GtkWidget *widget);

void retour_sheet_close (RetourSheet *self);

G_END_DECLS
