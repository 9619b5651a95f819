/* SPDX-License-Identifier: Apache-2.0 */
/* One thread that lets time pass: it wakes suspended connections, and moves on what is due. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct MHD_Connection;

typedef struct _SandboxTimer SandboxTimer;

/* Does what is due and says in how many microseconds it wants to be called again; -1: when kicked. */
typedef gint64 (*SandboxDue) (gpointer user_data);

SandboxTimer *sandbox_timer_new (SandboxDue due, gpointer user_data);
/* Wakes every connection that still waits, and ends. */
void sandbox_timer_stop (SandboxTimer *timer);
void sandbox_timer_free (SandboxTimer *timer);

/* How often anything was woken so far: what is looked at after that cannot be missed. */
guint sandbox_timer_ticket (SandboxTimer *timer);
/* Suspends the connection for at most `wait` microseconds, or until its topic is woken (0: no topic); not at all when
 * something was woken since the ticket. */
void
sandbox_timer_suspend (SandboxTimer *timer, struct MHD_Connection *connection, guint topic, guint ticket, gint64 wait);
void sandbox_timer_wake (SandboxTimer *timer, guint topic);
/* There is something new to become due. */
void sandbox_timer_kick (SandboxTimer *timer);

G_END_DECLS
