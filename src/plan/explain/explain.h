/* Why, and what it is worth: the answer to one question about a plan, every figure of it found by solving again.
 *
 * Of an order, or a customer's: it is forced by a step, and the chain says what a unit of that costs all others, who loses, and which limits, moved alone, would let it be served. Of a limit: the most valuable of
 * its kinds is moved by a step. Of a yield or a cycle time: the plan of the changed model. Money is discounted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXPLAIN_H
#define FAB_EXPLAIN_H

#include "force.h"
#include "question.h"
#include "values.h"

struct fab_explain_asked {
    int wanted;  /* limits in the list with a price, and in the one without */
    double step; /* units of an order; 0: the usual step */
    const fab_solver_options *options;
};

struct fab_explained {
    struct fab_question question;
    int demand;                 /* the order that was forced, FAB_NONE */
    struct fab_value_line step; /* what was tested; its texts are the model's or literals. step.tested false: no limit of the subject is worth anything, which the multipliers prove */
    double marginal_usd;        /* of the last unit of the step: the sum of the chain over the step's units */
    double mean_usd;            /* of a unit of the step, from the two optima: NAN where nothing was tested */
    double worth_usd;           /* of a unit of an order: its price and the penalties it saves; NAN of others */
    bool never;                 /* the order cannot have more inside its window at any price */
    fab_table *chain;           /* chain.h; usd of one unit of an order, else of the step */
    fab_table *money, *output;  /* gainers.h: what the step changes */
    fab_table *displaced;       /* of a customer: tool_group, item, usd_per_hour, other_item, other_usd_per_hour, times, text */
    fab_table *serves;          /* of an order: what, key, period, steps, amount, unit, cost_usd, gain_usd, objective_usd, bound_usd: limits that serve the step when they alone are moved so far, the cheapest first */
    struct fab_values *priced;  /* limits of the subject, or of the order's chain, that have a price, by gain per dollar */
    struct fab_values *others;  /* those without, by gain */
};

/* Answers; the plan's solver and, of an order that is served, its program are changed by that: one question of a plan. FAB_REJECTED when a step cannot be proven. Cost: some warm solves for each limit of the list. */
fab_status fab_explain_question(fab_context *context, const struct fab_question *question, const struct fab_explain_asked *asked, struct fab_explained **explained);

/* The same of coefficients: `other` is the plan of the changed model, `line` says what was changed and by how much. */
fab_status fab_explain_change(fab_context *context, const struct fab_question *question, const fab_plan *other, const struct fab_value_line *line, struct fab_explained **explained);

void fab_explained_free(struct fab_explained *explained);

/* values: what, key, period, step, unit, gain_usd, usd_per_unit, cost_usd (of the step: price of the tool, the dollars; NULL: it has no price here), gain_per_usd, holds_to, at_most_usd, tested, tie, objective_usd,
 * bound_usd; by gain per dollar, then what has no price by gain. NULL when memory is short. */
fab_table *fab_explained_values(const struct fab_explained *explained);

#endif
