/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that reads. Each job sees one moment of the database and ends its reading before it replies. */
#pragma once

#include "job.h"

G_BEGIN_DECLS

typedef struct _RetourReaderThread RetourReaderThread;

/* Takes the connection. */
RetourReaderThread *retour_reader_thread_new (RetourConnection *connection);
/* Runs the jobs that wait and closes the connection. */
void retour_reader_thread_stop (RetourReaderThread *thread);

/* From any thread. Takes the job. */
void retour_reader_thread_push (RetourReaderThread *thread, RetourJob *job);

G_END_DECLS
