/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

#include <string.h>

#include "backoff.h"

const char *
retour_verdict_code (RetourVerdict verdict)
{
  switch (verdict)
    {
    case RETOUR_VERDICT_OK:
      return "ok";
    case RETOUR_VERDICT_CUT:
      return "cut";
    case RETOUR_VERDICT_NETWORK:
      return "network";
    case RETOUR_VERDICT_PORTAL:
      return "portal";
    case RETOUR_VERDICT_UNTRUSTED:
      return "untrusted";
    case RETOUR_VERDICT_BUSY:
      return "busy";
    case RETOUR_VERDICT_RENEW:
      return "renew";
    case RETOUR_VERDICT_FORBIDDEN:
      return "forbidden";
    case RETOUR_VERDICT_GONE:
      return "gone";
    case RETOUR_VERDICT_TOO_LARGE:
      return "too_large";
    case RETOUR_VERDICT_REJECTED:
      return "rejected";
    case RETOUR_VERDICT_UPGRADE:
      return "upgrade";
    case RETOUR_VERDICT_REFUSED:
      return "refused";
    case RETOUR_VERDICT_MALFORMED:
      return "malformed";
    case RETOUR_VERDICT_CANCELLED:
      return "cancelled";
    }
  g_return_val_if_reached ("");
}

gboolean
retour_verdict_is_from_oms (RetourVerdict verdict)
{
  switch (verdict)
    {
    case RETOUR_VERDICT_OK:
    case RETOUR_VERDICT_CUT:
    case RETOUR_VERDICT_RENEW:
    case RETOUR_VERDICT_FORBIDDEN:
    case RETOUR_VERDICT_GONE:
    case RETOUR_VERDICT_TOO_LARGE:
    case RETOUR_VERDICT_REJECTED:
    case RETOUR_VERDICT_UPGRADE:
    case RETOUR_VERDICT_REFUSED:
    case RETOUR_VERDICT_MALFORMED:
      return TRUE;
    case RETOUR_VERDICT_NETWORK:
    case RETOUR_VERDICT_PORTAL:
    case RETOUR_VERDICT_UNTRUSTED:
    case RETOUR_VERDICT_BUSY: /* perhaps of its front end */
    case RETOUR_VERDICT_CANCELLED:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static RetourVerdict
judge_refusal (guint status)
{
  switch (status)
    {
    case 400:
    case 422:
      return RETOUR_VERDICT_REJECTED;
    case 401:
      return RETOUR_VERDICT_RENEW;
    case 403:
      return RETOUR_VERDICT_FORBIDDEN;
    case 408:
    case 425:
    case 429:
      return RETOUR_VERDICT_BUSY;
    case 410:
      return RETOUR_VERDICT_GONE;
    case 413:
      return RETOUR_VERDICT_TOO_LARGE;
    case 426:
      return RETOUR_VERDICT_UPGRADE;
    default:
      return RETOUR_VERDICT_REFUSED;
    }
}

/* A 5xx without our headers may come from the OMS's own front end, which the pin vouches for, and waiting is all it can make
 * us do. Anything else without them is not the OMS: neither its 200 nor its 4xx is believed. */
static RetourVerdict
judge_status (const RetourReplyOutline *reply)
{
  gboolean ours = reply->nonce_echoed && reply->protocol_known;

  if (reply->status >= 500 && reply->status < 600)
    return reply->status == 511 ? RETOUR_VERDICT_PORTAL : RETOUR_VERDICT_BUSY;
  if (!ours || reply->status < 200 || (reply->status >= 300 && reply->status < 400))
    return RETOUR_VERDICT_PORTAL;
  if (reply->status >= 400)
    return judge_refusal (reply->status);
  return reply->media_type_expected ? RETOUR_VERDICT_OK : RETOUR_VERDICT_PORTAL;
}

RetourVerdict
retour_verdict_judge (const RetourReplyOutline *reply)
{
  RetourVerdict verdict;

  switch (reply->end)
    {
    case RETOUR_TRANSFER_DONE:
      return judge_status (reply);
    case RETOUR_TRANSFER_CUT:
      verdict = judge_status (reply);
      return verdict == RETOUR_VERDICT_OK ? RETOUR_VERDICT_CUT : verdict;
    case RETOUR_TRANSFER_FAILED:
      return RETOUR_VERDICT_NETWORK;
    case RETOUR_TRANSFER_TOO_LARGE:
      return RETOUR_VERDICT_MALFORMED;
    case RETOUR_TRANSFER_UNTRUSTED:
      return RETOUR_VERDICT_UNTRUSTED;
    case RETOUR_TRANSFER_CANCELLED:
      return RETOUR_VERDICT_CANCELLED;
    }
  g_return_val_if_reached (RETOUR_VERDICT_NETWORK);
}

static int
month_number (const char *name)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (int i = 0; i < 12; i++)
    if (strncmp (name, months + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

/* The fixed form of RFC 9110 alone: the two obsolete ones have not been sent by a server for decades. */
RetourInstant
retour_http_date_parse (const char *value)
{
  static const char shape[] = "Aaa, 00 Aaa 0000 00:00:00 GMT";

  if (value == NULL || strlen (value) != sizeof shape - 1)
    return RETOUR_INSTANT_NONE;
  for (gsize i = 0; shape[i] != '\0'; i++)
    {
      gboolean fits = shape[i] == '0'                      ? g_ascii_isdigit (value[i])
                      : shape[i] == 'A' || shape[i] == 'a' ? g_ascii_isalpha (value[i])
                                                           : shape[i] == value[i];
      if (!fits)
        return RETOUR_INSTANT_NONE;
    }
  int month = month_number (value + 8);
  if (month == 0)
    return RETOUR_INSTANT_NONE;
  g_autofree char *text = g_strdup_printf ("%.4s-%02d-%.2sT%.8sZ", value + 12, month, value + 5, value + 17);
  RetourInstant instant;
  return retour_instant_parse (text, &instant) ? instant : RETOUR_INSTANT_NONE;
}

gint64
retour_retry_after_parse (const char *value, RetourInstant date)
{
  guint64 seconds;

  if (value == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &seconds, NULL))
    return retour_backoff_retry_after ((gint64) seconds * RETOUR_SECOND);
  RetourInstant until = retour_http_date_parse (value);
  if (until == RETOUR_INSTANT_NONE || date == RETOUR_INSTANT_NONE)
    return -1;
  return retour_backoff_retry_after (until - date);
}
