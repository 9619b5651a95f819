/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan is: the text is held against one thing after another, and the first that fits decides. */
#include "scan.h"

#include "check-character.h"
#include "digital-link.h"
#include "keyboard-layout.h"
#include "proof.h"
#include "return-number.h"

#include <string.h>

typedef enum
{
  NOT_TRIED,
  NO,
  YES,
  STOP, /* it is that, and wrong: nothing else is tried */
} Answer;

typedef struct
{
  RetourScan *scan;
  const char *code; /* the scan's text */
  const RetourScanShapes *shapes;
  RetourScanLookup lookup;
  gpointer user_data;
} Reading;

const char *
retour_scan_kind_code (RetourScanKind kind)
{
  static const char *const codes[RETOUR_N_SCAN_KINDS] = { "product", "parcel", "order",   "return_label",
                                                          "proof",   "staff",  "command", "unknown" };

  g_return_val_if_fail ((guint) kind < RETOUR_N_SCAN_KINDS, "unknown");
  return codes[kind];
}

void
retour_scan_free (RetourScan *scan)
{
  if (scan == NULL)
    return;
  g_free (scan->value);
  g_free (scan->text);
  g_free (scan->visible);
  g_free (scan->symbology);
  g_clear_pointer (&scan->elements, g_ptr_array_unref);
  g_strfreev (scan->tried);
  g_free (scan->wrong_element);
  g_free (scan->wrong_reason);
  g_free (scan->command_code);
  g_free (scan);
}

/* Control characters as U+2400 + code (the picture of DEL is U+2421); what is not UTF-8 as U+FFFD. */
static char *
make_visible (const char *text, gsize length)
{
  GString *visible = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      gunichar c = *text == '\0' ? 0 : g_utf8_get_char_validated (text, end - text);
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_unichar (visible, 0xfffd);
          text++;
          continue;
        }
      if (c < 0x20)
        g_string_append_unichar (visible, 0x2400 + c);
      else if (c == 0x7f)
        g_string_append_unichar (visible, 0x2421);
      else
        g_string_append_unichar (visible, g_unichar_iscntrl (c) ? 0xfffd : c);
      text = *text == '\0' ? text + 1 : g_utf8_next_char (text);
    }
  return g_string_free (visible, FALSE);
}

static Answer
decide (Reading *reading, RetourScanKind kind, const char *value)
{
  reading->scan->kind = kind;
  reading->scan->value = g_strdup (value);
  return YES;
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static Answer
try_proof_token (Reading *reading)
{
  if (!g_str_has_prefix (reading->code, RETOUR_PROOF_PREFIX))
    return NO;
  g_autoptr (RetourProofContent) content = retour_proof_open (reading->code, NULL);
  if (content == NULL)
    return decide (reading, RETOUR_SCAN_PROOF, reading->scan->visible);
  const RetourReturnNumber *number = &content->number;
  g_autofree char *text = retour_return_number_format (number->store, number->terminal, number->counter);
  return decide (reading, RETOUR_SCAN_PROOF, text);
}

static Answer
try_command (Reading *reading)
{
  static const struct
  {
    const char *word;
    RetourScanCommand command;
    gboolean has_code;
  } commands[] = {
    { "confirm", RETOUR_SCAN_COMMAND_CONFIRM, FALSE }, { "back", RETOUR_SCAN_COMMAND_BACK, FALSE },
    { "next", RETOUR_SCAN_COMMAND_NEXT, FALSE },       { "undo", RETOUR_SCAN_COMMAND_UNDO, FALSE },
    { "reason:", RETOUR_SCAN_COMMAND_REASON, TRUE },   { "condition:", RETOUR_SCAN_COMMAND_CONDITION, TRUE },
  };

  if (!g_str_has_prefix (reading->code, "RC:"))
    return NO;
  const char *word = reading->code + 3;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *code = word + strlen (commands[i].word);
      if (!g_str_has_prefix (word, commands[i].word)
          || (commands[i].has_code ? !retour_scan_shape_matches ("*", code) : *code != '\0'))
        continue;
      reading->scan->command = commands[i].command;
      reading->scan->command_code = commands[i].has_code ? g_strdup (code) : NULL;
      return decide (reading, RETOUR_SCAN_COMMAND, word);
    }
  return NO;
}

static Answer
try_order_url (Reading *reading)
{
  const GStrv patterns = reading->shapes->order_url;

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    {
      g_autofree char *order = retour_order_url_read (patterns[i], reading->code);
      if (order != NULL)
        return decide (reading, RETOUR_SCAN_ORDER, order);
    }
  return NO;
}

/* A retail barcode is never one of the chain's own codes, whatever its digits look like. */
static Answer
try_shapes (Reading *reading, GStrv patterns, RetourScanKind kind)
{
  const char *symbology = reading->scan->symbology;

  if (g_strcmp0 (symbology, "]E0") == 0 || g_strcmp0 (symbology, "]E4") == 0)
    return NOT_TRIED;
  if (!retour_scan_shape_matches_any ((const char *const *) patterns, reading->code))
    return NO;
  return decide (reading, kind, reading->code);
}

static Answer
try_order (Reading *reading)
{
  return try_shapes (reading, reading->shapes->order, RETOUR_SCAN_ORDER);
}

static Answer
try_return_label (Reading *reading)
{
  return try_shapes (reading, reading->shapes->return_label, RETOUR_SCAN_RETURN_LABEL);
}

static Answer
try_staff (Reading *reading)
{
  return try_shapes (reading, reading->shapes->staff, RETOUR_SCAN_STAFF);
}

/* The serial of the chain's document is the return number; as written when it is not one of ours. */
static Answer
decide_document (Reading *reading, const char *gdti)
{
  const char *own = reading->shapes->gdti;

  if (gdti == NULL || own == NULL || strlen (own) != 13 || !g_str_has_prefix (gdti, own) || gdti[13] == '\0')
    return NO;
  g_autofree char *number = retour_return_number_canonical (gdti + 13);
  return decide (reading, RETOUR_SCAN_PROOF, number != NULL ? number : gdti + 13);
}

/* Takes over what was read. Elements that are right and decide nothing can still be, as a whole, what a carrier or an
 * order calls its parcel; they are no bare number any more. */
static Answer
decide_elements (Reading *reading, RetourGs1 *gs1)
{
  RetourScan *scan = reading->scan;

  if (gs1->wrong_ai != NULL)
    {
      scan->wrong_element = make_visible (gs1->wrong_ai, strlen (gs1->wrong_ai));
      scan->wrong_reason = g_steal_pointer (&gs1->wrong_reason);
      return STOP;
    }
  g_ptr_array_unref (scan->elements);
  scan->elements = g_ptr_array_ref (gs1->elements);
  if (retour_gs1_get (gs1, "01") != NULL)
    return decide (reading, RETOUR_SCAN_PRODUCT, retour_gs1_get (gs1, "01"));
  if (decide_document (reading, retour_gs1_get (gs1, "253")) == YES)
    return YES;
  if (retour_gs1_get (gs1, "00") != NULL)
    return decide (reading, RETOUR_SCAN_PARCEL, retour_gs1_get (gs1, "00"));
  if (retour_gs1_get (gs1, "400") != NULL)
    return decide (reading, RETOUR_SCAN_ORDER, retour_gs1_get (gs1, "400"));
  return NO;
}

static Answer
try_digital_link (Reading *reading)
{
  g_autoptr (RetourGs1) gs1 = retour_digital_link_read (reading->code);

  return gs1 != NULL ? decide_elements (reading, gs1) : NO;
}

/* Whether the text begins with that AI and as many digits with a right check digit. */
static gboolean
begins_with_checked (const char *text, const char *ai, gsize digits)
{
  return g_str_has_prefix (text, ai) && strlen (text) >= strlen (ai) + digits
         && retour_check_gs1_digit (text + strlen (ai), digits);
}

static gboolean
is_element_string (const Reading *reading)
{
  static const char *const symbologies[] = { "]C1", "]d2", "]Q3", "]e0", "]J1", NULL };
  const char *code = reading->code;
  char substitute = reading->shapes->separator;

  return (reading->scan->symbology != NULL && g_strv_contains (symbologies, reading->scan->symbology))
         || strchr (code, RETOUR_GS1_SEPARATOR) != NULL || (substitute != '\0' && strchr (code, substitute) != NULL)
         || retour_gs1_is_bracketed (code) || begins_with_checked (code, "01", 14)
         || begins_with_checked (code, "00", 18);
}

static Answer
try_element_string (Reading *reading)
{
  g_autoptr (RetourGs1) gs1 = NULL;

  if (!is_element_string (reading))
    return NO;
  if (retour_gs1_is_bracketed (reading->code))
    gs1 = retour_gs1_read_bracketed (reading->code);
  else
    gs1 = retour_gs1_read_data (reading->code, reading->shapes->separator);
  return decide_elements (reading, gs1);
}

static gboolean
has_elements (const Reading *reading)
{
  return reading->scan->elements->len > 0;
}

static Answer
try_sscc (Reading *reading)
{
  if (has_elements (reading))
    return NOT_TRIED;
  if (strlen (reading->code) != 18 || !retour_check_gs1_digit (reading->code, 18))
    return NO;
  return decide (reading, RETOUR_SCAN_PARCEL, reading->code);
}

static Answer
try_gtin (Reading *reading)
{
  gsize length = strlen (reading->code);

  if (has_elements (reading))
    return NOT_TRIED;
  if ((length != 8 && (length < 12 || length > 14)) || !retour_check_gs1_digit (reading->code, length))
    return NO;
  g_autofree char *gtin = g_strconcat (&"00000000000000"[length], reading -> code, NULL);
  return decide (reading, RETOUR_SCAN_PRODUCT, gtin);
}

static Answer
try_return_number (Reading *reading)
{
  if (has_elements (reading))
    return NOT_TRIED;
  g_autofree char *number = retour_return_number_canonical (reading->code);
  return number != NULL ? decide (reading, RETOUR_SCAN_PROOF, number) : NO;
}

/* So many numbers are only digits that a shape of digits says nothing: those must be of an order that is known. */
static Answer
try_tracking (Reading *reading)
{
  if (is_digits (reading->code)
      || !retour_scan_shape_matches_any ((const char *const *) reading->shapes->tracking, reading->code))
    return NO;
  return decide (reading, RETOUR_SCAN_PARCEL, reading->code);
}

static Answer
try_cached_order (Reading *reading)
{
  if (reading->lookup == NULL || *reading->code == '\0')
    return NOT_TRIED;
  RetourScanKind kind = reading->lookup (reading->code, reading->user_data);
  return kind != RETOUR_SCAN_UNKNOWN ? decide (reading, kind, reading->code) : NO;
}

static const struct
{
  const char *name;
  Answer (*try) (Reading *reading);
} attempts[] = {
  { "proof_token", try_proof_token },
  { "command", try_command },
  { "order_url", try_order_url },
  { "order", try_order },
  { "return_label", try_return_label },
  { "staff", try_staff },
  { "digital_link", try_digital_link },
  { "element_string", try_element_string },
  { "sscc", try_sscc },
  { "gtin", try_gtin },
  { "return_number", try_return_number },
  { "tracking", try_tracking },
  { "cached_order", try_cached_order },
};

static void
add_tried (RetourScan *scan, const char *name)
{
  guint length = g_strv_length (scan->tried);

  scan->tried = g_renew (char *, scan->tried, length + 2);
  scan->tried[length] = g_strdup (name);
  scan->tried[length + 1] = NULL;
}

/* "]C1" and the like (ISO/IEC 15424): a bracket, a letter, a letter or digit. */
static gboolean
has_symbology (const char *text)
{
  return text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]);
}

static RetourScan *
scan_new (const char *text, gsize length)
{
  RetourScan *scan = g_new0 (RetourScan, 1);
  gsize before = length >= 3 && has_symbology (text) ? 3 : 0;

  scan->kind = RETOUR_SCAN_UNKNOWN;
  scan->visible = make_visible (text, length);
  scan->symbology = before > 0 ? g_strndup (text, before) : NULL;
  scan->text = memchr (text, '\0', length) == NULL ? g_strndup (text + before, length - before)
                                                   : make_visible (text + before, length - before);
  scan->elements = g_ptr_array_new ();
  scan->tried = g_new0 (char *, 1);
  return scan;
}

/* `is_text`: UTF-8 without NUL bytes. Anything else can still be a damaged proof, and nothing more. */
static RetourScan *
read_once (const char *text, gsize length, gboolean is_text, Reading reading)
{
  RetourScan *scan = scan_new (text, length);

  reading.scan = scan;
  reading.code = scan->text;
  for (guint i = 0; i < (is_text ? G_N_ELEMENTS (attempts) : 1); i++)
    {
      Answer answer = attempts[i].try (&reading);
      if (answer != NOT_TRIED)
        add_tried (scan, attempts[i].name);
      if (answer == YES)
        return scan;
      if (answer == STOP)
        break;
    }
  scan->value = g_strdup (scan->visible);
  return scan;
}

static RetourScan *
read_repaired (const char *text, gsize length, Reading reading)
{
  g_autofree char *typed = g_strndup (text, length);
  g_autofree char *meant = retour_keyboard_azerty_to_qwerty (typed);
  g_autoptr (RetourScan) scan = read_once (meant, strlen (meant), TRUE, reading);

  if (scan->kind == RETOUR_SCAN_UNKNOWN)
    return NULL;
  scan->repaired = TRUE;
  return g_steal_pointer (&scan);
}

static gboolean
is_outer_space (char c)
{
  return c == ' ' || c == '\r' || c == '\n' || c == '\t';
}

RetourScan *
retour_scan_classify (
    const char *text, gssize length, const RetourScanShapes *shapes, RetourScanLookup lookup, gpointer user_data)
{
  static const RetourScanShapes none = { 0 };
  Reading reading = { .shapes = shapes != NULL ? shapes : &none, .lookup = lookup, .user_data = user_data };

  g_return_val_if_fail (text != NULL, NULL);
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  for (; size > 0 && is_outer_space (text[size - 1]);)
    size--;
  for (; size > 0 && is_outer_space (text[0]); text++)
    size--;
  if (size > RETOUR_SCAN_MAX)
    {
      RetourScan *scan = scan_new (text, size);
      scan->value = g_strdup (scan->visible);
      add_tried (scan, "length");
      return scan;
    }
  gboolean is_text = g_utf8_validate (text, (gssize) size, NULL);
  g_autoptr (RetourScan) scan = read_once (text, size, is_text, reading);
  if (scan->kind != RETOUR_SCAN_UNKNOWN || !is_text)
    return g_steal_pointer (&scan);
  RetourScan *repaired = read_repaired (text, size, reading);
  add_tried (scan, "keyboard_layout");
  return repaired != NULL ? repaired : g_steal_pointer (&scan);
}
