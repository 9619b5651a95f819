/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the value of an application identifier is right: length, characters, and what its parts must be. */
#include "gs1-rule.h"

#include "check-character.h"

#include <string.h>

/* ISO 3166-1 */
static const guint16 countries[] = {
  4,   8,   10,  12,  16,  20,  24,  28,  31,  32,  36,  40,  44,  48,  50,  51,  52,  56,  60,  64,  68,  70,  72,
  74,  76,  84,  86,  90,  92,  96,  100, 104, 108, 112, 116, 120, 124, 132, 136, 140, 144, 148, 152, 156, 158, 162,
  166, 170, 174, 175, 178, 180, 184, 188, 191, 192, 196, 203, 204, 208, 212, 214, 218, 222, 226, 231, 232, 233, 234,
  238, 239, 242, 246, 248, 250, 254, 258, 260, 262, 266, 268, 270, 275, 276, 288, 292, 296, 300, 304, 308, 312, 316,
  320, 324, 328, 332, 334, 336, 340, 344, 348, 352, 356, 360, 364, 368, 372, 376, 380, 384, 388, 392, 398, 400, 404,
  408, 410, 414, 417, 418, 422, 426, 428, 430, 434, 438, 440, 442, 446, 450, 454, 458, 462, 466, 470, 474, 478, 480,
  484, 492, 496, 498, 499, 500, 504, 508, 512, 516, 520, 524, 528, 531, 533, 534, 535, 540, 548, 554, 558, 562, 566,
  570, 574, 578, 580, 581, 583, 584, 585, 586, 591, 598, 600, 604, 608, 612, 616, 620, 624, 626, 630, 634, 638, 642,
  643, 646, 652, 654, 659, 660, 662, 663, 666, 670, 674, 678, 682, 686, 688, 690, 694, 702, 703, 704, 705, 706, 710,
  716, 724, 728, 729, 732, 740, 744, 748, 752, 756, 760, 762, 764, 768, 772, 776, 780, 784, 788, 792, 795, 796, 798,
  800, 804, 807, 818, 826, 831, 832, 833, 834, 840, 850, 854, 858, 860, 862, 876, 882, 887, 894,
};

static const char country_letters[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";

/* ISO 4217 */
static const guint16 currencies[] = {
  8,   12,  32,  36,  44,  48,  50,  51,  52,  60,  64,  68,  72,  84,  90,  96,  104, 108, 116, 124, 132, 136, 144,
  152, 156, 170, 174, 188, 191, 192, 203, 208, 214, 222, 230, 232, 238, 242, 262, 270, 292, 320, 324, 328, 332, 340,
  344, 348, 352, 356, 360, 364, 368, 376, 388, 392, 398, 400, 404, 408, 410, 414, 417, 418, 422, 426, 430, 434, 446,
  454, 458, 462, 480, 484, 496, 498, 504, 512, 516, 524, 532, 533, 548, 554, 558, 566, 578, 586, 590, 598, 600, 604,
  608, 634, 643, 646, 654, 682, 690, 694, 702, 704, 706, 710, 728, 748, 752, 756, 760, 764, 776, 780, 784, 788, 800,
  807, 818, 826, 834, 840, 858, 860, 882, 886, 901, 924, 925, 926, 927, 928, 929, 930, 931, 932, 933, 934, 936, 938,
  940, 941, 943, 944, 946, 947, 948, 949, 950, 951, 952, 953, 955, 956, 957, 958, 959, 960, 961, 962, 963, 964, 965,
  967, 968, 969, 970, 971, 972, 973, 975, 976, 977, 978, 979, 980, 981, 984, 985, 986, 990, 994, 997, 999,
};

static guint64
number_of (const char *digits, gsize length)
{
  guint64 number = 0;

  for (gsize i = 0; i < length; i++)
    number = number * 10 + (guint64) (digits[i] - '0');
  return number;
}

static gboolean
is_among (guint64 number, const guint16 *list, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (list[i] == number)
      return TRUE;
  return FALSE;
}

static gboolean
is_in_set (RetourGs1Set set, char c)
{
  if (c == '\0')
    return FALSE;
  switch (set)
    {
    case RETOUR_GS1_DIGITS:
      return g_ascii_isdigit (c);
    case RETOUR_GS1_SET_82:
      return g_ascii_isalnum (c) || strchr ("!\"%&'()*+,-./:;<=>?_", c) != NULL;
    case RETOUR_GS1_SET_39:
      return g_ascii_isupper (c) || g_ascii_isdigit (c) || strchr ("#-/", c) != NULL;
    case RETOUR_GS1_BASE64URL:
      return g_ascii_isalnum (c) || strchr ("-_=", c) != NULL;
    }
  return FALSE;
}

static gboolean
is_date (guint64 year, guint64 month, guint64 day, gboolean day_may_be_0)
{
  if (month < 1 || month > 12)
    return FALSE;
  if (day == 0)
    return day_may_be_0;
  return day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

/* Two digits of a year are of 1951 to 2050, which has a leap day wherever they are a multiple of four. */
static gboolean
is_short_date (const char *text, gboolean day_may_be_0)
{
  guint64 year = number_of (text, 2);

  return is_date (year + (year > 50 ? 1900 : 2000), number_of (text + 2, 2), number_of (text + 4, 2), day_may_be_0);
}

static gboolean
is_long_date (const char *text)
{
  guint64 year = number_of (text, 4);

  return year > 0 && is_date (year, number_of (text + 4, 2), number_of (text + 6, 2), FALSE);
}

static gboolean
is_time (const char *text)
{
  return number_of (text, 2) < 24 && number_of (text + 2, 2) < 60;
}

static gboolean
is_percent_encoded (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == '%'
        && (i + 2 >= length || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2])
            || (text[i + 1] == '0' && text[i + 2] == '0')))
      return FALSE;
  return TRUE;
}

static gboolean
has_non_digit (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_country_letters (const char *text)
{
  const char pair[] = { text[0], text[1], ' ', '\0' };

  return g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && strstr (country_letters, pair) != NULL;
}

static gboolean
is_piece_of_total (const char *text)
{
  guint64 piece = number_of (text, 2), total = number_of (text + 2, 2);

  return piece >= 1 && piece <= total;
}

static gboolean
is_birth_order (const char *text)
{
  return text[1] == '/' && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[2]) && text[0] >= '1'
         && text[0] <= text[2];
}

/* The rules whose answer is one look; `number` is 0 where the component is not of digits. */
static gboolean
number_fits (RetourGs1Rule rule, guint64 number)
{
  if (rule == RETOUR_GS1_HOUR)
    return number < 24;
  if (rule == RETOUR_GS1_SIXTIETH)
    return number < 60;
  if (rule == RETOUR_GS1_YES_NO)
    return number <= 1;
  if (rule == RETOUR_GS1_ZERO)
    return number == 0;
  if (rule == RETOUR_GS1_NOT_ZERO)
    return number != 0;
  if (rule == RETOUR_GS1_WINDING)
    return number <= 1 || number == 9;
  if (rule == RETOUR_GS1_LATITUDE)
    return number <= G_GUINT64_CONSTANT (1800000000);
  if (rule == RETOUR_GS1_LONGITUDE)
    return number <= G_GUINT64_CONSTANT (3600000000);
  if (rule == RETOUR_GS1_MEDIA_TYPE)
    return (number >= 1 && number <= 10) || number >= 80;
  if (rule == RETOUR_GS1_SEX)
    return number <= 2 || number == 9;
  return TRUE;
}

/* NULL, or what is wrong with a component whose length and characters are right. */
static const char *
check_rule (RetourGs1Rule rule, const char *text, gsize length)
{
  switch (rule)
    {
    case RETOUR_GS1_ANY:
      return NULL;
    case RETOUR_GS1_CHECK_DIGIT:
      return retour_check_gs1_digit (text, length) ? NULL : "wrong check digit";
    case RETOUR_GS1_CHECK_PAIR:
      return retour_check_gs1_pair (text, length) ? NULL : "wrong check characters";
    case RETOUR_GS1_MODEL_PAIR:
      return retour_check_gs1_pair (text, length) && has_non_digit (text, length) ? NULL : "wrong check characters";
    case RETOUR_GS1_DATE:
      return is_short_date (text, FALSE) ? NULL : "no such date";
    case RETOUR_GS1_DATE_DAY_0:
      return is_short_date (text, TRUE) ? NULL : "no such date";
    case RETOUR_GS1_LONG_DATE:
      return is_long_date (text) ? NULL : "no such date";
    case RETOUR_GS1_TIME:
      return is_time (text) ? NULL : "no such time";
    case RETOUR_GS1_TIME_9999:
      return is_time (text) || strncmp (text, "9999", 4) == 0 ? NULL : "no such time";
    case RETOUR_GS1_PIECE_OF_TOTAL:
      return is_piece_of_total (text) ? NULL : "no such piece of a total";
    case RETOUR_GS1_COUNTRY_999:
      if (number_of (text, length) == 999)
        return NULL;
      G_GNUC_FALLTHROUGH;
    case RETOUR_GS1_COUNTRY:
      return is_among (number_of (text, length), countries, G_N_ELEMENTS (countries)) ? NULL : "no such country";
    case RETOUR_GS1_COUNTRY_LETTERS:
      return is_country_letters (text) ? NULL : "no such country";
    case RETOUR_GS1_CURRENCY:
      return is_among (number_of (text, length), currencies, G_N_ELEMENTS (currencies)) ? NULL : "no such currency";
    case RETOUR_GS1_MINUS:
      return text[0] == '-' ? NULL : "only a minus sign may stand here";
    case RETOUR_GS1_NO_LEADING_ZERO:
      return length == 1 || text[0] != '0' ? NULL : "a leading zero";
    case RETOUR_GS1_IBAN:
      return retour_check_iban (text, length) ? NULL : "no right IBAN";
    case RETOUR_GS1_PERCENT_ENCODED:
      return is_percent_encoded (text, length) ? NULL : "a wrong percent escape";
    case RETOUR_GS1_IMPORTER:
      return is_in_set (RETOUR_GS1_BASE64URL, text[0]) && text[0] != '=' ? NULL : "no importer index";
    case RETOUR_GS1_BIRTH_ORDER:
      return is_birth_order (text) ? NULL : "no place among a total";
    case RETOUR_GS1_HOUR:
    case RETOUR_GS1_SIXTIETH:
    case RETOUR_GS1_YES_NO:
    case RETOUR_GS1_ZERO:
    case RETOUR_GS1_NOT_ZERO:
    case RETOUR_GS1_WINDING:
    case RETOUR_GS1_LATITUDE:
    case RETOUR_GS1_LONGITUDE:
    case RETOUR_GS1_MEDIA_TYPE:
    case RETOUR_GS1_SEX:
      return number_fits (rule, number_of (text, length)) ? NULL : "a number out of its range";
    }
  return NULL;
}

static const char *
check_characters (RetourGs1Set set, const char *text, gsize length)
{
  gsize padding = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!is_in_set (set, text[i]))
        return "a character that may not stand here";
      if (set != RETOUR_GS1_BASE64URL)
        continue;
      padding = text[i] == '=' ? padding + 1 : 0;
      if (padding > 2 || (text[i] != '=' && i > 0 && text[i - 1] == '='))
        return "a character that may not stand here";
    }
  return NULL;
}

const char *
retour_gs1_check (const RetourGs1Ai *ai, const char *value, gsize length)
{
  g_return_val_if_fail (ai != NULL && value != NULL, "nothing to check");

  if (length > retour_gs1_longest (ai))
    return "too long";
  for (guint i = 0; i < RETOUR_GS1_COMPONENTS_MAX && ai->components[i].most > 0; i++)
    {
      const RetourGs1Component *component = &ai->components[i];
      if (length == 0 && component->optional)
        break;
      if (length < component->least)
        return "too short";
      gsize taken = MIN (length, component->most);
      const char *wrong = check_characters (component->set, value, taken);
      if (wrong == NULL)
        wrong = check_rule (component->rule, value, taken);
      if (wrong != NULL)
        return wrong;
      value += taken;
      length -= taken;
    }
  return NULL;
}
