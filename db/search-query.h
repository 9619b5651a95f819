/* SPDX-License-Identifier: Apache-2.0 */
/* A query as the terms to look up. */
#pragma once

#include "search-terms.h"

G_BEGIN_DECLS

#define RETOUR_MOST_QUERY_WORDS 16

typedef struct
{
  const char *text;
  char term[RETOUR_LONGEST_TERM];
  gboolean exact; /* who has the term has the word */
} RetourQueryWord;

typedef struct
{
  char **texts; /* owned */
  RetourQueryWord words[RETOUR_MOST_QUERY_WORDS];
  guint n;
  const char *all; /* the query as one text of words; borrowed */
} RetourSearchQuery;

/* Into a zeroed query, from words as search-words.h writes them; they must outlive it. */
void retour_search_query_read (RetourSearchQuery *query, const char *words);
void retour_search_query_clear (RetourSearchQuery *query);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RetourSearchQuery, retour_search_query_clear)

gboolean retour_search_query_is_exact (const RetourSearchQuery *query);

/* A code longer than what the index has of it, or NULL. */
RetourQueryWord *retour_search_query_long_code (RetourSearchQuery *query);

G_END_DECLS
