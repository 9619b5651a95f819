/* SPDX-License-Identifier: Apache-2.0 */
/* What can be given for an article that comes back: the same product in other sizes and colours, and how many of each are
 * where (DOMAIN.md 4). What is sold out stays in sight, and says so. Pure but for the loading, which asks the store. */
#pragma once

#include "stock.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  RETOUR_REPLACEMENT_HERE,      /* as many as are wanted stand in this store */
  RETOUR_REPLACEMENT_ELSEWHERE, /* at another place only */
  RETOUR_REPLACEMENT_SOLD_OUT,  /* the figures say too few everywhere */
  RETOUR_REPLACEMENT_UNKNOWN,   /* there is no figure */
  RETOUR_REPLACEMENT_RETURNED,  /* it is the very article that comes back */
} RetourReplacementState;

typedef struct
{
  const RetourProduct *product; /* borrowed from the RetourReplacements */
  char *size, *colour;          /* as RetourVariant; NULL when the article has none */
  RetourReplacementState state;
  gint64 here;        /* units in this store, 0 when not known */
  GPtrArray *figures; /* RetourStockFigure, nearest first; never NULL */
} RetourReplacement;

/* What is wanted. Borrowed strings. */
typedef struct
{
  const char *returned;  /* sku that comes back, NULL: not known */
  const char *variant;   /* its words, for when the catalogue has forgotten it */
  const char *currency;  /* of the order; articles of another one are not offered; NULL: any */
  const char *here;      /* place of this store */
  gint64 units;          /* as many as come back */
  gboolean same_article; /* the very same may be given again: what came back is faulty */
} RetourReplacementWish;

/* One product: its articles by colour and size. */
typedef struct
{
  char *product;       /* id; NULL when nothing is known of it */
  GPtrArray *items;    /* RetourReplacement, by colour, then by size */
  GPtrArray *colours;  /* char *, the returned article's first, then by name; a missing colour is "" */
  GPtrArray *sizes;    /* char *, in the order of the rail, of all colours; a missing size is "" */
  char *size, *colour; /* of the returned article, may be NULL */
  GPtrArray *products; /* RetourProduct, owned */
} RetourReplacements;

/* Takes a reference of `variants` (RetourProduct of one product); `figures`: sku -> GPtrArray of RetourStockFigure, copied;
 * NULL: none. The caller's. */
RetourReplacements *
retour_replacements_new (const RetourReplacementWish *wish, GPtrArray *variants, GHashTable *figures);
void retour_replacements_free (RetourReplacements *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourReplacements, retour_replacements_free)

/* Borrowed, or NULL. A colour or size of NULL means the one that is missing (""). */
RetourReplacement *retour_replacements_find (const RetourReplacements *self, const char *colour, const char *size);
RetourReplacement *retour_replacements_find_sku (const RetourReplacements *self, const char *sku);

/* Newer figures of one article. */
void
retour_replacement_set_figures (RetourReplacement *self, const RetourReplacementWish *wish, const GPtrArray *figures);

/* It can be chosen without anyone having looked for it: it is here or elsewhere. */
gboolean retour_replacement_can_be_had (const RetourReplacement *self);

/* Which way the customer's reason points. */
typedef enum
{
  RETOUR_REPLACEMENT_TOWARDS_LARGER,
  RETOUR_REPLACEMENT_TOWARDS_SMALLER,
  RETOUR_REPLACEMENT_TOWARDS_SAME, /* what came back is faulty */
  RETOUR_REPLACEMENT_TOWARDS_ANY,
} RetourReplacementDirection;

/* `reason` NULL: ANY. A reason at the merchant's fault asks for the same article. */
RetourReplacementDirection retour_replacement_direction (const RetourPolicy *policy, const char *reason);

/* What to propose first: of the same colour the next size that way that can be had; else that size in the first other colour
 * that can. NULL: nothing is proposed, or the reason points nowhere. */
RetourReplacement *retour_replacements_suggest (const RetourReplacements *self, RetourReplacementDirection direction);

/* In a job: the articles of `product` with what is known of their stock. Empty when the catalogue does not know it. */
RetourReplacements *
retour_replacements_load (RetourStore *store, const RetourReplacementWish *wish, const char *product, GError **error);

G_END_DECLS
