/* SPDX-License-Identifier: Apache-2.0 */
/* A program beside the test: started without a thread (tests fork), ended with the test whatever becomes of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TestProgram TestProgram;

/* Reads the program's lines until "ready"; each other one is given to `line`, which may be NULL. */
TestProgram *
test_program_start (const char *const *argv, void (*line) (const char *text, gpointer user_data), gpointer user_data);
/* SIGTERM, and waits. */
void test_program_stop (TestProgram *program);

G_END_DECLS
