/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_table.h"

#include <math.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

struct fab_plan_table fab_plan_table_begin(const fab_plan *plan, int64_t number, const char *name, const char *columns)
{
    struct fab_plan_table table = {.plan = plan, .number = number};
    const char *names[MOST_COLUMNS] = {"plan"};
    int count = number == FAB_NONE ? 0 : 1;
    fab_arena *arena = fab_arena_new();
    char *copy = arena ? fab_arena_dup(arena, columns) : NULL;
    char *rest = NULL;
    for (char *word = copy ? strtok_r(copy, " ", &rest) : NULL; word && count < MOST_COLUMNS; word = strtok_r(NULL, " ", &rest))
        names[count++] = word;
    if (copy)
        table.table = fab_table_new(name, names, count);
    fab_arena_free(arena);
    table.failed = !table.table;
    return table;
}

void fab_plan_table_row(struct fab_plan_table *table)
{
    table->row = table->failed ? NULL : fab_table_add_row(table->table);
    table->next = 0;
    if (!table->row)
        table->failed = true;
    if (table->number != FAB_NONE)
        fab_plan_table_integer(table, table->number);
}

static void put(struct fab_plan_table *table, fab_value value)
{
    if (!table->failed && table->next < fab_table_columns(table->table))
        table->row[table->next++] = value;
}

void fab_plan_table_real(struct fab_plan_table *table, double value)
{
    put(table, isnan(value) ? (fab_value){.type = FAB_NULL} : fab_real(value + 0.0)); /* + 0.0: no negative zero */
}

void fab_plan_table_integer(struct fab_plan_table *table, int64_t value)
{
    put(table, fab_integer(value));
}

/* A table without a number is an answer, which outlives the plan and the model that its texts are of. */
void fab_plan_table_text(struct fab_plan_table *table, const char *text)
{
    if (table->number == FAB_NONE && text)
        fab_plan_table_copy(table, text);
    else
        put(table, fab_text(text));
}

void fab_plan_table_copy(struct fab_plan_table *table, const char *text)
{
    const char *kept = table->failed ? NULL : fab_table_keep(table->table, text);
    if (!kept)
        table->failed = true;
    put(table, fab_text(kept));
}

void fab_plan_table_date(struct fab_plan_table *table, int32_t date)
{
    char buffer[FAB_DATE_TEXT_SIZE];
    fab_plan_table_copy(table, fab_date_print(date, buffer));
}

fab_table *fab_plan_table_end(struct fab_plan_table *table)
{
    if (!table->failed)
        return table->table;
    fab_table_free(table->table);
    return NULL;
}

void fab_plan_table_period(struct fab_plan_table *table, int period)
{
    fab_plan_table_text(table, period == FAB_NONE ? NULL : table->plan->terms->period[period].name);
}
