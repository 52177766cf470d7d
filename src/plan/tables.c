/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

fab_table *fab_table_columns_of(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_column", "number value");
    for (int j = 0; j < plan->program->lp->column_count; j++) {
        if (plan->solution->x[j] == 0)
            continue;
        fab_writer_row(&w);
        fab_writer_integer(&w, j);
        fab_writer_real(&w, plan->solution->x[j]);
    }
    return fab_writer_end(&w);
}

fab_table *fab_table_rows_of(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_row", "number multiplier");
    for (int i = 0; i < plan->program->lp->row_count; i++) {
        if (plan->solution->multiplier[i] == 0)
            continue;
        fab_writer_row(&w);
        fab_writer_integer(&w, i);
        fab_writer_real(&w, plan->solution->multiplier[i]);
    }
    return fab_writer_end(&w);
}

fab_status fab_plan_make_tables(fab_context *context, const fab_plan *plan, int64_t number, fab_table *tables[FAB_PLAN_MOST_TABLES], int *count)
{
    fab_table_maker *const makers[] = {
        fab_table_periods,    fab_table_starts,  fab_table_lines,     fab_table_demands,         fab_table_shipments, fab_table_shipment_limits,
        fab_table_stock,      fab_table_substitutions, fab_table_capacity, fab_table_offloads,  fab_table_purchases, fab_table_deliveries,
        fab_table_budget,     fab_table_power,   fab_table_promises,  fab_table_shortages,       fab_table_columns_of, fab_table_rows_of,
    };
    int made = 0;
    for (size_t m = 0; m < sizeof makers / sizeof *makers; m++) {
        tables[made] = makers[m](plan, number);
        if (!tables[made])
            goto failed;
        made++;
    }
    *count = made;
    return FAB_OK;
failed:
    for (int m = 0; m < made; m++)
        fab_table_free(tables[m]);
    return fab_fail_memory(context);
}
