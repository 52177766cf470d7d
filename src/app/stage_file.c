/* A CSV file of stages. SPDX-License-Identifier: GPL-3.0-or-later */
#include "asked.h"

#include "fail.h"
#include "layers.h"
#include "nearest.h"
#include "scenario_file.h"
#include "sha256.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER, NAME, OBJECTIVE, SENSE, WITHIN, COLUMNS };

static const struct fab_column columns[COLUMNS] = {
    {"number", FAB_COLUMN_INT, FAB_KEY, 0, 0, 0, 1e9, (double)NAN, 0, "order of the stages", FAB_NO_OFFSET},
    {"name", FAB_COLUMN_ID, 0, 0, 0, 0, 0, (double)NAN, 0, "name of the stage", FAB_NO_OFFSET},
    {"objective", FAB_COLUMN_TEXT, 0, 0, 0, 0, 0, (double)NAN, 0, "profit, fill:C+C, lateness, capital, movement or independence:LAYER", FAB_NO_OFFSET},
    {"sense", FAB_COLUMN_CHOICE, 0, 0, "max|min", 0, 0, (double)NAN, 0, "largest or least value", FAB_NO_OFFSET},
    {"within", FAB_COLUMN_REAL, FAB_OPTIONAL, 0, 0, 0, 1, (double)NAN, 0, "how closely it is kept, relative", FAB_NO_OFFSET},
};

static const struct {
    const char *word, *words;
    fab_kept_kind kind;
    bool least; /* kept.h has it as what is to be small */
} objectives[] = {
    {"profit", "profit", FAB_KEPT_PROFIT, false},
    {"lateness", "weeks late x price x units shipped", FAB_KEPT_LATENESS, true},
    {"capital", "price of all tools ordered", FAB_KEPT_CAPITAL, true},
    {"movement", "changes of weekly starts", FAB_KEPT_MOVEMENT, true},
    {"independence:LO", "own against foreign value of logic that arrives", FAB_KEPT_OWN_LOGIC, false},
    {"independence:ME", "own against foreign value of memory that arrives", FAB_KEPT_OWN_MEMORY, false},
    {"independence:PK", "own against foreign value of chips that arrive", FAB_KEPT_OWN_PACKAGING, false},
};
enum { OBJECTIVES = sizeof objectives / sizeof *objectives };

/* A file under way. */
struct reading {
    fab_context *context;
    fab_model *model;
    const struct fab_stages_asked *asked;
    struct fab_stage_asked *stage;
    int *number, *order; /* [count] */
    int count;
    json_t *rows;
};

/* ---- objectives ---- */

/* "A+B" behind "fill:". False when memory is short. */
static bool read_customers(const struct reading *reading, const char *names, struct fab_stage_asked *stage, char problem[FAB_PROBLEM_SIZE])
{
    const fab_model *model = reading->model;
    stage->kept.kind = FAB_KEPT_SERVED;
    stage->kept.customer = fab_arena_take(reading->model->arena, strlen(names) + 1, sizeof *stage->kept.customer);
    for (const char *word = names; stage->kept.customer && !*problem; word += strcspn(word, "+") + 1) {
        size_t length = strcspn(word, "+");
        int c = 0;
        while (c < model->customer_count && !(strlen(model->customer[c].customer) == length && strncmp(model->customer[c].customer, word, length) == 0))
            c++;
        if (c == model->customer_count)
            snprintf(problem, FAB_PROBLEM_SIZE, "objective is 'fill:%s', must name customers ('%.*s' is none)", names, (int)length, word);
        else
            stage->kept.customer[stage->kept.customer_count++] = c;
        if (!word[length])
            break;
    }
    return stage->kept.customer != NULL;
}

static void refuse_objective(const char *text, char problem[FAB_PROBLEM_SIZE])
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, text);
    for (int k = 0; k < OBJECTIVES; k++)
        fab_nearest_offer(&nearest, objectives[k].word);
    snprintf(problem, FAB_PROBLEM_SIZE, "objective is '%.60s', must be profit, fill:CUSTOMER+CUSTOMER, lateness, capital, movement or independence:LAYER%s%s%s", text, nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

/* What is to be optimised; maximised where the sense says so. False when memory is short. */
static bool read_objective(const struct reading *reading, const char *text, bool most, struct fab_stage_asked *stage, char problem[FAB_PROBLEM_SIZE])
{
    static const char fill[] = "fill:";
    bool natural_least = false;
    int k = 0;
    while (k < OBJECTIVES && strcmp(objectives[k].word, text) != 0)
        k++;
    if (strncmp(text, fill, sizeof fill - 1) == 0) {
        if (!read_customers(reading, text + sizeof fill - 1, stage, problem))
            return false;
        stage->objective = fab_arena_printf(reading->model->arena, "value served: %s", text + sizeof fill - 1);
    } else if (k < OBJECTIVES) {
        stage->kept.kind = objectives[k].kind;
        natural_least = objectives[k].least;
        stage->objective = objectives[k].words;
    } else {
        refuse_objective(text, problem);
        stage->objective = "";
    }
    stage->least = !most;
    stage->kept.reversed = most == natural_least;
    return stage->objective != NULL;
}

/* ---- rows ---- */

static const char *rule_of_row(const struct reading *reading, const struct fab_scenario_row *row, const struct fab_stage_asked *stage, int *column)
{
    int number = (int)row->cell[NUMBER].integer;
    for (int n = 0; n < reading->count; n++) {
        *column = NUMBER;
        if (reading->number[n] == number)
            return "must be unique";
        *column = NAME;
        if (strcmp(reading->stage[n].name, stage->name) == 0)
            return "must be unique";
    }
    *column = SENSE;
    if (stage->kept.kind == FAB_KEPT_PROFIT && stage->least)
        return "must be max for profit";
    *column = WITHIN;
    return stage->within >= 1 ? "must be below 1" : NULL;
}

/* A layer that no plan computes is no objective at all. */
static fab_status check_layer(fab_context *context, const char *objective)
{
    static const char word[] = "independence:";
    if (strncmp(objective, word, sizeof word - 1) != 0 || fab_layer_of_name(objective + sizeof word - 1) != FAB_LAYER_NONE)
        return FAB_OK;
    return fab_fail(context, FAB_USAGE, "objective '%.60s': must be of layer LO, ME or PK, which a plan computes", objective);
}

static fab_status take_row(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    fab_status status = FAB_OK;
    struct reading *reading = user;
    const struct fab_cell *cell = row->cell;
    struct fab_stage_asked stage = {.within = cell[WITHIN].type == FAB_CELL_REAL ? cell[WITHIN].real : reading->asked->within};
    const char *rule;
    *column = OBJECTIVE;
    TRY(check_layer(reading->context, cell[OBJECTIVE].text));
    TRY_MEMORY(reading->context, stage.name = fab_arena_dup(reading->model->arena, cell[NAME].text));
    TRY_MEMORY(reading->context, read_objective(reading, cell[OBJECTIVE].text, strcmp(cell[SENSE].text, "max") == 0, &stage, problem));
    if (*problem)
        goto out;
    rule = rule_of_row(reading, row, &stage, column);
    if (!rule && reading->count == FAB_STAGES_ASKED)
        rule = "is one too many: a file has at most 64 stages";
    if (rule)
        snprintf(problem, FAB_PROBLEM_SIZE, "%s %s", columns[*column].name, rule);
    if (*problem)
        goto out;
    TRY_MEMORY(reading->context, json_array_append_new(reading->rows, json_pack("{s:I, s:s, s:s, s:s, s:f}", "number", (json_int_t)cell[NUMBER].integer, "name", stage.name, "objective",
                                                                               cell[OBJECTIVE].text, "sense", cell[SENSE].text, "within", stage.within)) == 0);
    reading->number[reading->count] = (int)cell[NUMBER].integer;
    reading->stage[reading->count++] = stage;
out:
    return status;
}

/* In the order of numbers. */
static void sort(struct reading *reading)
{
    for (int n = 1; n < reading->count; n++)
        for (int k = n; k > 0 && reading->number[k - 1] > reading->number[k]; k--) {
            struct fab_stage_asked stage = reading->stage[k];
            int number = reading->number[k];
            reading->stage[k] = reading->stage[k - 1];
            reading->number[k] = reading->number[k - 1];
            reading->stage[k - 1] = stage;
            reading->number[k - 1] = number;
        }
}

/* ---- the file ---- */

static fab_status digest(fab_context *context, const char *path, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_status status = FAB_OK;
    char bytes[4096];
    fab_sha256 *sha256 = NULL;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return fab_fail_errno(context, FAB_INPUT, "%s", path);
    TRY_MEMORY(context, sha256 = fab_sha256_new());
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;)
        TRY_MEMORY(context, fab_sha256_add(sha256, bytes, size));
    TRY_MEMORY(context, fab_sha256_finish(sha256, hex));
out:
    fab_sha256_free(sha256);
    fclose(file);
    return status;
}

static void follow(const char *objective, fab_model *model)
{
    if (strcmp(objective, "movement") == 0)
        model->movement = true;
}

void fab_asked_stages_again(const json_t *json, fab_model *model)
{
    size_t n;
    json_t *row;
    json_array_foreach(json_object_get(json, "rows"), n, row)
        follow(json_string_value(json_object_get(row, "objective")) ? json_string_value(json_object_get(row, "objective")) : "", model);
}

fab_status fab_asked_stages(fab_context *context, const char *path, fab_model *model, struct fab_stages_asked *asked, json_t **json)
{
    fab_status status = FAB_OK;
    int findings = 0;
    char hex[FAB_SHA256_HEX_SIZE];
    struct reading reading = {.context = context, .model = model, .asked = asked};
    TRY_MEMORY(context, reading.stage = fab_arena_take(model->arena, FAB_STAGES_ASKED, sizeof *reading.stage));
    TRY_MEMORY(context, reading.number = fab_arena_take(model->arena, FAB_STAGES_ASKED, sizeof *reading.number));
    TRY_MEMORY(context, reading.rows = json_array());
    TRY(fab_scenario_read_file(context, path, columns, COLUMNS, take_row, &reading, &findings));
    if (findings > 0)
        TRY(fab_fail(context, FAB_INPUT, "%s: %d finding%s", path, findings, findings == 1 ? "" : "s"));
    if (reading.count == 0)
        TRY(fab_fail(context, FAB_INPUT, "%s: has no stage", path));
    TRY(digest(context, path, hex));
    sort(&reading);
    asked->stage = reading.stage;
    asked->stage_count = reading.count;
    TRY_MEMORY(context, *json = json_pack("{s:s, s:O}", "sha256", hex, "rows", reading.rows));
    fab_asked_stages_again(*json, model);
out:
    json_decref(reading.rows);
    return status;
}
