/* SPDX-License-Identifier: Apache-2.0 */
/* The answering side of the private socket: a running terminal does for retourctl what only the one writer may do, and
 * exchanges with the OMS when it is asked to. */
#pragma once

#include "command.h"
#include "worker.h"

G_BEGIN_DECLS

typedef struct _RetourControl RetourControl;

typedef struct
{
  const RetourStorage *storage;
  RetourDesk *desk; /* NULL: not enrolled */
  RetourSync *sync; /* NULL: this program does not exchange */
  const RetourDocuments *documents;
  const RetourClock *clock;
  const char *data_directory;
  const char *printer; /* that this terminal prints on; NULL: none */
  /* A command wrote something: the OMS should hear of it, and a screen may show it. NULL: nobody needs to know. */
  void (*kick) (gpointer user_data);
  gpointer user_data;
} RetourControlServices;

/* Listens on DIR/control, mode 0600, on the calling thread's main context; an old socket of a dead terminal is replaced
 * (the caller holds the directory's lock). The services are borrowed and outlive it. NULL with an error when it cannot
 * listen. */
RetourControl *retour_control_new (const RetourControlServices *services, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Listens no longer, and runs the main context until everybody who asked was answered, or so many seconds have passed. */
void retour_control_finish (RetourControl *control, guint seconds);
/* Nobody is answered any more; a command that the store has is still done. NULL is accepted. */
void retour_control_free (RetourControl *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourControl, retour_control_free)

G_END_DECLS
