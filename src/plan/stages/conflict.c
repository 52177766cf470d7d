/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflict.h"

#include "conflict_set.h"
#include "elastic.h"
#include "try.h"

#include <math.h>

/* Breaking what is true of things costs so much more than breaking a limit. */
#define IDENTITY 1e3

static fab_status add_excess(fab_context *context, fab_table *table, const struct fab_elastic *elastic, const struct fab_lp_row *row, double excess, bool above)
{
    const struct fab_family *family = &elastic->program->family[row->tag.family];
    fab_value *cells = fab_table_add_row(table);
    if (!cells)
        return fab_fail_memory(context);
    cells[0] = fab_text(family->code);
    cells[1] = fab_text(fab_table_keep(table, row->name));
    cells[2] = fab_real(above ? row->upper : row->lower);
    cells[3] = fab_real(excess);
    cells[4] = fab_text(above ? "above" : "below");
    cells[5] = fab_text(fab_table_keep(table, fab_conflict_unit(elastic->program, row->tag)));
    return cells[1].text && cells[5].text ? FAB_OK : fab_fail_memory(context);
}

/* The excess of a side of a row; 0 for rounding. */
static double excess_of(const struct fab_elastic *elastic, const double *x, int row, bool above)
{
    const struct fab_lp_row *limit = &fab_solver_program(elastic->solver)->row[row];
    int slack = above ? elastic->above[row] : elastic->below[row];
    if (slack == FAB_NONE)
        return 0;
    return x[slack] > FAB_ELASTIC_SMALLEST * fab_elastic_scale(above ? limit->upper : limit->lower) ? x[slack] : 0;
}

static fab_status read_excesses(fab_context *context, fab_table *table, const struct fab_elastic *elastic, const double *x)
{
    fab_status status = FAB_OK;
    for (int i = 0; i < elastic->rows; i++)
        for (int side = 0; side < 2; side++) {
            double excess = excess_of(elastic, x, i, side == 0);
            if (excess > 0)
                TRY(add_excess(context, table, elastic, &fab_solver_program(elastic->solver)->row[i], excess, side == 0));
        }
out:
    return status;
}

static bool breaks_identity(const struct fab_elastic *elastic, const double *x)
{
    for (int i = 0; i < elastic->rows; i++)
        if (fab_elastic_is_identity(elastic, i) && (excess_of(elastic, x, i, true) > 0 || excess_of(elastic, x, i, false) > 0))
            return true;
    return false;
}

/* The cheapest change of limits: where the least violation breaks a balance too, limits are tried first. */
static fab_status find_repair(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, const fab_lp_solution *least, fab_table *table)
{
    fab_status status = FAB_OK;
    fab_lp_solution *repair = NULL;
    double value;
    if (breaks_identity(elastic, least->x)) {
        for (int i = 0; i < elastic->rows; i++)
            fab_elastic_set_price(elastic, i, fab_elastic_is_identity(elastic, i) ? IDENTITY : 1);
        TRY(fab_elastic_solve(context, elastic, options, &repair, &value));
    }
    TRY(read_excesses(context, table, elastic, repair ? repair->x : least->x));
out:
    fab_lp_solution_free(repair);
    return status;
}

static fab_status find(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, struct fab_conflict *conflict)
{
    static const char *const columns[] = {"equation", "name", "limit", "excess", "direction", "unit"};
    fab_status status = FAB_OK;
    fab_lp_solution *least = NULL;
    TRY(fab_elastic_solve(context, elastic, options, &least, &conflict->least));
    if (!least)
        goto out;
    conflict->found = 0;
    for (int j = elastic->columns; j < fab_solver_program(elastic->solver)->column_count; j++)
        conflict->found -= elastic->price[j] * least->x[j];
    conflict->proven = conflict->least > FAB_CONFLICT_LEAST;
    if (!conflict->proven)
        goto out;
    TRY_MEMORY(context, conflict->table = fab_table_new("conflict", columns, 6));
    TRY(find_repair(context, elastic, options, least, conflict->table));
    TRY(fab_conflict_set_find(context, elastic, options, &conflict->set));
out:
    fab_lp_solution_free(least);
    return status;
}

fab_status fab_conflict_find(fab_context *context, const fab_program *program, fab_solver *solver, const fab_solver_options *options, struct fab_conflict *conflict)
{
    fab_status status = FAB_OK;
    struct fab_elastic elastic = {0};
    *conflict = (struct fab_conflict){.least = 0, .found = (double)NAN};
    TRY(fab_elastic_open(context, program, solver, &elastic));
    TRY(find(context, &elastic, options, conflict));
out:
    fab_elastic_close(&elastic);
    if (status != FAB_OK) {
        fab_table_free(conflict->table);
        fab_table_free(conflict->set);
        conflict->table = conflict->set = NULL;
    }
    return status;
}
