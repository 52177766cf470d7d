/* What one step more of a limit gains: found by solving again, with its own proof (planning-model.md "Values").
 *
 * A multiplier is one slope of the optimum and is neither the gain of one more nor the loss of one less where several limits are used up together. So what is called a gain is the difference of two proven optima;
 * a multiplier that was not tested is "worth at most".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_VALUES_H
#define FAB_VALUES_H

#include "moves.h"
#include "plan_table.h"

/* One line of the list. */
struct fab_value_line {
    struct fab_candidate candidate; /* texts belong to the list */
    bool tested;
    double gain_usd; /* of the step, discounted; NAN: not tested */
    const char *untested; /* why, NULL: it was tested */
    const char *tie; /* the other limits that had to be moved along, NULL: none */
};

struct fab_values {
    struct fab_moves *moves;
    struct fab_value_line *line; /* the largest first: gains, then what is not tested by what it is worth at most */
    int count;
    long pivots; /* what the tests took */
};

/* Tests the limits of a plan in falling order of what they are worth at most until `wanted` gains are above the next bound, which makes them the exact top; or until the tests have taken as many pivots as the money
 * stage: counted, not timed, so that the same limits are tested on every run. A gain below half of its bound is a tie: the limits that were not worth anything and are in the new optimum are moved along
 * (up to 3), and the set is one line. Moves the plan's solver. FAB_INTERRUPTED, FAB_NO_MEMORY. A deadline ends the tests: what is tested so far is the answer, and what is not says why. */
fab_status fab_values_test(fab_context *context, const fab_plan *plan, int wanted, const fab_solver_options *options, struct fab_values **values);
void fab_values_free(struct fab_values *values);

/* plan_value. */
fab_table *fab_values_table(const fab_plan *plan, const struct fab_values *values, int64_t number);

#endif
