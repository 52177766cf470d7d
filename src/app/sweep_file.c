/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_file.h"

#include "array.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST 1e15

#define ANY(name, type, choices, meaning) {name, type, FAB_OPTIONAL, 0, choices, 0, LARGEST, (double)NAN, 0, meaning, FAB_NO_OFFSET}

static const struct fab_column columns[FAB_SWEEP_COLUMNS] = {
    [FAB_SWEEP_KIND] = {"kind", FAB_COLUMN_CHOICE, 0, 0, "run|grid|draw", 0, 0, (double)NAN, 0, "what the row is", FAB_NO_OFFSET},
    [FAB_SWEEP_NAME] = {"name", FAB_COLUMN_ID, FAB_KEY, 0, 0, 0, 0, (double)NAN, 0, "name of the run, of the grid's figure or of what is drawn", FAB_NO_OFFSET},
    [FAB_SWEEP_WEIGHT] = {"weight", FAB_COLUMN_REAL, FAB_OPTIONAL | FAB_MIN_OPEN, 0, 0, 0, LARGEST, (double)NAN, 0, "how much the run counts", FAB_NO_OFFSET},
    [FAB_SWEEP_SCENARIOS] = ANY("scenarios", FAB_COLUMN_TEXT, 0, "scenarios of the run"),
    [FAB_SWEEP_TABLE] = ANY("table", FAB_COLUMN_ID, 0, "table that is changed"),
    [FAB_SWEEP_KEY] = ANY("key", FAB_COLUMN_TEXT, 0, "which rows, or whose figure is drawn"),
    [FAB_SWEEP_COLUMN] = ANY("column", FAB_COLUMN_TEXT, 0, "column that is changed"),
    [FAB_SWEEP_OPERATION] = ANY("operation", FAB_COLUMN_CHOICE, "set|scale|add|shift|insert|delete", "what is done"),
    [FAB_SWEEP_VALUES] = ANY("values", FAB_COLUMN_TEXT, 0, "what it is done with"),
    [FAB_SWEEP_WHAT] = ANY("what", FAB_COLUMN_CHOICE, "yield|demand|delivery", "what is drawn"),
    [FAB_SWEEP_LAW] = ANY("law", FAB_COLUMN_CHOICE, "normal|lognormal|uniform", "its distribution"),
    [FAB_SWEEP_P1] = ANY("p1", FAB_COLUMN_REAL, 0, "mean, or low"),
    [FAB_SWEEP_P2] = ANY("p2", FAB_COLUMN_REAL, 0, "standard deviation, or high"),
};

static const char *const kinds[] = {"run", "grid", "draw"}, *const whats[] = {"yield", "demand", "delivery"}, *const laws[] = {"normal", "lognormal", "uniform"};

/* Whether a column is to be filled in a row of a kind: m must be, f may be, n must not be. */
static const char rules[][FAB_SWEEP_COLUMNS + 1] = {
    /*                 kind name weight scenarios table key column operation values what law p1 p2 */
    [FAB_SWEEP_RUN] =  "m" "m"  "f"    "f"       "f"   "f" "f"    "f"       "f"    "n"  "n" "n" "n",
    [FAB_SWEEP_GRID] = "m" "m"  "f"    "n"       "m"   "f" "f"    "m"       "m"    "n"  "n" "n" "n",
    [FAB_SWEEP_DRAW] = "m" "m"  "n"    "n"       "n"   "m" "n"    "n"       "n"    "m"  "m" "m" "m",
};

struct reading {
    fab_context *context;
    struct fab_sweep_file *file;
};

static int find_word(const char *const words[], const char *word)
{
    int w = 0;
    while (strcmp(words[w], word) != 0)
        w++;
    return w;
}

static bool is_filled(const struct fab_cell *cell)
{
    return cell->type != FAB_CELL_EMPTY;
}

/* ---- the rules of a row ---- */

static bool check_filled(const struct fab_scenario_row *row, fab_sweep_kind kind, int *column, char problem[FAB_PROBLEM_SIZE])
{
    for (int c = 0; c < FAB_SWEEP_COLUMNS; c++) {
        bool filled = is_filled(&row->cell[c]);
        char rule = rules[kind][c];
        if ((filled && rule != 'n') || (!filled && rule != 'm'))
            continue;
        *column = c;
        snprintf(problem, FAB_PROBLEM_SIZE, filled ? "%s is given, must be empty in a row of kind %s (%s)" : "%s is empty, must be given in a row of kind %s (%s)", columns[c].name, kinds[kind],
                 columns[c].meaning);
        return false;
    }
    return true;
}

/* A run has one change or none. */
static bool check_run(const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    static const int of_change[] = {FAB_SWEEP_KEY, FAB_SWEEP_COLUMN, FAB_SWEEP_OPERATION, FAB_SWEEP_VALUES};
    bool change = is_filled(&row->cell[FAB_SWEEP_TABLE]);
    for (size_t n = 0; n < sizeof of_change / sizeof *of_change; n++) {
        *column = of_change[n];
        if (!change && is_filled(&row->cell[*column])) {
            snprintf(problem, FAB_PROBLEM_SIZE, "%s is given, must be empty without a table", columns[*column].name);
            return false;
        }
    }
    *column = FAB_SWEEP_OPERATION;
    if (change && !is_filled(&row->cell[FAB_SWEEP_OPERATION])) {
        snprintf(problem, FAB_PROBLEM_SIZE, "operation is empty, must be given with a table");
        return false;
    }
    *column = FAB_SWEEP_VALUES;
    if (is_filled(&row->cell[FAB_SWEEP_VALUES]) && strchr(row->cell[FAB_SWEEP_VALUES].text, '|')) {
        snprintf(problem, FAB_PROBLEM_SIZE, "values is '%s', must be one value in a row of kind run (kind grid takes several)", row->cell[FAB_SWEEP_VALUES].text);
        return false;
    }
    return true;
}

static bool check_grid(const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    const char *values = row->cell[FAB_SWEEP_VALUES].text;
    size_t length = strlen(values);
    *column = FAB_SWEEP_VALUES;
    if (*values != '|' && values[length - 1] != '|' && !strstr(values, "||"))
        return true;
    snprintf(problem, FAB_PROBLEM_SIZE, "values is '%s', must have a value on both sides of every |", values);
    return false;
}

/* The rules of the design: a factor or a number of days is never below 0. */
static bool check_draw(const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    double p1 = row->cell[FAB_SWEEP_P1].real, p2 = row->cell[FAB_SWEEP_P2].real;
    fab_sweep_law law = (fab_sweep_law)find_word(laws, row->cell[FAB_SWEEP_LAW].text);
    if (law == FAB_SWEEP_LOGNORMAL && !(p1 > 0)) {
        *column = FAB_SWEEP_P1;
        snprintf(problem, FAB_PROBLEM_SIZE, "p1 is %g, must be above 0 (the mean of a lognormal figure)", p1);
        return false;
    }
    if (law == FAB_SWEEP_UNIFORM && p2 < p1) {
        *column = FAB_SWEEP_P2;
        snprintf(problem, FAB_PROBLEM_SIZE, "p2 is %g, must be at least p1, %g (high and low)", p2, p1);
        return false;
    }
    return true;
}

static bool check_name(const struct fab_sweep_file *file, const char *name, int *column, char problem[FAB_PROBLEM_SIZE])
{
    *column = FAB_SWEEP_NAME;
    for (int r = 0; r < file->count; r++)
        if (strcmp(file->row[r].name, name) == 0) {
            snprintf(problem, FAB_PROBLEM_SIZE, "name is '%s', must be unique (line %lld has it already)", name, (long long)file->row[r].line);
            return false;
        }
    return true;
}

static bool check_row(const struct reading *reading, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    static bool (*const checks[])(const struct fab_scenario_row *, int *, char[FAB_PROBLEM_SIZE]) = {
        [FAB_SWEEP_RUN] = check_run, [FAB_SWEEP_GRID] = check_grid, [FAB_SWEEP_DRAW] = check_draw};
    fab_sweep_kind kind = (fab_sweep_kind)find_word(kinds, row->cell[FAB_SWEEP_KIND].text);
    return check_filled(row, kind, column, problem) && checks[kind](row, column, problem) && check_name(reading->file, row->cell[FAB_SWEEP_NAME].text, column, problem);
}

/* ---- rows ---- */

static const char *keep(const struct reading *reading, const struct fab_scenario_row *row, int column)
{
    return fab_arena_dup(reading->file->arena, is_filled(&row->cell[column]) ? row->cell[column].text : "");
}

static fab_status take_row(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    fab_status status = FAB_OK;
    const struct reading *reading = user;
    struct fab_sweep_file *file = reading->file;
    const struct fab_cell *cell = row->cell;
    if (!check_row(reading, row, column, problem))
        return FAB_OK;
    TRY_MEMORY(reading->context, FAB_ARRAY_ROOM(&file->row, file->count, &file->capacity));
    struct fab_sweep_row *added = &file->row[file->count];
    *added = (struct fab_sweep_row){.kind = (fab_sweep_kind)find_word(kinds, cell[FAB_SWEEP_KIND].text), .weight = is_filled(&cell[FAB_SWEEP_WEIGHT]) ? cell[FAB_SWEEP_WEIGHT].real : 1, .line = row->line};
    const char **texts[] = {&added->name, &added->scenarios, &added->table, &added->key, &added->column, &added->operation, &added->values};
    static const int of[] = {FAB_SWEEP_NAME, FAB_SWEEP_SCENARIOS, FAB_SWEEP_TABLE, FAB_SWEEP_KEY, FAB_SWEEP_COLUMN, FAB_SWEEP_OPERATION, FAB_SWEEP_VALUES};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        TRY_MEMORY(reading->context, *texts[t] = keep(reading, row, of[t]));
    if (added->kind == FAB_SWEEP_DRAW) {
        added->what = (fab_sweep_what)find_word(whats, cell[FAB_SWEEP_WHAT].text);
        added->law = (fab_sweep_law)find_word(laws, cell[FAB_SWEEP_LAW].text);
        added->p1 = cell[FAB_SWEEP_P1].real;
        added->p2 = cell[FAB_SWEEP_P2].real;
    }
    memcpy(added->place, row->place, sizeof added->place);
    file->count++;
out:
    return status;
}

fab_status fab_sweep_file_read(fab_context *context, const char *path, struct fab_sweep_file **result)
{
    fab_status status = FAB_OK;
    int findings = 0;
    struct fab_sweep_file *file = calloc(1, sizeof *file);
    struct reading reading = {context, file};
    TRY_MEMORY(context, file);
    TRY_MEMORY(context, file->arena = fab_arena_new());
    TRY_MEMORY(context, file->path = fab_arena_dup(file->arena, path));
    TRY(fab_scenario_read_file(context, path, columns, FAB_SWEEP_COLUMNS, take_row, &reading, &findings));
    if (findings == 0 && file->count == 0) {
        findings++;
        fab_say(context, FAB_LEVEL_FINDING, "%s:2:1: there is no row, must have at least one run, grid or draw", path);
    }
    if (findings > 0)
        TRY(fab_fail(context, FAB_INPUT, "%d finding%s in %s", findings, findings == 1 ? "" : "s", path));
    *result = file;
    file = NULL;
out:
    fab_sweep_file_free(file);
    return status;
}

void fab_sweep_file_free(struct fab_sweep_file *file)
{
    if (!file)
        return;
    fab_arena_free(file->arena);
    free(file->row);
    free(file);
}

int fab_sweep_file_rows(const struct fab_sweep_file *file, fab_sweep_kind kind)
{
    int count = 0;
    for (int r = 0; r < file->count; r++)
        count += file->row[r].kind == kind;
    return count;
}
