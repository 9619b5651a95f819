/* SPDX-License-Identifier: Apache-2.0 */
/* A job on its way through one of the storage's threads and back to who handed it in. */
#pragma once

#include "connection.h"

G_BEGIN_DECLS

typedef struct _RetourJob RetourJob;

/* Remembers the caller's thread-default main context, where `reply` (NULL: none) will run. */
RetourJob *retour_job_new (RetourStoreJob job, RetourStoreReply reply, gpointer user_data);
/* A job without a function of its own: what it carries is applied, then its result is set. Takes the page. */
RetourJob *retour_job_new_page (RetourChangePage *page, RetourStoreReply reply, gpointer user_data);

/* Given to the caller; NULL when it is no page or was taken. */
RetourChangePage *retour_job_steal_page (RetourJob *job);
/* Takes it back; it is freed after the reply, on the thread of that. */
void retour_job_take_page (RetourJob *job, RetourChangePage *page);

/* Runs the function and keeps what it returned. */
void retour_job_run (RetourJob *job, RetourStore *store);
void retour_job_set_result (RetourJob *job, gpointer result);
/* Takes the error. */
void retour_job_take_error (RetourJob *job, GError *error);

/* Sends the reply and frees the job. */
void retour_job_answer (RetourJob *job);

G_END_DECLS
