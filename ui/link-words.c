/* SPDX-License-Identifier: Apache-2.0 */
#include "link-words.h"

#include "words.h"

RetourSaying
retour_link_saying (const RetourLink *link)
{
  switch (link->state)
    {
    case RETOUR_LINK_UP_TO_DATE:
      if (link->to_send > 0)
        return (RetourSaying){ _ ("Sending"), "emblem-synchronizing-symbolic", RETOUR_TONE_INFO };
      return (RetourSaying){ _ ("Up to date"), "object-select-symbolic", RETOUR_TONE_SUCCESS };
    case RETOUR_LINK_PULLING:
      return (RetourSaying){ _ ("Receiving"), "emblem-synchronizing-symbolic", RETOUR_TONE_INFO };
    case RETOUR_LINK_SENDING:
      return (RetourSaying){ _ ("Sending"), "emblem-synchronizing-symbolic", RETOUR_TONE_INFO };
    case RETOUR_LINK_OFFLINE:
      return (RetourSaying){ _ ("Offline"), "network-wireless-offline-symbolic", RETOUR_TONE_WARNING };
    case RETOUR_LINK_SECURITY:
      return (RetourSaying){ _ ("Link refused"), "rt-shield-symbolic", RETOUR_TONE_ERROR };
    case RETOUR_LINK_CLOCK_WRONG:
      return (RetourSaying){ _ ("Wrong clock"), "rt-clock-symbolic", RETOUR_TONE_ERROR };
    case RETOUR_LINK_NOT_ENROLLED:
      return (RetourSaying){ _ ("Not enrolled"), "dialog-warning-symbolic", RETOUR_TONE_WARNING };
    case RETOUR_LINK_PORTAL:
      return (RetourSaying){ _ ("Wi-Fi portal"), "network-wireless-offline-symbolic", RETOUR_TONE_WARNING };
    }
  g_return_val_if_reached ((RetourSaying){ "" });
}

char *
retour_count_words (guint64 count, RetourLanguage language)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  const char *separator = language == RETOUR_LANGUAGE_FRENCH ? "\u202f" : ",";
  GString *words = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (words, separator);
      g_string_append_c (words, digits[i]);
    }
  return g_string_free (words, FALSE);
}

char *
retour_time_left_words (gint64 seconds)
{
  if (seconds < 0)
    return NULL;
  if (seconds < 60)
    return g_strdup (_ ("less than a minute left"));
  return g_strdup_printf (ngettext ("%d min left", "%d min left", (gulong) ((seconds + 59) / 60)),
                          (int) ((seconds + 59) / 60));
}

char *
retour_link_detail (const RetourLink *link)
{
  if (link->state == RETOUR_LINK_PULLING && link->total > 0)
    return g_strdup_printf ("%d %%", (int) (MIN (link->pulled, link->total) * 100 / link->total));
  if (link->to_send > 0)
    return g_strdup_printf (ngettext ("%u to send", "%u to send", link->to_send), link->to_send);
  return NULL;
}

static char *
pulling_title (const RetourLink *link)
{
  g_autofree char *pulled = retour_count_words (link->pulled, retour_ui_get_language ());
  g_autofree char *total = retour_count_words (link->total, retour_ui_get_language ());
  g_autofree char *left = retour_time_left_words (link->seconds_left);

  if (link->total == 0)
    return g_strdup_printf (_ ("%s orders received."), pulled);
  if (left == NULL)
    return g_strdup_printf (_ ("%s of %s orders received."), pulled, total);
  return g_strdup_printf (_ ("%s of %s orders received, %s."), pulled, total, left);
}

char *
retour_link_title (const RetourLink *link, GTimeZone *zone)
{
  g_autofree char *since = NULL;

  switch (link->state)
    {
    case RETOUR_LINK_UP_TO_DATE:
      return g_strdup (link->to_send > 0 ? _ ("Returns are being sent.") : _ ("Everything is sent and up to date."));
    case RETOUR_LINK_PULLING:
      return pulling_title (link);
    case RETOUR_LINK_SENDING:
      return g_strdup (_ ("Returns are being sent."));
    case RETOUR_LINK_OFFLINE:
      if (link->since == RETOUR_INSTANT_NONE)
        return g_strdup (_ ("Offline, we carry on."));
      since = retour_instant_format_time (link->since, zone);
      return g_strdup_printf (_ ("Offline since %s, we carry on."), since);
    case RETOUR_LINK_SECURITY:
      return g_strdup (_ ("The OMS could not prove who it is, or refuses this terminal."));
    case RETOUR_LINK_CLOCK_WRONG:
      return g_strdup (_ ("The clock of this terminal is wrong by more than a day."));
    case RETOUR_LINK_NOT_ENROLLED:
      return g_strdup (_ ("This terminal is not enrolled with an OMS."));
    case RETOUR_LINK_PORTAL:
      return g_strdup (_ ("A Wi-Fi sign-in page answers in the OMS’s place."));
    }
  g_return_val_if_reached (NULL);
}

char *
retour_link_explanation (const RetourLink *link)
{
  switch (link->state)
    {
    case RETOUR_LINK_UP_TO_DATE:
    case RETOUR_LINK_SENDING:
      return g_strdup (_ ("Nothing to do."));
    case RETOUR_LINK_PULLING:
      return g_strdup (_ ("You can already work with what has arrived; the OMS is asked for the rest."));
    case RETOUR_LINK_OFFLINE:
      return g_strdup (_ ("Returns are saved here and will be sent when the network is back."));
    case RETOUR_LINK_SECURITY:
      return g_strdup (_ ("Nothing is sent until it is mended. Call support with the message below."));
    case RETOUR_LINK_CLOCK_WRONG:
      return g_strdup (_ ("Nothing is sent until it is set right. Call support."));
    case RETOUR_LINK_NOT_ENROLLED:
      return g_strdup (_ ("Returns stay on this terminal until an administrator enrols it."));
    case RETOUR_LINK_PORTAL:
      return g_strdup (_ ("Sign in to the Wi-Fi of the store; returns are saved here meanwhile."));
    }
  g_return_val_if_reached (NULL);
}

/* "3 min", "1 h 05 min", "2 days": how long somebody reads a clock wrong. */
static char *
distance_words (gint64 distance)
{
  const gint64 minutes = distance / (60 * RETOUR_SECOND);

  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) minutes), (int) minutes);
  if (minutes < 2 * 24 * 60)
    return g_strdup_printf (_ ("%d h %02d min"), (int) (minutes / 60), (int) (minutes % 60));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (minutes / (24 * 60))), (int) (minutes / (24 * 60)));
}

char *
retour_clock_title (gint64 offset)
{
  g_autofree char *distance = NULL;

  if (offset >= -RETOUR_CLOCK_TOLERANCE && offset <= RETOUR_CLOCK_TOLERANCE)
    return NULL;
  distance = distance_words (ABS (MAX (offset, -G_MAXINT64)));
  return g_strdup_printf (offset > 0 ? _ ("The clock of this terminal is %s behind the OMS’s.")
                                     : _ ("The clock of this terminal is %s ahead of the OMS’s."),
                          distance);
}

char *
retour_clock_explanation (const RetourLink *link)
{
  return g_strdup (link->state == RETOUR_LINK_CLOCK_WRONG
                       ? _ ("Nothing is sent until it is set right. Call support.")
                       : _ ("Return windows and proofs follow the OMS’s time. Have the clock set right."));
}
