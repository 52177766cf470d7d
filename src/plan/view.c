/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include <math.h>
#include <string.h>

/* A value below this share of its column's upper limit is the rounding of 0. */
#define ROUNDING 1e-11

enum { MOST_COLUMNS = 64 };

double fab_view_column(const fab_plan *plan, int column)
{
    if (column == FAB_NONE)
        return 0;
    double value = plan->solution->x[column];
    return value <= ROUNDING * plan->program->lp->column[column].upper ? 0 : value;
}

double fab_view_row(const fab_plan *plan, int row, int period)
{
    return row == FAB_NONE ? 0 : plan->solution->multiplier[row] / plan->terms->period[period].discount + 0.0;
}

double fab_view_reduced(const fab_plan *plan, int column, int period)
{
    return column == FAB_NONE ? 0 : plan->solution->reduced_cost[column] / plan->terms->period[period].discount + 0.0;
}

double fab_view_unit_value(const fab_plan *plan, int item, int period)
{
    /* the row says: in - out = -given, so that one more unit given lowers its limit by one */
    return 0.0 - fab_view_row(plan, plan->program->balance[item * plan->terms->period_count + period], period);
}

double fab_view_tools(const fab_plan *plan, int tool_group, int period)
{
    int T = plan->terms->period_count;
    double tools = plan->terms->tools[tool_group * T + period];
    for (int t = 0; t <= period; t++) {
        int order = plan->program->order[tool_group * T + t];
        if (order != FAB_NONE && fab_program_delivery_period(plan->terms, tool_group, t) <= period)
            tools += fab_view_column(plan, order);
        tools -= fab_view_column(plan, plan->program->removal[tool_group * T + t]);
    }
    return tools;
}

double fab_view_missing_starts(const fab_plan *plan, int s, int t, double *penalty_usd)
{
    double missing = 0;
    *penalty_usd = 0;
    for (int r = 0; r < plan->model->source_limit_count; r++) {
        if (plan->model->source_limit[r].source != s)
            continue;
        double lack = fab_view_column(plan, plan->program->lack_starts[r * plan->terms->period_count + t]);
        missing = fmax(missing, lack);
        *penalty_usd += lack > 0 ? lack * fab_program_shortfall_usd(plan->terms, r, t) : 0;
    }
    return missing;
}

struct fab_writer fab_writer_begin(const fab_plan *plan, int64_t number, const char *table, const char *columns)
{
    struct fab_writer writer = {.plan = plan, .number = number};
    const char *names[MOST_COLUMNS] = {"plan"};
    int count = 1;
    fab_arena *arena = fab_arena_new();
    char *copy = arena ? fab_arena_dup(arena, columns) : NULL;
    char *rest = NULL;
    for (char *name = copy ? strtok_r(copy, " ", &rest) : NULL; name && count < MOST_COLUMNS; name = strtok_r(NULL, " ", &rest))
        names[count++] = name;
    if (copy)
        writer.table = fab_table_new(table, names, count);
    fab_arena_free(arena);
    writer.failed = !writer.table;
    return writer;
}

void fab_writer_row(struct fab_writer *writer)
{
    writer->row = writer->failed ? NULL : fab_table_add_row(writer->table);
    writer->next = 0;
    if (!writer->row)
        writer->failed = true;
    fab_writer_integer(writer, writer->number);
}

static void put(struct fab_writer *writer, fab_value value)
{
    if (!writer->failed && writer->next < fab_table_columns(writer->table))
        writer->row[writer->next++] = value;
}

void fab_writer_real(struct fab_writer *writer, double value)
{
    put(writer, isnan(value) ? (fab_value){.type = FAB_NULL} : fab_real(value + 0.0)); /* + 0.0: no negative zero */
}

void fab_writer_integer(struct fab_writer *writer, int64_t value)
{
    put(writer, fab_integer(value));
}

void fab_writer_text(struct fab_writer *writer, const char *text)
{
    put(writer, fab_text(text));
}

void fab_writer_copy(struct fab_writer *writer, const char *text)
{
    const char *kept = writer->failed ? NULL : fab_table_keep(writer->table, text);
    if (!kept)
        writer->failed = true;
    put(writer, fab_text(kept));
}

void fab_writer_date(struct fab_writer *writer, int32_t date)
{
    char buffer[FAB_DATE_TEXT_SIZE];
    fab_writer_copy(writer, fab_date_print(date, buffer));
}

fab_table *fab_writer_end(struct fab_writer *writer)
{
    if (!writer->failed)
        return writer->table;
    fab_table_free(writer->table);
    return NULL;
}
