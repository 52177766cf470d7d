/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth_row.h"

#include "try.h"

#include <string.h>

static const struct {
    const char *name, *columns;
} tables[SYNTH_TABLES] = {
    [SYNTH_T_SITE] = {"site", "site,name"},
    [SYNTH_T_LINE] = {"line", "line,site,kind,name,base_load_mw,facility_power_factor,floor_m2"},
    [SYNTH_T_CALENDAR] = {"calendar", "period,start_date,end_date"},
    [SYNTH_T_TOOL_GROUP] = {"tool_group", "tool_group,line,name,area,tools,availability,max_utilisation,power_kw,price_usd,floor_m2,lead_time_days,buyable,life_days"},
    [SYNTH_T_TOOL_DELIVERY_LIMIT] = {"tool_delivery_limit", "tool_group,from_date,to_date,max_tools"},
    [SYNTH_T_TOOL_ALTERNATE] = {"tool_alternate", "tool_group,alternate,route,step,hours_ratio"},
    [SYNTH_T_ROUTE] = {"route", "route,line,name,lot_size"},
    [SYNTH_T_CYCLE_TIME] = {"cycle_time", "route,from_date,days"},
    [SYNTH_T_ROUTE_STEP] = {"route_step", "route,step,name,tool_group,visits,minutes_per_unit,from_frac,to_frac,sample_frac,rework_frac"},
    [SYNTH_T_ITEM] = {"item", "item,kind,name,unit_value_usd,max_stock,compute_watts"},
    [SYNTH_T_STOCK] = {"stock", "item,on_hand"},
    [SYNTH_T_RECEIPT] = {"receipt", "item,date,quantity"},
    [SYNTH_T_BOM] = {"bom", "item,component,quantity"},
    [SYNTH_T_SUBSTITUTE] = {"substitute", "item,instead_of,usd_per_unit"},
    [SYNTH_T_PROCESS] = {"process", "process,model,alpha,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,systematic_yield,line_yield_start,line_yield_mature"},
    [SYNTH_T_DIE] = {"die", "item,width_mm,height_mm"},
    [SYNTH_T_SOURCE] = {"source", "source,item,line,route,supplier,region,consumes_bom,lead_time_days,process,units_per_start"},
    [SYNTH_T_SOURCE_COST] = {"source_cost", "source,from_date,usd_per_start"},
    [SYNTH_T_SOURCE_LIMIT] = {"source_limit", "source,from_date,to_date,min_starts_per_week,max_starts_per_week"},
    [SYNTH_T_SOURCE_OUTPUT] = {"source_output", "source,item,share"},
    [SYNTH_T_SOURCE_YIELD] = {"source_yield", "source,from_date,line_yield,unit_yield"},
    [SYNTH_T_LINE_LIMIT] = {"line_limit", "line,from_date,to_date,max_starts_per_week,max_ramp_per_week"},
    [SYNTH_T_DEPENDENCY] = {"dependency", "source,region,share"},
    [SYNTH_T_CUSTOMER] = {"customer", "customer,name,priority,weight,entitlement,min_fill"},
    [SYNTH_T_DEMAND] = {"demand", "demand,customer,item,due_date,quantity,price_usd,shortage_usd,late_usd_per_week,max_late_days,min_fill"},
    [SYNTH_T_SHIPMENT_LIMIT] = {"shipment_limit", "customer,item,from_date,to_date,max_per_week"},
    [SYNTH_T_POWER_LIMIT] = {"power_limit", "site,from_date,mw,usd_per_mwh"},
    [SYNTH_T_CAPEX_BUDGET] = {"capex_budget", "from_date,usd"},
    [SYNTH_T_SETTING] = {"setting", "key,value"},
};

const char *synth_table_name(enum synth_table table)
{
    return tables[table].name;
}

fab_status synth_rows_open(fab_context *context, struct synth_rows *rows, const char *folder, const char *basis)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < SYNTH_TABLES; t++)
        TRY(fab_table_file_open_columns(context, &rows->file[t], folder, tables[t].name, tables[t].columns));
    rows->basis = basis;
out:
    return status;
}

void synth_put(struct synth_rows *rows, enum synth_table table, const struct synth_cell cells[])
{
    fab_table_file *file = &rows->file[table];
    for (int c = 0; cells[c].kind != SYNTH_END; c++)
        if (cells[c].kind == SYNTH_NUMBER)
            fab_table_file_decimal(file, cells[c].number, cells[c].digits);
        else if (cells[c].kind == SYNTH_DAY)
            fab_table_file_day(file, cells[c].number);
        else
            fab_table_file_text(file, cells[c].text);
    file->basis = rows->basis;
    fab_table_file_end_row(file);
}

fab_status synth_rows_close(fab_context *context, struct synth_rows *rows)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < SYNTH_TABLES; t++)
        TRY(fab_table_file_close(context, &rows->file[t]));
out:
    return status;
}

void synth_rows_free(struct synth_rows *rows)
{
    for (int t = 0; t < SYNTH_TABLES; t++)
        fab_table_file_free(&rows->file[t]);
}
