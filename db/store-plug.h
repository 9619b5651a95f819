/* SPDX-License-Identifier: Apache-2.0 */
/* All families of questions together make the store. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

/* Gives the connection's store all of its functions. */
void retour_store_plug (RetourConnection *connection);

G_END_DECLS
