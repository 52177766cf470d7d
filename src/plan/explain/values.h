/* What one step more of a limit gains: found by solving again, with its own proof (planning-model.md "Values").
 *
 * A multiplier is one slope of the optimum and is neither the gain of one more nor the loss of one less where several limits are used up together. So what is called a gain is the difference of two proven optima;
 * a multiplier that was not tested is "worth at most".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_VALUES_H
#define FAB_VALUES_H

#include "plan_table.h"
#include "trial.h"

enum { FAB_MOST_TIED = 3 };

/* One line of the list. */
struct fab_value_line {
    struct fab_candidate candidate; /* texts belong to the list */
    bool tested;
    double price_usd; /* of the step and of what is moved along, where the list is by gain per dollar; else 1 */
    double gain_usd; /* of the step, discounted; NAN: not tested */
    const char *untested; /* why, NULL: it was tested */
    double objective_usd, bound_usd; /* of the program that was solved again, as its own proof says; NAN: not tested */
    double holds_to; /* in units: up to here the gain of a unit is within 1 % of the step's; NAN: not looked for */
    const char *tie; /* the other limits that had to be moved along, NULL: none */
    int moved[1 + FAB_MOST_TIED], moved_count; /* candidates: its own, and those of the tie */
};

/* Whether a limit is one that is asked about. */
typedef bool fab_values_about(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate);

/* What a step of a limit costs, above 0; NAN: it has no price. */
typedef double fab_values_price(const fab_plan *plan, const struct fab_candidate *candidate);

struct fab_values_asked {
    int wanted;
    bool thorough; /* whatever work it takes, and how far each gain holds */
    fab_values_about *about; /* NULL: every limit */
    const void *user;
    fab_values_price *price; /* the list is of what has a price, by gain per dollar of it; NULL: by gain */
    fab_values_price *without; /* the list is of what has no such price; NULL: of that too */
};

struct fab_values {
    struct fab_moves *moves;
    struct fab_value_line *line; /* the largest first: gains, then what is not tested by what it is worth at most */
    int count;
    long pivots; /* what the tests took */
};

/* Tests the limits of a plan that are asked about in falling order of what they are worth at most until `wanted` gains are above the next bound, which makes them the exact top; or until the tests have taken as many pivots as the money
 * stage, unless it is to be thorough: counted, not timed, so that the same limits are tested on every run. A gain below half of its bound is a tie: the limits that were not worth anything and are in the new optimum are moved along
 * (up to 3), and the set is one line. Moves the plan's solver. FAB_INTERRUPTED, FAB_NO_MEMORY. A deadline ends the tests: what is tested so far is the answer, and what is not says why. */
fab_status fab_values_test(fab_context *context, const fab_plan *plan, const struct fab_values_asked *asked, const fab_solver_options *options,
                           struct fab_values **values);
void fab_values_free(struct fab_values *values);

/* Lines as rows of plan_value, numbered from `first`. */
fab_table *fab_values_table(const fab_plan *plan, const struct fab_value_line line[], int count, int64_t number, int64_t first);

#endif
