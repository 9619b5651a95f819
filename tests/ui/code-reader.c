/* SPDX-License-Identifier: Apache-2.0 */
#include "code-reader.h"

#include <check.h>

/* Through pipes, so that no file is left behind. zbarimg ends with 4 when it reads nothing: that is an empty answer. */
static GBytes *
filter (GBytes *input, const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  GBytes *output = NULL;

  ck_assert_msg (process != NULL, "%s: %s", command[0], error != NULL ? error->message : "");
  ck_assert_msg (g_subprocess_communicate (process, input, NULL, &output, NULL, &error), "%s", command[0]);
  return output;
}

static char *
dup_text (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

GStrv
code_reader_read (GBytes *png)
{
  g_autoptr (GBytes) output = filter (png, (const char *[]){ "zbarimg", "--nodbus", "-q", "--raw", "PNG:-", NULL });
  g_autofree char *text = g_strchomp (dup_text (output));

  return *text != '\0' ? g_strsplit (text, "\n", -1) : g_new0 (char *, 1);
}

GStrv
code_reader_read_harmed (GBytes *png, const char *const *options)
{
  g_autoptr (GPtrArray) command = g_ptr_array_new ();

  g_ptr_array_add (command, (gpointer) "convert");
  g_ptr_array_add (command, (gpointer) "PNG:-");
  for (gsize i = 0; options[i] != NULL; i++)
    g_ptr_array_add (command, (gpointer) options[i]);
  g_ptr_array_add (command, (gpointer) "PNG:-");
  g_ptr_array_add (command, NULL);

  g_autoptr (GBytes) harmed = filter (png, (const char *const *) command->pdata);

  return code_reader_read (harmed);
}

GBytes *
code_reader_render_pdf (GBytes *pdf)
{
  return filter (pdf, (const char *[]){ "pdftoppm", "-r", "203.2", "-png", "-singlefile", "-", NULL });
}

char *
code_reader_dup_pdf_text (GBytes *pdf)
{
  g_autoptr (GBytes) output = filter (pdf, (const char *[]){ "pdftotext", "-layout", "-", "-", NULL });

  return dup_text (output);
}
