/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"

#include "fail.h"
#include "number.h"

#include <string.h>
#include <strings.h>

enum comparison { LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, UNEQUAL, COMPARISONS };

static const char *const operators[COMPARISONS] = {[LESS] = "<", [LESS_OR_EQUAL] = "<=", [GREATER] = ">", [GREATER_OR_EQUAL] = ">=", [EQUAL] = "=", [UNEQUAL] = "<>"};

/* Splits a condition; COMPARISONS: there is no such operator. */
static enum comparison split(const char *when, const char **value)
{
    size_t length = strspn(when, "<>=");
    *value = when + length + strspn(when + length, " ");
    for (int o = 0; o < COMPARISONS; o++)
        if (strlen(operators[o]) == length && memcmp(operators[o], when, length) == 0)
            return (enum comparison)o;
    return COMPARISONS;
}

static bool is_condition(const char *when)
{
    const char *value, *why;
    double number;
    if (split(when, &value) == COMPARISONS)
        return false;
    return *value == '"' ? strchr(value + 1, '"') == value + strlen(value) - 1 : fab_number_parse(value, &number, &why);
}

int fab_rule_last_column(const struct fab_sheet *sheet, const struct fab_report_rule *rule)
{
    const struct fab_report *report = sheet->report;
    const char *name = rule->through.text ? rule->through.text : rule->column.text;
    int last = -1;
    for (int d = 0, column = -1; d < report->column_count && last < 0; d++) {
        column = fab_sheet_find_column(sheet, report->columns[d].name) >= 0 ? fab_sheet_find_column(sheet, report->columns[d].name) : column;
        last = strcmp(report->columns[d].name, name) == 0 ? column : -1;
    }
    return last >= 0 || rule->through.text ? last : fab_sheet_find_column(sheet, name);
}

fab_status fab_condition_check(fab_context *context, const struct fab_sheet *sheet, const struct fab_report_rule *rule)
{
    if (fab_sheet_find_column(sheet, rule->column.text) < 0)
        return fab_fail(context, FAB_INPUT, "%s:%d: there is no column `%s`", sheet->report->origin, rule->column.line, rule->column.text);
    if (rule->through.text && (sheet->axis || fab_rule_last_column(sheet, rule) < fab_sheet_find_column(sheet, rule->column.text)))
        return fab_fail(context, FAB_INPUT, "%s:%d: there is no column `%s` behind `%s`", sheet->report->origin, rule->through.line, rule->through.text, rule->column.text);
    if (rule->rows.text && sheet->style_column < 0)
        return fab_fail(context, FAB_INPUT, "%s:%d: rows: the sheet has no row_style", sheet->report->origin, rule->rows.line);
    if (!is_condition(rule->when.text))
        return fab_fail(context, FAB_INPUT, "%s:%d: not a condition (operator and number or \"text\"): `%s`", sheet->report->origin, rule->when.line, rule->when.text);
    return FAB_OK;
}

bool fab_rule_covers(const struct fab_sheet *sheet, const struct fab_report_rule *rule, int row, int column)
{
    int first = fab_sheet_find_column(sheet, rule->column.text), last = fab_rule_last_column(sheet, rule);
    if (sheet->axis)
        return column >= FAB_SERIES_FIRST && row % sheet->column_count == first;
    return column >= first && column <= last && (!rule->rows.text || strcmp(fab_sheet_row_style(sheet, row), rule->rows.text) == 0);
}

/* What two values that compare like -1, 0 or 1 mean for an operator. */
static bool meets(enum comparison comparison, int order)
{
    switch (comparison) {
    case LESS: return order < 0;
    case LESS_OR_EQUAL: return order <= 0;
    case GREATER: return order > 0;
    case GREATER_OR_EQUAL: return order >= 0;
    case EQUAL: return order == 0;
    default: return order != 0;
    }
}

bool fab_condition_holds(const char *when, const fab_value *value)
{
    const char *limit, *why;
    double number = 0;
    enum comparison comparison = split(when, &limit);
    bool text = *limit == '"';
    if (value->type == FAB_NULL)
        return false;
    if (text != (value->type == FAB_TEXT)) /* a text is more than any number */
        return meets(comparison, value->type == FAB_TEXT ? 1 : -1);
    if (text) {
        size_t length = strlen(limit) - 2;
        int order = strncasecmp(value->text, limit + 1, length);
        return meets(comparison, order ? order : value->text[length] != '\0');
    }
    fab_number_parse(limit, &number, &why);
    return meets(comparison, (fab_value_number(value) > number) - (fab_value_number(value) < number));
}
