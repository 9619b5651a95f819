/* SPDX-License-Identifier: Apache-2.0 */
#include "printer-emulator.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static char *
read_said (PrinterEmulator *self)
{
  char *line = g_data_input_stream_read_line (self->said, NULL, NULL, NULL);

  ck_assert_msg (line != NULL, "the emulator ended");
  return line;
}

char *
test_folder_new (void)
{
  char *folder = g_dir_make_tmp ("retour-paper-XXXXXX", NULL);

  ck_assert_ptr_nonnull (folder);
  return folder;
}

void
test_folder_remove (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

PrinterEmulator *
printer_emulator_new (const char *way, const char *fault)
{
  PrinterEmulator *self = g_new0 (PrinterEmulator, 1);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  self->folder = test_folder_new ();
  g_ptr_array_add (command, (gpointer) "/usr/bin/python3");
  g_ptr_array_add (command, (gpointer) PRINTER_EMULATOR);
  g_ptr_array_add (command, (gpointer) "--out");
  g_ptr_array_add (command, self->folder);
  if (g_str_equal (way, "pty"))
    g_ptr_array_add (command, (gpointer) "--pty");
  if (fault != NULL)
    {
      g_ptr_array_add (command, (gpointer) "--fault");
      g_ptr_array_add (command, (gpointer) fault);
    }
  g_ptr_array_add (command, NULL);
  self->process = g_subprocess_newv ((const char *const *) command->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  ck_assert_msg (self->process != NULL, "%s", error != NULL ? error->message : "");
  self->said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  g_autofree char *line = read_said (self);

  if (g_str_has_prefix (line, "listening "))
    self->setting = g_strconcat ("tcp://127.0.0.1:", line + strlen ("listening "), NULL);
  else
    self->setting = g_strconcat ("file:", line + strlen ("pty "), NULL);
  return self;
}

void
printer_emulator_free (PrinterEmulator *self)
{
  if (self == NULL)
    return;
  g_subprocess_force_exit (self->process);
  (void) g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->said);
  g_object_unref (self->process);
  test_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->setting);
  g_free (self);
}

void
printer_emulator_expect (PrinterEmulator *self, const char *line)
{
  while (TRUE)
    {
      g_autofree char *said = read_said (self);

      ck_assert_msg (!g_str_has_prefix (said, "not understood"), "%s", said);
      if (g_str_equal (said, line))
        return;
    }
}

static char *
dup_page_path (const PrinterEmulator *self, int page, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("page-%d.%s", page, suffix);

  return g_build_filename (self->folder, name, NULL);
}

int
printer_emulator_count_pages (const PrinterEmulator *self)
{
  int pages = 0;

  while (TRUE)
    {
      g_autofree char *path = dup_page_path (self, pages + 1, "txt");

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return pages;
      pages++;
    }
}

RetourRaster *
printer_emulator_load_picture (const PrinterEmulator *self, int page)
{
  g_autofree char *path = dup_page_path (self, page, "pbm");
  g_autofree char *bytes = NULL;
  gsize length;
  int width, height, head;

  ck_assert (g_file_get_contents (path, &bytes, &length, NULL));
  ck_assert_int_eq (sscanf (bytes, "P4 %d %d%n", &width, &height, &head), 2);
  head++;

  RetourRaster *raster = retour_raster_new (width, height);

  ck_assert_uint_eq (length, (gsize) head + (gsize) raster->stride * (gsize) height);
  memcpy (raster->rows, bytes + head, length - (gsize) head);
  return raster;
}

char *
printer_emulator_load_text (const PrinterEmulator *self, int page)
{
  g_autofree char *path = dup_page_path (self, page, "txt");
  char *text = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}
