/* SPDX-License-Identifier: Apache-2.0 */
/* The returns that need a person: what the OMS refused or what it conflicts with, in words, oldest first. */
#pragma once

#include "navigation.h"

G_BEGIN_DECLS

#define RETOUR_TYPE_TODO_PAGE (retour_todo_page_get_type ())
G_DECLARE_FINAL_TYPE (RetourTodoPage, retour_todo_page, RETOUR, TODO_PAGE, GtkBox)

RetourTodoPage *retour_todo_page_new (RetourNavigation *navigation);
void retour_todo_page_refresh (RetourTodoPage *self);

G_END_DECLS
