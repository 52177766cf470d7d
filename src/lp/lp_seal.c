/* Sealing a program: every number checked, coefficients sorted and summed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"

#include "array.h"
#include "lp_matrix.h"
#include "lp_valid.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Above this ratio of largest to smallest coefficient in a row, double precision (1.1e-16) leaves the small ones less than four digits. */
#define SPAN_WARNING 1e12
enum { SPAN_WARNINGS_SHOWN = 5 };

static fab_status check_rows(fab_context *context, const fab_lp *lp)
{
    fab_status status = FAB_OK;
    for (int i = 0; i < lp->row_count; i++)
        TRY(fab_lp_valid_row(context, &lp->row[i]));
out:
    return status;
}

static fab_status check_columns(fab_context *context, const fab_lp *lp)
{
    fab_status status = fab_lp_valid_constant(context, lp->objective_constant);
    for (int j = 0; !status && j < lp->column_count; j++)
        status = fab_lp_valid_column(context, &lp->column[j]);
    return status;
}

static fab_status check_entries(fab_context *context, const fab_lp *lp)
{
    for (int k = 0; k < lp->entry_count; k++) {
        const struct fab_lp_entry *entry = &lp->entry[k];
        if (entry->row < 0 || entry->row >= lp->row_count)
            return fab_fail(context, FAB_INTERNAL, "linear program: a coefficient is in row %d of %d", entry->row, lp->row_count);
        if (entry->column < 0 || entry->column >= lp->column_count)
            return fab_fail(context, FAB_INTERNAL, "linear program: row %s has a coefficient in column %d of %d", lp->row[entry->row].name,
                            entry->column, lp->column_count);
        if (!fab_lp_is_number(entry->value))
            return fab_fail(context, FAB_INTERNAL, "linear program: row %s, column %s: coefficient %g", lp->row[entry->row].name,
                            lp->column[entry->column].name, entry->value);
    }
    return FAB_OK;
}

/* Counting sort of the entries by row, into `order`; stable, so that equal places are summed in the order in which they were added. */
static void sort_by_row(const fab_lp *lp, int *next, int *order)
{
    memset(next, 0, ((size_t)lp->row_count + 1) * sizeof *next);
    for (int k = 0; k < lp->entry_count; k++)
        next[lp->entry[k].row + 1]++;
    for (int i = 0; i < lp->row_count; i++)
        next[i + 1] += next[i];
    for (int k = 0; k < lp->entry_count; k++)
        order[next[lp->entry[k].row]++] = k;
}

/* Counting sort by column of entries in row order: rows ascend in every column. Fills start, row_index, value; equal places still stand
 * side by side. */
static void sort_by_column(fab_lp *lp, const int *order, int *next)
{
    memset(lp->start, 0, ((size_t)lp->column_count + 1) * sizeof *lp->start);
    for (int k = 0; k < lp->entry_count; k++)
        lp->start[lp->entry[k].column + 1]++;
    for (int j = 0; j < lp->column_count; j++)
        lp->start[j + 1] += lp->start[j];
    memcpy(next, lp->start, (size_t)lp->column_count * sizeof *next);
    for (int k = 0; k < lp->entry_count; k++) {
        const struct fab_lp_entry *entry = &lp->entry[order[k]];
        int place = next[entry->column]++;
        lp->row_index[place] = entry->row;
        lp->value[place] = entry->value;
    }
}

/* Sums coefficients of the same place and drops zeros, in place. */
static void merge_places(fab_lp *lp)
{
    int kept = 0;
    for (int j = 0, from = 0; j < lp->column_count; j++) {
        int end = lp->start[j + 1];
        lp->start[j] = kept;
        while (from < end) {
            int row = lp->row_index[from];
            double sum = 0;
            for (; from < end && lp->row_index[from] == row; from++)
                sum += lp->value[from];
            if (sum != 0) {
                lp->row_index[kept] = row;
                lp->value[kept++] = sum;
            }
        }
    }
    lp->start[lp->column_count] = kept;
    lp->nonzero_count = kept;
}

/* The coefficients of an earlier seal go before those added since, so that both are sorted and summed together. */
static bool unpack(fab_lp *lp)
{
    int packed = lp->nonzero_count, place = 0;
    if (!fab_array_room(&lp->entry, lp->entry_count, packed, &lp->entry_capacity, sizeof *lp->entry))
        return false;
    if (packed > 0)
        memmove(lp->entry + packed, lp->entry, (size_t)lp->entry_count * sizeof *lp->entry);
    for (int j = 0; j < lp->packed_columns; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            lp->entry[place++] = (struct fab_lp_entry){.row = lp->row_index[k], .column = j, .value = lp->value[k]};
    lp->entry_count += packed;
    lp->nonzero_count = lp->packed_columns = 0;
    return true;
}

static void drop_entries(fab_lp *lp)
{
    free(lp->entry);
    lp->entry = NULL;
    lp->entry_count = lp->entry_capacity = 0;
}

static fab_status compress(fab_context *context, fab_lp *lp)
{
    fab_status status = FAB_OK;
    int *order = NULL, *next = NULL;
    TRY_MEMORY(context, unpack(lp));
    size_t columns = (size_t)lp->column_count + 1, rows = (size_t)lp->row_count + 1;
    order = malloc(((size_t)lp->entry_count + 1) * sizeof *order);
    next = malloc((rows > columns ? rows : columns) * sizeof *next);
    TRY_MEMORY(context, order && next && fab_lp_matrix_take(lp, (size_t)lp->column_count, (size_t)lp->entry_count));
    sort_by_row(lp, next, order);
    sort_by_column(lp, order, next);
    merge_places(lp);
    lp->packed_columns = lp->column_count;
    drop_entries(lp);
out:
    free(order);
    free(next);
    return status;
}

/* Also after summing: terms below the limit may have a sum above it. */
static fab_status check_coefficients(fab_context *context, const fab_lp *lp)
{
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (!fab_lp_is_number(lp->value[k]))
                return fab_fail(context, FAB_INTERNAL, "linear program: row %d, column %s: coefficient %g", lp->row_index[k],
                                lp->column[j].name, lp->value[k]);
    return FAB_OK;
}

struct span {
    double least, largest;
};

static fab_status warn_of_spans(fab_context *context, const fab_lp *lp)
{
    int wide = 0;
    struct span *span = calloc((size_t)lp->row_count + 1, sizeof *span);
    if (!span)
        return fab_fail_memory(context);
    for (int k = 0; k < lp->nonzero_count; k++) {
        struct span *of_row = &span[lp->row_index[k]];
        double size = fabs(lp->value[k]);
        of_row->least = of_row->least > 0 ? fmin(of_row->least, size) : size;
        of_row->largest = fmax(of_row->largest, size);
    }
    for (int i = 0; i < lp->row_count; i++) {
        if (span[i].largest <= SPAN_WARNING * span[i].least)
            continue;
        if (++wide <= SPAN_WARNINGS_SHOWN)
            fab_say(context, FAB_LEVEL_WARNING, "linear program: coefficients of row %s reach from %g to %g", lp->row[i].name,
                    span[i].least, span[i].largest);
    }
    if (wide > SPAN_WARNINGS_SHOWN)
        fab_say(context, FAB_LEVEL_WARNING, "linear program: coefficients of %d more rows reach as far", wide - SPAN_WARNINGS_SHOWN);
    free(span);
    return FAB_OK;
}

fab_status fab_lp_seal(fab_context *context, fab_lp *lp)
{
    fab_status status = FAB_OK;
    TRY(check_rows(context, lp));
    TRY(check_columns(context, lp));
    TRY(check_entries(context, lp));
    TRY(compress(context, lp));
    TRY(check_coefficients(context, lp));
    TRY(warn_of_spans(context, lp));
out:
    lp->sealed = status == FAB_OK;
    return status;
}

fab_status fab_lp_validate(fab_context *context, const fab_lp *lp)
{
    fab_status status = FAB_OK;
    if (!lp->sealed)
        return fab_fail(context, FAB_INTERNAL, "linear program: not sealed");
    TRY(check_rows(context, lp));
    TRY(check_columns(context, lp));
    TRY(check_coefficients(context, lp));
out:
    return status;
}
