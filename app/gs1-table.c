/* SPDX-License-Identifier: Apache-2.0 */
/* The application identifiers, in their order. */
#include "gs1-table.h"

#define DIGITS(length, rule)                                                                                           \
  {                                                                                                                    \
    RETOUR_GS1_DIGITS, length, length, RETOUR_GS1_##rule, FALSE                                                        \
  }
#define UP_TO_DIGITS(most, rule)                                                                                       \
  {                                                                                                                    \
    RETOUR_GS1_DIGITS, 1, most, RETOUR_GS1_##rule, FALSE                                                               \
  }
#define MAYBE_DIGITS(length, rule)                                                                                     \
  {                                                                                                                    \
    RETOUR_GS1_DIGITS, length, length, RETOUR_GS1_##rule, TRUE                                                         \
  }
#define TEXT(length, rule)                                                                                             \
  {                                                                                                                    \
    RETOUR_GS1_SET_82, length, length, RETOUR_GS1_##rule, FALSE                                                        \
  }
#define UP_TO_TEXT(most, rule)                                                                                         \
  {                                                                                                                    \
    RETOUR_GS1_SET_82, 1, most, RETOUR_GS1_##rule, FALSE                                                               \
  }
#define MAYBE_TEXT(least, most, rule)                                                                                  \
  {                                                                                                                    \
    RETOUR_GS1_SET_82, least, most, RETOUR_GS1_##rule, TRUE                                                            \
  }

#define PLAIN RETOUR_GS1_PLAIN
#define PREDEFINED RETOUR_GS1_PREDEFINED
#define NOT_IN_QUERY RETOUR_GS1_NOT_IN_QUERY

static const RetourGs1Ai table[] = {
  { 0, 0, 2, PREDEFINED, { DIGITS (18, CHECK_DIGIT) } },                         /* SSCC */
  { 1, 1, 2, PREDEFINED, { DIGITS (14, CHECK_DIGIT) } },                         /* GTIN */
  { 2, 2, 2, PREDEFINED, { DIGITS (14, CHECK_DIGIT) } },                         /* GTIN of the contents */
  { 3, 3, 2, PREDEFINED | NOT_IN_QUERY, { DIGITS (14, CHECK_DIGIT) } },          /* GTIN, made to order */
  { 10, 10, 2, PLAIN, { UP_TO_TEXT (20, ANY) } },                                /* batch or lot */
  { 11, 13, 2, PREDEFINED, { DIGITS (6, DATE_DAY_0) } },                         /* made, due, packed */
  { 15, 17, 2, PREDEFINED, { DIGITS (6, DATE_DAY_0) } },                         /* best before, sell by, expiry */
  { 20, 20, 2, PREDEFINED, { DIGITS (2, ANY) } },                                /* variant */
  { 21, 21, 2, NOT_IN_QUERY, { UP_TO_TEXT (20, ANY) } },                         /* serial */
  { 22, 22, 2, NOT_IN_QUERY, { UP_TO_TEXT (20, ANY) } },                         /* consumer product variant */
  { 235, 235, 3, NOT_IN_QUERY, { UP_TO_TEXT (28, ANY) } },                       /* third party's serial */
  { 240, 241, 3, PLAIN, { UP_TO_TEXT (30, ANY) } },                              /* additional id, part number */
  { 242, 242, 3, PLAIN, { UP_TO_DIGITS (6, ANY) } },                             /* made-to-order variation */
  { 243, 243, 3, PLAIN, { UP_TO_TEXT (20, ANY) } },                              /* packaging component */
  { 250, 251, 3, PLAIN, { UP_TO_TEXT (30, ANY) } },                              /* second serial, source */
  { 253, 253, 3, PLAIN, { DIGITS (13, CHECK_DIGIT), MAYBE_TEXT (1, 17, ANY) } }, /* GDTI: a document */
  { 254, 254, 3, NOT_IN_QUERY, { UP_TO_TEXT (20, ANY) } },                       /* GLN extension */
  { 255,
    255,
    3,
    PLAIN,
    { DIGITS (13, CHECK_DIGIT), { RETOUR_GS1_DIGITS, 1, 12, RETOUR_GS1_ANY, TRUE } } }, /* GCN: a coupon */
  { 30, 30, 2, PLAIN, { UP_TO_DIGITS (8, ANY) } },                                      /* variable count */
  { 3100, 3105, 4, PREDEFINED, { DIGITS (6, ANY) } },                                   /* trade measures, metric */
  { 3110, 3115, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3120, 3125, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3130, 3135, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3140, 3145, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3150, 3155, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3160, 3165, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3200, 3205, 4, PREDEFINED, { DIGITS (6, ANY) } }, /* pounds, inches, feet, yards */
  { 3210, 3215, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3220, 3225, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3230, 3235, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3240, 3245, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3250, 3255, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3260, 3265, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3270, 3275, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3280, 3285, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3290, 3295, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3300, 3305, 4, PREDEFINED, { DIGITS (6, ANY) } }, /* logistic measures, metric */
  { 3310, 3315, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3320, 3325, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3330, 3335, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3340, 3345, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3350, 3355, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3360, 3365, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3370, 3375, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3400, 3405, 4, PREDEFINED, { DIGITS (6, ANY) } }, /* logistic, pounds and inches */
  { 3410, 3415, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3420, 3425, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3430, 3435, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3440, 3445, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3450, 3455, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3460, 3465, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3470, 3475, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3480, 3485, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3490, 3495, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3500, 3505, 4, PREDEFINED, { DIGITS (6, ANY) } }, /* areas, ounces */
  { 3510, 3515, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3520, 3525, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3530, 3535, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3540, 3545, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3550, 3555, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3560, 3565, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3570, 3575, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3600, 3605, 4, PREDEFINED, { DIGITS (6, ANY) } }, /* quarts, gallons, cubic measures */
  { 3610, 3615, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3620, 3625, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3630, 3635, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3640, 3645, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3650, 3655, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3660, 3665, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3670, 3675, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3680, 3685, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 3690, 3695, 4, PREDEFINED, { DIGITS (6, ANY) } },
  { 37, 37, 2, PLAIN, { UP_TO_DIGITS (8, ANY) } },      /* count of the contents */
  { 3900, 3909, 4, PLAIN, { UP_TO_DIGITS (15, ANY) } }, /* amount */
  { 3910, 3919, 4, PLAIN, { DIGITS (3, CURRENCY), UP_TO_DIGITS (15, ANY) } },
  { 3920, 3929, 4, PLAIN, { UP_TO_DIGITS (15, ANY) } }, /* price */
  { 3930, 3939, 4, PLAIN, { DIGITS (3, CURRENCY), UP_TO_DIGITS (15, ANY) } },
  { 3940, 3943, 4, PLAIN, { DIGITS (4, ANY) } },             /* percentage off */
  { 3950, 3955, 4, PLAIN, { DIGITS (6, ANY) } },             /* price per unit of measure */
  { 400, 400, 3, PLAIN, { UP_TO_TEXT (30, ANY) } },          /* order number */
  { 401, 401, 3, PLAIN, { UP_TO_TEXT (30, ANY) } },          /* GINC: consignment */
  { 402, 402, 3, PLAIN, { DIGITS (17, CHECK_DIGIT) } },      /* GSIN: shipment */
  { 403, 403, 3, PLAIN, { UP_TO_TEXT (30, ANY) } },          /* route */
  { 410, 417, 3, PREDEFINED, { DIGITS (13, CHECK_DIGIT) } }, /* GLN of a place or party */
  { 420, 420, 3, PLAIN, { UP_TO_TEXT (20, ANY) } },          /* postcode */
  { 421, 421, 3, PLAIN, { DIGITS (3, COUNTRY), UP_TO_TEXT (9, ANY) } },
  { 422, 422, 3, PLAIN, { DIGITS (3, COUNTRY) } }, /* origin */
  { 423,
    423,
    3,
    PLAIN,
    { DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY),
      MAYBE_DIGITS (3, COUNTRY) } },
  { 424, 424, 3, PLAIN, { DIGITS (3, COUNTRY) } },
  { 425,
    425,
    3,
    PLAIN,
    { DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY), MAYBE_DIGITS (3, COUNTRY),
      MAYBE_DIGITS (3, COUNTRY) } },
  { 426, 426, 3, PLAIN, { DIGITS (3, COUNTRY) } },
  { 427, 427, 3, PLAIN, { UP_TO_TEXT (3, ANY) } },                /* subdivision of origin */
  { 4300, 4301, 4, PLAIN, { UP_TO_TEXT (35, PERCENT_ENCODED) } }, /* ship to: company, name */
  { 4302, 4306, 4, PLAIN, { UP_TO_TEXT (70, PERCENT_ENCODED) } }, /* its address */
  { 4307, 4307, 4, PLAIN, { TEXT (2, COUNTRY_LETTERS) } },
  { 4308, 4308, 4, PLAIN, { UP_TO_TEXT (30, ANY) } }, /* its telephone */
  { 4309, 4309, 4, PLAIN, { DIGITS (10, LATITUDE), DIGITS (10, LONGITUDE) } },
  { 4310, 4311, 4, PLAIN, { UP_TO_TEXT (35, PERCENT_ENCODED) } }, /* return to: company, name */
  { 4312, 4316, 4, PLAIN, { UP_TO_TEXT (70, PERCENT_ENCODED) } },
  { 4317, 4317, 4, PLAIN, { TEXT (2, COUNTRY_LETTERS) } },
  { 4318, 4318, 4, PLAIN, { UP_TO_TEXT (20, ANY) } },
  { 4319, 4319, 4, PLAIN, { UP_TO_TEXT (30, ANY) } },
  { 4320, 4320, 4, PLAIN, { UP_TO_TEXT (35, PERCENT_ENCODED) } },              /* service */
  { 4321, 4323, 4, PLAIN, { DIGITS (1, YES_NO) } },                            /* dangerous, leave, sign */
  { 4324, 4325, 4, PLAIN, { DIGITS (6, DATE_DAY_0), DIGITS (4, TIME_9999) } }, /* deliver not before, after */
  { 4326, 4326, 4, PLAIN, { DIGITS (6, DATE) } },                              /* release */
  { 4330, 4333, 4, PLAIN, { DIGITS (6, ANY), MAYBE_TEXT (1, 1, MINUS) } },     /* temperatures */
  { 7001, 7001, 4, PLAIN, { DIGITS (13, ANY) } },                              /* NATO stock number */
  { 7002, 7002, 4, PLAIN, { UP_TO_TEXT (30, ANY) } },                          /* meat cut */
  { 7003, 7003, 4, PLAIN, { DIGITS (6, DATE), DIGITS (4, TIME) } },            /* expiry to the minute */
  { 7004, 7004, 4, PLAIN, { UP_TO_DIGITS (4, ANY) } },                         /* active potency */
  { 7005, 7005, 4, PLAIN, { UP_TO_TEXT (12, ANY) } },                          /* catch area */
  { 7006, 7006, 4, PLAIN, { DIGITS (6, DATE) } },                              /* first frozen */
  { 7007, 7007, 4, PLAIN, { DIGITS (6, DATE), MAYBE_DIGITS (6, DATE) } },      /* harvest */
  { 7008, 7008, 4, PLAIN, { UP_TO_TEXT (3, ANY) } },                           /* aquatic species */
  { 7009, 7009, 4, PLAIN, { UP_TO_TEXT (10, ANY) } },                          /* fishing gear */
  { 7010, 7010, 4, PLAIN, { UP_TO_TEXT (2, ANY) } },                           /* production method */
  { 7011, 7011, 4, PLAIN, { DIGITS (6, DATE), MAYBE_DIGITS (4, TIME) } },      /* test by */
  { 7020, 7022, 4, PLAIN, { UP_TO_TEXT (20, ANY) } },                          /* refurbishing */
  { 7023, 7023, 4, PLAIN, { UP_TO_TEXT (30, ANY) } },                          /* GIAI of an assembly */
  { 7030, 7039, 4, PLAIN, { DIGITS (3, COUNTRY_999), UP_TO_TEXT (27, ANY) } }, /* processors */
  { 7040, 7040, 4, NOT_IN_QUERY, { DIGITS (1, ANY), TEXT (1, ANY), TEXT (1, ANY), TEXT (1, IMPORTER) } },
  { 7041, 7041, 4, NOT_IN_QUERY, { UP_TO_TEXT (4, ANY) } },          /* freight unit type */
  { 710, 716, 3, PLAIN, { UP_TO_TEXT (20, ANY) } },                  /* national healthcare numbers */
  { 7230, 7239, 4, PLAIN, { TEXT (2, ANY), UP_TO_TEXT (28, ANY) } }, /* certifications */
  { 7240, 7240, 4, PLAIN, { UP_TO_TEXT (20, ANY) } },                /* protocol */
  { 7241, 7241, 4, PLAIN, { DIGITS (2, MEDIA_TYPE) } },
  { 7242, 7242, 4, PLAIN, { UP_TO_TEXT (25, ANY) } },  /* version control number */
  { 7250, 7250, 4, PLAIN, { DIGITS (8, LONG_DATE) } }, /* a patient's birth */
  { 7251, 7251, 4, PLAIN, { DIGITS (8, LONG_DATE), DIGITS (4, TIME) } },
  { 7252, 7252, 4, PLAIN, { DIGITS (1, SEX) } },
  { 7253, 7254, 4, PLAIN, { UP_TO_TEXT (40, PERCENT_ENCODED) } }, /* names */
  { 7255, 7255, 4, PLAIN, { UP_TO_TEXT (10, ANY) } },
  { 7256, 7256, 4, PLAIN, { UP_TO_TEXT (90, PERCENT_ENCODED) } },
  { 7257, 7257, 4, PLAIN, { UP_TO_TEXT (70, PERCENT_ENCODED) } },
  { 7258, 7258, 4, PLAIN, { TEXT (3, BIRTH_ORDER) } },
  { 7259, 7259, 4, PLAIN, { UP_TO_TEXT (40, PERCENT_ENCODED) } },
  { 8001,
    8001,
    4,
    PLAIN,
    { DIGITS (4, NOT_ZERO), DIGITS (5, NOT_ZERO), DIGITS (3, NOT_ZERO), DIGITS (1, WINDING),
      DIGITS (1, ANY) } },                            /* roll products */
  { 8002, 8002, 4, PLAIN, { UP_TO_TEXT (20, ANY) } }, /* mobile telephone */
  { 8003, 8003, 4, PLAIN, { DIGITS (1, ZERO), DIGITS (13, CHECK_DIGIT), MAYBE_TEXT (1, 16, ANY) } }, /* GRAI */
  { 8004, 8004, 4, PLAIN, { UP_TO_TEXT (30, ANY) } },                                 /* GIAI: an asset */
  { 8005, 8005, 4, PLAIN, { DIGITS (6, ANY) } },                                      /* price per unit */
  { 8006, 8006, 4, PLAIN, { DIGITS (14, CHECK_DIGIT), DIGITS (4, PIECE_OF_TOTAL) } }, /* ITIP: a piece of an item */
  { 8007, 8007, 4, PLAIN, { UP_TO_TEXT (34, IBAN) } },
  { 8008,
    8008,
    4,
    PLAIN,
    { DIGITS (6, DATE), DIGITS (2, HOUR), MAYBE_DIGITS (2, SIXTIETH), MAYBE_DIGITS (2, SIXTIETH) } }, /* made at */
  { 8009, 8009, 4, PLAIN, { UP_TO_TEXT (50, ANY) } },                                   /* optical sensor */
  { 8010, 8010, 4, PLAIN, { { RETOUR_GS1_SET_39, 1, 30, RETOUR_GS1_ANY, FALSE } } },    /* CPID: a part */
  { 8011, 8011, 4, NOT_IN_QUERY, { UP_TO_DIGITS (12, NO_LEADING_ZERO) } },              /* its serial */
  { 8012, 8012, 4, PLAIN, { UP_TO_TEXT (20, ANY) } },                                   /* software version */
  { 8013, 8013, 4, PLAIN, { UP_TO_TEXT (25, CHECK_PAIR) } },                            /* GMN: a model */
  { 8014, 8014, 4, NOT_IN_QUERY, { UP_TO_TEXT (25, MODEL_PAIR) } },                     /* MUDI */
  { 8017, 8018, 4, PLAIN, { DIGITS (18, CHECK_DIGIT) } },                               /* GSRN: who gives, who gets */
  { 8019, 8019, 4, NOT_IN_QUERY, { UP_TO_DIGITS (10, ANY) } },                          /* their encounter */
  { 8020, 8020, 4, NOT_IN_QUERY, { UP_TO_TEXT (25, ANY) } },                            /* payment slip */
  { 8026, 8026, 4, PLAIN, { DIGITS (14, CHECK_DIGIT), DIGITS (4, PIECE_OF_TOTAL) } },   /* ITIP of the contents */
  { 8030, 8030, 4, PLAIN, { { RETOUR_GS1_BASE64URL, 1, 90, RETOUR_GS1_ANY, FALSE } } }, /* digital signature */
  { 8110, 8110, 4, PLAIN, { UP_TO_TEXT (70, ANY) } },                                   /* coupon */
  { 8111, 8111, 4, PLAIN, { DIGITS (4, ANY) } },                                        /* its points */
  { 8112, 8112, 4, PLAIN, { UP_TO_TEXT (70, ANY) } },                                   /* positive offer */
  { 8200, 8200, 4, NOT_IN_QUERY, { UP_TO_TEXT (70, ANY) } },                            /* product's address */
  { 90, 90, 2, PLAIN, { UP_TO_TEXT (30, ANY) } },                                       /* between two partners */
  { 91, 99, 2, PLAIN, { UP_TO_TEXT (90, ANY) } },                                       /* within a company */
};

/* The number of the first `digits` characters, or -1 when one is no digit. */
static int
leading_number (const char *text, guint digits)
{
  int number = 0;

  for (guint i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

const RetourGs1Ai *
retour_gs1_find (const char *text)
{
  for (guint digits = 2; digits <= 4; digits++)
    {
      int number = leading_number (text, digits);
      if (number < 0)
        return NULL;
      for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
        if (table[i].digits == digits && table[i].from <= number && number <= table[i].to)
          return &table[i];
    }
  return NULL;
}

const RetourGs1Ai *
retour_gs1_find_exactly (const char *ai)
{
  const RetourGs1Ai *found = retour_gs1_find (ai);

  return found != NULL && ai[found->digits] == '\0' ? found : NULL;
}

gsize
retour_gs1_ai_digits (const char *text)
{
  int first_two = leading_number (text, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      int number = table[i].from;
      for (guint digits = table[i].digits; digits > 2; digits--)
        number /= 10;
      if (number == first_two)
        return table[i].digits;
    }
  return 2;
}

gsize
retour_gs1_longest (const RetourGs1Ai *ai)
{
  gsize longest = 0;

  for (guint i = 0; i < RETOUR_GS1_COMPONENTS_MAX; i++)
    longest += ai->components[i].most;
  return longest;
}
