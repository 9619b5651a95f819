/* SPDX-License-Identifier: Apache-2.0 */
#include "paper-fixture.h"

#define NBSP "\u00a0"
#define NNBSP "\u202f"
#define MINUS "\u2212"

const char *
paper_fixture_get_token (void)
{
  return "RT1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEMWK4MI6UOS03CR83KLBKAVN74.CZ48KMLFLGCPP7W5PAACZ9NQ0"
         "JSTU7TQ1J9F4AXZ8H7CN7ETP6P0F8K3GN5S:OI8W*L0FS4EQ$+B2ZBV9RKJ5XGOY0HV$T53UWCA3-S7P1TBG.HZX1DM9Q/E4N:SU2KL8OI7B64C.6FT/Y1WQ8Z";
}

static RetourSlipSection *
add_reference_section (RetourSlipProof *proof)
{
  RetourSlipSection *section = retour_slip_proof_add_section (proof);

  section->number = g_strdup ("R0214A-00381-7");
  section->token = g_strdup (paper_fixture_get_token ());
  return section;
}

static void
add_reference_store (RetourSlipProof *proof)
{
  proof->chain = g_strdup ("MAISON LISIÈRE");
  retour_slip_proof_add_store_line (proof, "12 rue de la République, Lyon 2e");
  retour_slip_proof_add_store_line (proof, "Lyon Bellecour · 04 72 00 00 00");
}

RetourSlipProof *
paper_fixture_new_proof_fr (void)
{
  RetourSlipProof *proof = retour_slip_proof_new ();

  add_reference_store (proof);
  proof->title = g_strdup ("PREUVE DE RETOUR");
  proof->date = g_strdup ("mardi 18 novembre 2025 · 10:48");
  proof->keep = g_strdup ("À garder jusqu’au remboursement");
  proof->footer = g_strdup ("Terminal A · contrôle 7F3A-91C2");

  RetourSlipSection *section = add_reference_section (proof);

  retour_slip_section_add (section->facts, "Commande", "1048-7213 (web)", NULL);
  retour_slip_section_add (section->facts, "Client", "A. Roussel", NULL);
  retour_slip_section_add (section->facts, "Reçu par", "Camille M.", NULL);
  retour_slip_section_add (section->items, "Robe chemise Ysé", "56,74" NBSP "€",
                           "38 · Bleu nuit · trop petit · état A");
  retour_slip_section_add (section->items, "Pull col V mérinos", "31,25" NBSP "€", "M · Écru · ne plaît pas · état B");
  retour_slip_section_add (section->breakdown, "2 articles, au prix payé", "87,99" NBSP "€", NULL);
  retour_slip_section_add (section->breakdown,
                           "Promo «" NBSP MINUS "10" NBSP "€ dès 150" NBSP "€" NBSP "» reprise (panier gardé" NBSP
                           ": 119,50" NBSP "€)",
                           MINUS "4,59" NBSP "€", NULL);
  retour_slip_section_add (section->breakdown, "Livraison (retour partiel)", "0,00" NBSP "€", NULL);
  section->total_label = g_strdup ("À rembourser");
  section->total = g_strdup ("83,40" NBSP "€");
  retour_slip_section_add (section->tenders, "CB •••• 4242, sous 3 à 5 jours", "68,50" NBSP "€", NULL);
  retour_slip_section_add (section->tenders, "Carte cadeau, dès maintenant", "14,90" NBSP "€", NULL);
  section->token_text = g_strdup ("Suivez votre remboursement en scannant ce code, ou sur retour.lisiere.fr avec le "
                                  "numéro ci-dessus.");
  return proof;
}

RetourSlipProof *
paper_fixture_new_proof_en (void)
{
  RetourSlipProof *proof = retour_slip_proof_new ();

  add_reference_store (proof);
  proof->title = g_strdup ("PROOF OF RETURN");
  proof->duplicate = g_strdup ("DUPLICATE 2");
  proof->date = g_strdup ("Tuesday, 18 November 2025 · 10:48");
  proof->provisional = g_strdup ("Recorded offline");
  proof->keep = g_strdup ("Keep until you are refunded");
  proof->legal = g_strdup ("Refund due by 2 December 2025 at the latest");
  proof->terms = g_strdup ("Unworn items with their tags can be returned within 30 days of delivery. Refunds go back "
                           "to the means of payment used for the order.");
  proof->footer = g_strdup ("Terminal A · check 7F3A-91C2");

  RetourSlipSection *section = add_reference_section (proof);

  retour_slip_section_add (section->facts, "Order", "1048-7213 (web)", NULL);
  retour_slip_section_add (section->facts, "Customer", "A. Roussel", NULL);
  retour_slip_section_add (section->facts, "Received by", "Camille M.", NULL);
  retour_slip_section_add (section->items, "Ysé shirt dress", "€56.74", "38 · Midnight blue · too small · grade A");
  retour_slip_section_add (section->items, "Merino V-neck jumper", "€31.25", "M · Ecru · not to taste · grade B");
  section->acceptance = g_strdup ("Received, to be checked");
  retour_slip_section_add (section->breakdown, "2 items, at price paid", "€87.99", NULL);
  retour_slip_section_add (section->breakdown, "Offer “€10 off €150” taken back (kept basket: €119.50)", MINUS "€4.59",
                           NULL);
  retour_slip_section_add (section->breakdown, "Delivery (partial return)", "€0.00", NULL);
  section->total_label = g_strdup ("To refund");
  section->total = g_strdup ("€83.40");
  retour_slip_section_add (section->tenders, "Card •••• 4242, in 3 to 5 days", "€68.50", NULL);
  retour_slip_section_add (section->tenders, "Gift card, at once", "€14.90", NULL);
  section->token_text = g_strdup ("Follow your refund by scanning this code, or at retour.lisiere.fr with the number "
                                  "above.");
  return proof;
}

RetourSlipProof *
paper_fixture_new_proof_gift (void)
{
  RetourSlipProof *proof = retour_slip_proof_new ();

  add_reference_store (proof);
  proof->title = g_strdup ("PREUVE DE RETOUR");
  proof->date = g_strdup ("mardi 18 novembre 2025 · 10:48");
  proof->keep = g_strdup ("À garder jusqu’au remboursement");
  proof->footer = g_strdup ("Terminal A · contrôle 7F3A-91C2");

  RetourSlipSection *section = add_reference_section (proof);

  retour_slip_section_add (section->facts, "Commande", "1048-7213 (cadeau)", NULL);
  retour_slip_section_add (section->items, "Robe chemise Ysé", NULL, "38 · Bleu nuit · trop petit · état A");
  section->acceptance = g_strdup ("Accepté");
  section->token_text = g_strdup ("Suivez votre retour en scannant ce code.");
  return proof;
}

RetourSlipProof *
paper_fixture_new_proof_hostile (guint items)
{
  RetourSlipProof *proof = paper_fixture_new_proof_fr ();
  const char *amounts[] = { "1" NNBSP "234" NNBSP "567,89" NBSP "€", MINUS "¥123" NNBSP "456",
                            "98" NNBSP "765,432" NBSP "KWD" };
  RetourSlipSection *first = g_ptr_array_index (proof->sections, 0);

  retour_slip_section_add (first->facts, "Reçu par", "Anne-Charlotte de La Rochefoucauld-Doudeauville-Montmorency",
                           NULL);

  RetourSlipSection *section = retour_slip_proof_add_section (proof);

  section->number = g_strdup ("R0214A-00382-C");
  section->token = g_strdup (paper_fixture_get_token ());
  for (guint i = 0; i < items; i++)
    retour_slip_section_add (section->items,
                             i % 2 == 0 ? "Anticonstitutionnellementanticonstitutionnellementanticonsti" /* 60 */
                                        : "Écharpe d’été brodée à la main « Forêt œcuménique » — série numérotée",
                             amounts[i % G_N_ELEMENTS (amounts)],
                             "Taille unique · Bleu-vert-de-gris-perle-irisé · arrivé trop tard · état C");
  section->total_label = g_strdup ("Intercommunautairement remboursable sous réserve de contrôle");
  section->total = g_strdup (MINUS "999" NNBSP "999" NNBSP "999" NNBSP "999" NNBSP "999,999" NBSP "KWD");
  retour_slip_section_add (section->tenders, NULL, "12,00" NBSP "€", NULL);
  proof->sum_label = g_strdup ("En tout");
  proof->sum = g_strdup ("1" NNBSP "234" NNBSP "567,89" NBSP "€");
  return proof;
}

RetourBagLabel *
paper_fixture_new_bag (void)
{
  RetourBagLabel *label = retour_bag_label_new ();

  label->bin = g_strdup ("BAC A");
  label->chain = g_strdup ("Maison Lisière · Retour");
  label->place = g_strdup ("Lyon Bellecour · 18/11/2025 10:58");
  label->number = g_strdup ("R0214K-00057-3");
  label->content = g_strdup ("2 articles dans ce sac");
  label->order = g_strdup ("Commande 1048-7213");
  return label;
}

RetourRoutingLabel *
paper_fixture_new_routing (void)
{
  RetourRoutingLabel *label = retour_routing_label_new ();

  label->kicker = g_strdup ("TRANSFERT VERS");
  label->destination = g_strdup ("LYON PART-DIEU");
  label->truck = TRUE;
  label->title = g_strdup ("Robe chemise Ysé");
  label->variant = g_strdup ("Bleu nuit · taille ");
  label->size = g_strdup ("38");
  label->note = g_strdup ("Rupture là-bas · départ 18/11, 17 h");
  label->code = g_strdup ("T0214-004417");
  label->grade = g_strdup ("A");
  label->number = g_strdup ("R0214A-00381-7");
  label->part = g_strdup ("art. 1/2");
  return label;
}

RetourScanSheet *
paper_fixture_new_sheet (void)
{
  RetourScanSheet *sheet = retour_scan_sheet_new ("À scanner", "Maison Lisière, Lyon Bellecour · codes d’essai");

  retour_scan_sheet_add_section (sheet, "Badges");
  retour_scan_sheet_add_entry (sheet, "Camille M.", "Vendeuse", RETOUR_BARCODE_CODE128, "STF-0042");
  retour_scan_sheet_add_entry (sheet, "Inès B.", "Responsable", RETOUR_BARCODE_CODE128, "STF-0007");
  retour_scan_sheet_add_section (sheet, "Commandes");
  retour_scan_sheet_add_entry (sheet, "1048-7213", "A. Roussel · 4 articles · 279,90 €", RETOUR_BARCODE_CODE128,
                               "1048-7213");
  retour_scan_sheet_add_entry (sheet, "1048-7214", "E-mail de confirmation", RETOUR_BARCODE_QR,
                               "https://www.example.fr/o/1048-7214");
  retour_scan_sheet_add_section (sheet, "Commandes du poste");
  retour_scan_sheet_add_entry (sheet, "Valider", "Ctrl+Entrée", RETOUR_BARCODE_CODE128, "RC:confirm");
  retour_scan_sheet_add_entry (sheet, "Revenir", NULL, RETOUR_BARCODE_CODE128, "RC:back");
  retour_scan_sheet_add_entry (sheet, "Trop petit", "Motif", RETOUR_BARCODE_CODE128, "RC:reason:size_small");
  retour_scan_sheet_add_entry (sheet, "Différent de la photo", "Motif", RETOUR_BARCODE_CODE128,
                               "RC:reason:not_as_described");
  return sheet;
}
