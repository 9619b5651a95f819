/* SPDX-License-Identifier: Apache-2.0 */
#include "transport.h"

#include <curl/curl.h>
#include <sodium.h>
#include <string.h>

#include "transfer.h"

#define LONGEST_POLL 60000

struct _RetourTransport
{
  RetourTransferSettings settings;
  const RetourClock *clock; /* borrowed */
  CURLM *multi;
  GHashTable *transfers; /* guint → RetourTransfer */
  guint last_request;
  gboolean offline;
};

static void
clear_settings (RetourTransferSettings *settings)
{
  if (settings->device_pem != NULL)
    sodium_memzero (settings->device_pem, strlen (settings->device_pem));
  g_clear_pointer (&settings->address, g_free);
  g_clear_pointer (&settings->authority_pem, g_free);
  g_clear_pointer (&settings->pins, g_free);
  g_clear_pointer (&settings->device_pem, g_free);
}

void
retour_transport_set_identity (RetourTransport *transport, const RetourTransportOptions *options)
{
  RetourTransferSettings *settings = &transport->settings;

  clear_settings (settings);
  settings->address = g_strdup (options->address);
  settings->authority_pem = g_strdup (options->authority_pem);
  settings->pins = options->pins && *options->pins ? g_strdup (options->pins) : NULL;
  settings->device_pem = g_strdup (options->device_pem);
  settings->connect_timeout = options->connect_timeout ? options->connect_timeout : 10000;
  settings->stall_timeout = options->stall_timeout ? options->stall_timeout : 30;
}

RetourTransport *
retour_transport_new (const RetourTransportOptions *options, const RetourClock *clock, GError **error)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, 1 + (curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK));
  if (options->authority_pem == NULL && (options->pins == NULL || *options->pins == '\0'))
    {
      g_set_error (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_REFUSED,
                   "neither the OMS's authority nor a pin is known: nobody could be believed");
      return NULL;
    }
  g_autoptr (RetourTransport) transport = g_new0 (RetourTransport, 1);
  retour_transport_set_identity (transport, options);
  transport->clock = clock;
  transport->transfers = g_hash_table_new (NULL, NULL);
  transport->multi = curl_multi_init ();
  if (once != 2 || transport->multi == NULL
      || curl_multi_setopt (transport->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 6L) != CURLM_OK
      || curl_multi_setopt (transport->multi, CURLMOPT_MAXCONNECTS, 4L) != CURLM_OK)
    {
      g_set_error (error, RETOUR_OMS_ERROR, RETOUR_OMS_ERROR_REFUSED, "libcurl cannot be used");
      return NULL;
    }
  return g_steal_pointer (&transport);
}

void
retour_transport_free (RetourTransport *transport)
{
  if (transport == NULL)
    return;
  retour_transport_cancel_all (transport);
  g_hash_table_unref (transport->transfers);
  if (transport->multi != NULL)
    curl_multi_cleanup (transport->multi);
  clear_settings (&transport->settings);
  g_free (transport);
}

/* Takes the transfer out before its end is told, so that whoever hears of it may send, cancel or free. */
static void
end_transfer (RetourTransport *transport, RetourTransfer *transfer, RetourTransferEnd end, const char *message)
{
  g_hash_table_remove (transport->transfers, GUINT_TO_POINTER (transfer->number));
  if (transfer->easy != NULL && transfer->added)
    curl_multi_remove_handle (transport->multi, transfer->easy);
  retour_transfer_report (transfer, end, message);
  retour_transfer_free (transfer);
}

guint
retour_transport_send (RetourTransport *transport, const RetourTransportRequest *request)
{
  if (++transport->last_request == 0)
    ++transport->last_request;
  guint number = transport->last_request;
  RetourTransfer *transfer = retour_transfer_new (number, request, transport->clock);
  const char *problem = retour_transfer_prepare (transfer, &transport->settings);

  g_hash_table_insert (transport->transfers, GUINT_TO_POINTER (number), transfer);
  if (problem == NULL && !transport->offline)
    {
      transfer->added = curl_multi_add_handle (transport->multi, transfer->easy) == CURLM_OK;
      if (!transfer->added)
        problem = "libcurl does not take the request";
    }
  transfer->problem = problem; /* told by perform: never from inside send */
  return number;
}

void
retour_transport_cancel (RetourTransport *transport, guint request)
{
  RetourTransfer *transfer = g_hash_table_lookup (transport->transfers, GUINT_TO_POINTER (request));

  if (transfer != NULL)
    end_transfer (transport, transfer, RETOUR_TRANSFER_CANCELLED, "cancelled");
}

static void
end_all (RetourTransport *transport, RetourTransferEnd end, const char *message)
{
  g_autoptr (GList) transfers = g_hash_table_get_values (transport->transfers);

  for (GList *l = transfers; l != NULL; l = l->next)
    if (g_hash_table_contains (transport->transfers, GUINT_TO_POINTER (((RetourTransfer *) l->data)->number)))
      end_transfer (transport, l->data, end, message);
}

void
retour_transport_cancel_all (RetourTransport *transport)
{
  end_all (transport, RETOUR_TRANSFER_CANCELLED, "cancelled");
}

void
retour_transport_resume (RetourTransport *transport, guint request)
{
  RetourTransfer *transfer = g_hash_table_lookup (transport->transfers, GUINT_TO_POINTER (request));

  if (transfer == NULL || !transfer->paused)
    return;
  transfer->paused = FALSE;
  curl_easy_pause (transfer->easy, CURLPAUSE_CONT);
}

guint64
retour_transport_get_announced (RetourTransport *transport, guint request)
{
  const RetourTransfer *transfer = g_hash_table_lookup (transport->transfers, GUINT_TO_POINTER (request));

  return transfer ? transfer->announced : 0;
}

void
retour_transport_set_offline (RetourTransport *transport, gboolean offline)
{
  transport->offline = offline;
  if (offline)
    end_all (transport, RETOUR_TRANSFER_FAILED, "the terminal was taken off the network");
}

/* What could not even be begun ends here, like everything else. */
static void
end_stillborn (RetourTransport *transport)
{
  g_autoptr (GList) transfers = g_hash_table_get_values (transport->transfers);

  for (GList *l = transfers; l != NULL; l = l->next)
    {
      RetourTransfer *transfer = l->data;
      if (!transfer->added)
        end_transfer (transport, transfer, RETOUR_TRANSFER_FAILED,
                      transfer->problem ? transfer->problem : "the terminal was taken off the network");
    }
}

void
retour_transport_perform (RetourTransport *transport)
{
  CURLMsg *message;
  int running, left;

  end_stillborn (transport);
  curl_multi_perform (transport->multi, &running);
  while ((message = curl_multi_info_read (transport->multi, &left)) != NULL)
    {
      RetourTransfer *transfer = NULL;
      CURLcode result = message->data.result;
      if (message->msg != CURLMSG_DONE)
        continue;
      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &transfer);
      end_transfer (transport, transfer, retour_transfer_judge_end (transfer, result),
                    retour_transfer_describe (transfer, result));
    }
}

static short
to_wait_events (gushort events)
{
  return (short) ((events & G_IO_IN ? CURL_WAIT_POLLIN : 0) | (events & G_IO_PRI ? CURL_WAIT_POLLPRI : 0)
                  | (events & G_IO_OUT ? CURL_WAIT_POLLOUT : 0));
}

static gushort
from_wait_events (short events)
{
  return (gushort) ((events & CURL_WAIT_POLLIN ? G_IO_IN : 0) | (events & CURL_WAIT_POLLPRI ? G_IO_PRI : 0)
                    | (events & CURL_WAIT_POLLOUT ? G_IO_OUT : 0));
}

static gboolean
has_stillborn (RetourTransport *transport)
{
  GHashTableIter iter;
  gpointer transfer;

  g_hash_table_iter_init (&iter, transport->transfers);
  while (g_hash_table_iter_next (&iter, NULL, &transfer))
    if (!((RetourTransfer *) transfer)->added)
      return TRUE;
  return FALSE;
}

int
retour_transport_poll (RetourTransport *transport, GPollFD *fds, guint n_fds, int timeout)
{
  g_autofree struct curl_waitfd *extra = g_new0 (struct curl_waitfd, n_fds ? n_fds : 1);
  int ready = 0;

  for (guint i = 0; i < n_fds; i++)
    {
      extra[i].fd = fds[i].fd;
      extra[i].events = to_wait_events (fds[i].events);
    }
  if (has_stillborn (transport))
    timeout = 0;
  if (timeout < 0 || timeout > LONGEST_POLL)
    timeout = LONGEST_POLL;
  curl_multi_poll (transport->multi, extra, n_fds, timeout, NULL);
  for (guint i = 0; i < n_fds; i++)
    {
      fds[i].revents = from_wait_events (extra[i].revents);
      ready += fds[i].revents != 0;
    }
  return ready;
}

void
retour_transport_run (RetourTransport *transport, const RetourTransportRequest *request)
{
  guint number = retour_transport_send (transport, request);

  while (TRUE)
    {
      retour_transport_perform (transport);
      if (!g_hash_table_contains (transport->transfers, GUINT_TO_POINTER (number)))
        return;
      retour_transport_poll (transport, NULL, 0, 1000);
    }
}

static RetourOmsError
error_code (const RetourReply *reply)
{
  switch (reply->verdict)
    {
    case RETOUR_VERDICT_OK:
    case RETOUR_VERDICT_MALFORMED:
      return RETOUR_OMS_ERROR_MALFORMED;
    case RETOUR_VERDICT_CUT:
    case RETOUR_VERDICT_NETWORK:
    case RETOUR_VERDICT_PORTAL:
    case RETOUR_VERDICT_BUSY:
      return RETOUR_OMS_ERROR_OFFLINE;
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_RENEW:
    case RETOUR_VERDICT_FORBIDDEN:
    case RETOUR_VERDICT_GONE:
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
    case RETOUR_VERDICT_UPGRADE:
      return RETOUR_OMS_ERROR_REFUSED;
    case RETOUR_VERDICT_REFUSED:
      return reply->outline.status == 404 ? RETOUR_OMS_ERROR_NOT_FOUND : RETOUR_OMS_ERROR_REFUSED;
    case RETOUR_VERDICT_CANCELLED:
      return RETOUR_OMS_ERROR_CANCELLED;
    }
  g_return_val_if_reached (RETOUR_OMS_ERROR_OFFLINE);
}

GError *
retour_reply_to_error (const RetourReply *reply)
{
  return g_error_new_literal (RETOUR_OMS_ERROR, (int) error_code (reply),
                              reply->message ? reply->message : "no answer");
}
