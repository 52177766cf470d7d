/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tail.h"

#include "dictionary.h"
#include "member.h"
#include "try.h"

#include <math.h>
#include <string.h>

/* The stretch of the horizon that comes again. */
struct repeat {
    int32_t from, end; /* [from, end): the last year of the horizon, or all of it */
    int32_t days;      /* 0: it comes again by years, on the same month and day; else after so many days */
};

/* The same month and day some years later; of 29 February the 28th. */
static int32_t years_later(int32_t date, int years)
{
    int year, month, day, back_year, back_month, back_day;
    fab_date_to_civil(date, &year, &month, &day);
    int32_t moved = fab_date_from_civil(year + years, month, day);
    fab_date_to_civil(moved, &back_year, &back_month, &back_day);
    return back_month == month ? moved : fab_date_from_civil(year + years, month, day - 1);
}

static struct repeat find_repeat(const fab_model *model)
{
    int32_t begin = model->calendar[0].start_date, end = model->calendar[model->calendar_count - 1].end_date;
    int32_t year_ago = years_later(end, -1);
    return begin > year_ago ? (struct repeat){begin, end, end - begin} : (struct repeat){year_ago, end, 0};
}

static int32_t move(const struct repeat *repeat, int32_t date, int times)
{
    return repeat->days > 0 ? date + times * repeat->days : years_later(date, times);
}

/* The periods of the tail, into `periods` if it is not NULL. Returns how many: ends that come on one day are one period. */
static int make_periods(const fab_model *model, const struct repeat *repeat, struct fab_calendar *periods)
{
    int32_t covered = repeat->end;
    int count = 0;
    for (int times = 1; covered - repeat->end < model->tail_days; times++)
        for (int p = 0; p < model->calendar_count && covered - repeat->end < model->tail_days; p++) {
            int32_t end = move(repeat, model->calendar[p].end_date, times);
            if (model->calendar[p].end_date <= repeat->from || end <= covered)
                continue;
            if (periods)
                periods[count] = (struct fab_calendar){NULL, covered, end};
            count++;
            covered = end;
        }
    return count;
}

static fab_status add_periods(fab_context *context, fab_model *model, const struct repeat *repeat)
{
    fab_status status = FAB_OK;
    int horizon = model->calendar_count, count = make_periods(model, repeat, NULL);
    struct fab_calendar *all = NULL;
    TRY_MEMORY(context, all = fab_arena_take(model->arena, (size_t)(horizon + count), sizeof *all));
    memcpy(all, model->calendar, (size_t)horizon * sizeof *all);
    make_periods(model, repeat, all + horizon);
    for (int p = 0; p < count; p++)
        TRY_MEMORY(context, all[horizon + p].period = fab_arena_printf(model->arena, "tail+%d", p + 1));
    fab_model_replace_calendar(model, all, horizon + count);
    model->tail_period_count = count;
out:
    return status;
}

static int32_t tail_end(const fab_model *model)
{
    return model->calendar[model->calendar_count - 1].end_date;
}

/* The day of an order's copy: not before the tail. */
static int32_t copy_date(const struct repeat *repeat, const struct fab_demand *order, int times)
{
    int32_t date = move(repeat, order->due_date, times);
    return date < repeat->end ? repeat->end : date;
}

/* Calls for every copy of an order that falls into the tail: into `copies` if it is not NULL. Returns how many; -1 when memory is short. */
static int copy_orders(fab_model *model, const struct repeat *repeat, struct fab_demand *copies)
{
    int count = 0;
    for (int times = 1; move(repeat, repeat->from, times) < tail_end(model); times++)
        for (int d = 0; d < model->demand_count; d++) {
            const struct fab_demand *order = &model->demand[d];
            int32_t date = copy_date(repeat, order, times);
            if (order->due_date < repeat->from || date >= tail_end(model))
                continue;
            if (copies) {
                copies[count] = *order;
                copies[count].due_date = date;
                copies[count].demand = fab_arena_printf(model->arena, "%s tail+%d", order->demand, times);
                if (!copies[count].demand)
                    return -1;
            }
            count++;
        }
    return count;
}

static fab_status add_orders(fab_context *context, fab_model *model, const struct repeat *repeat)
{
    fab_status status = FAB_OK;
    int horizon = model->demand_count, count = copy_orders(model, repeat, NULL);
    struct fab_demand *all = NULL;
    TRY_MEMORY(context, all = fab_arena_take(model->arena, (size_t)(horizon + count), sizeof *all));
    if (horizon > 0)
        memcpy(all, model->demand, (size_t)horizon * sizeof *all);
    TRY_MEMORY(context, copy_orders(model, repeat, all + horizon) == count);
    model->demand = all;
    model->demand_count = horizon + count;
    model->tail_demand_count = count;
out:
    return status;
}

/* A row of a bill closes at its to_date if any row of its item and source begins there. */
static bool bill_ends(const fab_model *model, const struct fab_bom *row)
{
    for (int r = 0; r < model->bom_count; r++)
        if (model->bom[r].item == row->item && model->bom[r].source == row->source && model->bom[r].from_date == row->to_date)
            return true;
    return false;
}

static bool same_key(const struct fab_table_def *def, const char *left, const char *right)
{
    for (int c = 0; c < def->column_count; c++)
        if ((def->columns[c].flags & FAB_KEY) && def->columns[c].type != FAB_COLUMN_DATE && fab_member_compare(&def->columns[c], left, right) != 0)
            return false;
    return true;
}

/* The day until which a window that ends on `to` stays open: the first one on which another row of its key begins, or the tail's end. */
static double open_until(fab_model *model, const struct fab_table_def *def, const char *row, double to)
{
    const struct fab_column *date = fab_table_def_date(def);
    double until = fmax(to, tail_end(model));
    for (int r = 0; r < *fab_model_row_count(model, def); r++) {
        const char *other = *fab_model_rows(model, def) + (size_t)r * def->record_size;
        double begins = fab_member_number(date, other);
        if (begins >= to && begins < until && same_key(def, row, other))
            until = begins;
    }
    return until;
}

static void open_windows(fab_model *model, const struct fab_table_def *def, int32_t end)
{
    const struct fab_column *to_date = fab_table_def_end(def);
    for (int r = 0; r < *fab_model_row_count(model, def); r++) {
        char *row = *fab_model_rows(model, def) + (size_t)r * def->record_size;
        double to = fab_member_number(to_date, row);
        bool closes = def == fab_dictionary_find("bom") && bill_ends(model, (const struct fab_bom *)row);
        if (to >= end && !closes)
            fab_member_put_number(to_date, row, open_until(model, def, row, to));
    }
}

fab_status fab_model_tail(fab_context *context, fab_model *model)
{
    fab_status status = FAB_OK;
    if (model->calendar_count == 0 || model->tail_days <= 0)
        return FAB_OK;
    const struct repeat repeat = find_repeat(model);
    TRY(add_periods(context, model, &repeat));
    TRY(add_orders(context, model, &repeat));
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].dating == FAB_DATING_WINDOW)
            open_windows(model, &fab_dictionary[t], repeat.end);
    for (int s = 0; s < model->source_count; s++)
        if (model->source[s].available_to != FAB_DATE_NONE && model->source[s].available_to >= repeat.end)
            model->source[s].available_to = FAB_DATE_NONE;
out:
    return status;
}
