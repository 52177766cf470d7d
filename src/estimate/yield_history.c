/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_history.h"

#include "array.h"
#include "date.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRESS_WAFERS = 50000, DATE_LENGTH = 10 };

struct reader {
    fab_context *context;
    struct yield_history *history;
    int32_t from, to;
    fab_sha256 *sha256;
};

/* The day of a YYYY-MM-DDTHH:MM:SS, FAB_DATE_NONE for NULL and what is no date. */
static int32_t day_of(const fab_value *time)
{
    char text[DATE_LENGTH + 1] = "";
    const char *why;
    int32_t day = FAB_DATE_NONE;
    if (time->type != FAB_TEXT)
        return FAB_DATE_NONE;
    memcpy(text, time->text, strnlen(time->text, DATE_LENGTH));
    return fab_date_parse(text, &day, &why) ? day : FAB_DATE_NONE;
}

/* history_lots: lot_row, lot, source, out_time. */
static fab_status take_lot(void *user, const fab_value values[], int count)
{
    struct reader *reader = user;
    struct yield_history *history = reader->history;
    (void)count;
    if (!fab_array_room_size(&history->lots, history->lot_count, 1, &history->lot_capacity, sizeof *history->lots))
        return fab_fail_memory(reader->context);
    struct yield_lot *lot = &history->lots[history->lot_count];
    *lot = (struct yield_lot){.row = values[0].integer, .out_day = day_of(&values[3])};
    lot->lot = fab_arena_dup(history->arena, values[1].text);
    lot->source = fab_model_find_source(history->model, values[2].text);
    if (!lot->lot)
        return fab_fail_memory(reader->context);
    if (lot->source == FAB_NONE)
        return fab_fail(reader->context, FAB_DATABASE, "lot %s: source %s is missing", values[1].text, values[2].text);
    history->lot_count++;
    return FAB_OK;
}

static int compare_rows(const void *key, const void *element)
{
    int64_t a = *(const int64_t *)key, b = ((const struct yield_lot *)element)->row;
    return (a > b) - (a < b);
}

static bool hash_wafer(struct reader *reader, const char *lot, const fab_wafer_result *wafer)
{
    char text[128];
    int length = snprintf(text, sizeof text, ",%d,%d,%d\n", (int)wafer->day, (int)wafer->tested, (int)wafer->good);
    return fab_sha256_add(reader->sha256, lot, strlen(lot)) && fab_sha256_add(reader->sha256, text, (size_t)length);
}

/* history_wafers: lot_row, tested, good, time, run. Wafers without a tested die say nothing. */
static fab_status take_wafer(void *user, const fab_value values[], int count)
{
    struct reader *reader = user;
    struct yield_history *history = reader->history;
    (void)count;
    const struct yield_lot *lot = bsearch(&values[0].integer, history->lots, history->lot_count, sizeof *lot, compare_rows);
    if (!lot)
        return fab_fail(reader->context, FAB_DATABASE, "a wafer lies in a lot that is missing");
    int32_t day = lot->out_day == FAB_DATE_NONE ? day_of(&values[3]) : lot->out_day;
    if (day < reader->from || day >= reader->to || values[1].integer < 1)
        return FAB_OK;
    if (values[1].integer > FAB_TESTED_MAX || values[2].integer < 0 || values[2].integer > values[1].integer)
        return fab_fail(reader->context, FAB_INPUT, "lot %s: a wafer with %lld good of %lld tested die", lot->lot,
                        (long long)values[2].integer, (long long)values[1].integer);
    const fab_wafer_result wafer = {(int32_t)values[1].integer, (int32_t)values[2].integer, (int32_t)(lot - history->lots), day};
    struct yield_wafers *wafers = &history->wafers[lot->source];
    bool room = fab_array_room_size(&wafers->wafers, wafers->count, 1, &wafers->capacity, sizeof *wafers->wafers);
    if (!room || !hash_wafer(reader, lot->lot, &wafer))
        return fab_fail_memory(reader->context);
    wafers->wafers[wafers->count++] = wafer;
    if (++history->wafer_count % PROGRESS_WAFERS == 0)
        fab_say(reader->context, FAB_LEVEL_PROGRESS, "%zu wafers read", history->wafer_count);
    return FAB_OK;
}

/* history_families: source, end_time, started, scrapped. */
static fab_status take_family(void *user, const fab_value values[], int count)
{
    struct reader *reader = user;
    struct yield_history *history = reader->history;
    (void)count;
    int source = fab_model_find_source(history->model, values[0].text);
    int32_t day = day_of(&values[1]);
    if (source == FAB_NONE || day < reader->from || day >= reader->to)
        return FAB_OK;
    struct yield_families *families = &history->families[source];
    if (!fab_array_room_size(&families->lots, families->count, 1, &families->capacity, sizeof *families->lots))
        return fab_fail_memory(reader->context);
    double started = fab_value_number(&values[2]), scrapped = fab_value_number(&values[3]);
    families->lots[families->count] = (fab_lot_result){
        .lot = (int32_t)families->count, .day = day, .wafers = 1, .tested = started, .good = fmin(fmax(started - scrapped, 0), started)};
    families->count++;
    return FAB_OK;
}

/* Lots of the window: wafers of a lot lie in one source. */
static fab_status count_lots(fab_context *context, struct yield_history *history)
{
    bool *used = calloc(history->lot_count + 1, sizeof *used);
    if (!used)
        return fab_fail_memory(context);
    for (int s = 0; s < history->model->source_count; s++)
        for (size_t w = 0; w < history->wafers[s].count; w++) {
            bool *mark = &used[history->wafers[s].wafers[w].lot];
            history->lots_used += !*mark;
            *mark = true;
        }
    free(used);
    return FAB_OK;
}

static fab_status find_simulated(fab_context *context, fab_store *store, bool *simulated)
{
    fab_table *table = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "history_simulated", NULL, 0, &table));
    *simulated = fab_table_get(table, 0, 0)->integer != 0;
out:
    fab_table_free(table);
    return status;
}

static fab_status read_all(fab_context *context, fab_store *store, struct reader *reader)
{
    struct yield_history *history = reader->history;
    fab_status status = FAB_OK;
    fab_say(context, FAB_LEVEL_PROGRESS, "reading lots");
    TRY(fab_store_each(context, store, "history_lots", NULL, 0, take_lot, reader));
    TRY(fab_store_each(context, store, "history_wafers", NULL, 0, take_wafer, reader));
    if (history->wafer_count == 0)
        TRY(fab_fail(context, FAB_INPUT, "there is no tested wafer (wafer_test, stage sort) in the window"));
    TRY(count_lots(context, history));
    fab_say(context, FAB_LEVEL_PROGRESS, "%zu wafers read; line yields", history->wafer_count);
    TRY(fab_store_each(context, store, "history_families", NULL, 0, take_family, reader));
    TRY(find_simulated(context, store, &history->simulated));
    TRY_MEMORY(context, fab_sha256_finish(reader->sha256, history->sha256));
out:
    return status;
}

fab_status fab_yield_history_read(fab_context *context, fab_store *store, const fab_model *model, const struct yield_window *window,
                                  struct yield_history *history)
{
    struct reader reader = {.context = context, .history = history, .from = window->from, .to = window->to};
    size_t sources = (size_t)model->source_count + 1;
    fab_status status = FAB_OK;
    *history = (struct yield_history){.model = model};
    TRY_MEMORY(context, history->arena = fab_arena_new());
    TRY_MEMORY(context, history->wafers = calloc(sources, sizeof *history->wafers));
    TRY_MEMORY(context, history->families = calloc(sources, sizeof *history->families));
    TRY_MEMORY(context, reader.sha256 = fab_sha256_new());
    TRY(read_all(context, store, &reader));
out:
    fab_sha256_free(reader.sha256);
    if (status != FAB_OK)
        fab_yield_history_fini(history);
    return status;
}

void fab_yield_history_fini(struct yield_history *history)
{
    for (int s = 0; history->wafers && s < history->model->source_count; s++)
        free(history->wafers[s].wafers);
    for (int s = 0; history->families && s < history->model->source_count; s++)
        free(history->families[s].lots);
    free(history->wafers);
    free(history->families);
    free(history->lots);
    fab_arena_free(history->arena);
    *history = (struct yield_history){0};
}
