/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_derived.h"

#include "adjust.h"
#include "change_key.h"
#include "member.h"
#include "number.h"
#include "try.h"
#include "upkeep.h"

#include <math.h>
#include <string.h>

static const struct fab_change *under_way(const struct fab_edit *edit)
{
    return &edit->list->change[edit->current];
}

static int find_derived(const struct fab_change *change)
{
    for (int d = 0; d < fab_derived_columns_count; d++)
        if (strcmp(fab_derived_columns[d].table, change->table) == 0 && strcmp(fab_derived_columns[d].rule.name, change->column) == 0)
            return d;
    return FAB_NONE;
}

/* A column of the table that has been adjusted for some days follows the order of the changes: later ones of all days are adjustments too. */
static bool is_adjusted(const struct fab_edit *edit, int what)
{
    for (int a = 0; a < edit->adjustment_count; a++)
        if ((int)edit->adjustment[a].what == what)
            return true;
    return false;
}

/* An availability that stops make is no cell that could be changed: the causes keep their proportions of the time that a change leaves to them. */
static bool is_computed(const struct fab_edit_table *table, int what)
{
    for (int r = 0; what == FAB_ADJUST_AVAILABILITY && r < table->count; r++)
        if (table->state[r].matched && isnan(((const struct fab_tool_group *)fab_edit_row(table, r))->availability))
            return true;
    return false;
}

bool fab_derived_is(const struct fab_edit *edit, const struct fab_edit_table *table)
{
    const struct fab_change *change = under_way(edit);
    int what = find_derived(change);
    bool dated = change->from != FAB_DATE_NONE || change->to != FAB_DATE_NONE;
    return what != FAB_NONE && (dated || is_adjusted(edit, what) || is_computed(table, what) || fab_table_def_find_column(table->def, change->column) < 0);
}

/* ---- adjustments ---- */

static fab_status add_adjustment(struct fab_edit *edit, const struct fab_adjustment *adjustment)
{
    fab_status status = FAB_OK;
    struct fab_adjustment added = *adjustment;
    TRY_MEMORY(edit->context, added.origin = fab_edit_origin(edit, edit->current));
    TRY(fab_edit_add_adjustment(edit, &added));
out:
    return status;
}

static bool find_way(fab_change_operation operation, fab_adjustment_way *way)
{
    switch (operation) {
    case FAB_CHANGE_SET: *way = FAB_ADJUSTMENT_SET; return true;
    case FAB_CHANGE_SCALE: *way = FAB_ADJUSTMENT_SCALE; return true;
    case FAB_CHANGE_ADD: *way = FAB_ADJUSTMENT_ADD; return true;
    default: return false;
    }
}

/* A set of a figure whose range the operand breaks, a factor below 0, and what changes nothing. */
static bool check_operand(struct fab_edit *edit, const struct fab_column *rule, const struct fab_operand *operand)
{
    const struct fab_change *change = under_way(edit);
    struct fab_cell cell;
    char problem[FAB_PROBLEM_SIZE];
    if (change->operation == FAB_CHANGE_SET && !fab_cell_read(rule, change->value, strlen(change->value), &cell, problem)) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "%s", problem);
        return false;
    }
    if (change->operation == FAB_CHANGE_SCALE && fmin(operand->value, operand->last) < 0) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must be 0 or more (%s is never negative)", change->value, rule->name);
        return false;
    }
    if ((change->operation == FAB_CHANGE_SCALE && operand->value == 1 && operand->last == 1) ||
        (change->operation == FAB_CHANGE_ADD && operand->value == 0)) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must change something", change->value);
        return false;
    }
    return true;
}

static bool check_ramp(struct fab_edit *edit, const struct fab_operand *operand)
{
    const struct fab_change *change = under_way(edit);
    if (!operand->ramp || (change->from != FAB_DATE_NONE && change->to != FAB_DATE_NONE))
        return true;
    fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must have from and to that the ramp runs between", change->value);
    return false;
}

fab_status fab_derived_change(struct fab_edit *edit, struct fab_edit_table *table)
{
    fab_status status = FAB_OK;
    struct fab_operand operand;
    int what = find_derived(under_way(edit));
    const struct fab_column *rule = &fab_derived_columns[what].rule;
    struct fab_adjustment adjustment = {.what = (fab_adjusted)what};
    if (!find_way(under_way(edit)->operation, &adjustment.way)) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_OPERATION, "operation is '%s', must be set, scale or add for %s",
                         fab_change_operation_names[under_way(edit)->operation], rule->name);
        return FAB_OK;
    }
    if (!fab_value_read_operand(edit, &operand) || !check_operand(edit, rule, &operand) || !check_ramp(edit, &operand))
        return FAB_OK;
    struct fab_window window = fab_window_of(edit, operand.ramp);
    adjustment.ramp = operand.ramp;
    adjustment.value = operand.value;
    adjustment.last = operand.last;
    adjustment.from = window.from;
    adjustment.to = window.to;
    for (int r = 0; r < table->count; r++)
        if (table->state[r].matched) {
            adjustment.row = r;
            TRY(add_adjustment(edit, &adjustment));
        }
out:
    return status;
}

/* ---- regions ---- */

bool fab_derived_is_region(const struct fab_change *change)
{
    return strcmp(change->table, "region") == 0;
}

static bool check_region(struct fab_edit *edit)
{
    const struct fab_change *change = under_way(edit);
    if (strcmp(change->column, "output") != 0) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must be output for a region", change->column);
        return false;
    }
    if (change->operation != FAB_CHANGE_SCALE) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_OPERATION, "operation is '%s', must be scale for a region",
                         fab_change_operation_names[change->operation]);
        return false;
    }
    return true;
}

/* 1 - share x (1 - v) of the source's output, lag_days later. */
static fab_status stop_source(struct fab_edit *edit, const struct fab_dependency *row, const struct fab_operand *operand)
{
    struct fab_window window = fab_window_of(edit, operand->ramp);
    const struct fab_adjustment adjustment = {.what = FAB_ADJUST_OUTPUT,
                                              .row = row->source,
                                              .way = FAB_ADJUSTMENT_SCALE,
                                              .ramp = operand->ramp,
                                              .value = 1 - row->share * (1 - operand->value),
                                              .last = 1 - row->share * (1 - operand->last),
                                              .from = window.from + row->lag_days,
                                              .to = window.to + row->lag_days};
    return add_adjustment(edit, &adjustment);
}

fab_status fab_derived_stop_region(struct fab_edit *edit)
{
    fab_status status = FAB_OK;
    const struct fab_table_def *def = fab_dictionary_find("dependency");
    struct fab_edit_table *table = fab_edit_table(edit, def);
    const struct fab_column *key = &def->columns[fab_table_def_find_column(def, "region")];
    struct fab_operand operand;
    bool good = false;
    if (!check_region(edit) || !fab_value_read_operand(edit, &operand) ||
        !check_operand(edit, &fab_derived_columns[FAB_ADJUST_OUTPUT].rule, &operand) || !check_ramp(edit, &operand))
        return FAB_OK;
    TRY(fab_key_match(edit, table, &key, 1, &good));
    for (int r = 0; good && r < table->count; r++)
        if (table->state[r].matched)
            TRY(stop_source(edit, fab_edit_row(table, r), &operand));
out:
    return status;
}

/* ---- the range ---- */

/* What an adjusted figure of a row is without adjustments; NAN where only a formula of another room gives it. */
static double base_of(const struct fab_edit *edit, const struct fab_adjustment *adjustment)
{
    return adjustment->what == FAB_ADJUST_AVAILABILITY ? fab_upkeep_availability(edit->model, adjustment->row)
                                                       : fab_derived_columns[adjustment->what].rule.preset;
}

static bool is_inside(const struct fab_column *rule, double value)
{
    return value >= rule->minimum && value <= rule->maximum;
}

static bool check_day(struct fab_edit *edit, int a, double day)
{
    const struct fab_adjustment *adjustment = &edit->model->adjustment[a];
    const struct fab_column *rule = &fab_derived_columns[adjustment->what].rule;
    double value = fab_adjust_at(edit->model, adjustment->what, adjustment->row, day, base_of(edit, adjustment));
    char made[FAB_NUMBER_TEXT_SIZE], most[FAB_NUMBER_TEXT_SIZE], date[FAB_DATE_TEXT_SIZE];
    if (isnan(value) || is_inside(rule, value))
        return true;
    fab_edit_finding_of(edit, edit->adjustment_change[a], FAB_CHANGE_FIELD_VALUE, "%s becomes %s on %s, must be 0 to %s", rule->name,
                        fab_number_print(value, made), fab_date_print((int32_t)day, date), fab_number_print(rule->maximum, most));
    return false;
}

static bool is_of(const struct fab_adjustment *a, const struct fab_adjustment *b)
{
    return a->what == b->what && a->row == b->row;
}

/* The last adjustment of a figure stands for all of them. */
static bool is_last(const fab_model *model, int a)
{
    for (int b = a + 1; b < model->adjustment_count; b++)
        if (is_of(&model->adjustment[a], &model->adjustment[b]))
            return false;
    return true;
}

static bool check_figure(struct fab_edit *edit, int a)
{
    const fab_model *model = edit->model;
    bool good = true;
    for (int b = 0; good && b <= a; b++) {
        double from = model->adjustment[b].from;
        if (is_of(&model->adjustment[a], &model->adjustment[b]) && !isinf(from))
            good = check_day(edit, a, from);
    }
    for (int p = 0; good && p < model->calendar_count; p++)
        good = check_day(edit, a, model->calendar[p].start_date);
    return good;
}

/* A change is named once, however many figures it spoils. */
void fab_derived_check(struct fab_edit *edit)
{
    int named = FAB_NONE;
    for (int a = 0; a < edit->model->adjustment_count; a++) {
        int change = edit->adjustment_change[a];
        if (change != named && is_last(edit->model, a) && !check_figure(edit, a))
            named = change;
    }
}
