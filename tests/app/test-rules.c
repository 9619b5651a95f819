/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule of DOMAIN.md 2 and every day on which it begins or ends to fire. A row's expectation lists what fires, entry by
 * entry, then for the draft: a authorise, o override, f forbid, n notice; + approved. */
#include "worked-case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define GOLD "'tier':'none'=>'tier':'gold'"
#define FINAL_SALE "'flags':['x']=>'flags':['final_sale']"
#define COSMETICS "'category':'dress'=>'category':'cosmetics'"
#define DEFECTIVE "'reason':'size'=>'reason':'defective'"
#define ONE_UNDERWAY "'delivered':2=>'delivered':1"
#define LATE "2026-11-20T10:00:00Z"
#define APPROVE(approval) "'approvals':[]=>'approvals':[{" approval "}]"
#define EXCHANGE(product, price)                                                                                       \
  "'condition':'new_sealed'=>'condition':'new_sealed','exchange':{'product':'" product "','unit_price':" price "}"
#define ANNOUNCED(at) "'announced':[]=>'announced':[{'at':'" at "','lines':[{'line':'l1','quantity':1}]}]"

static const WorkedRow windows[] = {
  { "open", NULL, NULL, NULL, NULL, "" },
  { "last second of the last day", "2026-11-05T22:59:59Z", NULL, NULL, NULL, "" },
  { "first second after it", "2026-11-05T23:00:00Z", NULL, NULL, NULL, "window:a" },
  { "last second of the grace days", "2026-11-12T22:59:59Z", NULL, NULL, NULL, "window:a" },
  { "first second after them", "2026-11-12T23:00:00Z", NULL, NULL, NULL, "window_closed:o" },
  { "no grace days", "2026-11-05T23:00:00Z", NULL, "'grace_days':7=>'grace_days':0", NULL, "window_closed:o" },
  { "a zone ahead", "2026-11-05T15:00:00Z", NULL, "Europe/Paris=>Asia/Tokyo", NULL, "window:a" },
  { "a zone ahead, a second earlier", "2026-11-05T14:59:59Z", NULL, "Europe/Paris=>Asia/Tokyo", NULL, "" },
  { "a zone behind", "2026-11-06T07:59:59Z", NULL, "Europe/Paris=>America/Los_Angeles", NULL, "" },
  { "a zone behind, a second later", "2026-11-06T08:00:00Z", NULL, "Europe/Paris=>America/Los_Angeles", NULL,
    "window:a" },
  { "a zone off by half an hour", "2026-11-05T18:30:00Z", NULL, "Europe/Paris=>Asia/Kolkata", NULL, "window:a" },
  { "a zone off by half an hour, earlier", "2026-11-05T18:29:59Z", NULL, "Europe/Paris=>Asia/Kolkata", NULL, "" },
  { "delivered late in the evening of the zone", "2026-11-06T22:59:59Z", "2026-10-06T10=>2026-10-06T22", NULL, NULL,
    "" },
  { "the day summer time ends", "2026-10-25T22:59:59Z",
    "2026-10-05T10=>2026-09-25T10|2026-10-06T10=>2026-09-25T10|'placed_at':'2026-10-01=>'placed_at':'2026-09-01", NULL,
    NULL, "" },
  { "and its end", "2026-10-25T23:00:00Z", "2026-10-05T10=>2026-09-25T10|2026-10-06T10=>2026-09-25T10", NULL, NULL,
    "window:a" },
  { "the day before summer time ends", "2026-10-24T21:59:59Z", "2026-10-06T10=>2026-09-24T10|2026-10-05=>2026-09-20",
    NULL, NULL, "" },
  { "and its end", "2026-10-24T22:00:00Z", "2026-10-06T10=>2026-09-24T10|2026-10-05=>2026-09-20", NULL, NULL,
    "window:a" },
  { "the day summer time begins", "2026-03-29T21:59:59Z", "2026-10-06T10=>2026-02-27T10|2026-10-05=>2026-02-20", NULL,
    NULL, "" },
  { "and its end", "2026-03-29T22:00:00Z", "2026-10-06T10=>2026-02-27T10|2026-10-05=>2026-02-20", NULL, NULL,
    "window:a" },
  { "a leap day is a day", "2028-02-29T22:59:59Z", "2026-10-06T10=>2028-01-30T10", NULL, NULL, "" },
  { "and ends", "2028-02-29T23:00:00Z", "2026-10-06T10=>2028-01-30T10", NULL, NULL, "window:a" },
  { "no leap day", "2027-03-01T22:59:59Z", "2026-10-06T10=>2027-01-30T10", NULL, NULL, "" },
  { "no leap day, a second later", "2027-03-01T23:00:00Z", "2026-10-06T10=>2027-01-30T10", NULL, NULL, "window:a" },
  { "a new year", "2027-01-04T22:59:59Z", "2026-10-06T10=>2026-12-05T10", NULL, NULL, "" },
  { "from the order", "2026-10-31T22:59:59Z", NULL, "last_delivery=>placed", NULL, "" },
  { "from the order, a second later", "2026-10-31T23:00:00Z", NULL, "last_delivery=>placed", NULL, "window:a" },
  { "from the line's own parcel", "2026-11-04T22:59:59Z", NULL, "last_delivery=>delivery", NULL, "" },
  { "from the line's own parcel, a second later", "2026-11-04T23:00:00Z", NULL, "last_delivery=>delivery", NULL,
    "window:a" },
  { "the other line's parcel came later", "2026-11-04T23:00:00Z", NULL, "last_delivery=>delivery",
    "'line':'l1'=>'line':'l2'", "" },
  { "the latest of a line's parcels", "2026-11-05T22:00:00Z",
    "'line':'l2','quantity':1=>'line':'l2','quantity':1},{'line':'l1','quantity':1", "last_delivery=>delivery", NULL,
    "" },
  { "no parcel holds the line", "2027-11-05T22:00:00Z", "'line':'l1','quantity':2=>'line':'l2','quantity':2",
    "last_delivery=>delivery", NULL, "" },
  { "a unit still on its way", LATE, ONE_UNDERWAY, NULL, NULL, "" },
  { "its delivery counts from the parcel", LATE, ONE_UNDERWAY, "last_delivery=>delivery", NULL, "window_closed:o" },
  { "no parcel was delivered", LATE, "'delivered_at':=>'x':|'delivered_at':=>'x':", NULL, NULL, "" },
  { "days without end", "9999-12-31T00:00:00Z", NULL, "'days':30=>'days':1000000000000000", NULL, "" },
  { "no window at all", "2030-01-01T00:00:00Z", NULL, "'window'=>'x'", NULL, "" },
  { "counted from something unknown", NULL, NULL, "last_delivery=>full_moon", NULL, "window:a" },
  { "counted from nothing said", "2026-11-05T23:00:00Z", NULL, "'from'=>'x'", NULL, "window:a" },
};

static const WorkedRow longest[] = {
  { "a category's days replace the usual ones", "2026-10-20T21:59:59Z", NULL,
    "'by_category':{}=>'by_category':{'dress':14}", NULL, "" },
  { "and end", "2026-10-20T22:00:00Z", NULL, "'by_category':{}=>'by_category':{'dress':14}", NULL, "window:a" },
  { "another category's do not", "2026-10-20T22:00:00Z", NULL, "'by_category':{}=>'by_category':{'shoes':14}", NULL,
    "" },
  { "a tier's days", "2026-12-05T22:59:59Z", GOLD, "'by_tier':{}=>'by_tier':{'gold':60}", NULL, "" },
  { "and end", "2026-12-05T23:00:00Z", GOLD, "'by_tier':{}=>'by_tier':{'gold':60}", NULL, "window:a" },
  { "another tier's do not", "2026-11-05T23:00:00Z", NULL, "'by_tier':{}=>'by_tier':{'gold':60}", NULL, "window:a" },
  { "a tier that has less than the usual", "2026-11-05T22:59:59Z", GOLD, "'by_tier':{}=>'by_tier':{'gold':10}", NULL,
    "" },
  { "a short category and a long tier", "2026-12-05T22:59:59Z", GOLD,
    "'by_category':{}=>'by_category':{'dress':14}|'by_tier':{}=>'by_tier':{'gold':60}", NULL, "" },
#define SEASON(from, to)                                                                                               \
  "'seasonal':[]=>'seasonal':[{'placed_from':'" from "','placed_to':'" to "','returnable_until':'2027-01-31'}]"
  { "a season", "2027-01-31T22:59:59Z", NULL, SEASON ("2026-10-01", "2026-12-24"), NULL, "" },
  { "and its end", "2027-01-31T23:00:00Z", NULL, SEASON ("2026-10-01", "2026-12-24"), NULL, "window:a" },
  { "and its grace", "2027-02-07T23:00:00Z", NULL, SEASON ("2026-10-01", "2026-12-24"), NULL, "window_closed:o" },
  { "its last day", "2027-01-31T22:59:59Z", NULL, SEASON ("2026-09-01", "2026-10-01"), NULL, "" },
  { "a day too late for it", "2026-11-05T23:00:00Z", NULL, SEASON ("2026-09-01", "2026-09-30"), NULL, "window:a" },
  { "a day too early for it", "2026-11-05T23:00:00Z", NULL, SEASON ("2026-10-02", "2026-12-24"), NULL, "window:a" },
  { "placed on its last day in the zone", "2027-01-31T10:00:00Z", "2026-10-01T10=>2026-09-30T21",
    SEASON ("2026-09-01", "2026-09-30"), NULL, "" },
  { "placed on the day after in the zone", "2026-11-05T23:00:00Z", "2026-10-01T10=>2026-09-30T22",
    SEASON ("2026-09-01", "2026-09-30"), NULL, "window:a" },
  { "shorter than the usual days", "2026-11-05T22:59:59Z", NULL,
    "'seasonal':[]=>'seasonal':[{'placed_from':'2026-10-01','placed_to':'2026-12-24','returnable_until':'2026-10-15'}]",
    NULL, "" },
#undef SEASON
  { "judged when it was announced", LATE, ANNOUNCED ("2026-11-05T22:59:59Z"), NULL, NULL, "" },
  { "announced too late", LATE, ANNOUNCED ("2026-11-05T23:00:00Z"), NULL, NULL, "window:a" },
  { "announced another line", LATE, ANNOUNCED ("2026-11-01T00:00:00Z"), NULL, "'line':'l1'=>'line':'l2'",
    "window_closed:o" },
  { "announced for later than today", NULL, ANNOUNCED ("2027-11-01T00:00:00Z"), NULL, NULL, "" },
  { "announced without a date", LATE, "'announced':[]=>'announced':[{'lines':[{'line':'l1','quantity':1}]}]", NULL,
    NULL, "window_closed:o" },
  { "the earliest of two announcements", LATE,
    "'announced':[]=>'announced':[{'at':'2026-11-10T10:00:00Z','lines':[{'line':'l1','quantity':1}]},"
    "{'at':'2026-11-01T10:00:00Z','lines':[{'line':'l1','quantity':1}]}]",
    NULL, NULL, "" },
};

static const WorkedRow exclusions[] = {
  { "yields while withdrawal is open", "2026-10-20T21:59:59Z", FINAL_SALE, NULL, NULL, "" },
  { "not a second longer", "2026-10-20T22:00:00Z", FINAL_SALE, NULL, NULL, "final_sale:o" },
  { "a holiday moves the last day", "2026-10-21T21:59:59Z", FINAL_SALE, "'holidays':[]=>'holidays':['2026-10-20']",
    NULL, "" },
  { "by one day", "2026-10-21T22:00:00Z", FINAL_SALE, "'holidays':[]=>'holidays':['2026-10-20']", NULL,
    "final_sale:o" },
  { "a Saturday moves it to Monday", "2026-10-19T21:59:59Z",
    FINAL_SALE "|2026-10-06T10=>2026-10-03T10|2026-10-05=>2026-10-02", NULL, NULL, "" },
  { "and not to Tuesday", "2026-10-19T22:00:00Z", FINAL_SALE "|2026-10-06T10=>2026-10-03T10|2026-10-05=>2026-10-02",
    NULL, NULL, "final_sale:o" },
  { "a Sunday too", "2026-10-19T21:59:59Z", FINAL_SALE "|2026-10-06T10=>2026-10-04T10|2026-10-05=>2026-10-02", NULL,
    NULL, "" },
  { "a holiday on that Monday", "2026-10-20T21:59:59Z",
    FINAL_SALE "|2026-10-06T10=>2026-10-04T10|2026-10-05=>2026-10-02", "'holidays':[]=>'holidays':['2026-10-19']", NULL,
    "" },
  { "a unit on its way keeps it open", "2027-06-01T10:00:00Z", FINAL_SALE "|" ONE_UNDERWAY, NULL, NULL, "" },
  { "no delivery yet keeps it open", "2027-06-01T10:00:00Z",
    FINAL_SALE "|'delivered_at':=>'x':|'delivered_at':=>'x':", NULL, NULL, "" },
  { "no withdrawal, never open", NULL, FINAL_SALE, "'withdrawal'=>'x'", NULL, "final_sale:o" },
  { "does not yield", NULL, FINAL_SALE, "'yields_to_withdrawal':true=>'yields_to_withdrawal':false", NULL,
    "final_sale:o" },
  { "judged when it was announced", LATE, FINAL_SALE "|" ANNOUNCED ("2026-10-20T21:59:59Z"), NULL, NULL, "" },
  { "announced too late", LATE, FINAL_SALE "|" ANNOUNCED ("2026-10-20T22:00:00Z"), NULL, NULL, "final_sale:o" },
  { "merchant fault softens it", LATE, FINAL_SALE, NULL, DEFECTIVE, "window_closed:a final_sale:a" },
  { "a category", NULL, COSMETICS, NULL, "new_sealed=>noted", "hygiene:f condition:n" },
  { "unless the condition is right", NULL, COSMETICS, NULL, NULL, "" },
  { "merchant fault softens a ban", NULL, COSMETICS, NULL, "new_sealed=>noted|" DEFECTIVE, "hygiene:a condition:n" },
  { "flag and category", NULL, FINAL_SALE,
    "'flag':'final_sale'=>'flag':'final_sale','category':'dress'|:true}=>:false}", NULL, "final_sale:o" },
  { "flag without category", NULL, FINAL_SALE,
    "'flag':'final_sale'=>'flag':'final_sale','category':'shoes'|:true}=>:false}", NULL, "" },
  { "neither flag nor category", NULL, NULL, "'flag':'final_sale'=>'phase':'full_moon'", NULL, "final_sale:a" },
  { "as a notice", NULL, FINAL_SALE, "'yields_to_withdrawal':true=>'mode':'allow'", NULL, "final_sale:n" },
  { "as an authorisation", NULL, FINAL_SALE, "'yields_to_withdrawal':true=>'mode':'authorise'", NULL, "final_sale:a" },
  { "forbidden", NULL, FINAL_SALE, "'yields_to_withdrawal':true=>'mode':'forbid'", NULL, "final_sale:f" },
  { "in a mode unknown here", NULL, FINAL_SALE, "'yields_to_withdrawal':true=>'mode':'duel'", NULL, "final_sale:a" },
};

static const WorkedRow entries[] = {
  { "not delivered", NULL, "'delivered':2=>'delivered':0", NULL, NULL, "not_delivered:f" },
  { "all returned already", NULL, "'returned':0=>'returned':2", NULL, NULL, "already_returned:f" },
  { "one left", NULL, "'returned':0=>'returned':1", NULL, NULL, "" },
  { "two asked, one left", NULL, "'returned':0=>'returned':1", NULL, "'quantity':1=>'quantity':2",
    "already_returned:f" },
  { "one asked twice, one left", NULL, "'returned':0=>'returned':1", NULL,
    "'lines':[=>'lines':[{'line':'l1','quantity':1},", "already_returned:f already_returned:f" },
  { "more than any number", NULL, NULL, NULL,
    "'quantity':1=>'quantity':9223372036854775807|'lines':[=>'lines':[{'line':'l1','quantity':9223372036854775807},",
    "already_returned:f already_returned:f" },
  { "a condition to authorise", NULL, NULL, NULL, "new_sealed=>light_wear", "condition:a" },
  { "a condition to override", NULL, NULL, NULL, "new_sealed=>damaged", "condition:o" },
  { "a condition to note", NULL, NULL, NULL, "new_sealed=>noted", "condition:n" },
  { "a condition without mode", NULL, NULL, NULL, "new_sealed=>half", "" },
  { "a condition in an unknown mode", NULL, NULL, "'mode':'authorise'=>'mode':'duel'", "new_sealed=>light_wear",
    "condition:a" },
  { "a forbidden condition", NULL, NULL, "'mode':'authorise'=>'mode':'forbid'", "new_sealed=>light_wear",
    "condition:f" },
  { "a condition that the policy lacks", NULL, NULL, NULL, "new_sealed=>burnt", "condition:a" },
  { "no condition yet", NULL, NULL, NULL, ",'condition':'new_sealed'=>", "" },
  { "damaged by the merchant", NULL, NULL, NULL, "new_sealed=>damaged|" DEFECTIVE, "condition:a" },
  { "noted by the merchant", NULL, NULL, NULL, "new_sealed=>noted|" DEFECTIVE, "condition:n" },
  { "a reason that the policy lacks", NULL, NULL, NULL, "'reason':'size'=>'reason':'boredom'", "reason:a" },
  { "no reason yet", NULL, NULL, NULL, "'reason':'size',=>", "" },
  { "too late at merchant fault", LATE, NULL, NULL, DEFECTIVE, "window_closed:a" },
  { "another serial", NULL, "'serials':[]=>'serials':['A1','A2']", NULL, "'quantity':1=>'quantity':1,'serial':'B1'",
    "serial_mismatch:o" },
  { "one of its serials", NULL, "'serials':[]=>'serials':['A1','A2']", NULL, "'quantity':1=>'quantity':1,'serial':'A2'",
    "" },
  { "a line without serials", NULL, NULL, NULL, "'quantity':1=>'quantity':1,'serial':'B1'", "" },
  { "no serial said", NULL, "'serials':[]=>'serials':['A1','A2']", NULL, NULL, "" },
  { "another item", NULL, NULL, NULL, "'quantity':1=>'quantity':1,'gtin':'03612345678911'", "wrong_item:f" },
  { "its item in 14 digits", NULL, NULL, NULL, "'quantity':1=>'quantity':1,'gtin':'03612345678904'", "" },
  { "its item in 13 digits", NULL, NULL, NULL, "'quantity':1=>'quantity':1,'gtin':'3612345678904'", "" },
  { "a line without GTIN", NULL, "'gtin':'3612345678904',=>", NULL, "'quantity':1=>'quantity':1,'gtin':'3612345678904'",
    "" },
  { "a wrong item at merchant fault", NULL, NULL, NULL, "'quantity':1=>'quantity':1,'gtin':'12345670'|" DEFECTIVE,
    "wrong_item:f" },
  { "several at once, in the table's order", LATE,
    FINAL_SALE "|'serials':[]=>'serials':['A']|'returned':0=>'returned':2", NULL,
    "new_sealed=>damaged|'quantity':1=>'quantity':1,'serial':'B','gtin':'12345670'|'reason':'size'=>'reason':'?'",
    "already_returned:f window_closed:o final_sale:o condition:o reason:a serial_mismatch:o wrong_item:f" },
};

static const WorkedRow drafts[] = {
  { "a refund at the limit", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'refund_over','amount':5000}]", NULL, "" },
  { "a cent over", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'refund_over','amount':4999}]", NULL,
    "refund_over:a" },
  { "over, to override", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'refund_over','amount':1,'mode':'override'}]",
    NULL, "refund_over:o" },
  { "two limits", NULL, NULL,
    "'approvals':[]=>'approvals':[{'id':'refund_over','amount':1},{'id':'refund_over','amount':2,'mode':'forbid'}]",
    NULL, "refund_over:a refund_over:f" },
  { "a limit without amount", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'refund_over'}]", NULL, "" },
  { "no limit listed", NULL, "'unit_price':5000=>'unit_price':90000000|'paid':10000=>'paid':180000000", NULL, NULL,
    "" },
  { "an even exchange within tolerance", NULL, NULL, NULL, EXCHANGE ("ROBE", "9900"), "" },
  { "an even exchange of something worn", NULL, NULL, NULL,
    "'condition':'new_sealed'=>'condition':'half','exchange':{'product':'ROBE'}", "condition:a" },
  { "an even exchange of something noted", NULL, NULL, NULL,
    "'condition':'new_sealed'=>'condition':'noted','exchange':{'product':'ROBE'}", "condition:a" },
  { "an even exchange of something damaged", NULL, NULL, NULL,
    "'condition':'new_sealed'=>'condition':'damaged','exchange':{'product':'ROBE'}", "condition:o" },
  { "worn by the merchant", NULL, NULL, NULL,
    "'condition':'new_sealed'=>'condition':'half','exchange':{'product':'ROBE'}|" DEFECTIVE, "" },
  { "any exchange where there is no tolerance", NULL, NULL, "'tolerance_amount':0=>'x':0", EXCHANGE ("ROBE", "5000"),
    "exchange:a" },
  { "an exchange where the policy says nothing", NULL, NULL, "'exchange'=>'x'", EXCHANGE ("ROBE", "5000"),
    "exchange:a" },
  { "another product at the same price", NULL, NULL, NULL, EXCHANGE ("HAT", "5000"), "" },
  { "a cent dearer", NULL, NULL, NULL, EXCHANGE ("HAT", "5001"), "exchange:a" },
  { "a cent cheaper", NULL, NULL, NULL, EXCHANGE ("HAT", "4999"), "exchange:a" },
  { "at the tolerance", NULL, NULL, "'tolerance_amount':0=>'tolerance_amount':500", EXCHANGE ("HAT", "5500"), "" },
  { "a cent over the tolerance", NULL, NULL, "'tolerance_amount':0=>'tolerance_amount':500", EXCHANGE ("HAT", "5501"),
    "exchange:a" },
  { "dearer and cheaper even out", NULL, NULL, NULL,
    EXCHANGE ("HAT",
              "5100") "|'lines':[=>'lines':[{'line':'l2','quantity':1,'exchange':{'product':'CAP','unit_price':2900}},",
    "" },
  { "the same product, not at the paid price", NULL, NULL, "paid_price':true=>paid_price':false",
    EXCHANGE ("ROBE", "5001"), "exchange:a" },
  { "an exchange to override", NULL, NULL, "'tolerance_amount':0=>'tolerance_amount':0,'mode':'override'",
    EXCHANGE ("HAT", "5001"), "exchange:o" },
  { "a blind return", NULL, "blind", NULL, NULL, "no_order:a" },
  { "blind, listed to override", NULL, "blind", "'approvals':[]=>'approvals':[{'id':'no_order','mode':'override'}]",
    NULL, "no_order:o" },
  { "blind, nothing of the order fires", "2030-01-01T00:00:00Z", "blind", NULL,
    "new_sealed=>damaged|'quantity':1=>'quantity':9,'serial':'B','gtin':'12345670'|'reason':'size'=>'reason':'?'",
    "condition:o reason:a no_order:a" },
  { "blind, an exchange is never even", NULL, "blind", "'tolerance_amount':0=>'x':0", EXCHANGE ("ROBE", "5000"),
    "exchange:a no_order:a" },
  { "blind, an exchange of no amount", NULL, "blind", NULL, EXCHANGE ("HAT", "5001"), "no_order:a" },
  { "one's own order by e-mail", NULL, NULL, NULL, "'staff':'s1'=>'staff':'s1','staff_email':'Zoe@example.fr'",
    "staff_own_order:a" },
  { "one's own order by customer", NULL, NULL, NULL, "'staff':'s1'=>'staff':'s1','staff_customer':'cus_1'",
    "staff_own_order:a" },
  { "somebody else's order", NULL, NULL, NULL,
    "'staff':'s1'=>'staff':'s1','staff_email':'a@b.fr','staff_customer':'cus_2'", "" },
  { "a customer without e-mail", NULL, "'email':'zoe@example.fr'=>'email':''", NULL,
    "'staff':'s1'=>'staff':'s1','staff_email':''", "" },
  { "one's own order, listed to override", NULL, NULL,
    "'approvals':[]=>'approvals':[{'id':'staff_own_order','mode':'override'}]",
    "'staff':'s1'=>'staff':'s1','staff_customer':'cus_1'", "staff_own_order:o" },
  { "offline at the limit", NULL, NULL, "'offline':{}=>'offline':{'max_refund':5000}", NULL, "", TRUE },
  { "offline a cent over", NULL, NULL, "'offline':{}=>'offline':{'max_refund':4999}", NULL, "offline_exposure:a",
    TRUE },
  { "online it does not matter", NULL, NULL, "'offline':{}=>'offline':{'max_refund':4999}", NULL, "", FALSE },
  { "the day's exposure", NULL, NULL, "'offline':{}=>'offline':{'daily_exposure':4999}", NULL, "offline_exposure:a",
    TRUE },
  { "the day's exposure, just", NULL, NULL, "'offline':{}=>'offline':{'daily_exposure':5000}", NULL, "", TRUE },
  { "no limit offline", NULL, NULL, NULL, NULL, "", TRUE },
  { "a gift", NULL, "'gift':false=>'gift':true", NULL, NULL, "gift:n" },
  { "a gift that its buyer brings", NULL, "'gift':false=>'gift':true", NULL, "'by':'giver'=>'by':'buyer'", "" },
  { "a gift that nobody says who brings", NULL, "'gift':false=>'gift':true", NULL, "'by'=>'x'", "gift:n" },
  { "a rule unknown here", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'full_moon'}]", NULL, "full_moon:a" },
  { "a rule unknown here, forbidding", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'full_moon','mode':'forbid'}]",
    NULL, "full_moon:f" },
  { "an unknown mode", NULL, NULL, "'approvals':[]=>'approvals':[{'id':'full_moon','mode':'duel'}]", NULL,
    "full_moon:a" },
  { "a rule unknown here on a blind return", NULL, "blind", "'approvals':[]=>'approvals':[{'id':'full_moon'}]", NULL,
    "no_order:a full_moon:a" },
};

static const WorkedRow approvals[] = {
  { "approved", LATE, NULL, NULL, APPROVE ("'rule':'window_closed','approver':'s2','motive':'late parcel'"),
    "window_closed:o+ = accept" },
  { "by the requester", LATE, NULL, NULL, APPROVE ("'rule':'window_closed','approver':'s1','motive':'late parcel'"),
    "window_closed:o = refuse_unless_approved needs window_closed" },
  { "by nobody", LATE, NULL, NULL, APPROVE ("'rule':'window_closed','motive':'late parcel'"),
    "window_closed:o = refuse_unless_approved needs window_closed" },
  { "an override without motive", LATE, NULL, NULL, APPROVE ("'rule':'window_closed','approver':'s2'"),
    "window_closed:o = refuse_unless_approved needs window_closed" },
  { "an override with a blank motive", LATE, NULL, NULL,
    APPROVE ("'rule':'window_closed','approver':'s2','motive':'  '"),
    "window_closed:o = refuse_unless_approved needs window_closed" },
  { "an authorisation needs no motive", NULL, NULL, NULL,
    "new_sealed=>light_wear|" APPROVE ("'rule':'condition','approver':'s2'"), "condition:a+ = accept" },
  { "of another rule", LATE, NULL, NULL, APPROVE ("'rule':'window','approver':'s2','motive':'m'"),
    "window_closed:o = refuse_unless_approved needs window_closed" },
  { "one of two", LATE, NULL, NULL,
    "new_sealed=>light_wear|" APPROVE ("'rule':'window_closed','approver':'s2','motive':'m'"),
    "window_closed:o+ condition:a = accept_if_approved needs condition" },
  { "a refusal is not to be approved", NULL, "'delivered':2=>'delivered':0", NULL,
    APPROVE ("'rule':'not_delivered','approver':'s2','motive':'m'"), "not_delivered:f = refuse" },
  { "needed even when another rule refuses", LATE, "'returned':0=>'returned':2", NULL, NULL,
    "already_returned:f window_closed:o = refuse needs window_closed" },
  { "covers every entry", LATE, NULL, NULL,
    "'lines':[=>'lines':[{'line':'l2','quantity':1},|" APPROVE ("'rule':'window_closed','approver':'s2','motive':'m'"),
    "window_closed:o+ window_closed:o+ = accept" },
  { "counts by its worst decision", LATE, NULL, NULL,
    "'lines':[=>'lines':[{'line':'l2','quantity':1,'reason':'defective'},|" APPROVE (
        "'rule':'window_closed','approver':'s2'"),
    "window_closed:a+ window_closed:o = refuse_unless_approved needs window_closed" },
  { "a rule that refuses anywhere is not asked for", NULL, COSMETICS, NULL,
    "new_sealed=>noted|'lines':[=>'lines':[{'line':'l1','quantity':1,'reason':'defective','condition':'noted'},",
    "hygiene:a condition:n hygiene:f condition:n = refuse" },
  { "sorted, each once", LATE, NULL, "'approvals':[]=>'approvals':[{'id':'full_moon'},{'id':'a_rule'}]",
    "new_sealed=>light_wear|'lines':[=>'lines':[{'line':'l2','quantity':1},",
    "window_closed:o window_closed:o condition:a full_moon:a a_rule:a = refuse_unless_approved needs "
    "a_rule,condition,full_moon,window_closed" },
  { "a notice needs nobody", NULL, NULL, NULL, "new_sealed=>noted", "condition:n = accept" },
};

static void
append_rules (GString *text, const GPtrArray *rules)
{
  static const char letters[] = "naof";
  for (guint i = 0; i < rules->len; i++)
    {
      const RetourRuleResult *result = rules->pdata[i];
      g_string_append_printf (text, "%s%s:%c%s", text->len > 0 ? " " : "", result->rule, letters[result->decision],
                              result->approved ? "+" : "");
      ck_assert (result->message.text[RETOUR_LANGUAGE_FRENCH] != NULL);
      ck_assert (result->message.text[RETOUR_LANGUAGE_ENGLISH] != NULL);
    }
}

static GString *
fired (const RetourQuote *quote)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < quote->lines->len; i++)
    append_rules (text, ((const RetourQuoteLine *) quote->lines->pdata[i])->rules);
  append_rules (text, quote->rules);
  return text;
}

static void
check_row (const WorkedRow *row)
{
  g_autoptr (RetourQuote) quote = worked_quote_new (row);
  g_autoptr (GString) got = fired (quote);
  ck_assert_msg (strcmp (got->str, row->expected) == 0, "%s: got “%s”, expected “%s”", row->name, got->str,
                 row->expected);
}

START_TEST (a_window_is_open_through_its_last_day) { check_row (&windows[_i]); }
END_TEST

START_TEST (the_longest_window_applies) { check_row (&longest[_i]); }
END_TEST

START_TEST (an_exclusion_fires_where_it_must) { check_row (&exclusions[_i]); }
END_TEST

START_TEST (a_rule_of_an_entry_fires_where_it_must) { check_row (&entries[_i]); }
END_TEST

START_TEST (a_rule_of_the_draft_fires_where_it_must) { check_row (&drafts[_i]); }
END_TEST

START_TEST (an_approval_counts_when_it_may)
{
  const WorkedRow *row = &approvals[_i];
  g_autoptr (RetourQuote) quote = worked_quote_new (row);
  g_autoptr (GString) got = fired (quote);
  g_string_append_printf (got, " = %s", retour_decision_code (quote->decision));
  for (guint i = 0; i < quote->approvals_needed->len; i++)
    g_string_append_printf (got, "%s%s", i == 0 ? " needs " : ",", (const char *) quote->approvals_needed->pdata[i]);
  ck_assert_msg (strcmp (got->str, row->expected) == 0, "%s: got “%s”, expected “%s”", row->name, got->str,
                 row->expected);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("rules");
  TCase *tcase = tcase_create ("tables");
  tcase_add_loop_test (tcase, a_window_is_open_through_its_last_day, 0, G_N_ELEMENTS (windows));
  tcase_add_loop_test (tcase, the_longest_window_applies, 0, G_N_ELEMENTS (longest));
  tcase_add_loop_test (tcase, an_exclusion_fires_where_it_must, 0, G_N_ELEMENTS (exclusions));
  tcase_add_loop_test (tcase, a_rule_of_an_entry_fires_where_it_must, 0, G_N_ELEMENTS (entries));
  tcase_add_loop_test (tcase, a_rule_of_the_draft_fires_where_it_must, 0, G_N_ELEMENTS (drafts));
  tcase_add_loop_test (tcase, an_approval_counts_when_it_may, 0, G_N_ELEMENTS (approvals));
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
