/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTP call and its answer. */
#pragma once

#include "sandbox.h"

#include <json-c/json.h>

G_BEGIN_DECLS

typedef struct
{
  Sandbox *sandbox;
  struct MHD_Connection *connection;
  const char *method; /* borrowed from the connection, as all strings here but the owned ones */
  const char *path;
  const char *rest; /* what the route's * stood for */
  GString *body;    /* owned */
  gboolean too_large;

  /* Who calls, once that is known; owned. NULL: nobody enrolled. */
  char *terminal, *store, *letter;

  SandboxLuck luck;
  gboolean delayed;
  gint64 poll_until; /* monotonic; 0: does not poll yet */
  guint ticket;      /* of the timer, taken before it looked */
} SandboxCall;

/* A parameter of the query string; borrowed, NULL without. */
const char *sandbox_call_parameter (const SandboxCall *call, const char *name);
const char *sandbox_call_header (const SandboxCall *call, const char *name);

/* Fills an answer's body piece by piece, as MHD_ContentReaderCallback. */
typedef struct
{
  gssize (*read) (gpointer self, guint64 position, char *buffer, gsize size);
  void (*free) (gpointer self);
  gpointer self;
} SandboxStream;

typedef struct
{
  guint status;
  const char *media_type; /* static */
  const char *encoding;   /* static: "gzip", "zstd", or NULL */
  GBytes *body;           /* NULL with a stream */
  SandboxStream stream;
  char *etag;
  guint retry_after; /* seconds, 0: none */
  gint64 changes;    /* Retour-Changes: how many lines to expect, -1: none */
} SandboxReply;

void sandbox_reply_free (SandboxReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReply, sandbox_reply_free)

/* Takes the text; NULL: an empty body. */
SandboxReply *sandbox_reply_new (guint status, const char *media_type, char *text);
/* Takes the object. */
SandboxReply *sandbox_reply_new_json (guint status, json_object *object);
/* RFC 9457: `name` is the type's last part, "cursor-gone". */
SandboxReply *sandbox_reply_new_problem (guint status, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The document itself, for the answer of an operation too. Takes nothing; the caller's. */
json_object *sandbox_problem_new (guint status, const char *name, const char *detail);

G_END_DECLS
