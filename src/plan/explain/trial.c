/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include "try.h"
#include "widen.h"

#include <math.h>

/* Steps 0: back to the limits of the program. */
static fab_status shift(const struct fab_trial *trial, const struct fab_candidate *candidate, double steps)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = trial->plan->program->lp;
    fab_solver *solver = trial->plan->solver;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &trial->moves->move[m];
        const fab_lp *now = fab_solver_program(solver);
        double delta = steps * move->delta;
        if (move->is_lower)
            TRY(fab_solver_set_row_limits(trial->context, solver, move->place, steps > 0 ? now->row[move->place].lower + delta : lp->row[move->place].lower, lp->row[move->place].upper));
        else if (move->is_column)
            TRY(fab_solver_set_column_limits(trial->context, solver, move->place, lp->column[move->place].lower,
                                             steps > 0 ? now->column[move->place].upper + delta : lp->column[move->place].upper));
        else
            TRY(fab_solver_set_row_limits(trial->context, solver, move->place, lp->row[move->place].lower,
                                          steps > 0 ? now->row[move->place].upper + delta : lp->row[move->place].upper));
    }
out:
    return status;
}

fab_status fab_trial_solve(struct fab_trial *trial, const int *candidate, int count, double steps, struct fab_tried *tried)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = trial->plan;
    *tried = (struct fab_tried){.gain_usd = (double)NAN};
    TRY(fab_solver_give_basis(trial->context, plan->solver, plan->solution->row_status, plan->solution->column_status));
    for (int n = 0; n < count; n++)
        TRY(shift(trial, &trial->moves->candidate[candidate[n]], steps));
    TRY(fab_widen_solve(trial->context, plan->program, plan->solver, trial->options, &tried->solution));
    trial->pivots += tried->solution->iterations;
    if (tried->solution->outcome == FAB_OPTIMAL)
        TRY(fab_lp_check(trial->context, fab_solver_program(plan->solver), tried->solution->x, tried->solution->multiplier, &tried->certificate));
    if (tried->certificate.verified) {
        tried->gain_usd = tried->certificate.objective - plan->certificate.objective;
        if (fabs(tried->gain_usd) <= FAB_SMALLEST_GAIN * fabs(plan->certificate.objective))
            tried->gain_usd = 0;
    } else {
        fab_lp_solution_free(tried->solution);
        tried->solution = NULL;
    }
    for (int n = 0; n < count; n++)
        TRY(shift(trial, &trial->moves->candidate[candidate[n]], 0));
out:
    return status;
}

fab_status fab_trial_holds(struct fab_trial *trial, const int *candidate, int count, double gain_usd, double *steps)
{
    fab_status status = FAB_OK;
    struct fab_tried tried = {0};
    bool holds = true;
    for (*steps = 1; holds && 2 * *steps <= FAB_MOST_STEPS;) {
        TRY(fab_trial_solve(trial, candidate, count, 2 * *steps, &tried));
        holds = fabs(tried.gain_usd / (2 * *steps) - gain_usd) <= FAB_HOLDS * fabs(gain_usd);
        *steps *= holds ? 2 : 1;
        fab_lp_solution_free(tried.solution);
    }
out:
    return status;
}

double fab_trial_worth(const struct fab_trial *trial, const struct fab_candidate *candidate, const fab_lp_solution *solution)
{
    double usd = 0;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &trial->moves->move[m];
        usd += move->delta * (move->is_column ? fmax(0, solution->reduced_cost[move->place]) : solution->multiplier[move->place]);
    }
    return usd;
}
