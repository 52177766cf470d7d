/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "basis_repair.h"

#include "array.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A pivot below this share of its column's largest entry is rounding. */
#define TINY 1e-7
/* Of the pivots that are at least this share of the largest one the row with fewest entries is taken. */
#define THRESHOLD 0.1
/* What elimination leaves below this is nothing. */
#define NOTHING 1e-14
#define MOST_WORK 2e9

/* Rows and columns that are still open: neither pivots nor given up. */
struct repairing {
    const fab_lp *lp;
    const struct fab_lp_factors *factors;
    char *row, *column;        /* letters on their way */
    bool *open_row, *open;     /* [rows], [columns] */
    int *row_count, *count;    /* open entries of an open row, of an open column */
    int *start, *member;       /* of each row its columns of the basis */
    int *queue, queued;        /* singletons: columns, and rows as -1 - row */
    /* elimination */
    int *pivot_row, pivots;    /* of each pivot */
    int *lower_start;          /* [pivots + 1] */
    int *lower_row;
    double *lower, *work;
    int lower_count, lower_capacity, value_capacity;
    double operations;
};

static double scaled(const struct repairing *r, int entry, int column)
{
    return r->factors->row[r->lp->row_index[entry]] * r->lp->value[entry] * r->factors->column[column];
}

static double largest(const struct repairing *r, int column)
{
    double most = 0;
    for (int e = r->lp->start[column]; e < r->lp->start[column + 1]; e++)
        most = fmax(most, fabs(scaled(r, e, column)));
    return most;
}

/* ---- singletons ---- */

static void count_entries(struct repairing *r)
{
    const fab_lp *lp = r->lp;
    for (int j = 0; j < lp->column_count; j++)
        for (int e = lp->start[j]; r->open[j] && e < lp->start[j + 1]; e++)
            r->start[lp->row_index[e] + 1]++;
    for (int i = 0; i < lp->row_count; i++)
        r->start[i + 1] += r->start[i];
}

/* The columns of each row, and how many entries are open. */
static void list_members(struct repairing *r)
{
    const fab_lp *lp = r->lp;
    for (int j = 0; j < lp->column_count; j++)
        for (int e = lp->start[j]; r->open[j] && e < lp->start[j + 1]; e++) {
            int i = lp->row_index[e];
            r->member[r->start[i] + r->row_count[i]++] = j;
            r->count[j] += r->open_row[i];
        }
}

static void offer_column(struct repairing *r, int j)
{
    if (r->open[j] && r->count[j] == 1)
        r->queue[r->queued++] = j;
}

static void offer_row(struct repairing *r, int i)
{
    if (r->open_row[i] && r->row_count[i] == 1)
        r->queue[r->queued++] = -1 - i;
}

static void close_column(struct repairing *r, int j)
{
    r->open[j] = false;
    for (int e = r->lp->start[j]; e < r->lp->start[j + 1]; e++) {
        r->row_count[r->lp->row_index[e]]--;
        offer_row(r, r->lp->row_index[e]);
    }
}

static void close_row(struct repairing *r, int i)
{
    r->open_row[i] = false;
    for (int m = r->start[i]; m < r->start[i + 1]; m++)
        if (r->open[r->member[m]]) {
            r->count[r->member[m]]--;
            offer_column(r, r->member[m]);
        }
}

/* The entry of a column in its only open row. */
static int open_entry(const struct repairing *r, int j)
{
    for (int e = r->lp->start[j]; e < r->lp->start[j + 1]; e++)
        if (r->open_row[r->lp->row_index[e]])
            return e;
    return -1;
}

static void take_column(struct repairing *r, int j)
{
    int e = open_entry(r, j);
    if (!r->open[j] || r->count[j] != 1 || e < 0 || !(fabs(scaled(r, e, j)) > TINY * largest(r, j)))
        return;
    close_column(r, j);
    close_row(r, r->lp->row_index[e]);
}

static void take_row(struct repairing *r, int i)
{
    int column = -1;
    for (int m = r->start[i]; r->open_row[i] && r->row_count[i] == 1 && m < r->start[i + 1]; m++)
        if (r->open[r->member[m]])
            column = r->member[m];
    for (int e = column < 0 ? 0 : r->lp->start[column]; column >= 0 && e < r->lp->start[column + 1]; e++)
        if (r->lp->row_index[e] == i && fabs(scaled(r, e, column)) > THRESHOLD * TINY + TINY * largest(r, column)) {
            close_column(r, column);
            close_row(r, i);
            return;
        }
}

/* What is triangular needs no elimination. */
static void take_singletons(struct repairing *r)
{
    for (int j = 0; j < r->lp->column_count; j++)
        offer_column(r, j);
    for (int i = 0; i < r->lp->row_count; i++)
        offer_row(r, i);
    for (int next = 0; next < r->queued; next++)
        if (r->queue[next] >= 0)
            take_column(r, r->queue[next]);
        else
            take_row(r, -1 - r->queue[next]);
}

/* ---- the rest ---- */

/* The column as the pivots before it leave it. */
static void eliminate(struct repairing *r, int j)
{
    for (int e = r->lp->start[j]; e < r->lp->start[j + 1]; e++)
        if (r->open_row[r->lp->row_index[e]])
            r->work[r->lp->row_index[e]] = scaled(r, e, j);
    r->operations += r->pivots;
    for (int p = 0; p < r->pivots; p++) {
        double by = r->work[r->pivot_row[p]];
        if (by == 0)
            continue;
        r->work[r->pivot_row[p]] = 0;
        for (int l = r->lower_start[p]; l < r->lower_start[p + 1]; l++)
            r->work[r->lower_row[l]] -= by * r->lower[l];
        r->operations += r->lower_start[p + 1] - r->lower_start[p];
    }
}

/* The row of the pivot, or -1. */
static int find_pivot(const struct repairing *r, double tiny)
{
    double most = 0;
    int best = -1;
    for (int i = 0; i < r->lp->row_count; i++)
        most = fmax(most, fabs(r->work[i]));
    for (int i = 0; i < r->lp->row_count && most > tiny; i++)
        if (fabs(r->work[i]) >= THRESHOLD * most && (best < 0 || r->row_count[i] < r->row_count[best]))
            best = i;
    return best;
}

/* Divides by the pivot; the work is empty afterwards. */
static bool keep_lower(struct repairing *r, int pivot)
{
    double by = pivot < 0 ? 1 : r->work[pivot];
    bool good = true;
    for (int i = 0; i < r->lp->row_count; i++) {
        double value = r->work[i];
        r->work[i] = 0;
        if (pivot < 0 || i == pivot || fabs(value) <= NOTHING)
            continue;
        good = good && FAB_ARRAY_ROOM(&r->lower, r->lower_count, &r->value_capacity) && FAB_ARRAY_ROOM(&r->lower_row, r->lower_count, &r->lower_capacity);
        if (!good)
            continue;
        r->lower[r->lower_count] = value / by;
        r->lower_row[r->lower_count++] = i;
    }
    return good;
}

static bool take_by_elimination(struct repairing *r, int j)
{
    eliminate(r, j);
    int pivot = find_pivot(r, TINY * largest(r, j));
    bool good = keep_lower(r, pivot);
    if (pivot < 0)
        return good;
    r->open[j] = false;
    r->pivot_row[r->pivots++] = pivot;
    r->lower_start[r->pivots] = r->lower_count;
    return good;
}

/* Columns with few entries first; false when memory is short. Rows that are pivots are closed at the end, since the elimination needs them. */
static bool take_rest(struct repairing *r)
{
    bool good = true;
    int most = 0;
    for (int j = 0; j < r->lp->column_count; j++)
        most = r->open[j] && r->count[j] > most ? r->count[j] : most;
    for (int entries = 1; entries <= most && good; entries++)
        for (int j = 0; j < r->lp->column_count && good && r->operations < MOST_WORK; j++)
            if (r->open[j] && r->count[j] == entries)
                good = take_by_elimination(r, j);
    for (int p = 0; p < r->pivots; p++)
        r->open_row[r->pivot_row[p]] = false;
    return good;
}

/* ---- all of it ---- */

static bool begin(struct repairing *r, const struct fab_engine_basis *basis)
{
    const fab_lp *lp = r->lp;
    size_t rows = (size_t)lp->row_count + 2, columns = (size_t)lp->column_count + 1, entries = (size_t)lp->nonzero_count + 1;
    size_t given_rows = strlen(basis->row_status), given_columns = strlen(basis->column_status);
    r->row = calloc(rows, 1), r->column = calloc(columns, 1);
    r->open_row = calloc(rows, sizeof *r->open_row), r->open = calloc(columns, sizeof *r->open);
    r->row_count = calloc(rows, sizeof *r->row_count), r->count = calloc(columns, sizeof *r->count);
    r->start = calloc(rows, sizeof *r->start), r->member = calloc(entries, sizeof *r->member);
    r->queue = calloc(entries + 2 * (rows + columns), sizeof *r->queue);
    r->pivot_row = calloc(rows, sizeof *r->pivot_row), r->lower_start = calloc(rows + 1, sizeof *r->lower_start), r->work = calloc(rows, sizeof *r->work);
    if (!r->row || !r->column || !r->open_row || !r->open || !r->row_count || !r->count || !r->start || !r->member || !r->queue || !r->pivot_row || !r->lower_start || !r->work)
        return false;
    for (int i = 0; i < lp->row_count; i++) {
        r->row[i] = (size_t)i < given_rows ? basis->row_status[i] : 'b';
        r->open_row[i] = r->row[i] != 'b';
    }
    for (int j = 0; j < lp->column_count; j++) {
        r->column[j] = fab_lp_column_is_constant(&lp->column[j]) ? 's' : (size_t)j < given_columns ? basis->column_status[j] : 'l';
        r->open[j] = r->column[j] == 'b';
    }
    return true;
}

static void end(struct repairing *r)
{
    free(r->row), free(r->column), free(r->open_row), free(r->open), free(r->row_count), free(r->count), free(r->start), free(r->member), free(r->queue), free(r->pivot_row), free(r->lower_start);
    free(r->work), free(r->lower), free(r->lower_row);
}

/* What is still open changes sides. */
static void finish(struct repairing *r, struct fab_basis_repair *repair)
{
    for (int j = 0; j < r->lp->column_count; j++)
        if (r->open[j]) {
            r->column[j] = 'l';
            repair->dropped++;
        }
    for (int i = 0; i < r->lp->row_count; i++)
        if (r->open_row[i]) {
            r->row[i] = 'b';
            repair->added++;
        }
    repair->row_status = r->row;
    repair->column_status = r->column;
    r->row = r->column = NULL;
}

fab_status fab_basis_repair(fab_context *context, const fab_lp *lp, const struct fab_lp_factors *factors, const struct fab_engine_basis *basis, struct fab_basis_repair *repair)
{
    fab_status status = FAB_OK;
    struct repairing repairing = {.lp = lp, .factors = factors};
    *repair = (struct fab_basis_repair){0};
    TRY_MEMORY(context, begin(&repairing, basis));
    count_entries(&repairing);
    list_members(&repairing);
    take_singletons(&repairing);
    TRY_MEMORY(context, take_rest(&repairing));
    if (repairing.operations < MOST_WORK)
        finish(&repairing, repair);
out:
    end(&repairing);
    return status;
}
