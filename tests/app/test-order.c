/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to an order and its customer. What a document's members say of one another is tried in tests/sync. */
#include "worked-case.h"

#include "documents.h"
#include "staff.h"

#include <check.h>
#include <stdlib.h>

static const WorkedRow plain = { .name = "plain" };

START_TEST (a_copy_is_the_same_and_its_own)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&(WorkedRow){
      .name = "full",
      .order =
          "'promotions':[]=>'promotions':[{'id':'P','kind':'percent','percent':'5','title':{'fr':'f'}}]|"
          "'announced':[]=>'announced':[{'id':'a','lines':[{'line':'l1','reason':'r'}]}]|'flags':['x']=>'flags':['x','y']" });
  g_autofree char *original = retour_order_document_write (worked->order);
  RetourOrder *copy = retour_order_copy (worked->order);
  g_clear_pointer (&worked->order, retour_order_free);
  g_autofree char *copied = retour_order_document_write (copy);
  ck_assert_str_eq (original, copied);
  retour_order_free (copy);
}
END_TEST

START_TEST (lines_and_promotions_are_found_by_id)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&plain);
  guint index;
  ck_assert_ptr_nonnull (retour_order_find_line (worked->order, "l2", &index));
  ck_assert_uint_eq (index, 1);
  ck_assert_ptr_null (retour_order_find_line (worked->order, "l3", NULL));
  ck_assert_ptr_null (retour_order_find_promotion (worked->order, "P"));
}
END_TEST

START_TEST (what_is_returnable_never_falls_below_nothing)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&plain);
  RetourOrderLine *line = worked->order->lines->pdata[0];
  ck_assert_int_eq (retour_order_line_returnable (line), 2);
  line->returned = 5;
  ck_assert_int_eq (retour_order_line_returnable (line), 0);
}
END_TEST

START_TEST (a_gtin_is_widened_to_fourteen_digits)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&plain);
  g_autofree char *wide = retour_order_line_gtin14 (worked->order->lines->pdata[0]);
  ck_assert_str_eq (wide, "03612345678904");
  ck_assert_ptr_null (retour_order_line_gtin14 (worked->order->lines->pdata[1]));
}
END_TEST

START_TEST (the_last_delivery_waits_for_every_unit)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&plain);
  g_autofree char *last = retour_instant_format (retour_order_last_delivery (worked->order));
  ck_assert_str_eq (last, "2026-10-06T10:00:00Z");
  ((RetourOrderLine *) worked->order->lines->pdata[0])->delivered = 1;
  ck_assert (retour_order_last_delivery (worked->order) == RETOUR_INSTANT_NONE);
}
END_TEST

START_TEST (captured_payments_add_up)
{
  g_autoptr (WorkedCase) worked = worked_case_new (&plain);
  RetourPayment *payment = retour_payment_new ("p2", "card");
  payment->captured = 10;
  g_ptr_array_add (worked->order->payments, payment);
  ck_assert_int_eq (retour_order_captured (worked->order), 13500);
}
END_TEST

static const struct
{
  const char *name, *email, *phone, *short_name, *masked_email, *masked_phone;
} customers[] = {
  { "Zoé Lefèvre", "zoe.lefevre@example.fr", "+33612345678", "Zoé L.", "zoe.lefe•••@example.fr", "06 •• •• •• 78" },
  { "Anne-Sophie de La Tour", "as@example.fr", "06 12 34 56 78", "Anne-Sophie D.", "•••@example.fr", "06 •• •• •• 78" },
  { "  Élodie   élan ", "no-at-sign", "12", "Élodie É.", "•••", "•••" },
  { "Cher", "@example.fr", "+44 20 7946 0018", "Cher", "•••", "44 •• •• •• •• 18" },
  { NULL, NULL, NULL, NULL, NULL, NULL },
};

START_TEST (a_customer_is_shown_only_in_part)
{
  RetourCustomer customer = { .name = (char *) customers[_i].name,
                              .email = (char *) customers[_i].email,
                              .phone = (char *) customers[_i].phone };
  g_autofree char *name = retour_customer_short_name (&customer), *email = retour_customer_masked_email (&customer),
                  *phone = retour_customer_masked_phone (&customer);
  ck_assert_pstr_eq (name, customers[_i].short_name);
  ck_assert_pstr_eq (email, customers[_i].masked_email);
  ck_assert_pstr_eq (phone, customers[_i].masked_phone);
}
END_TEST

START_TEST (staff_are_named_shortly)
{
  g_autoptr (RetourStaff) staff = retour_staff_new ("s", "Camille Moreau", RETOUR_ROLE_MANAGER);
  g_autofree char *name = retour_staff_short_name (staff), *initials = retour_staff_initials (staff);
  ck_assert_str_eq (name, "Camille M.");
  ck_assert_str_eq (initials, "CM");
  g_autoptr (RetourStaff) copy = retour_staff_copy (staff);
  ck_assert_str_eq (copy->name, staff->name);
  ck_assert_int_eq (retour_role_parse (retour_role_code (RETOUR_ROLE_MANAGER)), RETOUR_ROLE_MANAGER);
  ck_assert_int_eq (retour_role_parse ("director"), RETOUR_ROLE_TRAINEE);
  ck_assert_int_eq (retour_role_parse (NULL), RETOUR_ROLE_TRAINEE);
}
END_TEST

START_TEST (a_pin_matches_its_own_verifier_only)
{
  g_autofree char *verifier = retour_pin_verifier_new ("2580");
  ck_assert (retour_pin_matches (verifier, "2580"));
  ck_assert (!retour_pin_matches (verifier, "2581"));
  ck_assert (!retour_pin_matches (NULL, "2580"));
  ck_assert (!retour_pin_matches ("nonsense", "2580"));
}
END_TEST

START_TEST (wrong_pins_wait_longer_and_longer)
{
  ck_assert_int_eq (retour_pin_wait (0), 0);
  ck_assert_int_eq (retour_pin_wait (4), 0);
  ck_assert_int_eq (retour_pin_wait (5), 60 * RETOUR_SECOND);
  ck_assert_int_eq (retour_pin_wait (6), 120 * RETOUR_SECOND);
  ck_assert_int_eq (retour_pin_wait (9), 960 * RETOUR_SECOND);
  ck_assert_int_eq (retour_pin_wait (10), 1800 * RETOUR_SECOND);
  ck_assert_int_eq (retour_pin_wait (G_MAXUINT), 1800 * RETOUR_SECOND);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("order");
  TCase *tcase = tcase_create ("order");
  tcase_add_test (tcase, a_copy_is_the_same_and_its_own);
  tcase_add_test (tcase, lines_and_promotions_are_found_by_id);
  tcase_add_test (tcase, what_is_returnable_never_falls_below_nothing);
  tcase_add_test (tcase, a_gtin_is_widened_to_fourteen_digits);
  tcase_add_test (tcase, the_last_delivery_waits_for_every_unit);
  tcase_add_test (tcase, captured_payments_add_up);
  tcase_add_loop_test (tcase, a_customer_is_shown_only_in_part, 0, G_N_ELEMENTS (customers));
  tcase_add_test (tcase, staff_are_named_shortly);
  tcase_add_test (tcase, a_pin_matches_its_own_verifier_only);
  tcase_add_test (tcase, wrong_pins_wait_longer_and_longer);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
