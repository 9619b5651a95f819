/* SPDX-License-Identifier: Apache-2.0 */
/* A desk to look at: the mock-ups' store on real SQLite in a directory of its own, at 10:42 on 18 November 2025. The link
 * and the OMS are played: their state and their answers are what a test says.
 *
 *   staff    Camille Moreau (PIN 123456, badge STF-0012), Thomas, Sophie and Karim (managers), Nadia, Emma (trainee)
 *   orders   1048-7213 (the reference case) and three more in the cache; three that only the OMS has ("rouss" finds some)
 *   returns  six of today, one of them needs a person
 *   drafts   one on hold */
#pragma once

#include "services.h"

G_BEGIN_DECLS

typedef struct
{
  RetourLink link;      /* what the rail shows */
  guint oms_delay_ms;   /* before the OMS answers; G_MAXUINT: never */
  gboolean oms_offline; /* it answers RETOUR_OMS_ERROR_OFFLINE */
  gboolean empty;       /* nobody has returned anything yet */
} DeskFixtureOptions;

typedef struct _DeskFixture DeskFixture;

/* Up to date, 300 ms. */
DeskFixtureOptions desk_fixture_options (void);
/* `directory` is made and filled; aborts when it cannot. */
DeskFixture *desk_fixture_new (const char *directory, const DeskFixtureOptions *options);
void desk_fixture_free (DeskFixture *fixture);

const RetourServices *desk_fixture_services (DeskFixture *fixture);
/* The link changes while one looks. */
void desk_fixture_set_link (DeskFixture *fixture, const RetourLink *link);

/* Runs a job on the storage and waits for its result, which is the caller's; aborts on an error. */
gpointer desk_fixture_write (DeskFixture *fixture, RetourStoreJob job, gpointer user_data);

G_END_DECLS
