/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong on purpose. A fault is written NAME[=VALUE][:P%][@PATH]: what, how much, how often (always without), and
 * for which paths. "delay=300", "error=503:30%@/v1/operations", "drop:20%" (also "drop=20%"), "refuse". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_FAULT_ERROR_UNKNOWN,
} SandboxFaultError;
#define SANDBOX_FAULT_ERROR (sandbox_fault_error_quark ())
GQuark sandbox_fault_error_quark (void);

/* What one call meets. */
typedef struct
{
  guint delay;           /* delay=MS: milliseconds before the call is looked at */
  guint status;          /* error=STATUS: answered instead of the call, with Retry-After */
  gboolean refuse;       /* the connection is closed without an answer, nothing was done */
  gboolean portal;       /* 200 with a portal's HTML, without nonce; nothing was done */
  gboolean drop;         /* the body is cut somewhere */
  gboolean lose_answer;  /* done, then the connection is closed without the answer */
  gboolean wrong_nonce;  /* answered with another call's nonce */
  gboolean refund_fails; /* the bank says no */
} SandboxLuck;

typedef struct _SandboxFaults SandboxFaults;

/* The dice are thrown with `seed`. */
SandboxFaults *sandbox_faults_new (guint32 seed);
void sandbox_faults_free (SandboxFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFaults, sandbox_faults_free)

/* Replaces the faults in force; an unknown one changes nothing. Any thread. */
gboolean sandbox_faults_set (SandboxFaults *faults, const char *const *specs, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As they were written; the caller's. */
GStrv sandbox_faults_list (SandboxFaults *faults);

SandboxLuck sandbox_faults_draw (SandboxFaults *faults, const char *path);
/* A throw of the same dice, 0 <= result < n. */
guint32 sandbox_faults_throw (SandboxFaults *faults, guint32 n);

/* For --help: a line per fault. */
const char *sandbox_faults_explain (void);

G_END_DECLS
