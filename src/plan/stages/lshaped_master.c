/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lshaped_master.h"

#include "array.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a future's value in units of money: so far away that no cut is. */
#define FAR 1e6

/* ---- rows over tools alone ---- */

/* How many of a row's coefficients are not of shared tools; NULL when memory is short. */
static int *count_others(const struct fab_lshaped_future *future)
{
    const fab_lp *lp = future->program->lp;
    int *others = calloc((size_t)lp->row_count + 1, sizeof *others);
    for (int j = 0; others && j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            others[lp->row_index[k]] += future->tool[j] == FAB_NONE;
    return others;
}

/* One more row of tools, in the program that the master starts from. */
static fab_status hold_row(fab_context *context, struct fab_lshaped_master *master, fab_lp *lp, const struct fab_lshaped_future *future, int row)
{
    fab_status status = FAB_OK;
    const struct fab_lp_row *held = &future->program->lp->row[row];
    master->held[master->held_count++] = (struct fab_lshaped_held){future->number, row};
    TRY_MEMORY(context, fab_lp_add_row(lp, held->name, held->lower, held->upper) >= 0);
out:
    return status;
}

/* The first future's, and of the others what stands in another place or has other limits. */
static bool is_same_row(const struct fab_lshaped_future *first, const struct fab_lshaped_future *future, int row)
{
    const fab_lp *one = first->program->lp, *other = future->program->lp;
    return future != first && row < one->row_count && strcmp(one->row[row].name, other->row[row].name) == 0 && one->row[row].lower == other->row[row].lower && one->row[row].upper == other->row[row].upper;
}

static fab_status hold_rows(fab_context *context, struct fab_lshaped_master *master, fab_lp *lp, const struct fab_lshaped_future *first, const struct fab_lshaped_future *future)
{
    fab_status status = FAB_OK;
    const fab_lp *own = future->program->lp;
    int *place = count_others(future);
    TRY_MEMORY(context, place);
    for (int i = 0; i < own->row_count; i++) {
        bool wanted = place[i] == 0 && !is_same_row(first, future, i);
        place[i] = wanted ? lp->row_count : FAB_NONE;
        if (wanted)
            TRY(hold_row(context, master, lp, future, i));
    }
    for (int j = 0; j < own->column_count; j++)
        for (int k = own->start[j]; future->tool[j] != FAB_NONE && k < own->start[j + 1]; k++)
            if (place[own->row_index[k]] != FAB_NONE)
                TRY_MEMORY(context, fab_lp_add(lp, place[own->row_index[k]], future->tool[j], own->value[k]));
out:
    free(place);
    return status;
}

/* ---- the program ---- */

static fab_status add_columns(fab_context *context, const struct fab_extensive *extensive, const struct fab_lshaped_tools *tools, struct fab_lshaped_master *master, fab_lp *lp)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < tools->count; t++) {
        const struct fab_lp_column *column = &extensive->lp->column[tools->place[t]];
        master->lower[t] = column->lower;
        master->upper[t] = column->upper;
        TRY_MEMORY(context, fab_lp_add_column(lp, column->name, column->lower, column->upper, 0) >= 0);
    }
    for (int f = 0; f < extensive->count; f++)
        TRY_MEMORY(context, fab_lp_add_column(lp, "value of a future", -FAR, FAR, fab_extensive_share(extensive, f)) >= 0);
out:
    return status;
}

static fab_status take_memory(fab_context *context, const struct fab_extensive *extensive, struct fab_lshaped_master *master)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(context, master->lower = calloc((size_t)master->tools + 1, sizeof *master->lower));
    TRY_MEMORY(context, master->upper = calloc((size_t)master->tools + 1, sizeof *master->upper));
    TRY_MEMORY(context, master->held = calloc((size_t)extensive->lp->row_count + 1, sizeof *master->held));
    TRY_MEMORY(context, master->index = calloc((size_t)master->tools + 1, sizeof *master->index));
    TRY_MEMORY(context, master->value = calloc((size_t)master->tools + 1, sizeof *master->value));
out:
    return status;
}

fab_status fab_lshaped_master_open(fab_context *context, const struct fab_extensive *extensive, const struct fab_lshaped_tools *tools, const struct fab_lshaped_future futures[], struct fab_lshaped_master *master)
{
    fab_status status = FAB_OK;
    fab_lp *lp = NULL;
    master->tools = tools->count;
    master->futures = extensive->count;
    TRY(take_memory(context, extensive, master));
    TRY_MEMORY(context, lp = fab_lp_new("tools for many futures, by cuts"));
    TRY(add_columns(context, extensive, tools, master, lp));
    for (int f = 0; f < extensive->count; f++)
        TRY(hold_rows(context, master, lp, &futures[0], &futures[f]));
    TRY(fab_lp_seal(context, lp));
    TRY(fab_solver_open(context, lp, &master->solver));
out:
    fab_lp_free(lp);
    return status;
}

void fab_lshaped_master_close(struct fab_lshaped_master *master)
{
    fab_solver_close(master->solver);
    fab_lp_solution_free(master->solution);
    free(master->lower);
    free(master->upper);
    free(master->held);
    free(master->scale);
    free(master->index);
    free(master->value);
    *master = (struct fab_lshaped_master){0};
}

/* ---- cuts ---- */

/* What a row is divided by: money, or, of possibility, what makes its largest slope 1. */
static double scale_of(const struct fab_lshaped_master *master, const struct fab_lshaped_cut *cut)
{
    double largest = 0;
    if (!cut->possibility)
        return master->money;
    for (int t = 0; t < master->tools; t++)
        largest = fmax(largest, fabs(cut->slope[t]));
    return largest > 0 ? largest : 1;
}

fab_status fab_lshaped_master_add(fab_context *context, struct fab_lshaped_master *master, const struct fab_lshaped_cut *cut)
{
    fab_status status = FAB_OK;
    /* a slope that moves less than this of a unit over a whole tool is nothing; what is left out is in no proof */
    static const double nothing = 1e-12;
    double scale = scale_of(master, cut);
    int count = 0;
    for (int t = 0; t < master->tools; t++)
        if (fabs(cut->slope[t] / scale) > nothing) {
            master->index[count] = t;
            master->value[count++] = -cut->slope[t] / scale;
        }
    if (!cut->possibility) {
        master->index[count] = master->tools + cut->future;
        master->value[count++] = 1;
    }
    const struct fab_lp_row row = {.name = cut->possibility ? "possible" : "worth", .lower = -(double)INFINITY, .upper = cut->intercept / scale, .tag = FAB_NO_TAG};
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&master->scale, master->cut_count, &master->cut_capacity));
    TRY(fab_solver_add_row(context, master->solver, &row, &(struct fab_lp_terms){count, master->index, master->value}, NULL));
    master->scale[master->cut_count++] = scale;
out:
    return status;
}

fab_status fab_lshaped_master_box(fab_context *context, struct fab_lshaped_master *master, const double centre[], const double size[], double reach)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < master->tools; t++) {
        double lower = fmin(fmax(master->lower[t], centre[t] - reach * size[t]), master->upper[t]);
        double upper = fmax(fmin(master->upper[t], centre[t] + reach * size[t]), lower);
        TRY(fab_solver_set_column_limits(context, master->solver, t, lower, upper));
    }
out:
    return status;
}

fab_status fab_lshaped_master_solve(fab_context *context, struct fab_lshaped_master *master, double deadline, fab_outcome *outcome)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    TRY(fab_solver_solve(context, master->solver, &(fab_solver_options){.deadline = deadline}, &found));
    *outcome = found->outcome;
    if (found->outcome != FAB_OPTIMAL)
        goto out;
    const fab_lp *lp = fab_solver_program(master->solver);
    master->best = 0;
    for (int j = 0; j < lp->column_count; j++)
        master->best += lp->column[j].objective * found->x[j] * master->money;
    fab_lp_solution_free(master->solution);
    master->solution = found;
    master->solution_cuts = master->cut_count;
    found = NULL;
out:
    fab_lp_solution_free(found);
    return status;
}

/* ---- the proof ---- */

/* What the cuts of each future weigh together: its share, but for rounding. NULL when memory is short. */
static double *weigh_cuts(const struct fab_lshaped_master *master, const struct fab_lshaped_cut cuts[], const double multiplier[])
{
    double *sum = calloc((size_t)master->futures + 1, sizeof *sum);
    for (int c = 0; sum && c < master->solution_cuts; c++)
        if (!cuts[c].possibility)
            sum[cuts[c].future] += fmax(0, multiplier[master->held_count + c]);
    return sum;
}

fab_status fab_lshaped_master_multipliers(fab_context *context, const struct fab_lshaped_master *master, const struct fab_lshaped_proof *proof, double multiplier[])
{
    fab_status status = FAB_OK;
    const double *found = master->solution->multiplier;
    double *sum = weigh_cuts(master, proof->cut, found);
    TRY_MEMORY(context, sum);
    for (int h = 0; h < master->held_count; h++)
        multiplier[proof->first_row[master->held[h].future] + master->held[h].row] += master->money * found[h];
    for (int c = 0; c < master->solution_cuts; c++) {
        const struct fab_lshaped_cut *cut = &proof->cut[c];
        double weight = fmax(0, found[master->held_count + c]);
        if (cut->possibility)
            weight *= master->money / master->scale[c];
        else
            weight *= sum[cut->future] > 0 ? proof->future[cut->future].share / sum[cut->future] : 0;
        for (int i = 0; weight > 0 && i < proof->future[cut->future].program->lp->row_count; i++)
            multiplier[proof->first_row[cut->future] + i] += weight * cut->multiplier[i];
    }
out:
    free(sum);
    return status;
}
