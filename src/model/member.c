/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "member.h"

#include "model.h"

#include <math.h>
#include <string.h>

bool fab_member_is_text(const struct fab_column *column)
{
    return column->type == FAB_COLUMN_ID || column->type == FAB_COLUMN_TEXT || column->type == FAB_COLUMN_CHOICE;
}

bool fab_member_is_number(const struct fab_column *column)
{
    return column->type == FAB_COLUMN_REAL || column->type == FAB_COLUMN_INT || column->type == FAB_COLUMN_FLAG;
}

static const void *place(const struct fab_column *column, const void *row)
{
    return (const char *)row + column->offset;
}

static void *place_to_put(const struct fab_column *column, void *row)
{
    return (char *)row + column->offset;
}

const char *fab_member_text(const struct fab_column *column, const void *row)
{
    return *(const char *const *)place(column, row);
}

void fab_member_put_text(const struct fab_column *column, void *row, const char *text)
{
    *(const char **)place_to_put(column, row) = text;
}

static double whole(int value, int none)
{
    return value == none ? (double)NAN : value;
}

/* A flag with a default is a bool, one without an int that can say "empty". */
static bool is_bool(const struct fab_column *column)
{
    return column->type == FAB_COLUMN_FLAG && !isnan(column->preset);
}

double fab_member_number(const struct fab_column *column, const void *row)
{
    const void *at = place(column, row);
    if (column->type == FAB_COLUMN_REAL)
        return *(const double *)at;
    if (column->type == FAB_COLUMN_DATE)
        return whole(*(const int32_t *)at, FAB_DATE_NONE);
    return is_bool(column) ? *(const bool *)at : whole(*(const int *)at, FAB_NONE);
}

void fab_member_put_number(const struct fab_column *column, void *row, double number)
{
    void *at = place_to_put(column, row);
    double value = isnan(number) ? column->preset : number;
    if (column->type == FAB_COLUMN_REAL)
        *(double *)at = value;
    else if (column->type == FAB_COLUMN_DATE)
        *(int32_t *)at = isnan(number) ? FAB_DATE_NONE : (int32_t)number;
    else if (is_bool(column))
        *(bool *)at = value != 0;
    else
        *(int *)at = isnan(value) ? FAB_NONE : (int)value;
}

int fab_member_reference(const struct fab_column *column, const void *row)
{
    return *(const int *)place(column, row);
}

void fab_member_put_reference(const struct fab_column *column, void *row, int index)
{
    *(int *)place_to_put(column, row) = index;
}

int fab_member_compare(const struct fab_column *column, const void *left, const void *right)
{
    if (fab_member_is_text(column)) {
        const char *a = fab_member_text(column, left), *b = fab_member_text(column, right);
        int order = strcmp(a ? a : "", b ? b : "");
        return (order > 0) - (order < 0);
    }
    bool reference = column->type == FAB_COLUMN_REF;
    double a = reference ? fab_member_reference(column, left) : fab_member_number(column, left);
    double b = reference ? fab_member_reference(column, right) : fab_member_number(column, right);
    if (isnan(a) || isnan(b))
        return isnan(b) - isnan(a); /* an empty cell comes first */
    return (a > b) - (a < b);
}
