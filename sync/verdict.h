/* SPDX-License-Identifier: Apache-2.0 */
/* What an answer to a request means, judged from its outside: how the transfer ended, the status, the headers. Pure. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

/* How a transfer ended, as the transport saw it. */
typedef enum
{
  RETOUR_TRANSFER_DONE,      /* a whole response */
  RETOUR_TRANSFER_FAILED,    /* no connection, time-out, broken off before a status line */
  RETOUR_TRANSFER_CUT,       /* broken off inside the body; what came before was delivered */
  RETOUR_TRANSFER_TOO_LARGE, /* our own cap on what is read */
  RETOUR_TRANSFER_UNTRUSTED, /* certificate, host name or pin: nothing was sent */
  RETOUR_TRANSFER_CANCELLED,
} RetourTransferEnd;

typedef enum
{
  RETOUR_VERDICT_OK,
  RETOUR_VERDICT_CUT,       /* the OMS's answer, broken off: what is whole in it counts */
  RETOUR_VERDICT_NETWORK,   /* no answer */
  RETOUR_VERDICT_PORTAL,    /* somebody else's answer, or an answer to another question */
  RETOUR_VERDICT_UNTRUSTED, /* the other side is not the OMS that was pinned */
  RETOUR_VERDICT_BUSY,      /* 408, 425, 429, 5xx: later */
  RETOUR_VERDICT_RENEW,     /* 401: our certificate is not, or no longer, known */
  RETOUR_VERDICT_FORBIDDEN, /* 403: this terminal was revoked */
  RETOUR_VERDICT_GONE,      /* 410: start again without a cursor */
  RETOUR_VERDICT_TOO_LARGE, /* 413: send less at a time */
  RETOUR_VERDICT_REJECTED,  /* 400, 422: the OMS cannot make sense of what was sent; it never will */
  RETOUR_VERDICT_UPGRADE,   /* 426: this version is too old for the OMS */
  RETOUR_VERDICT_REFUSED,   /* any other 4xx: its address or version is wrong */
  RETOUR_VERDICT_MALFORMED, /* the OMS's own answer, but nonsense */
  RETOUR_VERDICT_CANCELLED,
} RetourVerdict;
#define RETOUR_N_VERDICTS 15

/* "ok", "cut"…; static. */
const char *retour_verdict_code (RetourVerdict verdict);

typedef struct
{
  RetourTransferEnd end;
  guint status;            /* HTTP status, 0: none came */
  gboolean nonce_echoed;   /* Retour-Nonce is the request's */
  gboolean protocol_known; /* Retour-Protocol: 1 */
  gboolean media_type_expected;
} RetourReplyOutline;

/* It was the OMS itself that answered, whatever it said: its headers are believed. */
gboolean retour_verdict_is_from_oms (RetourVerdict verdict);

RetourVerdict retour_verdict_judge (const RetourReplyOutline *reply);

/* Retry-After: seconds, or an HTTP date that `date` (the response's Date, RETOUR_INSTANT_NONE without) is subtracted from.
 * Microseconds, within its bounds; -1 when absent or unreadable. */
gint64 retour_retry_after_parse (const char *value, RetourInstant date);
/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7); RETOUR_INSTANT_NONE when it is not one. */
RetourInstant retour_http_date_parse (const char *value);

G_END_DECLS
