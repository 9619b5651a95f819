/* SPDX-License-Identifier: Apache-2.0 */
/* A clock before the day on which this version was made is wrong for certain. */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

#define RETOUR_BUILD_DAY (G_GINT64_CONSTANT (1795478400) * RETOUR_SECOND) /* 2026-11-24 */

G_END_DECLS
