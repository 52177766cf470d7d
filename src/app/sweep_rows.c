/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_rows.h"

#include "clock.h"
#include "record.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tables of a sweep, parents first. */
enum { SWEEP, RUN, CHANGE, CUSTOMER, TOOL, SHIPMENT, TABLES };

static const char *const names[TABLES] = {"sweep", "sweep_run", "sweep_change", "sweep_customer", "sweep_tool", "sweep_shipment"};

/* Rows on their way. */
struct rows {
    fab_context *context;
    int64_t sweep;
    fab_table *table[TABLES]; /* NULL: no row yet */
};

bool fab_sweep_hash_results(const struct fab_sweep_stored *stored, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool good = sha256 && fab_sha256_add(sha256, stored->index->sweep_sha256, FAB_SHA256_HEX_SIZE);
    for (int run = 0; good && run < stored->index->count; run++)
        good = fab_sha256_add(sha256, stored->result[run].content_sha256, FAB_SHA256_HEX_SIZE);
    good = good && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    return good;
}

/* ---- members ---- */

static const char *text_of(const json_t *json, const char *member)
{
    const char *text = json_string_value(json_object_get(json, member));
    return text ? text : "";
}

/* NAN: it is none. */
static double number_of(const json_t *json, const char *member)
{
    const json_t *value = json_object_get(json, member);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void begin(const struct rows *rows, struct fab_record *record, int64_t run)
{
    record->count = record->date_count = 0;
    fab_record_integer(record, "sweep", rows->sweep);
    fab_record_integer(record, "run", run);
}

/* Members of a row of the result as they are called in the table: texts, then numbers, NULL behind each. */
struct members {
    const char *list;
    int table;
    const char *const *texts, *const *numbers;
};

static const char *const customer_texts[] = {"customer", NULL}, *const customer_numbers[] = {"demanded_usd", "shipped_usd", "fill", NULL};
static const char *const tool_texts[] = {"tool_group", NULL}, *const tool_numbers[] = {"tools", "removed", "usd", NULL};
static const char *const shipment_texts[] = {"customer", "item", "period", NULL}, *const shipment_numbers[] = {"quantity", NULL};

static const struct members lists[] = {
    {"customers", CUSTOMER, customer_texts, customer_numbers},
    {"tools", TOOL, tool_texts, tool_numbers},
    {"shipments", SHIPMENT, shipment_texts, shipment_numbers},
};

static fab_status add_list(struct rows *rows, const struct members *members, int64_t run, const json_t *content)
{
    fab_status status = FAB_OK;
    const json_t *list = json_object_get(content, members->list);
    for (size_t n = 0; n < json_array_size(list); n++) {
        const json_t *row = json_array_get(list, n);
        struct fab_record record;
        begin(rows, &record, run);
        for (const char *const *name = members->texts; *name; name++)
            fab_record_text(&record, *name, text_of(row, *name));
        for (const char *const *name = members->numbers; *name; name++)
            fab_record_real(&record, *name, number_of(row, *name));
        if (members->table == TOOL)
            fab_record_text(&record, "first_period", json_string_value(json_object_get(row, "first_period")));
        TRY(fab_record_add(rows->context, &rows->table[members->table], names[members->table], &record));
    }
out:
    return status;
}

/* ---- runs ---- */

static fab_status add_run(struct rows *rows, const struct fab_sweep_stored *stored, const struct fab_sweep_future *future)
{
    static const char *const numbers[] = {"objective_usd", "bound_usd", "gap", "profit_usd", "base_tools_usd", "base_tools_bound_usd"};
    const struct fab_sweep_result *result = &stored->result[future->run];
    struct fab_record record;
    begin(rows, &record, future->run);
    fab_record_text(&record, "name", future->name);
    fab_record_real(&record, "weight", future->run > 0 ? future->weight : 0);
    fab_record_text(&record, "scenarios", future->scenarios);
    fab_record_date(&record, "surprise_from", future->surprise_from);
    fab_record_text(&record, "status", text_of(result->content, "status"));
    fab_record_text(&record, "note", text_of(result->content, "note"));
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
        fab_record_real(&record, numbers[n], number_of(result->content, numbers[n]));
    fab_record_text(&record, "job_sha256", stored->index->job_sha256[future->run]);
    fab_record_text(&record, "result_sha256", result->content_sha256);
    return fab_record_add(rows->context, &rows->table[RUN], names[RUN], &record);
}

static fab_status add_changes(struct rows *rows, const struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    for (int c = 0; c < future->changes->count; c++) {
        const struct fab_change *change = &future->changes->change[c];
        struct fab_record record;
        begin(rows, &record, future->run);
        fab_record_integer(&record, "number", c + 1);
        fab_record_text(&record, "scenario", *change->scenario ? change->scenario : NULL);
        fab_record_text(&record, "tbl", change->table);
        fab_record_text(&record, "row_key", change->key);
        fab_record_text(&record, "column_name", change->column);
        fab_record_text(&record, "operation", fab_change_operation_names[change->operation]);
        fab_record_text(&record, "value", change->value);
        fab_record_date(&record, "from_date", change->from);
        fab_record_date(&record, "to_date", change->to);
        TRY(fab_record_add(rows->context, &rows->table[CHANGE], names[CHANGE], &record));
    }
out:
    return status;
}

static fab_status add_job(struct rows *rows, const struct fab_sweep_stored *stored, int64_t run)
{
    fab_status status = FAB_OK;
    struct fab_sweep_future future = {0};
    TRY(fab_sweep_job_read(rows->context, stored->index, run, &future));
    future.run = run;
    TRY(add_run(rows, stored, &future));
    TRY(add_changes(rows, &future));
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        TRY(add_list(rows, &lists[l], run, stored->result[run].content));
out:
    fab_sweep_future_fini(&future);
    return status;
}

static fab_status add_sweep(struct rows *rows, const struct fab_sweep_index *index, const char *results_sha256)
{
    fab_status status = FAB_OK;
    struct fab_record record = {.count = 0};
    char *versions = fab_versions(), created[FAB_UTC_SIZE];
    TRY_MEMORY(rows->context, versions);
    fab_record_integer(&record, "sweep", rows->sweep);
    fab_record_text(&record, "name", index->name);
    fab_record_text(&record, "created_utc", fab_clock_utc(created));
    fab_record_text(&record, "sweep_sha256", index->sweep_sha256);
    fab_record_text(&record, "results_sha256", results_sha256);
    fab_record_text(&record, "inputs_sha256", index->inputs_sha256);
    fab_record_text(&record, "base_sha256", index->base_sha256);
    fab_record_integer(&record, "draws", index->draws);
    fab_record_integer(&record, "seed", index->seed);
    fab_record_text(&record, "versions", versions);
    TRY(fab_record_add(rows->context, &rows->table[SWEEP], names[SWEEP], &record));
out:
    fab_free(versions);
    return status;
}

/* ---- the store ---- */

static fab_status next_number(fab_context *context, fab *handle, int64_t *sweep)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    TRY(fab_store_select(context, handle->store, "sweep_next", NULL, 0, &found));
    *sweep = fab_table_get(found, 0, 0)->integer;
out:
    fab_table_free(found);
    return status;
}

static fab_status make_rows(struct rows *rows, const struct fab_sweep_stored *stored, const char *results_sha256)
{
    fab_status status = FAB_OK;
    TRY(add_sweep(rows, stored->index, results_sha256));
    for (int run = 0; run < stored->index->count; run++)
        TRY(add_job(rows, stored, run));
out:
    return status;
}

fab_status fab_sweep_store(fab_context *context, fab *handle, const struct fab_sweep_stored *stored, const char *results_sha256, int64_t *sweep)
{
    fab_status status = FAB_OK;
    struct rows rows = {.context = context};
    TRY(fab_store_begin(context, handle->store));
    TRY(next_number(context, handle, &rows.sweep));
    TRY(make_rows(&rows, stored, results_sha256));
    for (int t = 0; t < TABLES; t++)
        if (rows.table[t])
            TRY(fab_store_insert(context, handle->store, rows.table[t]));
    TRY(fab_store_seal_sweep(context, handle->store, rows.sweep));
    TRY(fab_store_commit(context, handle->store));
    *sweep = rows.sweep;
out:
    fab_store_rollback(handle->store);
    for (int t = 0; t < TABLES; t++)
        fab_table_free(rows.table[t]);
    return status;
}
