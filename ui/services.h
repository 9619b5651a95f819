/* SPDX-License-Identifier: Apache-2.0 */
/* What the screens are handed by the main: the desk, where it remembers, whom it asks. Borrowed by all, made and freed by
 * the main. The screens know nothing else of the world. */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/* How the exchange with the OMS stands, in the words of the rail's chip. */
typedef enum
{
  RETOUR_LINK_UP_TO_DATE,
  RETOUR_LINK_PULLING,
  RETOUR_LINK_SENDING,
  RETOUR_LINK_OFFLINE,
  RETOUR_LINK_SECURITY, /* a wrong certificate or pin: never "continue anyway" */
  RETOUR_LINK_CLOCK_WRONG,
  RETOUR_LINK_NOT_ENROLLED,
  RETOUR_LINK_PORTAL, /* something else answers in the OMS's place */
} RetourLinkState;

typedef struct
{
  RetourLinkState state;
  RetourInstant since;         /* of this state */
  RetourInstant last_exchange; /* NONE: never */
  guint to_send, attention;
  guint64 pulled, total; /* orders; total 0: unknown */
  gint64 seconds_left;   /* -1: unknown */
  gint64 clock_offset;   /* OMS minus terminal, microseconds; 0 as long as it is not known */
  const char *message;   /* what went wrong, for support; NULL */
} RetourLink;

typedef void (*RetourLinkChanged) (const RetourLink *link, gpointer user_data);

typedef struct
{
  RetourDesk *desk;
  const RetourStorage *storage;
  const RetourOms *oms; /* NULL: not enrolled */
  const RetourDocuments *documents;

  /* The link's state: now, and at every change on the main context. One listener at a time; NULL ends it. */
  void (*get_link) (gpointer self, RetourLink *link);
  void (*set_link_listener) (gpointer self, RetourLinkChanged listener, gpointer user_data);
  /* Something was queued, or the clerk asked to send now. */
  void (*kick) (gpointer self);
  gpointer self;

  char *printer; /* setting of ui/paper/printer.h, NULL: none */
  char *data_directory;
} RetourServices;

G_END_DECLS
