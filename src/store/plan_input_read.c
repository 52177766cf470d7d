/* A snapshot of inputs as a database of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "number.h"
#include "sha256.h"
#include "try.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { MOST_BYTES = INT_MAX, MOST_RATIO = 1100 /* zlib packs a byte of text into no less than 1/1032 of one */ };

static fab_status damaged(fab_context *context, const fab_store *store, const char *hex, const char *what)
{
    return fab_fail(context, FAB_DATABASE, "%s: the inputs %.12s that a plan was made from: %s", store->path, hex, what);
}

/* ---- the text ---- */

/* The row at hand of the query into *text, with a NUL behind it. */
static fab_status unpack(fab_context *context, fab_store *store, const char *hex, sqlite3_stmt *statement, char **text, uLongf *length)
{
    fab_status status = FAB_OK;
    sqlite3_int64 size = sqlite3_column_int64(statement, 0);
    const void *content = sqlite3_column_blob(statement, 1);
    int bytes = sqlite3_column_bytes(statement, 1);
    if (size < 0 || size > MOST_BYTES || !content || size / MOST_RATIO > bytes)
        TRY(damaged(context, store, hex, "no snapshot"));
    *length = (uLongf)size;
    TRY_MEMORY(context, *text = calloc((size_t)size + 1, 1));
    int code = uncompress((Bytef *)*text, length, content, (uLong)bytes);
    TRY_MEMORY(context, code != Z_MEM_ERROR);
    if (code != Z_OK || *length != (uLongf)size || memchr(*text, '\0', *length))
        TRY(damaged(context, store, hex, "cannot be unpacked"));
out:
    return status;
}

static fab_status check_hash(fab_context *context, const fab_store *store, const char *hex, const char *text, size_t length)
{
    char found[FAB_SHA256_HEX_SIZE];
    fab_sha256 *sha256 = fab_sha256_new();
    bool hashed = sha256 && fab_sha256_add(sha256, text, length) && fab_sha256_finish(sha256, found);
    fab_sha256_free(sha256);
    if (!hashed)
        return fab_fail_memory(context);
    return strcmp(found, hex) == 0 ? FAB_OK : damaged(context, store, hex, "not what was kept");
}

static fab_status read_text(fab_context *context, fab_store *store, const char *hex, char **text)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    uLongf length = 0;
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    TRY(fab_store_prepare_query(context, store, "store_read_input", &statement));
    TRY(fab_store_bind(context, store, statement, &(fab_parameter){":sha256", fab_text(hex)}, 1, FAB_INTERNAL));
    TRY(fab_store_step(context, store, statement, &row));
    if (!row)
        TRY(damaged(context, store, hex, "no snapshot"));
    TRY(unpack(context, store, hex, statement, text, &length));
    TRY(check_hash(context, store, hex, *text, length));
out:
    sqlite3_finalize(statement);
    return status;
}

/* ---- its rows ---- */

/* The next cell, ended by a NUL in place; what stood behind it goes to *behind. */
struct cell {
    enum { NOTHING, NUMBER, TEXT } kind;
    const char *text;
    char behind; /* ',' or a line end */
};

static bool read_quoted(char **at, struct cell *cell)
{
    char *to = *at + 1, *from = to;
    cell->kind = TEXT;
    cell->text = to;
    while (*from && (*from != '"' || from[1] == '"')) {
        from += *from == '"';
        *to++ = *from++;
    }
    if (!*from || !from[1])
        return false;
    cell->behind = from[1];
    *to = '\0';
    *at = from + 2;
    return true;
}

static bool read_cell(char **at, struct cell *cell)
{
    if (**at == '"')
        return read_quoted(at, cell) && (cell->behind == ',' || cell->behind == '\n');
    size_t length = strcspn(*at, ",\n");
    *cell = (struct cell){length > 0 ? NUMBER : NOTHING, *at, (*at)[length]};
    if (!cell->behind)
        return false;
    (*at)[length] = '\0';
    *at += length + 1;
    return true;
}

/* A table while it is read. */
struct table {
    const struct fab_table_def *def;
    int place[FAB_COLUMNS_MAX]; /* of each column of the text among those of the table */
    int count;
};

/* False when the text is none of ours. */
static bool read_head(char **at, struct table *table)
{
    struct cell cell;
    *table = (struct table){0};
    if (!read_cell(at, &cell) || cell.behind != '\n')
        return false;
    table->def = fab_dictionary_find(cell.text);
    while (table->def && table->count < FAB_COLUMNS_MAX) {
        if (!read_cell(at, &cell))
            return false;
        table->place[table->count] = fab_statement_find_column(table->def, cell.text);
        if (table->place[table->count++] < 0)
            return false;
        if (cell.behind == '\n')
            return true;
    }
    return false;
}

static bool bind_cell(sqlite3_stmt *statement, int index, const struct cell *cell)
{
    const char *why;
    double number;
    switch (cell->kind) {
    case TEXT: return sqlite3_bind_text(statement, index, cell->text, -1, SQLITE_STATIC) == SQLITE_OK;
    case NUMBER: return fab_number_parse(cell->text, &number, &why) && sqlite3_bind_double(statement, index, number) == SQLITE_OK;
    case NOTHING: break;
    }
    return sqlite3_bind_null(statement, index) == SQLITE_OK;
}

static bool bind_row(sqlite3_stmt *statement, char **at, const struct table *table)
{
    for (int c = 0; c < table->count; c++) {
        struct cell cell;
        if (!read_cell(at, &cell) || cell.behind != (c + 1 < table->count ? ',' : '\n') || !bind_cell(statement, table->place[c] + 1, &cell))
            return false;
    }
    return true;
}

static fab_status fill_table(fab_context *context, fab_store *store, char **at, const char *hex)
{
    struct table table;
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    if (!read_head(at, &table))
        TRY(damaged(context, store, hex, "a table of another version"));
    TRY(fab_statement_prepare_insert(context, store, table.def, 1, &statement));
    while (**at && **at != '\n') {
        if (!bind_row(statement, at, &table))
            TRY(damaged(context, store, hex, "a row that cannot be read"));
        TRY(fab_store_execute(context, store, statement));
        sqlite3_clear_bindings(statement);
    }
    *at += **at == '\n';
out:
    sqlite3_finalize(statement);
    return status == FAB_INTERNAL ? FAB_DATABASE : status; /* rows that break a rule of the schema */
}

/* References are looked at no more: a lot's customer or source of long ago is what it was. */
static fab_status fill(fab_context *context, fab_store *store, char *text, const char *hex)
{
    fab_status status = FAB_OK;
    TRY(fab_store_enforce_references(context, store, false));
    TRY(fab_store_begin(context, store));
    for (char *at = text; *at;)
        TRY(fill_table(context, store, &at, hex));
    TRY(fab_store_commit(context, store));
out:
    fab_store_rollback(store);
    return status;
}

/* The row at hand of one database into another. */
static fab_status copy_row(fab_context *context, fab_store *to, sqlite3_stmt *row, const char *hex)
{
    fab_status status = FAB_OK;
    sqlite3_stmt *statement = NULL;
    const fab_parameter parameters[] = {{":sha256", fab_text(hex)}, {":size", fab_integer(sqlite3_column_int64(row, 0))}, {":content", {.type = FAB_NULL}}};
    TRY(fab_store_prepare_query(context, to, "store_write_input", &statement));
    TRY(fab_store_bind(context, to, statement, parameters, 3, FAB_INTERNAL));
    int code = sqlite3_bind_blob(statement, sqlite3_bind_parameter_index(statement, ":content"), sqlite3_column_blob(row, 1), sqlite3_column_bytes(row, 1), SQLITE_STATIC);
    TRY_MEMORY(context, code == SQLITE_OK);
    TRY(fab_store_execute(context, to, statement));
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_copy_input(fab_context *context, fab_store *from, fab_store *to, const char *hex)
{
    fab_status status = FAB_OK;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_store_enter(from, context);
    TRY(fab_store_prepare_query(context, from, "store_read_input", &statement));
    TRY(fab_store_bind(context, from, statement, &(fab_parameter){":sha256", fab_text(hex)}, 1, FAB_INTERNAL));
    TRY(fab_store_step(context, from, statement, &row));
    if (!row)
        TRY(damaged(context, from, hex, "no snapshot"));
    TRY(fab_store_begin(context, to));
    TRY(copy_row(context, to, statement, hex));
    TRY(fab_store_commit(context, to));
out:
    sqlite3_finalize(statement);
    fab_store_rollback(to);
    return status;
}

fab_status fab_store_open_input(fab_context *context, fab_store *store, const char *hex, fab_store **opened)
{
    fab_status status = FAB_OK;
    fab_store *made = NULL;
    char *text = NULL;
    TRY(read_text(context, store, hex, &text));
    TRY(fab_store_open(context, NULL, FAB_STORE_MEMORY, &made));
    TRY(fill(context, made, text, hex));
    *opened = made;
    made = NULL;
out:
    free(text);
    fab_store_close(made);
    return status;
}
