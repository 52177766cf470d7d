/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "whole_stage.h"

#include "clock.h"
#include "tree.h"
#include "try.h"
#include "whole_columns.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- kept rows that give way ---- */

/* What is missing of a kept value at most: its row at the worst corner of the columns' limits. */
static double most_missing(const fab_program *program, const struct fab_kept *kept)
{
    const fab_lp *lp = program->lp;
    double least = 0;
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (lp->row_index[k] == kept->row)
                least += fmin(lp->value[k] * lp->column[j].lower, lp->value[k] * lp->column[j].upper);
    return fmax(0, kept->least - least);
}

fab_status fab_whole_soften(fab_context *context, fab_program *program)
{
    fab_status status = FAB_OK;
    for (int k = 0; k < program->kept_count; k++) {
        if (strcmp(program->kept[k].stage, "fill") == 0)
            continue; /* a fill was asked for: it holds */
        int column = fab_program_add_column(program, fab_tag_of(FAB_UNDER, k, FAB_NONE), most_missing(program, &program->kept[k]));
        TRY_MEMORY(context, column != FAB_NONE && fab_program_put(program, program->kept[k].row, column, 1) &&
                                fab_program_pay(program, column, FAB_MONEY_POLICY, -program->terms->model->commitment_factor));
        TRY(fab_lp_seal(context, program->lp));
    }
out:
    return status;
}

/* ---- the search ---- */

static fab_status search(fab_context *context, const struct fab_whole_job *job, const struct fab_whole_columns *list, const fab_lp_solution *root, struct fab_tree_answer *answer)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    const struct fab_tree_asked asked = {.chain = list->chain, .chain_count = list->chain_count, .column = list->column, .when = list->when, .column_count = list->count,
                                         .gap = job->gap, .options = job->options};
    TRY(fab_solver_open(context, fab_solver_program(job->solver), &solver));
    TRY(fab_tree_search(context, solver, &asked, root, answer));
    fab_say(context, FAB_LEVEL_DETAIL, "whole numbers: %ld trials, %ld nodes, best %.17g, at most %.17g", answer->trials, answer->nodes, answer->objective, answer->bound);
out:
    fab_solver_close(solver);
    return status;
}

/* Rows behind those of the program were the tree's. */
static fab_status give_basis(fab_context *context, const struct fab_whole_job *job, struct fab_tree_answer *answer)
{
    const fab_lp *lp = fab_solver_program(job->solver);
    answer->row_status[lp->row_count] = '\0';
    answer->column_status[lp->column_count] = '\0';
    return fab_solver_give_basis(context, job->solver, answer->row_status, answer->column_status);
}

/* The rest with the whole numbers fixed, from where the tree solved it; that takes no time that counts. */
static fab_status solve_fixed(fab_context *context, const struct fab_whole_job *job, const struct fab_whole_columns *list, struct fab_tree_answer *answer, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = job->program->lp;
    double *x = calloc((size_t)lp->column_count + 1, sizeof *x);
    TRY_MEMORY(context, x);
    for (int p = 0; p < list->count; p++)
        x[list->column[p]] = answer->value[p];
    if (!fab_whole_columns_fix(job->program, list, x))
        TRY(fab_fail(context, FAB_INTERNAL, "whole numbers: the best point is outside of its limits"));
    for (int p = 0; p < list->count; p++)
        TRY(fab_solver_set_column_limits(context, job->solver, list->column[p], answer->value[p], answer->value[p]));
    TRY(give_basis(context, job, answer));
    fab_lp_solution_free(*found);
    *found = NULL;
    TRY(fab_widen_solve(context, job->program, job->solver, NULL, found));
out:
    free(x);
    return status;
}

static void drop_point(fab_lp_solution **found, bool proven)
{
    fab_lp_solution *none = calloc(1, sizeof *none);
    if (none)
        none->outcome = proven ? FAB_INFEASIBLE : FAB_LIMIT;
    fab_lp_solution_free(*found);
    *found = none;
}

fab_status fab_whole_run(fab_context *context, const struct fab_whole_job *job, fab_lp_solution **found, struct fab_whole_proof *proof)
{
    fab_status status = FAB_OK;
    struct fab_whole_columns list = {0};
    struct fab_tree_answer answer = {0};
    TRY(fab_whole_columns_find(context, job->program, &list));
    TRY(search(context, job, &list, *found, &answer));
    *proof = (struct fab_whole_proof){.asked = true, .finished = answer.finished, .interrupted = answer.interrupted, .bound = answer.bound};
    if (answer.value) {
        TRY(solve_fixed(context, job, &list, &answer, found));
    } else {
        drop_point(found, answer.finished);
        TRY_MEMORY(context, *found);
    }
out:
    free(answer.value);
    free(answer.row_status);
    free(answer.column_status);
    fab_whole_columns_fini(&list);
    return status;
}

/* A copy of the limits of all columns; the caller frees it. NULL when memory is short. */
static struct fab_lp_column *keep_limits(const fab_lp *lp)
{
    struct fab_lp_column *kept = malloc(((size_t)lp->column_count + 1) * sizeof *kept);
    if (kept)
        memcpy(kept, lp->column, (size_t)lp->column_count * sizeof *kept);
    return kept;
}

fab_status fab_whole_try(fab_context *context, const struct fab_whole_job *job, fab_lp_solution **found, struct fab_whole_proof *proof)
{
    fab_status status = FAB_OK;
    struct fab_whole_columns list = {0};
    struct fab_lp_column *column = job->program->lp->column, *kept = NULL;
    fab_solver_options options = job->options ? *job->options : (fab_solver_options){0};
    const struct fab_whole_job half = {job->program, job->solver, &options, job->gap};
    double now = fab_clock();
    options.deadline = options.deadline > 0 ? now + (options.deadline - now) / 2 : 0;
    TRY(fab_whole_columns_find(context, job->program, &list));
    TRY_MEMORY(context, kept = keep_limits(job->program->lp));
    TRY(fab_whole_run(context, &half, found, proof));
    for (int p = 0; p < list.count; p++) {
        int j = list.column[p];
        column[j].lower = kept[j].lower;
        column[j].upper = kept[j].upper;
        TRY(fab_solver_set_column_limits(context, job->solver, j, kept[j].lower, kept[j].upper));
    }
out:
    free(kept);
    fab_whole_columns_fini(&list);
    return status;
}

double fab_whole_gap(double bound, double objective)
{
    return (bound - objective) / fmax(1, fabs(objective));
}
