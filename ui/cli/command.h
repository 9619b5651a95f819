/* SPDX-License-Identifier: Apache-2.0 */
/* retourctl's commands: each one a function of its arguments, of a store it may need, and of two texts it fills. Since it
 * prints nothing itself, a running terminal can run it on behalf of a retourctl that finds the data directory taken. */
#pragma once

#include "desk.h"

#include <json-c/json.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_object, json_object_put)

/* Exit statuses; stable. */
typedef enum
{
  RETOUR_EXIT_DONE = 0,
  RETOUR_EXIT_FAILED = 1,
  RETOUR_EXIT_MALFORMED = 2, /* wrong use, or a document that breaks a rule: the member is named on standard error */
  RETOUR_EXIT_NOT_FOUND = 3,
  RETOUR_EXIT_DATA = 4,    /* the data directory cannot be used: full, read-only, damaged, newer, taken */
  RETOUR_EXIT_OFFLINE = 5, /* the OMS does not answer, or is not the one that is believed */
  RETOUR_EXIT_NOT_ENROLLED = 6,
  RETOUR_EXIT_APPROVAL = 10, /* a manager must approve */
  RETOUR_EXIT_REFUSED = 11,
} RetourExit;

/* The largest file that any command reads, and the largest draft: a terminal that runs takes no larger one either. */
#define RETOUR_FILE_MAX (64 * 1024 * 1024)
#define RETOUR_DRAFT_MAX (16 * 1024 * 1024)

/* What a command needs of the data directory. */
typedef enum
{
  RETOUR_NEEDS_NOTHING,
  RETOUR_NEEDS_READING,
  RETOUR_NEEDS_WRITING,
  RETOUR_NEEDS_DIRECTORY, /* its name only: the command opens what it wants */
} RetourNeeds;

typedef struct _RetourCommandContext RetourCommandContext;

/* What is left of a command once the store is not needed any more. */
typedef RetourExit (*RetourCommandRest) (RetourCommandContext *context, gpointer user_data);

struct _RetourCommandContext
{
  GString *out, *err;
  gboolean json;
  RetourLanguage language;
  const char *data_directory;
  const char *printer; /* of the program that runs the command, unless one is given; NULL: the one that is set */
  const RetourDocuments *documents;
  const RetourClock *clock;
  RetourStore *store; /* NULL: the command needs none */
  RetourDesk *desk;   /* NULL: not enrolled, or not needed */

  /* When a terminal runs the command for somebody else it reads no file itself, and it knows whether the OMS can be asked. */
  gboolean handed_over;
  gboolean offline;
  GBytes *input; /* read beforehand: stands for any file */

  /* Set by retour_command_leave_rest, and `last` by retour_command_leave_last. */
  RetourCommandRest rest, last;
  gpointer rest_data;
  GDestroyNotify free_rest;
};

typedef struct
{
  const char *name;
  const char *arguments; /* "CODE" */
  const char *summary;   /* one line, English */
  RetourNeeds needs;
  const char *writing_word; /* with this word among its arguments the command writes; NULL: none */
  /* argv[0] is the command's name. */
  RetourExit (*run) (RetourCommandContext *context, int argc, char **argv);
} RetourCommand;

/* Ended by a NULL name. */
extern const RetourCommand retour_commands[];
const RetourCommand *retour_command_find (const char *name);
/* What it needs with these arguments. */
RetourNeeds retour_command_needs (const RetourCommand *command, int argc, char *const *argv);

/* Reads a command's options with GOption. FALSE: it has answered already (help, or a mistake), with *status. */
gboolean retour_command_parse (RetourCommandContext *context,
                               const RetourCommand *command,
                               const GOptionEntry *entries,
                               int *argc,
                               char ***argv,
                               const char *description,
                               RetourExit *status);

/* The text of a file, "-" for standard input, NULL with an error when it cannot be read or is larger than `most`; a NUL
 * stands behind it. The caller's. */
char *
retour_command_read_file (RetourCommandContext *context, const char *path, gsize most, gsize *length, GError **error);

/* For what lasts and needs no store, such as printing: called when the command has returned and the store is free again,
 * in a terminal on a thread of its own; its status is then the command's. Takes `user_data`. */
void retour_command_leave_rest (RetourCommandContext *context,
                                RetourCommandRest rest,
                                gpointer user_data,
                                GDestroyNotify free_data);
/* Runs what was left, if anything, after a command that gave `status`. */
RetourExit retour_command_run_rest (RetourCommandContext *context, RetourExit status);
/* From within the rest: what the store should learn of it, with the same data. It may be that it never runs: another
 * program may have taken the directory meanwhile. */
void retour_command_leave_last (RetourCommandContext *context, RetourCommandRest last);
/* Runs it, if anything was left and context->store is there again, and gives the command's `status` back. */
RetourExit retour_command_run_last (RetourCommandContext *context, RetourExit status);

/* Write "retourctl: …" to err. The first gives the status that fits the error's domain and code. */
RetourExit retour_command_fail (RetourCommandContext *context, const char *about, const GError *error);
RetourExit retour_command_missing (RetourCommandContext *context, const char *format, ...) G_GNUC_PRINTF (2, 3);
RetourExit retour_command_misused (RetourCommandContext *context, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prints an object to out, indented, and a newline. Takes nothing. */
void retour_command_print_json (RetourCommandContext *context, json_object *object);
/* Adds a member; NULL text becomes null. Times are RFC 3339. */
void retour_json_add_text (json_object *object, const char *name, const char *text);
void retour_json_add_number (json_object *object, const char *name, gint64 number);
void retour_json_add_flag (json_object *object, const char *name, gboolean flag);
void retour_json_add_instant (json_object *object, const char *name, RetourInstant instant);

RetourExit retour_run_scan (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_quote (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_search (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_order (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_return (RetourCommandContext *context, int argc, char **argv);
/* The argument that names its file, borrowed; NULL: none, or several. */
const char *retour_return_file (int argc, char **argv);
RetourExit retour_run_sync (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_status (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_proof (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_doctor (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_enrol (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_outbox (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_policy (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_audit (RetourCommandContext *context, int argc, char **argv);
RetourExit retour_run_sheet (RetourCommandContext *context, int argc, char **argv);

G_END_DECLS
