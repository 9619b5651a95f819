/* SPDX-License-Identifier: Apache-2.0 */
/* One request under way and its curl handle; the transport's inside. */
#pragma once

#include <curl/curl.h>

#include "transport.h"

G_BEGIN_DECLS

typedef struct
{
  char *address, *authority_pem, *pins, *device_pem; /* NULL as in RetourTransportOptions */
  guint connect_timeout, stall_timeout;
} RetourTransferSettings;

typedef struct
{
  guint number;
  const RetourClock *clock; /* borrowed */
  RetourTransportBody body;
  RetourTransportDone done;
  gpointer user_data;
  char *path, *expected;
  GBytes *upload;
  char *media_type;
  gsize cap;
  guint timeout;
  gboolean long_poll;

  CURL *easy;
  struct curl_slist *headers;
  char error_text[CURL_ERROR_SIZE];
  gboolean added, paused;
  const char *problem; /* why it was not added; static */

  char nonce[33];
  RetourReplyOutline outline;
  RetourInstant date;
  char *retry_after, *epoch;
  guint64 announced; /* Retour-Changes */
  gint64 sent, answered;
  GByteArray *collected;
  gboolean headers_whole, too_large, stopped;
} RetourTransfer;

RetourTransfer *retour_transfer_new (guint number, const RetourTransportRequest *request, const RetourClock *clock);
void retour_transfer_free (RetourTransfer *transfer);

/* Sets every option of the handle. NULL, or what went wrong: static. */
const char *retour_transfer_prepare (RetourTransfer *transfer, const RetourTransferSettings *settings);

RetourTransferEnd retour_transfer_judge_end (const RetourTransfer *transfer, CURLcode result);
/* For support; NULL when all is well; borrowed from the transfer. */
const char *retour_transfer_describe (const RetourTransfer *transfer, CURLcode result);
/* Calls `done`. */
void retour_transfer_report (RetourTransfer *transfer, RetourTransferEnd end, const char *message);

G_END_DECLS
