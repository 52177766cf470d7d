/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "presolve.h"

#include <math.h>
#include <string.h>

/* Limits that are nearer to each other than this, relative, are one value; those that contradict each other by no more than what the exact check lets pass are one too. */
#define SAME 1e-12

/* A program whose rows go on and on deciding something ends here: what is left is the solver's. */
enum { MOST_PASSES = 50 };

/* What a row is now. */
struct standing {
    long double fixed;       /* activity of the columns that are out */
    long double least, most; /* activity with the others */
    double size;             /* largest term of the two */
    int left, last;          /* columns that are in: how many, one of them, and its coefficient */
    double coefficient;
};

struct work {
    struct fab_presolve *presolve;
    bool *stale; /* [rows] to be looked at */
};

static double unit_of(double a, double b)
{
    return fmax(1, fmax(fabs(a), fabs(b)));
}

static struct standing look(const struct fab_presolve *presolve, int i)
{
    struct standing standing = {.last = -1};
    for (int k = presolve->start[i]; k < presolve->start[i + 1]; k++) {
        int j = presolve->column[k];
        double a = presolve->value[k], lower = presolve->lower[j], upper = presolve->upper[j];
        standing.least += (long double)a * (a > 0 ? lower : upper);
        standing.most += (long double)a * (a > 0 ? upper : lower);
        standing.size = fmax(standing.size, fabs(a) * fmax(fabs(lower), fabs(upper)));
        if (!fab_presolve_is_in(presolve, j)) {
            standing.fixed += (long double)a * lower;
            continue;
        }
        standing.left++;
        standing.last = j;
        standing.coefficient = a;
    }
    return standing;
}

/* Rows of a column that has changed are looked at again; of one whose limits have met, it takes their value. */
static void note_column(struct work *work, int j)
{
    struct fab_presolve *presolve = work->presolve;
    const fab_lp *lp = presolve->lp;
    double *lower = &presolve->lower[j], *upper = &presolve->upper[j], unit = unit_of(*lower, *upper);
    presolve->broken |= *lower - *upper > FAB_LP_FEASIBILITY * unit;
    if (*upper - *lower <= SAME * unit)
        *upper = *lower;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        work->stale[lp->row_index[k]] = true;
}

static void record(struct work *work, const struct fab_presolve_record *record)
{
    struct fab_presolve *presolve = work->presolve;
    presolve->record[presolve->record_count++] = *record;
    presolve->row_out[record->row] = true;
}

/* A row of one column is a limit of it. */
static void take_limit(struct work *work, int i, const struct standing *standing)
{
    struct fab_presolve *presolve = work->presolve;
    int j = standing->last;
    double a = standing->coefficient;
    const struct fab_lp_row *row = &presolve->lp->row[i];
    double low = (double)(((a > 0 ? row->lower : row->upper) - standing->fixed) / a), high = (double)(((a > 0 ? row->upper : row->lower) - standing->fixed) / a);
    const struct fab_presolve_record limit = {.row = i, .column = j, .coefficient = a, .lower = low > presolve->lower[j], .upper = high < presolve->upper[j]};
    if (limit.lower)
        presolve->lower[j] = low;
    if (limit.upper)
        presolve->upper[j] = high;
    record(work, &limit);
    note_column(work, j);
}

/* A row that its columns can just reach holds them where they reach it: at its upper limit, with the least activity, or at its lower one, with the most. */
static void take_corner(struct work *work, int i, bool upper)
{
    struct fab_presolve *presolve = work->presolve;
    record(work, &(struct fab_presolve_record){.row = i, .column = -1, .lower = !upper, .upper = upper});
    for (int k = presolve->start[i]; k < presolve->start[i + 1]; k++) {
        int j = presolve->column[k];
        if (!fab_presolve_is_in(presolve, j))
            continue;
        presolve->holder[j] = i;
        if ((presolve->value[k] > 0) == upper)
            presolve->upper[j] = presolve->lower[j];
        else
            presolve->lower[j] = presolve->upper[j];
        note_column(work, j);
    }
}

static void take_row(struct work *work, int i)
{
    struct fab_presolve *presolve = work->presolve;
    const struct fab_lp_row *row = &presolve->lp->row[i];
    struct standing standing = look(presolve, i);
    double near = SAME * fmax(standing.size, 1e-300);
    if (standing.left == 0 || (standing.least >= row->lower && standing.most <= row->upper))
        presolve->row_out[i] = true;
    else if (standing.left == 1)
        take_limit(work, i, &standing);
    else if (fabsl(standing.least - row->upper) <= near)
        take_corner(work, i, true);
    else if (fabsl(standing.most - row->lower) <= near)
        take_corner(work, i, false);
    else
        presolve->fixed[i] = standing.fixed;
}

/* 1: a column that grows only helps the row, or leaves it; -1: only harms it; 0: may do both. */
static int effect(const struct fab_lp_row *row, double a)
{
    if (isfinite(row->lower) && isfinite(row->upper))
        return 0;
    return (a > 0) == isfinite(row->lower) ? 1 : -1;
}

/* Where costs and rows all want the column: 1 up, -1 down, 0 they do not agree. A column that no row is left for goes where its cost wants it. */
static int wanted(const struct fab_presolve *presolve, int j)
{
    const fab_lp *lp = presolve->lp;
    double cost = lp->column[j].objective;
    bool up = cost >= 0, down = cost <= 0;
    for (int k = lp->start[j]; (up || down) && k < lp->start[j + 1]; k++) {
        int i = lp->row_index[k], side = presolve->row_out[i] ? 2 : effect(&lp->row[i], lp->value[k]);
        up &= side > 0;
        down &= side == 2 || side < 0;
    }
    return down ? -1 : up ? 1 : 0;
}

static void take_columns(struct work *work)
{
    struct fab_presolve *presolve = work->presolve;
    for (int j = 0; j < presolve->lp->column_count; j++) {
        int side = fab_presolve_is_in(presolve, j) ? wanted(presolve, j) : 0;
        if (side == 0)
            continue;
        if (side > 0)
            presolve->lower[j] = presolve->upper[j];
        else
            presolve->upper[j] = presolve->lower[j];
        note_column(work, j);
    }
}

/* One look at every row that has changed; whether there was any. */
static bool pass(struct work *work)
{
    struct fab_presolve *presolve = work->presolve;
    bool any = false;
    for (int i = 0; i < presolve->lp->row_count && !presolve->broken; i++) {
        if (!work->stale[i] || presolve->row_out[i])
            continue;
        work->stale[i] = false;
        any = true;
        take_row(work, i);
    }
    take_columns(work);
    return any;
}

static void turn_to_rows(struct fab_presolve *presolve)
{
    const fab_lp *lp = presolve->lp;
    int *start = presolve->start;
    for (int k = 0; k < lp->nonzero_count; k++)
        start[lp->row_index[k] + 2]++;
    for (int i = 0; i < lp->row_count; i++)
        start[i + 2] += start[i + 1];
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            int place = start[lp->row_index[k] + 1]++;
            presolve->column[place] = j;
            presolve->value[place] = lp->value[k];
        }
}

static bool take_arrays(fab_arena *arena, struct work *work)
{
    struct fab_presolve *presolve = work->presolve;
    size_t rows = (size_t)presolve->lp->row_count, columns = (size_t)presolve->lp->column_count, all = (size_t)presolve->lp->nonzero_count;
    presolve->lower = fab_arena_take(arena, columns, sizeof *presolve->lower);
    presolve->upper = fab_arena_take(arena, columns, sizeof *presolve->upper);
    presolve->holder = fab_arena_take(arena, columns, sizeof *presolve->holder);
    presolve->row_out = fab_arena_take(arena, rows, sizeof *presolve->row_out);
    presolve->fixed = fab_arena_take(arena, rows, sizeof *presolve->fixed);
    presolve->record = fab_arena_take(arena, rows, sizeof *presolve->record);
    presolve->start = fab_arena_take(arena, rows + 2, sizeof *presolve->start);
    presolve->column = fab_arena_take(arena, all, sizeof *presolve->column);
    presolve->value = fab_arena_take(arena, all, sizeof *presolve->value);
    work->stale = fab_arena_take(arena, rows, sizeof *work->stale);
    return presolve->lower && presolve->upper && presolve->holder && presolve->row_out && presolve->fixed && presolve->record && presolve->start && presolve->column && presolve->value && work->stale;
}

fab_status fab_presolve_run(fab_context *context, fab_arena *arena, const fab_lp *lp, struct fab_presolve *presolve)
{
    struct work work = {.presolve = presolve};
    *presolve = (struct fab_presolve){.lp = lp};
    if (!take_arrays(arena, &work))
        return fab_fail_memory(context);
    turn_to_rows(presolve);
    for (int j = 0; j < lp->column_count; j++) {
        presolve->lower[j] = lp->column[j].lower;
        presolve->upper[j] = lp->column[j].upper;
        presolve->holder[j] = -1;
    }
    memset(work.stale, true, (size_t)lp->row_count * sizeof *work.stale);
    for (int n = 0; n < MOST_PASSES && pass(&work); n++)
        ;
    for (int i = 0; i < lp->row_count; i++)
        if (!presolve->row_out[i])
            presolve->fixed[i] = look(presolve, i).fixed;
    return FAB_OK;
}

/* ---- the way back */

/* c - y A of a column. */
static double reduced_cost(const fab_lp *lp, const double *multiplier, int j)
{
    long double sum = lp->column[j].objective;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        sum -= (long double)lp->value[k] * multiplier[lp->row_index[k]];
    return (double)sum;
}

/* A limit of a column has what the column would earn beyond it. */
static double multiplier_of_limit(const struct fab_presolve *presolve, const struct fab_presolve_record *record, const double *multiplier)
{
    double reduced = reduced_cost(presolve->lp, multiplier, record->column);
    bool holds = (record->lower && reduced < 0) || (record->upper && reduced > 0);
    return holds ? reduced / record->coefficient : 0;
}

/* A row that holds columns has as much as keeps the keenest of them where it is. */
static double multiplier_of_corner(const struct fab_presolve *presolve, const struct fab_presolve_record *record, const double *multiplier)
{
    double most = 0;
    for (int k = presolve->start[record->row]; k < presolve->start[record->row + 1]; k++) {
        int j = presolve->column[k];
        if (presolve->holder[j] != record->row)
            continue;
        double needed = reduced_cost(presolve->lp, multiplier, j) / presolve->value[k];
        most = record->upper ? fmax(most, needed) : fmin(most, needed);
    }
    return most;
}

/* The last record first: when it is a row's turn, the rows that came behind it have theirs. */
void fab_presolve_undo(const struct fab_presolve *presolve, double *multiplier)
{
    for (int i = 0; i < presolve->lp->row_count; i++)
        if (presolve->row_out[i])
            multiplier[i] = 0;
    for (int n = presolve->record_count - 1; n >= 0; n--) {
        const struct fab_presolve_record *record = &presolve->record[n];
        multiplier[record->row] = record->column >= 0 ? multiplier_of_limit(presolve, record, multiplier) : multiplier_of_corner(presolve, record, multiplier);
    }
}
