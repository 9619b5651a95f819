/* SPDX-License-Identifier: Apache-2.0 */
/* How long things take: series of times, their quantiles, and what was found as one JSON object a line for tests/bench/run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nanoseconds of a clock that only grows. */
gint64 measure_now (void);
/* Nanoseconds of processor that this thread has had: on a machine that others use too, what means something. */
gint64 measure_processor (void);
/* The same of the whole process. */
gint64 measure_process (void);

/* Many durations of one thing, nanoseconds. */
typedef GArray MeasureSeries;

MeasureSeries *measure_series_new (void);
void measure_series_add (MeasureSeries *series, gint64 nanoseconds);
/* Nanoseconds; 0 of an empty one. */
gint64 measure_series_quantile (MeasureSeries *series, double part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MeasureSeries, g_array_unref)

/* {"figure":…,"unit":"us","ours":{"n":…,"p50":…,"p99":…,"max":…},"limit":{…}}; `limit` may be NULL. */
void measure_tell_series (const char *figure, MeasureSeries *ours, MeasureSeries *limit);
/* {"figure":…,"unit":…,"ours":…,"limit":…}; a limit below zero is left out. */
void measure_tell (const char *figure, const char *unit, double ours, double limit);

/* The most memory this process has had, MiB. */
double measure_peak_memory (void);

/* Ends the program with the error's words, when there is one. */
void measure_fail_on (GError *error);

G_END_DECLS
