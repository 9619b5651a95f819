/* SPDX-License-Identifier: Apache-2.0 */
#include "retour.h"

#include <string.h>

#include "wire.h"

#define PATIENCE 10000 /* milliseconds: a person waits for this */
/* A long poll has limits of its own: the OMS keeps silent for WAIT seconds, and some time goes by on the way. */
#define WAIT "30"
#define LONG_PATIENCE 40000

struct _RetourQuestions
{
  RetourOms oms;
  const RetourDocuments *documents; /* borrowed */
  RetourQuestionsPost post;
  gpointer user_data;
  GHashTable *open; /* token → Question, a reference */
  guint last_token;
};

typedef enum
{
  ABOUT_ORDERS,
  ABOUT_STOCK,
  ABOUT_APPROVALS,
} Subject;

/* Shared by the asking thread and the worker's; each only touches its own members. */
typedef struct
{
  gatomicrefcount references;

  /* Asker */
  RetourQuestions *questions; /* borrowed; NULL once answered */
  guint token;
  RetourOmsOrdersReply orders_reply;
  RetourOmsStockReply stock_reply;
  RetourOmsRequestsReply requests_reply;
  gpointer user_data;
  GMainContext *context;

  /* Set before it is handed over, read-only afterwards */
  char *path;
  GBytes *upload; /* NULL: a GET */
  Subject subject;
  gboolean waits; /* a long poll */

  /* Worker */
  RetourExchange *exchange; /* borrowed */
  guint transfer;

  /* Written by the worker before the answer is handed back */
  GPtrArray *result;
  char *cursor;
  GError *error;
} Question;

static Question *
question_ref (Question *question)
{
  g_atomic_ref_count_inc (&question->references);
  return question;
}

static void
question_unref (gpointer pointer)
{
  Question *question = pointer;

  if (!g_atomic_ref_count_dec (&question->references))
    return;
  g_clear_pointer (&question->result, g_ptr_array_unref);
  g_clear_error (&question->error);
  g_main_context_unref (question->context);
  g_clear_pointer (&question->upload, g_bytes_unref);
  g_free (question->cursor);
  g_free (question->path);
  g_free (question);
}

static void
reply (Question *question, GPtrArray *result, const GError *error)
{
  switch (question->subject)
    {
    case ABOUT_ORDERS:
      question->orders_reply (result, error, question->user_data);
      return;
    case ABOUT_STOCK:
      question->stock_reply (result, error, question->user_data);
      return;
    case ABOUT_APPROVALS:
      question->requests_reply (result, result != NULL ? question->cursor : NULL, error, question->user_data);
      return;
    }
}

/* Back on the asker's thread; one that was cancelled meanwhile has been answered. */
static gboolean
on_answer (gpointer user_data)
{
  Question *question = user_data;

  if (question->questions != NULL)
    {
      RetourQuestions *questions = question->questions;
      question->questions = NULL;
      g_hash_table_steal (questions->open, GUINT_TO_POINTER (question->token));
      reply (question, question->result, question->error);
      question_unref (question);
    }
  return G_SOURCE_REMOVE;
}

/* Takes the worker's reference. */
static void
hand_back (Question *question)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_answer, question, question_unref);
  g_source_attach (source, question->context);
}

static GPtrArray *
read_result (Question *question, const RetourReply *http)
{
  const RetourDocuments *documents = retour_exchange_get_documents (question->exchange);

  switch (question->subject)
    {
    case ABOUT_ORDERS:
      return retour_orders_read (documents, http->body, http->body_length, &question->error);
    case ABOUT_STOCK:
      return retour_stock_read (http->body, http->body_length, &question->error);
    case ABOUT_APPROVALS:
      return retour_requests_read (documents, http->body, http->body_length, &question->cursor, &question->error);
    }
  g_return_val_if_reached (NULL);
}

static void
on_reply (guint transfer, const RetourReply *http, gpointer user_data)
{
  Question *question = user_data;

  question->transfer = 0;
  if (http->verdict != RETOUR_VERDICT_OK)
    question->error = retour_reply_to_error (http);
  else
    question->result = read_result (question, http);
  if (question->error != NULL && question->error->domain != RETOUR_OMS_ERROR)
    {
      question->error->domain = RETOUR_OMS_ERROR;
      question->error->code = RETOUR_OMS_ERROR_MALFORMED;
    }
  if (http->verdict == RETOUR_VERDICT_OK)
    retour_exchange_reached (question->exchange);
  hand_back (question);
}

static void
discard (gpointer data)
{
  Question *question = data;

  question->error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_OFFLINE, "there is no OMS to ask");
  hand_back (question);
}

static void
ask (RetourExchange *exchange, gpointer data)
{
  Question *question = data;
  RetourTransport *transport = retour_exchange_get_transport (exchange);

  if (transport == NULL)
    {
      discard (question);
      return;
    }
  question->exchange = exchange;
  question->transfer =
      retour_transport_send (transport,
                             &(RetourTransportRequest){ .path = question->path,
                                                        .upload = question->upload,
                                                        .expected = "application/json",
                                                        .timeout = question->waits ? LONG_PATIENCE : PATIENCE,
                                                        .long_poll = question->waits,
                                                        .done = on_reply,
                                                        .user_data = question });
}

static void
abandon (RetourExchange *exchange, gpointer data)
{
  Question *question = data;
  RetourTransport *transport = retour_exchange_get_transport (exchange);

  if (transport != NULL && question->transfer != 0)
    retour_transport_cancel (transport, question->transfer);
  question_unref (question);
}

static guint
begin (RetourQuestions *questions, Question *question, char *path)
{
  if (++questions->last_token == 0)
    ++questions->last_token;
  g_atomic_ref_count_init (&question->references);
  question->questions = questions;
  question->token = questions->last_token;
  question->context = g_main_context_ref_thread_default ();
  question->path = path;
  g_hash_table_insert (questions->open, GUINT_TO_POINTER (question->token), question);
  guint token = question->token;
  questions->post (ask, discard, question_ref (question), questions->user_data);
  return token;
}

static guint
search_orders (gpointer self, const char *query, RetourOmsOrdersReply orders_reply, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *escaped = g_uri_escape_string (query, NULL, FALSE);

  question->orders_reply = orders_reply;
  question->user_data = user_data;
  return begin (self, question, g_strconcat ("/v1/orders?q=", escaped, NULL));
}

static guint
find_order (gpointer self, const char *id_or_number, RetourOmsOrdersReply orders_reply, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *escaped = g_uri_escape_string (id_or_number, NULL, FALSE);

  question->orders_reply = orders_reply;
  question->user_data = user_data;
  return begin (self, question, g_strconcat ("/v1/orders/", escaped, NULL));
}

static guint
ask_stock (gpointer self, const char *sku, RetourOmsStockReply stock_reply, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *escaped = g_uri_escape_string (sku, NULL, FALSE);

  question->subject = ABOUT_STOCK;
  question->stock_reply = stock_reply;
  question->user_data = user_data;
  return begin (self, question, g_strconcat ("/v1/stock?sku=", escaped, NULL));
}

static guint
ask_approval (gpointer self,
              const RetourApprovalRequest *request,
              RetourOmsRequestsReply requests_reply,
              gpointer user_data)
{
  RetourQuestions *questions = self;
  Question *question = g_new0 (Question, 1);
  char *text = questions->documents->write_request (request, FALSE);

  question->subject = ABOUT_APPROVALS;
  question->requests_reply = requests_reply;
  question->user_data = user_data;
  question->upload = g_bytes_new_take (text, strlen (text));
  return begin (self, question, g_strdup ("/v1/approvals"));
}

static guint
await_approvals (gpointer self, const char *since, RetourOmsRequestsReply requests_reply, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *escaped = since != NULL ? g_uri_escape_string (since, NULL, FALSE) : NULL;

  question->subject = ABOUT_APPROVALS;
  question->requests_reply = requests_reply;
  question->user_data = user_data;
  question->waits = since != NULL;
  return begin (self, question,
                since != NULL ? g_strconcat ("/v1/approvals?wait=" WAIT "&since=", escaped, NULL)
                              : g_strdup ("/v1/approvals"));
}

static void
cancel (gpointer self, guint token)
{
  RetourQuestions *questions = self;
  Question *question = g_hash_table_lookup (questions->open, GUINT_TO_POINTER (token));
  g_autoptr (GError) error = NULL;

  if (question == NULL)
    return;
  g_hash_table_steal (questions->open, GUINT_TO_POINTER (token));
  question->questions = NULL;
  error = g_error_new_literal (RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_CANCELLED, "cancelled");
  reply (question, NULL, error);
  questions->post (abandon, question_unref, question, questions->user_data);
}

RetourQuestions *
retour_questions_new (const RetourDocuments *documents, RetourQuestionsPost post, gpointer user_data)
{
  RetourQuestions *questions = g_new0 (RetourQuestions, 1);

  questions->oms = (RetourOms){
    .search_orders = search_orders,
    .find_order = find_order,
    .ask_stock = ask_stock,
    .ask_approval = ask_approval,
    .await_approvals = await_approvals,
    .cancel = cancel,
    .self = questions,
  };
  questions->documents = documents;
  questions->post = post;
  questions->user_data = user_data;
  questions->open = g_hash_table_new (NULL, NULL);
  return questions;
}

void
retour_questions_cancel_all (RetourQuestions *questions)
{
  g_autoptr (GList) tokens = g_hash_table_get_keys (questions->open);

  for (GList *l = tokens; l != NULL; l = l->next)
    cancel (questions, GPOINTER_TO_UINT (l->data));
}

void
retour_questions_free (RetourQuestions *questions)
{
  if (questions == NULL)
    return;
  retour_questions_cancel_all (questions);
  g_hash_table_unref (questions->open);
  g_free (questions);
}

const RetourOms *
retour_questions_get_oms (RetourQuestions *questions)
{
  return &questions->oms;
}
