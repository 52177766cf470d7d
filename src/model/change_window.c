/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_window.h"

#include "array.h"
#include "change_order.h"
#include "member.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

struct fab_window fab_window_of(const struct fab_edit *edit, bool ramp)
{
    const struct fab_change *change = &edit->list->change[edit->current];
    return (struct fab_window){.from = change->from == FAB_DATE_NONE ? -(double)INFINITY : change->from,
                               .to = change->to == FAB_DATE_NONE ? (double)INFINITY : change->to,
                               .ramp = ramp};
}

bool fab_window_is_open(const struct fab_window *window)
{
    return isinf(window->from) && isinf(window->to);
}

static double day_of(const struct fab_edit_table *table, const struct fab_column *column, int row, double none)
{
    double day = fab_member_number(column, fab_edit_row(table, row));
    return isnan(day) ? none : day;
}

bool fab_window_has(const struct fab_window *window, const struct fab_edit_table *table, int row)
{
    const struct fab_column *date = fab_table_def_date(table->def);
    if (!date)
        return true;
    double day = day_of(table, date, row, -(double)INFINITY);
    return window->from <= day && (day < window->to || window->ramp);
}

/* ---- the calendar of the data ---- */

static const struct fab_edit_table *calendar(struct fab_edit *edit)
{
    return fab_edit_table(edit, fab_dictionary_find("calendar"));
}

static const struct fab_calendar *period_at(const struct fab_edit_table *table, int row)
{
    return table->state[row].dead ? NULL : fab_edit_row(table, row);
}

double fab_window_part(struct fab_edit *edit, const struct fab_window *window, double day)
{
    const struct fab_edit_table *table = calendar(edit);
    double middle = day;
    for (int p = 0; p < table->count; p++) {
        const struct fab_calendar *period = period_at(table, p);
        if (period && period->start_date <= day && day < period->end_date)
            middle = ((double)period->start_date + period->end_date) / 2;
    }
    return fmin(1, fmax(0, (middle - window->from) / (window->to - window->from)));
}

/* ---- borders ---- */

struct borders {
    double *day; /* ascending */
    int count, capacity;
};

static fab_status add_border(fab_context *context, struct borders *borders, double day)
{
    fab_status status = FAB_OK;
    if (isinf(day) || (borders->count > 0 && borders->day[borders->count - 1] >= day))
        return FAB_OK;
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&borders->day, borders->count, &borders->capacity));
    borders->day[borders->count++] = day;
out:
    return status;
}

static int compare_days(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The periods' starts behind the beginning of a ramp, up to the first where it has come to its end: from there on nothing changes. */
static fab_status add_periods(struct fab_edit *edit, const struct fab_window *window, struct borders *borders)
{
    fab_status status = FAB_OK;
    const struct fab_edit_table *table = calendar(edit);
    struct borders starts = {0};
    for (int p = 0; p < table->count; p++) {
        if (table->state[p].dead)
            continue;
        TRY_MEMORY(edit->context, FAB_ARRAY_ROOM(&starts.day, starts.count, &starts.capacity));
        starts.day[starts.count++] = period_at(table, p)->start_date;
    }
    if (starts.count > 0)
        qsort(starts.day, (size_t)starts.count, sizeof *starts.day, compare_days);
    for (int p = 0; p < starts.count; p++) {
        TRY(add_border(edit->context, borders, starts.day[p]));
        if (starts.day[p] >= window->to)
            break;
    }
out:
    free(starts.day);
    return status;
}

static fab_status find_borders(struct fab_edit *edit, const struct fab_window *window, struct borders *borders)
{
    fab_status status = FAB_OK;
    TRY(add_border(edit->context, borders, window->from));
    if (window->ramp)
        TRY(add_periods(edit, window, borders));
    else
        TRY(add_border(edit->context, borders, window->to));
out:
    return status;
}

/* ---- windows: [from_date, to_date) ---- */

static fab_status add_piece(struct fab_edit *edit, struct fab_edit_table *table, int row, double day, int *piece)
{
    fab_status status = FAB_OK;
    TRY(fab_edit_add_row(edit, table, fab_edit_row(table, row), piece));
    fab_member_put_number(fab_table_def_date(table->def), fab_edit_row(table, *piece), day);
    table->state[*piece].matched = table->state[*piece].piece = true;
out:
    return status;
}

static fab_status split_window(struct fab_edit *edit, struct fab_edit_table *table, int row, const struct borders *borders)
{
    fab_status status = FAB_OK;
    const struct fab_column *date = fab_table_def_date(table->def), *end = fab_table_def_end(table->def);
    for (int b = 0; b < borders->count; b++) {
        double day = borders->day[b];
        int piece;
        if (day <= day_of(table, date, row, -(double)INFINITY) || day >= day_of(table, end, row, (double)INFINITY))
            continue;
        TRY(add_piece(edit, table, row, day, &piece));
        fab_member_put_number(end, fab_edit_row(table, row), day);
        fab_edit_touch(edit, table, row);
        row = piece;
    }
out:
    return status;
}

static fab_status split_windows(struct fab_edit *edit, struct fab_edit_table *table, const struct borders *borders)
{
    fab_status status = FAB_OK;
    for (int r = 0, count = table->count; r < count; r++)
        if (table->state[r].matched)
            TRY(split_window(edit, table, r, borders));
out:
    return status;
}

/* ---- rows that hold until the next one of their key ---- */

/* Gives a piece that stands before the first row of its key what holds there, where another table says it (tool_group.tools). */
static void take_before(struct fab_edit *edit, struct fab_edit_table *table, int piece)
{
    const struct fab_table_def *def = table->def;
    void *row = fab_edit_row(table, piece);
    const void *parent = def->before ? fab_edit_referred(edit, &def->columns[0], row) : NULL;
    if (!parent)
        return;
    const struct fab_table_def *other = fab_dictionary_find(def->columns[0].ref);
    double number = fab_member_number(&other->columns[fab_table_def_find_column(other, def->before)], parent);
    fab_member_put_number(&def->columns[fab_table_def_find_column(def, def->before)], row, number);
}

/* The first period's start; INFINITY without periods. */
static double first_day(struct fab_edit *edit)
{
    const struct fab_edit_table *table = calendar(edit);
    double day = (double)INFINITY;
    for (int p = 0; p < table->count; p++)
        if (!table->state[p].dead)
            day = fmin(day, period_at(table, p)->start_date);
    return day;
}

/* The rows of one key, `row[count]` in order of their dates. */
static fab_status split_key(struct fab_edit *edit, struct fab_edit_table *table, const int row[], int count, const struct fab_window *window,
                            const struct borders *borders)
{
    fab_status status = FAB_OK;
    const struct fab_column *date = fab_table_def_date(table->def);
    double begin = isinf(window->from) ? first_day(edit) : window->from; /* a window open to the past begins with the calendar, or with the first row */
    double first = day_of(table, date, row[0], -(double)INFINITY);
    int piece;
    if (begin < first && begin < window->to && !fab_window_is_open(window) && table->state[row[0]].matched) {
        TRY(add_piece(edit, table, row[0], begin, &piece));
        take_before(edit, table, piece);
    }
    for (int b = 0; b < borders->count; b++) {
        double day = borders->day[b];
        int in_force = -1;
        while (in_force + 1 < count && day_of(table, date, row[in_force + 1], -(double)INFINITY) <= day)
            in_force++;
        int held = in_force < 0 ? row[0] : row[in_force];
        if (!table->state[held].matched || day_of(table, date, held, -(double)INFINITY) == day || (in_force < 0 && day <= begin))
            continue;
        TRY(add_piece(edit, table, held, day, &piece));
        if (in_force < 0)
            take_before(edit, table, piece);
    }
out:
    return status;
}

static fab_status split_keys(struct fab_edit *edit, struct fab_edit_table *table, const struct fab_window *window, const struct borders *borders)
{
    fab_status status = FAB_OK;
    int *order = NULL, count = 0;
    TRY_MEMORY(edit->context, order = fab_order_new(table, &count));
    for (int first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && fab_order_same_key(table, order[first], order[end]); end++)
            ;
        TRY(split_key(edit, table, order + first, end - first, window, borders));
    }
out:
    free(order);
    return status;
}

fab_status fab_window_split(struct fab_edit *edit, struct fab_edit_table *table, const struct fab_window *window)
{
    fab_status status = FAB_OK;
    struct borders borders = {0};
    if (fab_window_is_open(window))
        return FAB_OK;
    TRY(find_borders(edit, window, &borders));
    if (table->def->dating == FAB_DATING_WINDOW)
        TRY(split_windows(edit, table, &borders));
    else if (table->def->dating == FAB_DATING_FROM)
        TRY(split_keys(edit, table, window, &borders));
out:
    free(borders.day);
    return status;
}
