/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <string.h>

typedef enum
{
  KIND_DELAY,
  KIND_ERROR,
  KIND_REFUSE,
  KIND_PORTAL,
  KIND_DROP,
  KIND_LOSE_ANSWER,
  KIND_WRONG_NONCE,
  KIND_REFUND_FAILS,
} Kind;

static const struct
{
  const char *name;
  guint64 least, most; /* of its value; 0: takes none */
} kinds[] = {
  [KIND_DELAY] = { "delay", 1, 600000 },
  [KIND_ERROR] = { "error", 400, 599 },
  [KIND_REFUSE] = { "refuse", 0, 0 },
  [KIND_PORTAL] = { "portal", 0, 0 },
  [KIND_DROP] = { "drop", 0, 0 },
  [KIND_LOSE_ANSWER] = { "lose-answer", 0, 0 },
  [KIND_WRONG_NONCE] = { "wrong-nonce", 0, 0 },
  [KIND_REFUND_FAILS] = { "refund-fails", 0, 0 },
};

typedef struct
{
  Kind kind;
  guint value, percent;
  char *path; /* prefix */
} Fault;

struct _SandboxFaults
{
  GMutex mutex;
  GRand *dice;
  GPtrArray *specs; /* char * */
  GArray *faults;   /* Fault */
};

G_DEFINE_QUARK (sandbox - fault - error - quark, sandbox_fault_error)

static void
clear_fault (gpointer data)
{
  g_free (((Fault *) data)->path);
}

static GArray *
new_faults (void)
{
  GArray *faults = g_array_new (FALSE, TRUE, sizeof (Fault));

  g_array_set_clear_func (faults, clear_fault);
  return faults;
}

SandboxFaults *
sandbox_faults_new (guint32 seed)
{
  SandboxFaults *self = g_new0 (SandboxFaults, 1);

  g_mutex_init (&self->mutex);
  self->dice = g_rand_new_with_seed (seed);
  self->specs = g_ptr_array_new_with_free_func (g_free);
  self->faults = new_faults ();
  return self;
}

void
sandbox_faults_free (SandboxFaults *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_rand_free (self->dice);
  g_ptr_array_unref (self->specs);
  g_array_unref (self->faults);
  g_free (self);
}

static gboolean
parse_percent (const char *text, guint *percent)
{
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  if (!g_ascii_isdigit (*text) || g_strcmp0 (end, "%") != 0 || number > 100)
    return FALSE;
  *percent = (guint) number;
  return TRUE;
}

/* What stands behind the name: "=300", "=300:50%", ":20%", "=20%" or nothing. */
static gboolean
parse_rest (const char *rest, Fault *fault)
{
  fault->percent = 100;
  if (kinds[fault->kind].most > 0)
    {
      char *end;
      guint64 number;

      if (rest[0] != '=' || !g_ascii_isdigit (rest[1]))
        return FALSE;
      number = g_ascii_strtoull (rest + 1, &end, 10);
      if (number < kinds[fault->kind].least || number > kinds[fault->kind].most)
        return FALSE;
      fault->value = (guint) number;
      return *end == '\0' || (*end == ':' && parse_percent (end + 1, &fault->percent));
    }
  return *rest == '\0' || ((*rest == '=' || *rest == ':') && parse_percent (rest + 1, &fault->percent));
}

static gboolean
parse_fault (const char *spec, Fault *fault)
{
  const char *at = strchr (spec, '@');
  g_autofree char *what = at != NULL ? g_strndup (spec, (gsize) (at - spec)) : g_strdup (spec);
  gsize length = strcspn (what, "=:");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strlen (kinds[i].name) == length && strncmp (kinds[i].name, what, length) == 0)
      {
        fault->kind = (Kind) i;
        if (!parse_rest (what + length, fault))
          return FALSE;
        fault->path = g_strdup (at != NULL ? at + 1 : "/");
        return TRUE;
      }
  return FALSE;
}

gboolean
sandbox_faults_set (SandboxFaults *self, const char *const *specs, GError **error)
{
  g_autoptr (GArray) faults = new_faults ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (; specs != NULL && *specs != NULL; specs++)
    {
      Fault fault = { 0 };

      if (!parse_fault (*specs, &fault))
        {
          g_set_error (error, SANDBOX_FAULT_ERROR, SANDBOX_FAULT_ERROR_UNKNOWN, "%s: no such fault; they are\n%s",
                       *specs, sandbox_faults_explain ());
          return FALSE;
        }
      g_array_append_val (faults, fault);
      g_ptr_array_add (texts, g_strdup (*specs));
    }

  g_mutex_lock (&self->mutex);
  g_array_unref (self->faults);
  g_ptr_array_unref (self->specs);
  self->faults = g_steal_pointer (&faults);
  self->specs = g_steal_pointer (&texts);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

GStrv
sandbox_faults_list (SandboxFaults *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->specs->len; i++)
    g_strv_builder_add (list, self->specs->pdata[i]);
  g_mutex_unlock (&self->mutex);
  return g_strv_builder_end (list);
}

static void
apply (const Fault *fault, SandboxLuck *luck)
{
  switch (fault->kind)
    {
    case KIND_DELAY:
      luck->delay = fault->value;
      break;
    case KIND_ERROR:
      luck->status = fault->value;
      break;
    case KIND_REFUSE:
      luck->refuse = TRUE;
      break;
    case KIND_PORTAL:
      luck->portal = TRUE;
      break;
    case KIND_DROP:
      luck->drop = TRUE;
      break;
    case KIND_LOSE_ANSWER:
      luck->lose_answer = TRUE;
      break;
    case KIND_WRONG_NONCE:
      luck->wrong_nonce = TRUE;
      break;
    case KIND_REFUND_FAILS:
      luck->refund_fails = TRUE;
      break;
    }
}

SandboxLuck
sandbox_faults_draw (SandboxFaults *self, const char *path)
{
  SandboxLuck luck = { 0 };

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->faults->len; i++)
    {
      const Fault *fault = &g_array_index (self->faults, Fault, i);

      if (g_str_has_prefix (path, fault->path) && (guint) g_rand_int_range (self->dice, 0, 100) < fault->percent)
        apply (fault, &luck);
    }
  g_mutex_unlock (&self->mutex);
  return luck;
}

guint32
sandbox_faults_throw (SandboxFaults *self, guint32 n)
{
  guint32 thrown;

  g_mutex_lock (&self->mutex);
  thrown = g_rand_int (self->dice) % n;
  g_mutex_unlock (&self->mutex);
  return thrown;
}

const char *
sandbox_faults_explain (void)
{
  return "  delay=MS        waits before it looks at a call\n"
         "  error=STATUS    answers that status instead, with Retry-After: 1\n"
         "  refuse          closes the connection, nothing done\n"
         "  portal          answers 200 with a captive portal's page, nothing done\n"
         "  drop            cuts the answer in the middle\n"
         "  lose-answer     does what is asked, then closes without answering\n"
         "  wrong-nonce     answers with another call's nonce\n"
         "  refund-fails    the bank refuses the refund when it should settle\n"
         "Each may end in :P% (how often) and @PATH (which calls), as in error=503:30%@/v1/operations\n";
}
