/* SPDX-License-Identifier: Apache-2.0 */
/* chain [--stores N] [--terminals N] [--orders N] [--look SECONDS] [--outage MINUTES]
 *
 * A large chain on the first Saturday of January: what its OMS sees before, during and after an outage at 11 o'clock that all
 * terminals share, and what a terminal holds. The engines are the product's; the rest is reduced to counts and bytes. */
#include "agenda.h"
#include "backoff.h"
#include "engine.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE (60 * RETOUR_SECOND)
#define HOUR (60 * MINUTE)
#define MORNING (G_GINT64_CONSTANT (1767436200) * RETOUR_SECOND) /* 2026-01-03 10:30 UTC */
#define OUTAGE_BEGINS (MORNING + 30 * MINUTE)

/* What is assumed; printed with the result. */
#define CHANGES_A_ORDER 4    /* placed, shipped, delivered, paid or returned */
#define SATURDAY_CHANGES 150 /* per cent of an average day */
#define CATCHMENT 20         /* shops whose customers one shop may meet: its share of the orders */
#define DAYS_KEPT 60         /* the return window and its grace */
#define RETURNED 30          /* per cent of the orders come back, */
#define AT_A_COUNTER 60      /* per cent of those over a counter, */
#define SATURDAY_RETURNS 400 /* per cent of an average day, */
#define OPEN_HOURS 10
#define WAY (25 * 1000) /* one way */
#define CONNECT_TIMEOUT (10 * RETOUR_SECOND)
#define HANDSHAKE_BYTES 5200 /* mutual TLS 1.3, both directions */
#define LOOK_BYTES_IN 420    /* a look at the feed that brings nothing: its request, */
#define LOOK_BYTES_OUT 430   /* and its answer */
#define CHANGE_BYTES 220     /* one more line, packed */
#define OPERATION_BYTES 2600
#define ANSWER_BYTES 130
#define ORDER_BYTES 925 /* on the terminal's disk, search index included */

static gint64 stores = 1000, terminals = 5000, orders_a_year = 40 * 1000 * 1000, look = 15, outage = 120;
static gboolean checking;

static const GOptionEntry entries[] = {
  { "stores", 0, 0, G_OPTION_ARG_INT64, &stores, "1000", "N" },
  { "terminals", 0, 0, G_OPTION_ARG_INT64, &terminals, "Of all stores together (5000)", "N" },
  { "orders", 0, 0, G_OPTION_ARG_INT64, &orders_a_year, "A year (40000000)", "N" },
  { "look", 0, 0, G_OPTION_ARG_INT64, &look, "Seconds between two looks at the feed (15)", "S" },
  { "outage", 0, 0, G_OPTION_ARG_INT64, &outage, "Minutes (120)", "M" },
  { "check", 0, 0, G_OPTION_ARG_NONE, &checking, "Fail when the OMS would be hurt", NULL },
  { 0 },
};

/* What the OMS sees in one second. */
typedef struct
{
  guint requests, attempts, handshakes, operations;
  guint64 bytes_in, bytes_out;
} Second;

typedef struct
{
  RetourEngine *engine;
  guint alarm;
  guint recorded, answered, most_waiting; /* returns */
  gint64 told;                            /* changes */
  gboolean connected, heard;              /* heard: since the outage */
} Device;

typedef struct
{
  Device *device;
  RetourActionKind kind;
  guint request;
  GPtrArray *operations;
  gint64 sent, changes;
  gboolean failed;
} Letter;

typedef enum
{
  CHAIN_START,
  CHAIN_ALARM,
  CHAIN_CUSTOMER,
  CHAIN_CLAIM,
  CHAIN_SETTLE,
  CHAIN_LOCATE,
  CHAIN_APPLY,
  CHAIN_AT_OMS,
  CHAIN_AT_DEVICE,
} ChainEvent;

static Agenda agenda;
static RetourJitter dice;
static gint64 now = MORNING;
static Device *devices;
static Second *seconds;
static gint64 span, heard_half, heard_all, drained;
static guint heard, waiting;

static void step (Device *device, RetourEvent event);

static void
later (gint64 delay, ChainEvent kind, Device *device, gpointer payload)
{
  agenda_add (&agenda,
              (AgendaEntry){
                  .at = now + delay, .kind = kind, .alarm = device->alarm, .subject = device, .payload = payload });
}

static gboolean
is_down (void)
{
  return now >= OUTAGE_BEGINS && now < OUTAGE_BEGINS + outage * MINUTE;
}

static Second *
this_second (void)
{
  return &seconds[MIN (now - MORNING, span - 1) / RETOUR_SECOND];
}

/* Changes so far that concern a shop. */
static gint64
changes_so_far (void)
{
  gint64 a_day = orders_a_year / 365 * CHANGES_A_ORDER * SATURDAY_CHANGES / 100 * CATCHMENT / stores;

  return (now - MORNING) / 1000 * a_day / (24 * HOUR / 1000);
}

static void
await_customer (Device *device)
{
  gint64 a_day = orders_a_year / 365 * RETURNED / 100 * AT_A_COUNTER / 100 * SATURDAY_RETURNS / 100;
  gint64 pause = OPEN_HOURS * HOUR * terminals / MAX (a_day, 1);

  later (1 + retour_jitter_below (&dice, 2 * pause), CHAIN_CUSTOMER, device, NULL);
}

static void
set_out (Device *device, const RetourAction *action)
{
  Letter *letter = g_new0 (Letter, 1);
  gint64 way = WAY;

  letter->device = device;
  letter->kind = action->kind;
  letter->request = action->request;
  letter->operations = action->operations ? g_ptr_array_ref (action->operations) : NULL;
  letter->sent = now;
  if (is_down ())
    {
      this_second ()->attempts++;
      device->connected = FALSE;
      letter->failed = TRUE;
      later (CONNECT_TIMEOUT, CHAIN_AT_DEVICE, device, letter);
      return;
    }
  if (!device->connected)
    {
      way += 4 * WAY;
      this_second ()->handshakes++;
      this_second ()->bytes_in += HANDSHAKE_BYTES / 2;
      this_second ()->bytes_out += HANDSHAKE_BYTES / 2;
      device->connected = TRUE;
    }
  later (way, CHAIN_AT_OMS, device, letter);
}

static void
carry_out (Device *device, RetourAction *action)
{
  switch (action->kind)
    {
    case RETOUR_ACTION_CLAIM:
      later (2000, CHAIN_CLAIM, device, GUINT_TO_POINTER (action->limit));
      return;
    case RETOUR_ACTION_SETTLE:
      later (5000 * action->settlements->len, CHAIN_SETTLE, device, GUINT_TO_POINTER (action->settlements->len));
      return;
    case RETOUR_ACTION_LOCATE:
      later (1000, CHAIN_LOCATE, device, NULL);
      return;
    case RETOUR_ACTION_APPLY:
      later (10 * 1000, CHAIN_APPLY, device, NULL);
      return;
    case RETOUR_ACTION_PUSH:
    case RETOUR_ACTION_PULL:
      set_out (device, action);
      return;
    case RETOUR_ACTION_WAKE:
      device->alarm++;
      later (MAX (action->wake_at - (now - MORNING + HOUR), 0), CHAIN_ALARM, device, NULL);
      return;
    case RETOUR_ACTION_START_AGAIN:
    case RETOUR_ACTION_RE_OFFER:
    case RETOUR_ACTION_RENEW:
      g_assert_not_reached ();
    case RETOUR_ACTION_CANCEL:
    case RETOUR_ACTION_NOTE:
    case RETOUR_ACTION_REPORT:
      return;
    }
}

static void
step (Device *device, RetourEvent event)
{
  RetourAction *action;

  event.now = (RetourMoment){ .boot = now - MORNING + HOUR, .wall = now };
  retour_engine_handle (device->engine, &event);
  while ((action = retour_engine_next_action (device->engine)) != NULL)
    {
      carry_out (device, action);
      retour_action_free (action);
    }
}

static void
start (Device *device)
{
  const RetourEngineOptions options = { .seed = (guint64) retour_jitter_below (&dice, G_MAXINT64),
                                        .poll_interval = look * RETOUR_SECOND };
  g_autofree char *name = g_strdup_printf ("terminal-%d", (int) (device - devices));
  const RetourEngineTerms terms = { .valid_from = MORNING - 24 * HOUR,
                                    .valid_until = MORNING + 2000 * HOUR,
                                    .renew_at = MORNING + 1000 * HOUR,
                                    .terminal = name };

  device->engine = retour_engine_new (&options, (RetourMoment){ .boot = now - MORNING + HOUR, .wall = now });
  await_customer (device);
  step (device, (RetourEvent){ .kind = RETOUR_EVENT_ENROLLED, .terms = &terms });
}

static void
serve_customer (Device *device)
{
  device->recorded++;
  waiting++;
  device->most_waiting = MAX (device->most_waiting, device->recorded - device->answered);
  await_customer (device);
  step (device, (RetourEvent){ .kind = RETOUR_EVENT_KICK });
}

static void
claim (Device *device, guint limit)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_operation_free);

  for (guint i = device->answered; i < device->recorded && due->len < limit; i++)
    {
      g_autofree char *op = g_strdup_printf ("op-%u", i);
      g_ptr_array_add (due, retour_operation_new (op, RETOUR_OPERATION_RETURN_RECORD, "{}"));
    }
  step (device, (RetourEvent){ .kind = RETOUR_EVENT_CLAIMED, .operations = due });
}

static void
settle (Device *device, guint count)
{
  device->answered += count;
  waiting -= count;
  if (waiting == 0 && drained == 0 && now > OUTAGE_BEGINS + outage * MINUTE)
    drained = now;
  step (device, (RetourEvent){ .kind = RETOUR_EVENT_SETTLED });
}

static void
serve (Device *device, Letter *letter)
{
  Second *second = this_second ();

  if (is_down ())
    {
      device->connected = FALSE;
      letter->failed = TRUE;
      later (CONNECT_TIMEOUT, CHAIN_AT_DEVICE, device, letter);
      return;
    }
  second->requests++;
  second->bytes_in += LOOK_BYTES_IN;
  second->bytes_out += LOOK_BYTES_OUT;
  if (letter->kind == RETOUR_ACTION_PUSH)
    {
      second->operations += letter->operations->len;
      second->bytes_in += letter->operations->len * OPERATION_BYTES;
      second->bytes_out += letter->operations->len * ANSWER_BYTES;
    }
  else
    {
      letter->changes = changes_so_far () - device->told;
      second->bytes_out += (guint64) letter->changes * CHANGE_BYTES;
    }
  if (now > OUTAGE_BEGINS && !device->heard)
    {
      device->heard = TRUE;
      heard++;
      if (heard == (guint) terminals / 2)
        heard_half = now;
      if (heard == (guint) terminals)
        heard_all = now;
    }
  later (WAY + 5000, CHAIN_AT_DEVICE, device, letter);
}

static void
hear (Device *device, Letter *letter)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) retour_answer_free);
  RetourResponse response = { .verdict = letter->failed ? RETOUR_VERDICT_NETWORK : RETOUR_VERDICT_OK,
                              .retry_after = -1,
                              .date = letter->failed ? RETOUR_INSTANT_NONE : now / RETOUR_SECOND * RETOUR_SECOND,
                              .sent = letter->sent - MORNING + HOUR,
                              .answered = now - MORNING + HOUR,
                              .complete = TRUE };

  if (letter->changes > 0)
    {
      RetourChangePage *page = retour_change_page_new ();
      device->told += letter->changes;
      page->cursor = g_strdup_printf ("%" G_GINT64_FORMAT, device->told);
      step (device, (RetourEvent){ .kind = RETOUR_EVENT_PAGE, .request = letter->request, .page = page });
    }
  for (guint i = 0; !letter->failed && letter->operations != NULL && i < letter->operations->len; i++)
    g_ptr_array_add (answers, retour_answer_new (((RetourOperation *) letter->operations->pdata[i])->op,
                                                 RETOUR_ANSWER_ACCEPTED));
  response.answers = answers;
  step (device, (RetourEvent){ .kind = RETOUR_EVENT_RESPONSE, .request = letter->request, .response = &response });
  g_clear_pointer (&letter->operations, g_ptr_array_unref);
  g_free (letter);
}

static void
locate (Device *device)
{
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, device->told);

  step (device, (RetourEvent){ .kind = RETOUR_EVENT_LOCATED, .cursor = cursor });
}

static void
happen (const AgendaEntry *entry)
{
  Device *device = entry->subject;

  switch ((ChainEvent) entry->kind)
    {
    case CHAIN_START:
      start (device);
      return;
    case CHAIN_ALARM:
      if (entry->alarm == device->alarm)
        step (device, (RetourEvent){ .kind = RETOUR_EVENT_TICK });
      return;
    case CHAIN_CUSTOMER:
      serve_customer (device);
      return;
    case CHAIN_CLAIM:
      claim (device, GPOINTER_TO_UINT (entry->payload));
      return;
    case CHAIN_SETTLE:
      settle (device, GPOINTER_TO_UINT (entry->payload));
      return;
    case CHAIN_LOCATE:
      locate (device);
      return;
    case CHAIN_APPLY:
      step (device, (RetourEvent){ .kind = RETOUR_EVENT_PAGE_APPLIED });
      return;
    case CHAIN_AT_OMS:
      serve (device, entry->payload);
      return;
    case CHAIN_AT_DEVICE:
      hear (device, entry->payload);
      return;
    }
}

/* One row: means and peaks of the seconds from one minute to another, counted from 11:00. */
static void
print_row (const char *name, gint64 from_minute, gint64 to_minute)
{
  Second sum = { 0 }, most = { 0 };
  gint64 from = from_minute * 60 + 30 * 60, to = MIN (to_minute * 60 + 30 * 60, span / RETOUR_SECOND);

  for (gint64 i = from; i < to; i++)
    {
      const Second *second = &seconds[i];
      sum.requests += second->requests;
      sum.attempts += second->attempts;
      sum.bytes_in += second->bytes_in;
      sum.bytes_out += second->bytes_out;
      most.requests = MAX (most.requests, second->requests);
      most.attempts = MAX (most.attempts, second->attempts);
      most.handshakes = MAX (most.handshakes, second->handshakes);
      most.operations = MAX (most.operations, second->operations);
      most.bytes_in = MAX (most.bytes_in, second->bytes_in);
      most.bytes_out = MAX (most.bytes_out, second->bytes_out);
    }
  gint64 length = MAX (to - from, 1);
  g_print ("| %-22s | %4d | %4u | %4d | %4u | %4u | %4u | %4d | %5d | %5d | %5d |\n", name,
           (int) (sum.requests / length), most.requests, (int) (sum.attempts / length), most.attempts, most.handshakes,
           most.operations, (int) (sum.bytes_in / (guint64) length / 1000), (int) (most.bytes_in / 1000),
           (int) (sum.bytes_out / (guint64) length / 1000), (int) (most.bytes_out / 1000));
}

static void
print_result (void)
{
  guint64 most_waiting = 0, all_waiting = 0;
  gint64 end = OUTAGE_BEGINS + outage * MINUTE;
  gint64 held = orders_a_year / 365 * DAYS_KEPT * CATCHMENT / stores;

  for (gint64 i = 0; i < terminals; i++)
    {
      most_waiting = MAX (most_waiting, devices[i].most_waiting);
      all_waiting += devices[i].most_waiting;
    }
  g_print ("%d stores, %d terminals, %d orders a year; a look every %d s; outage of %d min at 11:00\n\n", (int) stores,
           (int) terminals, (int) orders_a_year, (int) look, (int) outage);
  g_print ("| a second at the OMS    | req. | peak | att. | peak | TLS  | ops  | kB in| peak  | kB out| peak  |\n");
  g_print ("| ---------------------- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ----: | ----: | ----: |\n");
  print_row ("10:40 to 11:00", -20, 0);
  print_row ("outage, first minute", 0, 1);
  print_row ("outage, the rest", 1, outage);
  print_row ("first minute after it", outage, outage + 1);
  print_row ("first 5 min after it", outage, outage + 5);
  print_row ("then", outage + 10, outage + 30);
  g_print ("\nhalf of the terminals were heard again after %d s, all after %d s; nothing waited any more after %d s\n",
           (int) ((heard_half - end) / RETOUR_SECOND), (int) ((heard_all - end) / RETOUR_SECOND),
           (int) ((drained - end) / RETOUR_SECOND));
  g_print (
      "a terminal: at most %d returns waiting (%d kB; %d in all terminals), %d changes missed, %d orders held (%d MB)\n",
      (int) most_waiting, (int) (most_waiting * OPERATION_BYTES / 1000), (int) all_waiting,
      (int) (changes_so_far () * outage * MINUTE / (now - MORNING)), (int) held, (int) (held * ORDER_BYTES / 1000000));
}

/* What comes back at once is no more than what the OMS serves on any day, and nobody is left behind. */
static gboolean
is_borne (void)
{
  gint64 end = OUTAGE_BEGINS + outage * MINUTE;
  guint usual = 0, back = 0, handshakes = 0;

  for (gint64 i = 10 * 60; i < 30 * 60; i++)
    usual = MAX (usual, seconds[i].requests);
  for (gint64 i = (end - MORNING) / RETOUR_SECOND; i < (end - MORNING + 5 * MINUTE) / RETOUR_SECOND; i++)
    {
      back = MAX (back, seconds[i].requests);
      handshakes = MAX (handshakes, seconds[i].handshakes);
    }
  return back <= 2 * usual && handshakes <= MAX (terminals / 60, 12) && heard_all > 0 && heard_all - end <= 6 * MINUTE
         && drained > 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || stores < 1 || terminals < 1 || look < 1 || outage < 1)
    {
      g_printerr ("%s\n", error ? error->message : "numbers must be above 0");
      return 2;
    }
  span = 30 * MINUTE + outage * MINUTE + 30 * MINUTE;
  seconds = g_new0 (Second, span / RETOUR_SECOND + 1);
  devices = g_new0 (Device, terminals);
  agenda_init (&agenda);
  retour_jitter_seed (&dice, 1);
  for (gint64 i = 0; i < terminals; i++)
    later (retour_jitter_below (&dice, 5 * MINUTE), CHAIN_START, &devices[i], NULL);
  for (const AgendaEntry *next; (next = agenda_look (&agenda)) != NULL && next->at < MORNING + span;)
    {
      AgendaEntry entry = agenda_take (&agenda);
      now = entry.at;
      happen (&entry);
    }
  print_result ();
  return !checking || is_borne () ? EXIT_SUCCESS : EXIT_FAILURE;
}
