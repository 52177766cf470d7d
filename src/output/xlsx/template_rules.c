/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "template_rules.h"

#include "number.h"

#include <stdio.h>
#include <string.h>

/* Numbers beyond have no bound that a reader wants to see. */
#define UNBOUNDED 1e15

enum { LIST_MAX = 255 /* characters of a list, and of a message */, TITLE_MAX = 32, FIRST_DAY = 61 /* 1900-03-01 */, LAST_DAY = 109574 /* 2199-12-31 */ };

lxw_row_t fab_template_last_row(const struct fab_template_sheet *sheet)
{
    long rows = fab_table_rows(sheet->rows), last = rows + (rows > FAB_TEMPLATE_SPARE ? rows : FAB_TEMPLATE_SPARE);
    return (lxw_row_t)(last < FAB_TEMPLATE_ROWS_MAX ? last : FAB_TEMPLATE_ROWS_MAX);
}

/* ---- in words ---- */

static void print_range(const struct fab_template_column *column, char *text, int size)
{
    char low[FAB_NUMBER_TEXT_SIZE], high[FAB_NUMBER_TEXT_SIZE];
    const char *what = column->kind == FAB_TEMPLATE_INTEGER ? "a whole number" : "a number", *from = column->above ? "more than " : "";
    fab_number_print(column->minimum, low);
    fab_number_print(column->maximum, high);
    if (column->minimum <= -UNBOUNDED)
        snprintf(text, (size_t)size, "%s", what);
    else if (column->maximum >= UNBOUNDED)
        snprintf(text, (size_t)size, "%s, %s%s%s", what, from, low, column->above ? "" : " or more");
    else
        snprintf(text, (size_t)size, "%s, %s%s%s%s", what, from, low, column->above ? ", up to " : " to ", high);
}

static void print_choices(const char *choices, char *text, int size)
{
    size_t used = (size_t)snprintf(text, (size_t)size, "one of ");
    for (const char *c = choices; *c && used + 3 < (size_t)size; c++) {
        if (*c == '|')
            text[used++] = ',';
        text[used++] = *c == '|' ? ' ' : *c;
    }
    text[used] = '\0';
}

void fab_template_print_rule(const struct fab_template_sheet sheets[], const struct fab_template_column *column, char *text, int size)
{
    switch (column->kind) {
    case FAB_TEMPLATE_TEXT: snprintf(text, (size_t)size, "a text"); break;
    case FAB_TEMPLATE_ID: snprintf(text, (size_t)size, "a name of its own, up to %.0f characters", column->maximum); break;
    case FAB_TEMPLATE_NUMBER:
    case FAB_TEMPLATE_INTEGER: print_range(column, text, size); break;
    case FAB_TEMPLATE_DATE: snprintf(text, (size_t)size, "a date, YYYY-MM-DD"); break;
    case FAB_TEMPLATE_TIME: snprintf(text, (size_t)size, "a time, YYYY-MM-DD HH:MM:SS"); break;
    case FAB_TEMPLATE_CHOICE: print_choices(column->choices, text, size); break;
    case FAB_TEMPLATE_REFERENCE: snprintf(text, (size_t)size, "one of sheet %s", sheets[column->sheet].name); break;
    }
}

/* ---- as rules ---- */


static void set_range(lxw_data_validation *rule, const struct fab_template_column *column)
{
    rule->validate = column->kind == FAB_TEMPLATE_INTEGER ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
    rule->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    rule->minimum_number = column->minimum;
    rule->maximum_number = column->maximum;
    if (column->maximum >= UNBOUNDED && column->minimum > -UNBOUNDED) {
        rule->criteria = column->above ? LXW_VALIDATION_CRITERIA_GREATER_THAN : LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        rule->value_number = column->minimum;
    }
}

/* A range that is open below has no kind of its own: a formula for the first row, which goes with the row. */
static bool set_open_range(lxw_data_validation *rule, const struct fab_template_column *column, int place, fab_arena *arena)
{
    char cell[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(cell, 1, (lxw_col_t)place);
    rule->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    rule->value_formula = fab_arena_printf(arena, "=AND(ISNUMBER(%s),%s>%.15g,%s<=%.15g)", cell, cell, column->minimum, cell, column->maximum);
    return rule->value_formula != NULL;
}

/* The ids that the other sheet has, those that are typed later too. */
static bool set_reference(lxw_data_validation *rule, const struct fab_template_sheet *other, fab_arena *arena)
{
    unsigned last = fab_template_last_row(other) + 1;
    rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule->value_formula = fab_arena_printf(arena, "=OFFSET('%s'!$A$2,0,0,MAX(1,COUNTA('%s'!$A$2:$A$%u)),1)", other->name, other->name, last);
    return rule->value_formula != NULL;
}

/* Words that are too long for a list stay without a rule. */
static bool set_choices(lxw_data_validation *rule, const char *choices, fab_arena *arena)
{
    size_t count = 1, length = strlen(choices);
    char *words = fab_arena_dup(arena, choices), **list;
    for (size_t c = 0; c < length; c++)
        count += choices[c] == '|';
    list = fab_arena_take(arena, count + 1, sizeof *list);
    if (!words || !list)
        return false;
    for (size_t w = 0; w < count; w++) {
        list[w] = words;
        words += strcspn(words, "|");
        if (*words)
            *words++ = '\0';
    }
    rule->validate = length <= LIST_MAX ? LXW_VALIDATION_TYPE_LIST : LXW_VALIDATION_TYPE_ANY;
    rule->value_list = length <= LIST_MAX ? list : NULL;
    return true;
}

/* Fills in what the column's cells may hold. False when memory is short. */
static bool set_rule(lxw_data_validation *rule, const struct fab_template_sheet sheets[], const struct fab_template_column *column, int place, fab_arena *arena)
{
    rule->validate = LXW_VALIDATION_TYPE_ANY;
    switch (column->kind) {
    case FAB_TEMPLATE_TEXT: break;
    case FAB_TEMPLATE_ID:
        rule->validate = LXW_VALIDATION_TYPE_LENGTH;
        rule->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule->minimum_number = 1;
        rule->maximum_number = column->maximum;
        break;
    case FAB_TEMPLATE_NUMBER:
    case FAB_TEMPLATE_INTEGER:
        if (column->above && column->maximum < UNBOUNDED)
            return set_open_range(rule, column, place, arena);
        set_range(rule, column);
        break;
    case FAB_TEMPLATE_DATE:
    case FAB_TEMPLATE_TIME:
        rule->validate = LXW_VALIDATION_TYPE_DATE_NUMBER;
        rule->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule->minimum_number = FIRST_DAY;
        rule->maximum_number = LAST_DAY + (column->kind == FAB_TEMPLATE_TIME);
        break;
    case FAB_TEMPLATE_CHOICE: return set_choices(rule, column->choices, arena);
    case FAB_TEMPLATE_REFERENCE: return set_reference(rule, &sheets[column->sheet], arena);
    }
    return true;
}

/* At most that many characters, all of ASCII: the dictionary's own words. */
static char *cut(fab_arena *arena, const char *text, int length)
{
    return fab_arena_printf(arena, "%.*s", length, text);
}

lxw_error fab_template_add_rule(lxw_worksheet *worksheet, const struct fab_template_sheet sheets[], const struct fab_template_sheet *sheet, int place,
                                fab_arena *arena)
{
    const struct fab_template_column *column = &sheet->columns[place];
    char text[FAB_TEMPLATE_RULE_SIZE];
    lxw_data_validation rule = {.ignore_blank = column->required ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON};
    fab_template_print_rule(sheets, column, text, sizeof text);
    char *message = fab_arena_printf(arena, "%s%s%s. %s%s%s%s", column->meaning, column->unit ? " in " : "", column->unit ? column->unit : "",
                                     column->required ? "Required: " : "Optional: ", text, column->preset ? "; empty: " : "", column->preset ? column->preset : "");
    char *error = fab_arena_printf(arena, "must be %s", text);
    if (!message || !error || !set_rule(&rule, sheets, column, place, arena))
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    rule.input_title = cut(arena, column->name, TITLE_MAX);
    rule.input_message = cut(arena, message, LIST_MAX);
    rule.error_title = rule.input_title;
    rule.error_message = cut(arena, error, LIST_MAX);
    if (!rule.input_title || !rule.input_message || !rule.error_message)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    return worksheet_data_validation_range(worksheet, 1, (lxw_col_t)place, fab_template_last_row(sheet), (lxw_col_t)place, &rule);
}
