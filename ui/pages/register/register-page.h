/* SPDX-License-Identifier: Apache-2.0 */
/* The register (mock-up 09b): every return recorded here, newest first. Nothing is ever erased from it. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_REGISTER_PAGE (retour_register_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourRegisterPage, retour_register_page, RETOUR, REGISTER_PAGE, GtkBox)

RetourRegisterPage *retour_register_page_new (RetourNavigation *navigation);
/* Reads again from the top. */
void retour_register_page_refresh (RetourRegisterPage *self);

G_END_DECLS
