/* SPDX-License-Identifier: Apache-2.0 */
/* The PIN: made a verifier, checked, and slowed down after wrong tries. */
#include "staff.h"

#include <sodium.h>
#include <string.h>

/* ENGINEERING.md C.2. */
#define PASSES 3
#define MEMORY (64 * 1024 * 1024)

#define FREE_TRIES 5
#define FIRST_WAIT (60 * RETOUR_SECOND)
#define LONGEST_WAIT (30 * 60 * RETOUR_SECOND)

char *
retour_pin_verifier_new (const char *pin)
{
  g_return_val_if_fail (pin != NULL, NULL);

  char verifier[crypto_pwhash_STRBYTES];
  if (sodium_init () < 0 || crypto_pwhash_str (verifier, pin, strlen (pin), PASSES, MEMORY) != 0)
    return NULL;
  return g_strdup (verifier);
}

gboolean
retour_pin_matches (const char *verifier, const char *pin)
{
  g_return_val_if_fail (pin != NULL, FALSE);

  return verifier != NULL && sodium_init () >= 0 && crypto_pwhash_str_verify (verifier, pin, strlen (pin)) == 0;
}

gint64
retour_pin_wait (guint wrong_tries)
{
  if (wrong_tries < FREE_TRIES)
    return 0;
  gint64 wait = FIRST_WAIT;
  for (guint i = FREE_TRIES; i < wrong_tries && wait < LONGEST_WAIT; i++)
    wait *= 2;
  return MIN (wait, LONGEST_WAIT);
}
