/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "try.h"

#include <stdio.h>
#include <string.h>

const char *const fab_extra_columns[FAB_EXTRA_COLUMNS] = {"basis", "note"};

const char *fab_statement_column(const struct fab_table_def *def, int column)
{
    return column < def->column_count ? def->columns[column].name : fab_extra_columns[column - def->column_count];
}

int fab_statement_columns(const struct fab_table_def *def)
{
    return def->column_count + FAB_EXTRA_COLUMNS;
}

int fab_statement_find_column(const struct fab_table_def *def, const char *name)
{
    for (int c = 0; c < fab_statement_columns(def); c++)
        if (strcmp(fab_statement_column(def, c), name) == 0)
            return c;
    return -1;
}

static void add_columns(sqlite3_str *sql, const struct fab_table_def *def)
{
    for (int c = 0; c < fab_statement_columns(def); c++)
        sqlite3_str_appendf(sql, "%s\"%w\"", c ? ", " : "", fab_statement_column(def, c));
}

static void add_select_sorted(sqlite3_str *sql, const struct fab_table_def *def, const char *where)
{
    const char *comma = " ORDER BY ";
    sqlite3_str_appendall(sql, "SELECT ");
    add_columns(sql, def);
    sqlite3_str_appendf(sql, " FROM main.\"%w\"%s", def->name, where);
    if (def->order) {
        sqlite3_str_appendf(sql, "%s\"%w\"", comma, def->order);
        comma = ", ";
    }
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & FAB_KEY) {
            sqlite3_str_appendf(sql, "%s\"%w\"", comma, def->columns[c].name);
            comma = ", ";
        }
}

/* The rows of a key, ?1.. the columns. An optional column is compared as its unique index holds it (tool_alternate_key). */
static void add_where_key(sqlite3_str *sql, const struct fab_table_def *def)
{
    const char *word = "WHERE";
    for (int c = 0; c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        const char *none = column->type == FAB_COLUMN_INT || column->type == FAB_COLUMN_REAL ? "-1" : "''";
        if (!(column->flags & FAB_KEY))
            continue;
        if (column->flags & FAB_OPTIONAL)
            sqlite3_str_appendf(sql, " %s COALESCE(\"%w\", %s) = COALESCE(?%d, %s)", word, column->name, none, c + 1, none);
        else
            sqlite3_str_appendf(sql, " %s \"%w\" = ?%d", word, column->name, c + 1);
        word = "AND";
    }
}

/* The key as text, of the row called t. */
static void add_key(sqlite3_str *sql, const struct fab_table_def *def)
{
    const char *separator = "";
    for (int c = 0; c < def->column_count; c++)
        if (def->columns[c].flags & FAB_KEY) {
            const char *name = def->columns[c].name;
            if (def->columns[c].type == FAB_COLUMN_REAL) /* as fab_row_key writes it */
                sqlite3_str_appendf(sql, "%siif(t.\"%w\" IS NULL, '', format('%%.15g', t.\"%w\"))", separator, name, name);
            else
                sqlite3_str_appendf(sql, "%sCOALESCE(t.\"%w\", '')", separator, name);
            separator = " || char(31) || ";
        }
}

static void add_used(sqlite3_str *sql, const struct fab_table_def *def)
{
    sqlite3_str_appendall(sql, "SELECT ");
    for (int c = 0; c < fab_statement_columns(def); c++)
        sqlite3_str_appendf(sql, "COUNT(\"%w\"), ", fab_statement_column(def, c));
    sqlite3_str_appendf(sql, "COUNT(*) FROM main.\"%w\"", def->name);
}

/* Sorted, so that SQLite has the whole list before the first row of it is deleted. */
static void add_unseen(sqlite3_str *sql, const struct fab_table_def *def)
{
    sqlite3_str_appendall(sql, "SELECT ");
    add_columns(sql, def);
    sqlite3_str_appendall(sql, ", ");
    add_key(sql, def);
    sqlite3_str_appendf(
        sql,
        " AS row_key FROM main.\"%w\" AS t WHERE NOT EXISTS (SELECT 1 FROM temp.import_seen AS s WHERE s.tbl = ?1 AND s.key = ", def->name);
    add_key(sql, def);
    sqlite3_str_appendall(sql, ") ORDER BY +row_key");
}

static char *make_sql(const struct fab_table_def *def, enum fab_statement kind)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    const char *id = def->columns[0].name;
    switch (kind) {
    case FAB_STATEMENT_SELECT_SORTED: add_select_sorted(sql, def, ""); break;
    case FAB_STATEMENT_SELECT_UNDER_WAY: add_select_sorted(sql, def, " WHERE lot IN (SELECT lot FROM lot_under_way)"); break;
    case FAB_STATEMENT_ROW:
        sqlite3_str_appendall(sql, "SELECT ");
        add_columns(sql, def);
        sqlite3_str_appendf(sql, " FROM main.\"%w\"", def->name);
        add_where_key(sql, def);
        break;
    case FAB_STATEMENT_EXISTS: sqlite3_str_appendf(sql, "SELECT 1 FROM main.\"%w\" WHERE \"%w\" = ?1", def->name, id); break;
    case FAB_STATEMENT_IDS: sqlite3_str_appendf(sql, "SELECT \"%w\" FROM main.\"%w\" ORDER BY 1", id, def->name); break;
    case FAB_STATEMENT_KEY:
        sqlite3_str_appendall(sql, "SELECT ");
        add_key(sql, def);
        sqlite3_str_appendf(sql, " FROM main.\"%w\" AS t WHERE rowid = ?1", def->name);
        break;
    case FAB_STATEMENT_COUNT: sqlite3_str_appendf(sql, "SELECT COUNT(*) FROM main.\"%w\"", def->name); break;
    case FAB_STATEMENT_USED: add_used(sql, def); break;
    case FAB_STATEMENT_UNSEEN: add_unseen(sql, def); break;
    case FAB_STATEMENT_DELETE:
        sqlite3_str_appendf(sql, "DELETE FROM main.\"%w\"", def->name);
        add_where_key(sql, def);
        break;
    }
    return sqlite3_str_finish(sql);
}

fab_status fab_statement_prepare(fab_context *context, fab_store *store, const struct fab_table_def *def, enum fab_statement kind,
                                 sqlite3_stmt **statement)
{
    char *sql = make_sql(def, kind);
    fab_status status = sql ? fab_store_prepare(context, store, sql, statement) : fab_fail_memory(context);
    sqlite3_free(sql);
    return status;
}

static char *make_insert(const struct fab_table_def *def, int rows)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    int count = fab_statement_columns(def);
    sqlite3_str_appendf(sql, "INSERT INTO main.\"%w\" (", def->name);
    add_columns(sql, def);
    sqlite3_str_appendall(sql, ") VALUES ");
    for (int i = 0; i < rows * count; i++)
        sqlite3_str_appendf(sql, "%s?%d%s", i == 0 ? "(" : i % count == 0 ? ", (" : ", ", i + 1, i % count == count - 1 ? ")" : "");
    sqlite3_str_appendall(sql, " ON CONFLICT DO NOTHING");
    return sqlite3_str_finish(sql);
}

fab_status fab_statement_prepare_insert(fab_context *context, fab_store *store, const struct fab_table_def *def, int rows,
                                        sqlite3_stmt **statement)
{
    char *sql = make_insert(def, rows);
    fab_status status = sql ? fab_store_prepare(context, store, sql, statement) : fab_fail_memory(context);
    sqlite3_free(sql);
    return status;
}

static bool is_changed(const struct fab_table_def *def, const bool changes[], int column)
{
    return changes[column] && (column >= def->column_count || !(def->columns[column].flags & FAB_KEY));
}

static char *make_update(const struct fab_table_def *def, const bool changes[])
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    int count = fab_statement_columns(def);
    const char *comma = "";
    sqlite3_str_appendf(sql, "UPDATE main.\"%w\" SET ", def->name);
    for (int c = 0; c < count; c++)
        if (is_changed(def, changes, c)) {
            sqlite3_str_appendf(sql, "%s\"%w\" = ?%d", comma, fab_statement_column(def, c), c + 1);
            comma = ", ";
        }
    /* a file of keys alone changes nothing */
    if (!*comma)
        sqlite3_str_appendf(sql, "\"%w\" = \"%w\"", fab_extra_columns[0], fab_extra_columns[0]);
    add_where_key(sql, def);
    sqlite3_str_appendall(sql, " AND (FALSE");
    for (int c = 0; c < count; c++)
        if (is_changed(def, changes, c))
            sqlite3_str_appendf(sql, " OR \"%w\" IS NOT ?%d", fab_statement_column(def, c), c + 1);
    sqlite3_str_appendall(sql, ")");
    return sqlite3_str_finish(sql);
}

fab_status fab_statement_prepare_update(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool changes[],
                                        sqlite3_stmt **statement)
{
    char *sql = make_update(def, changes);
    fab_status status = sql ? fab_store_prepare(context, store, sql, statement) : fab_fail_memory(context);
    sqlite3_free(sql);
    return status;
}

fab_status fab_statement_count(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t *count)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_COUNT, &statement));
    TRY(fab_store_step(context, store, statement, &row));
    *count = row ? sqlite3_column_int64(statement, 0) : 0;
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_statement_read_key(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t row_id, char *key,
                                  size_t size)
{
    sqlite3_stmt *statement = NULL;
    const char *text = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    *key = '\0';
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_KEY, &statement));
    if (sqlite3_bind_int64(statement, 1, row_id) != SQLITE_OK)
        TRY(fab_store_fail(context, store));
    TRY(fab_store_step(context, store, statement, &row));
    if (row)
        text = (const char *)sqlite3_column_text(statement, 0);
    snprintf(key, size, "%s", text ? text : "");
out:
    sqlite3_finalize(statement);
    return status;
}

const char *fab_statement_show_key(char *key)
{
    char *end = key;
    for (const char *next = key; *next; next++)
        if (*next != FAB_KEY_SEPARATOR)
            *end++ = *next;
        else if (next[1] && next[1] != FAB_KEY_SEPARATOR)
            *end++ = ' ';
    *end = '\0';
    return key;
}

int fab_cell_bind(sqlite3_stmt *statement, int index, const struct fab_cell *cell)
{
    switch (cell->type) {
    case FAB_CELL_REAL: return sqlite3_bind_double(statement, index, cell->real);
    case FAB_CELL_INTEGER: return sqlite3_bind_int64(statement, index, cell->integer);
    case FAB_CELL_TEXT: return sqlite3_bind_text64(statement, index, cell->text, cell->length, SQLITE_STATIC, SQLITE_UTF8);
    case FAB_CELL_EMPTY: break;
    }
    return sqlite3_bind_null(statement, index);
}
