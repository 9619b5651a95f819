/* SPDX-License-Identifier: Apache-2.0 */
/* What the proof of a return says, in the customer's language: the recorded return turned into the texts that paper draws
 * (DOMAIN.md 6, mock-up P1). A gift shows no amount anywhere. */
#pragma once

#include "return.h"
#include "slip-proof.h"
#include "store.h"
#include "wording.h"

G_BEGIN_DECLS

/* `returns` holds one RetourReturn, or those of one visit, each a section of the paper. `orders`, at the same places, give
 * the promotions their names; it may be NULL, hold NULL, or be shorter. `policy` titles reasons and conditions that the
 * house does not know, and may be NULL. `zone` is the store's. `copies`: how many were printed before; from one on the paper
 * says DUPLICATA. The result is the caller's. */
RetourSlipProof *retour_slip_content_new (RetourLanguage language,
                                          const RetourIdentity *identity,
                                          const GPtrArray *returns,
                                          const GPtrArray *orders,
                                          const RetourPolicy *policy,
                                          GTimeZone *zone,
                                          guint copies);

G_END_DECLS
