/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that a printer understands: the emulator, which knows nothing of us, prints the same picture or the same words. */
#include "escpos.h"
#include "paper-error.h"
#include "paper-fixture.h"
#include "printer-emulator.h"
#include "slip-draw.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum
{
  ENOUGH_MS = 20000,
};

static const RetourEscposText PAGE_858 = { RETOUR_CODE_PAGE_858, 19 };
static const RetourEscposText PAGE_1252 = { RETOUR_CODE_PAGE_1252, 16 };

/* Sends the bytes through the real printer code, which also waits for the printer's word. */
static void
print_bytes (PrinterEmulator *emulator, GBytes *bytes)
{
  g_autoptr (RetourPrinter) printer = retour_printer_new (emulator->setting, NULL);
  RetourPrintJob job = { (char *) "test", bytes, bytes, bytes };
  RetourPrintResult result;
  g_autoptr (GError) error = NULL;

  ck_assert_msg (retour_printer_print (printer, &job, ENOUGH_MS, NULL, &result, &error), "%s",
                 error != NULL ? error->message : "");
  printer_emulator_expect (emulator, "page 1");
}

static char *
print_slip (const RetourSlip *slip, const RetourEscposText *page)
{
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", NULL);
  g_autoptr (GBytes) bytes = retour_escpos_from_slip (slip, page);

  print_bytes (emulator, bytes);
  return printer_emulator_load_text (emulator, 1);
}

static void
assert_same (const RetourRaster *printed, const RetourRaster *drawn)
{
  ck_assert_int_eq (printed->width, drawn->width);
  ck_assert_int_eq (printed->height, drawn->height);
  ck_assert_mem_eq (printed->rows, drawn->rows, (gsize) drawn->stride * (gsize) drawn->height);
}

START_TEST (the_printed_picture_is_the_drawn_one)
{
  g_autoptr (RetourSlipProof) proof = paper_fixture_new_proof_hostile (40);
  g_autoptr (RetourSlip) slip =
      retour_slip_proof_compose (proof, _i == 0 ? RETOUR_SLIP_WIDTH_80MM : RETOUR_SLIP_WIDTH_58MM);
  g_autoptr (RetourRaster) drawn = retour_slip_draw (slip, NULL);
  g_autoptr (GBytes) bytes = retour_escpos_from_raster (drawn);
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", NULL);

  print_bytes (emulator, bytes);

  g_autoptr (RetourRaster) printed = printer_emulator_load_picture (emulator, 1);

  assert_same (printed, drawn);
}
END_TEST

START_TEST (a_picture_that_looks_like_status_questions_is_printed)
{
  g_autoptr (RetourRaster) drawn = retour_raster_new (RETOUR_SLIP_WIDTH_80MM, 500);
  const guint8 question[] = { 0x10, 0x04, 0x02, 0x10, 0x04, 0x04 };
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", NULL);

  for (gsize i = 0; i < (gsize) drawn->stride * (gsize) drawn->height; i++)
    drawn->rows[i] = question[i % sizeof question];

  g_autoptr (GBytes) bytes = retour_escpos_from_raster (drawn);

  print_bytes (emulator, bytes);

  g_autoptr (RetourRaster) printed = printer_emulator_load_picture (emulator, 1);

  assert_same (printed, drawn);
}
END_TEST

START_TEST (labels_are_printed_as_drawn)
{
  g_autoptr (RetourRoutingLabel) label = paper_fixture_new_routing ();
  g_autoptr (RetourRaster) drawn = retour_routing_label_draw (label, NULL);
  g_autoptr (RetourPrintJob) job = retour_print_job_new_for_routing (label, "T0214-004417", NULL);
  g_autoptr (PrinterEmulator) emulator = printer_emulator_new ("tcp", NULL);

  print_bytes (emulator, job->escpos);

  g_autoptr (RetourRaster) printed = printer_emulator_load_picture (emulator, 1);

  assert_same (printed, drawn);
}
END_TEST

START_TEST (printer_text_keeps_to_its_columns)
{
  const int widths[] = { RETOUR_SLIP_WIDTH_80MM, RETOUR_SLIP_WIDTH_58MM };
  const glong columns[] = { 48, 32 };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_autoptr (RetourSlipProof) proof = paper_fixture_new_proof_hostile (40);
      g_autoptr (RetourSlip) slip = retour_slip_proof_compose (proof, widths[w]);
      g_autofree char *text = print_slip (slip, &PAGE_858);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (gsize i = 0; lines[i] != NULL; i++)
        if (!g_str_has_prefix (lines[i], "["))
          ck_assert_msg (g_utf8_strlen (lines[i], -1) <= columns[w], "too long: %s", lines[i]);
    }
}
END_TEST

START_TEST (printer_text_says_what_the_proof_says)
{
  g_autoptr (RetourSlipProof) proof = paper_fixture_new_proof_fr ();
  g_autoptr (RetourSlip) slip = retour_slip_proof_compose (proof, RETOUR_SLIP_WIDTH_80MM);
  g_autofree char *text = print_slip (slip, &PAGE_858);
  g_autofree char *qr = g_strdup_printf ("[qr %s]", paper_fixture_get_token ());
  const char *expected[] = {
    "PREUVE DE RETOUR",
    "mardi 18 novembre 2025 · 10:48",
    "[code128 R0214A-00381-7]",
    "Commande                         1048-7213 (web)",
    "Robe chemise Ysé                         56,74 €",
    "Promo « -10 € dès 150 € » reprise        -4,59 €",
    "(panier gardé : 119,50 €)",
    "À rembourser                             83,40 €",
    "À garder jusqu'au remboursement",
    qr,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    ck_assert_msg (strstr (text, expected[i]) != NULL, "“%s” is missing in\n%s", expected[i], text);
}
END_TEST

START_TEST (every_character_of_a_code_page_is_printed)
{
  const char *pages[] = {
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀"
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´±‗¾¶§÷¸°¨·¹³²■",
    "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîï"
    "ðñòóôõö÷øùúûüýþÿ",
  };
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_80MM);

  retour_slip_add_row (slip, pages[_i], NULL);

  g_autofree char *text = print_slip (slip, _i == 0 ? &PAGE_858 : &PAGE_1252);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("", lines);

  ck_assert_str_eq (joined, pages[_i]);
}
END_TEST

static const struct
{
  const char *text;
  const char *in_858;
  const char *in_1252;
} LETTERS[] = {
  { "œuvre, Œuvre, Ÿ", "oeuvre, OEuvre, Y", "œuvre, Œuvre, Ÿ" },
  { "l’été “ici” — là…", "l'été \"ici\" - là...", "l’été “ici” — là…" },
  { "\u22124,59\u00a0€", "-4,59\u00a0€", "-4,59\u00a0€" },
  { "1\u202f234\u00a0€", "1\u00a0234\u00a0€", "1\u00a0234\u00a0€" },
  { "CB ••••", "CB ****", "CB ••••" },
  { "Łódź, Dvořák, Şişli", "Lódz, Dvorák, Sisli", "Lódz, Dvorák, Sisli" },
  { "e\u0301te\u0301", "été", "été" },
  { "返品", "??", "??" },
  { "¥1 234", "¥1 234", "¥1 234" },
};

START_TEST (what_a_code_page_lacks_is_written_with_near_letters)
{
  g_autofree char *in_858 = retour_code_page_transliterate (RETOUR_CODE_PAGE_858, LETTERS[_i].text);
  g_autofree char *in_1252 = retour_code_page_transliterate (RETOUR_CODE_PAGE_1252, LETTERS[_i].text);

  ck_assert_str_eq (in_858, LETTERS[_i].in_858);
  ck_assert_str_eq (in_1252, LETTERS[_i].in_1252);
}
END_TEST

START_TEST (an_amount_is_never_broken_in_printer_text)
{
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_58MM);

  retour_slip_add_line (slip, "Le remboursement de 1\u202f234\u202f567,89\u00a0€ vous revient");

  g_autofree char *text = print_slip (slip, &PAGE_858);

  ck_assert_ptr_nonnull (strstr (text, "1 234 567,89 €"));
}
END_TEST

START_TEST (a_code_that_cannot_be_bars_is_the_printers_qr)
{
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_58MM);

  retour_slip_add_barcode (slip, "A{B", NULL);
  retour_slip_add_barcode (slip, "RC:reason:not_as_described", NULL);

  g_autofree char *text = print_slip (slip, &PAGE_858);

  ck_assert_str_eq (text, "[code128 A{B]\n[qr RC:reason:not_as_described]\n");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("escpos");
  TCase *pictures = tcase_create ("pictures"), *letters = tcase_create ("letters");

  tcase_add_loop_test (pictures, the_printed_picture_is_the_drawn_one, 0, 2);
  tcase_add_test (pictures, a_picture_that_looks_like_status_questions_is_printed);
  tcase_add_test (pictures, labels_are_printed_as_drawn);
  suite_add_tcase (suite, pictures);
  tcase_add_test (letters, printer_text_keeps_to_its_columns);
  tcase_add_test (letters, printer_text_says_what_the_proof_says);
  tcase_add_loop_test (letters, every_character_of_a_code_page_is_printed, 0, 2);
  tcase_add_loop_test (letters, what_a_code_page_lacks_is_written_with_near_letters, 0, (int) G_N_ELEMENTS (LETTERS));
  tcase_add_test (letters, an_amount_is_never_broken_in_printer_text);
  tcase_add_test (letters, a_code_that_cannot_be_bars_is_the_printers_qr);
  suite_add_tcase (suite, letters);

  SRunner *runner = srunner_create (suite);

  srunner_run_all (runner, CK_ENV);

  int failed = srunner_ntests_failed (runner);

  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
