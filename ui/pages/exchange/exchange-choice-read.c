/* SPDX-License-Identifier: Apache-2.0 */
/* Where the choice learns what there is: the store's figures first, then the OMS's for the article chosen. */
#include "exchange-choice-private.h"

typedef struct
{
  RetourExchangeChoice *choice;
  guint reading;
  RetourReplacementWish wish; /* its texts are the choice's, which is held */
  char *product;              /* NULL: to be found by the article that comes back */
  gboolean with_similar;
} Reading;

typedef struct
{
  RetourReplacements *replacements;
  GPtrArray *similar;
  RetourProduct *returned; /* when the order did not say what came back */
} ReadResult;

static void
read_result_free (ReadResult *result)
{
  if (result == NULL)
    return;
  retour_replacements_free (result->replacements);
  g_clear_pointer (&result->similar, g_ptr_array_unref);
  retour_product_free (result->returned);
  g_free (result);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReadResult, read_result_free)

static gboolean
read_similar (RetourStore *store, const Reading *reading, ReadResult *result, GError **error)
{
  const char *category = reading->choice->category;
  const char *product = reading->choice->product;

  if (result->returned != NULL)
    {
      category = result->returned->category;
      product = result->returned->product;
    }
  result->similar = category != NULL ? store->similar_products (store, category, product, RETOUR_SIMILAR_MOST, error)
                                     : g_ptr_array_new_with_free_func ((GDestroyNotify) retour_product_free);
  return result->similar != NULL;
}

/* The catalogue may not know the article: that stops nobody, a scan may still tell it. */
static gboolean
find_returned (RetourStore *store, const Reading *reading, ReadResult *result, GError **error)
{
  const char *code = reading->choice->sku != NULL ? reading->choice->sku : reading->choice->gtin;
  GError *problem = NULL;

  if (reading->product != NULL || code == NULL)
    return TRUE;
  result->returned = store->find_product (store, code, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* Runs on the storage's thread; it reads only what does not change while the choice lives. */
static gpointer
read_job (RetourStore *store, gpointer user_data, GError **error)
{
  const Reading *reading = user_data;
  g_autoptr (ReadResult) result = g_new0 (ReadResult, 1);
  RetourReplacementWish wish = reading->wish;
  const char *product = reading->product;

  if (!find_returned (store, reading, result, error))
    return NULL;
  if (result->returned != NULL)
    {
      product = result->returned->product;
      wish.returned = result->returned->sku;
      wish.variant = result->returned->variant;
    }
  result->replacements = retour_replacements_load (store, &wish, product, error);
  if (result->replacements == NULL || (reading->with_similar && !read_similar (store, reading, result, error)))
    return NULL;
  return g_steal_pointer (&result);
}

/* A return without order learns from the catalogue what came back. */
static void
learn_returned (RetourExchangeChoice *self, const RetourProduct *returned)
{
  g_free (self->product);
  self->product = g_strdup (returned->product);
  if (self->sku == NULL)
    self->sku = g_strdup (returned->sku);
  if (self->title == NULL)
    self->title = g_strdup (returned->title);
  if (self->variant == NULL)
    self->variant = g_strdup (returned->variant);
  if (self->category == NULL)
    self->category = g_strdup (returned->category);
  g_free (self->shown);
  self->shown = g_strdup (returned->product);
  self->wish.returned = self->sku;
  self->wish.variant = self->variant;
}

static void
read_replied (gpointer reply, const GError *error, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (RetourExchangeChoice) self = reading->choice;
  g_autoptr (ReadResult) result = reply;
  gboolean newest = reading->reading == self->reading;

  g_free (reading->product);
  g_free (reading);
  if (!newest)
    return;
  if (result == NULL)
    {
      retour_exchange_choice_fail (self, error != NULL ? error->message : "");
      return;
    }
  if (result->returned != NULL)
    learn_returned (self, result->returned);
  retour_exchange_choice_show_read (self, g_steal_pointer (&result->replacements), g_steal_pointer (&result->similar));
}

void
retour_exchange_choice_read (RetourExchangeChoice *self, const char *product)
{
  const RetourStorage *storage = retour_navigation_get_services (self->navigation)->storage;
  Reading *reading = g_new0 (Reading, 1);

  reading->choice = g_object_ref (self);
  reading->reading = ++self->reading;
  reading->wish = self->wish;
  reading->product = g_strdup (product);
  reading->with_similar = self->similar == NULL;
  storage->read (storage->self, read_job, read_replied, reading);
}

struct _RetourStockQuestion
{
  RetourExchangeChoice *choice;
  char *sku;
};

static void
stock_replied (GPtrArray *figures, const GError *error, gpointer user_data)
{
  RetourStockQuestion *question = user_data;
  g_autoptr (RetourExchangeChoice) self = question->choice;

  /* Without an answer the store's figures stand, with their age. */
  if (self->question == question)
    {
      self->question = NULL;
      self->oms_token = 0;
      retour_exchange_choice_take_figures (self, question->sku, error == NULL ? figures : NULL);
    }
  g_free (question->sku);
  g_free (question);
}

void
retour_exchange_choice_stop_asking (RetourExchangeChoice *self)
{
  const RetourOms *oms = retour_navigation_get_services (self->navigation)->oms;

  if (self->question == NULL)
    return;
  self->question = NULL;
  oms->cancel (oms->self, self->oms_token);
  self->oms_token = 0;
}

void
retour_exchange_choice_ask_stock (RetourExchangeChoice *self)
{
  const RetourOms *oms = retour_navigation_get_services (self->navigation)->oms;
  const char *sku = self->item != NULL ? self->item->product->sku : NULL;
  RetourStockQuestion *question;
  guint token;

  if (self->question != NULL && g_strcmp0 (self->question->sku, sku) == 0)
    return;
  retour_exchange_choice_stop_asking (self);
  if (sku == NULL || oms == NULL || retour_navigation_is_offline (self->navigation))
    return;
  question = g_new0 (RetourStockQuestion, 1);
  question->choice = g_object_ref (self);
  question->sku = g_strdup (sku);
  self->question = question;
  token = oms->ask_stock (oms->self, sku, stock_replied, question);
  /* It may have been answered already. */
  if (self->question == question)
    self->oms_token = token;
}
