/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lshaped.h"

#include "array.h"
#include "clock.h"
#include "lshaped_master.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rounds until what is found is taken as it is. */
enum { MOST_ROUNDS = 1000, PATIENCE = 3 };

/* The gap of the master is this part of the one that is wanted, for what rounding takes from the proof. */
#define NEARER 0.9

/* Parts of the gain that was foretold: above the first tools are better, above the second the box may grow. */
#define BETTER 1e-4
#define MUCH_BETTER 0.5

struct rounds {
    fab_context *context;
    const struct fab_robust_asked *asked;
    struct fab_robust *robust;
    struct fab_extensive extensive;
    struct fab_lshaped_tools tools;
    struct fab_lshaped_future *future; /* [count] */
    struct fab_lshaped_master whole, box;
    struct fab_lshaped_cut *cut; /* of the masters, in their order */
    int cut_count, cut_capacity;
    double *own;  /* [count x tools] each future's alone */
    double *x, *centre, *size; /* [tools] tried next; best so far; of the box */
    double best, reach; /* best: of centre; NAN: no tools are known that can be had */
    bool out_of_time;
    int worse; /* rounds since the centre moved */
};

/* ---- opening ---- */

static fab_status number_tools(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = rounds->extensive.lp;
    struct fab_lshaped_tools *tools = &rounds->tools;
    TRY_MEMORY(rounds->context, tools->of = calloc((size_t)lp->column_count + 1, sizeof *tools->of));
    TRY_MEMORY(rounds->context, tools->place = calloc((size_t)lp->column_count + 1, sizeof *tools->place));
    for (int j = 0; j < lp->column_count; j++) {
        bool tool = fab_extensive_is_tool(&lp->column[j]);
        tools->of[j] = tool ? tools->count : FAB_NONE;
        if (tool)
            tools->place[tools->count++] = j;
    }
out:
    return status;
}

static fab_status open_rounds(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    fab_context *context = rounds->context;
    size_t count = (size_t)rounds->asked->count;
    TRY(fab_extensive_open(context, rounds->asked->future, rounds->asked->count, &rounds->extensive));
    TRY(number_tools(rounds));
    size_t tools = (size_t)rounds->tools.count + 1;
    TRY_MEMORY(context, rounds->future = calloc(count, sizeof *rounds->future));
    TRY_MEMORY(context, rounds->own = calloc(count * tools, sizeof *rounds->own));
    TRY_MEMORY(context, rounds->x = calloc(tools, sizeof *rounds->x));
    TRY_MEMORY(context, rounds->centre = calloc(tools, sizeof *rounds->centre));
    TRY_MEMORY(context, rounds->size = calloc(tools, sizeof *rounds->size));
    for (int f = 0; f < rounds->asked->count; f++)
        TRY(fab_lshaped_future_open(context, &rounds->extensive, f, &rounds->tools, &rounds->future[f]));
out:
    return status;
}

static void close_rounds(struct rounds *rounds)
{
    for (int f = 0; rounds->future && f < rounds->asked->count; f++)
        fab_lshaped_future_close(&rounds->future[f]);
    for (int c = 0; c < rounds->cut_count; c++)
        fab_lshaped_cut_fini(&rounds->cut[c]);
    fab_lshaped_master_close(&rounds->whole);
    fab_lshaped_master_close(&rounds->box);
    free(rounds->future);
    free(rounds->cut);
    free(rounds->own);
    free(rounds->x);
    free(rounds->centre);
    free(rounds->size);
    free(rounds->tools.of);
    free(rounds->tools.place);
    fab_extensive_close(&rounds->extensive);
}

/* ---- trying tools ---- */

/* What is known of a future of no weight is whether it has a plan. */
static fab_status take_cut(struct rounds *rounds, struct fab_lshaped_cut *cut)
{
    fab_status status = FAB_OK;
    if (!cut->slope || (!cut->possibility && rounds->future[cut->future].share == 0)) {
        fab_lshaped_cut_fini(cut);
        return FAB_OK;
    }
    TRY_MEMORY(rounds->context, FAB_ARRAY_ROOM(&rounds->cut, rounds->cut_count, &rounds->cut_capacity));
    rounds->cut[rounds->cut_count++] = *cut;
    if (!rounds->whole.solver)
        return FAB_OK;
    TRY(fab_lshaped_master_add(rounds->context, &rounds->whole, cut));
    TRY(fab_lshaped_master_add(rounds->context, &rounds->box, cut));
out:
    return status;
}

/* *mean NAN: some future has no plan with them, or the time is up. */
static fab_status try_tools(struct rounds *rounds, double *mean)
{
    fab_status status = FAB_OK;
    double sum = 0;
    for (int f = 0; f < rounds->asked->count && !rounds->out_of_time; f++) {
        struct fab_lshaped_cut cut = {0};
        fab_outcome outcome;
        TRY(fab_lshaped_future_fix(rounds->context, &rounds->future[f], rounds->x, rounds->asked->deadline, &outcome, &cut));
        rounds->out_of_time = outcome == FAB_LIMIT;
        sum += outcome != FAB_OPTIMAL ? (double)NAN : rounds->future[f].share == 0 ? 0 : rounds->future[f].share * rounds->future[f].certificate.objective;
        TRY(take_cut(rounds, &cut));
    }
    *mean = rounds->out_of_time ? (double)NAN : sum;
out:
    return status;
}

/* They are the best ones. */
static void keep_tools(struct rounds *rounds, double mean)
{
    rounds->best = mean;
    memcpy(rounds->centre, rounds->x, (size_t)rounds->tools.count * sizeof *rounds->x);
    for (int f = 0; f < rounds->asked->count; f++) {
        fab_lp_solution_free(rounds->future[f].best);
        rounds->future[f].best = rounds->future[f].now;
        rounds->future[f].now = NULL;
    }
}

static fab_status try_start(struct rounds *rounds, double *mean)
{
    fab_status status = FAB_OK;
    TRY(try_tools(rounds, mean));
    if (isfinite(*mean) && !(rounds->best >= *mean))
        keep_tools(rounds, *mean);
out:
    return status;
}

/* ---- each future alone ---- */

static fab_status solve_alone(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    double sum = 0;
    for (int f = 0; f < rounds->asked->count; f++) {
        struct fab_lshaped_future *future = &rounds->future[f];
        struct fab_lshaped_cut cut = {0};
        fab_outcome outcome;
        TRY(fab_lshaped_future_alone(rounds->context, future, f > 0 ? &rounds->future[0] : NULL, rounds->asked->deadline, &outcome, rounds->own + (size_t)f * (size_t)rounds->tools.count, &cut));
        TRY(take_cut(rounds, &cut));
        rounds->robust->outcome = outcome;
        if (outcome != FAB_OPTIMAL)
            goto out;
        sum += future->share * future->certificate.objective;
    }
    rounds->robust->knowing = sum;
out:
    return status;
}

/* A box of reach 1 is as large as the futures differ, tool by tool; where they do not, as they do on the mean. */
static void measure_box(struct rounds *rounds)
{
    int tools = rounds->tools.count;
    double sum = 0, count = 0;
    for (int t = 0; t < tools; t++) {
        double least = (double)INFINITY, most = 0;
        for (int f = 0; f < rounds->asked->count; f++) {
            least = fmin(least, rounds->own[(size_t)f * (size_t)tools + (size_t)t]);
            most = fmax(most, rounds->own[(size_t)f * (size_t)tools + (size_t)t]);
        }
        rounds->size[t] = most - least;
        sum += most - least;
        count += most > least;
    }
    for (int t = 0; t < tools; t++)
        rounds->size[t] = fmax(rounds->size[t], count > 0 ? sum / count : 1);
    rounds->reach = 1;
}

static fab_status open_masters(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    rounds->whole.money = rounds->box.money = fmax(1, fabs(rounds->robust->knowing));
    TRY(fab_lshaped_master_open(rounds->context, &rounds->extensive, &rounds->tools, rounds->future, &rounds->whole));
    TRY(fab_lshaped_master_open(rounds->context, &rounds->extensive, &rounds->tools, rounds->future, &rounds->box));
    for (int c = 0; c < rounds->cut_count; c++) {
        TRY(fab_lshaped_master_add(rounds->context, &rounds->whole, &rounds->cut[c]));
        TRY(fab_lshaped_master_add(rounds->context, &rounds->box, &rounds->cut[c]));
    }
out:
    return status;
}

/* The base's tools first, then the mean of the futures' own. */
static fab_status start(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    double mean;
    size_t tools = (size_t)rounds->tools.count;
    memcpy(rounds->x, rounds->own, tools * sizeof *rounds->x);
    TRY(try_start(rounds, &rounds->robust->base_tools));
    memset(rounds->x, 0, tools * sizeof *rounds->x);
    for (int f = 0; f < rounds->asked->count; f++)
        for (size_t t = 0; t < tools; t++)
            rounds->x[t] += rounds->future[f].share * rounds->own[(size_t)f * tools + t];
    TRY(try_start(rounds, &mean));
out:
    return status;
}

/* ---- rounds ---- */

static double gap_of(const struct rounds *rounds)
{
    return (rounds->whole.best - rounds->best) / fmax(1, fabs(rounds->best));
}

static void take_tools(struct rounds *rounds, const fab_lp_solution *solution)
{
    for (int t = 0; t < rounds->tools.count; t++)
        rounds->x[t] = fmin(fmax(solution->x[t], rounds->whole.lower[t]), rounds->whole.upper[t]);
}

/* What comes next: inside of the box, or, while no tools are known that can be had, anywhere. A box without an answer grows. */
static fab_status choose_tools(struct rounds *rounds, double *foretold)
{
    fab_status status = FAB_OK;
    take_tools(rounds, rounds->whole.solution);
    *foretold = rounds->whole.best;
    fab_outcome outcome;
    for (int times = 0; isfinite(rounds->best) && times < PATIENCE; times++, rounds->reach *= 4) {
        TRY(fab_lshaped_master_box(rounds->context, &rounds->box, rounds->centre, rounds->size, rounds->reach));
        TRY(fab_lshaped_master_solve(rounds->context, &rounds->box, rounds->asked->deadline, &outcome));
        rounds->out_of_time = outcome == FAB_LIMIT;
        if (outcome != FAB_OPTIMAL)
            continue;
        take_tools(rounds, rounds->box.solution);
        *foretold = rounds->box.best;
        break;
    }
out:
    return status;
}

/* The box grows with tools that are as good as was foretold, and shrinks with those that are not, time after time. */
static void judge_tools(struct rounds *rounds, double foretold, double mean)
{
    if (!isfinite(rounds->best)) {
        if (isfinite(mean))
            keep_tools(rounds, mean);
        return;
    }
    double gain = fmax(foretold - rounds->best, 0), loss = rounds->best - mean;
    if (isfinite(mean) && -loss > BETTER * gain) {
        rounds->reach *= -loss > MUCH_BETTER * gain ? 2 : 1;
        rounds->worse = 0;
        keep_tools(rounds, mean);
        return;
    }
    double much = isfinite(loss) && gain > 0 ? fmin(1, rounds->reach) * loss / gain : 1;
    rounds->worse++;
    if (much > 3 || (rounds->worse >= PATIENCE && much > 0)) {
        rounds->reach /= fmin(fmax(much, 2), 4);
        rounds->worse = 0;
    }
}

static fab_status run_round(struct rounds *rounds, bool *done)
{
    fab_status status = FAB_OK;
    double foretold, mean;
    fab_outcome outcome;
    TRY(fab_lshaped_master_solve(rounds->context, &rounds->whole, rounds->whole.solution ? rounds->asked->deadline : 0, &outcome));
    fab_say(rounds->context, FAB_LEVEL_DETAIL, "round %d: tools for %d futures, mean objective %.10g, at most %.10g, box %.3g", rounds->robust->rounds, rounds->asked->count - 1, rounds->best, rounds->whole.best, rounds->reach);
    rounds->robust->outcome = outcome;
    rounds->out_of_time |= outcome == FAB_LIMIT;
    *done = outcome != FAB_OPTIMAL || rounds->out_of_time || gap_of(rounds) <= NEARER * rounds->asked->gap;
    if (*done)
        goto out;
    TRY(choose_tools(rounds, &foretold));
    TRY(try_tools(rounds, &mean));
    judge_tools(rounds, foretold, mean);
    rounds->robust->rounds++;
out:
    return status;
}

/* ---- the proof ---- */

/* Bounds that were widened for a future are so in the extensive form. */
static void widen(struct rounds *rounds)
{
    for (int f = 0; f < rounds->asked->count; f++)
        for (int j = 0; j < rounds->future[f].program->lp->column_count; j++) {
            int at = rounds->extensive.place[rounds->extensive.first[f] + j];
            if (rounds->future[f].tool[j] == FAB_NONE && at != FAB_NONE)
                rounds->extensive.lp->column[at].upper = fmax(rounds->extensive.lp->column[at].upper, rounds->future[f].program->lp->column[j].upper);
        }
}

static void take_point(const struct rounds *rounds, double x[])
{
    for (int f = 0; f < rounds->asked->count; f++)
        for (int j = 0; j < rounds->future[f].program->lp->column_count; j++) {
            int at = rounds->extensive.place[rounds->extensive.first[f] + j];
            if (at != FAB_NONE && rounds->future[f].tool[j] == FAB_NONE)
                x[at] = rounds->future[f].best->x[j];
        }
    for (int t = 0; t < rounds->tools.count; t++)
        x[rounds->tools.place[t]] = rounds->centre[t];
}

/* The best tools, and what bounds them all, as a point and multipliers of the extensive form. */
static fab_status prove(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    struct fab_robust *robust = rounds->robust;
    const fab_lp *lp = rounds->extensive.lp;
    const struct fab_lshaped_proof proof = {rounds->future, rounds->cut, rounds->extensive.first_row};
    double *x = calloc((size_t)lp->column_count + 1, sizeof *x), *multiplier = calloc((size_t)lp->row_count + 1, sizeof *multiplier);
    TRY_MEMORY(rounds->context, x && multiplier);
    widen(rounds);
    take_point(rounds, x);
    TRY(fab_lshaped_master_multipliers(rounds->context, &rounds->whole, &proof, multiplier));
    TRY(fab_lp_check(rounds->context, lp, x, multiplier, &robust->certificate));
    if (!fab_lp_is_feasible(&robust->certificate))
        TRY(fab_fail_as(rounds->context, FAB_REJECTED, "out_of_scale", "one set of tools for all futures cannot be proven: residual %.3g (allowed %.3g)", fmax(robust->certificate.row_residual, robust->certificate.column_residual), FAB_LP_FEASIBILITY));
    TRY(fab_extensive_tools(&rounds->extensive, x, &robust->tools));
    robust->outcome = FAB_OPTIMAL;
out:
    free(x);
    free(multiplier);
    return status;
}

static fab_status find(struct rounds *rounds)
{
    fab_status status = FAB_OK;
    bool done = false;
    TRY(open_rounds(rounds));
    TRY(solve_alone(rounds));
    if (rounds->robust->outcome != FAB_OPTIMAL)
        goto out;
    measure_box(rounds);
    TRY(open_masters(rounds));
    TRY(start(rounds));
    while (!done && rounds->robust->rounds < MOST_ROUNDS)
        TRY(run_round(rounds, &done));
    if (rounds->robust->outcome == FAB_INFEASIBLE)
        goto out;
    rounds->robust->outcome = FAB_LIMIT;
    if (isfinite(rounds->best))
        TRY(prove(rounds));
out:
    return status;
}

fab_status fab_lshaped_solve(fab_context *context, const struct fab_robust_asked *asked, struct fab_robust *robust)
{
    struct rounds rounds = {.context = context, .asked = asked, .robust = robust, .best = (double)NAN};
    fab_status status = find(&rounds);
    close_rounds(&rounds);
    return status;
}
