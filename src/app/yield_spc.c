/* Control charts of the lots of each source about its learning curve: which product is off, since when, which lots did it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "record.h"
#include "try.h"
#include "yield_chart.h"

#include <stdlib.h>
#include <string.h>

struct tables {
    fab_table *charts, *signals, *shifts, *lots;
};

/* First lot of the run of equal EWMA sides that ends at `last`. */
static size_t begin_of_run(const struct yield_chart *chart, size_t last)
{
    while (last > 0 && chart->points[last - 1].ewma_side == chart->points[last].ewma_side)
        last--;
    return last;
}

static fab_status add_point(fab_context *context, const struct yield_history *history, const struct yield_source *source,
                            const struct yield_chart *chart, size_t i, const char *name, fab_table **table)
{
    const struct yield_point *point = &source->points[i];
    const struct yield_chart_point *charted = &chart->points[i];
    struct record record = {0};
    fab_record_text(&record, "source", history->model->source[source->source].source);
    fab_record_text(&record, "lot", history->lots[point->lot].lot);
    fab_record_date(&record, "out_date", point->day);
    fab_record_integer(&record, "wafers", point->wafers);
    fab_record_real(&record, "yield", point->good / point->tested);
    fab_record_real(&record, "expected", point->expected);
    fab_record_real(&record, "low", charted->low);
    fab_record_real(&record, "high", charted->high);
    fab_record_text(&record, "side", fab_yield_side_text(charted->side));
    fab_record_real(&record, "ewma", charted->ewma);
    fab_record_real(&record, "ewma_limit", charted->ewma_high);
    fab_record_text(&record, "ewma_side", fab_yield_side_text(charted->ewma_side));
    fab_record_integer(&record, "excursion", point->excluded);
    return fab_record_add(context, table, name, &record);
}

static fab_status add_shift(fab_context *context, const struct yield_history *history, const struct yield_source *source,
                            const struct yield_chart *chart, size_t first, size_t last, fab_table **table)
{
    const struct yield_point *points = source->points;
    struct record record = {0};
    double tested = 0, good = 0, expected = 0;
    for (size_t i = first; i <= last; i++) {
        tested += points[i].tested;
        good += points[i].good;
        expected += points[i].tested * points[i].expected;
    }
    fab_record_text(&record, "source", history->model->source[source->source].source);
    fab_record_text(&record, "side", fab_yield_side_text(chart->points[first].ewma_side));
    fab_record_date(&record, "since", points[first].day);
    fab_record_date(&record, "until", last + 1 == source->point_count ? FAB_DATE_NONE : points[last].day);
    fab_record_text(&record, "first_lot", history->lots[points[first].lot].lot);
    fab_record_text(&record, "last_lot", history->lots[points[last].lot].lot);
    fab_record_integer(&record, "lots", (int64_t)(last - first + 1));
    fab_record_real(&record, "yield", good / tested);
    fab_record_real(&record, "expected", expected / tested);
    return fab_record_add(context, table, "shifts", &record);
}

static fab_status add_chart(fab_context *context, const struct yield_history *history, const struct yield_source *source,
                            const struct yield_chart *chart, fab_table **table)
{
    size_t last = source->point_count - 1, begin = begin_of_run(chart, last);
    enum yield_side now = chart->points[last].ewma_side;
    struct record record = {0};
    fab_record_text(&record, "source", history->model->source[source->source].source);
    fab_record_text(&record, "now", now == YIELD_WITHIN ? "on its curve" : now == YIELD_BELOW ? "below its curve" : "above its curve");
    fab_record_date(&record, "since", now == YIELD_WITHIN ? FAB_DATE_NONE : source->points[begin].day);
    fab_record_integer(&record, "lots", (int64_t)source->point_count);
    fab_record_integer(&record, "lots_out", (int64_t)chart->signals);
    fab_record_integer(&record, "excursions", (int64_t)source->excluded_lots);
    fab_record_real(&record, "mean", source->mean_all);
    fab_record_real(&record, "mean_screened", source->mean_screened);
    fab_record_real(&record, "expected_now", source->points[last].expected);
    fab_record_real(&record, "sigma_z", chart->sigma_z);
    fab_record_text(&record, "curve", source->curve.verdict);
    return fab_record_add(context, table, "charts", &record);
}

static fab_status add_rows(fab_context *context, const struct yield_history *history, const struct yield_source *source,
                           const struct yield_chart *chart, bool every, struct tables *tables)
{
    fab_status status = add_chart(context, history, source, chart, &tables->charts);
    for (size_t i = 0, count = source->point_count; status == FAB_OK && i < count; i++) {
        const struct yield_chart_point *point = &chart->points[i];
        bool run_ends = point->ewma_side != YIELD_WITHIN && (i + 1 == count || point[1].ewma_side != point->ewma_side);
        if (point->side != YIELD_WITHIN)
            status = add_point(context, history, source, chart, i, "signals", &tables->signals);
        if (status == FAB_OK && run_ends)
            status = add_shift(context, history, source, chart, begin_of_run(chart, i), i, &tables->shifts);
        if (status == FAB_OK && every)
            status = add_point(context, history, source, chart, i, "points", &tables->lots);
    }
    return status;
}

/* A source whose lots make no chart (fewer than 2, all alike) is said, not failed. */
static fab_status chart_source(fab_context *context, const struct yield_history *history, int s, bool every, struct tables *tables)
{
    struct yield_source source = {0};
    struct yield_chart chart = {0};
    fab_status status = fab_yield_source_begin(context, history, s, FAB_YIELD_CONFIDENCE, &source);
    if (status == FAB_OK)
        status = fab_yield_chart_init(context, &source, &chart);
    if (status == FAB_OK) {
        status = add_rows(context, history, &source, &chart, every, tables);
    } else if (status == FAB_INPUT) {
        fab_say(context, FAB_LEVEL_WARNING, "%s: no chart: %s", history->model->source[s].source, fab_context_message(context));
        status = FAB_OK;
    }
    fab_yield_chart_fini(&chart);
    fab_yield_source_fini(&source);
    return status;
}

static fab_status add_facts(fab_context *context, const struct yield_history *history, fab_result *result)
{
    struct record record = {0};
    fab_table *table = NULL;
    fab_record_integer(&record, "lots", (int64_t)history->lots_used);
    fab_record_integer(&record, "wafers", (int64_t)history->wafer_count);
    fab_record_integer(&record, "simulated", history->simulated);
    fab_status status = fab_record_add(context, &table, "spc", &record);
    if (status == FAB_OK)
        return fab_result_add(context, result, &(fab_part){.kind = FAB_PART_FACTS}, table);
    fab_table_free(table);
    return status;
}

/* Moves a table into the result; one that got no row is made empty. */
static fab_status add_table(fab_context *context, fab_result *result, const char *name, const char *title, fab_table **table)
{
    static const char *const none[] = {"source"};
    fab_table *moved = *table ? *table : fab_table_new(name, none, 1);
    *table = NULL;
    return fab_result_add_list(context, result, name, title, moved);
}

static fab_status fill_result(fab_context *context, const struct yield_history *history, const char *only, fab_result *result)
{
    struct tables tables = {0};
    fab_status status = add_facts(context, history, result);
    for (int s = 0; status == FAB_OK && s < history->model->source_count; s++) {
        const char *id = history->model->source[s].source;
        if (history->wafers[s].count == 0 || (only && strcmp(id, only) != 0))
            continue;
        fab_say(context, FAB_LEVEL_PROGRESS, "%s: %zu wafers", id, history->wafers[s].count);
        status = chart_source(context, history, s, only != NULL, &tables);
    }
    if (status == FAB_OK)
        status = add_table(context, result, "charts", "Sources on and off their learning curve", &tables.charts);
    if (status == FAB_OK)
        status = add_table(context, result, "signals", "Lots outside the limits (Laney p')", &tables.signals);
    if (status == FAB_OK)
        status = add_table(context, result, "shifts", "Lasting shifts (EWMA)", &tables.shifts);
    if (status == FAB_OK && only)
        status = add_table(context, result, "points", "Lots in time", &tables.lots);
    fab_table_free(tables.charts);
    fab_table_free(tables.signals);
    fab_table_free(tables.shifts);
    fab_table_free(tables.lots);
    return status;
}

fab_status fab_yield_spc(fab_context *context, fab *handle, const fab_yield_spc_request *request, fab_result **result)
{
    char text[FAB_DATE_TEXT_SIZE];
    int32_t from = FAB_DATE_NONE + 1, to = INT32_MAX;
    fab_status status;
    fab_model *model = NULL;
    fab_result *made = NULL;
    struct yield_history history = {0};
    TRY(fab_read_window_date(context, "from", request->from, text, &from));
    TRY(fab_read_window_date(context, "to", request->to, text, &to));
    TRY(fab_require_id(context, handle, "source", request->source));
    TRY(fab_store_load_model(context, handle->store, &model));
    TRY(fab_yield_history_read(context, handle, model, from, to, &history));
    TRY_MEMORY(context, made = fab_result_new("fabplan.spc/1"));
    TRY(fill_result(context, &history, request->source, made));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_yield_history_fini(&history);
    fab_model_free(model);
    return status;
}
