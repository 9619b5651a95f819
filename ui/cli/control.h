/* SPDX-License-Identifier: Apache-2.0 */
/* The answering side of the private socket: a running terminal does for retourctl what only the one writer may do. */
#pragma once

#include "command.h"

G_BEGIN_DECLS

typedef struct _RetourControl RetourControl;

typedef struct
{
  const RetourStorage *storage;
  RetourDesk *desk; /* NULL: not enrolled */
  const RetourDocuments *documents;
  const RetourClock *clock;
  const char *data_directory;
  /* Something was written that the OMS should hear of, or "sync" was asked. */
  void (*kick) (gpointer user_data);
  gpointer user_data;
} RetourControlServices;

/* Listens on DIR/control, mode 0600, on the calling thread's main context; an old socket of a dead terminal is replaced
 * (the caller holds the directory's lock). Services are borrowed. NULL with an error when it cannot listen. */
RetourControl *retour_control_new (const RetourControlServices *services, GError **error);
void retour_control_free (RetourControl *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourControl, retour_control_free)

G_END_DECLS
