/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to an OMS that speaks the Retour protocol: app/oms.h, answered by the worker's thread. */
#pragma once

#include "exchange.h"
#include "oms.h"

G_BEGIN_DECLS

typedef struct _RetourQuestions RetourQuestions;

/* Runs `work` on the worker's thread with its exchange, soon; when the thread is not there, `discard` alone is called. */
typedef void (*RetourQuestionsWork) (RetourExchange *exchange, gpointer data);
typedef void (*RetourQuestionsPost) (RetourQuestionsWork work,
                                     GDestroyNotify discard,
                                     gpointer data,
                                     gpointer user_data);

/* Made, asked and freed on one thread; `post` is called there. `documents` is borrowed. */
RetourQuestions *retour_questions_new (const RetourDocuments *documents, RetourQuestionsPost post, gpointer user_data);
/* Questions still open are answered RETOUR_OMS_ERROR_CANCELLED. */
void retour_questions_free (RetourQuestions *questions);
void retour_questions_cancel_all (RetourQuestions *questions);
/* Borrowed; valid as long as `questions`. */
const RetourOms *retour_questions_get_oms (RetourQuestions *questions);

G_END_DECLS
