/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

struct _RetourJob
{
  RetourStoreJob job;
  RetourStoreReply reply;
  gpointer user_data;
  GMainContext *context; /* owned */
  RetourChangePage *page;
  gpointer result;
  GError *error;
};

RetourJob *
retour_job_new (RetourStoreJob job, RetourStoreReply reply, gpointer user_data)
{
  RetourJob *self = g_new0 (RetourJob, 1);

  self->job = job;
  self->reply = reply;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  return self;
}

RetourJob *
retour_job_new_page (RetourChangePage *page, RetourStoreReply reply, gpointer user_data)
{
  RetourJob *self = retour_job_new (NULL, reply, user_data);

  self->page = page;
  return self;
}

RetourChangePage *
retour_job_steal_page (RetourJob *self)
{
  return g_steal_pointer (&self->page);
}

void
retour_job_take_page (RetourJob *self, RetourChangePage *page)
{
  g_clear_pointer (&self->page, retour_change_page_free);
  self->page = page;
}

void
retour_job_run (RetourJob *self, RetourStore *store)
{
  self->result = self->job (store, self->user_data, &self->error);
}

void
retour_job_set_result (RetourJob *self, gpointer result)
{
  self->result = result;
}

void
retour_job_take_error (RetourJob *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

static void
job_free (RetourJob *self)
{
  g_clear_pointer (&self->page, retour_change_page_free);
  g_clear_error (&self->error);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
reply (gpointer data)
{
  RetourJob *self = data;

  self->reply (self->result, self->error, self->user_data);
  return G_SOURCE_REMOVE;
}

void
retour_job_answer (RetourJob *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->reply == NULL)
    {
      job_free (self);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, reply, self, (GDestroyNotify) job_free);
  g_source_attach (source, self->context);
}
