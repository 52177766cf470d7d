/* Policy `entitlement`: nobody below what its part of everything would give it alone. SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "alone.h"
#include "rounds.h"
#include "served.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Sums of shares may be this much above 1: they are decimals. */
#define ROUNDING 1e-9
/* A value below this share of what is wanted is 0. */
#define NOTHING 1e-9

/* ---- what a customer would do alone ---- */

/* The most of run->objective on the customer's own solver; NULL in *found when the time is over. */
static fab_status solve(struct fab_run *run, fab_solver *solver, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    run->ended = fab_run_is_late(run);
    if (run->ended)
        return FAB_OK;
    TRY(fab_solver_set_objective(run->context, solver, run->objective, 0));
    TRY(fab_solver_solve(run->context, solver, run->options, found));
    if ((*found)->outcome == FAB_OPTIMAL)
        return FAB_OK;
    run->ended = true;
    run->answer->outcome = (*found)->outcome;
    fab_lp_solution_free(*found);
    *found = NULL;
out:
    return status;
}

/* Of the sizes that are added up for a value: what rounding makes of it, in the sum and in the solver. */
#define SUMMED 1e-12

static double value_of(const struct fab_run *run, const double *x)
{
    double value = 0;
    for (int j = 0; j < run->program->lp->column_count; j++)
        value += run->objective[j] * x[j];
    return value;
}

static double size_of(const struct fab_run *run, const double *x)
{
    double size = 0;
    for (int j = 0; j < run->program->lp->column_count; j++)
        size += fabs(run->objective[j] * x[j]);
    return size;
}

/* Its own money stays as good as it was at x. The sum has terms of both signs: to the last bit it could not be reached again. */
static fab_status keep_money(struct fab_run *run, fab_solver *solver, const double *x)
{
    double money = value_of(run, x), lost = run->asked.within * fabs(money) + SUMMED * size_of(run, x);
    const struct fab_lp_row row = {.name = "money", .lower = money - lost, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    return fab_run_add_row(run, solver, &row, FAB_NONE, 0, NULL);
}

static fab_status solve_alone(struct fab_run *run, fab_solver *solver, int customer, struct fab_stage_result *result)
{
    fab_status status = FAB_OK;
    fab_lp_solution *money = NULL, *served = NULL;
    fab_lp_certificate certificate;
    fab_alone_weigh(run);
    TRY(solve(run, solver, &money));
    if (!money)
        goto out;
    TRY(keep_money(run, solver, money->x));
    fab_run_clear(run);
    fab_served_weigh(run->program, customer, run->objective);
    TRY(solve(run, solver, &served));
    if (!served)
        goto out;
    TRY(fab_lp_check(run->context, fab_solver_program(solver), served->x, served->multiplier, &certificate));
    result->done = true;
    result->value = value_of(run, served->x);
    result->bound = certificate.bound;
    result->gap = certificate.gap;
out:
    fab_lp_solution_free(money);
    fab_lp_solution_free(served);
    return status;
}

/* What the customer would be served with its part, as a stage of its own. */
static fab_status find_alone(struct fab_run *run, const struct fab_leads *leads, int customer, double *value)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    const char *name = run->program->terms->model->customer[customer].customer, *own = NULL;
    struct fab_stage stage = {.unit = "USD"};
    struct fab_stage_result *result = NULL;
    TRY_MEMORY(run->context, stage.name = fab_run_text(run, "alone %s", name));
    TRY_MEMORY(run->context, stage.objective = fab_run_text(run, "value served of %s with its part alone", name));
    TRY_MEMORY(run->context, own = fab_alone_own(run, leads, customer));
    TRY_MEMORY(run->context, result = fab_run_result(run, &stage));
    if (*own)
        fab_say(run->context, FAB_LEVEL_NOTE, "entitlement: only for %s, and counted in full for it: %s", name, own);
    TRY(fab_solver_open(run->context, run->program->lp, &solver));
    TRY(fab_alone_set(run, solver, leads, customer));
    TRY(solve_alone(run, solver, customer, result));
    result->limit = !result->done;
    *value = result->value <= NOTHING * fab_served_whole(run->program, customer) ? 0 : result->value;
out:
    fab_solver_close(solver);
    return status;
}

/* ---- what is kept ---- */

static fab_status check_shares(struct fab_run *run)
{
    const fab_model *model = run->program->terms->model;
    double sum = 0;
    for (int c = 0; c < model->customer_count; c++)
        sum += model->customer[c].entitlement;
    if (sum > 1 + ROUNDING)
        return fab_fail(run->context, FAB_INPUT, "customer: entitlements sum to %.9g, at most 1 of everything can be given away: lower some of them", sum);
    if (!run->program->terms->budget_usd)
        fab_say(run->context, FAB_LEVEL_NOTE, "entitlement: without capex_budget every customer may buy what it likes");
    return FAB_OK;
}

/* The plan of policy `profit` keeps what the promises stage reached. */
static bool profit_keeps_promises(struct fab_run *run)
{
    const fab_program *program = run->program;
    fab_run_clear(run);
    double whole = fab_promises_weigh(program, run->objective), value = value_of(run, run->answer->profit.x);
    for (int k = 0; k < program->kept_count; k++)
        if (program->kept[k].kind == FAB_KEPT_PROMISES && value < program->kept[k].least - NOTHING * whole)
            return false;
    return true;
}

/* The plan of policy `profit` gives everybody what is due, promises too: nothing is left to be found. */
static bool profit_gives_all(const struct fab_rounds *rounds)
{
    if (!profit_keeps_promises(rounds->run))
        return false;
    for (int p = 0; p < rounds->count; p++)
        if (fab_served_at(rounds->run->program, rounds->part[p].customer, rounds->run->answer->profit.x) < rounds->part[p].base)
            return false;
    return true;
}

static fab_status keep_all(struct fab_rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    for (int p = 0; p < rounds->count; p++) {
        struct fab_sharer *part = &rounds->part[p];
        const struct fab_kept kept = {.kind = FAB_KEPT_SERVED, .stage = run->answer->result[part->stage].name, .customer = &part->customer, .customer_count = 1, .least = part->base};
        fab_run_clear(run);
        fab_served_weigh(run->program, part->customer, run->objective);
        TRY(fab_run_keep(run, &kept));
        run->answer->result[part->stage].within = run->asked.within;
    }
out:
    return status;
}

static fab_status run_rounds(struct fab_rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    for (int p = 0; p < rounds->count; p++)
        rounds->part[p].stage = FAB_NONE;
    TRY(fab_rounds_run(rounds));
    if (!run->ended && run->answer->result[run->answer->result_count - rounds->rounds].value < rounds->sum * (1 - ROUNDING))
        fab_say(run->context, FAB_LEVEL_NOTE, "entitlement: not everybody can have what its part would give it alone, with the promises and what the policy may cost; the shares of it are as equal as can be");
out:
    return status;
}

fab_status fab_run_entitlement(struct fab_run *run)
{
    fab_status status = FAB_OK;
    const fab_model *model = run->program->terms->model;
    struct fab_leads leads;
    struct fab_rounds rounds = {.run = run, .name = "entitlement", .objective = "least share of what each could have alone x all of it", .cap = 1, .most = 1};
    TRY(check_shares(run));
    TRY_MEMORY(run->context, rounds.part = calloc((size_t)model->customer_count + 1, sizeof *rounds.part));
    TRY_MEMORY(run->context, fab_leads_find(run->program->terms, run->program->lp->arena, &leads));
    for (int c = 0; c < model->customer_count && !run->ended; c++) {
        double value = 0;
        if (fab_served_whole(run->program, c) <= 0)
            continue;
        TRY(find_alone(run, &leads, c, &value));
        if (value > 0)
            rounds.part[rounds.count++] = (struct fab_sharer){.customer = c, .base = value * (1 - run->asked.within), .stage = run->answer->result_count - 1};
        rounds.sum += value * (1 - run->asked.within);
    }
    if (!run->ended)
        TRY(profit_gives_all(&rounds) ? keep_all(&rounds) : run_rounds(&rounds));
out:
    free(rounds.part);
    return status;
}
