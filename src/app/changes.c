/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "changes.h"

#include "answer.h"
#include "change_apply.h"
#include "try.h"

#include <string.h>

/* The columns of fab_store_check. */
enum { SEVERITY, TABLE, ROW_KEY, COLUMN, MESSAGE, CHECK_COLUMNS };

enum { FINDINGS_SHOWN = 50 };

/* ---- what is wrong between rows ---- */

static bool same_finding(const fab_table *left, int a, const fab_table *right, int b)
{
    for (int c = 0; c < CHECK_COLUMNS; c++)
        if (strcmp(fab_answer_text(left, a, c), fab_answer_text(right, b, c)) != 0)
            return false;
    return true;
}

static bool has_finding(const fab_table *table, const fab_table *other, int row)
{
    for (int r = 0; table && r < fab_table_rows(table); r++)
        if (same_finding(table, r, other, row))
            return true;
    return false;
}

static int count_findings(const fab_table *table)
{
    int count = 0;
    for (int r = 0; r < fab_table_rows(table); r++)
        count += strcmp(fab_answer_text(table, r, SEVERITY), "finding") == 0;
    return count;
}

static void say_finding(fab_context *context, const fab_table *table, int r)
{
    const char *key = fab_answer_text(table, r, ROW_KEY);
    fab_say(context, FAB_LEVEL_FINDING, "with the changes, table %s%s%s: %s", fab_answer_text(table, r, TABLE), *key ? " " : "", key, fab_answer_text(table, r, MESSAGE));
}

/* What the data set has itself is its own affair: fab_check says it. */
static fab_status check_rows(fab_context *context, fab *handle, const fab_model *changed)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL, *before = NULL;
    int findings = 0;
    TRY(fab_store_check_model(context, changed, &found));
    if (count_findings(found) > 0)
        TRY(fab_store_check(context, handle->store, &before));
    for (int r = 0; r < fab_table_rows(found); r++)
        if (strcmp(fab_answer_text(found, r, SEVERITY), "finding") == 0 && !has_finding(before, found, r) && findings++ < FINDINGS_SHOWN)
            say_finding(context, found, r);
    if (findings > 0)
        status = fab_fail(context, FAB_INPUT, "%d finding%s; the changes were not applied", findings, findings == 1 ? "" : "s");
out:
    fab_table_free(found);
    fab_table_free(before);
    return status;
}

static bool has_scenario(const struct fab_change_list *list)
{
    for (int c = 0; c < list->count; c++)
        if (list->change[c].origin == FAB_CHANGE_SCENARIO)
            return true;
    return false;
}

/* Yields, availability and cycle times within their ranges cannot break what the checks look at. */
fab_status fab_changes_apply(fab_context *context, fab *handle, const fab_model *model, const struct fab_change_list *list, fab_model **changed)
{
    fab_status status = FAB_OK;
    fab_model *made = NULL;
    TRY(fab_model_change(context, model, list, &made));
    if (has_scenario(list))
        TRY(check_rows(context, handle, made));
    *changed = made;
    made = NULL;
out:
    fab_model_free(made);
    return status;
}

/* ---- the provenance of a plan ---- */

static const char *const columns[] = {"plan", "number", "origin", "scenario", "tbl", "row_key", "column_name", "operation", "value", "from_date", "to_date"};

enum { PLAN, NUMBER, ORIGIN, SCENARIO, TBL, KEY, COLUMN_NAME, OPERATION, VALUE, FROM, TO, COLUMN_COUNT };

static fab_value keep_date(fab_table *table, int32_t date)
{
    char text[FAB_DATE_TEXT_SIZE];
    return fab_text(date == FAB_DATE_NONE ? NULL : fab_table_keep(table, fab_date_print(date, text)));
}

static bool add_change(fab_table *table, int64_t plan, int64_t number, const struct fab_change *change)
{
    fab_value *row = fab_table_add_row(table);
    if (!row)
        return false;
    const char *texts[] = {[TBL] = change->table, [KEY] = change->key, [COLUMN_NAME] = change->column, [VALUE] = change->value};
    row[PLAN] = fab_integer(plan);
    row[NUMBER] = fab_integer(number);
    row[ORIGIN] = fab_text(fab_change_origin_names[change->origin]);
    row[SCENARIO] = fab_text(*change->scenario ? fab_table_keep(table, change->scenario) : NULL);
    row[OPERATION] = fab_text(fab_change_operation_names[change->operation]);
    row[FROM] = keep_date(table, change->from);
    row[TO] = keep_date(table, change->to);
    for (int c = TBL; c <= VALUE; c++) {
        if (c == OPERATION)
            continue;
        row[c] = fab_text(fab_table_keep(table, texts[c]));
        if (row[c].type == FAB_NULL)
            return false;
    }
    return (!*change->scenario || row[SCENARIO].type == FAB_TEXT) && (change->from == FAB_DATE_NONE || row[FROM].type == FAB_TEXT) &&
           (change->to == FAB_DATE_NONE || row[TO].type == FAB_TEXT);
}

fab_table *fab_changes_table(const struct fab_change_list *list, int64_t plan)
{
    fab_table *table = fab_table_new("plan_change", columns, COLUMN_COUNT);
    for (int c = 0; table && c < list->count; c++)
        if (!add_change(table, plan, c + 1, &list->change[c])) {
            fab_table_free(table);
            table = NULL;
        }
    return table;
}

/* ---- back from the store ---- */

static int find_name(const char *const names[], int count, const char *name)
{
    for (int n = 0; n < count; n++)
        if (strcmp(names[n], name) == 0)
            return n;
    return -1;
}

fab_status fab_changes_of_plan(fab_context *context, fab *handle, int64_t plan, bool all, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    TRY(fab_select_plan(context, handle, "plan_changes", plan, &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        int operation = find_name(fab_change_operation_names, FAB_CHANGE_OPERATION_COUNT, fab_answer_text(rows, r, OPERATION));
        int origin = find_name(fab_change_origin_names, FAB_CHANGE_ORIGIN_COUNT, fab_answer_text(rows, r, ORIGIN));
        if (operation < 0 || origin < 0)
            TRY(fab_fail(context, FAB_DATABASE, "plan %lld: change %d is '%s' of '%s'", (long long)plan, r + 1, fab_answer_text(rows, r, OPERATION),
                         fab_answer_text(rows, r, ORIGIN)));
        if (!all && origin != FAB_CHANGE_SCENARIO)
            continue;
        const struct fab_change change = {.origin = (fab_change_origin)origin,
                                          .scenario = fab_answer_text(rows, r, SCENARIO),
                                          .number = fab_table_get(rows, r, NUMBER)->integer,
                                          .table = fab_answer_text(rows, r, TBL),
                                          .key = fab_answer_text(rows, r, KEY),
                                          .column = fab_answer_text(rows, r, COLUMN_NAME),
                                          .operation = (fab_change_operation)operation,
                                          .value = fab_answer_text(rows, r, VALUE),
                                          .from = fab_answer_date(rows, r, FROM),
                                          .to = fab_answer_date(rows, r, TO)};
        TRY(fab_change_list_add(context, list, &change));
    }
out:
    fab_table_free(rows);
    return status;
}
