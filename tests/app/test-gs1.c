/* SPDX-License-Identifier: Apache-2.0 */
/* GS1 element strings, in a barcode, in parentheses and in a web address. */
#include "digital-link.h"
#include "gs1-table.h"
#include "gs1.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define GS "\x1d"
#define TEN "1234567890"

/* "01=…|21=…" of what was read, or "!17: no such date" of what is wrong. */
static char *
describe (const RetourGs1 *gs1)
{
  GString *text = g_string_new (NULL);

  if (gs1->wrong_ai != NULL)
    g_string_append_printf (text, "!%s: %s", gs1->wrong_ai, gs1->wrong_reason);
  ck_assert (gs1->wrong_ai == NULL || gs1->elements->len == 0);
  for (guint i = 0; i < gs1->elements->len; i++)
    {
      const RetourGs1Element *element = gs1->elements->pdata[i];
      g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", element->ai, element->value);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *ai, *value;
} right_values[] = {
  { "00", "003456789012345670" },
  { "01", "03612345678904" },
  { "02", "09521234567899" },
  { "03", "09521234567899" },
  { "10", "A" },
  { "10", "!\"%&'()*+,-./:;<=>?_" },
  { "11", "261124" },
  { "11", "260200" },
  { "12", "240229" },
  { "13", "000229" },
  { "15", "991231" },
  { "16", "260731" },
  { "17", "270100" },
  { "20", "00" },
  { "21", "SN42" },
  { "21", TEN TEN },
  { "22", "2A" },
  { "235", "TPX123456" },
  { "240", TEN TEN TEN },
  { "241", "PART-1" },
  { "242", "123456" },
  { "243", "PCN" },
  { "250", "S2" },
  { "251", "REF" },
  { "253", "9521234567899" },
  { "253", "9521234567899R0214A-00381-S" },
  { "254", "1" },
  { "255", "9521234567899" },
  { "255", "9521234567899123456789012" },
  { "30", "8" },
  { "3100", "000123" },
  { "3105", "000123" },
  { "3295", "000123" },
  { "3375", "000123" },
  { "3575", "000123" },
  { "3695", "000123" },
  { "37", "12345678" },
  { "3909", "123456789012345" },
  { "3912", "9781299" },
  { "3922", "1299" },
  { "3932", "978129900" },
  { "3943", "0010" },
  { "3955", "000199" },
  { "400", "W10004217" },
  { "401", "9521234CONSIGN" },
  { "402", "95212345678912347" },
  { "403", "ROUTE1" },
  { "410", "9521234567899" },
  { "417", "9521234567899" },
  { "420", "69003" },
  { "421", "25069003" },
  { "422", "250" },
  { "423", "250056" },
  { "423", "250056276380724" },
  { "424", "250" },
  { "425", "250" },
  { "426", "250" },
  { "427", "ARA" },
  { "4300", "Maison%20Lisi%C3%A8re" },
  { "4302", "12+rue+Lafont" },
  { "4307", "FR" },
  { "4308", "33612345678" },
  { "4309", "13576000001804800000" },
  { "4309", "18000000003600000000" },
  { "4317", "BE" },
  { "4318", "69003" },
  { "4321", "1" },
  { "4324", "2611241430" },
  { "4324", "2611249999" },
  { "4325", "2611000000" },
  { "4326", "261124" },
  { "4330", "012345" },
  { "4331", "012345-" },
  { "7001", "1234567890123" },
  { "7003", "2611242359" },
  { "7004", "9999" },
  { "7005", "27.8.A" },
  { "7006", "261124" },
  { "7007", "261124" },
  { "7007", "261101261124" },
  { "7008", "COD" },
  { "7010", "1" },
  { "7011", "261124" },
  { "7011", "2611241200" },
  { "7020", "LOT" },
  { "7023", "9521234ASM" },
  { "7030", "250EST123" },
  { "7039", "999EST123" },
  { "7040", "1ABC" },
  { "7041", "PX" },
  { "710", "12345678" },
  { "716", "12345678" },
  { "7230", "EMREF" },
  { "7239", "EM1234567890123456789012345678" },
  { "7241", "01" },
  { "7241", "80" },
  { "7242", "V1" },
  { "7250", "19790131" },
  { "7251", "197901312359" },
  { "7252", "9" },
  { "7258", "1/2" },
  { "8001", "12345678901210" },
  { "8002", "33612345678" },
  { "8003", "09521234567899" },
  { "8003", "09521234567899CRATE1" },
  { "8004", "9521234ASSET" },
  { "8005", "000199" },
  { "8006", "036123456789040102" },
  { "8007", "FR7630006000011234567890189" },
  { "8008", "26112410" },
  { "8008", "2611241030" },
  { "8008", "261124103059" },
  { "8009", "OPT" },
  { "8010", "9521234-A/1#" },
  { "8011", "123456789012" },
  { "8011", "0" },
  { "8012", "V1.2" },
  { "8013", "1987654Ad4X4bL5ttr2310c2K" },
  { "8014", "1987654Ad4X4bL5ttr2310c2K" },
  { "8017", "952123456789123454" },
  { "8018", "952123456789123454" },
  { "8019", "1234567890" },
  { "8020", "INV123" },
  { "8026", "036123456789040202" },
  { "8030", "AZaz09-_AZaz09-_" },
  { "8030", "QUI=" },
  { "8110", "106141416543213150110120" },
  { "8111", "0010" },
  { "8112", "0" },
  { "8200", "http://example.com" },
  { "90", "INTERNAL" },
  { "91", TEN TEN TEN TEN TEN TEN TEN TEN TEN },
  { "99", "x" },
};

START_TEST (right_values_are_kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (right_values); i++)
    {
      g_autoptr (RetourGs1) gs1 = retour_gs1_new ();
      const char *ai = right_values[i].ai, *value = right_values[i].value;
      gboolean added = retour_gs1_add (gs1, ai, value, strlen (value));
      ck_assert_msg (added, "(%s)%s: %s", ai, value, gs1->wrong_reason);
      ck_assert_str_eq (retour_gs1_get (gs1, ai), value);
    }
}
END_TEST

static const struct
{
  const char *ai, *value, *reason;
} wrong_values[] = {
  { "00", "003456789012345678", "wrong check digit" },
  { "00", "00345678901234567", "too short" },
  { "00", "0034567890123456700", "too long" },
  { "01", "03612345678905", "wrong check digit" },
  { "01", "3612345678904", "too short" },
  { "01", "0361234567890X", "a character that may not stand here" },
  { "02", "03612345678905", "wrong check digit" },
  { "03", "03612345678905", "wrong check digit" },
  { "04", "1234567890123456", "no such application identifier" },
  { "05", "1", "no such application identifier" },
  { "10", "", "no value" },
  { "10", TEN TEN "1", "too long" },
  { "10", "A B", "a character that may not stand here" },
  { "10", "A#B", "a character that may not stand here" },
  { "10", "A@B", "a character that may not stand here" },
  { "10", "A[B", "a character that may not stand here" },
  { "10", "A^B", "a character that may not stand here" },
  { "10", "A\tB", "a character that may not stand here" },
  { "10", "é", "a character that may not stand here" },
  { "11", "261324", "no such date" },
  { "11", "260024", "no such date" },
  { "12", "260229", "no such date" },
  { "13", "260431", "no such date" },
  { "14", "260431", "no such application identifier" },
  { "15", "26112", "too short" },
  { "15", "2611245", "too long" },
  { "16", "26112A", "a character that may not stand here" },
  { "17", "261132", "no such date" },
  { "18", "261124", "no such application identifier" },
  { "20", "1", "too short" },
  { "21", TEN TEN "1", "too long" },
  { "23", "1", "no such application identifier" },
  { "235", TEN TEN TEN, "too long" },
  { "242", "12A", "a character that may not stand here" },
  { "253", "9521234567898", "wrong check digit" },
  { "253", "952123456789", "too short" },
  { "253", "9521234567899123456789012345678", "too long" },
  { "255", "9521234567899A", "a character that may not stand here" },
  { "30", "123456789", "too long" },
  { "3100", "12345", "too short" },
  { "3106", "123456", "no such application identifier" },
  { "3170", "123456", "no such application identifier" },
  { "3380", "123456", "no such application identifier" },
  { "3912", "0001299", "no such currency" },
  { "3912", "978", "too short" },
  { "3944", "0010", "no such application identifier" },
  { "400", TEN TEN TEN "1", "too long" },
  { "402", "95212345678912346", "wrong check digit" },
  { "410", "9521234567898", "wrong check digit" },
  { "418", "9521234567899", "no such application identifier" },
  { "421", "00169003", "no such country" },
  { "421", "250", "too short" },
  { "422", "999", "no such country" },
  { "423", "250001", "no such country" },
  { "423", "25005", "too short" },
  { "4300", "100%", "a wrong percent escape" },
  { "4300", "%G0", "a wrong percent escape" },
  { "4300", "%00", "a wrong percent escape" },
  { "4307", "XX", "no such country" },
  { "4307", "fr", "no such country" },
  { "4307", "D ", "a character that may not stand here" },
  { "4309", "18000000011804800000", "a number out of its range" },
  { "4309", "13576000003600000001", "a number out of its range" },
  { "4321", "2", "a number out of its range" },
  { "4324", "2611242400", "no such time" },
  { "4326", "261100", "no such date" },
  { "4330", "012345+", "only a minus sign may stand here" },
  { "7003", "2611001200", "no such date" },
  { "7003", "2611241260", "no such time" },
  { "7003", "2611249999", "no such time" },
  { "7006", "261100", "no such date" },
  { "7007", "261124261131", "no such date" },
  { "7007", "26112426", "too short" },
  { "7012", "1", "no such application identifier" },
  { "7030", "998EST", "no such country" },
  { "7040", "1AB!", "no importer index" },
  { "7040", "AABC", "a character that may not stand here" },
  { "717", "1", "no such application identifier" },
  { "7230", "EM", "too short" },
  { "7241", "11", "a number out of its range" },
  { "7241", "00", "a number out of its range" },
  { "7250", "19790230", "no such date" },
  { "7250", "00001231", "no such date" },
  { "7252", "3", "a number out of its range" },
  { "7258", "2/1", "no place among a total" },
  { "7258", "0/1", "no place among a total" },
  { "8001", "00005678901210", "a number out of its range" },
  { "8001", "12345678901220", "a number out of its range" },
  { "8003", "19521234567899", "a number out of its range" },
  { "8003", "09521234567898", "wrong check digit" },
  { "8006", "036123456789040302", "no such piece of a total" },
  { "8006", "036123456789040002", "no such piece of a total" },
  { "8006", "036123456789050102", "wrong check digit" },
  { "8007", "FR7630006000011234567890188", "no right IBAN" },
  { "8008", "26112424", "a number out of its range" },
  { "8008", "2611241060", "a number out of its range" },
  { "8010", "abc", "a character that may not stand here" },
  { "8011", "0123", "a leading zero" },
  { "8013", "1987654Ad4X4bL5ttr2310c2L", "wrong check characters" },
  { "8014", "12", "wrong check characters" },
  { "8017", "952123456789123455", "wrong check digit" },
  { "8021", "1", "no such application identifier" },
  { "8030", "abc+", "a character that may not stand here" },
  { "8030", "ab=c", "a character that may not stand here" },
  { "8030", "a===", "a character that may not stand here" },
  { "8111", "10", "too short" },
  { "8201", "1", "no such application identifier" },
  { "90", TEN TEN TEN "1", "too long" },
  { "", "1", "no such application identifier" },
  { "1", "1", "no such application identifier" },
  { "001", "1", "no such application identifier" },
  { "0A", "1", "no such application identifier" },
};

START_TEST (wrong_values_are_named_with_their_reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_values); i++)
    {
      g_autoptr (RetourGs1) gs1 = retour_gs1_new ();
      const char *ai = wrong_values[i].ai, *value = wrong_values[i].value;
      ck_assert_msg (!retour_gs1_add (gs1, ai, value, strlen (value)), "(%s)%s", ai, value);
      ck_assert_str_eq (gs1->wrong_ai, ai);
      ck_assert_msg (g_str_equal (gs1->wrong_reason, wrong_values[i].reason), "(%s)%s: %s", ai, value,
                     gs1->wrong_reason);
    }
}
END_TEST

START_TEST (no_identifier_begins_another)
{
  for (guint number = 0; number < 10000; number++)
    {
      g_autofree char *text = g_strdup_printf ("%04u", number);
      const RetourGs1Ai *found = retour_gs1_find (text);
      guint matches = 0;
      for (gsize digits = 2; digits <= 4; digits++)
        {
          g_autofree char *ai = g_strndup (text, digits);
          matches += retour_gs1_find_exactly (ai) != NULL;
        }
      ck_assert_uint_eq (matches, found != NULL);
      if (found != NULL)
        ck_assert_uint_eq (retour_gs1_ai_digits (text), found->digits);
    }
}
END_TEST

/* Those whose first two digits the General Specifications list as of predefined length, with the characters in all. */
START_TEST (predefined_lengths_are_those_of_the_specifications)
{
  static const struct
  {
    const char *first_two;
    gsize length;
  } lengths[] = { { "00", 20 }, { "01", 16 }, { "02", 16 }, { "03", 16 }, { "11", 8 },  { "12", 8 },
                  { "13", 8 },  { "15", 8 },  { "16", 8 },  { "17", 8 },  { "20", 4 },  { "31", 10 },
                  { "32", 10 }, { "33", 10 }, { "34", 10 }, { "35", 10 }, { "36", 10 }, { "41", 16 } };

  for (guint number = 0; number < 10000; number++)
    {
      g_autofree char *text = g_strdup_printf ("%04u", number);
      const RetourGs1Ai *found = retour_gs1_find (text);
      gsize length = 0;
      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        if (g_str_has_prefix (text, lengths[i].first_two))
          length = lengths[i].length;
      if (found != NULL)
        ck_assert_msg (found->traits & RETOUR_GS1_PREDEFINED ? found->digits + retour_gs1_longest (found) == length
                                                             : length == 0,
                       "AI %s", text);
    }
}
END_TEST

static const struct
{
  const char *text;
  char substitute;
  const char *read;
} data_cases[] = {
  { "0103612345678904", 0, "01=03612345678904" },
  { "010361234567890421SN42", 0, "01=03612345678904|21=SN42" },
  { "010361234567890421SN42" GS "10LOT", 0, "01=03612345678904|21=SN42|10=LOT" },
  { "010361234567890421SN42" GS, 0, "01=03612345678904|21=SN42" },
  { GS "010361234567890421SN42", 0, "01=03612345678904|21=SN42" },
  { "0103612345678904" GS "21SN42", 0, "01=03612345678904|21=SN42" },
  { "010361234567890417261124"
    "10LOT",
    0, "01=03612345678904|17=261124|10=LOT" },
  { "010361234567890421SN42%10LOT", '%', "01=03612345678904|21=SN42|10=LOT" },
  { "010361234567890421SN42%10LOT" GS "240X", '%', "01=03612345678904|21=SN42|10=LOT|240=X" },
  { "010361234567890421SN42%10LOT", 0, "01=03612345678904|21=SN42%10LOT" },
  { "010361234567890421SN42" GS "0103612345678904", 0, "01=03612345678904|21=SN42" },
  { "010361234567890421SN42" GS "21SN43", 0, "!21: twice, with different values" },
  { "0103612345678904010361234567890400", 0, "!00: no value" },
  { "01036123456789042", 0, "!2: no such application identifier" },
  { "010361234567890", 0, "!01: too short" },
  { "01036123456789" GS "0421SN", 0, "!01: too short" },
  { "010361234567890421", 0, "!21: no value" },
  { "010361234567890421" GS "10A", 0, "!21: no value" },
  { "01036123456789040500", 0, "!05: no such application identifier" },
  { "3106000123", 0, "!3106: no such application identifier" },
  { "3103000123"
    "3922"
    "1299",
    0, "3103=000123|3922=1299" },
  { "310300012", 0, "!3103: too short" },
  { "40295212345678912347" GS "400W1", 0, "402=95212345678912347|400=W1" },
  { "402952123456789123471" GS "400W1", 0, "!402: too long" },
  { "414952123456789925412", 0, "414=9521234567899|254=12" },
  { "", 0, "!: no element" },
  { GS, 0, "!: no element" },
  { GS GS "10A", 0, "!" GS "1: no such application identifier" },
  { "AB", 0, "!AB: no such application identifier" },
  { "é", 0, "!é: no such application identifier" },
  { "1", 0, "!1: no such application identifier" },
  { "https://x/01/1", 0, "!ht: no such application identifier" },
};

START_TEST (data_is_cut_where_the_specifications_say)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_cases); i++)
    {
      g_autoptr (RetourGs1) gs1 = retour_gs1_read_data (data_cases[i].text, data_cases[i].substitute);
      g_autofree char *read = describe (gs1);
      ck_assert_msg (g_str_equal (read, data_cases[i].read), "%s: %s", data_cases[i].text, read);
    }
}
END_TEST

static const struct
{
  const char *text, *read;
} bracketed_cases[] = {
  { "(01)03612345678904", "01=03612345678904" },
  { "(01)03612345678904(21)SN42(17)261100", "01=03612345678904|21=SN42|17=261100" },
  { "(10)A(B)C", "10=A(B)C" },
  { "(10)A(1)C", "10=A(1)C" },
  { "(10)A(12345)C", "10=A(12345)C" },
  { "(10)A(", "10=A(" },
  { "(10)A(21", "10=A(21" },
  { "(10)A(99)B", "10=A|99=B" },
  { "(10)A(05)B", "!05: no such application identifier" },
  { "(01)036123456789041", "!01: too long" },
  { "(01)0361234567890", "!01: too short" },
  { "(01)", "!01: no value" },
  { "(01)(21)A", "!01: no value" },
  { "(1000)A", "!1000: no such application identifier" },
  { "(3103)000123", "3103=000123" },
  { "(01)03612345678904(01)03612345678904", "01=03612345678904" },
  { "(01)03612345678904(01)09521234567899", "!01: twice, with different values" },
  { "(21)SN 42", "!21: a character that may not stand here" },
  { "10A", "!10: no application identifier in parentheses" },
};

START_TEST (parentheses_are_read_as_printed)
{
  for (guint i = 0; i < G_N_ELEMENTS (bracketed_cases); i++)
    {
      g_autoptr (RetourGs1) gs1 = retour_gs1_read_bracketed (bracketed_cases[i].text);
      g_autofree char *read = describe (gs1);
      ck_assert_msg (g_str_equal (read, bracketed_cases[i].read), "%s: %s", bracketed_cases[i].text, read);
    }
}
END_TEST

/* NULL: no Digital Link at all. */
static const struct
{
  const char *text, *read;
} link_cases[] = {
  { "https://id.gs1.org/01/09506000134352", "01=09506000134352" },
  { "http://id.gs1.org/01/09506000134352", "01=09506000134352" },
  { "HTTPS://ID.GS1.ORG/01/09506000134352", "01=09506000134352" },
  { "hTTps://Example.fr/01/09506000134352", "01=09506000134352" },
  { "https://localhost:8080/01/09506000134352", "01=09506000134352" },
  { "https://example.fr/a/b/01/09506000134352", "01=09506000134352" },
  { "https://example.fr/a/01/09506000134352", "01=09506000134352" },
  { "https://example.fr/00/003456789012345670/01/09506000134352", "01=09506000134352" },
  { "https://example.fr/01/09506000134352/", "01=09506000134352" },
  { "https://example.fr/01/09506000134352/10/ABC/21/12345", "01=09506000134352|10=ABC|21=12345" },
  { "https://example.fr/01/09506000134352/22/2A/10/ABC/21/12345", "01=09506000134352|22=2A|10=ABC|21=12345" },
  { "https://example.fr/01/09506000134352/22/2A/21/12345", "01=09506000134352|22=2A|21=12345" },
  { "https://example.fr/01/09506000134352/235/TPX", "01=09506000134352|235=TPX" },
  { "https://example.fr/01/09506000134352/10/01/21/5", "01=09506000134352|10=01|21=5" },
  { "https://example.fr/01/09506000134352?17=261124", "01=09506000134352|17=261124" },
  { "https://example.fr/01/09506000134352?17=261124&10=A&lang=fr", "01=09506000134352|17=261124|10=A" },
  { "https://example.fr/01/09506000134352?lang=fr;17=261124", "01=09506000134352|17=261124" },
  { "https://example.fr/01/09506000134352?linkType=all#21/7", "01=09506000134352" },
  { "https://example.fr/01/09506000134352#?17=261399", "01=09506000134352" },
  { "https://example.fr/01/09506000134352/21/a%2Fb", "01=09506000134352|21=a/b" },
  { "https://example.fr/01/09506000134352/21/a%2fb%25", "01=09506000134352|21=a/b%" },
  { "https://example.fr/01/09506000134352?&&=1&x", "01=09506000134352" },
  { "https://example.fr/00/003456789012345670?400=W10004217", "00=003456789012345670|400=W10004217" },
  { "https://example.fr/253/9521234567899R0214A-00381-S", "253=9521234567899R0214A-00381-S" },
  { "https://example.fr/414/9521234567899/254/12", "414=9521234567899|254=12" },
  { "https://example.fr/415/9521234567899/8020/INV", "415=9521234567899|8020=INV" },
  { "https://example.fr/8006/036123456789040102/21/7", "8006=036123456789040102|21=7" },
  { "https://example.fr/8004/9521234A", "8004=9521234A" },
  { "https://example.fr/8010/9521234-A/8011/7", "8010=9521234-A|8011=7" },
  { "https://example.fr/8018/952123456789123454/8019/7", "8018=952123456789123454|8019=7" },
  { "https://example.fr/01/09506000134353", "!01: wrong check digit" },
  { "https://example.fr/01/9506000134352", "!01: too short" },
  { "https://example.fr/01/", NULL },
  { "https://example.fr/a/01//21/5", "!01: no value" },
  { "https://example.fr/01/09506000134352/21/12345/10/ABC", "!10: may not stand here in the path" },
  { "https://example.fr/01/09506000134352/22/2A/235/TPX", "!235: may not stand here in the path" },
  { "https://example.fr/01/09506000134352/10/A/10/A", "!10: may not stand here in the path" },
  { "https://example.fr/01/09506000134352/17/261124", "!17: may not stand here in the path" },
  { "https://example.fr/01/09506000134352/foo/bar", "!foo: may not stand here in the path" },
  { "https://example.fr/01/09506000134352/21/%", "!21: a wrong percent escape" },
  { "https://example.fr/01/09506000134352/21/a%0", "!21: a wrong percent escape" },
  { "https://example.fr/01/09506000134352/21/a%zz", "!21: a wrong percent escape" },
  { "https://example.fr/01/09506000134352/21/a%00b", "!21: a wrong percent escape" },
  { "https://example.fr/01/09506000134352/21/a%20b", "!21: a character that may not stand here" },
  { "https://example.fr/01/09506000134352/21/%C3%A9", "!21: a character that may not stand here" },
  { "https://example.fr/01/09506000134352/21/%FF", "!21: a character that may not stand here" },
  { "https://example.fr/01/09506000134352?17=261324", "!17: no such date" },
  { "https://example.fr/01/09506000134352?05=1", "!05: no such application identifier" },
  { "https://example.fr/01/09506000134352?4=1", "!4: no such application identifier" },
  { "https://example.fr/01/09506000134352?21=7", "!21: may not stand in the query" },
  { "https://example.fr/01/09506000134352?10=A&10=A", "!10: twice" },
  { "https://example.fr/01/09506000134352/10/A?10=A", "!10: twice" },
  { "https://example.fr/01/09506000134352?10", "!10: no value" },
  { "https://example.fr/01/09506000134352?10=%G0", "!10: a wrong percent escape" },
  { "https://example.fr", NULL },
  { "https://example.fr/", NULL },
  { "https://example.fr/400/W10004217", NULL },
  { "https://example.fr/gtin/09506000134352", NULL },
  { "https://example.fr?01=09506000134352", NULL },
  { "https:///01/09506000134352", NULL },
  { "https://ex ample.fr/01/09506000134352", NULL },
  { "https://ex\x01"
    "ample.fr/01/09506000134352",
    NULL },
  { "https://exämple.fr/01/09506000134352", NULL },
  { "ftp://example.fr/01/09506000134352", NULL },
  { "example.fr/01/09506000134352", NULL },
  { "https:/example.fr/01/09506000134352", NULL },
  { "", NULL },
};

START_TEST (links_are_read_from_the_end_of_their_path)
{
  for (guint i = 0; i < G_N_ELEMENTS (link_cases); i++)
    {
      g_autoptr (RetourGs1) gs1 = retour_digital_link_read (link_cases[i].text);
      g_autofree char *read = gs1 != NULL ? describe (gs1) : NULL;
      ck_assert_msg (g_strcmp0 (read, link_cases[i].read) == 0, "%s: %s", link_cases[i].text, read);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("gs1");
  TCase *values = tcase_create ("values"), *strings = tcase_create ("strings");

  tcase_add_test (values, right_values_are_kept);
  tcase_add_test (values, wrong_values_are_named_with_their_reason);
  tcase_add_test (values, no_identifier_begins_another);
  tcase_add_test (values, predefined_lengths_are_those_of_the_specifications);
  suite_add_tcase (suite, values);
  tcase_add_test (strings, data_is_cut_where_the_specifications_say);
  tcase_add_test (strings, parentheses_are_read_as_printed);
  tcase_add_test (strings, links_are_read_from_the_end_of_their_path);
  suite_add_tcase (suite, strings);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
