/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_value.h"

#include "member.h"
#include "number.h"
#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct fab_change *under_way(const struct fab_edit *edit)
{
    return &edit->list->change[edit->current];
}

/* ---- numbers ---- */

static bool read_part(const char *text, size_t length, double *number)
{
    char part[FAB_ID_MAX + 1];
    const char *why;
    if (length >= sizeof part)
        return false;
    memcpy(part, text, length);
    part[length] = '\0';
    return fab_number_parse(part, number, &why);
}

bool fab_value_read_operand(struct fab_edit *edit, struct fab_operand *operand)
{
    static const char dots[] = "..";
    const struct fab_change *change = under_way(edit);
    const char *middle = strstr(change->value, dots);
    size_t length = strlen(change->value);
    bool ramp = middle && change->operation == FAB_CHANGE_SCALE;
    bool good = ramp ? read_part(change->value, (size_t)(middle - change->value), &operand->value) &&
                           read_part(middle + strlen(dots), strlen(middle + strlen(dots)), &operand->last)
                     : read_part(change->value, length, &operand->value);
    char shown[FAB_SHOWN_SIZE];
    if (good) {
        operand->ramp = ramp;
        if (!ramp)
            operand->last = operand->value;
        return true;
    }
    fab_utf8_quote(change->value, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must be a plain decimal number%s", shown,
                     change->operation == FAB_CHANGE_SCALE ? ", or two of a ramp as in 1..1.8" : "");
    return false;
}

double fab_value_at(const struct fab_operand *operand, double part)
{
    return operand->ramp ? operand->value + (operand->last - operand->value) * part : operand->value;
}

/* Two empty cells are the same. */
static bool is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static double combine(fab_change_operation operation, double old, double number)
{
    return operation == FAB_CHANGE_SCALE ? old * number : old + number;
}

bool fab_value_compute(struct fab_edit *edit, const struct fab_column *column, void *row, double number, bool *changed)
{
    double old = fab_member_number(column, row);
    double made = combine(under_way(edit)->operation, old, number);
    char text[FAB_NUMBER_TEXT_SIZE];
    *changed = false;
    if (isnan(old))
        return true;
    if (column->type == FAB_COLUMN_INT && (made != floor(made) || fabs(made) > INT32_MAX)) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "%s becomes %s, must be a whole number up to %d", column->name, fab_number_print(made, text), INT32_MAX);
        return false;
    }
    *changed = made != old;
    fab_member_put_number(column, row, made);
    return true;
}

/* ---- texts ---- */

static bool put_reference(struct fab_edit *edit, const struct fab_column *column, void *row, const struct fab_cell *cell, fab_change_field field,
                          bool *changed)
{
    const struct fab_table_def *def = fab_dictionary_find(column->ref);
    char shown[FAB_SHOWN_SIZE];
    int index = FAB_NONE;
    if (cell->type == FAB_CELL_TEXT) {
        index = fab_edit_find(edit, def, cell->text);
        if (index == FAB_NONE) {
            fab_utf8_quote(cell->text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
            fab_edit_finding(edit, field, "%s is '%s', must be in table %s", column->name, shown, column->ref);
            return false;
        }
    }
    *changed = fab_member_reference(column, row) != index;
    fab_member_put_reference(column, row, index);
    return true;
}

static void put_text(struct fab_edit *edit, const struct fab_column *column, void *row, const struct fab_cell *cell, bool *changed, fab_status *status)
{
    const char *old = fab_member_text(column, row), *text = NULL;
    if (cell->type == FAB_CELL_TEXT) {
        text = fab_arena_dup_length(edit->model->arena, cell->text, cell->length);
        if (!text)
            *status = fab_fail_memory(edit->context);
    }
    *changed = old && text ? strcmp(old, text) != 0 : old != text;
    fab_member_put_text(column, row, text);
}

static double cell_number(const struct fab_column *column, const struct fab_cell *cell)
{
    int32_t date = FAB_DATE_NONE;
    const char *why;
    if (cell->type == FAB_CELL_EMPTY)
        return (double)NAN;
    if (column->type != FAB_COLUMN_DATE)
        return cell->type == FAB_CELL_REAL ? cell->real : (double)cell->integer;
    fab_date_parse(cell->text, &date, &why);
    return date;
}

static void put_number(const struct fab_column *column, void *row, const struct fab_cell *cell, bool *changed)
{
    double old = fab_member_number(column, row);
    fab_member_put_number(column, row, cell_number(column, cell));
    *changed = !is_same(old, fab_member_number(column, row));
}

bool fab_value_put(struct fab_edit *edit, const struct fab_column *column, void *row, const char *text, fab_change_field field, bool *changed,
                   fab_status *status)
{
    struct fab_cell cell = {0};
    char problem[FAB_PROBLEM_SIZE];
    if (!fab_cell_read(column, text, strlen(text), &cell, problem)) {
        fab_edit_finding(edit, field, "%s", problem);
        return false;
    }
    if (column->type == FAB_COLUMN_REF)
        return put_reference(edit, column, row, &cell, field, changed);
    if (fab_member_is_text(column))
        put_text(edit, column, row, &cell, changed, status);
    else
        put_number(column, row, &cell, changed);
    return true;
}
