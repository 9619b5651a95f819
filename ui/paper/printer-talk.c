/* SPDX-License-Identifier: Apache-2.0 */
#include "printer-talk.h"

#include "paper-error.h"

/* Three kinds of answers share one stream and are told apart by their fixed bits: real-time status (to DLE EOT n),
 * ordered status (to GS r 1), and the four bytes of automatic status that some printers send unasked. */

enum
{
  PROBE_MS = 2000,  /* a printer answers a real-time question in milliseconds, or is not there */
  RECHECK_MS = 500, /* between real-time questions while the job is being printed */

  FIXED_BITS = 0x93,
  FIXED_REAL_TIME = 0x12,
  FIXED_AUTOMATIC = 0x10,
  FIXED_ORDERED_BITS = 0x90,
  AUTOMATIC_REST = 3, /* bytes that follow the first */

  ASK_OFFLINE_CAUSE = 2,
  CAUSE_COVER = 0x04,
  CAUSE_FEED_KEY = 0x08,
  CAUSE_PAPER = 0x20,
  CAUSE_ERROR = 0x40,

  ASK_PAPER = 4,
  PAPER_NEAR_END = 0x0C,
  PAPER_END = 0x60,

  ORDERED_NEAR_END = 0x03,
  ORDERED_END = 0x0C,
};

typedef enum
{
  ANSWER_REAL_TIME,
  ANSWER_ORDERED,
  ANSWER_NEITHER,
} AnswerKind;

typedef struct
{
  RetourPrinterLine *line;
  gint64 deadline;
  int automatic_left; /* bytes of an automatic status still to come */
  RetourPrintResult *result;
} Talk;

gboolean
retour_print_fail (
    RetourPrintResult *result, RetourPrintOutcome outcome, GError **error, const char *reason, const GError *cause)
{
  result->outcome = outcome;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      result->outcome = result->sent ? RETOUR_PRINT_NO_ANSWER : RETOUR_PRINT_FAILED;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s: %s", reason, cause->message);
    }
  else if (cause != NULL)
    g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_PRINTER, "%s: %s", reason, cause->message);
  else
    g_set_error_literal (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_PRINTER, reason);
  return FALSE;
}

static AnswerKind
classify (Talk *self, guint8 byte)
{
  if (self->automatic_left > 0)
    {
      self->automatic_left--;
      return ANSWER_NEITHER;
    }
  if ((byte & FIXED_BITS) == FIXED_AUTOMATIC)
    {
      self->automatic_left = AUTOMATIC_REST;
      return ANSWER_NEITHER;
    }
  if ((byte & FIXED_BITS) == FIXED_REAL_TIME)
    return ANSWER_REAL_TIME;
  return (byte & FIXED_ORDERED_BITS) == 0 ? ANSWER_ORDERED : ANSWER_NEITHER;
}

static gboolean
send_question (Talk *self, guint8 question, GError **error)
{
  const guint8 bytes[] = { 0x10, 0x04, question };

  return retour_printer_line_write (self->line, bytes, sizeof bytes, NULL, error);
}

/* Asks one real-time question and waits for its answer, passing over whatever else the printer says. */
static gboolean
ask (Talk *self, guint8 question, guint8 *answer, GError **error)
{
  gint64 until = MIN (self->deadline, g_get_monotonic_time () + PROBE_MS * G_TIME_SPAN_MILLISECOND);
  guint8 byte;

  retour_printer_line_drain (self->line);
  self->automatic_left = 0;
  if (!send_question (self, question, error))
    return FALSE;
  do
    if (!retour_printer_line_read (self->line, until, &byte, error))
      return FALSE;
  while (classify (self, byte) != ANSWER_REAL_TIME);
  *answer = byte;
  return TRUE;
}

/* What keeps the printer from printing, if anything. */
static gboolean
judge (Talk *self, guint8 cause, guint8 paper, GError **error)
{
  self->result->near_end = (paper & PAPER_NEAR_END) != 0;
  if (cause & CAUSE_COVER)
    return retour_print_fail (self->result, RETOUR_PRINT_COVER_OPEN, error, "The printer's cover is open", NULL);
  if ((cause & CAUSE_PAPER) || (paper & PAPER_END))
    return retour_print_fail (self->result, RETOUR_PRINT_PAPER_END, error, "The printer is out of paper", NULL);
  if (cause & CAUSE_ERROR)
    return retour_print_fail (self->result, RETOUR_PRINT_OFFLINE, error, "The printer reports an error", NULL);
  if (cause & CAUSE_FEED_KEY)
    return retour_print_fail (self->result, RETOUR_PRINT_OFFLINE, error, "Somebody is feeding paper", NULL);
  return TRUE;
}

static gboolean
check_ready (Talk *self, GError **error)
{
  g_autoptr (GError) silence = NULL;
  guint8 cause, paper;

  if (!ask (self, ASK_OFFLINE_CAUSE, &cause, &silence) || !ask (self, ASK_PAPER, &paper, &silence))
    return retour_print_fail (self->result, RETOUR_PRINT_NO_ANSWER, error,
                              "Nothing was sent, the printer does not say how it is", silence);
  return judge (self, cause, paper, error);
}

static gboolean
send_job (Talk *self, GBytes *job, GError **error)
{
  const guint8 ordered_status[] = { 0x1D, 'r', 1 };
  g_autoptr (GError) cause = NULL;
  gsize length, written = 0;
  const guint8 *bytes = g_bytes_get_data (job, &length);
  gboolean done = retour_printer_line_write (self->line, bytes, length, &written, &cause);

  self->result->sent = written > 0;
  if (done)
    done = retour_printer_line_write (self->line, ordered_status, sizeof ordered_status, NULL, &cause);
  if (!done)
    return retour_print_fail (self->result, self->result->sent ? RETOUR_PRINT_NO_ANSWER : RETOUR_PRINT_OFFLINE, error,
                              "The job broke off half-way", cause);
  return TRUE;
}

/* The ordered answer comes after everything before it was printed. Until then the printer is asked in real time now and
 * then, for it answers that even when it stands still without paper. */
static gboolean
await_ordered_status (Talk *self, GError **error)
{
  guint8 question = 0, cause = 0;

  self->automatic_left = 0;
  while (TRUE)
    {
      g_autoptr (GError) silence = NULL;
      gint64 until = g_get_monotonic_time () + RECHECK_MS * G_TIME_SPAN_MILLISECOND;
      guint8 byte;

      if (!retour_printer_line_read (self->line, until, &byte, &silence))
        {
          gboolean late = g_get_monotonic_time () >= self->deadline;

          if (late || !g_error_matches (silence, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
            return retour_print_fail (self->result, RETOUR_PRINT_NO_ANSWER, error,
                                      "The job was sent, its end was not confirmed", silence);
          if (question == 0 && send_question (self, ASK_OFFLINE_CAUSE, NULL))
            question = ASK_OFFLINE_CAUSE;
          continue;
        }
      switch (classify (self, byte))
        {
        case ANSWER_ORDERED:
          self->result->near_end = (byte & ORDERED_NEAR_END) != 0;
          if (byte & ORDERED_END)
            return retour_print_fail (self->result, RETOUR_PRINT_PAPER_END, error, "The paper ended while printing",
                                      NULL);
          return TRUE;
        case ANSWER_REAL_TIME:
          if (question == ASK_PAPER && !judge (self, cause, byte, error))
            return FALSE;
          if (question == ASK_OFFLINE_CAUSE)
            {
              cause = byte;
              question = send_question (self, ASK_PAPER, NULL) ? ASK_PAPER : 0;
            }
          else
            question = 0;
          break;
        case ANSWER_NEITHER:
          break;
        }
    }
}

gboolean
retour_printer_talk (RetourPrinterLine *line, GBytes *job, gint64 deadline, RetourPrintResult *result, GError **error)
{
  Talk self = { .line = line, .deadline = deadline, .result = result };

  if (!check_ready (&self, error) || !send_job (&self, job, error) || !await_ordered_status (&self, error))
    return FALSE;
  result->outcome = RETOUR_PRINT_PRINTED;
  result->confirmed = TRUE;
  return TRUE;
}

gboolean
retour_printer_talk_blindly (RetourPrinterLine *line, GBytes *job, RetourPrintResult *result, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length, written = 0;
  const guint8 *bytes = g_bytes_get_data (job, &length);
  gboolean done = retour_printer_line_write (line, bytes, length, &written, &cause);

  result->sent = written > 0;
  if (!done)
    return retour_print_fail (result, result->sent ? RETOUR_PRINT_NO_ANSWER : RETOUR_PRINT_OFFLINE, error,
                              "The job broke off half-way", cause);
  retour_printer_line_finish (line);
  result->outcome = RETOUR_PRINT_PRINTED;
  return TRUE;
}
