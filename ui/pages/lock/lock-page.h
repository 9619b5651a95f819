/* SPDX-License-Identifier: Apache-2.0 */
/* The locked desk (mock-up 10): a badge alone opens it, or one's name and a code. Shows how much is put aside and unsent, and
 * nothing of any customer. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_LOCK_PAGE (retour_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourLockPage, retour_lock_page, RETOUR, LOCK_PAGE, GtkBox)

RetourLockPage *retour_lock_page_new (RetourNavigation *navigation);
/* Reads staff and drafts again, forgets what was typed. */
void retour_lock_page_refresh (RetourLockPage *self);
/* Something else than a badge was scanned. */
void retour_lock_page_refuse_scan (RetourLockPage *self);

G_END_DECLS
