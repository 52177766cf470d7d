/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest.h"

#include "number.h"
#include "try.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Name of the digest of what is no content. */
#define RECORD "record"

enum { MOST_WORDS = 600 };

/* What the rows of a plan, or of a snapshot of yields, add up to. */
struct digest {
    fab_context *context;
    fab_store *store;
    const struct fab_sealed *kind;
    fab_sha256 *all, *record;
    fab_table *parts; /* name, sha256 */
    char content[FAB_SHA256_HEX_SIZE];
};

static void end_digest(struct digest *digest)
{
    fab_sha256_free(digest->all);
    fab_sha256_free(digest->record);
    fab_table_free(digest->parts);
}

bool fab_digest_add(fab_sha256 *sha256, sqlite3_stmt *statement, int column)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    const char *name = sqlite3_column_name(statement, column), *text = number;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return true;
    case SQLITE_INTEGER: snprintf(number, sizeof number, "%lld", sqlite3_column_int64(statement, column)); break;
    case SQLITE_FLOAT: fab_number_print(sqlite3_column_double(statement, column), number); break;
    default: text = (const char *)sqlite3_column_text(statement, column); break;
    }
    return name && text && fab_sha256_add(sha256, name, strlen(name)) && fab_sha256_add(sha256, text == number ? "=" : "='", text == number ? 1 : 2) &&
           fab_sha256_add(sha256, text, strlen(text)) && fab_sha256_add(sha256, "\x1F", 1);
}

/* A row of a table; what is no content goes to the record. */
static bool add_row(const struct digest *digest, fab_sha256 *sha256, const char *table, sqlite3_stmt *statement)
{
    bool is_head = strcmp(table, digest->kind->head) == 0, good = fab_sha256_add(sha256, table, strlen(table)) && fab_sha256_add(sha256, "\x1D", 1);
    for (int c = 0; good && c < sqlite3_column_count(statement); c++) {
        const char *name = sqlite3_column_name(statement, c);
        bool left_out = name && is_head && fab_sealed_is_left_out(digest->kind, name);
        if (name && (left_out || strcmp(name, digest->kind->key) == 0))
            good = !left_out || sha256 == digest->all || fab_digest_add(digest->record, statement, c);
        else
            good = fab_digest_add(sha256, statement, c);
    }
    return good && fab_sha256_add(sha256, "\x1E", 1);
}

static fab_status add_part(const struct digest *digest, const char *name, fab_sha256 *sha256)
{
    char hex[FAB_SHA256_HEX_SIZE];
    fab_value *row = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(digest->context, fab_sha256_finish(sha256, hex) && (row = fab_table_add_row(digest->parts)));
    row[0] = fab_text(fab_table_keep(digest->parts, name));
    row[1] = fab_text(fab_table_keep(digest->parts, hex));
    TRY_MEMORY(digest->context, row[0].text && row[1].text);
out:
    return status;
}

static fab_status digest_table(void *user, const char *table, sqlite3_stmt *statement)
{
    struct digest *digest = user;
    bool row = !fab_sealed_is_apart(digest->kind, table), some = false;
    fab_sha256 *own = fab_sha256_new(), *sum = fab_sealed_is_beside(digest->kind, table) ? digest->record : digest->all;
    fab_status status = FAB_OK;
    TRY_MEMORY(digest->context, own);
    while (row) {
        TRY(fab_store_step(digest->context, digest->store, statement, &row));
        TRY_MEMORY(digest->context, !row || (add_row(digest, sum, table, statement) && add_row(digest, own, table, statement)));
        some = some || row;
    }
    if (some)
        TRY(add_part(digest, table, own));
out:
    fab_sha256_free(own);
    return status;
}

/* With the columns of a schema, which may be older than the store's. */
static fab_status make_digest(struct digest *digest, fab_store *shape, int64_t number)
{
    static const char *const columns[] = {"name", "sha256"};
    fab_status status = FAB_OK;
    digest->all = fab_sha256_new();
    digest->record = fab_sha256_new();
    TRY_MEMORY(digest->context, digest->all && digest->record && (digest->parts = fab_table_new(digest->kind->digest, columns, 2)));
    TRY(fab_sealed_visit(digest->context, digest->store, digest->kind, shape, number, digest_table, digest));
    TRY_MEMORY(digest->context, fab_sha256_finish(digest->all, digest->content));
    TRY(add_part(digest, RECORD, digest->record));
out:
    return status;
}

static const char *find_part(const fab_table *parts, const char *name)
{
    for (int r = 0; r < fab_table_rows(parts); r++)
        if (strcmp(fab_table_get(parts, r, 0)->text, name) == 0)
            return fab_table_get(parts, r, 1)->text;
    return "";
}

/* A link: what it says, what is left out of that, with which columns, and the link before ("": none). */
static bool make_record(const char *content, const char *left_out, int64_t version, const char *before, char hex[FAB_SHA256_HEX_SIZE])
{
    char text[4 * FAB_SHA256_HEX_SIZE];
    fab_sha256 *sha256 = fab_sha256_new();
    int length = snprintf(text, sizeof text, "%s\x1F%s\x1F%lld\x1F%s", content, left_out, (long long)version, before);
    bool good = sha256 && fab_sha256_add(sha256, text, (size_t)length) && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    return good;
}

/* ---- sealing ---- */

static fab_status collect(fab_context *context, fab_store *store, const char *sql, int64_t number, fab_table **rows)
{
    const fab_parameter of_number = {":number", fab_integer(number)};
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare(context, store, sql, &statement));
    if (sqlite3_bind_parameter_count(statement) > 0)
        TRY(fab_store_bind(context, store, statement, &of_number, 1, FAB_INTERNAL));
    TRY(fab_store_collect(context, store, statement, "rows", INT_MAX, rows));
out:
    sqlite3_finalize(statement);
    return status;
}

static const char *text_at(const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    return value->type == FAB_TEXT ? value->text : "";
}

/* The record of the newest one before; "": there is none. */
static fab_status find_before(fab_context *context, fab_store *store, const struct fab_sealed *kind, int64_t number, char before[FAB_SHA256_HEX_SIZE])
{
    fab_table *all = NULL;
    fab_status status = FAB_OK;
    *before = '\0';
    TRY(collect(context, store, kind->select_all, 0, &all));
    for (int r = 0; r < fab_table_rows(all); r++)
        if (fab_table_get(all, r, 0)->integer < number && *text_at(all, r, 3))
            snprintf(before, FAB_SHA256_HEX_SIZE, "%s", text_at(all, r, 3));
out:
    fab_table_free(all);
    return status;
}

/* The row of the hashes. */
static fab_status insert_hash(const struct digest *digest, int64_t number)
{
    const char *const columns[] = {digest->kind->key, "content_sha256", "schema_version", "record_sha256"};
    char before[FAB_SHA256_HEX_SIZE], record[FAB_SHA256_HEX_SIZE];
    fab_table *table = NULL;
    fab_value *row = NULL;
    fab_status status = FAB_OK;
    int version = fab_store_schema_version();
    TRY(find_before(digest->context, digest->store, digest->kind, number, before));
    TRY_MEMORY(digest->context, make_record(digest->content, find_part(digest->parts, RECORD), version, before, record));
    TRY_MEMORY(digest->context, (table = fab_table_new(digest->kind->hash, columns, 4)) && (row = fab_table_add_row(table)));
    row[0] = fab_integer(number);
    row[1] = fab_text(digest->content);
    row[2] = fab_integer(version);
    row[3] = fab_text(record);
    TRY(fab_store_insert(digest->context, digest->store, table));
out:
    fab_table_free(table);
    return status;
}

static fab_status insert_parts(const struct digest *digest, int64_t number)
{
    const char *const columns[] = {digest->kind->key, "name", "sha256"};
    fab_table *table = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(digest->context, table = fab_table_new(digest->kind->digest, columns, 3));
    for (int r = 0; r < fab_table_rows(digest->parts); r++) {
        fab_value *row = fab_table_add_row(table);
        TRY_MEMORY(digest->context, row);
        row[0] = fab_integer(number);
        row[1] = *fab_table_get(digest->parts, r, 0);
        row[2] = *fab_table_get(digest->parts, r, 1);
    }
    TRY(fab_store_insert(digest->context, digest->store, table));
out:
    fab_table_free(table);
    return status;
}

fab_status fab_digest_seal(fab_context *context, fab_store *store, const struct fab_sealed *kind, int64_t number)
{
    struct digest digest = {.context = context, .store = store, .kind = kind};
    fab_status status = FAB_OK;
    TRY(make_digest(&digest, store, number));
    TRY(insert_hash(&digest, number));
    TRY(insert_parts(&digest, number));
    TRY(fab_digest_seal_rows(context, store));
out:
    end_digest(&digest);
    return status;
}

fab_status fab_store_seal_plan(fab_context *context, fab_store *store, int64_t plan)
{
    fab_store_enter(store, context);
    return fab_digest_seal(context, store, &fab_sealed_plan, plan);
}

fab_status fab_store_seal_snapshot(fab_context *context, fab_store *store, int64_t snapshot)
{
    fab_store_enter(store, context);
    return fab_digest_seal(context, store, &fab_sealed_yields, snapshot);
}

fab_status fab_store_seal_sweep(fab_context *context, fab_store *store, int64_t sweep)
{
    fab_store_enter(store, context);
    return fab_digest_seal(context, store, &fab_sealed_sweep, sweep);
}

/* ---- checking ---- */

/* A database without rows of a schema before; it is brought forward from version to version. */
struct shape {
    fab_store *store;
    int version;
};

static void free_shape(struct shape *shape)
{
    fab_store_close(shape->store);
    *shape = (struct shape){0};
}

struct check {
    fab_context *context;
    fab_store *store;
    const struct fab_sealed *kind;
    struct shape *shape;
    fab_table *wrong;
    int64_t before_number; /* of the link before */
    char before[FAB_SHA256_HEX_SIZE];
    bool broken; /* the first broken link was named */
};

fab_status fab_digest_add_wrong(fab_context *context, fab_table *wrong, const char *what, int64_t number, const char *detail)
{
    fab_value *row = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, row = fab_table_add_row(wrong));
    row[0] = fab_text(what);
    row[1] = fab_integer(number);
    row[2] = fab_text(fab_table_keep(wrong, detail));
    TRY_MEMORY(context, row[2].text);
out:
    return status;
}

static void say(char words[MOST_WORDS], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(char words[MOST_WORDS], const char *format, ...)
{
    size_t length = strlen(words);
    va_list arguments;
    if (length > 0 && length + 2 < MOST_WORDS) {
        memcpy(words + length, ", ", 3);
        length += 2;
    }
    va_start(arguments, format);
    vsnprintf(words + length, MOST_WORDS - length, format, arguments);
    va_end(arguments);
}

/* What has the columns of a version: the database itself, or the shape. Versions are mostly asked for in ascending order. */
static fab_status find_shape(struct check *check, int64_t version, fab_store **found)
{
    struct shape *shape = check->shape;
    fab_status status = FAB_OK;
    *found = check->store;
    if (version == fab_store_schema_version())
        return FAB_OK;
    if (shape->version > version)
        free_shape(shape);
    if (!shape->store)
        TRY(fab_store_open_memory(check->context, &shape->store));
    TRY(fab_store_migrate(check->context, shape->store, shape->version, (int)version));
    shape->version = (int)version;
    *found = shape->store;
out:
    return status;
}

static fab_status digest_content(struct check *check, int version, int64_t number, char hex[FAB_SHA256_HEX_SIZE])
{
    struct digest digest = {.context = check->context, .store = check->store, .kind = check->kind};
    fab_store *shape = NULL;
    fab_status status = FAB_OK;
    TRY(find_shape(check, version, &shape));
    TRY(make_digest(&digest, shape, number));
    snprintf(hex, FAB_SHA256_HEX_SIZE, "%s", digest.content);
out:
    end_digest(&digest);
    return status;
}

/* Of a plan whose schema is not known: whether its rows have the hash over the columns of one of those that it can be of. */
static fab_status check_old(struct check *check, int64_t number, const char *content, bool *good)
{
    char hex[FAB_SHA256_HEX_SIZE];
    fab_status status = FAB_OK;
    *good = false;
    for (int version = check->kind->first_version; version <= fab_store_schema_version() && !*good; version++) {
        TRY(digest_content(check, version, number, hex));
        *good = strcmp(hex, content) == 0;
    }
out:
    return status;
}

/* Names the tables whose digest is another, or that only one of the two has. */
static void compare_parts(const fab_table *found, const fab_table *stored, char words[MOST_WORDS])
{
    for (int r = 0; r < fab_table_rows(found); r++) {
        const char *name = fab_table_get(found, r, 0)->text, *kept = find_part(stored, name);
        bool record = strcmp(name, RECORD) == 0;
        if (strcmp(kept, fab_table_get(found, r, 1)->text) != 0)
            say(words, "%s", record ? "name, times, work or versions of it" : name);
    }
    for (int r = 0; r < fab_table_rows(stored); r++)
        if (!*find_part(found, fab_table_get(stored, r, 0)->text))
            say(words, "%s", fab_table_get(stored, r, 0)->text);
}

/* Its hashes, as they are stored: row r of select_all. */
static fab_status check_link(struct check *check, const fab_table *all, int r, const struct digest *digest, char words[MOST_WORDS])
{
    fab_table *stored = NULL;
    char record[FAB_SHA256_HEX_SIZE];
    const char *content = text_at(all, r, 1);
    fab_status status = FAB_OK;
    TRY(collect(check->context, check->store, check->kind->select_digest, fab_table_get(all, r, 0)->integer, &stored));
    compare_parts(digest->parts, stored, words);
    if (!*words && strcmp(digest->content, content) != 0)
        say(words, "content_sha256 in %s", check->kind->hash);
    else if (*words && strcmp(digest->content, content) == 0 && strcmp(find_part(stored, RECORD), find_part(digest->parts, RECORD)) == 0)
        say(words, "or rather their digests in %s", check->kind->digest);
    TRY_MEMORY(check->context, make_record(content, find_part(digest->parts, RECORD), fab_table_get(all, r, 2)->integer, check->before, record));
    if (!*words && strcmp(record, text_at(all, r, 3)) != 0) {
        say(words, "record_sha256 in %s", check->kind->hash);
        if (*check->before)
            say(words, "or that of %s %lld before it, or one in between is gone", check->kind->word, (long long)check->before_number);
    }
out:
    fab_table_free(stored);
    return status;
}

static fab_status check_one(struct check *check, const fab_table *all, int r, char words[MOST_WORDS])
{
    int64_t number = fab_table_get(all, r, 0)->integer, version = fab_table_get(all, r, 2)->integer;
    struct digest digest = {.context = check->context, .store = check->store, .kind = check->kind};
    fab_store *shape = NULL;
    fab_table *stored = NULL;
    fab_status status = FAB_OK;
    bool good = true, dated = fab_table_get(all, r, 2)->type == FAB_INTEGER;
    if (dated && (version < check->kind->first_version || version > fab_store_schema_version())) {
        say(words, "schema_version in %s", check->kind->hash);
    } else if (dated) {
        TRY(find_shape(check, version, &shape));
        TRY(make_digest(&digest, shape, number));
        TRY(check_link(check, all, r, &digest, words));
    } else {
        TRY(collect(check->context, check->store, check->kind->select_digest, number, &stored));
        if (*check->before || fab_table_rows(stored) > 0)
            say(words, "its row in %s", check->kind->hash);
        else if (*text_at(all, r, 1))
            TRY(check_old(check, number, text_at(all, r, 1), &good));
        if (!good)
            say(words, "its rows: their hash is another");
    }
out:
    end_digest(&digest);
    fab_table_free(stored);
    return status;
}

static fab_status check_kind(struct check *check)
{
    fab_table *all = NULL;
    fab_status status = FAB_OK;
    TRY(collect(check->context, check->store, check->kind->select_all, 0, &all));
    for (int r = 0; r < fab_table_rows(all); r++) {
        char words[MOST_WORDS] = "", detail[MOST_WORDS + 100];
        TRY(check_one(check, all, r, words));
        snprintf(detail, sizeof detail, "not what was stored%s: %s", check->broken ? "" : " (first broken link of the records)", words);
        if (*words) {
            check->broken = true;
            TRY(fab_digest_add_wrong(check->context, check->wrong, check->kind->word, fab_table_get(all, r, 0)->integer, detail));
        }
        if (*text_at(all, r, 3)) {
            snprintf(check->before, sizeof check->before, "%s", text_at(all, r, 3));
            check->before_number = fab_table_get(all, r, 0)->integer;
        }
    }
out:
    fab_table_free(all);
    return status;
}

fab_status fab_digest_content(fab_context *context, fab_store *store, const struct fab_sealed *kind, int version, int64_t number, char hex[FAB_SHA256_HEX_SIZE])
{
    struct shape shape = {0};
    struct check check = {.context = context, .store = store, .kind = kind, .shape = &shape};
    fab_store_enter(store, context);
    fab_status status = digest_content(&check, version, number, hex);
    free_shape(&shape);
    return status;
}

fab_status fab_store_check_digests(fab_context *context, fab_store *store, fab_table **wrong)
{
    static const char *const columns[] = {"what", "number", "detail"};
    const struct fab_sealed *const kinds[] = {&fab_sealed_plan, &fab_sealed_yields, &fab_sealed_sweep};
    struct shape shape = {0};
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    *wrong = NULL;
    TRY_MEMORY(context, *wrong = fab_table_new("wrong", columns, 3));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct check check = {.context = context, .store = store, .kind = kinds[k], .shape = &shape, .wrong = *wrong};
        TRY(check_kind(&check));
    }
    TRY(fab_digest_check_rows(context, store, *wrong));
out:
    free_shape(&shape);
    if (status != FAB_OK) {
        fab_table_free(*wrong);
        *wrong = NULL;
    }
    return status;
}
