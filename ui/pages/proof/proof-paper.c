/* SPDX-License-Identifier: Apache-2.0 */
#include "proof-paper.h"

#include "slip-content.h"
#include "slip-draw.h"

#include <errno.h>
#include <glib/gstdio.h>

/* A slip takes two seconds; a printer that says nothing for ten has nothing to say. */
#define PRINT_LIMIT_MS 10000

typedef struct
{
  const RetourStorage *storage; /* borrowed: of the main */
  GPtrArray *returns;           /* RetourReturn of one visit: one paper, counted and named by the first */
  GPtrArray *orders;            /* RetourOrder of each, or NULL */
  RetourIdentity *identity;
  GTimeZone *zone;
  RetourLanguage language;
  char *printer, *directory;
  guint copies;

  RetourProofPaperOutcome outcome;
  char *message;
  RetourProofPaperReply printed;
  RetourProofPdfReply saved;
  gpointer user_data;
} PaperJob;

static void
paper_job_free (PaperJob *job)
{
  g_ptr_array_unref (job->returns);
  g_ptr_array_unref (job->orders);
  retour_identity_free (job->identity);
  g_time_zone_unref (job->zone);
  g_free (job->printer);
  g_free (job->directory);
  g_free (job->message);
  g_free (job);
}

static const RetourReturn *
first_of (const PaperJob *job)
{
  return job->returns->pdata[0];
}

static void
copy_subject (PaperJob *job, const GPtrArray *returns, const GPtrArray *orders)
{
  job->returns = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_return_free);
  job->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_order_free);
  for (guint i = 0; i < returns->len; i++)
    {
      const RetourOrder *order = orders != NULL && i < orders->len ? orders->pdata[i] : NULL;

      g_ptr_array_add (job->returns, retour_return_copy (returns->pdata[i]));
      g_ptr_array_add (job->orders, order != NULL ? retour_order_copy (order) : NULL);
    }
}

static PaperJob *
paper_job_new (RetourNavigation *navigation, const GPtrArray *returns, const GPtrArray *orders, gpointer user_data)
{
  const RetourServices *services = retour_navigation_get_services (navigation);
  PaperJob *job = g_new0 (PaperJob, 1);

  job->storage = services->storage;
  copy_subject (job, returns, orders);
  job->identity = retour_identity_copy (retour_desk_get_identity (services->desk));
  job->zone = g_time_zone_ref (retour_navigation_get_time_zone (navigation));
  job->language = retour_navigation_get_slip_language (navigation);
  job->printer = g_strdup (services->printer);
  job->directory = g_strdup (services->data_directory);
  job->user_data = user_data;
  return job;
}

static RetourSlip *
compose (const PaperJob *job, int width)
{
  g_autoptr (RetourSlipProof) content =
      retour_slip_content_new (job->language, job->identity, job->returns, job->orders, NULL, job->zone, job->copies);

  return retour_slip_proof_compose (content, width);
}

static RetourProofPaperOutcome
judge (const RetourPrintResult *result)
{
  switch (result->outcome)
    {
    case RETOUR_PRINT_PRINTED:
      return RETOUR_PROOF_PAPER_PRINTED;
    case RETOUR_PRINT_PAPER_END:
      return result->sent ? RETOUR_PROOF_PAPER_UNKNOWN : RETOUR_PROOF_PAPER_OUT_OF_PAPER;
    case RETOUR_PRINT_COVER_OPEN:
      return result->sent ? RETOUR_PROOF_PAPER_UNKNOWN : RETOUR_PROOF_PAPER_COVER_OPEN;
    case RETOUR_PRINT_NO_ANSWER:
      return result->sent ? RETOUR_PROOF_PAPER_UNKNOWN : RETOUR_PROOF_PAPER_NOT_REACHED;
    case RETOUR_PRINT_OFFLINE:
      return RETOUR_PROOF_PAPER_NOT_REACHED;
    case RETOUR_PRINT_FAILED:
      return result->sent ? RETOUR_PROOF_PAPER_UNKNOWN : RETOUR_PROOF_PAPER_FAILED;
    }
  return RETOUR_PROOF_PAPER_UNKNOWN;
}

static void
print_on_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PaperJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourPrinter) printer = retour_printer_new (job->printer, &error);
  g_autoptr (RetourSlip) slip = printer != NULL ? compose (job, retour_printer_get_width (printer)) : NULL;
  g_autoptr (RetourPrintJob) paper =
      slip != NULL ? retour_printer_prepare (printer, slip, first_of (job)->number, &error) : NULL;
  RetourPrintResult result = { .outcome = RETOUR_PRINT_FAILED };

  if (paper != NULL && retour_printer_print (printer, paper, PRINT_LIMIT_MS, NULL, &result, &error))
    job->outcome = RETOUR_PROOF_PAPER_PRINTED;
  else
    job->outcome = judge (&result);
  job->message = error != NULL ? g_strdup (error->message) : NULL;
  g_task_return_boolean (task, TRUE);
}

static const char *
state_of (RetourProofPaperOutcome outcome)
{
  switch (outcome)
    {
    case RETOUR_PROOF_PAPER_PRINTED:
      return "printed";
    case RETOUR_PROOF_PAPER_UNKNOWN:
      return "unknown";
    case RETOUR_PROOF_PAPER_NO_PRINTER:
    case RETOUR_PROOF_PAPER_OUT_OF_PAPER:
    case RETOUR_PROOF_PAPER_COVER_OPEN:
    case RETOUR_PROOF_PAPER_NOT_REACHED:
    case RETOUR_PROOF_PAPER_FAILED:
      return "not_printed";
    }
  return "unknown";
}

static gpointer
run_take_back (RetourStore *store, gpointer user_data, GError **error)
{
  PaperJob *job = user_data;
  guint copies;

  return store->record_print (store, first_of (job)->id, state_of (job->outcome), &copies, error) ? job : NULL;
}

static void
print_finished (PaperJob *job)
{
  job->printed (job->outcome, job->message, job->user_data);
  paper_job_free (job);
}

static void
take_back_replied (gpointer result, const GError *error, gpointer user_data)
{
  /* Unremembered, the next paper says DUPLICATA though this one never came out: the safe side. */
  print_finished (user_data);
}

static void
thread_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaperJob *job = user_data;

  if (g_str_equal (state_of (job->outcome), "not_printed"))
    job->storage->write (job->storage->self, run_take_back, take_back_replied, job);
  else
    print_finished (job);
}

static gpointer
run_remember (RetourStore *store, gpointer user_data, GError **error)
{
  PaperJob *job = user_data;

  return store->record_print (store, first_of (job)->id, "sent", &job->copies, error) ? job : NULL;
}

static void
remember_replied (gpointer result, const GError *error, gpointer user_data)
{
  PaperJob *job = user_data;
  g_autoptr (GTask) task = NULL;

  if (result == NULL)
    {
      job->outcome = RETOUR_PROOF_PAPER_FAILED;
      job->message = g_strdup (error != NULL ? error->message : NULL);
      print_finished (job);
      return;
    }
  task = g_task_new (NULL, NULL, thread_finished, job);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, print_on_thread);
}

void
retour_proof_paper_print (RetourNavigation *navigation,
                          const GPtrArray *returns,
                          const GPtrArray *orders,
                          RetourProofPaperReply reply,
                          gpointer user_data)
{
  PaperJob *job = paper_job_new (navigation, returns, orders, user_data);

  job->printed = reply;
  if (job->printer == NULL || *job->printer == '\0')
    {
      job->outcome = RETOUR_PROOF_PAPER_NO_PRINTER;
      print_finished (job);
      return;
    }
  job->storage->write (job->storage->self, run_remember, remember_replied, job);
}

static void
save_on_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PaperJob *job = task_data;
  GError *error = NULL;
  g_autoptr (RetourSlip) slip = compose (job, RETOUR_SLIP_WIDTH_80MM);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, &error);
  g_autofree char *folder = g_build_filename (job->directory, "proofs", NULL);
  g_autofree char *name = g_strdup_printf ("%s.pdf", first_of (job)->number);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (pdf == NULL)
    g_task_return_error (task, error);
  else if (g_mkdir_with_parents (folder, 0700) != 0)
    g_task_return_new_error (task, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s", folder,
                             g_strerror (errno));
  else if (!g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

static void
save_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaperJob *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);

  job->saved (path, error, job->user_data);
  paper_job_free (job);
}

void
retour_proof_paper_save (RetourNavigation *navigation,
                         const GPtrArray *returns,
                         const GPtrArray *orders,
                         RetourProofPdfReply reply,
                         gpointer user_data)
{
  PaperJob *job = paper_job_new (navigation, returns, orders, user_data);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, save_finished, job);

  job->saved = reply;
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, save_on_thread);
}
