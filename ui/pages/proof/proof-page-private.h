/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the proof page share: what it shows, and its jobs on the store. */
#pragma once

#include "note.h"
#include "proof-page.h"

G_BEGIN_DECLS

struct _RetourProofPage
{
  GtkWidget parent_instance;

  RetourNavigation *navigation; /* borrowed */
  GPtrArray *returns;           /* RetourReturn: the one shown, or all of its visit; NULL or never empty */
  GPtrArray *orders;            /* RetourOrder of each, for the offers' names; NULL where the cache has lost it */
  GHashTable *places;           /* place -> name */
  gboolean fresh, printing, cancelling;
  guint shown; /* counts the returns shown: an answer for an earlier one is dropped */
  guint again; /* source: what the OMS says is read again while the page is in view */

  GtkWidget *box, *columns;
  GtkWidget *disc, *disc_icon, *title, *subtitle;
  RetourNote *offline, *paper;
  GtkWidget *refund, *goods, *legal;
  GtkWidget *cancel_row, *cancel, *cancel_word, *cancel_until;
  GtkWidget *codes;
  GtkWidget *next_title, *next_text, *home;
};

/* Remembers for which return something was asked: the answer for an earlier one is dropped. */
typedef struct
{
  RetourProofPage *self;
  guint shown;
} RetourProofReply;

RetourProofReply *retour_proof_reply_new (RetourProofPage *self);
/* Frees the reply. The page, the caller's to unref, or NULL when it shows another return by now. */
RetourProofPage *retour_proof_reply_take (RetourProofReply *reply);

/* Takes the returns. */
void retour_proof_page_set_returns (RetourProofPage *self, GPtrArray *returns);
/* Everything that may have changed. */
void retour_proof_page_show_again (RetourProofPage *self);
/* Only until when it can be taken back. */
void retour_proof_page_show_cancel (RetourProofPage *self);
void retour_proof_page_print (RetourProofPage *self);
/* The order's offers and the places' names; then a fresh proof prints. */
void retour_proof_page_read_context (RetourProofPage *self);
void retour_proof_page_cancel (RetourProofPage *self);

G_END_DECLS
