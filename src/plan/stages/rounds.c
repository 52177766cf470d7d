/* The rounds have a solver of their own: its level is no decision of the plan.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds.h"

#include "served.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A level this near to its cap is there. */
#define REACHED 1e-9

/* A multiplier above this share of the largest is one. */
#define MULTIPLIER 1e-7

/* V - share of the level >= 0, or with level FAB_NONE V >= least. */
static fab_status add_row(struct fab_rounds *rounds, const struct fab_sharer *part, double least, int level, int *row)
{
    const struct fab_lp_row limit = {.name = "share", .lower = least, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    fab_run_clear(rounds->run);
    fab_served_weigh(rounds->run->program, part->customer, rounds->run->objective);
    return fab_run_add_row(rounds->run, rounds->solver, &limit, level, -part->base / rounds->sum, row);
}

static fab_status open_rounds(struct fab_rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    char *row_status = NULL, *column_status = NULL;
    const struct fab_lp_column level = {.name = "level", .upper = rounds->most * rounds->sum, .objective = 1, .tag = FAB_NO_TAG};
    TRY(fab_solver_open(run->context, run->program->lp, &rounds->solver));
    TRY(fab_solver_take_basis(run->context, run->solver, &row_status, &column_status));
    TRY(fab_solver_give_basis(run->context, rounds->solver, row_status, column_status));
    fab_run_clear(run);
    TRY(fab_solver_set_objective(run->context, rounds->solver, run->objective, 0));
    TRY(fab_solver_add_column(run->context, rounds->solver, &level, &(struct fab_lp_terms){0, NULL, NULL}, &rounds->level));
    for (int p = 0; p < rounds->count; p++)
        TRY(add_row(rounds, &rounds->part[p], 0, rounds->level, &rounds->part[p].row));
out:
    free(row_status);
    free(column_status);
    return status;
}

static fab_status fix(struct fab_rounds *rounds, struct fab_sharer *part, double level, int stage)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    int row;
    bool whole = level >= rounds->cap * rounds->sum * (1 - REACHED);
    double value = whole ? part->base : level * part->base / rounds->sum * (1 - run->asked.within);
    part->least = value * (1 - FAB_ROUNDING);
    part->stage = stage;
    rounds->left--;
    TRY(fab_solver_set_row_limits(run->context, rounds->solver, part->row, -(double)INFINITY, (double)INFINITY));
    TRY(add_row(rounds, part, part->least, FAB_NONE, &row));
out:
    return status;
}

static double largest_multiplier(const struct fab_rounds *rounds, const fab_lp_solution *found)
{
    double largest = 0;
    for (int p = 0; p < rounds->count; p++)
        if (rounds->part[p].stage == FAB_NONE)
            largest = fmax(largest, fabs(found->multiplier[rounds->part[p].row]));
    return largest;
}

/* Fixes those whose share cannot be more; names gets theirs. */
static fab_status fix_bound(struct fab_rounds *rounds, const fab_lp_solution *found, int stage, char names[FAB_DETAIL_SIZE])
{
    fab_status status = FAB_OK;
    const fab_model *model = rounds->run->program->terms->model;
    double largest = largest_multiplier(rounds, found);
    bool at_cap = found->x[rounds->level] >= rounds->cap * rounds->sum * (1 - REACHED);
    size_t length = 0;
    for (int p = 0; p < rounds->count; p++) {
        struct fab_sharer *part = &rounds->part[p];
        bool bound = at_cap || fabs(found->multiplier[part->row]) > MULTIPLIER * largest;
        if (part->stage != FAB_NONE || !bound)
            continue;
        TRY(fix(rounds, part, found->x[rounds->level], stage));
        if (length < FAB_DETAIL_SIZE)
            length += (size_t)snprintf(names + length, FAB_DETAIL_SIZE - length, "%s%s", length ? ", " : "", model->customer[part->customer].customer);
    }
out:
    return status;
}

static fab_status take_round(struct fab_rounds *rounds, struct fab_stage_result *result, const fab_lp_solution *found)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    fab_lp_certificate certificate;
    char names[FAB_DETAIL_SIZE] = "";
    int before = rounds->left;
    TRY(fab_lp_check(run->context, fab_solver_program(rounds->solver), found->x, found->multiplier, &certificate));
    result->value = found->x[rounds->level];
    result->bound = certificate.bound;
    result->gap = certificate.gap;
    result->within = run->asked.within;
    TRY(fix_bound(rounds, found, run->answer->result_count - 1, names));
    TRY_MEMORY(run->context, result->objective = fab_run_text(run, "%s: %s", rounds->objective, names));
    if (rounds->left == before)
        TRY(fab_fail(run->context, FAB_INTERNAL, "policy %s: a round fixed nobody", rounds->name));
out:
    return status;
}

static fab_status run_round(struct fab_rounds *rounds, int number)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    fab_lp_solution *found = NULL;
    struct fab_stage stage = {.unit = "USD"};
    rounds->rounds = number;
    struct fab_stage_result *result = NULL;
    TRY_MEMORY(run->context, stage.name = fab_run_text(run, "%s %d", rounds->name, number));
    TRY_MEMORY(run->context, result = fab_run_result(run, &stage));
    result->limit = fab_run_is_late(run);
    if (!result->limit)
        TRY(fab_solver_solve(run->context, rounds->solver, run->options, &found));
    if (found) {
        run->answer->outcome = found->outcome;
        result->done = found->outcome == FAB_OPTIMAL;
        result->limit = found->outcome == FAB_LIMIT;
    }
    run->ended = !result->done;
    if (result->done)
        TRY(take_round(rounds, result, found));
out:
    fab_lp_solution_free(found);
    return status;
}

static fab_status keep_parts(struct fab_rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    for (int p = 0; p < rounds->count; p++) {
        struct fab_sharer *part = &rounds->part[p];
        const struct fab_kept kept = {.kind = FAB_KEPT_SERVED, .stage = run->answer->result[part->stage].name, .customer = &part->customer, .customer_count = 1, .least = part->least};
        fab_run_clear(run);
        fab_served_weigh(run->program, part->customer, run->objective);
        TRY(fab_run_keep(run, &kept));
    }
out:
    return status;
}

fab_status fab_rounds_run(struct fab_rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_run *run = rounds->run;
    rounds->left = rounds->count;
    if (rounds->count > 0)
        TRY(open_rounds(rounds));
    for (int number = 1; rounds->left > 0 && !run->ended; number++)
        TRY(run_round(rounds, number));
    if (!run->ended)
        TRY(keep_parts(rounds));
out:
    fab_solver_close(rounds->solver);
    rounds->solver = NULL;
    return status;
}
