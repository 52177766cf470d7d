/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_tables.h"

#include "dictionary.h"

static bool is_input(const struct fab_table_def *table)
{
    return table->record_size > 0;
}

/* "item, component": the column that sorts the table, else its key. NULL when memory is short. */
static const char *print_key(fab_arena *arena, const struct fab_table_def *table)
{
    const char *key = table->order ? table->order : "";
    for (int c = 0; key && c < table->column_count && !table->order; c++)
        if (table->columns[c].flags & FAB_KEY)
            key = fab_arena_printf(arena, "%s%s%s", key, *key ? ", " : "", table->columns[c].name);
    return key;
}

bool fab_input_tables_get(fab_arena *arena, struct fab_book_source *source)
{
    struct fab_input_table *tables = fab_arena_take(arena, (size_t)fab_dictionary_count, sizeof *tables);
    int count = 0;
    for (int t = 0; tables && t < fab_dictionary_count; t++) {
        const struct fab_table_def *table = &fab_dictionary[t];
        if (!is_input(table))
            continue;
        tables[count] = (struct fab_input_table){table->name, table->meaning, print_key(arena, table)};
        if (!tables[count++].key)
            return false;
    }
    source->tables = tables;
    source->table_count = count;
    return tables != NULL;
}
