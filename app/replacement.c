/* SPDX-License-Identifier: Apache-2.0 */
#include "replacement.h"

#include "variant.h"

#include <string.h>

static void
replacement_free (RetourReplacement *self)
{
  g_free (self->size);
  g_free (self->colour);
  g_ptr_array_unref (self->figures);
  g_free (self);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static RetourReplacementState
state_of (const RetourReplacement *self, const RetourReplacementWish *wish)
{
  gboolean elsewhere = FALSE;

  if (!wish->same_article && wish->returned != NULL && g_strcmp0 (self->product->sku, wish->returned) == 0)
    return RETOUR_REPLACEMENT_RETURNED;
  if (self->figures->len == 0)
    return RETOUR_REPLACEMENT_UNKNOWN;
  for (guint i = 0; i < self->figures->len; i++)
    {
      const RetourStockFigure *figure = self->figures->pdata[i];

      if (figure->quantity < MAX (1, wish->units))
        continue;
      if (retour_place_kind (figure->place, wish->here) == RETOUR_PLACE_HERE)
        return RETOUR_REPLACEMENT_HERE;
      elsewhere = TRUE;
    }
  return elsewhere ? RETOUR_REPLACEMENT_ELSEWHERE : RETOUR_REPLACEMENT_SOLD_OUT;
}

void
retour_replacement_set_figures (RetourReplacement *self, const RetourReplacementWish *wish, const GPtrArray *figures)
{
  g_autoptr (GPtrArray) copies = NULL;
  const RetourStockFigure *here;

  g_return_if_fail (self != NULL);

  copies = retour_stock_copy (figures);
  retour_stock_sort (copies, wish->here);
  here = retour_stock_find (copies, wish->here);
  self->here = here != NULL ? here->quantity : 0;
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  self->figures = g_steal_pointer (&copies);
  self->state = state_of (self, wish);
}

static RetourReplacement *
replacement_new (const RetourReplacementWish *wish, const RetourProduct *product, GHashTable *figures)
{
  RetourReplacement *self = g_new0 (RetourReplacement, 1);
  RetourVariant variant = retour_variant_parse (product->variant);

  self->product = product;
  self->size = g_steal_pointer (&variant.size);
  self->colour = g_steal_pointer (&variant.colour);
  retour_replacement_set_figures (self, wish, figures != NULL ? g_hash_table_lookup (figures, product->sku) : NULL);
  return self;
}

static void
add_once (GPtrArray *list, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_ptr_array_add (list, g_strdup (text));
}

static int
compare_colours (gconstpointer a, gconstpointer b, gpointer first)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  gboolean one_first = first != NULL && strcmp (one, first) == 0;
  gboolean other_first = first != NULL && strcmp (other, first) == 0;
  g_autofree char *one_key = g_utf8_collate_key (one, -1);
  g_autofree char *other_key = g_utf8_collate_key (other, -1);

  return one_first != other_first ? (one_first ? -1 : 1) : strcmp (one_key, other_key);
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;

  return retour_size_compare (*one != '\0' ? one : NULL, *other != '\0' ? other : NULL);
}

static guint
place_in (const GPtrArray *list, const char *text)
{
  guint index = 0;

  g_ptr_array_find_with_equal_func ((GPtrArray *) list, or_empty (text), g_str_equal, &index);
  return index;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RetourReplacement *one = *(RetourReplacement *const *) a;
  const RetourReplacement *other = *(RetourReplacement *const *) b;
  const RetourReplacements *self = user_data;
  int by_colour = (int) place_in (self->colours, one->colour) - (int) place_in (self->colours, other->colour);

  return by_colour != 0 ? by_colour
                        : (int) place_in (self->sizes, one->size) - (int) place_in (self->sizes, other->size);
}

static void
set_returned (RetourReplacements *self, const RetourReplacementWish *wish)
{
  const RetourReplacement *returned = retour_replacements_find_sku (self, wish->returned);
  RetourVariant variant = retour_variant_parse (wish->variant);

  self->size = returned != NULL ? g_strdup (returned->size) : g_steal_pointer (&variant.size);
  self->colour = returned != NULL ? g_strdup (returned->colour) : g_steal_pointer (&variant.colour);
  retour_variant_clear (&variant);
}

RetourReplacements *
retour_replacements_new (const RetourReplacementWish *wish, GPtrArray *variants, GHashTable *figures)
{
  RetourReplacements *self;

  g_return_val_if_fail (wish != NULL && variants != NULL, NULL);

  self = g_new0 (RetourReplacements, 1);
  self->products = g_ptr_array_ref (variants);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) replacement_free);
  self->colours = g_ptr_array_new_with_free_func (g_free);
  self->sizes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < variants->len; i++)
    {
      const RetourProduct *product = variants->pdata[i];
      RetourReplacement *item;

      if (product->sku == NULL
          || (wish->currency != NULL && product->currency != NULL && strcmp (product->currency, wish->currency) != 0))
        continue;
      if (self->product == NULL)
        self->product = g_strdup (product->product);
      item = replacement_new (wish, product, figures);
      g_ptr_array_add (self->items, item);
      add_once (self->colours, or_empty (item->colour));
      add_once (self->sizes, or_empty (item->size));
    }
  set_returned (self, wish);
  g_ptr_array_sort_with_data (self->colours, compare_colours, self->colour);
  g_ptr_array_sort (self->sizes, compare_sizes);
  g_ptr_array_sort_with_data (self->items, compare_items, self);
  return self;
}

void
retour_replacements_free (RetourReplacements *self)
{
  if (self == NULL)
    return;
  g_free (self->product);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->colours);
  g_ptr_array_unref (self->sizes);
  g_ptr_array_unref (self->products);
  g_free (self->size);
  g_free (self->colour);
  g_free (self);
}

RetourReplacement *
retour_replacements_find (const RetourReplacements *self, const char *colour, const char *size)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      RetourReplacement *item = self->items->pdata[i];

      if (strcmp (or_empty (item->colour), or_empty (colour)) == 0
          && strcmp (or_empty (item->size), or_empty (size)) == 0)
        return item;
    }
  return NULL;
}

RetourReplacement *
retour_replacements_find_sku (const RetourReplacements *self, const char *sku)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; sku != NULL && i < self->items->len; i++)
    {
      RetourReplacement *item = self->items->pdata[i];

      if (strcmp (item->product->sku, sku) == 0)
        return item;
    }
  return NULL;
}

gboolean
retour_replacement_can_be_had (const RetourReplacement *self)
{
  return self != NULL && (self->state == RETOUR_REPLACEMENT_HERE || self->state == RETOUR_REPLACEMENT_ELSEWHERE);
}

RetourReplacementDirection
retour_replacement_direction (const RetourPolicy *policy, const char *reason)
{
  const RetourReason *known = policy != NULL && reason != NULL ? retour_policy_find_reason (policy, reason) : NULL;

  if (g_strcmp0 (reason, "size_small") == 0)
    return RETOUR_REPLACEMENT_TOWARDS_LARGER;
  if (g_strcmp0 (reason, "size_large") == 0)
    return RETOUR_REPLACEMENT_TOWARDS_SMALLER;
  if (known != NULL && g_strcmp0 (known->fault, "merchant") == 0)
    return RETOUR_REPLACEMENT_TOWARDS_SAME;
  return RETOUR_REPLACEMENT_TOWARDS_ANY;
}

/* `size` in the returned colour, else in the first other one. */
static RetourReplacement *
find_to_be_had (const RetourReplacements *self, const char *size, gboolean other_colours)
{
  RetourReplacement *item = retour_replacements_find (self, self->colour, size);

  if (retour_replacement_can_be_had (item) || !other_colours)
    return retour_replacement_can_be_had (item) ? item : NULL;
  for (guint i = 0; i < self->colours->len; i++)
    {
      item = retour_replacements_find (self, self->colours->pdata[i], size);
      if (retour_replacement_can_be_had (item))
        return item;
    }
  return NULL;
}

static RetourReplacement *
suggest_size (const RetourReplacements *self, int step, gboolean other_colours)
{
  guint at;

  if (self->size == NULL || !g_ptr_array_find_with_equal_func (self->sizes, self->size, g_str_equal, &at))
    return NULL;
  for (int i = (int) at + step; i >= 0 && i < (int) self->sizes->len; i += step)
    {
      RetourReplacement *item = find_to_be_had (self, self->sizes->pdata[i], other_colours);

      if (item != NULL)
        return item;
      /* In another colour only the very next size is worth a proposal. */
      if (other_colours)
        return NULL;
    }
  return NULL;
}

RetourReplacement *
retour_replacements_suggest (const RetourReplacements *self, RetourReplacementDirection direction)
{
  RetourReplacement *item = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  switch (direction)
    {
    case RETOUR_REPLACEMENT_TOWARDS_LARGER:
    case RETOUR_REPLACEMENT_TOWARDS_SMALLER:
      {
        int step = direction == RETOUR_REPLACEMENT_TOWARDS_LARGER ? 1 : -1;

        item = suggest_size (self, step, FALSE);
        return item != NULL ? item : suggest_size (self, step, TRUE);
      }
    case RETOUR_REPLACEMENT_TOWARDS_SAME:
      return find_to_be_had (self, self->size, TRUE);
    case RETOUR_REPLACEMENT_TOWARDS_ANY:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

RetourReplacements *
retour_replacements_load (RetourStore *store, const RetourReplacementWish *wish, const char *product, GError **error)
{
  g_autoptr (GHashTable) figures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) variants = NULL;
  GError *problem = NULL;

  if (product != NULL)
    variants = store->product_variants (store, product, &problem);
  if (variants == NULL && problem == NULL)
    variants = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
  for (guint i = 0; problem == NULL && i < variants->len; i++)
    {
      const RetourProduct *variant = variants->pdata[i];
      GPtrArray *known = store->stock (store, variant->sku, &problem);

      if (known != NULL)
        g_hash_table_insert (figures, g_strdup (variant->sku), known);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return retour_replacements_new (wish, variants, figures);
}
