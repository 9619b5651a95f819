/* SPDX-License-Identifier: Apache-2.0 */
/* Instants and days: reading, writing, and which day an instant is in a zone. Days follow the proleptic Gregorian calendar;
 * the conversions are the well-known ones by eras of 400 years. */
#include "calendar.h"

#include <string.h>

#define DAYS_PER_ERA 146097
#define DAY (24 * 60 * 60 * RETOUR_SECOND)

/* Days from 0000-03-01 to 1970-01-01. */
#define EPOCH 719468

typedef struct
{
  int year, month, day; /* month 1 to 12, day 1 to 31 */
} Civil;

static const char *const months[RETOUR_N_LANGUAGES][12] = {
  { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre" },
  { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December" },
};

static const char *const short_months[RETOUR_N_LANGUAGES][12] = {
  { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc." },
  { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
};

static const char *const weekdays[RETOUR_N_LANGUAGES][7] = {
  { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
  { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};

/* Rounds towards minus infinity, as days before 1970 need. */
static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static RetourDay
day_from_civil (Civil date)
{
  /* March is the first month: the leap day is then the last day of a year. */
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 era = floor_divide (year, 400);
  gint64 year_of_era = year - era * 400;
  gint64 day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (RetourDay) (era * DAYS_PER_ERA + day_of_era - EPOCH);
}

static Civil
civil_from_day (RetourDay day)
{
  gint64 shifted = (gint64) day + EPOCH;
  gint64 era = floor_divide (shifted, DAYS_PER_ERA);
  gint64 day_of_era = shifted - era * DAYS_PER_ERA;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month = (5 * day_of_year + 2) / 153;
  return (Civil){
    .year = (int) (year_of_era + era * 400 + (month >= 10 ? 1 : 0)),
    .month = (int) (month < 10 ? month + 3 : month - 9),
    .day = (int) (day_of_year - (153 * month + 2) / 5 + 1),
  };
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Exactly `n` ASCII digits at *text, which moves behind them. */
static gboolean
take_digits (const char **text, int n, int *value)
{
  int result = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      result = result * 10 + (*text)[i] - '0';
    }
  *text += n;
  *value = result;
  return TRUE;
}

static gboolean
take_character (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
take_date (const char **text, Civil *date)
{
  return take_digits (text, 4, &date->year) && take_character (text, '-') && take_digits (text, 2, &date->month)
         && take_character (text, '-') && take_digits (text, 2, &date->day) && date->month >= 1 && date->month <= 12
         && date->day >= 1 && date->day <= days_in_month (date->year, date->month);
}

/* A leap second is taken as the second before it: RFC 3339 allows 60, no clock of ours shows it. */
static gboolean
take_time (const char **text, gint64 *microseconds)
{
  int hour, minute, second;
  if (!take_digits (text, 2, &hour) || !take_character (text, ':') || !take_digits (text, 2, &minute)
      || !take_character (text, ':') || !take_digits (text, 2, &second) || hour > 23 || minute > 59 || second > 60)
    return FALSE;

  gint64 result = (hour * 3600 + minute * 60 + MIN (second, 59)) * RETOUR_SECOND;
  if (take_character (text, '.'))
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      for (gint64 unit = RETOUR_SECOND / 10; g_ascii_isdigit (**text); (*text)++, unit /= 10)
        result += (**text - '0') * unit;
    }
  *microseconds = result;
  return TRUE;
}

static gboolean
take_offset (const char **text, gint64 *microseconds)
{
  if (**text == 'Z' || **text == 'z')
    {
      (*text)++;
      *microseconds = 0;
      return TRUE;
    }

  int sign = **text == '-' ? -1 : 1, hour, minute;
  if (**text != '+' && **text != '-')
    return FALSE;
  (*text)++;
  if (!take_digits (text, 2, &hour) || !take_character (text, ':') || !take_digits (text, 2, &minute) || hour > 23
      || minute > 59)
    return FALSE;
  *microseconds = sign * (hour * 60 + minute) * 60 * RETOUR_SECOND;
  return TRUE;
}

gboolean
retour_instant_parse (const char *text, RetourInstant *instant)
{
  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);

  Civil date;
  gint64 time, offset;
  if (!take_date (&text, &date))
    return FALSE;
  if (*text != 'T' && *text != 't' && *text != ' ')
    return FALSE;
  text++;
  if (!take_time (&text, &time) || !take_offset (&text, &offset) || *text != '\0')
    return FALSE;

  *instant = day_from_civil (date) * DAY + time - offset;
  return TRUE;
}

char *
retour_instant_format (RetourInstant instant)
{
  RetourDay day = (RetourDay) floor_divide (instant, DAY);
  gint64 rest = instant - day * DAY;
  Civil date = civil_from_day (day);
  int second = (int) (rest / RETOUR_SECOND);
  int fraction = (int) (rest % RETOUR_SECOND);

  char decimals[9] = "";
  if (fraction != 0)
    {
      gsize length = (gsize) g_snprintf (decimals, sizeof decimals, ".%06d", fraction);
      while (length > 1 && decimals[length - 1] == '0')
        decimals[--length] = '\0';
    }
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%sZ", date.year, date.month, date.day, second / 3600,
                          second / 60 % 60, second % 60, decimals);
}

gboolean
retour_day_parse (const char *text, RetourDay *day)
{
  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  Civil date;
  if (!take_date (&text, &date) || *text != '\0')
    return FALSE;
  *day = day_from_civil (date);
  return TRUE;
}

char *
retour_day_format (RetourDay day)
{
  Civil date = civil_from_day (day);
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

int
retour_day_weekday (RetourDay day)
{
  /* 1970-01-01 was a Thursday. */
  gint64 days = (gint64) day + 3;
  return (int) (days - floor_divide (days, 7) * 7) + 1;
}

/* GLib forgets a zone with its last reference and reads its file again for the next; a terminal lives in one. */
static GTimeZone *
zone_from_last (const char *name)
{
  static GMutex lock;
  static char *last_name;
  static GTimeZone *last;

  g_mutex_lock (&lock);
  if (last == NULL || strcmp (last_name, name) != 0)
    {
      GTimeZone *zone = g_time_zone_new_identifier (name);
      if (zone != NULL)
        {
          g_clear_pointer (&last, g_time_zone_unref);
          g_free (last_name);
          last = zone;
          last_name = g_strdup (name);
        }
    }
  GTimeZone *found = last != NULL && strcmp (last_name, name) == 0 ? g_time_zone_ref (last) : NULL;
  g_mutex_unlock (&lock);
  return found;
}

GTimeZone *
retour_time_zone_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  /* GLib also reads POSIX rules, offsets and, for "", the terminal's own zone: none of them is an IANA name. */
  if (!g_ascii_isalpha (name[0]) || strstr (name, "..") != NULL || strchr (name, ',') != NULL)
    return NULL;
  return zone_from_last (name);
}

/* Seconds east of UTC in a zone at an instant. */
static gint64
zone_offset (GTimeZone *zone, RetourInstant instant)
{
  gint64 seconds = floor_divide (instant, RETOUR_SECOND);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return g_time_zone_get_offset (zone, MAX (interval, 0));
}

RetourDay
retour_instant_day (RetourInstant instant, GTimeZone *zone)
{
  g_return_val_if_fail (instant != RETOUR_INSTANT_NONE && zone != NULL, RETOUR_DAY_NONE);
  return (RetourDay) floor_divide (instant + zone_offset (zone, instant) * RETOUR_SECOND, DAY);
}

/* The first of a month is "1er" in French. */
static char *
format_day_of_month (int day, RetourLanguage language)
{
  return g_strdup_printf (language == RETOUR_LANGUAGE_FRENCH && day == 1 ? "%der" : "%d", day);
}

char *
retour_day_format_words (RetourDay day, RetourLanguage language)
{
  Civil date = civil_from_day (day);
  g_autofree char *number = format_day_of_month (date.day, language);
  return g_strdup_printf ("%s %s %d", number, short_months[language][date.month - 1], date.year);
}

char *
retour_day_format_short (RetourDay day, RetourLanguage language)
{
  Civil date = civil_from_day (day);
  g_autofree char *number = format_day_of_month (date.day, language);
  return g_strdup_printf ("%s %s", number, short_months[language][date.month - 1]);
}

char *
retour_day_format_long (RetourDay day, RetourLanguage language)
{
  Civil date = civil_from_day (day);
  g_autofree char *number = format_day_of_month (date.day, language);
  return g_strdup_printf ("%s %s %s %d", weekdays[language][retour_day_weekday (day) - 1], number,
                          months[language][date.month - 1], date.year);
}

char *
retour_instant_format_time (RetourInstant instant, GTimeZone *zone)
{
  g_return_val_if_fail (instant != RETOUR_INSTANT_NONE && zone != NULL, NULL);

  gint64 local = floor_divide (instant, RETOUR_SECOND) + zone_offset (zone, instant);
  gint64 second = local - floor_divide (local, 86400) * 86400;
  return g_strdup_printf ("%02d:%02d", (int) (second / 3600), (int) (second / 60 % 60));
}
