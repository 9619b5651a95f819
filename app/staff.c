/* SPDX-License-Identifier: Apache-2.0 */
/* Staff as values, their roles and short names. */
#include "staff.h"

#include <string.h>

RetourStaff *
retour_staff_new (const char *id, const char *name, RetourRole role)
{
  g_return_val_if_fail (id != NULL && name != NULL, NULL);

  RetourStaff *staff = g_new0 (RetourStaff, 1);
  staff->id = g_strdup (id);
  staff->name = g_strdup (name);
  staff->role = role;
  staff->active = TRUE;
  return staff;
}

RetourStaff *
retour_staff_copy (const RetourStaff *staff)
{
  g_return_val_if_fail (staff != NULL, NULL);

  RetourStaff *copy = g_memdup2 (staff, sizeof *staff);
  copy->id = g_strdup (staff->id);
  copy->name = g_strdup (staff->name);
  copy->email = g_strdup (staff->email);
  copy->customer = g_strdup (staff->customer);
  copy->badge = g_strdup (staff->badge);
  copy->verifier = g_strdup (staff->verifier);
  return copy;
}

void
retour_staff_free (RetourStaff *staff)
{
  if (staff == NULL)
    return;
  g_free (staff->id);
  g_free (staff->name);
  g_free (staff->email);
  g_free (staff->customer);
  g_free (staff->badge);
  g_free (staff->verifier);
  g_free (staff);
}

const char *
retour_role_code (RetourRole role)
{
  switch (role)
    {
    case RETOUR_ROLE_CLERK:
      return "clerk";
    case RETOUR_ROLE_TRAINEE:
      return "trainee";
    case RETOUR_ROLE_MANAGER:
      return "manager";
    }
  return "trainee";
}

RetourRole
retour_role_parse (const char *code)
{
  if (g_strcmp0 (code, "clerk") == 0)
    return RETOUR_ROLE_CLERK;
  if (g_strcmp0 (code, "manager") == 0)
    return RETOUR_ROLE_MANAGER;
  return RETOUR_ROLE_TRAINEE;
}

/* The first letter, upper case, of a word; empty for an empty one. */
static void
append_initial (GString *text, const char *word)
{
  if (*word != '\0')
    g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (word)));
}

char *
retour_staff_short_name (const RetourStaff *staff)
{
  g_return_val_if_fail (staff != NULL, NULL);

  g_auto (GStrv) words = g_strsplit (staff->name, " ", 2);
  if (words[0] == NULL || words[1] == NULL)
    return g_strdup (staff->name);
  GString *text = g_string_new (words[0]);
  g_string_append_c (text, ' ');
  append_initial (text, words[1]);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

char *
retour_staff_initials (const RetourStaff *staff)
{
  g_return_val_if_fail (staff != NULL, NULL);

  g_auto (GStrv) words = g_strsplit (staff->name, " ", 0);
  guint n = g_strv_length (words);
  GString *text = g_string_new (NULL);
  if (n > 0)
    append_initial (text, words[0]);
  if (n > 1)
    append_initial (text, words[n - 1]);
  return g_string_free (text, FALSE);
}
