/* SPDX-License-Identifier: Apache-2.0 */
/* What the proof of a return says, in the customer's language: the recorded return turned into the texts that paper draws
 * (DOMAIN.md 6, mock-up P1). A gift shows no amount anywhere. */
#pragma once

#include "return.h"
#include "slip-proof.h"
#include "store.h"
#include "wording.h"

G_BEGIN_DECLS

/* `order` gives the promotions their names and may be NULL, as may `policy`, which titles reasons and conditions that the
 * house does not know. `zone` is the store's. `copies`: how many were printed before; from one on the paper says DUPLICATA.
 * The result is the caller's. */
RetourSlipProof *retour_slip_content_new (RetourLanguage language,
                                          const RetourIdentity *identity,
                                          const RetourReturn *self,
                                          const RetourOrder *order,
                                          const RetourPolicy *policy,
                                          GTimeZone *zone,
                                          guint copies);

G_END_DECLS
