/* SPDX-License-Identifier: Apache-2.0 */
#include "search-query.h"

#include <stdlib.h>
#include <string.h>

void
retour_search_query_clear (RetourSearchQuery *query)
{
  g_clear_pointer (&query->texts, g_strfreev);
}

/* The longest words first: they are the rarest, and once nothing is left the others need not be asked. */
static int
longest_first (gconstpointer a, gconstpointer b)
{
  const gsize left = strlen (((const RetourQueryWord *) a)->text);
  const gsize right = strlen (((const RetourQueryWord *) b)->text);

  return left < right ? 1 : left > right ? -1 : 0;
}

void
retour_search_query_read (RetourSearchQuery *query, const char *words)
{
  query->all = words;
  query->texts = g_strsplit (words, " ", -1);
  for (guint i = 0; query->texts[i] != NULL && query->n < RETOUR_MOST_QUERY_WORDS; i++)
    {
      RetourQueryWord *word = &query->words[query->n];

      word->text = query->texts[i][0] == '#' ? query->texts[i] + 1 : query->texts[i];
      if (*word->text == '\0')
        continue;
      retour_term_of_query_word (word->text, word->term, &word->exact);
      query->n++;
    }
  qsort (query->words, query->n, sizeof query->words[0], longest_first);
}

gboolean
retour_search_query_is_exact (const RetourSearchQuery *query)
{
  for (guint i = 0; i < query->n; i++)
    if (!query->words[i].exact)
      return FALSE;
  return TRUE;
}

RetourQueryWord *
retour_search_query_long_code (RetourSearchQuery *query)
{
  for (guint i = 0; i < query->n; i++)
    if (!query->words[i].exact && strchr (query->words[i].text, '@') == NULL
        && strpbrk (query->words[i].text, "0123456789") != NULL)
      return &query->words[i];
  return NULL;
}
