/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "values.h"

#include "array.h"
#include "clock.h"
#include "interruption.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tested gain below this share of its bound is a tie. */
#define TIE 0.5
/* Money below this share of the objective is nothing. */
#define SMALLEST_GAIN 1e-12

/* Pivots that the tests may take at least: of a small program they cost nothing. */
enum { PIVOTS_AT_LEAST = 1000 };

enum { MOST_TIED = 3, TIE_TEXT_SIZE = 512 };

struct test {
    fab_context *context;
    const fab_plan *plan;
    const fab_solver_options *options;
    struct fab_values *values;
    int capacity;
};

void fab_values_free(struct fab_values *values)
{
    if (!values)
        return;
    fab_moves_free(values->moves);
    free(values->line);
    free(values);
}

/* ---- one solve ---- */

static fab_status shift(const struct test *test, const struct fab_candidate *candidate, double sign)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = test->plan->program->lp;
    fab_solver *solver = test->plan->solver;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &test->values->moves->move[m];
        const fab_lp *now = fab_solver_program(solver);
        if (move->is_column)
            TRY(fab_solver_set_column_limits(test->context, solver, move->place, lp->column[move->place].lower,
                                             sign > 0 ? now->column[move->place].upper + move->delta : lp->column[move->place].upper));
        else
            TRY(fab_solver_set_row_limits(test->context, solver, move->place, lp->row[move->place].lower,
                                          sign > 0 ? now->row[move->place].upper + move->delta : lp->row[move->place].upper));
    }
out:
    return status;
}

/* Optimum with the candidates moved, from the basis of the plan. *solved is NULL when there is no proven one. The solver's limits are as before. */
static fab_status solve_moved(const struct test *test, const int *moved, int count, fab_lp_solution **solved, double *gain_usd)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate = {0};
    const fab_plan *plan = test->plan;
    *solved = NULL;
    TRY(fab_solver_give_basis(test->context, plan->solver, plan->solution->row_status, plan->solution->column_status));
    for (int n = 0; n < count; n++)
        TRY(shift(test, &test->values->moves->candidate[moved[n]], 1));
    TRY(fab_widen_solve(test->context, plan->program, plan->solver, test->options, solved));
    test->values->pivots += (*solved)->iterations;
    if ((*solved)->outcome == FAB_OPTIMAL)
        TRY(fab_lp_check(test->context, fab_solver_program(plan->solver), (*solved)->x, (*solved)->multiplier, &certificate));
    if (!certificate.verified) {
        fab_lp_solution_free(*solved);
        *solved = NULL;
    }
    *gain_usd = certificate.objective - plan->certificate.objective;
    if (fabs(*gain_usd) <= SMALLEST_GAIN * fabs(plan->certificate.objective))
        *gain_usd = 0;
    for (int n = 0; n < count; n++)
        TRY(shift(test, &test->values->moves->candidate[moved[n]], -1));
out:
    return status;
}

/* ---- ties ---- */

/* Worth of a candidate's step by the multipliers of another optimum. */
static double worth(const struct test *test, const struct fab_candidate *candidate, const fab_lp_solution *solution)
{
    double usd = 0;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &test->values->moves->move[m];
        usd += move->delta * (move->is_column ? fmax(0, solution->reduced_cost[move->place]) : solution->multiplier[move->place]);
    }
    return usd;
}

/* The limit that was worth nothing and is worth most in the new optimum, of the same kind if there is one; -1: none. */
static int find_tied(const struct test *test, const int *moved, int count, const fab_lp_solution *solution)
{
    const struct fab_moves *moves = test->values->moves;
    double smallest = SMALLEST_GAIN * fmax(1, fabs(test->plan->certificate.objective)), best = smallest;
    int found = -1;
    for (int c = 0; c < moves->count; c++) {
        const struct fab_candidate *candidate = &moves->candidate[c];
        bool known = false;
        for (int n = 0; n < count; n++)
            known = known || c == moved[n];
        if (known || fabs(candidate->at_most_usd) > smallest || strcmp(candidate->what, moves->candidate[moved[0]].what) != 0)
            continue;
        double usd = worth(test, candidate, solution);
        if (usd > best) {
            best = usd;
            found = c;
        }
    }
    return found;
}

/* Moves limits along until the gain is a gain; texts of those that were moved. */
static fab_status test_tie(const struct test *test, struct fab_value_line *line, int candidate, fab_lp_solution **solved)
{
    fab_status status = FAB_OK;
    int moved[1 + MOST_TIED] = {candidate}, count = 1;
    char text[TIE_TEXT_SIZE] = "";
    double gain = line->gain_usd;
    while (*solved && count <= MOST_TIED && gain < TIE * line->candidate.at_most_usd) {
        const struct fab_candidate *along;
        int tied = find_tied(test, moved, count, *solved);
        if (tied < 0)
            break;
        along = &test->values->moves->candidate[tied];
        moved[count++] = tied;
        fab_lp_solution_free(*solved);
        TRY(solve_moved(test, moved, count, solved, &gain));
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s %s", length ? ", " : "", along->key, test->plan->terms->period[along->period].name);
    }
    if (*solved && *text && gain > line->gain_usd) {
        line->gain_usd = gain;
        TRY_MEMORY(test->context, line->tie = fab_arena_dup(test->values->moves->arena, text));
    }
out:
    return status;
}

/* ---- the list ---- */

static fab_status add_line(struct test *test, const struct fab_value_line *line)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(test->context, FAB_ARRAY_ROOM(&test->values->line, test->values->count, &test->capacity));
    test->values->line[test->values->count++] = *line;
out:
    return status;
}

static fab_status test_candidate(struct test *test, int candidate)
{
    fab_status status = FAB_OK;
    fab_lp_solution *solved = NULL;
    struct fab_value_line line = {.candidate = test->values->moves->candidate[candidate], .gain_usd = (double)NAN};
    TRY(solve_moved(test, &candidate, 1, &solved, &line.gain_usd));
    line.tested = solved != NULL;
    if (!line.tested) {
        line.gain_usd = (double)NAN;
        line.untested = "no proof with it moved";
    }
    TRY(test_tie(test, &line, candidate, &solved));
    TRY(add_line(test, &line));
out:
    fab_lp_solution_free(solved);
    return status;
}

/* Gains found so far that no candidate from `bound` on can beat. */
static int count_above(const struct fab_values *values, double bound)
{
    int count = 0;
    for (int n = 0; n < values->count; n++)
        count += values->line[n].tested && values->line[n].gain_usd >= bound;
    return count;
}

static double size_of(const struct fab_value_line *line)
{
    return line->tested ? line->gain_usd : line->candidate.at_most_usd;
}

static int compare_lines(const void *left, const void *right)
{
    const struct fab_value_line *a = left, *b = right;
    if (a->tested != b->tested)
        return a->tested ? -1 : 1;
    if (size_of(a) != size_of(b))
        return size_of(a) > size_of(b) ? -1 : 1;
    int what = strcmp(a->candidate.what, b->candidate.what), key = strcmp(a->candidate.key, b->candidate.key);
    return what ? what : key ? key : a->candidate.period - b->candidate.period;
}

/* What the work did not reach is listed with its bound, up to as many as were wanted. */
static fab_status add_untested(struct test *test, int next, int wanted, const char *why)
{
    fab_status status = FAB_OK;
    const struct fab_moves *moves = test->values->moves;
    for (; next < moves->count && moves->candidate[next].at_most_usd > 0 && test->values->count < wanted; next++)
        TRY(add_line(test, &(struct fab_value_line){.candidate = moves->candidate[next], .gain_usd = (double)NAN, .untested = why}));
out:
    return status;
}

static bool time_is_up(const struct test *test)
{
    return test->options && test->options->deadline > 0 && fab_clock() >= test->options->deadline;
}

/* Why a candidate is not tested any more, NULL: it is. */
static const char *find_end(const struct test *test, const struct fab_candidate *candidate, int wanted)
{
    long most_pivots = test->plan->solution->iterations > PIVOTS_AT_LEAST ? test->plan->solution->iterations : PIVOTS_AT_LEAST;
    if (!(candidate->at_most_usd > SMALLEST_GAIN * fmax(1, fabs(test->plan->certificate.objective))))
        return "worth next to nothing";
    if (count_above(test->values, candidate->at_most_usd) >= wanted)
        return "below those that are tested";
    if (test->values->pivots >= most_pivots)
        return "limit of work reached";
    return time_is_up(test) ? "limit of time reached" : NULL;
}

static fab_status test_all(struct test *test, int wanted)
{
    fab_status status = FAB_OK;
    const char *end = NULL;
    const struct fab_moves *moves = test->values->moves;
    int next = 0;
    while (!end && next < moves->count && !(end = find_end(test, &moves->candidate[next], wanted))) {
        status = test_candidate(test, next);
        if (status == FAB_INTERRUPTED && fab_context_take_interruption(test->context)) {
            status = FAB_OK; /* what was tested so far stands */
            end = "interrupted";
        }
        TRY(status);
        next += end == NULL;
    }
    TRY(add_untested(test, next, wanted, end));
    if (test->values->count > 0)
        qsort(test->values->line, (size_t)test->values->count, sizeof *test->values->line, compare_lines);
    if (test->values->count > wanted)
        test->values->count = wanted;
out:
    return status;
}

fab_status fab_values_test(fab_context *context, const fab_plan *plan, int wanted, const fab_solver_options *options, struct fab_values **result)
{
    fab_status status = FAB_OK;
    struct fab_values *values = NULL;
    TRY_MEMORY(context, values = calloc(1, sizeof *values));
    TRY(fab_moves_find(context, plan, &values->moves));
    struct test test = {context, plan, options, values, 0};
    TRY(fab_plan_stand(context, plan));
    TRY(test_all(&test, wanted));
    *result = values;
    values = NULL;
out:
    fab_values_free(values);
    return status;
}

fab_table *fab_values_table(const fab_plan *plan, const struct fab_values *values, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_value", "number what key period step unit gain_usd at_most_usd tested tie untested");
    for (int n = 0; n < values->count; n++) {
        const struct fab_value_line *line = &values->line[n];
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, n + 1);
        fab_plan_table_text(&w, line->candidate.what);
        fab_plan_table_copy(&w, line->candidate.key);
        fab_plan_table_period(&w, line->candidate.period);
        fab_plan_table_real(&w, line->candidate.step);
        fab_plan_table_text(&w, line->candidate.unit);
        fab_plan_table_real(&w, line->gain_usd);
        fab_plan_table_real(&w, line->candidate.at_most_usd);
        fab_plan_table_integer(&w, line->tested);
        fab_plan_table_copy(&w, line->tie ? line->tie : "");
        fab_plan_table_text(&w, line->untested);
    }
    return fab_plan_table_end(&w);
}
