/* SPDX-License-Identifier: Apache-2.0 */
/* Tells a scanner that types from a person who types, by nothing but times (UI.md 3): a scan is at least 4 characters at 30 ms
 * or less from one to the next on average, ended by Enter, Tab or 100 ms of silence. Pure: keys and times in, verdicts out;
 * the wedge holds the events. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_KEY_CHARACTER,  /* prints something */
  RETOUR_KEY_CONTROL,    /* with Ctrl: a scanner's way to send a control character */
  RETOUR_KEY_TERMINATOR, /* Enter, Tab, line feed */
  RETOUR_KEY_MODIFIER,   /* Shift, Caps Lock, Alt Gr alone */
  RETOUR_KEY_OTHER,      /* arrows, function keys, Backspace… */
} RetourKeyKind;

typedef struct
{
  RetourKeyKind kind;
  guint32 time;          /* of the event, ms */
  gunichar character;    /* by the screen's layout; of CONTROL its control character, 0x1D */
  gunichar us_character; /* by a US layout; 0 when the key's place is not known */
} RetourKey;

typedef enum
{
  RETOUR_BURST_PASS,    /* no part of a burst: let the event go on */
  RETOUR_BURST_HOLD,    /* keep the event; look again after retour_scan_burst_patience */
  RETOUR_BURST_RESTART, /* give back what is held; keep this event, the first of a new burst */
  RETOUR_BURST_FLUSH,   /* give back what is held, then this event (or nothing, after silence) */
  RETOUR_BURST_SWALLOW, /* drop this event, what is held stays */
  RETOUR_BURST_SCAN,    /* a scan: drop what is held and this event, take the texts */
} RetourBurstVerdict;

typedef struct _RetourScanBurst RetourScanBurst;

RetourScanBurst *retour_scan_burst_new (void);
void retour_scan_burst_free (RetourScanBurst *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourScanBurst, retour_scan_burst_free)

RetourBurstVerdict retour_scan_burst_key (RetourScanBurst *self, const RetourKey *key);
/* No further key came in time: FLUSH, SCAN, or PASS when nothing was held. */
RetourBurstVerdict retour_scan_burst_silence (RetourScanBurst *self);
/* How long to wait for the next key, ms. */
guint retour_scan_burst_patience (const RetourScanBurst *self);

/* After SCAN, the texts by either layout; the same when no other is known. Callers free. */
char *retour_scan_burst_take (RetourScanBurst *self, char **us_text);

G_END_DECLS
