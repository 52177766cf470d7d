/* What an import would change, row by row.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "record.h"
#include "try.h"

#include <stdio.h>
#include <string.h>

enum { KEPT = FAB_DIFFERENCES_KEPT };

static const char *const added = "added", *const changed = "changed", *const removed = "removed";

/* One difference; column NULL: of the whole row. */
struct difference {
    const struct fab_table_def *def;
    const char *key, *change, *column;
    fab_value before, after;
};

static fab_status add(struct fab_import *import, const struct difference *difference)
{
    static const char *const names[] = {"table", "key", "change", "column", "before", "after"};
    struct fab_import_differences *differences = import->differences;
    fab_value values[] = {fab_text(difference->def->name), fab_text(difference->key), fab_text(difference->change), fab_text(difference->column), difference->before,
                          difference->after};
    fab_value *row;
    fab_status status = FAB_OK;
    if (differences->rows++ >= KEPT)
        return FAB_OK;
    if (!differences->table)
        TRY_MEMORY(import->context, differences->table = fab_table_new("differences", names, sizeof names / sizeof *names));
    TRY_MEMORY(import->context, row = fab_table_add_row(differences->table));
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
        bool copied = values[v].type == FAB_TEXT;
        row[v] = copied ? fab_text(fab_table_keep(differences->table, values[v].text)) : values[v];
        TRY_MEMORY(import->context, !copied || row[v].type == FAB_TEXT);
    }
out:
    return status;
}

/* Texts of a batch stand one behind the other: this one is copied. */
static fab_value value_of_cell(const struct fab_cell *cell, char text[FAB_TEXT_MAX + 1])
{
    switch (cell->type) {
    case FAB_CELL_REAL: return fab_real(cell->real);
    case FAB_CELL_INTEGER: return fab_integer(cell->integer);
    case FAB_CELL_TEXT:
        snprintf(text, FAB_TEXT_MAX + 1, "%.*s", (int)cell->length, cell->text);
        return fab_text(text);
    case FAB_CELL_EMPTY: break;
    }
    return (fab_value){.type = FAB_NULL};
}

static fab_value value_of_column(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_FLOAT: return fab_real(sqlite3_column_double(statement, column));
    case SQLITE_INTEGER: return fab_integer(sqlite3_column_int64(statement, column));
    case SQLITE_TEXT: return fab_text((const char *)sqlite3_column_text(statement, column));
    default: return (fab_value){.type = FAB_NULL};
    }
}

static bool same(const fab_value *a, const fab_value *b)
{
    if (a->type == FAB_NULL || b->type == FAB_NULL || a->type == FAB_TEXT || b->type == FAB_TEXT)
        return a->type == b->type && (a->type == FAB_NULL || strcmp(a->text, b->text) == 0);
    return fab_value_number(a) == fab_value_number(b);
}

/* The cells of a row against the one of the table that `statement` stands on. */
static fab_status compare(struct fab_import *import, const struct fab_row_batch *batch, const struct fab_cell cells[], const char *key)
{
    fab_status status = FAB_OK;
    char text[FAB_TEXT_MAX + 1];
    for (int c = 0; c < batch->columns; c++) {
        const struct difference difference = {.def = batch->file->def, .key = key, .change = changed, .column = fab_statement_column(batch->file->def, c),
                                              .before = value_of_column(batch->select, c), .after = value_of_cell(&cells[c], text)};
        if (batch->changes[c] && !same(&difference.before, &difference.after))
            TRY(add(import, &difference));
    }
out:
    return status;
}

static fab_status find_of_row(struct fab_import *import, const struct fab_row_batch *batch, const struct fab_cell cells[])
{
    const struct difference whole = {.def = batch->file->def, .change = added, .before = {.type = FAB_NULL}, .after = {.type = FAB_NULL}};
    struct difference difference = whole;
    char key[FAB_ROW_KEY_SIZE];
    bool found;
    fab_status status = FAB_OK;
    int used = sqlite3_bind_parameter_count(batch->select);
    fab_row_key(batch->file->def, cells, key);
    difference.key = fab_statement_show_key(key);
    for (int c = 0; c < batch->columns && c < used; c++)
        if (fab_cell_bind(batch->select, c + 1, &cells[c]) != SQLITE_OK)
            TRY(fab_store_fail(import->context, import->store));
    TRY(fab_store_step(import->context, import->store, batch->select, &found));
    TRY(found ? compare(import, batch, cells, difference.key) : add(import, &difference));
out:
    sqlite3_reset(batch->select);
    return status;
}

fab_status fab_differences_of_batch(const struct fab_row_batch *batch)
{
    fab_status status = FAB_OK;
    if (!batch->import->differences)
        return FAB_OK;
    for (int r = 0; r < batch->count; r++)
        TRY(find_of_row(batch->import, batch, batch->cells + (size_t)r * (size_t)batch->columns));
out:
    return status;
}

fab_status fab_difference_removed(struct fab_import *import, const struct fab_import_file *file, const char *row_key)
{
    char key[FAB_ROW_KEY_SIZE];
    if (!import->differences)
        return FAB_OK;
    snprintf(key, sizeof key, "%s", row_key ? row_key : "");
    const struct difference difference = {.def = file->def, .key = fab_statement_show_key(key), .change = removed, .before = {.type = FAB_NULL}, .after = {.type = FAB_NULL}};
    return add(import, &difference);
}
