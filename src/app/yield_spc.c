/* Control charts of the lots of each source about its learning curve: which product is off, since when, which lots did it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include "record.h"
#include "spc.h"
#include "yield_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The charts of one source. A lot's fraction is carried from its place on the curve to the pooled fraction, in standard deviations of its
 * own binomial variance there, so that charts of a constant fraction serve a moving one; limits are carried back. */
struct chart {
    const struct yield_source *source;
    double centre;           /* pooled fraction of the lots that are no excursions */
    fab_spc_sample *samples; /* [point_count] */
    fab_spc_point *laney, *ewma;
    fab_spc_chart laney_chart, ewma_chart;
};

struct tables {
    fab_table *charts, *signals, *shifts, *lots;
};

/* Standard deviations on the chart per standard deviation at the lot's place on the curve. */
static double stretch(const struct chart *chart, const struct yield_point *point)
{
    double there = point->expected * (1 - point->expected), here = chart->centre * (1 - chart->centre);
    return there > 0 ? sqrt(here / there) : 1;
}

static fab_status make_chart(fab_context *context, const struct yield_source *source, struct chart *chart)
{
    const fab_ewma_options options = {0};
    size_t count = source->point_count;
    *chart = (struct chart){.source = source, .centre = source->mean_screened};
    chart->samples = calloc(count, sizeof *chart->samples);
    chart->laney = calloc(count, sizeof *chart->laney);
    chart->ewma = calloc(count, sizeof *chart->ewma);
    if (!chart->samples || !chart->laney || !chart->ewma)
        return fab_fail_memory(context);
    for (size_t i = 0; i < count; i++) {
        const struct yield_point *point = &source->points[i];
        double carried = chart->centre + (point->good / point->tested - point->expected) * stretch(chart, point);
        chart->samples[i] = (fab_spc_sample){point->tested, point->tested * fmin(fmax(carried, 0), 1), point->excluded};
    }
    fab_status status = fab_spc_laney_chart(context, chart->samples, count, chart->laney, &chart->laney_chart);
    return status == FAB_OK ? fab_spc_ewma_chart(context, chart->samples, count, &options, chart->ewma, &chart->ewma_chart) : status;
}

static void free_chart(struct chart *chart)
{
    free(chart->samples);
    free(chart->laney);
    free(chart->ewma);
}

/* A limit of the p' chart at the lot's place on the curve. */
static double carry_back(const struct chart *chart, size_t i, double limit)
{
    const struct yield_point *point = &chart->source->points[i];
    return fmin(fmax(point->expected + (limit - chart->laney_chart.centre) / stretch(chart, point), 0), 1);
}

static const char *side_of(const fab_spc_point *point)
{
    return point->value < point->low ? "below" : point->value > point->high ? "above" : "within";
}

static bool same_side(const fab_spc_point *a, const fab_spc_point *b)
{
    return a->signal == b->signal && (!a->signal || (a->value < a->low) == (b->value < b->low));
}

/* First point of the run of equal sides that ends at `last`. */
static size_t begin_of_run(const fab_spc_point *points, size_t last)
{
    while (last > 0 && same_side(&points[last - 1], &points[last]))
        last--;
    return last;
}

static fab_status add_point(fab_context *context, const struct yield_history *history, const struct chart *chart, size_t i,
                            const char *name, fab_table **table)
{
    const struct yield_point *point = &chart->source->points[i];
    struct record record = {0};
    fab_record_text(&record, "source", history->model->source[chart->source->source].source);
    fab_record_text(&record, "lot", history->lots[point->lot].lot);
    fab_record_date(&record, "out_date", point->day);
    fab_record_integer(&record, "wafers", point->wafers);
    fab_record_real(&record, "yield", point->good / point->tested);
    fab_record_real(&record, "expected", point->expected);
    fab_record_real(&record, "low", carry_back(chart, i, chart->laney[i].low));
    fab_record_real(&record, "high", carry_back(chart, i, chart->laney[i].high));
    fab_record_text(&record, "side", side_of(&chart->laney[i]));
    fab_record_real(&record, "ewma", chart->ewma[i].value);
    fab_record_real(&record, "ewma_limit", chart->ewma[i].high);
    fab_record_text(&record, "ewma_side", side_of(&chart->ewma[i]));
    fab_record_integer(&record, "excursion", point->excluded);
    return fab_record_add(context, table, name, &record);
}

static fab_status add_shift(fab_context *context, const struct yield_history *history, const struct chart *chart, size_t first, size_t last,
                            fab_table **table)
{
    const struct yield_point *points = chart->source->points;
    struct record record = {0};
    double tested = 0, good = 0, expected = 0;
    for (size_t i = first; i <= last; i++) {
        tested += points[i].tested;
        good += points[i].good;
        expected += points[i].tested * points[i].expected;
    }
    fab_record_text(&record, "source", history->model->source[chart->source->source].source);
    fab_record_text(&record, "side", side_of(&chart->ewma[first]));
    fab_record_date(&record, "since", points[first].day);
    fab_record_date(&record, "until", last + 1 == chart->source->point_count ? FAB_DATE_NONE : points[last].day);
    fab_record_text(&record, "first_lot", history->lots[points[first].lot].lot);
    fab_record_text(&record, "last_lot", history->lots[points[last].lot].lot);
    fab_record_integer(&record, "lots", (int64_t)(last - first + 1));
    fab_record_real(&record, "yield", good / tested);
    fab_record_real(&record, "expected", expected / tested);
    return fab_record_add(context, table, "shifts", &record);
}

static fab_status add_chart(fab_context *context, const struct yield_history *history, const struct chart *chart, fab_table **table)
{
    const struct yield_source *source = chart->source;
    size_t last = source->point_count - 1, begin = begin_of_run(chart->ewma, last);
    bool off = chart->ewma[last].signal;
    struct record record = {0};
    fab_record_text(&record, "source", history->model->source[source->source].source);
    fab_record_text(&record, "now", !off ? "on its curve" : chart->ewma[last].value < 0 ? "below its curve" : "above its curve");
    fab_record_date(&record, "since", off ? source->points[begin].day : FAB_DATE_NONE);
    fab_record_integer(&record, "lots", (int64_t)source->point_count);
    fab_record_integer(&record, "lots_out", (int64_t)chart->laney_chart.signals);
    fab_record_integer(&record, "excursions", (int64_t)source->excluded_lots);
    fab_record_real(&record, "mean", source->mean_all);
    fab_record_real(&record, "mean_screened", source->mean_screened);
    fab_record_real(&record, "expected_now", source->points[last].expected);
    fab_record_real(&record, "sigma_z", chart->laney_chart.sigma_z);
    fab_record_text(&record, "curve", source->curve.verdict);
    return fab_record_add(context, table, "charts", &record);
}

static fab_status add_rows(fab_context *context, const struct yield_history *history, const struct chart *chart, bool every,
                           struct tables *tables)
{
    fab_status status = add_chart(context, history, chart, &tables->charts);
    for (size_t i = 0, count = chart->source->point_count; status == FAB_OK && i < count; i++) {
        bool run_ends = chart->ewma[i].signal && (i + 1 == count || !same_side(&chart->ewma[i], &chart->ewma[i + 1]));
        if (chart->laney[i].signal)
            status = add_point(context, history, chart, i, "signals", &tables->signals);
        if (status == FAB_OK && run_ends)
            status = add_shift(context, history, chart, begin_of_run(chart->ewma, i), i, &tables->shifts);
        if (status == FAB_OK && every)
            status = add_point(context, history, chart, i, "points", &tables->lots);
    }
    return status;
}

/* A source whose lots make no chart (fewer than 2, all alike) is said, not failed. */
static fab_status chart_source(fab_context *context, const struct yield_history *history, int s, bool every, struct tables *tables)
{
    struct yield_source source = {0};
    struct chart chart = {0};
    fab_status status = fab_yield_source_begin(context, history, s, FAB_YIELD_CONFIDENCE, &source);
    if (status == FAB_OK)
        status = make_chart(context, &source, &chart);
    if (status == FAB_OK) {
        status = add_rows(context, history, &chart, every, tables);
    } else if (status == FAB_INPUT) {
        fab_say(context, FAB_LEVEL_WARNING, "%s: no chart: %s", history->model->source[s].source, fab_context_message(context));
        status = FAB_OK;
    }
    free_chart(&chart);
    fab_yield_source_fini(&source);
    return status;
}

static fab_status add_facts(fab_context *context, const struct yield_history *history, fab_sections *sections)
{
    struct record record = {0};
    fab_table *table = NULL;
    fab_record_integer(&record, "lots", (int64_t)history->lots_used);
    fab_record_integer(&record, "wafers", (int64_t)history->wafer_count);
    fab_record_integer(&record, "simulated", history->simulated);
    fab_status status = fab_record_add(context, &table, "spc", &record);
    if (status == FAB_OK)
        return fab_sections_add(context, sections, NULL, NULL, table);
    fab_table_free(table);
    return status;
}

/* Moves a table into the list; one that got no row is made empty. */
static fab_status add_table(fab_context *context, fab_sections *sections, const char *name, const char *title, fab_table **table)
{
    static const char *const none[] = {"source"};
    fab_table *moved = *table ? *table : fab_table_new(name, none, 1);
    *table = NULL;
    return fab_sections_add(context, sections, name, title, moved);
}

static fab_status make_sections(fab_context *context, const struct yield_history *history, const char *only, fab_sections *sections)
{
    struct tables tables = {0};
    fab_status status = add_facts(context, history, sections);
    for (int s = 0; status == FAB_OK && s < history->model->source_count; s++) {
        const char *id = history->model->source[s].source;
        if (history->wafers[s].count == 0 || (only && strcmp(id, only) != 0))
            continue;
        fab_say(context, FAB_LEVEL_PROGRESS, "%s: %zu wafers", id, history->wafers[s].count);
        status = chart_source(context, history, s, only != NULL, &tables);
    }
    if (status == FAB_OK)
        status = add_table(context, sections, "charts", "Sources on and off their learning curve", &tables.charts);
    if (status == FAB_OK)
        status = add_table(context, sections, "signals", "Lots outside the limits (Laney p')", &tables.signals);
    if (status == FAB_OK)
        status = add_table(context, sections, "shifts", "Lasting shifts (EWMA)", &tables.shifts);
    if (status == FAB_OK && only)
        status = add_table(context, sections, "points", "Lots in time", &tables.lots);
    fab_table_free(tables.charts);
    fab_table_free(tables.signals);
    fab_table_free(tables.shifts);
    fab_table_free(tables.lots);
    return status;
}

fab_status fab_yield_spc(fab_context *context, fab *handle, const fab_yield_spc_request *request, fab_sections *sections)
{
    char text[FAB_DATE_TEXT_SIZE];
    int32_t from = FAB_DATE_NONE + 1, to = INT32_MAX;
    fab_model *model = NULL;
    struct yield_history history = {0};
    *sections = (fab_sections){0};
    fab_status status = fab_read_window_date(context, "from", request->from, text, &from);
    if (status == FAB_OK)
        status = fab_read_window_date(context, "to", request->to, text, &to);
    if (status == FAB_OK)
        status = fab_require_id(context, handle, "source", request->source);
    if (status == FAB_OK)
        status = fab_store_load_model(context, handle->store, &model);
    if (status == FAB_OK)
        status = fab_yield_history_read(context, handle, model, from, to, &history);
    if (status == FAB_OK)
        status = make_sections(context, &history, request->source, sections);
    if (status != FAB_OK)
        fab_sections_fini(sections);
    fab_yield_history_fini(&history);
    fab_model_free(model);
    return status;
}
