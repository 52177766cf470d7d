/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_change.h"

#include "lp_matrix.h"
#include "lp_valid.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

fab_status fab_lp_set_objective(fab_context *context, fab_lp *lp, const double objective[], double constant)
{
    fab_status status = fab_lp_valid_constant(context, constant);
    for (int j = 0; !status && j < lp->column_count; j++) {
        struct fab_lp_column column = lp->column[j];
        column.objective = objective[j];
        status = fab_lp_valid_column(context, &column);
    }
    if (status)
        return status;
    for (int j = 0; j < lp->column_count; j++)
        lp->column[j].objective = objective[j];
    lp->objective_constant = constant;
    return FAB_OK;
}

static fab_status expect_place(fab_context *context, const char *what, int place, int count)
{
    if (place >= 0 && place < count)
        return FAB_OK;
    return fab_fail(context, FAB_INTERNAL, "linear program: %s %d of %d", what, place, count);
}

fab_status fab_lp_set_row_limits(fab_context *context, fab_lp *lp, int row, double lower, double upper)
{
    fab_status status = FAB_OK;
    TRY(expect_place(context, "row", row, lp->row_count));
    struct fab_lp_row changed = lp->row[row];
    changed.lower = lower;
    changed.upper = upper;
    TRY(fab_lp_valid_row(context, &changed));
    lp->row[row] = changed;
out:
    return status;
}

fab_status fab_lp_set_column_limits(fab_context *context, fab_lp *lp, int column, double lower, double upper)
{
    fab_status status = FAB_OK;
    TRY(expect_place(context, "column", column, lp->column_count));
    struct fab_lp_column changed = lp->column[column];
    changed.lower = lower;
    changed.upper = upper;
    TRY(fab_lp_valid_column(context, &changed));
    lp->column[column] = changed;
out:
    return status;
}

/* A coefficient in its place, for sorting. */
struct place {
    int index;
    double value;
};

static int compare_places(const void *a, const void *b)
{
    int first = ((const struct place *)a)->index, second = ((const struct place *)b)->index;
    return (first > second) - (first < second);
}

/* The terms by index, without zeros; *count is their number. */
static fab_status sort_terms(fab_context *context, const struct fab_lp_terms *terms, int limit, struct place **sorted, int *count)
{
    fab_status status = FAB_OK;
    struct place *place = malloc(((size_t)terms->count + 1) * sizeof *place);
    int kept = 0;
    TRY_MEMORY(context, place);
    for (int k = 0; k < terms->count; k++) {
        TRY(expect_place(context, "coefficient in", terms->index[k], limit));
        if (!fab_lp_is_number(terms->value[k])) {
            status = fab_fail(context, FAB_INTERNAL, "linear program: coefficient %g", terms->value[k]);
            goto out;
        }
        if (terms->value[k] != 0)
            place[kept++] = (struct place){terms->index[k], terms->value[k]};
    }
    qsort(place, (size_t)kept, sizeof *place, compare_places);
    for (int k = 1; k < kept; k++) {
        if (place[k].index == place[k - 1].index) {
            status = fab_fail(context, FAB_INTERNAL, "linear program: two coefficients in the place %d", place[k].index);
            goto out;
        }
    }
    *sorted = place;
    *count = kept;
    place = NULL;
out:
    free(place);
    return status;
}

static bool make_room(fab_lp *lp, int more)
{
    size_t count = (size_t)lp->nonzero_count + (size_t)more + 1;
    int *row_index = realloc(lp->row_index, count * sizeof *row_index);
    if (row_index)
        lp->row_index = row_index;
    double *value = realloc(lp->value, count * sizeof *value);
    if (value)
        lp->value = value;
    return row_index && value;
}

/* The new row has the largest index: its coefficients stand last in their columns. From the last column to the first, everything moves up by the number of new
 * coefficients before it. */
static void spread_columns(fab_lp *lp, int row, const struct place *place, int count)
{
    lp->nonzero_count += count;
    for (int j = lp->column_count - 1; j >= 0 && count > 0; j--) {
        int from = lp->start[j], end = lp->start[j + 1];
        lp->start[j + 1] = end + count;
        if (place[count - 1].index == j) {
            count--;
            lp->row_index[end + count] = row;
            lp->value[end + count] = place[count].value;
        }
        memmove(&lp->row_index[from + count], &lp->row_index[from], (size_t)(end - from) * sizeof *lp->row_index);
        memmove(&lp->value[from + count], &lp->value[from], (size_t)(end - from) * sizeof *lp->value);
    }
}

fab_status fab_lp_insert_row(fab_context *context, fab_lp *lp, const struct fab_lp_row *row, const struct fab_lp_terms *terms)
{
    fab_status status = FAB_OK;
    struct place *place = NULL;
    int count;
    TRY(fab_lp_valid_row(context, row));
    TRY(sort_terms(context, terms, lp->column_count, &place, &count));
    const char *name = fab_arena_dup(lp->arena, row->name);
    TRY_MEMORY(context, name && fab_lp_matrix_own(lp) && make_room(lp, count));
    int index = fab_lp_add_row(lp, name, row->lower, row->upper);
    TRY_MEMORY(context, index >= 0);
    lp->row[index].tag = row->tag;
    spread_columns(lp, index, place, count);
    lp->sealed = true;
out:
    free(place);
    return status;
}

fab_status fab_lp_insert_column(fab_context *context, fab_lp *lp, const struct fab_lp_column *column, const struct fab_lp_terms *terms)
{
    fab_status status = FAB_OK;
    struct place *place = NULL;
    int count;
    TRY(fab_lp_valid_column(context, column));
    TRY(sort_terms(context, terms, lp->row_count, &place, &count));
    TRY_MEMORY(context, fab_lp_matrix_own(lp));
    int *start = realloc(lp->start, ((size_t)lp->column_count + 2) * sizeof *start);
    TRY_MEMORY(context, start);
    lp->start = start;
    const char *name = fab_arena_dup(lp->arena, column->name);
    TRY_MEMORY(context, name && make_room(lp, count));
    int index = fab_lp_add_column(lp, name, column->lower, column->upper, column->objective);
    TRY_MEMORY(context, index >= 0);
    lp->column[index].tag = column->tag;
    lp->column[index].integer = column->integer;
    for (int k = 0; k < count; k++) {
        lp->row_index[lp->nonzero_count] = place[k].index;
        lp->value[lp->nonzero_count++] = place[k].value;
    }
    lp->start[index + 1] = lp->nonzero_count;
    lp->packed_columns = lp->column_count;
    lp->sealed = true;
out:
    free(place);
    return status;
}
