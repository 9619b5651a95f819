/* SPDX-License-Identifier: Apache-2.0 */
#include "slip-proof.h"

/* Order and spacing of the parts are mock-up P1's. */

static const RetourSlipStyle NORMAL = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_REGULAR, FALSE };
static const RetourSlipStyle NOTE = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_BOLD, FALSE };
static const RetourSlipStyle VALUE = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_SEMIBOLD, FALSE };
static const RetourSlipStyle ITEM = { RETOUR_SLIP_NORMAL, RETOUR_SLIP_BOLD, FALSE };
static const RetourSlipStyle SMALL = { RETOUR_SLIP_SMALL, RETOUR_SLIP_REGULAR, FALSE };
static const RetourSlipStyle NUMBER = { RETOUR_SLIP_HUGE, RETOUR_SLIP_BOLD, TRUE };
static const RetourSlipStyle MARK = { RETOUR_SLIP_MEDIUM, RETOUR_SLIP_BOLD, FALSE };
static const RetourSlipStyle TOTAL_LABEL = { RETOUR_SLIP_LARGE, RETOUR_SLIP_BOLD, FALSE };
static const RetourSlipStyle TOTAL_LABEL_NARROW = { RETOUR_SLIP_MEDIUM, RETOUR_SLIP_BOLD, FALSE };
static const RetourSlipStyle TOTAL = { RETOUR_SLIP_GIANT, RETOUR_SLIP_BOLD, FALSE };

static void
line_free (gpointer memory)
{
  RetourSlipLine *line = memory;

  g_free (line->label);
  g_free (line->value);
  g_free (line->detail);
  g_free (line);
}

static void
section_free (gpointer memory)
{
  RetourSlipSection *section = memory;

  g_free (section->number);
  g_ptr_array_unref (section->facts);
  g_ptr_array_unref (section->items);
  g_ptr_array_unref (section->breakdown);
  g_free (section->total_label);
  g_free (section->total);
  g_ptr_array_unref (section->tenders);
  g_free (section->acceptance);
  g_free (section->token);
  g_free (section->token_text);
  g_free (section);
}

static void
add_rule (RetourSlip *slip)
{
  retour_slip_add_space (slip, 20);
  retour_slip_add_rule_dashed (slip);
  retour_slip_add_space (slip, 20);
}

static void
add_store (RetourSlip *slip, const RetourSlipProof *self)
{
  retour_slip_add_heading (slip, self->chain);
  for (guint i = 0; i < self->store_lines->len; i++)
    retour_slip_add_line (slip, g_ptr_array_index (self->store_lines, i));
  retour_slip_add_space (slip, 22);
  retour_slip_add_band (slip, self->title);
  if (self->duplicate != NULL)
    {
      retour_slip_add_space (slip, 12);
      retour_slip_add_text (slip, self->duplicate, RETOUR_SLIP_CENTRE, MARK);
    }
  retour_slip_add_space (slip, 14);
}

static void
add_lines (RetourSlip *slip, const GPtrArray *lines, RetourSlipStyle left, RetourSlipStyle right, int gap)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const RetourSlipLine *line = g_ptr_array_index (lines, i);

      if (i > 0)
        retour_slip_add_space (slip, gap);
      retour_slip_add_row_full (slip, line->label, left, line->value, right, line->detail);
    }
}

static void
add_total (RetourSlip *slip, const char *label, const char *total)
{
  RetourSlipStyle style = slip->width == RETOUR_SLIP_WIDTH_58MM ? TOTAL_LABEL_NARROW : TOTAL_LABEL;

  if (total == NULL)
    return;
  retour_slip_add_space (slip, 14);
  retour_slip_add_rule_solid (slip);
  retour_slip_add_space (slip, 4);
  retour_slip_add_row_full (slip, label, style, total, TOTAL, NULL);
}

static void
add_refund (RetourSlip *slip, const RetourSlipSection *section)
{
  if (section->breakdown->len > 0)
    {
      add_rule (slip);
      add_lines (slip, section->breakdown, NORMAL, VALUE, 0);
    }
  add_total (slip, section->total_label, section->total);
  add_lines (slip, section->tenders, NORMAL, VALUE, 0);
}

static void
add_number (RetourSlip *slip, const RetourSlipSection *section)
{
  retour_slip_add_text (slip, section->number, RETOUR_SLIP_CENTRE, NUMBER);
}

static void
add_section (RetourSlip *slip, const RetourSlipSection *section)
{
  retour_slip_add_space (slip, 22);
  retour_slip_add_barcode (slip, section->number, NULL);
  if (section->facts->len > 0)
    {
      add_rule (slip);
      add_lines (slip, section->facts, NORMAL, VALUE, 0);
    }
  if (section->items->len > 0)
    {
      add_rule (slip);
      add_lines (slip, section->items, ITEM, VALUE, 12);
    }
  if (section->acceptance != NULL)
    {
      retour_slip_add_space (slip, 12);
      retour_slip_add_text (slip, section->acceptance, RETOUR_SLIP_LEFT, VALUE);
    }
  add_refund (slip, section);
}

static void
add_keep (RetourSlip *slip, const RetourSlipProof *self)
{
  add_total (slip, self->sum_label, self->sum);
  add_rule (slip);
  retour_slip_add_text (slip, self->keep, RETOUR_SLIP_CENTRE, MARK);
  retour_slip_add_text (slip, self->legal, RETOUR_SLIP_CENTRE, NORMAL);
}

static void
add_token (RetourSlip *slip, const RetourSlipSection *section)
{
  retour_slip_add_space (slip, 22);
  retour_slip_add_qr (slip, section->token, section->token_text);
}

static void
add_end (RetourSlip *slip, const RetourSlipProof *self)
{
  if (self->terms != NULL)
    {
      add_rule (slip);
      retour_slip_add_text (slip, self->terms, RETOUR_SLIP_LEFT, SMALL);
    }
  retour_slip_add_space (slip, 24);
  retour_slip_add_footer (slip, self->footer);
}

RetourSlipProof *
retour_slip_proof_new (void)
{
  RetourSlipProof *self = g_new0 (RetourSlipProof, 1);

  self->store_lines = g_ptr_array_new_with_free_func (g_free);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  return self;
}

void
retour_slip_proof_free (RetourSlipProof *self)
{
  if (self == NULL)
    return;
  g_free (self->chain);
  g_ptr_array_unref (self->store_lines);
  g_free (self->title);
  g_free (self->duplicate);
  g_free (self->date);
  g_free (self->provisional);
  g_ptr_array_unref (self->sections);
  g_free (self->sum_label);
  g_free (self->sum);
  g_free (self->keep);
  g_free (self->legal);
  g_free (self->terms);
  g_free (self->footer);
  g_free (self);
}

void
retour_slip_proof_add_store_line (RetourSlipProof *self, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (self->store_lines, g_strdup (text));
}

RetourSlipSection *
retour_slip_proof_add_section (RetourSlipProof *self)
{
  RetourSlipSection *section = g_new0 (RetourSlipSection, 1);

  section->facts = g_ptr_array_new_with_free_func (line_free);
  section->items = g_ptr_array_new_with_free_func (line_free);
  section->breakdown = g_ptr_array_new_with_free_func (line_free);
  section->tenders = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (self->sections, section);
  return section;
}

void
retour_slip_section_add (GPtrArray *lines, const char *label, const char *value, const char *detail)
{
  RetourSlipLine *line = g_new0 (RetourSlipLine, 1);

  line->label = g_strdup (label);
  line->value = g_strdup (value);
  line->detail = g_strdup (detail);
  g_ptr_array_add (lines, line);
}

RetourSlip *
retour_slip_proof_compose (const RetourSlipProof *self, int width)
{
  RetourSlip *slip = retour_slip_new (width);

  add_store (slip, self);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const RetourSlipSection *section = g_ptr_array_index (self->sections, i);
      gboolean last = i + 1 == self->sections->len;

      if (i > 0)
        {
          retour_slip_add_space (slip, 18);
          retour_slip_add_rule_solid (slip);
          retour_slip_add_space (slip, 14);
        }
      add_number (slip, section);
      if (i == 0)
        {
          retour_slip_add_line (slip, self->date);
          retour_slip_add_text (slip, self->provisional, RETOUR_SLIP_CENTRE, NOTE);
        }
      add_section (slip, section);
      if (last)
        add_keep (slip, self);
      add_token (slip, section);
    }
  add_end (slip, self);
  return slip;
}
