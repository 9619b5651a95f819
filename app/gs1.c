/* SPDX-License-Identifier: Apache-2.0 */
/* GS1 element strings. */
#include "gs1.h"

#include "gs1-rule.h"

#include <string.h>

static void
element_free (gpointer element)
{
  RetourGs1Element *self = element;

  g_free (self->ai);
  g_free (self->value);
  g_free (self);
}

RetourGs1 *
retour_gs1_new (void)
{
  RetourGs1 *gs1 = g_new0 (RetourGs1, 1);

  gs1->elements = g_ptr_array_new_with_free_func (element_free);
  return gs1;
}

void
retour_gs1_free (RetourGs1 *gs1)
{
  if (gs1 == NULL)
    return;
  g_ptr_array_unref (gs1->elements);
  g_free (gs1->wrong_ai);
  g_free (gs1->wrong_reason);
  g_free (gs1);
}

const char *
retour_gs1_get (const RetourGs1 *gs1, const char *ai)
{
  for (guint i = 0; i < gs1->elements->len; i++)
    {
      const RetourGs1Element *element = gs1->elements->pdata[i];
      if (g_str_equal (element->ai, ai))
        return element->value;
    }
  return NULL;
}

gboolean
retour_gs1_refuse (RetourGs1 *gs1, const char *ai, gsize ai_length, const char *reason)
{
  if (gs1->wrong_ai == NULL)
    {
      g_ptr_array_set_size (gs1->elements, 0);
      gs1->wrong_ai = g_strndup (ai, ai_length);
      gs1->wrong_reason = g_strdup (reason);
    }
  return FALSE;
}

gboolean
retour_gs1_add (RetourGs1 *gs1, const char *ai, const char *value, gsize length)
{
  const RetourGs1Ai *known = retour_gs1_find_exactly (ai);

  if (gs1->wrong_ai != NULL)
    return FALSE;
  if (known == NULL)
    return retour_gs1_refuse (gs1, ai, strlen (ai), "no such application identifier");
  if (length == 0)
    return retour_gs1_refuse (gs1, ai, strlen (ai), "no value");
  const char *wrong = retour_gs1_check (known, value, length);
  if (wrong != NULL)
    return retour_gs1_refuse (gs1, ai, strlen (ai), wrong);

  const char *before = retour_gs1_get (gs1, ai);
  if (before != NULL)
    return (strlen (before) == length && strncmp (before, value, length) == 0)
           || retour_gs1_refuse (gs1, ai, strlen (ai), "twice, with different values");
  RetourGs1Element *element = g_new (RetourGs1Element, 1);
  element->ai = g_strdup (ai);
  element->value = g_strndup (value, length);
  g_ptr_array_add (gs1->elements, element);
  return TRUE;
}

/* What stands where an AI should: as many digits as it would have, or up to two characters that are none. */
static gsize
misfit_length (const char *text)
{
  gsize digits = MIN (strspn (text, "0123456789"), retour_gs1_ai_digits (text));

  if (digits > 0)
    return digits;
  const char *end = text + strlen (text), *after = g_utf8_find_next_char (text, end);
  after = after != NULL ? g_utf8_find_next_char (after, end) : NULL;
  return (gsize) ((after != NULL ? after : end) - text);
}

/* Reads one element and the separator after it; returns where the next begins, or NULL. */
static const char *
read_element (RetourGs1 *gs1, const char *text, const char *separators)
{
  const RetourGs1Ai *known = retour_gs1_find (text);

  if (known == NULL)
    {
      retour_gs1_refuse (gs1, text, misfit_length (text), "no such application identifier");
      return NULL;
    }
  g_autofree char *ai = g_strndup (text, known->digits);
  const char *value = text + known->digits;
  gsize length = strcspn (value, separators);
  if (known->traits & RETOUR_GS1_PREDEFINED)
    length = MIN (length, retour_gs1_longest (known));
  if (!retour_gs1_add (gs1, ai, value, length))
    return NULL;
  value += length;
  return *value != '\0' && strchr (separators, *value) != NULL ? value + 1 : value;
}

RetourGs1 *
retour_gs1_read_data (const char *text, char substitute)
{
  const char separators[] = { RETOUR_GS1_SEPARATOR, substitute, '\0' };
  g_autoptr (RetourGs1) gs1 = retour_gs1_new ();

  g_return_val_if_fail (text != NULL, NULL);
  if (*text != '\0' && strchr (separators, *text) != NULL)
    text++;
  if (*text == '\0')
    retour_gs1_refuse (gs1, "", 0, "no element");
  while (text != NULL && *text != '\0')
    text = read_element (gs1, text, separators);
  return g_steal_pointer (&gs1);
}

/* The digits of an AI in parentheses with which the text begins, or 0. */
static gsize
bracketed_digits (const char *text)
{
  if (*text != '(')
    return 0;
  gsize digits = strspn (text + 1, "0123456789");
  return digits >= 2 && digits <= 4 && text[1 + digits] == ')' ? digits : 0;
}

gboolean
retour_gs1_is_bracketed (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);
  return bracketed_digits (text) > 0;
}

RetourGs1 *
retour_gs1_read_bracketed (const char *text)
{
  g_autoptr (RetourGs1) gs1 = retour_gs1_new ();

  g_return_val_if_fail (text != NULL, NULL);
  if (!retour_gs1_is_bracketed (text))
    retour_gs1_refuse (gs1, text, misfit_length (text), "no application identifier in parentheses");
  while (gs1->wrong_ai == NULL && *text != '\0')
    {
      gsize digits = bracketed_digits (text);
      g_autofree char *ai = g_strndup (text + 1, digits);
      const char *value = text + digits + 2;
      for (text = value; *text != '\0' && bracketed_digits (text) == 0;)
        text++;
      retour_gs1_add (gs1, ai, value, (gsize) (text - value));
    }
  return g_steal_pointer (&gs1);
}
