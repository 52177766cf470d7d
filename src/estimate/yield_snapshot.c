/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_snapshot.h"

#include "clock.h"
#include "record.h"
#include "try.h"
#include "yield_level.h"
#include "yield_screen.h"
#include "yield_tables.h"

static const char method[] =
    "sort results after all runs, retests merged; learning curve by process-out date from the first lot, excursions by robust screen about it; of the level: moments, "
    "beta-binomial and gamma-Poisson maximum likelihood, empirical Bayes of lots";

static fab_status find_number(fab_context *context, fab_store *store, int64_t *snapshot)
{
    fab_table *table = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "yield_next_snapshot", NULL, 0, &table));
    *snapshot = fab_table_get(table, 0, 0)->integer;
out:
    fab_table_free(table);
    return status;
}

static fab_status insert_head(fab_context *context, fab_store *store, const struct yield_fit *fit, const struct yield_head *head, int sources)
{
    const struct yield_history *history = head->history;
    char now[FAB_UTC_SIZE], hash[FAB_SHA256_HEX_SIZE];
    struct fab_record record = {0};
    fab_table *table = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_hash_inputs(context, store, hash));
    fab_record_integer(&record, "snapshot", head->snapshot);
    fab_record_text(&record, "created_utc", fab_clock_utc(now));
    fab_record_text(&record, "method", method);
    fab_record_text(&record, "from_date", fit->from_date);
    fab_record_text(&record, "to_date", fit->to_date);
    fab_record_real(&record, "confidence", fit->confidence);
    fab_record_integer(&record, "sources", sources);
    fab_record_integer(&record, "lots", (int64_t)history->lots_used);
    fab_record_integer(&record, "wafers", (int64_t)history->wafer_count);
    fab_record_integer(&record, "simulated", history->simulated);
    fab_record_text(&record, "inputs_sha256", hash);
    fab_record_text(&record, "history_sha256", history->sha256);
    fab_record_text(&record, "versions", fit->versions);
    TRY(fab_record_add(context, &table, "yield_snapshot", &record));
    TRY(fab_store_insert(context, store, table));
out:
    fab_table_free(table);
    return status;
}

/* One source: estimated and inserted. */
static fab_status insert_source(fab_context *context, fab_store *store, const struct yield_fit *fit, const struct yield_head *head, int s)
{
    struct yield_source source = {0};
    struct yield_tables tables = {0};
    fab_status status = FAB_OK;
    TRY(fab_yield_screen(context, head->history, s, fit->confidence, &source));
    TRY(fab_yield_level(context, head->history, fit->confidence, &source));
    TRY(fab_yield_tables_add(context, &tables, head, &source));
    TRY(fab_store_insert(context, store, tables.estimate));
    TRY(fab_store_insert(context, store, tables.lot));
    TRY(fab_store_insert(context, store, tables.period));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
out:
    fab_yield_tables_fini(&tables);
    fab_yield_source_fini(&source);
    return status;
}

static fab_status insert_sources(fab_context *context, fab_store *store, const struct yield_fit *fit, const struct yield_head *head,
                                 int *sources)
{
    const struct yield_history *history = head->history;
    fab_status status = FAB_OK;
    int done = 0;
    *sources = 0;
    for (int s = 0; s < history->model->source_count; s++)
        *sources += history->wafers[s].count > 0;
    for (int s = 0; s < history->model->source_count; s++) {
        if (history->wafers[s].count == 0)
            continue;
        fab_say(context, FAB_LEVEL_PROGRESS, "%s: %zu wafers (source %d of %d)", history->model->source[s].source, history->wafers[s].count,
                ++done, *sources);
        TRY(insert_source(context, store, fit, head, s));
    }
out:
    return status;
}

fab_status fab_yield_snapshot_make(fab_context *context, fab_store *store, const fab_model *model, const struct yield_plan *plan,
                                   const struct yield_fit *fit, int64_t *snapshot)
{
    struct yield_history history = {0};
    struct yield_head head = {.history = &history, .plan = plan};
    fab_status status = FAB_OK;
    int sources = 0;
    TRY(fab_yield_history_read(context, store, model, &fit->window, &history));
    TRY(find_number(context, store, &head.snapshot));
    TRY(insert_sources(context, store, fit, &head, &sources));
    TRY(insert_head(context, store, fit, &head, sources));
    TRY(fab_store_seal_snapshot(context, store, head.snapshot));
    *snapshot = head.snapshot;
out:
    fab_yield_history_fini(&history);
    return status;
}

fab_status fab_yield_snapshot_find(fab_context *context, fab_store *store, int64_t asked, int64_t *snapshot)
{
    const fab_parameter parameter = {":snapshot", fab_integer(asked)};
    fab_table *table = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "yield_find_snapshot", &parameter, 1, &table));
    if (fab_table_rows(table) == 0 && asked > 0)
        TRY(fab_fail_as(context, FAB_USAGE, "unknown_snapshot", "there is no yield snapshot %lld", (long long)asked));
    if (fab_table_rows(table) == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_snapshot", "no yield estimate is stored yet"));
    *snapshot = fab_table_get(table, 0, 0)->integer;
out:
    fab_table_free(table);
    return status;
}
