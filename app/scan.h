/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan is (DOMAIN.md 7): whatever was scanned, wherever the focus is, is told by its content. Nothing is fetched and
 * nothing is run: a scan is only ever a text. */
#pragma once

#include "gs1.h"
#include "scan-shapes.h"

G_BEGIN_DECLS

/* A longer text (in bytes) is `unknown` without being looked at. */
#define RETOUR_SCAN_MAX 4096

typedef enum
{
  RETOUR_SCAN_PRODUCT,
  RETOUR_SCAN_PARCEL,
  RETOUR_SCAN_ORDER,
  RETOUR_SCAN_RETURN_LABEL,
  RETOUR_SCAN_PROOF,
  RETOUR_SCAN_STAFF,
  RETOUR_SCAN_COMMAND,
  RETOUR_SCAN_UNKNOWN,
} RetourScanKind;
#define RETOUR_N_SCAN_KINDS 8

/* "product", "return_label"…; static. */
const char *retour_scan_kind_code (RetourScanKind kind);

typedef enum
{
  RETOUR_SCAN_COMMAND_NONE, /* the scan is no command */
  RETOUR_SCAN_COMMAND_CONFIRM,
  RETOUR_SCAN_COMMAND_BACK,
  RETOUR_SCAN_COMMAND_NEXT,
  RETOUR_SCAN_COMMAND_UNDO,
  RETOUR_SCAN_COMMAND_REASON,    /* command_code is the reason */
  RETOUR_SCAN_COMMAND_CONDITION, /* command_code is the condition */
} RetourScanCommand;

typedef struct
{
  RetourScanKind kind;
  char *value;     /* see DOMAIN.md 7; of a proof token that cannot be read, and of an unknown text, `visible` */
  char *text;      /* as read, or as repaired, without outer spaces and AIM identifier; NUL bytes become U+2400 */
  char *visible;   /* as read with its AIM identifier, control characters as U+2400 + code: safe to show and to print */
  char *symbology; /* AIM identifier, "]C1", or NULL */
  GPtrArray *elements; /* RetourGs1Element; empty when there are none or one is wrong */
  gboolean repaired;   /* was typed through the wrong keyboard layout */
  GStrv tried;         /* what the text was held against, in that order: "proof_token", "command"…; never NULL */
  char *wrong_element; /* the AI that makes an element string wrong, "17", or NULL */
  char *wrong_reason;  /* why, in English, or NULL */
  RetourScanCommand command;
  char *command_code; /* "size_small" of "RC:reason:size_small", or NULL */
} RetourScan;

void retour_scan_free (RetourScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourScan, retour_scan_free)

/* What a text is as a code of a cached order: PARCEL for a tracking number, ORDER for an order number, RETURN_LABEL for an
 * announced label; UNKNOWN when it is none. */
typedef RetourScanKind (*RetourScanLookup) (const char *text, gpointer user_data);

/* `length` -1: NUL-terminated; otherwise any bytes. `shapes` NULL: the chain has none. `lookup` NULL: no cached order. Never
 * NULL, never an error: what is not recognised is RETOUR_SCAN_UNKNOWN. The caller's. */
RetourScan *retour_scan_classify (
    const char *text, gssize length, const RetourScanShapes *shapes, RetourScanLookup lookup, gpointer user_data);

G_END_DECLS
