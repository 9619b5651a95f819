/* SPDX-License-Identifier: Apache-2.0 */
#include "measure.h"

#include <sys/resource.h>
#include <time.h>

static gint64
read_clock (clockid_t clock)
{
  struct timespec at;

  clock_gettime (clock, &at);
  return (gint64) at.tv_sec * G_GINT64_CONSTANT (1000000000) + at.tv_nsec;
}

gint64
measure_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

gint64
measure_processor (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

gint64
measure_process (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

MeasureSeries *
measure_series_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
measure_series_add (MeasureSeries *series, gint64 nanoseconds)
{
  g_array_append_val (series, nanoseconds);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

gint64
measure_series_quantile (MeasureSeries *series, double part)
{
  const guint at = (guint) (part * series->len);

  if (series->len == 0)
    return 0;
  g_array_sort (series, compare);
  return g_array_index (series, gint64, MIN (at, series->len - 1));
}

static void
print_series (const char *name, MeasureSeries *series)
{
  g_print (",\"%s\":{\"n\":%u,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}", name, series->len,
           (double) measure_series_quantile (series, 0.5) / 1e3, (double) measure_series_quantile (series, 0.99) / 1e3,
           (double) measure_series_quantile (series, 1.0) / 1e3);
}

void
measure_tell_series (const char *figure, MeasureSeries *ours, MeasureSeries *limit)
{
  g_print ("{\"figure\":\"%s\",\"unit\":\"us\"", figure);
  print_series ("ours", ours);
  if (limit != NULL)
    print_series ("limit", limit);
  g_print ("}\n");
}

void
measure_tell (const char *figure, const char *unit, double ours, double limit)
{
  g_print ("{\"figure\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f", figure, unit, ours);
  if (limit >= 0)
    g_print (",\"limit\":%.3f", limit);
  g_print ("}\n");
}

double
measure_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024.0;
}

void
measure_fail_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}
