/* Estimating: from the wafer-lot history to a stored snapshot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "record.h"
#include "terms_build.h"
#include "yield_store.h"

#include <stdlib.h>
#include <time.h>

static const char method[] =
    "last run of sort; learning curve by process-out date, excursions by robust screen about it; of the level: moments, "
    "beta-binomial and gamma-Poisson maximum likelihood, empirical Bayes of lots";

struct window {
    char from_text[FAB_DATE_TEXT_SIZE], to_text[FAB_DATE_TEXT_SIZE];
    int32_t from, to;
};

/* What a fit works on. */
struct work {
    struct window window;
    double confidence;
    fab_model *model;
    fab_terms *terms;
    struct yield_history history;
};

static fab_status read_window(fab_context *context, const char *from, const char *to, struct window *window)
{
    *window = (struct window){.from = FAB_DATE_NONE + 1, .to = INT32_MAX};
    fab_status status = fab_read_window_date(context, "from", from, window->from_text, &window->from);
    if (status == FAB_OK)
        status = fab_read_window_date(context, "to", to, window->to_text, &window->to);
    return status;
}

static fab_status next_snapshot(fab_context *context, fab *handle, int64_t *snapshot)
{
    fab_table *table = NULL;
    fab_status status = fab_store_select(context, handle->store, "yield_next_snapshot", NULL, 0, &table);
    if (status == FAB_OK)
        *snapshot = fab_table_get(table, 0, 0)->integer;
    fab_table_free(table);
    return status;
}

static fab_status insert_head(fab_context *context, fab *handle, const struct work *work, int64_t snapshot, int sources)
{
    char now[32] = "", hash[FAB_SHA256_HEX_SIZE];
    time_t seconds = time(NULL);
    struct tm utc;
    struct record record = {0};
    fab_table *table = NULL;
    char *versions = fab_versions();
    fab_status status = versions ? fab_store_hash_inputs(context, handle->store, hash) : fab_fail_memory(context);
    if (gmtime_r(&seconds, &utc))
        strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc);
    fab_record_integer(&record, "snapshot", snapshot);
    fab_record_text(&record, "created_utc", now);
    fab_record_text(&record, "method", method);
    fab_record_text(&record, "from_date", *work->window.from_text ? work->window.from_text : NULL);
    fab_record_text(&record, "to_date", *work->window.to_text ? work->window.to_text : NULL);
    fab_record_real(&record, "confidence", work->confidence);
    fab_record_integer(&record, "sources", sources);
    fab_record_integer(&record, "lots", (int64_t)work->history.lots_used);
    fab_record_integer(&record, "wafers", (int64_t)work->history.wafer_count);
    fab_record_integer(&record, "simulated", work->history.simulated);
    fab_record_text(&record, "inputs_sha256", hash);
    fab_record_text(&record, "history_sha256", work->history.sha256);
    fab_record_text(&record, "versions", versions);
    if (status == FAB_OK)
        status = fab_record_add(context, &table, "yield_snapshot", &record);
    if (status == FAB_OK)
        status = fab_store_insert(context, handle->store, table);
    fab_table_free(table);
    free(versions);
    return status;
}

/* One source: estimated and inserted. */
static fab_status insert_source(fab_context *context, fab *handle, const struct work *work, int64_t snapshot, int s)
{
    struct yield_source source = {0};
    struct yield_tables tables = {0};
    fab_status status = fab_yield_source_begin(context, &work->history, s, work->confidence, &source);
    if (status == FAB_OK)
        status = fab_yield_source_finish(context, &work->history, work->confidence, &source);
    if (status == FAB_OK)
        status = fab_yield_tables_add(context, &tables, snapshot, &work->history, work->terms, &source);
    if (status == FAB_OK)
        status = fab_store_insert(context, handle->store, tables.estimate);
    if (status == FAB_OK)
        status = fab_store_insert(context, handle->store, tables.lot);
    if (status == FAB_OK)
        status = fab_store_insert(context, handle->store, tables.period);
    if (status == FAB_OK && fab_context_interrupted(context))
        status = fab_fail(context, FAB_INTERRUPTED, "interrupted");
    fab_yield_tables_fini(&tables);
    fab_yield_source_fini(&source);
    return status;
}

static fab_status insert_snapshot(fab_context *context, fab *handle, const struct work *work, int64_t *snapshot)
{
    int sources = 0, done = 0;
    for (int s = 0; s < work->model->source_count; s++)
        sources += work->history.wafers[s].count > 0;
    fab_status status = next_snapshot(context, handle, snapshot);
    for (int s = 0; status == FAB_OK && s < work->model->source_count; s++) {
        if (work->history.wafers[s].count == 0)
            continue;
        fab_say(context, FAB_LEVEL_PROGRESS, "%s: %zu wafers (source %d of %d)", work->model->source[s].source,
                work->history.wafers[s].count, ++done, sources);
        status = insert_source(context, handle, work, *snapshot, s);
    }
    return status == FAB_OK ? insert_head(context, handle, work, *snapshot, sources) : status;
}

static fab_status read_inputs(fab_context *context, fab *handle, struct work *work)
{
    fab_status status = fab_store_load_model(context, handle->store, &work->model);
    if (status == FAB_OK && work->model->calendar_count == 0)
        status = fab_fail(context, FAB_INPUT, "calendar: no period; yields to plan with are made for each");
    if (status == FAB_OK)
        status = fab_terms_new(context, work->model, &work->terms);
    if (status == FAB_OK)
        status = fab_yield_history_read(context, handle, work->model, work->window.from, work->window.to, &work->history);
    return status;
}

fab_status fab_yield_fit(fab_context *context, fab *handle, const fab_yield_fit_request *request, int64_t *snapshot)
{
    struct work work = {.confidence = request->confidence == 0 ? FAB_YIELD_CONFIDENCE : request->confidence};
    int64_t number = 0;
    if (!(work.confidence > 0 && work.confidence < 1))
        return fab_fail(context, FAB_USAGE, "confidence %g is not between 0 and 1", work.confidence);
    fab_status status = read_window(context, request->from, request->to, &work.window);
    if (status == FAB_OK) /* around the reading too: inputs and history are those of one moment */
        status = fab_store_begin(context, handle->store);
    if (status == FAB_OK) {
        status = read_inputs(context, handle, &work);
        if (status == FAB_OK)
            status = insert_snapshot(context, handle, &work, &number);
        if (status == FAB_OK)
            status = fab_store_commit(context, handle->store);
        if (status == FAB_OK)
            *snapshot = number;
        else
            fab_store_rollback(handle->store);
    }
    fab_yield_history_fini(&work.history);
    fab_terms_free(work.terms);
    fab_model_free(work.model);
    return status;
}

fab_status fab_yield_find_snapshot(fab_context *context, fab *handle, int64_t asked, int64_t *snapshot)
{
    const fab_parameter parameter = {":snapshot", fab_integer(asked)};
    fab_table *table = NULL;
    fab_status status = fab_store_select(context, handle->store, "yield_find_snapshot", &parameter, 1, &table);
    if (status != FAB_OK)
        return status;
    if (fab_table_rows(table) == 1)
        *snapshot = fab_table_get(table, 0, 0)->integer;
    else if (asked > 0)
        status = fab_fail_as(context, FAB_USAGE, "unknown_snapshot", "there is no yield snapshot %lld", (long long)asked);
    else
        status = fab_fail_as(context, FAB_USAGE, "no_snapshot", "no yield estimate is stored yet");
    fab_table_free(table);
    return status;
}
