/* SPDX-License-Identifier: Apache-2.0 */
/* Which slots of which packs have all terms of a query. */
#pragma once

#include "connection.h"
#include "search-query.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 pack;
  gint64 newest; /* nothing in it was placed later, seconds */
  RetourSlots slots;
  guint matched; /* words of the query, while they are asked one after the other */
} RetourPackMatch;

/* RetourPackMatch, of those packs that are ready and have at least one slot. The caller's. */
GArray *retour_search_match (RetourConnection *connection,
                             const RetourSearchQuery *query,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
