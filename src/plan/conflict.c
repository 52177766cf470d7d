/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An excess below this share of the row's scale is rounding. */
#define SMALLEST_EXCESS 1e-7

/* Scale of a row: its limit, at least 1. */
static double row_scale(const struct fab_lp_row *row)
{
    double limit = isfinite(row->upper) ? row->upper : row->lower;
    return fmax(1, fabs(limit));
}

/* Most that a row can be broken by: its activity at the worst corner of the columns' limits. */
static double *most_activity(const fab_lp *lp)
{
    double *most = calloc((size_t)lp->row_count + 1, sizeof *most);
    for (int j = 0; most && j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            most[lp->row_index[k]] += fabs(lp->value[k]) * fmax(fabs(lp->column[j].lower), fabs(lp->column[j].upper));
    return most;
}

/* The elastic program; column lp->column_count + 2 i is the excess of row i above its upper limit, the next one below its lower limit. */
static fab_status make_elastic(fab_context *context, const fab_lp *lp, fab_lp **result)
{
    fab_lp *elastic = fab_lp_new(lp->title);
    double *most = most_activity(lp);
    bool ok = elastic && most;
    for (int j = 0; ok && j < lp->column_count; j++)
        ok = fab_lp_add_column(elastic, lp->column[j].name, lp->column[j].lower, lp->column[j].upper, 0) >= 0;
    for (int i = 0; ok && i < lp->row_count; i++) {
        const struct fab_lp_row *row = &lp->row[i];
        double room = most[i] + fabs(isfinite(row->upper) ? row->upper : 0) + fabs(isfinite(row->lower) ? row->lower : 0) + 1, scale = row_scale(row);
        ok = fab_lp_add_row(elastic, row->name, row->lower, row->upper) >= 0;
        int above = ok ? fab_lp_add_column(elastic, row->name, 0, isfinite(row->upper) ? room : 0, -1 / scale) : -1;
        int below = above >= 0 ? fab_lp_add_column(elastic, row->name, 0, isfinite(row->lower) ? room : 0, -1 / scale) : -1;
        ok = below >= 0 && fab_lp_add(elastic, i, above, -1) && fab_lp_add(elastic, i, below, 1);
    }
    for (int j = 0; ok && j < lp->column_count; j++)
        for (int k = lp->start[j]; ok && k < lp->start[j + 1]; k++)
            ok = fab_lp_add(elastic, lp->row_index[k], j, lp->value[k]);
    free(most);
    fab_status status = ok ? fab_lp_seal(context, elastic) : fab_fail_memory(context);
    if (status != FAB_OK) {
        fab_lp_free(elastic);
        return status;
    }
    *result = elastic;
    return FAB_OK;
}

static bool add_row(fab_table *table, const struct fab_lp_row *row, double excess, bool above)
{
    size_t code_length = strcspn(row->name, "[");
    char code[16] = "";
    if (code_length < sizeof code)
        memcpy(code, row->name, code_length);
    fab_value *cells = fab_table_add_row(table);
    if (!cells)
        return false;
    cells[0] = fab_text(fab_table_keep(table, code));
    cells[1] = fab_text(fab_table_keep(table, row->name));
    cells[2] = fab_real(above ? row->upper : row->lower);
    cells[3] = fab_real(excess);
    cells[4] = fab_text(above ? "above" : "below");
    return cells[0].text && cells[1].text;
}

fab_status fab_conflict_find(fab_context *context, const fab_lp *lp, fab_table **conflict)
{
    static const char *const columns[] = {"equation", "name", "limit", "excess", "direction"};
    fab_lp_solution *solution = NULL;
    fab_table *table = fab_table_new("conflict", columns, 5);
    fab_lp *elastic = NULL;
    fab_status status = table ? make_elastic(context, lp, &elastic) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = fab_lp_solve(context, elastic, NULL, &solution);
    for (int i = 0; status == FAB_OK && solution->outcome == FAB_OPTIMAL && i < lp->row_count; i++)
        for (int below = 0; below < 2; below++) {
            double excess = solution->x[lp->column_count + 2 * i + below];
            if (excess > SMALLEST_EXCESS * row_scale(&lp->row[i]) && !add_row(table, &lp->row[i], excess, !below))
                status = fab_fail_memory(context);
        }
    fab_lp_solution_free(solution);
    fab_lp_free(elastic);
    if (status != FAB_OK) {
        fab_table_free(table);
        return status;
    }
    *conflict = table;
    return FAB_OK;
}
