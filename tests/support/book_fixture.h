/* A database in memory with the made-up plan of book_fixture.sql, and the callback with which reports read it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BOOK_FIXTURE_H
#define FAB_BOOK_FIXTURE_H

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_tables.h"
#include "source.h"

struct fixture {
    fab_context *context;
    sqlite3 *database;
    fab_arena *arena;
    int plan;         /* that the SELECTs are for */
    int selects;      /* made so far */
    int interrupt_at; /* the SELECT after which the context is interrupted, 0: none */
};

/* Runs a file of SQL; ends the program when it cannot. */
static inline void fixture_run(sqlite3 *database, const char *path)
{
    char *text = NULL, *message = NULL;
    size_t size = 0;
    FILE *in = fopen(path, "rb"), *out = open_memstream(&text, &size);
    for (int c; in && out && (c = fgetc(in)) != EOF;)
        fputc(c, out);
    if (!in || !out || fclose(out) || sqlite3_exec(database, text, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", path, message ? message : "cannot be read");
        abort();
    }
    fclose(in);
    free(text);
}

static inline int fixture_is_sql(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".sql") == 0;
}

/* The schema of the program and the made-up plan. */
static inline sqlite3 *fixture_make(void)
{
    struct dirent **files = NULL;
    char path[1024];
    sqlite3 *made = NULL;
    if (sqlite3_open(":memory:", &made) != SQLITE_OK)
        abort();
    int count = scandir(FAB_SOURCE_FOLDER "/schema/migrations", &files, fixture_is_sql, alphasort);
    for (int f = 0; f < count; f++) {
        snprintf(path, sizeof path, FAB_SOURCE_FOLDER "/schema/migrations/%s", files[f]->d_name);
        fixture_run(made, path);
        free(files[f]);
    }
    free(files);
    fixture_run(made, FAB_SOURCE_FOLDER "/tests/support/book_fixture.sql");
    return made;
}

/* A copy of the one database that a program makes: the migrations take a second. */
static inline void fixture_open(struct fixture *fixture)
{
    static sqlite3 *made = NULL;
    *fixture = (struct fixture){.context = fab_context_new(), .arena = fab_arena_new(), .plan = 1};
    made = made ? made : fixture_make();
    sqlite3_backup *copy = NULL;
    if (!fixture->context || !fixture->arena || sqlite3_open(":memory:", &fixture->database) != SQLITE_OK || !(copy = sqlite3_backup_init(fixture->database, "main", made, "main")) ||
        sqlite3_backup_step(copy, -1) != SQLITE_DONE || sqlite3_backup_finish(copy) != SQLITE_OK)
        abort();
}

static inline void fixture_close(struct fixture *fixture)
{
    sqlite3_close(fixture->database);
    fab_context_free(fixture->context);
    fab_arena_free(fixture->arena);
}

static inline fab_value fixture_value(fab_table *table, sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return fab_integer(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return fab_real(sqlite3_column_double(statement, column));
    case SQLITE_TEXT: return fab_text(fab_table_keep(table, (const char *)sqlite3_column_text(statement, column)));
    default: return (fab_value){.type = FAB_NULL};
    }
}

/* fab_book_select over SQLite; user is the fixture. */
static inline fab_status fixture_select(void *user, const char *sql, const char *origin, fab_table **result)
{
    struct fixture *fixture = user;
    sqlite3_stmt *statement = NULL;
    const char *names[256];
    *result = NULL;
    if (sqlite3_prepare_v2(fixture->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return fab_fail(fixture->context, FAB_INPUT, "%s: %s", origin, sqlite3_errmsg(fixture->database));
    int columns = sqlite3_column_count(statement), plan = sqlite3_bind_parameter_index(statement, ":plan");
    if (plan)
        sqlite3_bind_int(statement, plan, fixture->plan);
    for (int c = 0; c < columns; c++)
        names[c] = sqlite3_column_name(statement, c);
    fab_table *table = fab_table_new(origin, names, columns);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        fab_value *row = fab_table_add_row(table);
        for (int c = 0; c < columns; c++)
            row[c] = fixture_value(table, statement, c);
    }
    sqlite3_finalize(statement);
    if (++fixture->selects == fixture->interrupt_at)
        fab_context_interrupt(fixture->context);
    *result = table;
    return FAB_OK;
}

/* The definitions of the program, replaced and added to by a folder's (may be NULL), over the fixture. */
static inline struct fab_book_source fixture_source(struct fixture *fixture, const char *folder)
{
    struct fab_book_source source = {.reports_folder = folder, .select = fixture_select, .user = fixture};
    if (!fab_input_tables_get(fixture->arena, &source))
        abort();
    return source;
}

#endif
