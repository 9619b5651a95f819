/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "label.h"
#include "scan-sheet.h"
#include "slip-proof.h"

/* The papers of the mock-ups P1, P2 and P3 and of the reference case 1048-7213 (UI.md 5), for every test of paper. */

/* As long as a signed token gets: version 9, 53 modules. */
const char *paper_fixture_get_token (void);

RetourSlipProof *paper_fixture_new_proof_fr (void);
RetourSlipProof *paper_fixture_new_proof_en (void); /* offline, duplicate, terms, acceptance */
RetourSlipProof *paper_fixture_new_proof_gift (void);
RetourSlipProof *paper_fixture_new_proof_hostile (guint items); /* long words, wide amounts, several orders */

RetourBagLabel *paper_fixture_new_bag (void);
RetourRoutingLabel *paper_fixture_new_routing (void);
RetourScanSheet *paper_fixture_new_sheet (void);
