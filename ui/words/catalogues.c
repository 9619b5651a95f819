/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and binding the translations. */
#include "catalogues.h"

#include <libintl.h>
#include <locale.h>

#include "wording.h"

#ifndef RETOUR_DATA_DIR
#error "RETOUR_DATA_DIR is where the product's files are installed"
#endif

/* Both catalogues lie in the folder of this one language: what changes is the domain. */
#define CONSTANT_LANGUAGE "en"

static gboolean
holds_catalogues (const char *directory)
{
  g_autofree char *file = g_build_filename (directory, CONSTANT_LANGUAGE, "LC_MESSAGES", "retour-fr.mo", NULL);

  return g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

static char *
find_catalogues (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  static const char *const beside[] = { "../assets/translations", "../../assets/translations",
                                        "../share/retour/locale" };
  const char *given = g_getenv ("RETOUR_LOCALE_DIR");

  if (given != NULL)
    return g_strdup (given);
  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_build_filename (folder, beside[i], NULL);
      g_autofree char *candidate = g_canonicalize_filename (path, NULL);

      if (holds_catalogues (candidate))
        return g_steal_pointer (&candidate);
    }
  return g_build_filename (RETOUR_DATA_DIR, "locale", NULL);
}

void
retour_catalogues_bind (void)
{
  g_autofree char *directory = find_catalogues ();

  /* gettext translates nothing under the locale "C". */
  setlocale (LC_ALL, "");
  if (g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    setlocale (LC_MESSAGES, "C.UTF-8");
  g_setenv ("LANGUAGE", CONSTANT_LANGUAGE, TRUE);
  for (guint i = 0; i < RETOUR_N_LANGUAGES; i++)
    {
      const char *domain = retour_wording_domain ((RetourLanguage) i);

      bindtextdomain (domain, directory);
      bind_textdomain_codeset (domain, "UTF-8");
    }
}
