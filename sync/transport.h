/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to the OMS by libcurl, several at once, on the one thread that uses it (PLATFORM.md 3). Only the enrolled OMS is
 * believed: its certificate must come from the company's authority, its key must have one of the pins, every answer must
 * echo the request's nonce. Who owns the thread runs it:
 *
 *   while (…)
 *     {
 *       retour_transport_perform (transport);                 calls `body` and `done`
 *       retour_transport_poll (transport, fds, n_fds, timeout);
 *     }
 */
#pragma once

#include "clock.h"
#include "oms.h"
#include "verdict.h"

G_BEGIN_DECLS

typedef struct
{
  const char *address;       /* "https://…", without a slash at its end */
  const char *authority_pem; /* the only authority believed; NULL: the pins alone decide (first enrolment) */
  const char *pins;          /* "sha256//…;sha256//…"; NULL or "": the authority alone decides (first enrolment) */
  const char *device_pem;    /* our key and certificate; NULL: none (first enrolment) */
  guint connect_timeout;     /* milliseconds; 0: 10,000 */
  guint stall_timeout;       /* seconds in which at least some bytes must come; 0: 30 */
} RetourTransportOptions;

typedef struct _RetourTransport RetourTransport;

/* Everything is copied but `clock`. RETOUR_OMS_ERROR_REFUSED for options that curl does not take. */
RetourTransport *retour_transport_new (const RetourTransportOptions *options,
                                       const RetourClock *clock,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends every request as cancelled; their `done` is called. */
void retour_transport_free (RetourTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourTransport, retour_transport_free)

typedef enum
{
  RETOUR_BODY_MORE,
  RETOUR_BODY_PAUSE, /* these bytes were not taken; they come again after retour_transport_resume */
  RETOUR_BODY_STOP,  /* enough: the request ends as too large */
} RetourBodyWish;

typedef struct
{
  RetourReplyOutline outline;
  RetourVerdict verdict;
  RetourInstant date;    /* NONE: absent */
  gint64 retry_after;    /* microseconds; -1: absent */
  const char *epoch;     /* of the book that the OMS keeps; NULL: not said */
  gint64 sent, answered; /* boot times: when it was handed in, when its headers came */
  const char *body; /* what was not taken by `body`: all of it without, a problem document with; not NUL-terminated */
  gsize body_length;
  const char *message; /* for support: the problem's words, or curl's; NULL when all is well */
} RetourReply;

/* Called for the bytes of a response that was judged to be the OMS's 200. */
typedef RetourBodyWish (*RetourTransportBody) (guint request, const char *bytes, gsize length, gpointer user_data);
/* Exactly once for every request, from perform, cancel, set_offline or free. Everything in `reply` is borrowed. */
typedef void (*RetourTransportDone) (guint request, const RetourReply *reply, gpointer user_data);

typedef struct
{
  const char *path;         /* "/v1/changes?…", escaped */
  GBytes *upload;           /* NULL: a GET */
  const char *media_type;   /* of the upload; NULL: application/json */
  const char *expected;     /* media type of a good answer */
  gsize cap;                /* of the body that is collected, decoded; 0: 4 MiB */
  guint timeout;            /* of the whole request, milliseconds; 0: none, the stall timeout watches */
  gboolean long_poll;       /* the OMS may keep silent for as long as `timeout` */
  RetourTransportBody body; /* NULL: collect */
  RetourTransportDone done;
  gpointer user_data;
} RetourTransportRequest;

/* The request's number, never 0. */
guint retour_transport_send (RetourTransport *transport, const RetourTransportRequest *request);
/* `done` is called before it returns; a number that is not out any more is left alone. */
void retour_transport_cancel (RetourTransport *transport, guint request);
void retour_transport_cancel_all (RetourTransport *transport);
void retour_transport_resume (RetourTransport *transport, guint request);
/* How many changes the response to a feed announced (Retour-Changes); 0: not said, or not out. */
guint64 retour_transport_get_announced (RetourTransport *transport, guint request);
/* Another identity for the requests to come; those under way keep theirs. */
void retour_transport_set_identity (RetourTransport *transport, const RetourTransportOptions *options);
/* As if the cable were out: what is under way fails, and what comes. */
void retour_transport_set_offline (RetourTransport *transport, gboolean offline);

void retour_transport_perform (RetourTransport *transport);
/* Waits for the transport's sockets and for `fds`, as g_poll does; -1 waits long. */
int retour_transport_poll (RetourTransport *transport, GPollFD *fds, guint n_fds, int timeout);

/* Sends one request and waits for its end: for a thread that has nothing else to do. */
void retour_transport_run (RetourTransport *transport, const RetourTransportRequest *request);

/* The verdict of a reply as an error of app/oms.h; must not be RETOUR_VERDICT_OK. */
GError *retour_reply_to_error (const RetourReply *reply);

G_END_DECLS
