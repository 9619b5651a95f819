/* SPDX-License-Identifier: Apache-2.0 */
/* The sounds of scans on a device that is a file, on none, and on one that hangs: nobody ever waits for them. */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sound.h"

#define PATIENCE (10 * G_TIME_SPAN_SECOND)
/* What handing it in may take, at worst on a busy machine; a device that is waited for takes seconds. */
#define SOON (100 * G_TIME_SPAN_MILLISECOND)
#define BYTES_A_MILLISECOND (2 * 44)

static char *directory, *heard;

static void
write_configuration (const char *device)
{
  g_autofree char *path = g_build_filename (directory, "asound.conf", NULL);
  g_autofree char *text = g_strdup_printf ("pcm.nothing { type null }\n"
                                           "pcm.default { %s }\n",
                                           device);

  ck_assert (g_file_set_contents (path, text, -1, NULL));
  g_setenv ("ALSA_CONFIG_PATH", path, TRUE);
}

static void
set_up (void)
{
  directory = g_dir_make_tmp ("retour-sound-XXXXXX", NULL);
  heard = g_build_filename (directory, "heard.raw", NULL);
}

static void
tear_down (void)
{
  g_autofree char *configuration = g_build_filename (directory, "asound.conf", NULL);

  g_unlink (heard);
  g_unlink (configuration);
  g_rmdir (directory);
  g_clear_pointer (&heard, g_free);
  g_clear_pointer (&directory, g_free);
}

static void
write_to_file (void)
{
  g_autofree char *device = g_strdup_printf ("type file\n slave.pcm nothing\n file \"%s\"\n format raw", heard);

  write_configuration (device);
}

static void
count_failure (RetourSound sound, gpointer failures)
{
  ++*(guint *) failures;
}

static void
play_now (RetourSound sound, guint *failures)
{
  const gint64 began = g_get_monotonic_time ();

  retour_sound_play (sound, count_failure, failures);
  ck_assert_int_lt (g_get_monotonic_time () - began, SOON);
}

static gsize
length_heard (void)
{
  struct stat found;

  return stat (heard, &found) == 0 ? (gsize) found.st_size : 0;
}

static gboolean
is_loud (void)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  gint16 loudest = 0;

  ck_assert (g_file_get_contents (heard, &bytes, &length, NULL));
  for (gsize i = 0; i + 1 < length; i += 2)
    loudest = MAX (loudest, *(const gint16 *) (gconstpointer) (bytes + i));
  return loudest > 5000;
}

START_TEST (a_taken_scan_is_one_short_tone_and_a_refused_one_is_longer)
{
  static const struct
  {
    RetourSound sound;
    guint milliseconds;
  } cases[] = { { RETOUR_SOUND_TAKEN, 70 }, { RETOUR_SOUND_REFUSED, 370 } };
  const gint64 end = g_get_monotonic_time () + PATIENCE;
  guint failures = 0;

  write_to_file ();
  play_now (cases[_i].sound, &failures);
  while (length_heard () < cases[_i].milliseconds * BYTES_A_MILLISECOND && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  ck_assert_uint_ge (length_heard (), cases[_i].milliseconds * BYTES_A_MILLISECOND);
  ck_assert (is_loud ());
  ck_assert_uint_eq (failures, 0);
}
END_TEST

START_TEST (without_a_device_it_says_so_once_and_waits_for_nothing)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE;
  guint failures = 0;

  write_configuration ("type hw\n card 31");
  play_now (RETOUR_SOUND_TAKEN, &failures);
  while (failures == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  ck_assert_uint_eq (failures, 1);
}
END_TEST

START_TEST (a_device_that_hangs_keeps_nobody)
{
  guint failures = 0;

  /* Opening a pipe that nobody reads takes for ever. */
  ck_assert_int_eq (mkfifo (heard, 0600), 0);
  write_to_file ();
  for (guint i = 0; i < 20; i++)
    play_now (i % 2 == 0 ? RETOUR_SOUND_TAKEN : RETOUR_SOUND_REFUSED, &failures);
  ck_assert_uint_eq (failures, 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("sound");
  TCase *tcase = tcase_create ("sound");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_loop_test (tcase, a_taken_scan_is_one_short_tone_and_a_refused_one_is_longer, 0, 2);
  tcase_add_test (tcase, without_a_device_it_says_so_once_and_waits_for_nothing);
  tcase_add_test (tcase, a_device_that_hangs_keeps_nobody);
  suite_add_tcase (suite, tcase);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
