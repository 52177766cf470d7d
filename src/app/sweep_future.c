/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_future.h"

#include "array.h"
#include "number.h"
#include "sweep_draw.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Futures on their way. */
struct growing {
    fab_context *context;
    const struct fab_sweep_making *making;
    struct fab_sweep_futures *futures;
    const struct fab_sweep_row *run;   /* NULL: a point of the grids */
    int *place;                        /* [rows of the file] which value of each grid */
};

fab_status fab_sweep_future_init(fab_context *context, struct fab_sweep_future *future)
{
    *future = (struct fab_sweep_future){.weight = 1, .scenarios = "", .name = "", .surprise_from = FAB_DATE_NONE, .changes = fab_change_list_new(), .known = fab_change_list_new()};
    if (future->changes && future->known)
        return FAB_OK;
    fab_sweep_future_fini(future);
    return fab_fail_memory(context);
}

void fab_sweep_future_fini(struct fab_sweep_future *future)
{
    fab_change_list_free(future->changes);
    fab_change_list_free(future->known);
    *future = (struct fab_sweep_future){0};
}

static fab_status find_fault(const struct growing *growing, const struct fab_sweep_row *row, int column, const char *text)
{
    const char *path = growing->making->file->path;
    fab_say(growing->context, FAB_LEVEL_FINDING, "%s:%lld:%d: %s", path, (long long)row->line, row->place[column] > 0 ? row->place[column] : 1, text);
    return fab_fail(growing->context, FAB_INPUT, "1 finding in %s", path);
}

/* ---- scenarios ---- */

/* A name that is no scenario and no file is one beside the file of the sweep, where there is one. */
static const char *place_of(const struct growing *growing, const char *name)
{
    const struct fab_sweep_making *making = growing->making;
    const char *slash = strrchr(making->file->path, '/');
    if (fab_scenarios_find(making->known, name) || access(name, R_OK) == 0 || !slash || *name == '/')
        return name;
    const char *beside = fab_arena_printf(growing->futures->arena, "%.*s/%s", (int)(slash - making->file->path), making->file->path, name);
    return !beside || access(beside, R_OK) == 0 ? beside : name;
}

static fab_status take_surprise(const struct growing *growing, const struct fab_sweep_row *row, const struct fab_scenario *scenario, struct fab_sweep_future *future)
{
    if (future->surprise_from != FAB_DATE_NONE && future->surprise_from != scenario->surprise_from)
        return find_fault(growing, row, FAB_SWEEP_SCENARIOS, "scenarios come as surprises on two days, must be on one");
    future->surprise_from = scenario->surprise_from;
    return FAB_OK;
}

static fab_status take_scenario(const struct growing *growing, const struct fab_sweep_row *row, const char *name, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    const struct fab_scenarios *known = growing->making->known;
    const struct fab_scenario *scenario = fab_scenarios_find(known, name);
    bool surprise = scenario && scenario->surprise_from != FAB_DATE_NONE;
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(growing->context, quiet);
    TRY_MEMORY(growing->context, name = place_of(growing, name));
    status = fab_scenarios_load(quiet, name, known, future->changes);
    if (status == FAB_USAGE || status == FAB_INPUT)
        TRY(find_fault(growing, row, FAB_SWEEP_SCENARIOS, fab_context_message(quiet)));
    TRY(status);
    if (surprise)
        TRY(take_surprise(growing, row, scenario, future));
    else
        TRY(fab_scenarios_load(growing->context, name, known, future->known));
out:
    fab_context_free(quiet);
    return status;
}

static fab_status take_scenarios(const struct growing *growing, const struct fab_sweep_row *row, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    char *words = NULL, *rest = NULL;
    TRY_MEMORY(growing->context, words = fab_arena_dup(growing->futures->arena, row->scenarios));
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        TRY(take_scenario(growing, row, word, future));
out:
    return status;
}

/* ---- changes ---- */

static fab_status add_change(const struct growing *growing, const struct fab_change *change, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    TRY(fab_change_list_add(growing->context, future->changes, change));
    TRY(fab_change_list_add(growing->context, future->known, change));
out:
    return status;
}

/* The n-th of the values "a|b|c", in the arena. */
static const char *value_at(fab_arena *arena, const char *values, int n)
{
    for (; n > 0; n--)
        values = strchr(values, '|') + 1;
    return fab_arena_dup_length(arena, values, strcspn(values, "|"));
}

static int count_values(const char *values)
{
    int count = 1;
    for (; *values; values++)
        count += *values == '|';
    return count;
}

/* Scaled by 1, or with 0 added: the point of a grid that changes nothing. */
static bool is_nothing(int operation, const char *value)
{
    double number;
    const char *why;
    return fab_number_parse(value, &number, &why) && ((operation == FAB_CHANGE_SCALE && number == 1) || (operation == FAB_CHANGE_ADD && number == 0));
}

static fab_status take_change(const struct growing *growing, const struct fab_sweep_row *row, const char *value, struct fab_sweep_future *future)
{
    int operation = 0;
    if (!*row->table)
        return FAB_OK;
    while (strcmp(fab_change_operation_names[operation], row->operation) != 0)
        operation++;
    if (row->kind == FAB_SWEEP_GRID && is_nothing(operation, value))
        return FAB_OK;
    struct fab_change change = {.origin = FAB_CHANGE_SCENARIO, .scenario = row->name, .number = row->line, .table = row->table, .key = row->key, .column = row->column,
                                .operation = (fab_change_operation)operation, .value = value, .from = FAB_DATE_NONE, .to = FAB_DATE_NONE, .file = growing->making->file->path, .line = row->line};
    change.place[FAB_CHANGE_FIELD_TABLE] = row->place[FAB_SWEEP_TABLE];
    change.place[FAB_CHANGE_FIELD_KEY] = row->place[FAB_SWEEP_KEY];
    change.place[FAB_CHANGE_FIELD_COLUMN] = row->place[FAB_SWEEP_COLUMN];
    change.place[FAB_CHANGE_FIELD_OPERATION] = row->place[FAB_SWEEP_OPERATION];
    change.place[FAB_CHANGE_FIELD_VALUE] = row->place[FAB_SWEEP_VALUES];
    return add_change(growing, &change, future);
}

/* A point of the grids: its name says every value. */
static fab_status take_point(const struct growing *growing, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_file *file = growing->making->file;
    fab_arena *arena = growing->futures->arena;
    for (int r = 0; r < file->count; r++) {
        const struct fab_sweep_row *row = &file->row[r];
        const char *value = NULL;
        if (row->kind != FAB_SWEEP_GRID)
            continue;
        TRY_MEMORY(growing->context, value = value_at(arena, row->values, growing->place[r]));
        TRY_MEMORY(growing->context, future->name = fab_arena_printf(arena, "%s%s%s=%s", future->name, *future->name ? "," : "", row->name, value));
        future->weight *= row->weight;
        TRY(take_change(growing, row, value, future));
    }
    if (!*future->name)
        future->name = "draw";
out:
    return status;
}

static fab_status take_draws(const struct growing *growing, int64_t draw, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_making *making = growing->making;
    int stream = 0;
    for (int r = 0; r < making->file->count; r++) {
        const struct fab_sweep_row *row = &making->file->row[r];
        if (row->kind != FAB_SWEEP_DRAW)
            continue;
        double figure = fab_sweep_draw(row, making->seed, stream++, draw);
        TRY(fab_sweep_draw_change(growing->context, row, making->file->path, figure, future->changes));
        TRY(fab_sweep_draw_change(growing->context, row, making->file->path, figure, future->known));
    }
    TRY_MEMORY(growing->context, future->name = fab_arena_printf(growing->futures->arena, "%s#%lld", future->name, (long long)draw));
out:
    return status;
}

/* ---- futures ---- */

static const struct fab_sweep_row *row_of(const struct growing *growing)
{
    return growing->run ? growing->run : &growing->making->file->row[0];
}

/* A run could be called as a point of the grids is. */
static fab_status check_name(const struct growing *growing, const struct fab_sweep_future *future)
{
    for (int f = 1; f < growing->futures->count - 1; f++)
        if (strcmp(growing->futures->future[f].name, future->name) == 0)
            return find_fault(growing, row_of(growing), FAB_SWEEP_NAME, "two runs would have the same name, must be unique");
    return FAB_OK;
}

/* The future at hand in one draw, 0: without any. */
static fab_status add_future(const struct growing *growing, int64_t draw)
{
    fab_status status = FAB_OK;
    struct fab_sweep_futures *futures = growing->futures;
    if (futures->count > FAB_SWEEP_RUNS_MOST)
        return find_fault(growing, row_of(growing), FAB_SWEEP_VALUES, "there are more than 100000 runs, must be fewer");
    TRY_MEMORY(growing->context, FAB_ARRAY_ROOM(&futures->future, futures->count, &futures->capacity));
    struct fab_sweep_future *future = &futures->future[futures->count];
    TRY(fab_sweep_future_init(growing->context, future));
    future->run = futures->count++;
    if (growing->run) {
        future->name = growing->run->name;
        future->weight = growing->run->weight;
        future->scenarios = growing->run->scenarios;
        TRY(take_scenarios(growing, growing->run, future));
        TRY(take_change(growing, growing->run, growing->run->values, future));
    } else {
        TRY(take_point(growing, future));
    }
    if (draw > 0)
        TRY(take_draws(growing, draw, future));
    else
        TRY(check_name(growing, future));
out:
    return status;
}

static fab_status add_draws(const struct growing *growing)
{
    fab_status status = FAB_OK;
    int64_t draws = growing->making->draws;
    for (int64_t draw = draws > 0; draw <= draws; draw++)
        TRY(add_future(growing, draw));
out:
    return status;
}

/* The next point: the last grid runs fastest. False behind the last point. */
static bool next_point(const struct growing *growing)
{
    const struct fab_sweep_file *file = growing->making->file;
    for (int r = file->count - 1; r >= 0; r--) {
        if (file->row[r].kind != FAB_SWEEP_GRID)
            continue;
        if (++growing->place[r] < count_values(file->row[r].values))
            return true;
        growing->place[r] = 0;
    }
    return false;
}

static fab_status grow(struct growing *growing)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_file *file = growing->making->file;
    for (int r = 0; r < file->count; r++) {
        growing->run = &file->row[r];
        if (growing->run->kind == FAB_SWEEP_RUN)
            TRY(add_draws(growing));
    }
    growing->run = NULL;
    if (fab_sweep_file_rows(file, FAB_SWEEP_GRID) == 0 && fab_sweep_file_rows(file, FAB_SWEEP_RUN) > 0)
        goto out;
    do
        TRY(add_draws(growing));
    while (next_point(growing));
out:
    return status;
}

static fab_status add_base(const struct growing *growing)
{
    fab_status status = FAB_OK;
    struct fab_sweep_futures *futures = growing->futures;
    TRY_MEMORY(growing->context, FAB_ARRAY_ROOM(&futures->future, futures->count, &futures->capacity));
    TRY(fab_sweep_future_init(growing->context, &futures->future[0]));
    futures->future[futures->count++].name = "base plan";
out:
    return status;
}

fab_status fab_sweep_futures_make(fab_context *context, const struct fab_sweep_making *making, struct fab_sweep_futures **result)
{
    fab_status status = FAB_OK;
    struct fab_sweep_futures *futures = calloc(1, sizeof *futures);
    struct growing growing = {.context = context, .making = making, .futures = futures};
    TRY_MEMORY(context, futures);
    TRY_MEMORY(context, futures->arena = fab_arena_new());
    TRY_MEMORY(context, growing.place = calloc((size_t)making->file->count + 1, sizeof *growing.place));
    TRY(add_base(&growing));
    TRY(grow(&growing));
    *result = futures;
    futures = NULL;
out:
    free(growing.place);
    fab_sweep_futures_free(futures);
    return status;
}

void fab_sweep_futures_free(struct fab_sweep_futures *futures)
{
    if (!futures)
        return;
    for (int f = 0; f < futures->count; f++)
        fab_sweep_future_fini(&futures->future[f]);
    free(futures->future);
    fab_arena_free(futures->arena);
    free(futures);
}
