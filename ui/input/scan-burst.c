/* SPDX-License-Identifier: Apache-2.0 */
#include "scan-burst.h"

#define LEAST_CHARACTERS 4
#define MOST_CHARACTERS 16384
#define MEAN_GAP_MS 30
/* From one key of a person's to the next there is hardly ever less; measured in time of events. */
#define FIRST_GAP_MS 35
/* How long a key is held before it counts as typed; and how long a scan may pause. */
#define HOLD_MS 40
#define SILENCE_MS 100
/* An Enter that comes this soon after a scan that ended by silence still belongs to it. */
#define LATE_TERMINATOR_MS 400

#define GROUP_SEPARATOR 0x1D

struct _RetourScanBurst
{
  GString *text, *us_text;
  guint length; /* characters */
  guint32 first, last;
  gunichar only; /* the character all are, 0 when they differ */
  gboolean us_known;
  gboolean ended_by_silence; /* the last scan; until another key comes */
  guint32 ended_at;
};

RetourScanBurst *
retour_scan_burst_new (void)
{
  RetourScanBurst *self = g_new0 (RetourScanBurst, 1);

  self->text = g_string_new (NULL);
  self->us_text = g_string_new (NULL);
  return self;
}

void
retour_scan_burst_free (RetourScanBurst *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_string_free (self->us_text, TRUE);
  g_free (self);
}

static void
forget (RetourScanBurst *self)
{
  g_string_truncate (self->text, 0);
  g_string_truncate (self->us_text, 0);
  self->length = 0;
  self->only = 0;
}

static void
add (RetourScanBurst *self, const RetourKey *key)
{
  if (self->length == 0)
    {
      self->first = key->time;
      self->only = key->character;
      self->us_known = TRUE;
    }
  else if (self->only != key->character)
    self->only = 0;
  self->last = key->time;
  self->length++;
  self->us_known = self->us_known && key->us_character != 0;
  g_string_append_unichar (self->text, key->character);
  g_string_append_unichar (self->us_text, key->us_character != 0 ? key->us_character : key->character);
}

/* Times of events wrap after 49 days; their differences do not care. */
static guint32
gap_to (const RetourScanBurst *self, guint32 time)
{
  guint32 gap = time - self->last;

  return gap > G_MAXINT32 ? 0 : gap;
}

/* Long and fast enough already, and not one key held down. */
static gboolean
is_scan (const RetourScanBurst *self)
{
  return self->length >= LEAST_CHARACTERS && self->only == 0
         && (self->last - self->first) <= MEAN_GAP_MS * (self->length - 1);
}

static gboolean
goes_on (const RetourScanBurst *self, guint32 time)
{
  return self->length > 0 && gap_to (self, time) <= (is_scan (self) ? SILENCE_MS : FIRST_GAP_MS);
}

static RetourBurstVerdict
take_character (RetourScanBurst *self, const RetourKey *key)
{
  gboolean restart = self->length > 0 && (!goes_on (self, key->time) || self->length >= MOST_CHARACTERS);

  if (restart)
    forget (self);
  add (self, key);
  return restart ? RETOUR_BURST_RESTART : RETOUR_BURST_HOLD;
}

static RetourBurstVerdict
flush (RetourScanBurst *self)
{
  gboolean held = self->length > 0;

  forget (self);
  return held ? RETOUR_BURST_FLUSH : RETOUR_BURST_PASS;
}

static RetourBurstVerdict
take_terminator (RetourScanBurst *self, const RetourKey *key)
{
  if (goes_on (self, key->time) && is_scan (self))
    return RETOUR_BURST_SCAN;
  if (self->length == 0 && self->ended_by_silence && key->time - self->ended_at <= LATE_TERMINATOR_MS)
    {
      self->ended_by_silence = FALSE;
      return RETOUR_BURST_SWALLOW;
    }
  return flush (self);
}

/* Only the separator of GS1 says something; Ctrl+J and Ctrl+M end a scan; the rest is dropped from a scan, and left alone
 * outside of one. */
static RetourBurstVerdict
take_control (RetourScanBurst *self, const RetourKey *key)
{
  if (!goes_on (self, key->time))
    return flush (self);
  if (key->character == '\n' || key->character == '\r' || key->character == '\t')
    return take_terminator (self, key);
  if (key->character != GROUP_SEPARATOR)
    return is_scan (self) ? RETOUR_BURST_SWALLOW : flush (self);
  add (self, key);
  return RETOUR_BURST_HOLD;
}

RetourBurstVerdict
retour_scan_burst_key (RetourScanBurst *self, const RetourKey *key)
{
  RetourBurstVerdict verdict = RETOUR_BURST_PASS;

  switch (key->kind)
    {
    case RETOUR_KEY_MODIFIER:
      return RETOUR_BURST_PASS;
    case RETOUR_KEY_TERMINATOR:
      return take_terminator (self, key);
    case RETOUR_KEY_CHARACTER:
      verdict = take_character (self, key);
      break;
    case RETOUR_KEY_CONTROL:
      verdict = take_control (self, key);
      break;
    case RETOUR_KEY_OTHER:
      verdict = flush (self);
      break;
    }
  self->ended_by_silence = FALSE;
  return verdict;
}

RetourBurstVerdict
retour_scan_burst_silence (RetourScanBurst *self)
{
  if (!is_scan (self))
    return flush (self);
  self->ended_by_silence = TRUE;
  self->ended_at = self->last;
  return RETOUR_BURST_SCAN;
}

guint
retour_scan_burst_patience (const RetourScanBurst *self)
{
  return is_scan (self) ? SILENCE_MS : HOLD_MS;
}

char *
retour_scan_burst_take (RetourScanBurst *self, char **us_text)
{
  char *text = g_strdup (self->text->str);

  *us_text = g_strdup (self->us_known ? self->us_text->str : self->text->str);
  forget (self);
  return text;
}
