/* SPDX-License-Identifier: Apache-2.0 */
/* The least that a terminal does to talk to the OMS: libcurl with the enrolment's key, its authority and its pins, one
 * connection that is kept. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _BareOms BareOms;

/* The enrolment in DIRECTORY/identity. */
BareOms *bare_oms_new (const char *directory);
void bare_oms_free (BareOms *oms);

/* GET, or POST of `body` when there is one; what comes is handed to `take`. Ends the program when the answer is not 200. */
void bare_oms_ask (
    BareOms *oms, const char *path, const char *body, gsize length, curl_write_callback take, gpointer user_data);

G_END_DECLS
