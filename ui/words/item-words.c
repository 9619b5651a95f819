/* SPDX-License-Identifier: Apache-2.0 */
#include "item-words.h"

#include "amount-words.h"
#include "disposition.h"
#include "variant.h"

#include <string.h>

#define N_(msgid) RETOUR_WORDING (msgid)

typedef struct
{
  const char *code, *words, *icon;
} CodeWords;

static const CodeWords REASONS[] = {
  { "size_small", N_ ("Too small"), "rt-shrink-symbolic" },
  { "size_large", N_ ("Too big"), "rt-grow-symbolic" },
  { "changed_mind", N_ ("Not to taste"), "face-uncertain-symbolic" },
  { "not_as_described", N_ ("Not as pictured"), "image-x-generic-symbolic" },
  { "defective", N_ ("Faulty or broken"), "dialog-warning-symbolic" },
  { "wrong_item", N_ ("Wrong item received"), "rt-exchange-symbolic" },
  { "late_delivery", N_ ("Arrived too late"), "rt-clock-symbolic" },
  { "damaged_transit", N_ ("Damaged on the way"), "rt-truck-symbolic" },
  { "missing_part", N_ ("Part missing"), "dialog-warning-symbolic" },
  { "quality", N_ ("Poor quality"), "face-uncertain-symbolic" },
  { "duplicate_order", N_ ("Ordered twice"), "rt-receipt-symbolic" },
  { "gift_unwanted", N_ ("Unwanted gift"), "rt-gift-symbolic" },
  { "undelivered", N_ ("Never delivered"), "rt-truck-symbolic" },
  { "recall", N_ ("Product recall"), "dialog-warning-symbolic" },
  { "other", N_ ("Other reason"), "view-more-horizontal-symbolic" },
};

typedef struct
{
  const char *code, *grade, *title, *detail, *whole;
} ConditionWords;

static const ConditionWords CONDITIONS[] = {
  { "new_sealed", "A", N_ ("New"), N_ ("with tags"), N_ ("New with tags") },
  { "new_opened", "B", N_ ("Opened"), N_ ("never worn"), N_ ("Opened") },
  { "light_wear", "C", N_ ("Worn"), N_ ("or washed"), N_ ("Worn") },
  { "visible_wear", "C", N_ ("Visible wear"), N_ ("or washed"), N_ ("Visible wear") },
  { "incomplete", "C", N_ ("Incomplete"), N_ ("a part is missing"), N_ ("Incomplete") },
  { "damaged", "D", N_ ("Damaged"), N_ ("cannot be sold"), N_ ("Damaged") },
  { "defective", "D", N_ ("Faulty"), N_ ("does not work"), N_ ("Faulty") },
  { "hygiene_broken", "D", N_ ("Seal broken"), N_ ("hygiene"), N_ ("Seal broken") },
  { "counterfeit_suspected", "D", N_ ("Doubtful"), N_ ("to be examined"), N_ ("Doubtful") },
  { "not_the_item", "D", N_ ("Another item"), N_ ("not the one sold"), N_ ("Another item") },
};

static const CodeWords DISPOSITIONS[] = {
  { "restock", N_ ("Back to shelf"), "rt-hanger-symbolic" },
  { "transfer", N_ ("Transfer"), "rt-truck-symbolic" },
  { "resale", N_ ("Second hand"), "rt-recycle-symbolic" },
  { "refurbish", N_ ("Refurbishing"), "rt-recycle-symbolic" },
  { "warehouse", N_ ("Warehouse"), "rt-warehouse-symbolic" },
  { "rtv", N_ ("Back to the supplier"), "rt-truck-symbolic" },
  { "liquidate", N_ ("Clearance"), "rt-tag-symbolic" },
  { "recycle", N_ ("Recycling"), "rt-bin-symbolic" },
  { "destroy", N_ ("Destruction"), "rt-bin-symbolic" },
  { "other", N_ ("Other"), "view-more-horizontal-symbolic" },
};

static const CodeWords METHODS[] = {
  { "card", N_ ("Bank card"), "rt-card-symbolic" },
  { "gift_card", N_ ("Gift card"), "rt-gift-symbolic" },
  { "paypal", "PayPal", "rt-globe-symbolic" },
  { "store_credit", N_ ("Store credit"), "rt-receipt-symbolic" },
  { "bank_transfer", N_ ("Bank transfer"), "rt-card-symbolic" },
  { "cash", N_ ("Cash"), "rt-card-symbolic" },
  { "voucher", N_ ("Voucher"), "rt-tag-symbolic" },
  { "klarna", "Klarna", "rt-card-symbolic" },
  { "apple_pay", "Apple Pay", "rt-card-symbolic" },
  { "google_pay", "Google Pay", "rt-card-symbolic" },
};

static const CodeWords *
find_code (const CodeWords *table, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return &table[i];
  return NULL;
}

static const char *
say_code (RetourLanguage language, const CodeWords *table, gsize n, const char *code)
{
  const CodeWords *found = find_code (table, n, code);

  if (code == NULL)
    return "";
  return found != NULL ? retour_wording (language, found->words) : code;
}

/* What the policy calls it, NULL when it does not say. */
static const char *
title_of (RetourLanguage language, const RetourWords *title)
{
  const char *words = retour_words_get (title, language);

  return *words != '\0' ? words : NULL;
}

const char *
retour_reason_words (RetourLanguage language, const char *code, const RetourPolicy *policy)
{
  const RetourReason *reason = policy != NULL && code != NULL ? retour_policy_find_reason (policy, code) : NULL;
  const char *title = reason != NULL ? title_of (language, &reason->title) : NULL;

  return title != NULL ? title : say_code (language, REASONS, G_N_ELEMENTS (REASONS), code);
}

const char *
retour_reason_icon (const char *code)
{
  const CodeWords *found = find_code (REASONS, G_N_ELEMENTS (REASONS), code);

  return found != NULL ? found->icon : "view-more-horizontal-symbolic";
}

static const ConditionWords *
find_condition (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    if (g_strcmp0 (CONDITIONS[i].code, code) == 0)
      return &CONDITIONS[i];
  return NULL;
}

/* NULL when the policy says nothing, or only what the house says: then the house's two lines stand. */
static const char *
condition_title_of_policy (RetourLanguage language, const char *code, const RetourPolicy *policy)
{
  const RetourCondition *condition =
      policy != NULL && code != NULL ? retour_policy_find_condition (policy, code) : NULL;
  const char *title = condition != NULL ? title_of (language, &condition->title) : NULL;
  const ConditionWords *found = find_condition (code);

  return title != NULL && found != NULL && g_str_equal (title, retour_wording (language, found->whole)) ? NULL : title;
}

const char *
retour_condition_title (RetourLanguage language, const char *code, const RetourPolicy *policy)
{
  const char *title = condition_title_of_policy (language, code, policy);
  const ConditionWords *found = find_condition (code);

  if (title != NULL)
    return title;
  if (code == NULL)
    return "";
  return found != NULL ? retour_wording (language, found->title) : code;
}

const char *
retour_condition_detail (RetourLanguage language, const char *code, const RetourPolicy *policy)
{
  const ConditionWords *found = find_condition (code);

  if (found == NULL || condition_title_of_policy (language, code, policy) != NULL)
    return "";
  return retour_wording (language, found->detail);
}

const char *
retour_condition_words (RetourLanguage language, const char *code, const RetourPolicy *policy)
{
  const char *title = condition_title_of_policy (language, code, policy);
  const ConditionWords *found = find_condition (code);

  if (title != NULL)
    return title;
  if (code == NULL)
    return "";
  return found != NULL ? retour_wording (language, found->whole) : code;
}

const char *
retour_condition_grade (const char *code, const RetourPolicy *policy)
{
  const RetourCondition *condition =
      policy != NULL && code != NULL ? retour_policy_find_condition (policy, code) : NULL;
  const ConditionWords *found = find_condition (code);

  if (condition != NULL && condition->grade != NULL)
    return condition->grade;
  return found != NULL ? found->grade : NULL;
}

const char *
retour_disposition_words (RetourLanguage language, const char *disposition)
{
  const char *code = retour_disposition_get_place (disposition) != NULL ? RETOUR_DISPOSITION_TRANSFER : disposition;

  return say_code (language, DISPOSITIONS, G_N_ELEMENTS (DISPOSITIONS), code);
}

const char *
retour_disposition_icon (const char *disposition)
{
  const char *code = retour_disposition_get_place (disposition) != NULL ? RETOUR_DISPOSITION_TRANSFER : disposition;
  const CodeWords *found = find_code (DISPOSITIONS, G_N_ELEMENTS (DISPOSITIONS), code);

  return found != NULL ? found->icon : "view-more-horizontal-symbolic";
}

const char *
retour_method_words (RetourLanguage language, const char *method)
{
  return say_code (language, METHODS, G_N_ELEMENTS (METHODS), method);
}

const char *
retour_payment_words (RetourLanguage language, const char *method, const char *label)
{
  /* A card is told from another by its label; the rest say the same in the reader's own language. */
  gboolean by_label =
      label != NULL && *label != '\0'
      && (g_strcmp0 (method, "card") == 0 || find_code (METHODS, G_N_ELEMENTS (METHODS), method) == NULL);

  return by_label ? label : retour_method_words (language, method);
}

const char *
retour_method_icon (const char *method)
{
  const CodeWords *found = find_code (METHODS, G_N_ELEMENTS (METHODS), method);

  return found != NULL ? found->icon : "rt-card-symbolic";
}

const char *
retour_channel_words (RetourLanguage language, const char *channel)
{
  if (channel == NULL)
    return "";
  if (strcmp (channel, "web") == 0 || g_str_has_prefix (channel, "web-"))
    return retour_wording (language, "Web");
  if (strcmp (channel, "app") == 0 || g_str_has_prefix (channel, "app-"))
    return retour_wording (language, "Mobile app");
  if (strcmp (channel, "store") == 0 || g_str_has_prefix (channel, "store-"))
    return retour_wording (language, "Ordered in store");
  if (strcmp (channel, "phone") == 0 || g_str_has_prefix (channel, "phone-"))
    return retour_wording (language, "By phone");
  return channel;
}

const char *
retour_parcel_words (RetourLanguage language, const RetourParcel *parcel)
{
  static const CodeWords states[] = {
    { "delivered", N_ ("Delivered"), NULL },
    { "in_transit", N_ ("On its way"), NULL },
    { "shipped", N_ ("On its way"), NULL },
    { "out_for_delivery", N_ ("Delivered today"), NULL },
    { "preparing", N_ ("Being prepared"), NULL },
    { "pending", N_ ("Being prepared"), NULL },
    { "lost", N_ ("Lost"), NULL },
    { "cancelled", N_ ("Cancelled"), NULL },
    { "returned", N_ ("Sent back by the carrier"), NULL },
  };

  if (parcel->delivered_at != RETOUR_INSTANT_NONE)
    return retour_wording (language, "Delivered");
  return parcel->status != NULL ? say_code (language, states, G_N_ELEMENTS (states), parcel->status)
                                : retour_wording (language, "On its way");
}

char *
retour_carrier_words (const char *carrier)
{
  static const char *const names[][2] = {
    { "mondial_relay", "Mondial Relay" }, { "ups", "UPS" }, { "dhl", "DHL" }, { "dpd", "DPD" }, { "gls", "GLS" },
    { "la_poste", "La Poste" },           { "tnt", "TNT" },
  };
  char first[7] = "";
  char *words;

  if (carrier == NULL || *carrier == '\0' || !g_utf8_validate (carrier, -1, NULL))
    return g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i][0], carrier) == 0)
      return g_strdup (names[i][1]);
  first[g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (carrier)), first)] = '\0';
  words = g_strconcat (first, g_utf8_next_char (carrier), NULL);
  return g_strdelimit (words, "_", ' ');
}

char *
retour_units_words (RetourLanguage language, gint64 units)
{
  int shown = (int) CLAMP (units, 0, G_MAXINT);

  return g_strdup_printf (retour_wording_n (language, "%d item", "%d items", shown), shown);
}

char *
retour_promotion_words (RetourLanguage language, const RetourPromotion *promotion, const char *currency)
{
  const char *title = title_of (language, &promotion->title);
  g_autofree char *threshold = retour_amount_words (promotion->threshold, currency, language);

  if (title != NULL)
    return g_strdup (title);
  switch (promotion->kind)
    {
    case RETOUR_PROMOTION_PERCENT:
      return promotion->threshold > 0
                 ? g_strdup_printf (retour_wording (language, "%s%% off from %s"), promotion->percent.written,
                                    threshold)
                 : g_strdup_printf (retour_wording (language, "%s%% off"), promotion->percent.written);
    case RETOUR_PROMOTION_AMOUNT:
      {
        g_autofree char *amount = retour_amount_words (promotion->amount, currency, language);

        return promotion->threshold > 0
                   ? g_strdup_printf (retour_wording (language, "%s off from %s"), amount, threshold)
                   : g_strdup_printf (retour_wording (language, "%s off"), amount);
      }
    case RETOUR_PROMOTION_BUY_X_GET_Y:
      return g_strdup_printf (retour_wording (language, "%d bought, %d free"), (int) MIN (promotion->x, G_MAXINT),
                              (int) MIN (promotion->y, G_MAXINT));
    case RETOUR_PROMOTION_FREE_DELIVERY:
      return promotion->threshold > 0 ? g_strdup_printf (retour_wording (language, "Free delivery from %s"), threshold)
                                      : g_strdup (retour_wording (language, "Free delivery"));
    }
  return g_strdup (promotion->id);
}

char *
retour_variant_size (const char *variant)
{
  g_auto (RetourVariant) parsed = retour_variant_parse (variant);

  return g_steal_pointer (&parsed.size);
}
