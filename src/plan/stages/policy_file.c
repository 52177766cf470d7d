/* Stages of a list of the user's, and least capital: values that are found and kept one after the other. SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "kept.h"
#include "served.h"
#include "try.h"

/* All that is wanted of value, USD. */
static double whole_of_all(const struct fab_run *run)
{
    double whole = 0;
    for (int c = 0; c < run->program->terms->model->customer_count; c++)
        whole += fab_served_whole(run->program, c);
    return whole;
}

/* What a value is measured by: one below 1e-9 of it is 0. */
static double whole_of(const struct fab_run *run, const struct fab_kept *kept)
{
    double whole = 0;
    if (kept->kind >= FAB_KEPT_MOVEMENT || kept->kind == FAB_KEPT_PROFIT) /* they can be below 0, or are no money */
        return 0;
    if (kept->kind != FAB_KEPT_SERVED)
        return whole_of_all(run);
    for (int c = 0; c < kept->customer_count; c++)
        whole += fab_served_whole(run->program, kept->customer[c]);
    return whole;
}

static fab_status solve(struct fab_run *run, const struct fab_stage_asked *asked)
{
    double constant = 0;
    const struct fab_stage stage = {.name = asked->name, .objective = asked->objective, .unit = fab_kept_units[asked->kept.kind], .keep = FAB_KEEP_VALUE, .kept = asked->kept,
                                    .within = asked->within, .whole = whole_of(run, &asked->kept), .least = asked->least};
    fab_run_clear(run);
    fab_kept_weigh(run->program, &asked->kept, run->objective, &constant);
    return fab_run_solve(run, &stage, constant);
}

/* The last stage is the money stage itself where it is the profit. */
fab_status fab_run_file(struct fab_run *run)
{
    fab_status status = FAB_OK;
    for (int n = 0; n < run->asked.stage_count && !run->ended; n++)
        if (n < run->asked.stage_count - 1 || run->asked.stage[n].kept.kind != FAB_KEPT_PROFIT)
            TRY(solve(run, &run->asked.stage[n]));
out:
    return status;
}

fab_status fab_run_capital(struct fab_run *run)
{
    const struct fab_stage_asked capital = {.name = "capital", .objective = "price of all tools ordered", .kept = {.kind = FAB_KEPT_CAPITAL}, .least = true, .within = run->asked.within};
    return solve(run, &capital);
}
