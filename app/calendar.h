/* SPDX-License-Identifier: Apache-2.0 */
/* Instants and days. An instant is microseconds since 1970-01-01T00:00:00Z; a day is a count of days since 1970-01-01 in
 * some time zone. Which day an instant falls on is decided in the policy's time zone (DOMAIN.md). Nothing here reads a
 * clock. */
#pragma once

#include "language.h"

G_BEGIN_DECLS

typedef gint64 RetourInstant;
typedef gint32 RetourDay;

#define RETOUR_INSTANT_NONE G_MININT64
#define RETOUR_DAY_NONE G_MININT32
#define RETOUR_SECOND G_GINT64_CONSTANT (1000000)

/* RFC 3339 ("2026-11-20T10:11:12Z", fractions, offsets) to an instant; FALSE leaves *instant alone. */
gboolean retour_instant_parse (const char *text, RetourInstant *instant) G_GNUC_WARN_UNUSED_RESULT;
/* "2026-11-20T10:11:12Z", with a fraction only when there is one. Caller frees. */
char *retour_instant_format (RetourInstant instant);

/* "2026-12-24" to a day and back. */
gboolean retour_day_parse (const char *text, RetourDay *day) G_GNUC_WARN_UNUSED_RESULT;
char *retour_day_format (RetourDay day);
/* 1 Monday to 7 Sunday (ISO 8601). */
int retour_day_weekday (RetourDay day);

/* A time zone by its IANA name; NULL when the system does not know it. A GTimeZone: g_time_zone_unref. */
GTimeZone *retour_time_zone_new (const char *name);
/* The day on which an instant falls in a zone. */
RetourDay retour_instant_day (RetourInstant instant, GTimeZone *zone);

/* For people. "5 nov. 2026" / "5 Nov 2026"; long adds the weekday: "mardi 18 novembre 2026" / "Tuesday 18 November 2026";
 * short leaves the year out. Times are "10:42". Caller frees. */
char *retour_day_format_words (RetourDay day, RetourLanguage language);
char *retour_day_format_short (RetourDay day, RetourLanguage language);
char *retour_day_format_long (RetourDay day, RetourLanguage language);
char *retour_instant_format_time (RetourInstant instant, GTimeZone *zone);

G_END_DECLS
