/* SPDX-License-Identifier: Apache-2.0 */
/* What another terminal asks, in words: amount, rules with their reasons, who asks from where, for whom. */
#pragma once

#include "approval-request.h"
#include "navigation.h"

G_BEGIN_DECLS

/* "The customer gets 83,40 €" or pays; "" where prices are hidden. The caller's. */
char *retour_request_amount_text (const RetourApprovalRequest *request, RetourLanguage language);
/* "Camille M. · Lyon Bellecour, terminal A". The caller's. */
char *retour_request_origin_text (const RetourApprovalRequest *request);
/* What its rules are called, separated by commas, each once. The caller's. */
char *retour_request_rules_text (const RetourApprovalRequest *request, RetourLanguage language);

/* Floating. */
GtkWidget *retour_request_facts_new (RetourNavigation *navigation, const RetourApprovalRequest *request);

G_END_DECLS
