/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "values.h"

#include "array.h"
#include "clock.h"
#include "interruption.h"
#include "try.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tested gain below this share of its bound is a tie. */
#define TIE 0.5
/* Pivots that the tests may take at least: of a small program they cost nothing. */
enum { PIVOTS_AT_LEAST = 1000 };

enum { TIE_TEXT_SIZE = 512 };

struct test {
    struct fab_trial trial;
    const struct fab_values_asked *asked;
    struct fab_values *values;
    int capacity;
    int *order; /* [order_count] the candidates that are asked about, the largest bound first, per dollar where prices count */
    int order_count;
};

void fab_values_free(struct fab_values *values)
{
    if (!values)
        return;
    fab_moves_free(values->moves);
    free(values->line);
    free(values);
}

static void take(struct fab_value_line *line, const struct fab_tried *tried)
{
    line->tested = tried->solution != NULL;
    line->untested = line->tested ? NULL : "no proof with it moved";
    line->gain_usd = tried->gain_usd;
    line->objective_usd = line->tested ? tried->certificate.objective : (double)NAN;
    line->bound_usd = line->tested ? tried->certificate.bound : (double)NAN;
}

/* Dollars that count as one: prices, where the list is by them. */
static double price_of(const struct test *test, const struct fab_candidate *candidate)
{
    return test->asked->price ? test->asked->price(test->trial.plan, candidate) : 1;
}

/* ---- ties ---- */

/* The limit that was worth nothing and is worth most in the new optimum, of the same kind if there is one; -1: none. */
static int find_tied(const struct test *test, const int *moved, int count, const fab_lp_solution *solution)
{
    const struct fab_moves *moves = test->values->moves;
    double smallest = FAB_SMALLEST_GAIN * fmax(1, fabs(test->trial.plan->certificate.objective)), best = smallest;
    int found = -1;
    for (int c = 0; c < moves->count; c++) {
        const struct fab_candidate *candidate = &moves->candidate[c];
        bool known = false;
        for (int n = 0; n < count; n++)
            known = known || c == moved[n];
        if (known || fabs(candidate->at_most_usd) > smallest || strcmp(candidate->what, moves->candidate[moved[0]].what) != 0)
            continue;
        double usd = fab_trial_worth(&test->trial, candidate, solution);
        if (usd > best) {
            best = usd;
            found = c;
        }
    }
    return found;
}

/* Moves limits along until the gain is a gain; texts of those that were moved. */
static fab_status test_tie(struct test *test, struct fab_value_line *line, struct fab_tried *tried)
{
    fab_status status = FAB_OK;
    int moved[1 + FAB_MOST_TIED] = {line->moved[0]}, count = 1;
    char text[TIE_TEXT_SIZE] = "";
    while (tried->solution && count <= FAB_MOST_TIED && tried->gain_usd < TIE * line->candidate.at_most_usd) {
        const struct fab_candidate *along;
        int tied = find_tied(test, moved, count, tried->solution);
        if (tied < 0)
            break;
        along = &test->values->moves->candidate[tied];
        moved[count++] = tied;
        fab_lp_solution_free(tried->solution);
        TRY(fab_trial_solve(&test->trial, moved, count, 1, tried));
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s %s", length ? ", " : "", along->key, test->trial.plan->terms->period[along->period].name);
    }
    if (tried->solution && *text && tried->gain_usd > line->gain_usd) {
        take(line, tried);
        line->price_usd = 0;
        for (int n = 0; n < count; n++)
            line->price_usd += price_of(test, &test->values->moves->candidate[moved[n]]);
        line->price_usd = test->asked->price ? line->price_usd : 1;
        memcpy(line->moved, moved, sizeof moved);
        line->moved_count = count;
        TRY_MEMORY(test->trial.context, line->tie = fab_arena_dup(test->values->moves->arena, text));
    }
out:
    return status;
}

/* ---- the list ---- */

static fab_status add_line(struct test *test, const struct fab_value_line *line)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(test->trial.context, FAB_ARRAY_ROOM(&test->values->line, test->values->count, &test->capacity));
    test->values->line[test->values->count++] = *line;
out:
    return status;
}

static struct fab_value_line line_of(const struct test *test, int candidate)
{
    const struct fab_candidate *at = &test->values->moves->candidate[candidate];
    return (struct fab_value_line){.candidate = *at,
                                   .price_usd = price_of(test, at),
                                   .gain_usd = (double)NAN,
                                   .objective_usd = (double)NAN,
                                   .bound_usd = (double)NAN,
                                   .holds_to = (double)NAN,
                                   .moved = {candidate},
                                   .moved_count = 1};
}

static fab_status test_candidate(struct test *test, int candidate)
{
    fab_status status = FAB_OK;
    struct fab_tried tried = {0};
    struct fab_value_line line = line_of(test, candidate);
    TRY(fab_trial_solve(&test->trial, &candidate, 1, 1, &tried));
    take(&line, &tried);
    TRY(test_tie(test, &line, &tried));
    TRY(add_line(test, &line));
out:
    fab_lp_solution_free(tried.solution);
    return status;
}

/* What a candidate is worth at most, as the list counts it. */
static double bound_of(const struct test *test, int candidate)
{
    const struct fab_candidate *at = &test->values->moves->candidate[candidate];
    return at->at_most_usd / price_of(test, at);
}

/* Gains found so far that no candidate from `bound` on can beat. */
static int count_above(const struct test *test, double bound)
{
    int count = 0;
    for (int n = 0; n < test->values->count; n++) {
        const struct fab_value_line *line = &test->values->line[n];
        count += line->tested && line->gain_usd / line->price_usd >= bound;
    }
    return count;
}

static double size_of(const struct fab_value_line *line)
{
    return (line->tested ? line->gain_usd : line->candidate.at_most_usd) / line->price_usd;
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

static bool is_asked(const struct test *test, const struct fab_candidate *candidate)
{
    const struct fab_values_asked *asked = test->asked;
    if (asked->price && !(asked->price(test->trial.plan, candidate) > 0))
        return false;
    if (asked->without && asked->without(test->trial.plan, candidate) > 0)
        return false;
    return !asked->about ? !candidate->of_contract : asked->about(asked->user, test->values->moves, candidate);
}

/* What is asked about, in the order in which it is tested: that of the moves, but where prices count. */
static fab_status put_in_order(struct test *test)
{
    fab_status status = FAB_OK;
    const struct fab_moves *moves = test->values->moves;
    TRY_MEMORY(test->trial.context, test->order = malloc(((size_t)moves->count + 1) * sizeof *test->order));
    for (int c = 0; c < moves->count; c++) {
        if (!is_asked(test, &moves->candidate[c]))
            continue;
        int place = test->order_count++;
        for (; test->asked->price && place > 0 && bound_of(test, test->order[place - 1]) < bound_of(test, c); place--)
            test->order[place] = test->order[place - 1];
        test->order[place] = c;
    }
out:
    return status;
}

/* What the work did not reach is listed with its bound, up to as many as were wanted. */
static fab_status add_untested(struct test *test, int next, const char *why)
{
    fab_status status = FAB_OK;
    const struct fab_moves *moves = test->values->moves;
    for (; next < test->order_count && moves->candidate[test->order[next]].at_most_usd > 0 && test->values->count < test->asked->wanted; next++) {
        struct fab_value_line line = line_of(test, test->order[next]);
        line.untested = why;
        TRY(add_line(test, &line));
    }
out:
    return status;
}

static bool time_is_up(const struct test *test)
{
    return test->trial.options && test->trial.options->deadline > 0 && fab_clock() >= test->trial.options->deadline;
}

/* Why a candidate is not tested any more, NULL: it is. */
static const char *find_end(const struct test *test, int candidate)
{
    const fab_plan *plan = test->trial.plan;
    long most_pivots = test->asked->thorough                          ? LONG_MAX
                       : plan->solution->iterations > PIVOTS_AT_LEAST ? plan->solution->iterations
                                                                      : PIVOTS_AT_LEAST;
    if (!(test->values->moves->candidate[candidate].at_most_usd > FAB_SMALLEST_GAIN * fmax(1, fabs(plan->certificate.objective))))
        return "worth next to nothing";
    if (count_above(test, bound_of(test, candidate)) >= test->asked->wanted)
        return "below those that are tested";
    if (test->trial.pivots >= most_pivots)
        return "limit of work reached";
    return time_is_up(test) ? "limit of time reached" : NULL;
}

static fab_status find_range(struct test *test, struct fab_value_line *line)
{
    fab_status status = FAB_OK;
    double steps;
    TRY(fab_trial_holds(&test->trial, line->moved, line->moved_count, line->gain_usd, &steps));
    line->holds_to = steps * line->candidate.step;
out:
    return status;
}

static fab_status test_all(struct test *test)
{
    fab_status status = FAB_OK;
    struct fab_values *values = test->values;
    const char *end = NULL;
    int next = 0, wanted = test->asked->wanted;
    while (!end && next < test->order_count && !(end = find_end(test, test->order[next]))) {
        status = test_candidate(test, test->order[next]);
        if (status == FAB_INTERRUPTED && fab_context_take_interruption(test->trial.context)) {
            status = FAB_OK; /* what was tested so far stands */
            end = "interrupted";
        }
        TRY(status);
        next += end == NULL;
    }
    TRY(add_untested(test, next, end));
    if (values->count > 0)
        qsort(values->line, (size_t)values->count, sizeof *values->line, compare_lines);
    if (values->count > wanted)
        values->count = wanted;
    for (int n = 0; test->asked->thorough && n < values->count; n++)
        if (values->line[n].tested)
            TRY(find_range(test, &values->line[n]));
    values->pivots = test->trial.pivots;
out:
    return status;
}

fab_status fab_values_test(fab_context *context, const fab_plan *plan, const struct fab_values_asked *asked, const fab_solver_options *options,
                           struct fab_values **result)
{
    fab_status status = FAB_OK;
    struct fab_values *values = NULL;
    struct test test = {.trial = {context, plan, options, NULL, 0}, .asked = asked};
    TRY_MEMORY(context, values = calloc(1, sizeof *values));
    TRY(fab_moves_find(context, plan, &values->moves));
    test.values = values;
    test.trial.moves = values->moves;
    TRY(put_in_order(&test));
    TRY(fab_plan_stand(context, plan));
    TRY(test_all(&test));
    *result = values;
    values = NULL;
out:
    free(test.order);
    fab_values_free(values);
    return status;
}

fab_table *fab_values_table(const fab_plan *plan, const struct fab_value_line line[], int count, int64_t number, int64_t first)
{
    struct fab_plan_table w =
        fab_plan_table_begin(plan, number, "plan_value", "number what key period step unit gain_usd at_most_usd tested tie untested objective_usd bound_usd holds_to");
    for (int n = 0; n < count; n++) {
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, first + n);
        fab_plan_table_text(&w, line[n].candidate.what);
        fab_plan_table_copy(&w, line[n].candidate.key);
        fab_plan_table_period(&w, line[n].candidate.period);
        fab_plan_table_real(&w, line[n].candidate.step);
        fab_plan_table_text(&w, line[n].candidate.unit);
        fab_plan_table_real(&w, line[n].gain_usd);
        fab_plan_table_real(&w, line[n].candidate.at_most_usd);
        fab_plan_table_integer(&w, line[n].tested);
        fab_plan_table_copy(&w, line[n].tie ? line[n].tie : "");
        fab_plan_table_text(&w, line[n].untested);
        fab_plan_table_real(&w, line[n].objective_usd);
        fab_plan_table_real(&w, line[n].bound_usd);
        fab_plan_table_real(&w, line[n].holds_to);
    }
    return fab_plan_table_end(&w);
}
