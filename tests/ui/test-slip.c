/* SPDX-License-Identifier: Apache-2.0 */
/* Papers whose codes scan, whose words fit, and that say the same as dots and as PDF. */
#include "code-reader.h"
#include "paper-error.h"
#include "paper-fixture.h"
#include "slip-draw.h"
#include "slip-layout.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const int WIDTHS[] = { RETOUR_SLIP_WIDTH_80MM, RETOUR_SLIP_WIDTH_58MM };

static RetourSlipProof *
new_fr (void)
{
  return paper_fixture_new_proof_fr ();
}

static RetourSlipProof *
new_en (void)
{
  return paper_fixture_new_proof_en ();
}

static RetourSlipProof *
new_gift (void)
{
  return paper_fixture_new_proof_gift ();
}

static RetourSlipProof *
new_hostile (void)
{
  return paper_fixture_new_proof_hostile (40);
}

static RetourSlipProof *(*const PROOFS[]) (void) = { new_fr, new_en, new_gift, new_hostile };

enum
{
  PAPERS = (int) (G_N_ELEMENTS (PROOFS) * G_N_ELEMENTS (WIDTHS)),
  PLAIN_PAPERS = PAPERS - 2, /* all but the hostile */
};

static RetourSlip *
compose (int paper)
{
  g_autoptr (RetourSlipProof) proof = PROOFS[paper / 2]();

  return retour_slip_proof_compose (proof, WIDTHS[paper % 2]);
}

static void
assert_contains (GStrv read, const char *code, const char *where)
{
  ck_assert_msg (g_strv_contains ((const char *const *) read, code), "%s was not read on %s", code, where);
}

static void
assert_proof_reads (GStrv read, const char *where)
{
  assert_contains (read, "R0214A-00381-7", where);
  assert_contains (read, paper_fixture_get_token (), where);
}

START_TEST (every_code_of_a_proof_is_read_back)
{
  g_autoptr (RetourSlip) slip = compose (_i);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = retour_slip_to_png (slip, &error);

  ck_assert_msg (png != NULL, "%s", error != NULL ? error->message : "");

  g_auto (GStrv) read = code_reader_read (png);

  assert_proof_reads (read, "the picture");
}
END_TEST

START_TEST (every_code_of_a_pdf_is_read_back)
{
  g_autoptr (RetourSlip) slip = compose (_i);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, NULL);
  g_autoptr (GBytes) png = code_reader_render_pdf (pdf);
  g_auto (GStrv) read = code_reader_read (png);

  assert_proof_reads (read, "the page");
}
END_TEST

static const char *const HARMS[][3] = {
  { "-rotate", "3", NULL },
  { "-blur", "0x1", NULL },
  { "-resize", "150%", NULL },
};

START_TEST (codes_survive_a_tilted_blurred_or_enlarged_copy)
{
  g_autoptr (RetourSlip) slip = compose (0);
  g_autoptr (GBytes) png = retour_slip_to_png (slip, NULL);
  g_auto (GStrv) read = code_reader_read_harmed (png, HARMS[_i]);

  assert_proof_reads (read, HARMS[_i][0]);
}
END_TEST

START_TEST (labels_are_read_back)
{
  g_autoptr (RetourBagLabel) bag = paper_fixture_new_bag ();
  g_autoptr (RetourRoutingLabel) routing = paper_fixture_new_routing ();
  g_autoptr (RetourRaster) bag_raster = retour_bag_label_draw (bag, NULL);
  g_autoptr (RetourRaster) routing_raster = retour_routing_label_draw (routing, NULL);

  ck_assert_int_eq (bag_raster->width, 800);
  ck_assert_int_eq (bag_raster->height, 400);
  ck_assert_int_eq (routing_raster->width, 640);
  ck_assert_int_eq (routing_raster->height, 400);

  g_autoptr (GBytes) bag_png = retour_raster_to_png (bag_raster, 0, NULL);
  g_autoptr (GBytes) routing_png = retour_raster_to_png (routing_raster, 0, NULL);
  g_auto (GStrv) bag_read = code_reader_read (bag_png);
  g_auto (GStrv) routing_read = code_reader_read (routing_png);

  ck_assert_uint_eq (g_strv_length (bag_read), 2);
  ck_assert_str_eq (bag_read[0], "R0214K-00057-3");
  ck_assert_str_eq (bag_read[1], "R0214K-00057-3");
  assert_contains (routing_read, "T0214-004417", "the routing label");
}
END_TEST

START_TEST (labels_with_long_texts_keep_their_codes)
{
  const char *words = "Anticonstitutionnellement brodée à la main, Forêt œcuménique, série numérotée nº 1234567890";
  g_autoptr (RetourBagLabel) bag = retour_bag_label_new ();
  g_autoptr (RetourRoutingLabel) routing = retour_routing_label_new ();

  bag->bin = g_strdup (words);
  bag->chain = g_strdup (words);
  bag->place = g_strdup (words);
  bag->number = g_strdup ("R0214K-00057-3");
  bag->content = g_strdup (words);
  bag->order = g_strdup (words);
  routing->kicker = g_strdup (words);
  routing->destination = g_strdup (words);
  routing->title = g_strdup (words);
  routing->variant = g_strdup (words);
  routing->size = g_strdup ("38");
  routing->note = g_strdup (words);
  routing->code = g_strdup ("T0214-004417-98765-ABC");
  routing->number = g_strdup ("R0214A-00381-7");

  g_autoptr (RetourRaster) bag_raster = retour_bag_label_draw (bag, NULL);
  g_autoptr (RetourRaster) routing_raster = retour_routing_label_draw (routing, NULL);
  g_autoptr (GBytes) bag_png = retour_raster_to_png (bag_raster, 0, NULL);
  g_autoptr (GBytes) routing_png = retour_raster_to_png (routing_raster, 0, NULL);
  g_auto (GStrv) bag_read = code_reader_read (bag_png);
  g_auto (GStrv) routing_read = code_reader_read (routing_png);

  assert_contains (bag_read, "R0214K-00057-3", "the bag label");
  assert_contains (routing_read, "T0214-004417-98765-ABC", "the routing label");
}
END_TEST

START_TEST (a_label_refuses_a_code_that_would_not_scan)
{
  g_autoptr (RetourRoutingLabel) routing = retour_routing_label_new ();
  g_autoptr (RetourBagLabel) bag = retour_bag_label_new ();
  g_autoptr (GError) no_code = NULL, too_long = NULL;

  ck_assert_ptr_null (retour_bag_label_draw (bag, &no_code));
  ck_assert (g_error_matches (no_code, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
  routing->code = g_strdup ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ");
  ck_assert_ptr_null (retour_routing_label_draw (routing, &too_long));
  ck_assert (g_error_matches (too_long, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
}
END_TEST

static const char *const SHEET_CODES[] = {
  "STF-0042",
  "STF-0007",
  "1048-7213",
  "https://www.example.fr/o/1048-7214",
  "RC:confirm",
  "RC:back",
  "RC:reason:size_small",
  "RC:reason:not_as_described",
};

START_TEST (every_code_of_the_sheet_is_read_back)
{
  g_autoptr (RetourScanSheet) sheet = paper_fixture_new_sheet ();
  g_autoptr (GBytes) png = retour_scan_sheet_to_png (sheet, 0, NULL);
  g_autoptr (GBytes) pdf = retour_scan_sheet_to_pdf (sheet, NULL);
  g_autoptr (GBytes) page = code_reader_render_pdf (pdf);
  g_auto (GStrv) on_screen = code_reader_read (png);
  g_auto (GStrv) on_paper = code_reader_read (page);

  ck_assert_int_eq (retour_scan_sheet_count_pages (sheet), 1);
  for (gsize i = 0; i < G_N_ELEMENTS (SHEET_CODES); i++)
    {
      assert_contains (on_screen, SHEET_CODES[i], "the sheet's picture");
      assert_contains (on_paper, SHEET_CODES[i], "the sheet's page");
    }
}
END_TEST

START_TEST (a_long_sheet_goes_on_overleaf)
{
  g_autoptr (RetourScanSheet) sheet = retour_scan_sheet_new ("Sheet", NULL);

  retour_scan_sheet_add_section (sheet, "Orders");
  for (int i = 0; i < 21; i++)
    {
      g_autofree char *code = g_strdup_printf ("W%08d", i);

      retour_scan_sheet_add_entry (sheet, code, NULL, RETOUR_BARCODE_CODE128, code);
    }
  ck_assert_int_eq (retour_scan_sheet_count_pages (sheet), 2);

  int seen = 0;

  for (int page = 0; page < 2; page++)
    {
      g_autoptr (GBytes) png = retour_scan_sheet_to_png (sheet, page, NULL);
      g_auto (GStrv) read = code_reader_read (png);

      seen += (int) g_strv_length (read);
    }
  ck_assert_int_eq (seen, 21);
}
END_TEST

START_TEST (a_sheet_with_a_hopeless_code_is_refused)
{
  g_autoptr (RetourScanSheet) sheet = retour_scan_sheet_new ("Sheet", NULL);
  g_autofree char *text = g_strnfill (2000, 'x');
  g_autoptr (GError) error = NULL;

  retour_scan_sheet_add_section (sheet, "Orders");
  retour_scan_sheet_add_entry (sheet, "x", NULL, RETOUR_BARCODE_QR, text);
  ck_assert_ptr_null (retour_scan_sheet_to_pdf (sheet, &error));
  ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
}
END_TEST

START_TEST (dots_and_pdf_break_at_the_same_words)
{
  g_autoptr (RetourSlip) slip = compose (_i);
  g_autoptr (RetourSlipLayout) dots = retour_slip_layout_new (slip, RETOUR_PEN_DOTS, NULL);
  g_autoptr (RetourSlipLayout) page = retour_slip_layout_new (slip, RETOUR_PEN_VECTOR, NULL);

  ck_assert_int_eq (dots->height, page->height);
  for (guint i = 0; i < dots->placed->len; i++)
    {
      const RetourSlipPlaced *a = &g_array_index (dots->placed, RetourSlipPlaced, i);
      const RetourSlipPlaced *b = &g_array_index (page->placed, RetourSlipPlaced, i);

      ck_assert_int_eq (a->y, b->y);
      if (a->text != NULL)
        ck_assert_int_eq (pango_layout_get_line_count (a->text), pango_layout_get_line_count (b->text));
    }
}
END_TEST

START_TEST (the_words_of_a_pdf_can_be_selected)
{
  g_autoptr (RetourSlip) slip = compose (0);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, NULL);
  g_autofree char *text = code_reader_dup_pdf_text (pdf);
  const char *words[] = {
    "PREUVE DE RETOUR", "R0214A-00381-7", "Robe chemise Ysé", "Écru", "À rembourser", "83,40", "68,50"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    ck_assert_msg (strstr (text, words[i]) != NULL, "%s is not in the PDF", words[i]);
}
END_TEST

START_TEST (gift_mode_shows_no_amount)
{
  g_autoptr (RetourSlip) slip = compose (4);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, NULL);
  g_autofree char *text = code_reader_dup_pdf_text (pdf);

  ck_assert_ptr_nonnull (strstr (text, "Robe chemise"));
  ck_assert_ptr_null (strstr (text, "€"));
}
END_TEST

START_TEST (duplicate_offline_terms_and_acceptance_are_said)
{
  g_autoptr (RetourSlip) slip = compose (2);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, NULL);
  g_autofree char *text = code_reader_dup_pdf_text (pdf);
  const char *words[] = { "DUPLICATE 2", "Recorded offline", "Received, to be checked", "within 30 days",
                          "2 December" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    ck_assert_msg (strstr (text, words[i]) != NULL, "%s is not on the slip", words[i]);
}
END_TEST

START_TEST (the_margins_stay_white)
{
  g_autoptr (RetourSlip) slip = compose (_i);
  g_autoptr (RetourRaster) raster = retour_slip_draw (slip, NULL);
  int margin = raster->width == RETOUR_SLIP_WIDTH_80MM ? 24 : 3;

  ck_assert_int_eq (raster->width, WIDTHS[_i % 2]);
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < margin; x++)
      {
        ck_assert_msg (!retour_raster_is_black (raster, x, y), "ink at %d,%d", x, y);
        ck_assert_msg (!retour_raster_is_black (raster, raster->width - 1 - x, y), "ink at -%d,%d", x, y);
      }
}
END_TEST

static void
assert_inside (const RetourSlipLayout *layout, const RetourSlipPlaced *placed, PangoLayout *text, int x, int y)
{
  PangoRectangle extents;

  if (text == NULL)
    return;
  pango_layout_get_pixel_extents (text, NULL, &extents);
  ck_assert_int_ge (x + extents.x, layout->margin);
  ck_assert_int_le (x + extents.x + extents.width, layout->slip->width - layout->margin);
  ck_assert_int_le (y + extents.height, placed->height);
  ck_assert_int_ge (pango_font_description_get_size (pango_layout_get_font_description (text)), 24 * PANGO_SCALE);
}

/* No line of the left text that shares height with the right one may reach into its column. */
static void
assert_apart (const RetourSlipPlaced *placed)
{
  PangoRectangle right, line;

  if (placed->text == NULL || placed->right == NULL)
    return;
  pango_layout_get_pixel_extents (placed->right, NULL, &right);

  PangoLayoutIter *lines = pango_layout_get_iter (placed->text);

  do
    {
      pango_layout_iter_get_line_extents (lines, NULL, &line);
      pango_extents_to_pixels (NULL, &line);

      int top = placed->text_y + line.y;
      gboolean level = top < placed->right_y + right.height && top + line.height > placed->right_y;

      ck_assert_msg (!level || placed->text_x + line.x + line.width < placed->right_x + right.x, "columns collide");
    }
  while (pango_layout_iter_next_line (lines));
  pango_layout_iter_free (lines);
}

static char *
make_words (GRand *rand, int words, int longest)
{
  const char *letters[] = { "a", "é", "W", "m", "œ", "1", "-", "i", "Ç", "l", "«", "M" };
  GString *text = g_string_new (NULL);

  for (int i = 0; i < words; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      for (int length = g_rand_int_range (rand, 1, longest + 1); length > 0; length--)
        g_string_append (text, letters[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (letters))]);
    }
  return g_string_free (text, FALSE);
}

static void
add_random_row (RetourSlip *slip, GRand *rand)
{
  g_autofree char *left = make_words (rand, g_rand_int_range (rand, 0, 7), 60);
  g_autofree char *right = make_words (rand, g_rand_int_range (rand, 0, 3), 24);
  g_autofree char *detail = make_words (rand, g_rand_int_range (rand, 0, 9), 30);
  RetourSlipStyle left_style = { (RetourSlipSize) g_rand_int_range (rand, 0, 6), RETOUR_SLIP_BOLD, FALSE };
  RetourSlipStyle right_style = { (RetourSlipSize) g_rand_int_range (rand, 0, 6), RETOUR_SLIP_SEMIBOLD, TRUE };

  retour_slip_add_row_full (slip, left, left_style, right, right_style, detail);
}

START_TEST (nothing_overflows_and_columns_never_collide)
{
  for (gsize w = 0; w < G_N_ELEMENTS (WIDTHS); w++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) _i);
      g_autoptr (RetourSlip) slip = retour_slip_new (WIDTHS[w]);

      for (int i = 0; i < 30; i++)
        {
          g_autofree char *text = make_words (rand, g_rand_int_range (rand, 1, 9), 70);

          add_random_row (slip, rand);
          retour_slip_add_heading (slip, text);
          retour_slip_add_band (slip, text);
        }

      g_autoptr (RetourSlipLayout) layout = retour_slip_layout_new (slip, RETOUR_PEN_DOTS, NULL);
      int y = 0;

      for (guint i = 0; i < layout->placed->len; i++)
        {
          const RetourSlipPlaced *placed = &g_array_index (layout->placed, RetourSlipPlaced, i);

          ck_assert_int_ge (placed->y, y);
          y = placed->y + placed->height;
          assert_inside (layout, placed, placed->text, placed->text_x, placed->text_y);
          assert_inside (layout, placed, placed->right, placed->right_x, placed->right_y);
          assert_inside (layout, placed, placed->detail, placed->detail_x, placed->detail_y);
          assert_apart (placed);
        }
      ck_assert_int_le (y, layout->height);
    }
}
END_TEST

static RetourRaster *
draw_after_space (int space)
{
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_80MM);

  retour_slip_add_space (slip, space);
  retour_slip_add_band (slip, "PREUVE DE RETOUR");
  retour_slip_add_qr (slip, paper_fixture_get_token (), "Suivez votre remboursement");
  retour_slip_add_row (slip, "Robe chemise Ysé", "56,74 €");
  return retour_slip_draw (slip, NULL);
}

START_TEST (a_slip_longer_than_any_image_has_no_seam)
{
  enum
  {
    SPACE = 4096 * 9 - 150,
  };
  g_autoptr (RetourRaster) near = draw_after_space (0);
  g_autoptr (RetourRaster) far = draw_after_space (SPACE);
  gsize offset = (gsize) SPACE * (gsize) far->stride;

  ck_assert_int_eq (far->height, near->height + SPACE);
  ck_assert_int_gt (far->height, 32767);
  ck_assert_mem_eq (far->rows + offset, near->rows, (gsize) near->stride * (gsize) near->height);
}
END_TEST

START_TEST (a_barcode_that_cannot_be_bars_is_a_qr)
{
  const char *codes[] = { "Ysé", "RC:reason:a_reason_with_a_name_that_is_far_too_long" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    for (gsize w = 0; w < G_N_ELEMENTS (WIDTHS); w++)
      {
        g_autoptr (RetourSlip) slip = retour_slip_new (WIDTHS[w]);

        retour_slip_add_barcode (slip, codes[i], codes[i]);

        g_autoptr (GBytes) png = retour_slip_to_png (slip, NULL);
        g_auto (GStrv) read = code_reader_read (png);

        assert_contains (read, codes[i], "the slip");
      }
}
END_TEST

START_TEST (a_qr_too_large_for_the_paper_is_refused)
{
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_58MM);
  g_autofree char *text = g_strnfill (1500, 'x');
  g_autoptr (GError) error = NULL;

  retour_slip_add_qr (slip, text, NULL);
  ck_assert_ptr_null (retour_slip_draw (slip, &error));
  ck_assert (g_error_matches (error, RETOUR_PAPER_ERROR, RETOUR_PAPER_ERROR_CODE));
}
END_TEST

START_TEST (an_empty_slip_is_a_blank_paper)
{
  g_autoptr (RetourSlip) slip = retour_slip_new (RETOUR_SLIP_WIDTH_80MM);

  retour_slip_add_heading (slip, "");
  retour_slip_add_row (slip, NULL, NULL);
  ck_assert_uint_eq (slip->blocks->len, 0);

  g_autoptr (RetourRaster) raster = retour_slip_draw (slip, NULL);
  g_autoptr (GBytes) pdf = retour_slip_to_pdf (slip, NULL);

  ck_assert_ptr_nonnull (raster);
  ck_assert_ptr_nonnull (pdf);
  for (int i = 0; i < raster->stride * raster->height; i++)
    ck_assert_uint_eq (raster->rows[i], 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("slip");
  TCase *codes = tcase_create ("codes"), *words = tcase_create ("words"), *shapes = tcase_create ("shapes");

  tcase_add_loop_test (codes, every_code_of_a_proof_is_read_back, 0, PAPERS);
  tcase_add_loop_test (codes, every_code_of_a_pdf_is_read_back, 0, PLAIN_PAPERS);
  tcase_add_loop_test (codes, codes_survive_a_tilted_blurred_or_enlarged_copy, 0, (int) G_N_ELEMENTS (HARMS));
  tcase_add_test (codes, labels_are_read_back);
  tcase_add_test (codes, labels_with_long_texts_keep_their_codes);
  tcase_add_test (codes, a_label_refuses_a_code_that_would_not_scan);
  tcase_add_test (codes, every_code_of_the_sheet_is_read_back);
  tcase_add_test (codes, a_long_sheet_goes_on_overleaf);
  tcase_add_test (codes, a_sheet_with_a_hopeless_code_is_refused);
  tcase_add_test (codes, a_barcode_that_cannot_be_bars_is_a_qr);
  tcase_add_test (codes, a_qr_too_large_for_the_paper_is_refused);
  suite_add_tcase (suite, codes);
  tcase_add_loop_test (words, dots_and_pdf_break_at_the_same_words, 0, PAPERS);
  tcase_add_test (words, the_words_of_a_pdf_can_be_selected);
  tcase_add_test (words, gift_mode_shows_no_amount);
  tcase_add_test (words, duplicate_offline_terms_and_acceptance_are_said);
  suite_add_tcase (suite, words);
  tcase_add_loop_test (shapes, the_margins_stay_white, 0, PAPERS);
  tcase_add_loop_test (shapes, nothing_overflows_and_columns_never_collide, 0, 4);
  tcase_add_test (shapes, a_slip_longer_than_any_image_has_no_seam);
  tcase_add_test (shapes, an_empty_slip_is_a_blank_paper);
  suite_add_tcase (suite, shapes);

  SRunner *runner = srunner_create (suite);

  srunner_run_all (runner, CK_ENV);

  int failed = srunner_ntests_failed (runner);

  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
