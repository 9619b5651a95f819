/* SPDX-License-Identifier: Apache-2.0 */
/* The application identifiers of the GS1 General Specifications (as of release 26, January 2026) and what their values are
 * made of. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RETOUR_GS1_DIGITS,
  RETOUR_GS1_SET_82,   /* the invariant set: letters, digits and !"%&'()*+,-./:;<=>?_ */
  RETOUR_GS1_SET_39,   /* capitals, digits and #-/ */
  RETOUR_GS1_BASE64URL /* letters, digits and -_ , padded with = or not */
} RetourGs1Set;

typedef enum
{
  RETOUR_GS1_ANY,
  RETOUR_GS1_CHECK_DIGIT,
  RETOUR_GS1_CHECK_PAIR,
  RETOUR_GS1_MODEL_PAIR, /* a check pair, and a character that is no digit */
  RETOUR_GS1_DATE,       /* YYMMDD */
  RETOUR_GS1_DATE_DAY_0, /* YYMMDD where day 00 is the end of the month */
  RETOUR_GS1_LONG_DATE,  /* YYYYMMDD */
  RETOUR_GS1_TIME,       /* HHMM */
  RETOUR_GS1_TIME_9999,  /* HHMM, 9999 for none */
  RETOUR_GS1_HOUR,
  RETOUR_GS1_SIXTIETH, /* a minute or a second */
  RETOUR_GS1_PIECE_OF_TOTAL,
  RETOUR_GS1_COUNTRY,         /* ISO 3166-1 numeric */
  RETOUR_GS1_COUNTRY_999,     /* the same, or 999 for several */
  RETOUR_GS1_COUNTRY_LETTERS, /* ISO 3166-1 alpha-2 */
  RETOUR_GS1_CURRENCY,        /* ISO 4217 numeric */
  RETOUR_GS1_YES_NO,
  RETOUR_GS1_MINUS,
  RETOUR_GS1_ZERO,
  RETOUR_GS1_NOT_ZERO,
  RETOUR_GS1_NO_LEADING_ZERO,
  RETOUR_GS1_WINDING, /* 0, 1 or 9 */
  RETOUR_GS1_IBAN,
  RETOUR_GS1_LATITUDE,
  RETOUR_GS1_LONGITUDE,
  RETOUR_GS1_PERCENT_ENCODED,
  RETOUR_GS1_MEDIA_TYPE, /* 01 to 10, 80 to 99 */
  RETOUR_GS1_SEX,        /* ISO 5218 */
  RETOUR_GS1_IMPORTER,   /* one character of base64url */
  RETOUR_GS1_BIRTH_ORDER /* "1/2" */
} RetourGs1Rule;

typedef struct
{
  RetourGs1Set set;
  guint8 least, most; /* characters; most 0 ends the list */
  RetourGs1Rule rule;
  gboolean optional;
} RetourGs1Component;

#define RETOUR_GS1_COMPONENTS_MAX 5

typedef enum
{
  RETOUR_GS1_PLAIN = 0,
  RETOUR_GS1_PREDEFINED = 1 << 0,  /* of predefined length: no separator follows */
  RETOUR_GS1_NOT_IN_QUERY = 1 << 1 /* no attribute of a Digital Link */
} RetourGs1Traits;

typedef struct
{
  guint16 from, to; /* AIs of one shape, inclusive */
  guint8 digits;    /* of the AI itself */
  RetourGs1Traits traits;
  RetourGs1Component components[RETOUR_GS1_COMPONENTS_MAX];
} RetourGs1Ai;

/* The AI with which `text` begins, static, or NULL when none is listed. No AI begins another. */
const RetourGs1Ai *retour_gs1_find (const char *text);
/* The AI that is exactly `ai`, or NULL. */
const RetourGs1Ai *retour_gs1_find_exactly (const char *ai);
/* How many digits an AI with those first two has, listed or not: 2 to 4. */
gsize retour_gs1_ai_digits (const char *text);
/* The characters of a value of that AI, at most. */
gsize retour_gs1_longest (const RetourGs1Ai *ai);

G_END_DECLS
