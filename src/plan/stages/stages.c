/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stages.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

static fab_status run_stage(struct fab_run *run, const struct fab_stage *stage)
{
    double constant = 0;
    fab_run_clear(run);
    if (stage->run)
        return stage->run(run);
    stage->weigh(run->program, run->objective, &constant);
    return fab_run_solve(run, stage, constant);
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
