/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a PIN: counted by the store before it is compared, compared on a thread of its own (0.1 s and 64 MiB each, one
 * at a time), and the outcome journalled. For signing in and for a manager's approval. */
#pragma once

#include "services.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_SIGN_IN_MATCHED,
  RETOUR_SIGN_IN_WRONG,  /* tries_left says how many are free before a wait */
  RETOUR_SIGN_IN_WAIT,   /* not compared at all: `wait` microseconds first */
  RETOUR_SIGN_IN_NO_PIN, /* this person signs in by badge only */
  RETOUR_SIGN_IN_FAILED, /* the store could not be asked */
} RetourSignInOutcome;

/* Once, on the main context. `staff` is set when MATCHED, the callee's to take; NULL otherwise. `error`, borrowed, when
 * FAILED. */
typedef void (*RetourSignInDone) (RetourSignInOutcome outcome,
                                  RetourStaff *staff,
                                  guint tries_left,
                                  gint64 wait,
                                  const GError *error,
                                  gpointer user_data);

/* `staff` is an id; `draft` that of the one to be approved, NULL: it is about signing in; `pin` is taken and wiped. */
void retour_sign_in_check (const RetourServices *services,
                           const char *staff,
                           const char *draft,
                           char *pin,
                           RetourSignInDone done,
                           gpointer user_data);

G_END_DECLS
