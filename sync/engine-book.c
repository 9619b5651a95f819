/* SPDX-License-Identifier: Apache-2.0 */
/* Which book the OMS keeps. One that was restored from a backup has lost what it accepted since, and says so by another
 * epoch: what the store holds as accepted is then offered again, each under its own id. Until that is durable no answer of
 * the OMS's counts, neither one given under the new epoch nor a late one of the old: it would mark as accepted what nobody
 * will offer again. What goes unheard is sent once more and comes back as a duplicate. */
#include "engine-private.h"

void
retour_book_recall (RetourEngine *engine, const char *epoch)
{
  if (engine->book.epoch == NULL && epoch != NULL)
    engine->book.epoch = g_strdup (epoch);
}

gboolean
retour_book_admits (RetourEngine *engine, const RetourResponse *response)
{
  if (engine->book.offering != NULL)
    return FALSE;
  if (response->epoch == NULL || g_strcmp0 (response->epoch, engine->book.epoch) == 0)
    return TRUE;
  engine->book.offering = g_strdup (response->epoch);
  retour_engine_queue (engine, RETOUR_ACTION_RE_OFFER)->epoch = g_strdup (response->epoch);
  return FALSE;
}

void
retour_book_re_offered (RetourEngine *engine)
{
  if (engine->book.offering == NULL)
    return;
  g_clear_pointer (&engine->storage_message, g_free);
  g_free (engine->book.epoch);
  engine->book.epoch = g_steal_pointer (&engine->book.offering);
  engine->push.lane.due_at = MIN (engine->push.lane.due_at, engine->now.boot);
  engine->push.outdated = TRUE;
}

/* The next answer of that book tries again. */
void
retour_book_storage_failed (RetourEngine *engine, const char *message)
{
  g_clear_pointer (&engine->book.offering, g_free);
  retour_lane_fail (engine, &engine->push.lane, message);
}

void
retour_book_clear (RetourEngine *engine)
{
  g_clear_pointer (&engine->book.epoch, g_free);
  g_clear_pointer (&engine->book.offering, g_free);
}
