/* SPDX-License-Identifier: Apache-2.0 */
/* The one thread that writes and checkpoints. Clerks' jobs are urgent; pages of changes are applied in slices between which
 * urgent jobs run (HOUSE.md, Threads; PLATFORM.md 10). */
#pragma once

#include "job.h"

G_BEGIN_DECLS

typedef struct _RetourWriterThread RetourWriterThread;

/* Takes the connection. */
RetourWriterThread *retour_writer_thread_new (RetourConnection *connection);
/* Runs the urgent jobs that wait, fails the pages, and gives the connection back. */
RetourConnection *retour_writer_thread_stop (RetourWriterThread *thread);

/* From any thread. Both take the job. */
void retour_writer_thread_push (RetourWriterThread *thread, RetourJob *job);
void retour_writer_thread_push_page (RetourWriterThread *thread, RetourJob *job);

G_END_DECLS
