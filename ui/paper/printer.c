/* SPDX-License-Identifier: Apache-2.0 */
#include "printer.h"

#include "paper-error.h"
#include "printer-line.h"
#include "printer-spool.h"
#include "printer-talk.h"
#include "slip-draw.h"

enum
{
  PORT = 9100,
};

typedef enum
{
  PRINTER_TCP,
  PRINTER_FILE,
  PRINTER_CUPS,
  PRINTER_FOLDER,
} PrinterKind;

struct _RetourPrinter
{
  PrinterKind kind;
  GSocketConnectable *address; /* owned; of PRINTER_TCP */
  char *target;                /* owned; path, queue or folder */
  int width;
  gboolean as_text;
  RetourEscposText text;
  gboolean answers;
};

static const struct
{
  const char *scheme;
  PrinterKind kind;
} SCHEMES[] = {
  { "tcp://", PRINTER_TCP },
  { "file:", PRINTER_FILE },
  { "cups:", PRINTER_CUPS },
  { "dir:", PRINTER_FOLDER },
};

const char *
retour_print_outcome_to_string (RetourPrintOutcome outcome)
{
  switch (outcome)
    {
    case RETOUR_PRINT_PRINTED:
      return "printed";
    case RETOUR_PRINT_PAPER_END:
      return "paper_end";
    case RETOUR_PRINT_COVER_OPEN:
      return "cover_open";
    case RETOUR_PRINT_NO_ANSWER:
      return "no_answer";
    case RETOUR_PRINT_OFFLINE:
      return "offline";
    case RETOUR_PRINT_FAILED:
      return "failed";
    }
  g_return_val_if_reached ("failed");
}

static gboolean
refuse (GError **error, const char *setting, const char *why)
{
  g_set_error (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_SETTING, "Printer “%s”: %s", setting, why);
  return FALSE;
}

/* "858:19" or "1252:16": the code page, and the number by which this model knows it. */
static gboolean
parse_text (RetourPrinter *self, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ":", 2);
  guint64 select;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 0, 255, &select, NULL))
    return FALSE;
  if (g_str_equal (parts[0], "858"))
    self->text.code_page = RETOUR_CODE_PAGE_858;
  else if (g_str_equal (parts[0], "1252"))
    self->text.code_page = RETOUR_CODE_PAGE_1252;
  else
    return FALSE;
  self->text.select = (guint8) select;
  self->as_text = TRUE;
  return TRUE;
}

static gboolean
parse_option (RetourPrinter *self, const char *key, const char *value)
{
  if (g_str_equal (key, "width") && (g_str_equal (value, "80") || g_str_equal (value, "58")))
    self->width = g_str_equal (value, "80") ? RETOUR_SLIP_WIDTH_80MM : RETOUR_SLIP_WIDTH_58MM;
  else if (g_str_equal (key, "status") && (g_str_equal (value, "yes") || g_str_equal (value, "no")))
    self->answers = g_str_equal (value, "yes");
  else
    return g_str_equal (key, "text") && parse_text (self, value);
  return TRUE;
}

static gboolean
parse_options (RetourPrinter *self, const char *setting, const char *options, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (options, "&", -1);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (g_strv_length (pair) != 2 || !parse_option (self, pair[0], pair[1]))
        return refuse (error, setting, "the options are width=80|58, text=858:N|1252:N and status=yes|no");
    }
  return TRUE;
}

static gboolean
parse_target (RetourPrinter *self, const char *setting, GError **error)
{
  if (*self->target == '\0')
    return refuse (error, setting, "it names nothing");

  switch (self->kind)
    {
    case PRINTER_TCP:
      self->address = g_network_address_parse (self->target, PORT, NULL);
      return self->address != NULL || refuse (error, setting, "this is not HOST or HOST:PORT");
    case PRINTER_FILE:
    case PRINTER_FOLDER:
      return g_path_is_absolute (self->target) || refuse (error, setting, "the path must begin with /");
    case PRINTER_CUPS:
      return *self->target != '-' || refuse (error, setting, "this is not the name of a queue");
    }
  g_assert_not_reached ();
}

RetourPrinter *
retour_printer_new (const char *setting, GError **error)
{
  g_return_val_if_fail (setting != NULL, NULL);

  g_autoptr (RetourPrinter) self = g_new0 (RetourPrinter, 1);

  self->width = RETOUR_SLIP_WIDTH_80MM;
  self->answers = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (SCHEMES); i++)
    if (g_str_has_prefix (setting, SCHEMES[i].scheme))
      {
        const char *rest = setting + strlen (SCHEMES[i].scheme);
        const char *options = strchr (rest, '?');

        self->kind = SCHEMES[i].kind;
        self->target = options != NULL ? g_strndup (rest, (gsize) (options - rest)) : g_strdup (rest);
        if (!parse_target (self, setting, error)
            || (options != NULL && !parse_options (self, setting, options + 1, error)))
          return NULL;
        return g_steal_pointer (&self);
      }
  (void) refuse (error, setting, "it must begin with tcp://, file:, cups: or dir:");
  return NULL;
}

void
retour_printer_free (RetourPrinter *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->address);
  g_free (self->target);
  g_free (self);
}

int
retour_printer_get_width (const RetourPrinter *self)
{
  return self->width;
}

static RetourPrintJob *
job_new (const char *name, GBytes *escpos, GBytes *png, GBytes *pdf)
{
  RetourPrintJob *job = g_new0 (RetourPrintJob, 1);

  job->name = g_strdup (name);
  job->escpos = escpos;
  job->png = png;
  job->pdf = pdf;
  return job;
}

RetourPrintJob *
retour_printer_prepare (const RetourPrinter *self, const RetourSlip *slip, const char *name, GError **error)
{
  g_autoptr (GBytes) png = retour_slip_to_png (slip, error);
  g_autoptr (GBytes) pdf = png != NULL ? retour_slip_to_pdf (slip, error) : NULL;
  g_autoptr (RetourRaster) raster = pdf != NULL ? retour_slip_draw (slip, error) : NULL;

  if (raster == NULL)
    return NULL;

  GBytes *escpos = self->as_text ? retour_escpos_from_slip (slip, &self->text) : retour_escpos_from_raster (raster);

  return job_new (name, escpos, g_steal_pointer (&png), g_steal_pointer (&pdf));
}

/* Takes `raster` and `pdf`, either of which may have failed. */
static RetourPrintJob *
label_job_new (const char *name, RetourRaster *raster, GBytes *pdf, GError **error)
{
  GBytes *png = raster != NULL && pdf != NULL ? retour_raster_to_png (raster, 0, error) : NULL;
  RetourPrintJob *job = NULL;

  if (png != NULL)
    job = job_new (name, retour_escpos_from_raster (raster), png, g_bytes_ref (pdf));
  retour_raster_free (raster);
  g_clear_pointer (&pdf, g_bytes_unref);
  return job;
}

RetourPrintJob *
retour_print_job_new_for_bag (const RetourBagLabel *label, const char *name, GError **error)
{
  RetourRaster *raster = retour_bag_label_draw (label, error);

  return label_job_new (name, raster, raster != NULL ? retour_bag_label_to_pdf (label, error) : NULL, error);
}

RetourPrintJob *
retour_print_job_new_for_routing (const RetourRoutingLabel *label, const char *name, GError **error)
{
  RetourRaster *raster = retour_routing_label_draw (label, error);

  return label_job_new (name, raster, raster != NULL ? retour_routing_label_to_pdf (label, error) : NULL, error);
}

void
retour_print_job_free (RetourPrintJob *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_bytes_unref (self->escpos);
  g_bytes_unref (self->png);
  g_bytes_unref (self->pdf);
  g_free (self);
}

static gboolean
print_on_line (RetourPrinter *self,
               const RetourPrintJob *job,
               gint64 deadline,
               GCancellable *cancellable,
               RetourPrintResult *result,
               GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (RetourPrinterLine) line = self->kind == PRINTER_TCP
                                           ? retour_printer_line_connect (self->address, deadline, cancellable, &cause)
                                           : retour_printer_line_open (self->target, deadline, cancellable, &cause);

  if (line == NULL)
    return retour_print_fail (result, RETOUR_PRINT_OFFLINE, error, "The printer cannot be reached", cause);
  if (self->answers && retour_printer_line_can_answer (line))
    return retour_printer_talk (line, job->escpos, deadline, result, error);
  return retour_printer_talk_blindly (line, job->escpos, result, error);
}

gboolean
retour_printer_print (RetourPrinter *self,
                      const RetourPrintJob *job,
                      guint timeout_ms,
                      GCancellable *cancellable,
                      RetourPrintResult *result,
                      GError **error)
{
  g_return_val_if_fail (self != NULL && job != NULL && result != NULL, FALSE);

  gint64 deadline = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GError) cancelled = NULL;

  *result = (RetourPrintResult){ .outcome = RETOUR_PRINT_FAILED };
  if (g_cancellable_set_error_if_cancelled (cancellable, &cancelled))
    return retour_print_fail (result, RETOUR_PRINT_FAILED, error, "Nothing was sent", cancelled);

  switch (self->kind)
    {
    case PRINTER_TCP:
    case PRINTER_FILE:
      return print_on_line (self, job, deadline, cancellable, result, error);
    case PRINTER_CUPS:
      return retour_printer_spool_to_cups (self->target, job, deadline, cancellable, result, error);
    case PRINTER_FOLDER:
      return retour_printer_spool_to_folder (self->target, job, result, error);
    }
  g_assert_not_reached ();
}
