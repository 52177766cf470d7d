/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_spc.h"

#include "record.h"
#include "try.h"
#include "yield_chart.h"
#include "yield_screen.h"

#include <string.h>

/* Of limits that no chart shows: charts have those of their own. */
static const double CONFIDENCE = 0.9;

/* A source on its charts. */
struct charted {
    const struct yield_history *history;
    struct yield_source source;
    struct yield_chart chart;
};

/* First lot of the run of equal EWMA sides that ends at `last`. */
static size_t begin_of_run(const struct yield_chart *chart, size_t last)
{
    while (last > 0 && chart->points[last - 1].ewma_side == chart->points[last].ewma_side)
        last--;
    return last;
}

static const char *name_of(const struct charted *charted)
{
    return charted->history->model->source[charted->source.source].source;
}

static fab_status add_point(fab_context *context, const struct charted *charted, size_t i, const char *name, fab_table **table)
{
    const struct yield_point *point = &charted->source.points[i];
    const struct yield_chart_point *limits = &charted->chart.points[i];
    struct fab_record record = {0};
    fab_record_text(&record, "source", name_of(charted));
    fab_record_text(&record, "lot", charted->history->lots[point->lot].lot);
    fab_record_date(&record, "out_date", point->day);
    fab_record_integer(&record, "wafers", point->wafers);
    fab_record_real(&record, "yield", point->good / point->tested);
    fab_record_real(&record, "expected", point->expected);
    fab_record_real(&record, "low", limits->low);
    fab_record_real(&record, "high", limits->high);
    fab_record_real(&record, "probability", limits->probability);
    fab_record_text(&record, "side", fab_yield_side_text(limits->side));
    fab_record_real(&record, "ewma", limits->ewma);
    fab_record_real(&record, "ewma_limit", limits->ewma_high);
    fab_record_text(&record, "ewma_side", fab_yield_side_text(limits->ewma_side));
    fab_record_integer(&record, "excursion", point->excluded);
    return fab_record_add(context, table, name, &record);
}

static fab_status add_shift(fab_context *context, const struct charted *charted, size_t first, size_t last, fab_table **table)
{
    const struct yield_point *points = charted->source.points;
    const struct yield_lot *lots = charted->history->lots;
    struct fab_record record = {0};
    double tested = 0, good = 0, expected = 0;
    for (size_t i = first; i <= last; i++) {
        tested += points[i].tested;
        good += points[i].good;
        expected += points[i].tested * points[i].expected;
    }
    fab_record_text(&record, "source", name_of(charted));
    fab_record_text(&record, "side", fab_yield_side_text(charted->chart.points[first].ewma_side));
    fab_record_date(&record, "since", points[first].day);
    fab_record_date(&record, "until", last + 1 == charted->source.point_count ? FAB_DATE_NONE : points[last].day);
    fab_record_text(&record, "first_lot", lots[points[first].lot].lot);
    fab_record_text(&record, "last_lot", lots[points[last].lot].lot);
    fab_record_integer(&record, "lots", (int64_t)(last - first + 1));
    fab_record_real(&record, "yield", good / tested);
    fab_record_real(&record, "expected", expected / tested);
    return fab_record_add(context, table, "shifts", &record);
}

static fab_status add_chart(fab_context *context, const struct charted *charted, fab_table **table)
{
    const struct yield_source *source = &charted->source;
    const struct yield_chart *chart = &charted->chart;
    size_t last = source->point_count - 1, begin = begin_of_run(chart, last);
    enum yield_side now = chart->points[last].ewma_side;
    struct fab_record record = {0};
    fab_record_text(&record, "source", name_of(charted));
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

static fab_status add_rows(fab_context *context, const struct charted *charted, bool every, struct yield_spc_tables *tables)
{
    const struct yield_chart *chart = &charted->chart;
    fab_status status = FAB_OK;
    TRY(add_chart(context, charted, &tables->charts));
    for (size_t i = 0, count = charted->source.point_count; i < count; i++) {
        const struct yield_chart_point *point = &chart->points[i];
        bool run_ends = point->ewma_side != YIELD_WITHIN && (i + 1 == count || point[1].ewma_side != point->ewma_side);
        if (point->side != YIELD_WITHIN)
            TRY(add_point(context, charted, i, "signals", &tables->signals));
        if (run_ends)
            TRY(add_shift(context, charted, begin_of_run(chart, i), i, &tables->shifts));
        if (every)
            TRY(add_point(context, charted, i, "points", &tables->points));
    }
out:
    return status;
}

/* A source whose lots make no chart (fewer than 2, all alike) is said, not failed. */
static fab_status chart_source(fab_context *context, const struct yield_history *history, int s, bool every, struct yield_spc_tables *tables)
{
    struct charted charted = {.history = history};
    fab_status status = fab_yield_screen(context, history, s, CONFIDENCE, &charted.source);
    if (status == FAB_OK)
        status = fab_yield_chart_init(context, &charted.source, &charted.chart);
    if (status == FAB_OK) {
        status = add_rows(context, &charted, every, tables);
    } else if (status == FAB_INPUT) {
        fab_say(context, FAB_LEVEL_WARNING, "%s: no chart: %s", history->model->source[s].source, fab_context_message(context));
        status = FAB_OK;
    }
    fab_yield_chart_fini(&charted.chart);
    fab_yield_source_fini(&charted.source);
    return status;
}

static fab_status add_facts(fab_context *context, const struct yield_history *history, fab_table **table)
{
    struct fab_record record = {0};
    fab_record_integer(&record, "lots", (int64_t)history->lots_used);
    fab_record_integer(&record, "wafers", (int64_t)history->wafer_count);
    fab_record_integer(&record, "simulated", history->simulated);
    return fab_record_add(context, table, "spc", &record);
}

/* A table that got no row is made empty. */
static bool fill_in(fab_table **table, const char *name)
{
    static const char *const none[] = {"source"};
    if (!*table)
        *table = fab_table_new(name, none, 1);
    return *table != NULL;
}

static fab_status chart_sources(fab_context *context, const struct yield_history *history, const char *only, struct yield_spc_tables *tables)
{
    fab_status status = FAB_OK;
    TRY(add_facts(context, history, &tables->facts));
    for (int s = 0; s < history->model->source_count; s++) {
        const char *id = history->model->source[s].source;
        if (history->wafers[s].count == 0 || (only && strcmp(id, only) != 0))
            continue;
        fab_say(context, FAB_LEVEL_PROGRESS, "%s: %zu wafers", id, history->wafers[s].count);
        TRY(chart_source(context, history, s, only != NULL, tables));
    }
    TRY_MEMORY(context, fill_in(&tables->charts, "charts") && fill_in(&tables->signals, "signals") && fill_in(&tables->shifts, "shifts") &&
                            (!only || fill_in(&tables->points, "points")));
out:
    return status;
}

fab_status fab_yield_spc_make(fab_context *context, fab_store *store, const struct yield_window *window, const char *only,
                              struct yield_spc_tables *tables)
{
    fab_model *model = NULL;
    struct yield_history history = {0};
    fab_status status = FAB_OK;
    *tables = (struct yield_spc_tables){0};
    TRY(fab_store_load_model(context, store, &model));
    TRY(fab_yield_history_read(context, store, model, window, &history));
    TRY(chart_sources(context, &history, only, tables));
out:
    if (status != FAB_OK)
        fab_yield_spc_fini(tables);
    fab_yield_history_fini(&history);
    fab_model_free(model);
    return status;
}

void fab_yield_spc_fini(struct yield_spc_tables *tables)
{
    fab_table_free(tables->facts);
    fab_table_free(tables->charts);
    fab_table_free(tables->signals);
    fab_table_free(tables->shifts);
    fab_table_free(tables->points);
    *tables = (struct yield_spc_tables){0};
}
