/* Plans and scenarios side by side: what changed of the inputs, what of the results, and which moved which.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "bridge.h"
#include "compare_book.h"
#include "compare_effects.h"
#include "compare_words.h"
#include "try.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of changed inputs that are solved one at a time when nothing else is said. */
enum { MOST_KINDS = 8 };

/* The lists that queries give, in the order of the answer; a list is made of all plans, one after the other. On one screen there is room for so many rows of each plan. */
static const struct {
    const char *name, *title, *query;
    int room;
} lists[] = {
    {"money", "Money, discounted", "compare_money", 6},
    {"customers", "For whom, not discounted", "compare_customers", 10},
    {"chips", "What is shipped", "compare_chips", 8},
    {"lines", "Starts", "compare_lines", 0},
    {"tools", "Tools ordered", "compare_tools", 4},
    {"bottlenecks", "Limits that bind", "compare_bottlenecks", 5},
    {"help", "What would help most: gains of one step, solved again", "compare_help", 3},
};

enum { LISTS = sizeof lists / sizeof *lists };

/* A comparison on its way. */
struct comparing {
    fab_context *context;
    fab *handle, *base; /* base: what the first plan was made from, NULL: not opened yet */
    const fab_compare_request *request;
    int64_t *plan; /* [count] the first is the base */
    int count;
    fab_table *list[LISTS], *heads, *bridge, *reasons, *differences;
};

/* ---- tables ---- */

/* Appends the rows of a table to another with the same columns, which is made of the first; with the number of a plan before them unless it is 0. */
static fab_status append(fab_context *context, fab_table **all, int64_t plan, const fab_table *rows)
{
    fab_status status = FAB_OK;
    enum { COLUMNS = 16 };
    const char *names[COLUMNS] = {"plan"};
    int columns = fab_table_columns(rows), first = plan > 0;
    for (int c = 0; c < columns && c + first < COLUMNS; c++)
        names[c + first] = fab_table_column_name(rows, c);
    if (!*all)
        TRY_MEMORY(context, *all = fab_table_new(fab_table_name(rows), names, columns + first));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        fab_value *row = fab_table_add_row(*all);
        TRY_MEMORY(context, row);
        row[0] = fab_integer(plan);
        for (int c = 0; c < columns; c++) {
            const fab_value *value = fab_table_get(rows, r, c);
            row[c + first] = value->type == FAB_TEXT ? fab_text(fab_table_keep(*all, value->text)) : *value;
            TRY_MEMORY(context, value->type == row[c + first].type);
        }
    }
out:
    return status;
}

/* ---- the plans ---- */

static fab_status find_plans(struct comparing *comparing)
{
    fab_status status = FAB_OK;
    const fab_compare_request *request = comparing->request;
    bool alone = request->count == 1; /* against the plan that counts */
    comparing->count = request->count + alone;
    TRY_MEMORY(comparing->context, comparing->plan = calloc((size_t)comparing->count + 1, sizeof *comparing->plan));
    if (alone) {
        fab_table *found = NULL;
        status = fab_select_plan(comparing->context, comparing->handle, "find_plan", 0, &found);
        if (status == FAB_OK && fab_table_rows(found) > 0)
            comparing->plan[0] = fab_table_get(found, 0, 0)->integer;
        fab_table_free(found);
        TRY(status);
        if (comparing->plan[0] == 0)
            TRY(fab_compare_word(comparing->context, comparing->handle, request, &(struct fab_compare_word){"base", true}, &comparing->plan[0]));
    }
    for (int p = 0; p < request->count; p++)
        TRY(fab_compare_word(comparing->context, comparing->handle, request, &(struct fab_compare_word){request->plans[p], p + alone == 0}, &comparing->plan[p + alone]));
out:
    return status;
}

static const fab_value *head(const fab_table *heads, const char *column)
{
    return fab_table_get(heads, 0, fab_table_find_column(heads, column));
}

static fab_status read_head(struct comparing *comparing, int64_t plan, fab_table **heads, struct fab_compared_plan *compared)
{
    fab_status status = FAB_OK;
    TRY(fab_select_plan(comparing->context, comparing->handle, "compare_heads", plan, heads));
    *compared = (struct fab_compared_plan){plan, head(*heads, "choices")->text, fab_value_number(head(*heads, "objective_usd")), fab_value_number(head(*heads, "profit_usd")),
                                           fab_value_number(head(*heads, "gap"))};
out:
    return status;
}

/* ---- one plan against the base ---- */

static fab_status compare_inputs(struct comparing *comparing, int64_t plan)
{
    fab_status status = FAB_OK;
    fab *other = NULL;
    fab_table *base_head = NULL, *other_head = NULL;
    struct fab_input_groups *groups = NULL;
    int most = comparing->request->kinds;
    struct fab_comparison comparison = {.handle = comparing->handle, .most = most > 0 ? most : most < 0 ? 0 : MOST_KINDS};
    TRY(read_head(comparing, comparing->plan[0], &base_head, &comparison.base));
    TRY(read_head(comparing, plan, &other_head, &comparison.other));
    if (!comparing->base)
        TRY(fab_open_plan(comparing->context, comparing->handle, comparing->plan[0], &comparing->base));
    TRY(fab_open_plan(comparing->context, comparing->handle, plan, &other));
    TRY(fab_input_groups_find(comparing->context, comparing->base, other, &groups));
    TRY(append(comparing->context, &comparing->differences, plan, groups->differences));
    TRY(fab_compare_effects(comparing->context, &comparison, comparing->base, groups, comparing->reasons));
out:
    fab_input_groups_free(groups);
    fab_table_free(base_head);
    fab_table_free(other_head);
    fab_close(other);
    return status;
}

static fab_status compare_results(struct comparing *comparing, int64_t plan)
{
    fab_status status = FAB_OK;
    const fab_parameter parameters[] = {{":base", fab_integer(comparing->plan[0])}, {":plan", fab_integer(plan)}};
    fab_table *rows = NULL;
    TRY(fab_bridge_make(comparing->context, comparing->handle, comparing->plan[0], plan, &rows));
    TRY(append(comparing->context, &comparing->bridge, plan, rows));
    fab_table_free(rows);
    rows = NULL;
    for (int l = 0; l < LISTS; l++) {
        TRY(fab_store_select(comparing->context, comparing->handle->store, lists[l].query, parameters, 2, &rows));
        TRY(append(comparing->context, &comparing->list[l], 0, rows));
        fab_table_free(rows);
        rows = NULL;
    }
out:
    fab_table_free(rows);
    return status;
}

static fab_status list_heads(struct comparing *comparing)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    for (int p = 0; p < comparing->count; p++) {
        TRY(fab_select_plan(comparing->context, comparing->handle, "compare_plans", comparing->plan[p], &rows));
        TRY(append(comparing->context, &comparing->heads, 0, rows));
        fab_table_free(rows);
        rows = NULL;
    }
out:
    fab_table_free(rows);
    return status;
}

/* ---- the answer ---- */

/* A copy with the first `room` rows of each plan. */
static fab_status copy_rows(fab_context *context, const fab_table *table, int room, fab_table **result)
{
    fab_status status = FAB_OK;
    enum { COLUMNS = 16 };
    const char *names[COLUMNS];
    int columns = fab_table_columns(table), of_plan = 0;
    fab_table *copy = NULL;
    for (int c = 0; c < columns && c < COLUMNS; c++)
        names[c] = fab_table_column_name(table, c);
    TRY_MEMORY(context, copy = fab_table_new(fab_table_name(table), names, columns));
    for (int r = 0; r < fab_table_rows(table); r++) {
        of_plan = r > 0 && fab_table_get(table, r, 0)->integer == fab_table_get(table, r - 1, 0)->integer ? of_plan + 1 : 1;
        if (of_plan > room)
            continue;
        fab_value *row = fab_table_add_row(copy);
        TRY_MEMORY(context, row);
        for (int c = 0; c < columns; c++) {
            const fab_value *value = fab_table_get(table, r, c);
            row[c] = value->type == FAB_TEXT ? fab_text(fab_table_keep(copy, value->text)) : *value;
            TRY_MEMORY(context, value->type == row[c].type);
        }
    }
    *result = copy;
    copy = NULL;
out:
    fab_table_free(copy);
    return status;
}

/* A list that nothing was added to, as there is but one plan, is left out. */
static fab_status give(fab_context *context, fab_result *result, const fab_section *part, const fab_table *table, int room)
{
    fab_status status = FAB_OK;
    fab_table *copy = NULL;
    if (!table)
        return FAB_OK;
    TRY(copy_rows(context, table, room, &copy));
    status = fab_result_add(context, result, part, copy);
out:
    return status;
}

/* All of it, or what one screen has room for. */
static fab_status make_answer(const struct comparing *comparing, bool whole, fab_result **result)
{
    fab_status status = FAB_OK;
    fab_context *context = comparing->context;
    fab_result *made = fab_result_new("fabplan.compare/1");
    TRY_MEMORY(context, made);
    TRY(give(context, made, &(fab_section){FAB_SECTION_LIST, "plans", "Plans: the first one is the base", NULL}, comparing->heads, INT_MAX));
    for (int l = 0; l < LISTS; l++)
        TRY(give(context, made, &(fab_section){FAB_SECTION_LIST, lists[l].name, lists[l].title, NULL}, comparing->list[l], whole ? INT_MAX : lists[l].room));
    if (whole)
        TRY(give(context, made, &(fab_section){FAB_SECTION_LIST, "bridge", "Bridge of the profit, not discounted", NULL}, comparing->bridge, INT_MAX));
    TRY(give(context, made, &(fab_section){FAB_SECTION_LIST, "reasons", "Which change of the inputs moved what: the base solved again with it alone", NULL}, comparing->reasons, INT_MAX));
    if (whole)
        TRY(give(context, made, &(fab_section){FAB_SECTION_LIST, "differences", "What the inputs differ in", NULL}, comparing->differences, INT_MAX));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

static fab_status write_book(const struct comparing *comparing)
{
    fab_status status = FAB_OK;
    fab_result *whole = NULL;
    if (!comparing->request->path)
        return FAB_OK;
    TRY(make_answer(comparing, true, &whole));
    TRY(fab_compare_book(comparing->context, comparing->handle, comparing->request, whole));
out:
    fab_result_free(whole);
    return status;
}

fab_status fab_compare(fab_context *context, fab *handle, const fab_compare_request *request, fab_result **result)
{
    fab_status status = FAB_OK;
    struct comparing comparing = {.context = context, .handle = handle, .request = request};
    TRY_MEMORY(context, comparing.reasons = fab_reasons_table());
    TRY(find_plans(&comparing));
    TRY(list_heads(&comparing));
    for (int p = 1; p < comparing.count; p++) {
        TRY(compare_results(&comparing, comparing.plan[p]));
        TRY(compare_inputs(&comparing, comparing.plan[p]));
    }
    TRY(write_book(&comparing));
    TRY(make_answer(&comparing, request->whole, result));
out:
    for (int l = 0; l < LISTS; l++)
        fab_table_free(comparing.list[l]);
    fab_table_free(comparing.heads);
    fab_table_free(comparing.bridge);
    fab_table_free(comparing.reasons);
    fab_table_free(comparing.differences);
    fab_close(comparing.base);
    free(comparing.plan);
    return status;
}
