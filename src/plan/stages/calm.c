/* The calm stage: a plan whose starts move least from period to period, for at most a share of the objective.
 *
 * It has a solver of its own, for its changes are no decisions of the plan: for each source of an own line and each period of the horizon behind the first,
 * R_t - R_{t-1} = rise - fall, with R the weekly rate of starts, and the profit as a row. The ties that follow run on the same solver, inside what calm keeps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "calm.h"
#include "try.h"
#include "weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A change that may be. */
struct change {
    int source, t; /* from t - 1 to t */
    int row, rise, fall;
};

/* Of a period; FAB_NONE: nothing can start. */
static int start_of(const struct fab_run *run, int source, int t)
{
    return fab_program_at(run->program, FAB_X, source, t);
}

static double rate_per_start(const struct fab_run *run, int t)
{
    return FAB_DAYS_PER_WEEK / run->program->terms->period[t].days;
}

static double most_rate(const struct fab_run *run, int source, int t)
{
    int column = start_of(run, source, t);
    return column == FAB_NONE ? 0 : run->program->lp->column[column].upper * rate_per_start(run, t);
}

/* A row R_t - R_{t-1} = rise - fall. Rates are not negative: a rise is at most the new one, a fall at most the old one. */
static fab_status add_change(struct fab_run *run, struct change *change)
{
    fab_status status = FAB_OK;
    int source = change->source, t = change->t, place[2], count = 0, x;
    double value[2];
    const struct fab_lp_row row = {.name = "change", .tag = FAB_NO_TAG};
    const struct fab_lp_column rise = {.name = "rise", .upper = most_rate(run, source, t), .tag = FAB_NO_TAG};
    const struct fab_lp_column fall = {.name = "fall", .upper = most_rate(run, source, t - 1), .tag = FAB_NO_TAG};
    for (int side = 0; side < 2; side++)
        if ((x = start_of(run, source, t - side)) != FAB_NONE) {
            place[count] = x;
            value[count++] = (side ? -1 : 1) * rate_per_start(run, t - side);
        }
    TRY(fab_solver_add_row(run->context, run->solver, &row, &(struct fab_lp_terms){count, place, value}, &change->row));
    TRY(fab_solver_add_column(run->context, run->solver, &rise, &(struct fab_lp_terms){1, &change->row, &(double){-1}}, &change->rise));
    TRY(fab_solver_add_column(run->context, run->solver, &fall, &(struct fab_lp_terms){1, &change->row, &(double){1}}, &change->fall));
out:
    return status;
}

static fab_status add_changes(struct fab_run *run, struct change *changes, int *count)
{
    fab_status status = FAB_OK;
    const fab_terms *terms = run->program->terms;
    for (int s = 0; s < terms->model->source_count; s++) {
        if (strcmp(terms->model->line[terms->model->source[s].line].kind, "external") == 0)
            continue;
        for (int t = 1; t < terms->horizon_periods; t++) {
            if (start_of(run, s, t) == FAB_NONE && start_of(run, s, t - 1) == FAB_NONE)
                continue;
            changes[*count] = (struct change){.source = s, .t = t};
            TRY(add_change(run, &changes[(*count)++]));
        }
    }
out:
    return status;
}

/* The money stage's basis, with the rise or the fall that its point has in each row of a change. */
static fab_status give_basis(struct fab_run *run, const fab_solver *money, const struct change *changes, int count)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(run->solver);
    size_t rows = (size_t)lp->row_count, columns = (size_t)lp->column_count;
    const double *x = run->answer->solution->x;
    char *row_status = NULL, *column_status = NULL, *row = NULL, *column = NULL;
    TRY(fab_solver_take_basis(run->context, money, &row_status, &column_status));
    if (!row_status || !column_status)
        goto out;
    TRY_MEMORY(run->context, row = calloc(rows + 1, 1));
    TRY_MEMORY(run->context, column = calloc(columns + 1, 1));
    memset(row, 'b', rows);
    memset(column, 'l', columns);
    memcpy(row, row_status, strlen(row_status));
    memcpy(column, column_status, strlen(column_status));
    for (int c = 0; c < count; c++) {
        int now = start_of(run, changes[c].source, changes[c].t), before = start_of(run, changes[c].source, changes[c].t - 1);
        double rate = now == FAB_NONE ? 0 : x[now] * rate_per_start(run, changes[c].t);
        bool falls = before != FAB_NONE && rate < x[before] * rate_per_start(run, changes[c].t - 1);
        row[changes[c].row] = 's';
        column[falls ? changes[c].fall : changes[c].rise] = 'b';
    }
    TRY(fab_solver_give_basis(run->context, run->solver, row, column));
out:
    free(row_status);
    free(column_status);
    free(row);
    free(column);
    return status;
}

/* run->objective as a row of the solver: at least this. */
static fab_status add_least(struct fab_run *run, const char *name, double least, int *index)
{
    const struct fab_lp_row row = {.name = name, .lower = least, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    return fab_run_add_row(run, run->solver, &row, FAB_NONE, 0, index);
}

/* The profit, less what may be given up. */
static fab_status keep_profit(struct fab_run *run, double least, int *index)
{
    double constant = 0;
    fab_run_clear(run);
    fab_weigh_money(run->program, run->objective, &constant);
    return add_least(run, "profit", least - constant, index);
}

/* The changes, the profit and the money stage's basis on a solver of their own; run->objective weighs the changes. */
static fab_status fill_calm(struct fab_run *run, const fab_solver *money, double least, struct change *changes, int *index)
{
    fab_status status = FAB_OK;
    int count = 0;
    double *objective;
    TRY(add_changes(run, changes, &count));
    TRY_MEMORY(run->context, objective = realloc(run->objective, ((size_t)fab_solver_program(run->solver)->column_count + 1) * sizeof *objective));
    run->objective = objective;
    TRY(keep_profit(run, least, index));
    TRY(give_basis(run, money, changes, count));
    fab_run_clear(run);
    for (int c = 0; c < count; c++)
        run->objective[changes[c].rise] = run->objective[changes[c].fall] = -1;
out:
    return status;
}

fab_status fab_calm_open(struct fab_run *run, double least, int *index)
{
    fab_status status = FAB_OK;
    const fab_solver *money = run->solver;
    const fab_terms *terms = run->program->terms;
    struct change *changes = NULL;
    TRY_MEMORY(run->context, changes = calloc((size_t)terms->model->source_count * (size_t)terms->period_count + 1, sizeof *changes));
    TRY(fab_solver_open(run->context, run->program->lp, &run->calm));
    run->solver = run->calm;
    TRY(fill_calm(run, money, least, changes, index));
out:
    free(changes);
    return status;
}

fab_status fab_run_calm(struct fab_run *run)
{
    static const struct fab_stage stage = {.name = "calm", .objective = "movement", .unit = "starts a week", .keep = FAB_KEEP_NOTHING, .least = true};
    fab_status status = FAB_OK;
    struct fab_stages_answer *answer = run->answer;
    answer->least = answer->money.objective - run->asked.calm * fabs(answer->money.objective);
    TRY(fab_calm_open(run, answer->least, NULL));
    TRY(fab_run_solve(run, &stage, 0));
    struct fab_stage_result *result = &answer->result[answer->result_count - 1];
    result->within = run->asked.calm;
    if (result->done)
        TRY(add_least(run, "calm", -result->value - FAB_LP_GAP * fmax(1, result->value), NULL));
out:
    return status;
}
