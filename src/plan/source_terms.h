/* What a start of a source gives and costs, period by period (planning-model.md "Data of a source").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SOURCE_TERMS_H
#define FAB_SOURCE_TERMS_H

#include "terms.h"

/* Fills terms->source from the model: units, yields, outputs, components, steps, lead times, costs, limits. */
fab_status fab_source_terms_make(fab_context *context, fab_terms *terms);

#endif
