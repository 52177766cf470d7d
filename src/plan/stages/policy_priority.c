/* Policy `priority`: customers by rank, 1 first. SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "served.h"
#include "try.h"

#include <math.h>
#include <stdio.h>

/* The next rank behind one among customers with orders; INFINITY behind the last. */
static double next_rank(const struct fab_run *run, double behind)
{
    const fab_model *model = run->program->terms->model;
    double next = (double)INFINITY;
    for (int c = 0; c < model->customer_count; c++)
        if (model->customer[c].priority > behind && fab_served_has_orders(run->program, c))
            next = fmin(next, model->customer[c].priority);
    return next;
}

static bool is_of(const struct fab_run *run, int customer, double rank)
{
    return run->program->terms->model->customer[customer].priority == rank && fab_served_has_orders(run->program, customer);
}

static fab_status solve_rank(struct fab_run *run, double rank)
{
    fab_status status = FAB_OK;
    const fab_model *model = run->program->terms->model;
    struct fab_stage stage = {.unit = "USD", .keep = FAB_KEEP_VALUE, .kept = {.kind = FAB_KEPT_SERVED}, .within = run->asked.within};
    char names[FAB_DETAIL_SIZE] = "";
    size_t length = 0;
    fab_run_clear(run);
    TRY_MEMORY(run->context, stage.kept.customer = fab_arena_take(run->program->lp->arena, (size_t)model->customer_count, sizeof *stage.kept.customer));
    for (int c = 0; c < model->customer_count; c++) {
        if (!is_of(run, c, rank))
            continue;
        stage.whole += fab_served_whole(run->program, c);
        fab_served_weigh(run->program, c, run->objective);
        stage.kept.customer[stage.kept.customer_count++] = c;
        if (length < sizeof names)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "", model->customer[c].customer);
    }
    if (stage.whole <= 0)
        return FAB_OK; /* nothing to maximise, and the ranks before are kept against it */
    TRY_MEMORY(run->context, stage.name = fab_run_text(run, "priority %g", rank));
    TRY_MEMORY(run->context, stage.objective = fab_run_text(run, "value served: %s", names));
    TRY(fab_run_solve(run, &stage, 0));
out:
    return status;
}

fab_status fab_run_ranks(struct fab_run *run)
{
    fab_status status = FAB_OK;
    double rank = next_rank(run, -(double)INFINITY);
    for (; isfinite(next_rank(run, rank)) && !run->ended; rank = next_rank(run, rank))
        TRY(solve_rank(run, rank));
out:
    return status;
}
