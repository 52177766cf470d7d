/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "answer.h"
#include "fab_synth.h"
#include "result.h"
#include "simulate.h"
#include "try.h"

#include <fabplan/history.h>

static bool add_count(fab_table *table, const char *name, int64_t rows)
{
    fab_value *cells = fab_table_add_row(table);
    if (!cells)
        return false;
    cells[0] = fab_text(name);
    cells[1] = fab_integer(rows);
    return true;
}

static fab_status make_summary(fab_context *context, const struct fab_history_summary *counts, fab_result **summary)
{
    static const char *const columns[] = {"table", "rows"};
    fab_table *table = fab_table_new("sample", columns, 2);
    bool ok = table && add_count(table, "lot", counts->lots) && add_count(table, "wafer", counts->wafers) && add_count(table, "lot_event", counts->lot_events) &&
              add_count(table, "bin", counts->bins) && add_count(table, "wafer_test", counts->wafer_tests) && add_count(table, "wafer_bin", counts->wafer_bins) &&
              add_count(table, "die_map", counts->die_maps) && add_count(table, "tool_event", counts->tool_events);
    if (!ok) {
        fab_table_free(table);
        table = NULL;
    }
    return fab_result_of(context, "fabplan.sample/1", "tables", table, summary);
}

fab_status fab_sample_history(fab_context *context, fab *handle, const fab_sample_request *request, fab_result **summary)
{
    struct fab_history_options options = {.months = request->months, .seed = request->seed, .wafers_per_month = request->wafers_per_month};
    char until[FAB_DATE_TEXT_SIZE];
    struct fab_history_summary counts;
    fab_status status;
    fab_model *model = NULL;
    TRY(fab_read_window_date(context, "until", request->until, until, &options.end_date));
    TRY(fab_store_load_model(context, handle->store, &model));
    TRY(fab_history_simulate(context, model, &options, request->folder, &counts));
    TRY(make_summary(context, &counts, summary));
out:
    fab_model_free(model);
    return status;
}

fab_status fab_sample_fab(fab_context *context, const fab_sample_fab_request *request, fab_result **summary)
{
    static const char *const columns[] = {"table", "rows"};
    struct fab_synth_counts counts = {.tables = 0};
    fab_status status;
    fab_table *table = NULL;
    TRY(fab_synth_write(context, &(struct fab_synth_request){request->products, request->periods, request->tool_groups, request->load, request->seed, request->folder}, &counts));
    TRY_MEMORY(context, table = fab_table_new("sample", columns, 2));
    for (int t = 0; t < counts.tables; t++)
        TRY_MEMORY(context, add_count(table, counts.table[t].name, counts.table[t].rows));
    status = fab_result_of(context, "fabplan.sample/1", "tables", table, summary);
    table = NULL; /* the result's, or freed */
out:
    fab_table_free(table);
    return status;
}
