/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates for tests: an authority, servers with every kind of fault, devices. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *key_pem, *certificate_pem;
} TestPair;

void test_pair_free (TestPair *pair);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPair, test_pair_free)

TestPair *test_pki_authority (const char *name);
/* For 127.0.0.1, or a DNS name. Seconds from now. */
TestPair *test_pki_server (const TestPair *authority, const char *host, gint64 from, gint64 until);
/* What an OMS does with a request. */
char *test_pki_sign (const TestPair *authority, const char *request_pem, gint64 from, gint64 until);
/* "sha256//…" */
char *test_pki_pin (const char *certificate_pem);

G_END_DECLS
