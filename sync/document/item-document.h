/* SPDX-License-Identifier: Apache-2.0 */
/* Parts that several documents hold: the article that leaves in exchange, approvals, facts, breakdown and tax. */
#pragma once

#include "json-reader.h"
#include "json-writer.h"
#include "return.h"

G_BEGIN_DECLS

/* NULL when absent; the caller's. */
RetourExchangedItem *retour_item_read (RetourJsonReader *reader, RetourJsonPlace place, const char *name);
void retour_item_write (RetourJsonWriter *writer, const char *name, const RetourExchangedItem *item);

/* The member "approvals", a list of RetourApproval. */
void retour_approvals_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *approvals);
void retour_approvals_write (RetourJsonWriter *writer, const GPtrArray *approvals);

/* The member "facts": an object of texts, numbers, dates and flags, for people and scripts. */
void retour_facts_write (RetourJsonWriter *writer, const GPtrArray *facts);

/* The members "breakdown" and "tax". Exactly: with the kind of each fact, so that reading gives them back. */
void retour_breakdown_write (RetourJsonWriter *writer, const GPtrArray *breakdown);
void retour_breakdown_write_exact (RetourJsonWriter *writer, const GPtrArray *breakdown);
void retour_breakdown_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *breakdown);
void retour_taxes_write (RetourJsonWriter *writer, const GPtrArray *taxes);
void retour_taxes_read (RetourJsonReader *reader, RetourJsonPlace place, GPtrArray *taxes);

G_END_DECLS
