/* SPDX-License-Identifier: Apache-2.0 */
#include "paper-error.h"

G_DEFINE_QUARK (retour - paper - error - quark, retour_paper_error)
