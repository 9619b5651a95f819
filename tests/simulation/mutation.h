/* SPDX-License-Identifier: Apache-2.0 */
/* Defences taken out at the rig's edge, one at a time: a simulation that does not notice proves nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MUTATION_NONE,
  MUTATION_SEND_BEFORE_STORING, /* an operation may go out before its transaction is durable */
  MUTATION_CONFIRM_UNSTORED,    /* the screen confirms although the disk was full */
  MUTATION_NEW_ID_ON_RETRY,     /* a second attempt mints another id */
  MUTATION_NEW_BODY_ON_RETRY,   /* a second attempt writes the body anew */
  MUTATION_NEW_RETURN_ON_RETRY, /* a clerk who is not sure records it all again */
  MUTATION_ACK_WITHOUT_ANSWER,  /* what a whole answer leaves out counts as accepted */
  MUTATION_ACK_BY_STATUS,       /* 200 is enough, whatever the body says */
  MUTATION_CONFLICT_IS_DONE,    /* a conflict is taken for an acceptance */
  MUTATION_DROP_REJECTED,       /* a rejected operation is deleted */
  MUTATION_STOP_AT_REJECTED,    /* nothing is claimed behind one in quarantine */
  MUTATION_OVERTAKE,            /* operations of one order may overtake one another */
  MUTATION_POSTPONE_FOR_EVER,   /* what a clock that was wrong postponed is not looked at again */
  MUTATION_CURSOR_FIRST,        /* the cursor is durable before its page */
  MUTATION_APPLIED_UNSTORED,    /* a page counts as applied although the disk was full */
  MUTATION_CUT_IS_WHOLE,        /* a feed that broke off counts as read to its end */
  MUTATION_CLEAR_OUTBOX,        /* a new snapshot begins with an empty outbox */
  MUTATION_KEEP_CURSOR,         /* 410 does not clear the cursor */
  MUTATION_IGNORE_NONCE,        /* any answer is the answer to this question */
  MUTATION_TRUST_ANYBODY,       /* certificate and pin are not looked at */
  MUTATION_IGNORE_RETRY_AFTER,  /* the OMS's wish is not told to the engine */
  MUTATION_IGNORE_DATE,         /* nor what time it is there */
  MUTATION_IGNORE_EPOCH,        /* nor that it keeps another book */
  MUTATION_FORGET_EPOCH,        /* re-offering notes the epoch and offers nothing */
  MUTATION_NO_RENEWAL,          /* a certificate that ran out is not renewed */
  MUTATION_FORGET_ALARM,        /* nobody wakes the engine */
} Mutation;
#define N_MUTATIONS 26

/* "send-before-storing"…; static. */
const char *mutation_name (Mutation mutation);
gboolean mutation_parse (const char *name, Mutation *mutation);

G_END_DECLS
