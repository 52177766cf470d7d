/* What a start of a source gives and costs, period by period (planning-model.md "Data of a source").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SOURCE_TERMS_H
#define FAB_SOURCE_TERMS_H

#include "terms.h"

/* Fills terms->source from the model: units, yields, outputs, components, steps, lead times, costs, limits. */
fab_status fab_source_terms_make(fab_context *context, fab_terms *terms);

/* Yields of starts of a source on a day: `source_yield` in force, else the process, else 1, as changes of the process's D0 and line yield make them. unit_yield is NAN when the process has no die. */
void fab_source_yields_at(const fab_model *model, int source, int32_t date, double *line_yield, double *unit_yield);

/* Lead time of starts of a source on a day, in days: the route's cycle time in force, else lead_time_days, else 0. */
double fab_source_lead_days_at(const fab_model *model, int source, int32_t date);

#endif
