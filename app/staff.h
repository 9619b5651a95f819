/* SPDX-License-Identifier: Apache-2.0 */
/* Who stands at the desk: name, role, and the verifier of a PIN. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_ROLE_CLERK,
  RETOUR_ROLE_TRAINEE,
  RETOUR_ROLE_MANAGER,
} RetourRole;

typedef struct
{
  char *id;               /* "stf_12"; never NULL */
  char *name;             /* "Camille Moreau"; never NULL */
  char *email, *customer; /* to recognise one's own order; NULL when unknown */
  RetourRole role;
  char *badge;    /* as scanned, "STF-0012"; NULL without one */
  char *verifier; /* crypto_pwhash_str of the PIN (Argon2id), NULL: badge only */
  gboolean active;
} RetourStaff;

RetourStaff *retour_staff_new (const char *id, const char *name, RetourRole role);
RetourStaff *retour_staff_copy (const RetourStaff *staff);
void retour_staff_free (RetourStaff *staff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourStaff, retour_staff_free)

/* "clerk", "trainee", "manager"; static. An unknown text is a trainee: the least that may be trusted. */
const char *retour_role_code (RetourRole role);
RetourRole retour_role_parse (const char *code);

/* "Camille M."; caller frees. */
char *retour_staff_short_name (const RetourStaff *staff);
/* "CM"; caller frees. */
char *retour_staff_initials (const RetourStaff *staff);

/* Argon2id, 64 MiB, three passes (ENGINEERING.md C.2): about 0.1 s, so never on the main loop. */
char *retour_pin_verifier_new (const char *pin);
gboolean retour_pin_matches (const char *verifier, const char *pin);

/* How long to wait after wrong PINs in a row: none for the first five, then 60 s doubling up to 30 minutes. Microseconds. */
gint64 retour_pin_wait (guint wrong_tries);

G_END_DECLS
