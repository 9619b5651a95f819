/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange-choice-private.h"

#include "variant.h"

#include <string.h>

enum
{
  SIGNAL_LOADED,
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (RetourExchangeChoice, retour_exchange_choice, G_TYPE_OBJECT)

static gboolean
is_offline (RetourExchangeChoice *self)
{
  return retour_navigation_is_offline (self->navigation);
}

static const RetourDesk *
desk_of (RetourExchangeChoice *self)
{
  return retour_navigation_get_services (self->navigation)->desk;
}

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static void
compute_outcome (RetourExchangeChoice *self)
{
  g_clear_pointer (&self->outcome, retour_exchange_outcome_free);
  if (self->item != NULL)
    self->outcome = retour_exchange_choice_compute (self, self->item->product);
}

/* The nearest place that has as many as come back, else this store: there one can look. */
static void
choose_nearest (RetourExchangeChoice *self)
{
  const char *place = self->here;

  for (guint i = 0; self->item != NULL && i < self->item->figures->len; i++)
    {
      const RetourStockFigure *figure = self->item->figures->pdata[i];

      if (figure->quantity < self->wish.units)
        continue;
      place = figure->place;
      break;
    }
  set_text (&self->place, place);
}

/* Colour and size tell the article, unless it is the one that comes back. */
static void
find_item (RetourExchangeChoice *self)
{
  RetourReplacement *item = NULL;

  if (self->replacements != NULL && self->colour != NULL && self->size != NULL)
    item = retour_replacements_find (self->replacements, self->colour, self->size);
  if (item != NULL && item->state == RETOUR_REPLACEMENT_RETURNED)
    item = NULL;
  if (item == self->item)
    return;
  self->item = item;
  self->checked = self->scanned = FALSE;
  choose_nearest (self);
}

static void
changed (RetourExchangeChoice *self)
{
  compute_outcome (self);
  retour_exchange_choice_ask_stock (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
choose_item (RetourExchangeChoice *self, const RetourReplacement *item)
{
  set_text (&self->colour, item->colour != NULL ? item->colour : "");
  set_text (&self->size, item->size != NULL ? item->size : "");
  find_item (self);
}

/* A list of one leaves nothing to choose. */
static const char *
only_one (const GPtrArray *list)
{
  return list->len == 1 ? list->pdata[0] : NULL;
}

static void
choose_first (RetourExchangeChoice *self)
{
  const RetourDraftEntry *entry = retour_exchange_choice_get_entry (self);
  const RetourReplacements *all = self->replacements;
  const RetourReplacement *item = retour_replacements_find_sku (all, self->wanted_sku);
  RetourReplacementDirection direction = retour_replacement_direction (self->workspace->policy, entry->reason);

  if (item == NULL && entry->exchange != NULL)
    item = retour_replacements_find_sku (all, entry->exchange->sku);
  if (item == NULL)
    item = retour_replacements_suggest (all, direction);
  if (item != NULL)
    {
      choose_item (self, item);
      return;
    }
  if (all->colour != NULL && g_ptr_array_find_with_equal_func (all->colours, all->colour, g_str_equal, NULL))
    set_text (&self->colour, all->colour);
  else
    set_text (&self->colour, all->colours->len > 0 ? all->colours->pdata[0] : NULL);
  set_text (&self->size, only_one (all->sizes));
  /* Of another product the customer's size is the first to look at. */
  if (!retour_exchange_choice_is_same_product (self) && all->size != NULL
      && retour_replacement_can_be_had (retour_replacements_find (all, self->colour, all->size)))
    set_text (&self->size, all->size);
  find_item (self);
}

void
retour_exchange_choice_show_read (RetourExchangeChoice *self, RetourReplacements *replacements, GPtrArray *similar)
{
  const RetourDraftEntry *entry = retour_exchange_choice_get_entry (self);

  self->item = NULL;
  g_clear_pointer (&self->replacements, retour_replacements_free);
  self->replacements = replacements;
  if (similar != NULL)
    {
      g_clear_pointer (&self->similar, g_ptr_array_unref);
      self->similar = similar;
    }
  g_clear_pointer (&self->colour, g_free);
  g_clear_pointer (&self->size, g_free);
  self->checked = self->scanned = FALSE;
  choose_first (self);
  if (self->item != NULL && self->wanted_sku != NULL)
    {
      self->checked = self->scanned = TRUE;
      set_text (&self->place, self->here);
    }
  else if (self->item != NULL && entry->exchange != NULL && entry->exchange->place != NULL
           && g_strcmp0 (entry->exchange->sku, self->item->product->sku) == 0)
    set_text (&self->place, entry->exchange->place);
  g_clear_pointer (&self->wanted_sku, g_free);
  compute_outcome (self);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  changed (self);
}

void
retour_exchange_choice_fail (RetourExchangeChoice *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

void
retour_exchange_choice_take_figures (RetourExchangeChoice *self, const char *sku, const GPtrArray *figures)
{
  RetourReplacement *item = self->replacements != NULL ? retour_replacements_find_sku (self->replacements, sku) : NULL;

  if (item != NULL && figures != NULL && figures->len > 0)
    {
      retour_replacement_set_figures (item, &self->wish, figures);
      /* A place that turns out to have none is not kept; one that was looked at is. */
      if (item == self->item && !self->checked
          && retour_stock_needs_check (retour_exchange_choice_get_figure (self), self->wish.units,
                                       retour_desk_now (desk_of (self)), FALSE))
        choose_nearest (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
retour_exchange_choice_set_colour (RetourExchangeChoice *self, const char *colour)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  set_text (&self->colour, colour);
  find_item (self);
  changed (self);
}

void
retour_exchange_choice_set_size (RetourExchangeChoice *self, const char *size)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  set_text (&self->size, size);
  find_item (self);
  changed (self);
}

void
retour_exchange_choice_set_place (RetourExchangeChoice *self, const char *place)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  if (g_strcmp0 (self->place, place) == 0)
    return;
  set_text (&self->place, place);
  self->checked = self->scanned && g_strcmp0 (place, self->here) == 0;
  changed (self);
}

void
retour_exchange_choice_set_checked (RetourExchangeChoice *self, gboolean checked)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  if (self->checked == checked)
    return;
  self->checked = checked;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
retour_exchange_choice_set_product (RetourExchangeChoice *self, const char *product)
{
  const char *wanted = product != NULL ? product : self->product;

  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  if (g_strcmp0 (self->shown, wanted) == 0)
    return;
  set_text (&self->shown, wanted);
  g_clear_pointer (&self->wanted_sku, g_free);
  retour_exchange_choice_read (self, wanted);
}

gboolean
retour_exchange_choice_take_scan (RetourExchangeChoice *self, const RetourProduct *product)
{
  RetourReplacement *item;

  g_return_val_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self), FALSE);
  g_return_val_if_fail (product != NULL, FALSE);

  if (!self->wish.same_article && g_strcmp0 (product->sku, self->sku) == 0)
    return FALSE;
  item = self->replacements != NULL ? retour_replacements_find_sku (self->replacements, product->sku) : NULL;
  if (item == NULL)
    {
      set_text (&self->wanted_sku, product->sku);
      set_text (&self->shown, product->product);
      retour_exchange_choice_read (self, product->product);
      return TRUE;
    }
  choose_item (self, item);
  self->checked = self->scanned = TRUE;
  set_text (&self->place, self->here);
  changed (self);
  return TRUE;
}

void
retour_exchange_choice_refresh (RetourExchangeChoice *self)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  changed (self);
}

RetourNavigation *
retour_exchange_choice_get_navigation (RetourExchangeChoice *self)
{
  return self->navigation;
}

const RetourWorkspace *
retour_exchange_choice_get_workspace (RetourExchangeChoice *self)
{
  return self->workspace;
}

const RetourDraftEntry *
retour_exchange_choice_get_entry (RetourExchangeChoice *self)
{
  return self->workspace->draft->entries->pdata[self->entry];
}

const char *
retour_exchange_choice_get_title (RetourExchangeChoice *self)
{
  return self->title;
}

const char *
retour_exchange_choice_get_variant (RetourExchangeChoice *self)
{
  return self->variant;
}

const char *
retour_exchange_choice_get_category (RetourExchangeChoice *self)
{
  return self->category;
}

gboolean
retour_exchange_choice_hides_prices (RetourExchangeChoice *self)
{
  const RetourWorkspace *workspace = self->workspace;

  return workspace->order == NULL || (workspace->order->gift && g_strcmp0 (workspace->draft->by, "buyer") != 0);
}

const RetourReplacements *
retour_exchange_choice_get_replacements (RetourExchangeChoice *self)
{
  return self->replacements;
}

const GPtrArray *
retour_exchange_choice_get_similar (RetourExchangeChoice *self)
{
  return self->similar;
}

gboolean
retour_exchange_choice_is_same_product (RetourExchangeChoice *self)
{
  return g_strcmp0 (self->shown, self->product) == 0;
}

const char *
retour_exchange_choice_get_colour (RetourExchangeChoice *self)
{
  return self->colour;
}

const char *
retour_exchange_choice_get_size (RetourExchangeChoice *self)
{
  return self->size;
}

const RetourReplacement *
retour_exchange_choice_get_item (RetourExchangeChoice *self)
{
  return self->item;
}

const char *
retour_exchange_choice_get_place (RetourExchangeChoice *self)
{
  return self->place;
}

const char *
retour_exchange_choice_get_here (RetourExchangeChoice *self)
{
  return self->here;
}

const RetourStockFigure *
retour_exchange_choice_get_figure (RetourExchangeChoice *self)
{
  return self->item != NULL ? retour_stock_find (self->item->figures, self->place) : NULL;
}

gboolean
retour_exchange_choice_needs_check (RetourExchangeChoice *self)
{
  return self->item != NULL
         && retour_stock_needs_check (retour_exchange_choice_get_figure (self), self->wish.units,
                                      retour_desk_now (desk_of (self)), is_offline (self));
}

gboolean
retour_exchange_choice_is_checked (RetourExchangeChoice *self)
{
  return self->checked;
}

gboolean
retour_exchange_choice_is_scanned (RetourExchangeChoice *self)
{
  return self->scanned;
}

gboolean
retour_exchange_choice_is_asking (RetourExchangeChoice *self)
{
  return self->question != NULL;
}

const RetourExchangeOutcome *
retour_exchange_choice_get_outcome (RetourExchangeChoice *self)
{
  return self->outcome;
}

RetourExchangeOutcome *
retour_exchange_choice_compute (RetourExchangeChoice *self, const RetourProduct *product)
{
  g_autoptr (GError) error = NULL;
  RetourExchangedItem *item = retour_exchanged_item_new (product);
  RetourExchangeOutcome *outcome =
      retour_exchange_outcome_new (desk_of (self), self->workspace, self->entry, item, is_offline (self), &error);

  if (outcome == NULL)
    g_warning ("an exchange could not be computed: %s", error->message);
  retour_exchanged_item_free (item);
  return outcome;
}

gboolean
retour_exchange_choice_is_ready (RetourExchangeChoice *self)
{
  return self->item != NULL && self->outcome != NULL && self->outcome->quote->decision != RETOUR_DECISION_REFUSE
         && (self->checked || !retour_exchange_choice_needs_check (self));
}

RetourExchangedItem *
retour_exchange_choice_make_item (RetourExchangeChoice *self)
{
  const RetourStockFigure *figure;
  RetourExchangedItem *item;

  g_return_val_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self) && self->item != NULL, NULL);

  figure = retour_exchange_choice_get_figure (self);
  item = retour_exchanged_item_new (self->item->product);
  item->place = g_strdup (self->place);
  if (figure != NULL)
    item->place_name = g_strdup (figure->name);
  else if (g_strcmp0 (self->place, self->here) == 0)
    item->place_name = g_strdup (retour_desk_get_identity (desk_of (self))->store_name);
  return item;
}

void
retour_exchange_choice_close (RetourExchangeChoice *self)
{
  g_return_if_fail (RETOUR_IS_EXCHANGE_CHOICE (self));

  self->reading++;
  retour_exchange_choice_stop_asking (self);
}

static void
retour_exchange_choice_finalize (GObject *object)
{
  RetourExchangeChoice *self = RETOUR_EXCHANGE_CHOICE (object);

  g_clear_pointer (&self->outcome, retour_exchange_outcome_free);
  g_clear_pointer (&self->replacements, retour_replacements_free);
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  g_free (self->sku);
  g_free (self->gtin);
  g_free (self->product);
  g_free (self->title);
  g_free (self->variant);
  g_free (self->category);
  g_free (self->here);
  g_free (self->shown);
  g_free (self->wanted_sku);
  g_free (self->colour);
  g_free (self->size);
  g_free (self->place);
  G_OBJECT_CLASS (retour_exchange_choice_parent_class)->finalize (object);
}

static void
retour_exchange_choice_class_init (RetourExchangeChoiceClass *class)
{
  GType type = RETOUR_TYPE_EXCHANGE_CHOICE;

  G_OBJECT_CLASS (class)->finalize = retour_exchange_choice_finalize;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
retour_exchange_choice_init (RetourExchangeChoice *self)
{
}

static void
set_returned (RetourExchangeChoice *self)
{
  const RetourDraftEntry *entry = retour_exchange_choice_get_entry (self);
  const RetourOrder *order = self->workspace->order;
  const RetourOrderLine *line = order != NULL ? retour_order_find_line (order, entry->line, NULL) : NULL;

  if (line == NULL)
    {
      self->gtin = g_strdup (entry->gtin);
      return;
    }
  self->sku = g_strdup (line->sku);
  self->gtin = retour_order_line_gtin14 (line);
  self->product = g_strdup (line->product);
  self->title = g_strdup (line->title);
  self->variant = g_strdup (line->variant);
  self->category = g_strdup (line->category);
}

RetourExchangeChoice *
retour_exchange_choice_new (RetourNavigation *navigation, const RetourWorkspace *workspace, guint entry)
{
  RetourExchangeChoice *self;
  const RetourDraftEntry *drafted;
  const RetourExchangedItem *earlier;

  g_return_val_if_fail (navigation != NULL && workspace != NULL, NULL);
  g_return_val_if_fail (entry < workspace->draft->entries->len, NULL);

  self = g_object_new (RETOUR_TYPE_EXCHANGE_CHOICE, NULL);
  self->navigation = navigation;
  self->workspace = workspace;
  self->entry = entry;
  set_returned (self);
  drafted = retour_exchange_choice_get_entry (self);
  self->here = retour_place_of_store (retour_desk_get_identity (desk_of (self))->store);
  self->wish.returned = self->sku;
  self->wish.variant = self->variant;
  self->wish.currency = workspace->order != NULL ? workspace->order->currency : NULL;
  self->wish.here = self->here;
  self->wish.units = drafted->quantity;
  self->wish.same_article =
      retour_replacement_direction (workspace->policy, drafted->reason) == RETOUR_REPLACEMENT_TOWARDS_SAME;
  /* An exchange chosen before is shown again. */
  earlier = drafted->exchange;
  self->shown = g_strdup (earlier != NULL && earlier->product != NULL ? earlier->product : self->product);
  retour_exchange_choice_read (self, self->shown);
  return self;
}
