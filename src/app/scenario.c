/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario.h"

#include "array.h"
#include "fail.h"
#include "nearest.h"
#include "scenario_file.h"
#include "try.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char extension[] = ".csv", registry[] = "scenario.csv";

enum { SCENARIO, NAME, SURPRISE_FROM, REGISTRY_COLUMNS };

static const struct fab_column registry_columns[REGISTRY_COLUMNS] = {
    {"scenario", FAB_COLUMN_ID, FAB_KEY, 0, 0, 0, 0, (double)NAN, 0, "name of the scenario, as its changes have it", FAB_NO_OFFSET},
    {"name", FAB_COLUMN_TEXT, 0, 0, 0, 0, 0, (double)NAN, 0, "name shown in reports", FAB_NO_OFFSET},
    {"surprise_from", FAB_COLUMN_DATE, FAB_OPTIONAL, 0, 0, 0, 0, (double)NAN, 0, "nobody knows of it before", FAB_NO_OFFSET},
};

/* A file under way. */
struct reading {
    fab_context *context;
    struct fab_scenarios *scenarios;
    int rows;
};

struct fab_scenarios *fab_scenarios_new(void)
{
    struct fab_scenarios *scenarios = calloc(1, sizeof *scenarios);
    if (!scenarios)
        return NULL;
    scenarios->arena = fab_arena_new();
    scenarios->changes = fab_change_list_new();
    if (scenarios->arena && scenarios->changes)
        return scenarios;
    fab_scenarios_free(scenarios);
    return NULL;
}

void fab_scenarios_free(struct fab_scenarios *scenarios)
{
    if (!scenarios)
        return;
    fab_change_list_free(scenarios->changes);
    fab_arena_free(scenarios->arena);
    free(scenarios->scenario);
    free(scenarios);
}

fab_status fab_scenarios_add(fab_context *context, struct fab_scenarios *scenarios, const struct fab_scenario *scenario)
{
    fab_status status = FAB_OK;
    struct fab_scenario added = *scenario;
    if (fab_scenarios_find(scenarios, scenario->scenario))
        return FAB_OK;
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&scenarios->scenario, scenarios->count, &scenarios->capacity));
    TRY_MEMORY(context, added.scenario = fab_arena_dup(scenarios->arena, scenario->scenario));
    TRY_MEMORY(context, added.name = fab_arena_dup(scenarios->arena, scenario->name));
    scenarios->scenario[scenarios->count++] = added;
out:
    return status;
}

static fab_status add_scenario(fab_context *context, struct fab_scenarios *scenarios, const char *scenario)
{
    return fab_scenarios_add(context, scenarios, &(struct fab_scenario){scenario, scenario, FAB_DATE_NONE});
}

const struct fab_scenario *fab_scenarios_find(const struct fab_scenarios *scenarios, const char *scenario)
{
    for (int s = 0; s < scenarios->count; s++)
        if (strcmp(scenarios->scenario[s].scenario, scenario) == 0)
            return &scenarios->scenario[s];
    return NULL;
}

/* ---- rows ---- */

static const char *text_of(const struct fab_cell *cell)
{
    return cell->type == FAB_CELL_TEXT ? cell->text : "";
}

static int32_t date_of(const struct fab_cell *cell)
{
    int32_t date = FAB_DATE_NONE;
    const char *why;
    if (cell->type == FAB_CELL_TEXT)
        fab_date_parse(cell->text, &date, &why);
    return date;
}

static fab_change_operation operation_of(const char *name)
{
    int operation = 0;
    while (strcmp(fab_change_operation_names[operation], name) != 0)
        operation++;
    return (fab_change_operation)operation;
}

static const struct fab_change *find_change(const struct fab_change_list *list, const char *scenario, int64_t number)
{
    for (int c = 0; c < list->count; c++)
        if (list->change[c].number == number && strcmp(list->change[c].scenario, scenario) == 0)
            return &list->change[c];
    return NULL;
}

static fab_status take_change(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    fab_status status = FAB_OK;
    struct reading *reading = user;
    const struct fab_cell *cell = row->cell;
    struct fab_change change = {.origin = FAB_CHANGE_SCENARIO,
                                .scenario = text_of(&cell[FAB_CHANGE_FIELD_SCENARIO]),
                                .number = cell[FAB_CHANGE_FIELD_NUMBER].integer,
                                .table = text_of(&cell[FAB_CHANGE_FIELD_TABLE]),
                                .key = text_of(&cell[FAB_CHANGE_FIELD_KEY]),
                                .column = text_of(&cell[FAB_CHANGE_FIELD_COLUMN]),
                                .operation = operation_of(text_of(&cell[FAB_CHANGE_FIELD_OPERATION])),
                                .value = text_of(&cell[FAB_CHANGE_FIELD_VALUE]),
                                .from = date_of(&cell[FAB_CHANGE_FIELD_FROM]),
                                .to = date_of(&cell[FAB_CHANGE_FIELD_TO]),
                                .basis = text_of(&cell[FAB_CHANGE_FIELD_BASIS]),
                                .file = row->file,
                                .line = row->line};
    memcpy(change.place, row->place, sizeof change.place);
    const struct fab_change *first = find_change(reading->scenarios->changes, change.scenario, change.number);
    reading->rows++;
    if (first) {
        *column = FAB_CHANGE_FIELD_NUMBER;
        snprintf(problem, FAB_PROBLEM_SIZE, "scenario, number is '%s, %lld', must be unique (%s:%lld has it already)", change.scenario, (long long)change.number,
                 first->file, (long long)first->line);
        return FAB_OK;
    }
    TRY(add_scenario(reading->context, reading->scenarios, change.scenario));
    TRY(fab_change_list_add(reading->context, reading->scenarios->changes, &change));
out:
    return status;
}

static fab_status take_registered(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    fab_status status = FAB_OK;
    struct reading *reading = user;
    struct fab_scenarios *scenarios = reading->scenarios;
    struct fab_scenario *scenario = (struct fab_scenario *)fab_scenarios_find(scenarios, text_of(&row->cell[SCENARIO]));
    if (!scenario) {
        *column = SCENARIO;
        snprintf(problem, FAB_PROBLEM_SIZE, "scenario is '%s', must be that of a file of the folder", text_of(&row->cell[SCENARIO]));
        return FAB_OK;
    }
    TRY_MEMORY(reading->context, scenario->name = fab_arena_dup(scenarios->arena, text_of(&row->cell[NAME])));
    scenario->surprise_from = date_of(&row->cell[SURPRISE_FROM]);
out:
    return status;
}

/* ---- files ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_csv(const char *name)
{
    size_t length = strlen(name), tail = sizeof extension - 1;
    return length > tail && name[0] != '.' && strcasecmp(name + length - tail, extension) == 0;
}

/* A file without rows is the scenario of its name. */
static fab_status read_changes(fab_context *context, struct fab_scenarios *scenarios, const char *path, int *findings)
{
    fab_status status = FAB_OK;
    struct reading reading = {context, scenarios, 0};
    const char *name = base_name(path);
    int before = *findings;
    TRY(fab_scenario_read_file(context, path, fab_scenario_change_columns, FAB_CHANGE_FIELD_COUNT, take_change, &reading, findings));
    if (reading.rows > 0 || *findings > before)
        goto out;
    TRY_MEMORY(context, name = fab_arena_dup_length(scenarios->arena, name, strlen(name) - (is_csv(name) ? sizeof extension - 1 : 0)));
    TRY(add_scenario(context, scenarios, name));
out:
    return status;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static fab_status list_folder(fab_context *context, const char *folder, fab_arena *arena, const char ***names, int *count)
{
    fab_status status = FAB_OK;
    int capacity = 0;
    DIR *directory = opendir(folder);
    if (!directory)
        return fab_fail_errno(context, FAB_INPUT, "%s", folder);
    for (struct dirent *entry; (errno = 0, entry = readdir(directory)) != NULL;) {
        if (!is_csv(entry->d_name))
            continue;
        TRY_MEMORY(context, FAB_ARRAY_ROOM(names, *count, &capacity));
        TRY_MEMORY(context, (*names)[*count] = fab_arena_dup(arena, entry->d_name));
        ++*count;
    }
    if (errno != 0)
        status = fab_fail_errno(context, FAB_INPUT, "%s: cannot be read", folder);
    if (*count > 0)
        qsort(*names, (size_t)*count, sizeof **names, compare_names);
out:
    closedir(directory);
    return status;
}

/* The list comes last: it names scenarios of the other files. */
static fab_status read_folder(fab_context *context, struct fab_scenarios *scenarios, const char *folder, int *findings)
{
    fab_status status = FAB_OK;
    const char **names = NULL, *path, *list = NULL;
    struct reading reading = {context, scenarios, 0};
    int count = 0;
    TRY(list_folder(context, folder, scenarios->arena, &names, &count));
    for (int n = 0; n < count; n++) {
        TRY_MEMORY(context, path = fab_arena_printf(scenarios->arena, "%s/%s", folder, names[n]));
        if (strcmp(names[n], registry) == 0)
            list = path;
        else
            TRY(read_changes(context, scenarios, path, findings));
    }
    if (list && *findings == 0)
        TRY(fab_scenario_read_file(context, list, registry_columns, REGISTRY_COLUMNS, take_registered, &reading, findings));
out:
    free(names);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

fab_status fab_scenarios_read(fab_context *context, const char *path, struct fab_scenarios *scenarios)
{
    fab_status status = FAB_OK;
    int findings = 0;
    TRY((is_folder(path) ? read_folder : read_changes)(context, scenarios, path, &findings));
    if (findings > 0)
        status = fab_fail(context, FAB_INPUT, "%d finding%s in %s", findings, findings == 1 ? "" : "s", path);
out:
    return status;
}

/* ---- lists ---- */

int fab_scenarios_count(const struct fab_scenarios *scenarios, const char *scenario)
{
    int count = 0;
    for (int c = 0; c < scenarios->changes->count; c++)
        count += strcmp(scenarios->changes->change[c].scenario, scenario) == 0;
    return count;
}

/* The change of the scenario with the lowest number above `last`; NULL when there is no more. */
static const struct fab_change *next_change(const struct fab_change_list *list, const char *scenario, int64_t last)
{
    const struct fab_change *next = NULL;
    for (int c = 0; c < list->count; c++) {
        const struct fab_change *change = &list->change[c];
        if (strcmp(change->scenario, scenario) == 0 && change->number > last && (!next || change->number < next->number))
            next = change;
    }
    return next;
}

fab_status fab_scenarios_take(fab_context *context, const struct fab_scenarios *scenarios, const char *scenario, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    int64_t last = -1;
    for (const struct fab_change *change; (change = next_change(scenarios->changes, scenario, last)) != NULL; last = change->number)
        TRY(fab_change_list_add(context, list, change));
out:
    return status;
}

static fab_status load_file(fab_context *context, const char *path, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *scenarios = NULL;
    TRY_MEMORY(context, scenarios = fab_scenarios_new());
    TRY(fab_scenarios_read(context, path, scenarios));
    for (int s = 0; s < scenarios->count; s++)
        TRY(fab_scenarios_take(context, scenarios, scenarios->scenario[s].scenario, list));
out:
    fab_scenarios_free(scenarios);
    return status;
}

static fab_status refuse_name(fab_context *context, const struct fab_scenarios *known, const char *name)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, name);
    for (int s = 0; s < known->count; s++)
        fab_nearest_offer(&nearest, known->scenario[s].scenario);
    return fab_fail_as(context, FAB_USAGE, "unknown_scenario", "scenario '%s' is neither known nor a file%s%s%s", name, nearest.best[0] ? " (" : "", nearest.best,
                    nearest.best[0] ? "?)" : "");
}

static fab_status load_word(fab_context *context, const char *word, const struct fab_scenarios *known, struct fab_change_list *list)
{
    struct stat found;
    if (fab_scenarios_find(known, word))
        return fab_scenarios_take(context, known, word, list);
    if (stat(word, &found) == 0 && S_ISREG(found.st_mode))
        return load_file(context, word, list);
    return refuse_name(context, known, word);
}

fab_status fab_scenarios_load(fab_context *context, const char *request, const struct fab_scenarios *known, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    char *words = strdup(request);
    TRY_MEMORY(context, words);
    for (char *word = words, *next; word; word = next) {
        next = strchr(word, ',');
        if (next)
            *next++ = '\0';
        TRY(load_word(context, word, known, list));
    }
out:
    free(words);
    return status;
}
