/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_tables.h"

#include "reasons.h"
#include "tables.h"

fab_status fab_plan_make_tables(fab_context *context, const fab_plan *plan, int64_t number, fab_table *tables[FAB_PLAN_MOST_TABLES], int *count)
{
    fab_table_maker *const makers[] = {
        fab_table_periods,  fab_table_tail_periods, fab_table_starts,        fab_table_lines,    fab_table_demands,    fab_table_shipments,  fab_table_shipment_limits,
        fab_table_stock,    fab_table_targets,      fab_table_cumulated, fab_table_mixes, fab_table_substitutions, fab_table_capacity, fab_table_downs, fab_table_offloads,   fab_table_purchases,  fab_table_deliveries,
        fab_table_budget,   fab_table_power,         fab_table_wip,      fab_table_promises,   fab_table_stages,     fab_table_customers,
        fab_table_kept,     fab_table_shortages,  fab_table_pegs,         fab_table_independence, fab_table_own,     fab_table_figures, fab_table_columns_of, fab_table_rows_of,
        fab_table_basis,    fab_table_loads,        fab_table_works,
    };
    _Static_assert(sizeof makers / sizeof *makers == FAB_PLAN_MADE_TABLES, "room for every table");
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
