/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/table.h>

#include "arena.h"
#include "array.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct fab_table {
    fab_arena *arena;
    const char *name;
    const char **column_names;
    fab_value *cells;
    int columns, rows;
    size_t capacity; /* cells */
};

fab_table *fab_table_new(const char *name, const char *const column_names[], int column_count)
{
    fab_table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->arena = fab_arena_new();
    if (!table->arena)
        goto failed;
    table->columns = column_count;
    table->name = fab_arena_dup(table->arena, name);
    table->column_names = fab_arena_take(table->arena, (size_t)column_count, sizeof *table->column_names);
    if (!table->name || !table->column_names)
        goto failed;
    for (int c = 0; c < column_count; c++) {
        table->column_names[c] = fab_arena_dup(table->arena, column_names[c]);
        if (!table->column_names[c])
            goto failed;
    }
    return table;
failed:
    fab_table_free(table);
    return NULL;
}

void fab_table_free(fab_table *table)
{
    if (!table)
        return;
    fab_arena_free(table->arena);
    free(table->cells);
    free(table);
}

fab_value *fab_table_add_row(fab_table *table)
{
    size_t columns = (size_t)table->columns, used = (size_t)table->rows * columns;
    if (table->rows == INT_MAX || !fab_array_room_size(&table->cells, used, columns, &table->capacity, sizeof *table->cells))
        return NULL;
    fab_value *row = table->cells + used;
    memset(row, 0, columns * sizeof *row);
    table->rows++;
    return row;
}

const char *fab_table_keep(fab_table *table, const char *text)
{
    return text ? fab_arena_dup(table->arena, text) : NULL;
}

const char *fab_table_name(const fab_table *table)
{
    return table->name;
}

int fab_table_columns(const fab_table *table)
{
    return table->columns;
}

int fab_table_rows(const fab_table *table)
{
    return table->rows;
}

const char *fab_table_column_name(const fab_table *table, int column)
{
    return table->column_names[column];
}

int fab_table_find_column(const fab_table *table, const char *name)
{
    for (int c = 0; c < table->columns; c++)
        if (strcmp(table->column_names[c], name) == 0)
            return c;
    return -1;
}

const fab_value *fab_table_get(const fab_table *table, int row, int column)
{
    return table->cells + (size_t)row * (size_t)table->columns + column;
}

double fab_value_number(const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER: return (double)value->integer;
    case FAB_REAL: return value->real;
    case FAB_NULL:
    case FAB_TEXT: break;
    }
    return (double)NAN;
}
