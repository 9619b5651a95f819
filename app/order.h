/* SPDX-License-Identifier: Apache-2.0 */
/* A web order as the OMS knows it (DOMAIN.md 1). Amounts are minor units of `currency`, tax included. Strings are UTF-8 and
 * NULL when the document has none, unless said otherwise. */
#pragma once

#include "calendar.h"
#include "decimal.h"
#include "language.h"
#include "money.h"

G_BEGIN_DECLS

typedef struct
{
  char *promotion; /* id of a RetourPromotion of the order; never NULL */
  gint64 amount;
} RetourDiscount;

typedef struct
{
  char *id; /* never NULL */
  char *sku;
  char *gtin; /* as in the document, 8 to 14 digits */
  char *product;
  char *title;
  char *variant;
  char *category;
  GStrv flags;   /* never NULL, may be empty */
  GStrv serials; /* never NULL, may be empty */
  gint64 quantity, delivered, returned;
  gint64 unit_price, paid, refunded;
  RetourDecimal tax_rate;
  GPtrArray *discounts; /* RetourDiscount, never NULL */
} RetourOrderLine;

typedef struct
{
  char *line; /* id of a line */
  gint64 quantity;
} RetourLineQuantity;

typedef struct
{
  char *id, *carrier, *tracking, *sscc, *status;
  RetourInstant delivered_at; /* RETOUR_INSTANT_NONE: not delivered */
  GPtrArray *lines;           /* RetourLineQuantity */
} RetourParcel;

typedef enum
{
  RETOUR_PROMOTION_PERCENT,
  RETOUR_PROMOTION_AMOUNT,
  RETOUR_PROMOTION_BUY_X_GET_Y,
  RETOUR_PROMOTION_FREE_DELIVERY,
} RetourPromotionKind;

typedef enum
{
  RETOUR_ON_RETURN_PRORATE,
  RETOUR_ON_RETURN_RECOMPUTE,
} RetourOnReturn;

typedef struct
{
  char *id; /* never NULL */
  RetourWords title;
  RetourPromotionKind kind;
  RetourOnReturn on_return;
  RetourDecimal percent;
  gint64 amount, threshold;
  gint64 x, y;
} RetourPromotion;

typedef struct
{
  char *id, *method; /* never NULL */
  char *label;
  gint64 captured, refunded;
} RetourPayment;

typedef struct
{
  char *line, *reason;
  gint64 quantity;
} RetourAnnouncedLine;

typedef struct
{
  char *id, *label, *by, *method;
  RetourInstant at; /* RETOUR_INSTANT_NONE when the document has none */
  GPtrArray *lines; /* RetourAnnouncedLine */
} RetourAnnouncement;

typedef struct
{
  char *id, *name, *email, *phone, *postcode, *tier;
} RetourCustomer;

typedef struct
{
  char *id, *number; /* number never NULL */
  gint64 version;
  RetourInstant updated_at, placed_at;
  char *channel, *market, *locale;
  char currency[4];
  gboolean gift;
  gint64 deducted;
  RetourCustomer customer;
  GPtrArray *lines;   /* RetourOrderLine */
  GPtrArray *parcels; /* RetourParcel */
  struct
  {
    gint64 paid, standard, refunded;
    RetourDecimal tax_rate;
  } delivery;
  GPtrArray *promotions; /* RetourPromotion */
  GPtrArray *payments;   /* RetourPayment */
  GPtrArray *announced;  /* RetourAnnouncement */
} RetourOrder;

typedef enum
{
  RETOUR_ORDER_ERROR_MALFORMED, /* breaks a rule of DOMAIN.md 1; the message names the member: "lines[2].paid: …" */
} RetourOrderError;
#define RETOUR_ORDER_ERROR (retour_order_error_quark ())
GQuark retour_order_error_quark (void);

/* An order with empty lists, no lines and zero amounts; the caller owns it. */
RetourOrder *retour_order_new (void);
RetourOrder *retour_order_copy (const RetourOrder *order);
void retour_order_free (RetourOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetourOrder, retour_order_free)

RetourDiscount *retour_discount_new (const char *promotion, gint64 amount);
RetourOrderLine *retour_order_line_new (const char *id);
RetourParcel *retour_parcel_new (const char *id);
RetourPromotion *retour_promotion_new (const char *id, RetourPromotionKind kind);
RetourPayment *retour_payment_new (const char *id, const char *method);
RetourAnnouncement *retour_announcement_new (const char *id);
RetourLineQuantity *retour_line_quantity_new (const char *line, gint64 quantity);
RetourAnnouncedLine *retour_announced_line_new (const char *line, gint64 quantity, const char *reason);

/* Checks what the members say of one another (DOMAIN.md 1: paid = quantity * unit_price - discounts, returned <= delivered
 * <= quantity, refunded <= captured, unique line ids, x + y > 0, amounts from 0 to 10^15…). RETOUR_ORDER_ERROR_MALFORMED
 * names the member. A discount, parcel or announcement that names something unknown is not refused: it counts for nothing. */
gboolean retour_order_check (const RetourOrder *order, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed, NULL when no line has that id; `index` may be NULL. */
const RetourOrderLine *retour_order_find_line (const RetourOrder *order, const char *id, guint *index);
const RetourPromotion *retour_order_find_promotion (const RetourOrder *order, const char *id);

/* delivered - returned, never below 0. */
gint64 retour_order_line_returnable (const RetourOrderLine *line);

/* The GTIN of the line as 14 digits, or NULL; caller frees. */
char *retour_order_line_gtin14 (const RetourOrderLine *line);

/* The latest delivery of the order's parcels, NONE while a unit is still on its way or nothing was delivered (DOMAIN.md 2,
 * "last_delivery"). */
RetourInstant retour_order_last_delivery (const RetourOrder *order);

/* All that was captured, in minor units. */
gint64 retour_order_captured (const RetourOrder *order);

/* For a screen that others can see. Name "Zoé L.", e-mail "z.lefe•••@example.fr", phone "06 •• •• •• 78". NULL stays NULL;
 * caller frees. */
char *retour_customer_short_name (const RetourCustomer *customer);
char *retour_customer_masked_email (const RetourCustomer *customer);
char *retour_customer_masked_phone (const RetourCustomer *customer);

/* Is it the person with this mailbox or this customer id? Either may be NULL. *by_mailbox, if not NULL, says which told. */
gboolean
retour_customer_is_person (const RetourCustomer *customer, const char *email, const char *id, gboolean *by_mailbox);

G_END_DECLS
