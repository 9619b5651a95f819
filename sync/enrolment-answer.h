/* SPDX-License-Identifier: Apache-2.0 */
/* What the OMS answers to an enrolment or a renewal, and how the same is kept on disk: one document for both. */
#pragma once

#include "enrolment.h"

G_BEGIN_DECLS

/* Reads the OMS's answer into a new enrolment; the certificate alone is given apart, for the key is not in the answer. Pins
 * must look like pins. RETOUR_ENROLMENT_ERROR_DAMAGED names the member. */
RetourEnrolment *retour_enrolment_read_answer (const char *text, gsize length, char **certificate, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* enrolment.json: everything but keys, certificate, authority and pins. The writer's text is the caller's. */
char *retour_enrolment_write_document (const RetourEnrolment *enrolment);
RetourEnrolment *
retour_enrolment_read_document (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
