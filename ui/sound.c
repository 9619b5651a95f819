/* SPDX-License-Identifier: Apache-2.0 */
/* ALSA directly: where PipeWire or PulseAudio run, its default device is theirs. The thread lives as long as the program and
 * is never waited for: a device may hang for as long as it likes. */
#include "sound.h"

#include <alsa/asoundlib.h>
#include <math.h>

#define RATE 44100
#define LOUDNESS 0.30
/* At both ends of a tone, so that it does not click. */
#define FADE_FRAMES (RATE / 200)
/* What the device may keep before it is heard, microseconds. */
#define LATENCY 40000

typedef struct
{
  double pitch;     /* Hz; 0: silence */
  int milliseconds; /* 0: the end */
} Tone;

#define TONES 4

static const Tone melodies[][TONES] = {
  [RETOUR_SOUND_TAKEN] = { { 1760, 70 }, { 0, 0 } },
  [RETOUR_SOUND_REFUSED] = { { 330, 130 }, { 0, 60 }, { 330, 180 }, { 0, 0 } },
};

typedef struct
{
  RetourSound sound;
  RetourSoundFailed failed;
  gpointer user_data;
} Wish;

static GMutex mutex; /* of the two below */
static GCond wake;
static Wish *wished;

static void
add_tone (GArray *frames, const Tone *tone)
{
  const int length = tone->milliseconds * (RATE / 1000);

  for (int i = 0; i < length; i++)
    {
      const int edge = MIN (i, length - 1 - i);
      const double fade = edge < FADE_FRAMES ? (double) edge / FADE_FRAMES : 1;
      const gint16 frame =
          (gint16) lrint (G_MAXINT16 * LOUDNESS * fade * sin (2 * G_PI * tone->pitch * (double) i / RATE));

      g_array_append_val (frames, frame);
    }
}

static GArray *
compose (RetourSound sound)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (gint16));

  for (int i = 0; i < TONES && melodies[sound][i].milliseconds > 0; i++)
    add_tone (frames, &melodies[sound][i]);
  return frames;
}

static gboolean
write_frames (snd_pcm_t *device, const GArray *frames)
{
  snd_pcm_uframes_t done = 0;

  while (done < frames->len)
    {
      snd_pcm_sframes_t written = snd_pcm_writei (device, &g_array_index (frames, gint16, done), frames->len - done);

      if (written < 0)
        written = snd_pcm_recover (device, (int) written, 1);
      if (written < 0)
        return FALSE;
      done += (snd_pcm_uframes_t) written;
    }
  return snd_pcm_drain (device) >= 0;
}

static gboolean
play (RetourSound sound)
{
  g_autoptr (GArray) frames = compose (sound);
  snd_pcm_t *device = NULL;
  gboolean done;

  if (snd_pcm_open (&device, "default", SND_PCM_STREAM_PLAYBACK, 0) < 0)
    return FALSE;
  done = snd_pcm_set_params (device, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, RATE, 1, LATENCY) >= 0
         && write_frames (device, frames);
  snd_pcm_close (device);
  return done;
}

static gboolean
tell_failure (gpointer user_data)
{
  const Wish *wish = user_data;

  wish->failed (wish->sound, wish->user_data);
  return G_SOURCE_REMOVE;
}

/* A machine without sound is no mistake that a log should be full of. */
static void
say_nothing (const char *file, int line, const char *function, int error, const char *format, ...)
{
}

static gpointer
run (gpointer unused)
{
  snd_lib_error_set_handler (say_nothing);
  for (;;)
    {
      Wish *wish;

      g_mutex_lock (&mutex);
      while (wished == NULL)
        g_cond_wait (&wake, &mutex);
      wish = g_steal_pointer (&wished);
      g_mutex_unlock (&mutex);
      if (play (wish->sound) || wish->failed == NULL)
        g_free (wish);
      else
        g_idle_add_full (G_PRIORITY_DEFAULT, tell_failure, wish, g_free);
    }
  return NULL;
}

void
retour_sound_play (RetourSound sound, RetourSoundFailed failed, gpointer user_data)
{
  static gsize started;
  Wish *wish = g_new0 (Wish, 1);

  *wish = (Wish){ sound, failed, user_data };
  g_mutex_lock (&mutex);
  g_free (wished);
  wished = wish;
  g_cond_signal (&wake);
  g_mutex_unlock (&mutex);
  if (g_once_init_enter (&started))
    {
      g_thread_unref (g_thread_new ("retour-sound", run, NULL));
      g_once_init_leave (&started, 1);
    }
}
