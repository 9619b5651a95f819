/* SPDX-License-Identifier: Apache-2.0 */
#include "test-program.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct _TestProgram
{
  GPid pid;
  FILE *output;
};

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

TestProgram *
test_program_start (const char *const *argv, void (*line) (const char *text, gpointer user_data), gpointer user_data)
{
  TestProgram *program = g_new0 (TestProgram, 1);
  char text[8192];
  int output;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL,
                                           &program->pid, NULL, &output, NULL, NULL));
  program->output = fdopen (output, "r");
  while (TRUE)
    {
      g_assert_nonnull (fgets (text, sizeof text, program->output));
      text[strcspn (text, "\n")] = '\0';
      if (strcmp (text, "ready") == 0)
        return program;
      if (line != NULL)
        line (text, user_data);
    }
}

void
test_program_stop (TestProgram *program)
{
  kill (program->pid, SIGTERM);
  waitpid (program->pid, NULL, 0);
  fclose (program->output);
  g_free (program);
}
