/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stages.h"

#include "try.h"
#include "whole_stage.h"

#include <math.h>
#include <stdlib.h>

/* Rows of the stages before it give way, in the program and in the solver. */
static fab_status soften(struct fab_run *run)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = run->program->lp;
    double *objective;
    int first = lp->column_count;
    TRY(fab_whole_soften(run->context, run->program));
    for (int j = first; j < lp->column_count; j++) {
        const struct fab_lp_terms terms = {lp->start[j + 1] - lp->start[j], lp->row_index + lp->start[j], lp->value + lp->start[j]};
        TRY(fab_solver_add_column(run->context, run->solver, &lp->column[j], &terms, NULL));
    }
    TRY_MEMORY(run->context, objective = realloc(run->objective, ((size_t)lp->column_count + 1) * sizeof *objective));
    run->objective = objective;
    fab_run_clear(run);
out:
    return status;
}

static fab_status run_stage(struct fab_run *run, const struct fab_stage *stage)
{
    fab_status status = FAB_OK;
    double constant = 0;
    fab_run_clear(run);
    if (stage->money && run->asked.whole)
        TRY(soften(run));
    if (stage->run)
        return stage->run(run);
    stage->weigh(run->program, run->objective, &constant);
    TRY(fab_run_solve(run, stage, constant));
out:
    return status;
}

static fab_status begin(struct fab_run *run)
{
    fab_status status = FAB_OK;
    *run->answer = (struct fab_stages_answer){.outcome = FAB_LIMIT, .complete = true, .least = (double)NAN};
    TRY_MEMORY(run->context, run->objective = calloc((size_t)run->program->lp->column_count + 1, sizeof *run->objective));
    TRY_MEMORY(run->context, run->answer->result = fab_arena_take(run->program->lp->arena, (size_t)fab_stages_most(run->program->terms), sizeof *run->answer->result));
out:
    return status;
}

fab_status fab_stages_run(fab_context *context, fab_program *program, const struct fab_stage_list *list, const struct fab_stages_asked *asked,
                          fab_solver *solver, const fab_solver_options *options, struct fab_stages_answer *answer)
{
    fab_status status = FAB_OK;
    struct fab_run run = {context, program, asked ? *asked : (struct fab_stages_asked){0}, solver, options, answer, NULL, NULL, false};
    TRY(begin(&run));
    for (int n = 0; n < list->count && !run.ended; n++)
        TRY(run_stage(&run, list->stage[n]));
    answer->complete = !run.ended;
    if (!answer->solution && answer->outcome == FAB_OPTIMAL)
        answer->outcome = FAB_LIMIT; /* a stage before the money stage was done, the money stage was not */
out:
    free(run.objective);
    fab_solver_close(run.calm);
    if (status != FAB_OK) {
        fab_lp_solution_free(answer->solution);
        answer->solution = NULL;
    }
    return status;
}
