/* SPDX-License-Identifier: Apache-2.0 */
/* Refunds worked out by hand (DOMAIN.md 3 and 4). A row's expectation is the breakdown, then the total (with what is to be
 * collected, if anything), the tenders, and the tax by rate. */
#include "worked-case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Three at 34,00 less 2,00: 100 does not divide by three. */
#define THIRDS                                                                                                         \
  "'quantity':2,'unit_price':5000,'paid':10000,'tax_rate':'20.00','discounts':[],'delivered':2=>"                      \
  "'quantity':3,'unit_price':34,'paid':100,'tax_rate':'20.00','discounts':[{'promotion':'P','amount':2}],'delivered':3"
#define RETURNED(units, refunded) "'returned':0,'refunded':0=>'returned':" units ",'refunded':" refunded
/* A promotion of `discount` on the dresses alone, and of `other` on the shoes. */
#define PROMOTION(members, discount, paid)                                                                             \
  "'promotions':[]=>'promotions':[{'id':'P'," members "}]|'paid':10000=>'paid':" paid "|'discounts':[]=>"              \
  "'discounts':[{'promotion':'P','amount':" discount "}]"
#define ON_SHOES(discount, paid)                                                                                       \
  "|'paid':3000,'tax_rate':'10.00'=>'paid':" paid                                                                      \
  ",'tax_rate':'10.00','discounts':[{'promotion':'P','amount':" discount "}]"
#define RECOMPUTE "'on_return':'recompute'"
#define ALL "'quantity':1=>'quantity':2|'lines':[=>'lines':[{'line':'l2','quantity':1,'reason':'size'},"
#define TWO "'quantity':1=>'quantity':2"
#define SHOES "'line':'l1'=>'line':'l2'"
#define DEFECTIVE "'reason':'size'=>'reason':'defective'"
#define EXCHANGE(product, price)                                                                                       \
  "'condition':'new_sealed'=>'condition':'new_sealed','exchange':{'product':'" product "','unit_price':" price "}"
#define PAYMENTS(payments)                                                                                             \
  "'payments':[{'id':'pay_1','method':'card','captured':13490,'refunded':0}]=>'payments':[" payments "]"
#define CARD_AND_GIFT                                                                                                  \
  "{'id':'card','method':'card','captured':10000},{'id':'gift','method':'gift_card','captured':3490}"

static const WorkedRow goods[] = {
  { "one of two", NULL, NULL, NULL, NULL, "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "both", NULL, NULL, NULL, TWO, "goods:10000 = 10000 | pay_1:10000 | 20.00:1667" },
  { "the first of three thirds", NULL, THIRDS, NULL, NULL, "goods:33 = 33 | pay_1:33 | 20.00:5" },
  { "the second", NULL, THIRDS "|" RETURNED ("1", "33"), NULL, NULL, "goods:34 = 34 | pay_1:34 | 20.00:6" },
  { "the third", NULL, THIRDS "|" RETURNED ("2", "67"), NULL, NULL, "goods:33 = 33 | pay_1:33 | 20.00:5" },
  { "two entries, in the order of the draft", NULL, THIRDS, NULL, "'lines':[=>'lines':[{'line':'l1','quantity':1},",
    "goods:33 goods:34 = 67 | pay_1:67 | 20.00:11" },
  { "units beyond what was bought step by 0", NULL, NULL, NULL, "'lines':[=>'lines':[{'line':'l1','quantity':5},",
    "goods:10000 = 10000 | pay_1:10000 | 20.00:1667" },
  { "two lines, two rates", NULL, NULL, NULL, ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 10.00:273 20.00:1667" },
  { "a blind return has no amount", NULL, "blind", NULL, EXCHANGE ("HAT", "5000"), " = 0 |  | " },
  { "refunded before without a return", NULL, RETURNED ("0", "800"), NULL, NULL,
    "goods:5000 adjustment:-800 = 4200 | pay_1:4200 | 20.00:700" },
  { "more was refunded than is due", NULL, RETURNED ("0", "6000"), NULL, NULL,
    "goods:5000 adjustment:-5000 = 0 |  | " },
  { "less was refunded than was due", NULL, RETURNED ("1", "4000"), NULL, NULL,
    "goods:5000 adjustment:1000 = 6000 | pay_1:6000 | 20.00:1000" },
  { "an earlier deduction stays deducted", NULL, RETURNED ("1", "4000") "|'deducted':0=>'deducted':1000", NULL, NULL,
    "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "the largest amounts there can be", NULL,
    "'quantity':2,'unit_price':5000,'paid':10000=>'quantity':1000000,'unit_price':1000000000,'paid':1000000000000000|"
    "'delivered':2=>'delivered':1000000|" PAYMENTS ("{'id':'pay_1','method':'card','captured':1000000000000000}"),
    NULL, "'quantity':1=>'quantity':999999",
    "goods:999999000000000 = 999999000000000 | pay_1:999999000000000 | 20.00:166666500000000" },
};

static const WorkedRow promotions[] = {
  { "a percentage whose threshold is missed", NULL,
    PROMOTION ("'kind':'percent','percent':'20','threshold':10000," RECOMPUTE, "2000", "8000"), NULL, NULL,
    "goods:4000 promotion_clawback:-1000 = 3000 | pay_1:3000 | 20.00:500" },
  { "a percentage whose threshold is just met", NULL,
    PROMOTION ("'kind':'percent','percent':'20','threshold':5000," RECOMPUTE, "2000", "8000"), NULL, NULL,
    "goods:4000 = 4000 | pay_1:4000 | 20.00:667" },
  { "a percentage that prorates", NULL, PROMOTION ("'kind':'percent','percent':'20','threshold':10000", "2000", "8000"),
    NULL, NULL, "goods:4000 = 4000 | pay_1:4000 | 20.00:667" },
  { "a cent a line is rounding", NULL, PROMOTION ("'kind':'percent','percent':'20'," RECOMPUTE, "2002", "7998"), NULL,
    NULL, "goods:3999 promotion_clawback:2 adjustment:-2 = 3999 | pay_1:3999 | 20.00:666" },
  { "two cents on one line are not", NULL, PROMOTION ("'kind':'percent','percent':'20'," RECOMPUTE, "2004", "7996"),
    NULL, NULL, "goods:3998 promotion_clawback:2 adjustment:-4 = 3996 | pay_1:3996 | 20.00:666" },
  { "two cents on two lines are", NULL,
    PROMOTION ("'kind':'percent','percent':'20'," RECOMPUTE, "2002", "7998") ON_SHOES ("601", "2399"), NULL, NULL,
    "goods:3999 promotion_clawback:3 adjustment:-3 = 3999 | pay_1:3999 | 10.00:0 20.00:666" },
  { "also of a line that is back in full", NULL,
    PROMOTION ("'kind':'percent','percent':'20'," RECOMPUTE, "2004", "7996")
        ON_SHOES ("600", "2400") "|'returned':0}=>'returned':1}",
    NULL, NULL, "goods:3998 promotion_clawback:4 adjustment:2396 = 6398 | pay_1:6398 | 20.00:1066" },
  { "an amount whose threshold is missed", NULL,
    PROMOTION ("'kind':'amount','amount':1000,'threshold':10000," RECOMPUTE, "1000", "9000"), NULL, NULL,
    "goods:4500 promotion_clawback:-500 = 4000 | pay_1:4000 | 20.00:667" },
  { "an amount that is still due whole", NULL,
    PROMOTION ("'kind':'amount','amount':1000,'threshold':5000," RECOMPUTE, "1000", "9000"), NULL, NULL,
    "goods:4500 = 4500 | pay_1:4500 | 20.00:750" },
  { "spread over two lines, taxed at their rates", NULL,
    PROMOTION ("'kind':'amount','amount':1300,'threshold':13000," RECOMPUTE, "1000", "9000") ON_SHOES ("300", "2700"),
    NULL, NULL, "goods:4500 promotion_clawback:-800 = 3700 | pay_1:3700 | 10.00:-27 20.00:667" },
  { "two for one, the free one kept", NULL, PROMOTION ("'kind':'buy_x_get_y','x':1,'y':1," RECOMPUTE, "5000", "5000"),
    NULL, NULL, "goods:2500 promotion_clawback:-2500 = 0 |  | " },
  { "two for one, all back", NULL, PROMOTION ("'kind':'buy_x_get_y','x':1,'y':1," RECOMPUTE, "5000", "5000"), NULL, TWO,
    "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "three for two over lines, dearest first", NULL,
    PROMOTION ("'kind':'buy_x_get_y','x':2,'y':1," RECOMPUTE, "0", "10000") ON_SHOES ("3000", "0"), NULL, NULL,
    "goods:5000 promotion_clawback:-3000 = 2000 | pay_1:2000 | 10.00:-273 20.00:833" },
  { "given back when nothing is kept", NULL,
    PROMOTION ("'kind':'amount','amount':1000,'threshold':10000," RECOMPUTE, "1000", "9000") "|" RETURNED (
        "1",
        "4000") "|'quantity':1,'unit_price':3000=>'quantity':1,'unit_price':3000|'returned':0}=>'returned':1}|'refunded':0,'tax_rate'=>'refunded':3000,'tax_rate'",
    NULL, NULL, "goods:4500 promotion_clawback:500 = 5000 | pay_1:5000 | 20.00:833" },
  { "free delivery no longer earned", NULL,
    "'promotions':[]=>'promotions':[{'id':'F','kind':'free_delivery','threshold':10000," RECOMPUTE
    "}]|'delivery':{'paid':490=>'delivery':{'paid':0",
    NULL, NULL, "goods:5000 promotion_clawback:-490 = 4510 | pay_1:4510 | 20.00:752" },
  { "free delivery still earned", NULL,
    "'promotions':[]=>'promotions':[{'id':'F','kind':'free_delivery','threshold':8000," RECOMPUTE
    "}]|'delivery':{'paid':490=>'delivery':{'paid':0",
    NULL, NULL, "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "only the first free delivery counts", NULL,
    "'promotions':[]=>'promotions':[{'id':'F','kind':'free_delivery'},{'id':'G','kind':'free_delivery','threshold':10000," RECOMPUTE
    "}]|'delivery':{'paid':490=>'delivery':{'paid':0",
    NULL, NULL, "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "express above free delivery", NULL,
    "'promotions':[]=>'promotions':[{'id':'F','kind':'free_delivery','threshold':10000," RECOMPUTE
    "}]|'standard':490=>'standard':790",
    NULL, NULL, "goods:5000 promotion_clawback:-300 = 4700 | pay_1:4700 | 20.00:783" },
};

static const WorkedRow delivery[] = {
  { "of a part, never", NULL, NULL, "'refund':'never'=>'refund':'full_return'", TWO,
    "goods:10000 = 10000 | pay_1:10000 | 20.00:1667" },
  { "of all, by policy", NULL, NULL, "'refund':'never'=>'refund':'full_return'", ALL,
    "goods:3000 goods:10000 delivery:490 = 13490 | pay_1:13490 | 10.00:273 20.00:1748" },
  { "of all, never by policy", NULL, NULL, NULL, ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 10.00:273 20.00:1667" },
  { "of all, inside withdrawal", "2026-10-20T21:59:59Z", NULL, "'refund_delivery':false=>'refund_delivery':true", ALL,
    "goods:3000 goods:10000 delivery:490 = 13490 | pay_1:13490 | 10.00:273 20.00:1748" },
  { "of all, after withdrawal", "2026-10-20T22:00:00Z", NULL, "'refund_delivery':false=>'refund_delivery':true", ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 10.00:273 20.00:1667" },
  { "of all, announced inside withdrawal", "2026-10-22T10:00:00Z",
    "'announced':[]=>'announced':[{'at':'2026-10-20T10:00:00Z','lines':[]}]",
    "'refund_delivery':false=>'refund_delivery':true", ALL,
    "goods:3000 goods:10000 delivery:490 = 13490 | pay_1:13490 | 10.00:273 20.00:1748" },
  { "express is refunded as standard", NULL, "'delivery':{'paid':490=>'delivery':{'paid':990",
    "'refund':'never'=>'refund':'full_return'", ALL,
    "goods:3000 goods:10000 delivery:490 = 13490 | pay_1:13490 | 10.00:273 20.00:1748" },
  { "all of it at merchant fault", NULL, "'delivery':{'paid':490=>'delivery':{'paid':990", NULL,
    ALL "|" DEFECTIVE "|" DEFECTIVE,
    "goods:3000 goods:10000 delivery:990 = 13990 | pay_1:13490 store_credit:500 | 10.00:273 20.00:1832" },
  { "not if one entry is not", NULL, NULL, NULL, ALL "|" DEFECTIVE,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 10.00:273 20.00:1667" },
  { "refunded already", NULL,
    "'refunded':0,'tax_rate':'20.00'},'promotions'=>'refunded':490,'tax_rate':'20.00'},'promotions'",
    "'refund':'never'=>'refund':'full_return'", ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 10.00:273 20.00:1667" },
  { "a gift's recipient did not pay it", NULL, "'gift':false=>'gift':true", "'refund':'never'=>'refund':'full_return'",
    ALL, "goods:3000 goods:10000 = 13000 | store_credit:13000 | 10.00:273 20.00:1667" },
  { "a gift's buyer did", NULL, "'gift':false=>'gift':true", "'refund':'never'=>'refund':'full_return'",
    ALL "|'by':'giver'=>'by':'buyer'",
    "goods:3000 goods:10000 delivery:490 = 13490 | pay_1:13490 | 10.00:273 20.00:1748" },
};

static const WorkedRow deductions[] = {
  { "a condition", NULL, NULL, NULL, "new_sealed=>light_wear",
    "goods:5000 condition:-1000 = 4000 | pay_1:4000 | 20.00:667" },
  { "rounded half up", NULL, THIRDS, NULL, "new_sealed=>half", "goods:33 condition:-17 = 16 | pay_1:16 | 20.00:3" },
  { "none at merchant fault", NULL, NULL, NULL, "new_sealed=>light_wear|" DEFECTIVE,
    "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "of each entry's own step", NULL, THIRDS, NULL, "new_sealed=>half|'lines':[=>'lines':[{'line':'l1','quantity':1},",
    "goods:33 goods:34 condition:-17 = 50 | pay_1:50 | 20.00:8" },
  { "a fee by method", NULL, NULL, NULL, "desk=>mailbox",
    "goods:5000 return_fee:-390 = 4610 | pay_1:4610 | 20.00:768" },
  { "a method not listed", NULL, NULL, NULL, "desk=>pigeon", "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "once for all entries", NULL, NULL, NULL, "desk=>mailbox|" ALL,
    "goods:3000 goods:10000 return_fee:-390 = 12610 | pay_1:12610 | 10.00:273 20.00:1602" },
  { "waived when all is at that fault", NULL, NULL, NULL, "desk=>mailbox|" DEFECTIVE,
    "goods:5000 = 5000 | pay_1:5000 | 20.00:833" },
  { "not when one entry is not", NULL, NULL, NULL, "desk=>mailbox|" ALL "|" DEFECTIVE,
    "goods:3000 goods:10000 return_fee:-390 = 12610 | pay_1:12610 | 10.00:273 20.00:1602" },
  { "never below 0: the fee is given up", NULL, RETURNED ("0", "4900"), NULL, "desk=>mailbox",
    "goods:5000 adjustment:-4900 return_fee:-100 = 0 |  | " },
  { "never below 0: the condition first, then the fee", NULL, RETURNED ("0", "4500"), NULL,
    "desk=>mailbox|new_sealed=>light_wear", "goods:5000 adjustment:-4500 condition:-500 = 0 |  | " },
};

static const WorkedRow exchanges[] = {
  { "even: nothing moves", NULL, NULL, NULL, EXCHANGE ("ROBE", "9900"), " = 0 |  | " },
  { "even: no fee", NULL, NULL, NULL, "desk=>mailbox|" EXCHANGE ("ROBE", "9900"), " = 0 |  | " },
  { "even: no deduction", NULL, NULL, NULL,
    "'condition':'new_sealed'=>'condition':'half','exchange':{'product':'ROBE'}", " = 0 |  | " },
  { "even: its units count as kept", NULL,
    PROMOTION ("'kind':'amount','amount':1000,'threshold':10000," RECOMPUTE, "1000", "9000"), NULL,
    EXCHANGE ("ROBE", "1"), " = 0 |  | " },
  { "even beside a refund: the fee is due", NULL, NULL, NULL,
    "desk=>mailbox|" EXCHANGE ("ROBE", "1") "|'lines':[=>'lines':[{'line':'l2','quantity':1},",
    "goods:3000 return_fee:-390 = 2610 | pay_1:2610 | 10.00:273 20.00:-65" },
  { "even beside what is the merchant's fault: no fee", NULL, NULL, NULL,
    "desk=>mailbox|" EXCHANGE ("ROBE", "1") "|'lines':[=>'lines':[{'line':'l2','quantity':1,'reason':'defective'},",
    "goods:3000 = 3000 | pay_1:3000 | 10.00:273" },
  { "dearer: to be collected", NULL, NULL, NULL, EXCHANGE ("HAT", "6000"),
    "goods:5000 exchange:-6000 = 0 collect 1000 |  | 20.00:833" },
  { "cheaper: the rest is refunded", NULL, NULL, NULL, EXCHANGE ("HAT", "4000"),
    "goods:5000 exchange:-4000 = 1000 | pay_1:1000 | 20.00:833" },
  { "by the units", NULL, NULL, NULL, EXCHANGE ("HAT", "4000") "|" TWO,
    "goods:10000 exchange:-8000 = 2000 | pay_1:2000 | 20.00:1667" },
  { "its units count as returned", NULL,
    PROMOTION ("'kind':'amount','amount':1000,'threshold':10000," RECOMPUTE, "1000", "9000"), NULL,
    EXCHANGE ("HAT", "4000"), "goods:4500 promotion_clawback:-500 exchange:-4000 = 0 |  | 20.00:667" },
  { "beside a refund", NULL, NULL, NULL, EXCHANGE ("HAT", "6000") "|'lines':[=>'lines':[{'line':'l2','quantity':1},",
    "goods:3000 goods:5000 exchange:-6000 = 2000 | pay_1:2000 | 10.00:273 20.00:833" },
};

static const WorkedRow tenders[] = {
  { "in the policy's order", NULL, PAYMENTS (CARD_AND_GIFT),
    "'tenders':{'order':[]=>'tenders':{'order':['gift_card','card']", NULL,
    "goods:5000 = 5000 | gift:3490 card:1510 | 20.00:833" },
  { "then as in the document", NULL, PAYMENTS (CARD_AND_GIFT), NULL, ALL,
    "goods:3000 goods:10000 = 13000 | card:10000 gift:3000 | 10.00:273 20.00:1667" },
  { "a method named twice counts once", NULL, PAYMENTS (CARD_AND_GIFT),
    "'tenders':{'order':[]=>'tenders':{'order':['gift_card','gift_card']", NULL,
    "goods:5000 = 5000 | gift:3490 card:1510 | 20.00:833" },
  { "never more than is left of a payment", NULL,
    PAYMENTS ("{'id':'a','method':'card','captured':9000,'refunded':8000},{'id':'b','method':'card','captured':4490}"),
    NULL, NULL, "goods:5000 = 5000 | a:1000 b:4000 | 20.00:833" },
  { "in proportion", NULL, PAYMENTS (CARD_AND_GIFT), "sequential=>proportional", NULL,
    "goods:5000 = 5000 | card:3706 gift:1294 | 20.00:833" },
  { "in proportion, what exceeds goes to the others", NULL,
    PAYMENTS ("{'id':'a','method':'card','captured':10000,'refunded':9000},{'id':'b','method':'x','captured':3490}"),
    "sequential=>proportional", NULL, "goods:5000 = 5000 | a:1000 b:3490 store_credit:510 | 20.00:833" },
  { "in proportion, ties to the earlier", NULL,
    PAYMENTS ("{'id':'a','method':'card','captured':100},{'id':'b','method':'card','captured':100}") "|" THIRDS,
    "sequential=>proportional", NULL, "goods:33 = 33 | a:17 b:16 | 20.00:5" },
  { "no payment at all", NULL, PAYMENTS (""), "'fallback':'store_credit'=>'fallback':'voucher'", NULL,
    "goods:5000 = 5000 | voucher:5000 | 20.00:833" },
  { "a gift to its recipient: store credit alone", NULL, "'gift':false=>'gift':true",
    "'fallback':'store_credit'=>'fallback':'voucher'", NULL, "goods:5000 = 5000 | store_credit:5000 | 20.00:833" },
};

static const WorkedRow taxes[] = {
  { "rates are compared as numbers", NULL, "'tax_rate':'10.00'=>'tax_rate':'20.0'", NULL, ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 20.00:2167" },
  { "a rate of nothing has a line of 0", NULL, "'tax_rate':'10.00'=>'tax_rate':'0'", NULL, SHOES,
    "goods:3000 = 3000 | pay_1:3000 | 0:0" },
  { "a rate whose tax rounds to 0 stays", NULL, THIRDS "|'tax_rate':'20.00'=>'tax_rate':'0.5'", NULL, NULL,
    "goods:33 = 33 | pay_1:33 | 0.5:0" },
  { "rates ascend", NULL, "'tax_rate':'10.00'=>'tax_rate':'5.5'", NULL, ALL,
    "goods:3000 goods:10000 = 13000 | pay_1:13000 | 5.5:156 20.00:1667" },
  { "an adjustment spreads over the entries", NULL, RETURNED ("0", "1300"), NULL, ALL,
    "goods:3000 goods:10000 adjustment:-1300 = 11700 | pay_1:11700 | 10.00:245 20.00:1500" },
  { "an adjustment without goods is at the delivery's rate", NULL,
    "'unit_price':5000,'paid':10000=>'unit_price':0,'paid':0|'returned':0}=>'returned':1}", NULL, NULL,
    "adjustment:3000 = 3000 | pay_1:3000 | 20.00:500" },
};

/* UI.md 5: order 1048-7213. */
#define REFERENCE_ORDER                                                                                                    \
  "{'number':'1048-7213','currency':'EUR','placed_at':'2026-10-01T10:00:00Z','lines':["                                    \
  "{'id':'robe','product':'ROBE','quantity':1,'unit_price':5900,'paid':5674,'tax_rate':'20.00','delivered':1,"             \
  "'discounts':[{'promotion':'DIX','amount':226}]},"                                                                       \
  "{'id':'pull','quantity':1,'unit_price':3250,'paid':3125,'tax_rate':'20.00','delivered':1,"                              \
  "'discounts':[{'promotion':'DIX','amount':125}]},"                                                                       \
  "{'id':'jean','quantity':2,'unit_price':4950,'paid':9520,'tax_rate':'20.00','delivered':2,'returned':1,'refunded':4760," \
  "'discounts':[{'promotion':'DIX','amount':380}]},"                                                                       \
  "{'id':'chemise','quantity':1,'unit_price':7000,'paid':6731,'tax_rate':'20.00','delivered':1,"                           \
  "'discounts':[{'promotion':'DIX','amount':269}]},"                                                                       \
  "{'id':'foulard','quantity':1,'unit_price':2450,'paid':2450,'tax_rate':'20.00','delivered':1,'flags':['final_sale']}],"  \
  "'parcels':[{'delivered_at':'2026-10-05T10:00:00Z'}],'delivery':{'paid':490,'standard':490,'tax_rate':'20.00'},"         \
  "'promotions':[{'id':'DIX','kind':'amount','amount':1000,'threshold':15000,'on_return':'recompute'}],"                   \
  "'payments':[{'id':'card','method':'card','captured':22990,'refunded':3910},"                                            \
  "{'id':'gift','method':'gift_card','captured':5000,'refunded':850}]}"
/* DOMAIN.md 1 to 3. */
#define DOMAIN_ORDER                                                                                                   \
  "{'number':'W10004217','currency':'EUR','placed_at':'2026-11-02T18:03:11Z','lines':["                                \
  "{'id':'l1','category':'dress','quantity':2,'unit_price':6990,'paid':11184,'tax_rate':'20.00',"                      \
  "'discounts':[{'promotion':'BASKET20','amount':2796}],'delivered':2}],"                                              \
  "'parcels':[{'delivered_at':'2026-11-05T09:30:00Z'}],'delivery':{'paid':490,'standard':490,'tax_rate':'20.00'},"     \
  "'promotions':[{'id':'BASKET20','kind':'percent','percent':'20','threshold':10000,'on_return':'recompute'}],"        \
  "'payments':[{'id':'pay_1','method':'card','captured':11674}]}"

static const WorkedRow papers[] = {
  { "a dress and a sweater", NULL, REFERENCE_ORDER, "sequential=>proportional",
    "{'method':'desk','lines':[{'line':'robe','quantity':1},{'line':'pull','quantity':1}]}",
    "goods:5674 goods:3125 promotion_clawback:-459 = 8340 | card:6850 gift:1490 | 20.00:1390" },
  { "the dress for a larger one", NULL, REFERENCE_ORDER, "sequential=>proportional",
    "{'method':'desk','lines':[{'line':'robe','quantity':1,'exchange':{'product':'OTHER','unit_price':6900}}]}",
    "goods:5674 exchange:-6900 = 0 collect 1226 |  | 20.00:946" },
  { "the domain's own example", "2027-02-03T10:00:00Z", DOMAIN_ORDER, NULL, "new_sealed=>light_wear",
    "goods:5592 promotion_clawback:-1398 condition:-1118 = 3076 | pay_1:3076 | 20.00:513" },
};

static GString *
describe (const RetourQuote *quote)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < quote->breakdown->len; i++)
    {
      const RetourBreakdown *entry = quote->breakdown->pdata[i];
      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT, i > 0 ? " " : "",
                              retour_breakdown_kind_code (entry->kind), entry->amount);
    }
  g_string_append_printf (text, " = %" G_GINT64_FORMAT, quote->total);
  if (quote->exchange_collect != 0)
    g_string_append_printf (text, " collect %" G_GINT64_FORMAT, quote->exchange_collect);
  g_string_append (text, " | ");
  for (guint i = 0; i < quote->tenders->len; i++)
    {
      const RetourTender *tender = quote->tenders->pdata[i];
      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT, i > 0 ? " " : "", tender->payment, tender->amount);
    }
  g_string_append (text, " | ");
  for (guint i = 0; i < quote->taxes->len; i++)
    {
      const RetourTax *tax = quote->taxes->pdata[i];
      g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT, i > 0 ? " " : "", tax->rate.written, tax->amount);
    }
  return text;
}

static void
check_row (const WorkedRow *row)
{
  g_autoptr (RetourQuote) quote = worked_quote_new (row);
  g_autoptr (GString) got = describe (quote);
  ck_assert_msg (strcmp (got->str, row->expected) == 0, "%s: got “%s”, expected “%s”", row->name, got->str,
                 row->expected);
}

START_TEST (goods_are_refunded_at_the_paid_price) { check_row (&goods[_i]); }
END_TEST

START_TEST (a_promotion_no_longer_earned_is_taken_back) { check_row (&promotions[_i]); }
END_TEST

START_TEST (delivery_comes_back_with_the_last_unit) { check_row (&delivery[_i]); }
END_TEST

START_TEST (deductions_stop_at_nothing) { check_row (&deductions[_i]); }
END_TEST

START_TEST (an_exchange_costs_the_difference) { check_row (&exchanges[_i]); }
END_TEST

START_TEST (a_refund_goes_back_as_it_was_paid) { check_row (&tenders[_i]); }
END_TEST

START_TEST (tax_follows_the_goods) { check_row (&taxes[_i]); }
END_TEST

START_TEST (the_papers_examples_come_out) { check_row (&papers[_i]); }
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("refund");
  TCase *tcase = tcase_create ("tables");
  tcase_add_loop_test (tcase, goods_are_refunded_at_the_paid_price, 0, G_N_ELEMENTS (goods));
  tcase_add_loop_test (tcase, a_promotion_no_longer_earned_is_taken_back, 0, G_N_ELEMENTS (promotions));
  tcase_add_loop_test (tcase, delivery_comes_back_with_the_last_unit, 0, G_N_ELEMENTS (delivery));
  tcase_add_loop_test (tcase, deductions_stop_at_nothing, 0, G_N_ELEMENTS (deductions));
  tcase_add_loop_test (tcase, an_exchange_costs_the_difference, 0, G_N_ELEMENTS (exchanges));
  tcase_add_loop_test (tcase, a_refund_goes_back_as_it_was_paid, 0, G_N_ELEMENTS (tenders));
  tcase_add_loop_test (tcase, tax_follows_the_goods, 0, G_N_ELEMENTS (taxes));
  tcase_add_loop_test (tcase, the_papers_examples_come_out, 0, G_N_ELEMENTS (papers));
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
