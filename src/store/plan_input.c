/* What plans were made from: one snapshot for each distinct content.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "array.h"
#include "number.h"
#include "sha256.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Beyond this size a snapshot is compressed less hard, a third of the time for a tenth more bytes. */
enum { MOST_PRESSED = 1 << 20 };

/* A text in the making. */
struct text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* memory was short */
};

static void put(struct text *text, const char *bytes, size_t size)
{
    text->failed = text->failed || !fab_array_room_size(&text->bytes, text->length, size, &text->capacity, 1);
    if (text->failed)
        return;
    memcpy(text->bytes + text->length, bytes, size);
    text->length += size;
}

static void put_string(struct text *text, const char *string)
{
    put(text, string, strlen(string));
}

/* Texts stand in quotes, numbers do not, an empty cell is nothing: every cell is read back as it was. */
static void put_quoted(struct text *text, const char *string)
{
    put(text, "\"", 1);
    for (const char *quote; (quote = strchr(string, '"')) != NULL; string = quote + 1) {
        put(text, string, (size_t)(quote - string) + 1);
        put(text, "\"", 1);
    }
    put_string(text, string);
    put(text, "\"", 1);
}

static void put_cell(struct text *text, sqlite3_stmt *statement, int column)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    const char *string;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: put_string(text, fab_number_print(sqlite3_column_double(statement, column), number)); break;
    default:
        string = (const char *)sqlite3_column_text(statement, column);
        text->failed = text->failed || !string;
        put_quoted(text, string ? string : "");
        break;
    }
}

/* Its name and its columns. */
static void put_head(struct text *text, const struct fab_table_def *def)
{
    put_quoted(text, def->name);
    for (int c = 0; c < fab_statement_columns(def); c++) {
        put_string(text, c ? "," : "\n");
        put_quoted(text, fab_statement_column(def, c));
    }
}

static void put_row(struct text *text, sqlite3_stmt *statement)
{
    for (int c = 0; c < sqlite3_column_count(statement); c++) {
        put_string(text, c ? "," : "\n");
        put_cell(text, statement, c);
    }
}

/* Head and rows, and an empty line behind them; of an empty table nothing. */
static fab_status put_table(fab_context *context, fab_store *store, const struct fab_table_def *def, enum fab_statement kind, struct text *text)
{
    sqlite3_stmt *statement = NULL;
    bool row = false, first = true;
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, kind, &statement));
    for (;; first = false) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        if (first)
            put_head(text, def);
        put_row(text, statement);
    }
    if (!first)
        put_string(text, "\n\n");
    TRY_MEMORY(context, !text->failed);
out:
    sqlite3_finalize(statement);
    return status;
}

/* Tables that the model holds count whole; of the history the lots that are starting WIP. */
static fab_status put_inputs(fab_context *context, fab_store *store, struct text *text)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < fab_dictionary_count; t++) {
        const struct fab_table_def *def = &fab_dictionary[t];
        if (def->record_size > 0)
            TRY(put_table(context, store, def, FAB_STATEMENT_SELECT_SORTED, text));
        else if (strcmp(def->name, "lot") == 0 || strcmp(def->name, "lot_event") == 0)
            TRY(put_table(context, store, def, FAB_STATEMENT_SELECT_UNDER_WAY, text));
    }
out:
    return status;
}

static fab_status write_snapshot(fab_context *context, fab_store *store, const char *hex, const struct text *text)
{
    const fab_parameter parameters[] = {{":sha256", fab_text(hex)}, {":size", fab_integer((int64_t)text->length)}, {":content", {.type = FAB_NULL}}};
    sqlite3_stmt *statement = NULL;
    uLongf size = compressBound(text->length);
    int level = text->length > MOST_PRESSED ? Z_DEFAULT_COMPRESSION : Z_BEST_COMPRESSION;
    Bytef *bytes = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, bytes = malloc(size));
    TRY_MEMORY(context, compress2(bytes, &size, (const Bytef *)text->bytes, text->length, level) == Z_OK);
    TRY(fab_store_prepare_query(context, store, "store_write_input", &statement));
    TRY(fab_store_bind(context, store, statement, parameters, 3, FAB_INTERNAL));
    if (sqlite3_bind_blob64(statement, sqlite3_bind_parameter_index(statement, ":content"), bytes, size, SQLITE_STATIC) != SQLITE_OK)
        TRY(fab_store_fail(context, store));
    TRY(fab_store_execute(context, store, statement));
out:
    sqlite3_finalize(statement);
    free(bytes);
    return status;
}

/* The text of the snapshot, which the caller frees, and its digest. */
static fab_status make_snapshot(fab_context *context, fab_store *store, struct text *text, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = NULL;
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    TRY(put_inputs(context, store, text));
    TRY_MEMORY(context, sha256 = fab_sha256_new());
    TRY_MEMORY(context, fab_sha256_add(sha256, text->bytes ? text->bytes : "", text->length) && fab_sha256_finish(sha256, hex));
out:
    fab_sha256_free(sha256);
    return status;
}

fab_status fab_store_digest_input(fab_context *context, fab_store *store, char hex[65])
{
    struct text text = {0};
    fab_status status = make_snapshot(context, store, &text, hex);
    free(text.bytes);
    return status;
}

fab_status fab_store_keep_input(fab_context *context, fab_store *store, char hex[65])
{
    struct text text = {0};
    fab_status status = FAB_OK;
    TRY(make_snapshot(context, store, &text, hex));
    TRY(write_snapshot(context, store, hex, &text));
out:
    free(text.bytes);
    return status;
}
