/* A point of yield, a day of cycle time: the plan of a model that differs in coefficients.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COEFFICIENT_H
#define FAB_COEFFICIENT_H

#include "question.h"
#include "standing.h"
#include "values.h"

/* Solves the plan of the model in which the unit yield (where that is 1 the line yield) of the question's source is a point (0.01; up to 1) better for all starts and lots, or the cycle time of its route a day shorter. *line gets what was changed and
 * by how much. FAB_USAGE: the yield is 1, the route has no day to lose. *other is NULL where the changed model has no plan. The caller frees it and *model. Cost: building the program, and a solve. */
fab_status fab_coefficient_plan(fab_context *context, const struct fab_standing *standing, const struct fab_question *question, struct fab_value_line *line, fab_model **model, fab_plan **other);

#endif
