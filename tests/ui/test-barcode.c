/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that a scanner reads, and texts that no code can hold. */
#include "barcode.h"
#include "code-reader.h"
#include "paper-error.h"
#include "paper-fixture.h"
#include "raster.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static GBytes *
draw (const RetourBarcode *code, int module)
{
  int quiet = code->quiet * module;
  int tall = code->kind == RETOUR_BARCODE_QR ? code->height * module : 60;
  g_autoptr (RetourRaster) raster = retour_raster_new (code->width * module + 2 * quiet, tall + 2 * quiet);

  for (int y = 0; y < tall; y++)
    for (int x = 0; x < code->width * module; x++)
      if (retour_barcode_is_dark (code, x / module, code->kind == RETOUR_BARCODE_QR ? y / module : 0))
        raster->rows[(y + quiet) * raster->stride + (x + quiet) / 8] |= (guint8) (0x80 >> ((x + quiet) % 8));
  return retour_raster_to_png (raster, 0, NULL);
}

static void
assert_reads_back (RetourBarcodeKind kind, const char *text, int module)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RetourBarcode) code = retour_barcode_new (kind, text, &error);

  ck_assert_msg (code != NULL, "%s: %s", text, error != NULL ? error->message : "");

  g_autoptr (GBytes) png = draw (code, module);
  g_auto (GStrv) read = code_reader_read (png);

  ck_assert_msg (read[0] != NULL, "%s was not read", text);
  ck_assert_str_eq (read[0], text);
}

static const char *const COMMANDS[] = {
  "RC:confirm",
  "RC:back",
  "RC:next",
  "RC:undo",
  "RC:reason:size_small",
  "RC:reason:not_as_described",
  "RC:condition:A",
  "R0214A-00381-7",
  "T0214-004417",
  "STF-0042",
  "1048-7213",
  "12345678901234567890",
  " !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~",
};

START_TEST (code_128_is_read_back) { assert_reads_back (RETOUR_BARCODE_CODE128, COMMANDS[_i], 2); }
END_TEST

START_TEST (qr_is_read_back) { assert_reads_back (RETOUR_BARCODE_QR, COMMANDS[_i], 4); }
END_TEST

START_TEST (qr_holds_a_signed_token_in_53_modules)
{
  g_autoptr (RetourBarcode) code = retour_barcode_new (RETOUR_BARCODE_QR, paper_fixture_get_token (), NULL);

  ck_assert_ptr_nonnull (code);
  ck_assert_int_eq (code->width, 53);
  ck_assert_int_eq (code->height, 53);
  assert_reads_back (RETOUR_BARCODE_QR, paper_fixture_get_token (), 4);
}
END_TEST

START_TEST (digits_make_code_128_shorter)
{
  g_autoptr (RetourBarcode) digits = retour_barcode_new (RETOUR_BARCODE_CODE128, "12345678901234567890", NULL);
  g_autoptr (RetourBarcode) letters = retour_barcode_new (RETOUR_BARCODE_CODE128, "ABCDEFGHIJKLMNOPQRST", NULL);

  ck_assert_int_eq (digits->width, 145);
  ck_assert_int_eq (letters->width, 255);
  ck_assert_int_eq (digits->height, 1);
}
END_TEST

START_TEST (a_symbol_begins_and_ends_dark)
{
  g_autoptr (RetourBarcode) bars = retour_barcode_new (RETOUR_BARCODE_CODE128, "R0214A-00381-7", NULL);
  g_autoptr (RetourBarcode) qr = retour_barcode_new (RETOUR_BARCODE_QR, "R0214A-00381-7", NULL);

  ck_assert (retour_barcode_is_dark (bars, 0, 0));
  ck_assert (retour_barcode_is_dark (bars, bars->width - 1, 0));
  ck_assert (retour_barcode_is_dark (qr, 0, 0));
  ck_assert (retour_barcode_is_dark (qr, qr->width - 1, 0));
  ck_assert (retour_barcode_is_dark (qr, 0, qr->height - 1));
}
END_TEST

static const struct
{
  RetourBarcodeKind kind;
  const char *text;
} UNFIT[] = {
  { RETOUR_BARCODE_CODE128, "" },
  { RETOUR_BARCODE_QR, "" },
  { RETOUR_BARCODE_CODE128, "Ysé" },
  { RETOUR_BARCODE_CODE128, "A\tB" },
  { RETOUR_BARCODE_CODE128, "A\x1d"
                            "B" },
  { RETOUR_BARCODE_QR, "\xff\xfe" },
  { RETOUR_BARCODE_CODE128, "123456789012345678901234567890123456789012345678901234567890123456789012345678901" },
};

START_TEST (a_text_that_no_code_can_hold_is_refused)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (retour_barcode_new (UNFIT[_i].kind, UNFIT[_i].text, &error));
  ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
  ck_assert_uint_gt (strlen (error->message), 0);
}
END_TEST

START_TEST (ten_thousand_characters_are_refused)
{
  g_autofree char *text = g_strnfill (10000, 'A');
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (retour_barcode_new (RETOUR_BARCODE_QR, text, &error));
  ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("barcode");
  TCase *codes = tcase_create ("codes");

  tcase_add_loop_test (codes, code_128_is_read_back, 0, (int) G_N_ELEMENTS (COMMANDS));
  tcase_add_loop_test (codes, qr_is_read_back, 0, (int) G_N_ELEMENTS (COMMANDS));
  tcase_add_test (codes, qr_holds_a_signed_token_in_53_modules);
  tcase_add_test (codes, digits_make_code_128_shorter);
  tcase_add_test (codes, a_symbol_begins_and_ends_dark);
  tcase_add_loop_test (codes, a_text_that_no_code_can_hold_is_refused, 0, (int) G_N_ELEMENTS (UNFIT));
  tcase_add_test (codes, ten_thousand_characters_are_refused);
  suite_add_tcase (suite, codes);

  SRunner *runner = srunner_create (suite);

  srunner_run_all (runner, CK_ENV);

  int failed = srunner_ntests_failed (runner);

  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
