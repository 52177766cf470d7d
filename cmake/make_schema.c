/* At build time: what all migrations together make, as one script, so that a new database need not go through them one by one, and as the list of its objects as store_schema.sql (QUERY) gives them,
 * so that a database can be held against it without making another one.
 *
 *     make_schema SCRIPT LIST QUERY MIGRATION...
 *
 * The script's first line says the version: that of the last migration. In the list each field ends with a unit separator. SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = size >= 0 ? calloc((size_t)size + 1, 1) : NULL;
    bool whole = text && fseek(file, 0, SEEK_SET) == 0 && fread(text, 1, (size_t)size, file) == (size_t)size;
    if (file)
        fclose(file);
    if (whole)
        return text;
    free(text);
    return NULL;
}

static int write_object(void *user, int count, char **values, char **names)
{
    (void)count;
    (void)names;
    return fprintf(user, "\n%s;\n", values[0]) < 0;
}

static int write_fields(void *user, int count, char **values, char **names)
{
    (void)names;
    for (int v = 0; v < count; v++)
        if (fprintf(user, "%s\x1f", values[v]) < 0)
            return 1;
    return 0;
}

/* What a query gives, behind a first line. */
static bool write_rows(sqlite3 *database, const char *path, const char *head, const char *query, int (*write)(void *, int, char **, char **))
{
    FILE *file = query ? fopen(path, "wb") : NULL;
    bool done = file && fputs(head, file) >= 0 && sqlite3_exec(database, query, write, file, NULL) == SQLITE_OK;
    return file && fclose(file) == 0 && done;
}

int main(int count, char **arguments)
{
    enum { SCRIPT = 1, LIST, QUERY, FIRST };
    sqlite3 *database = NULL;
    char *message = NULL, *sql = NULL, head[64];
    bool done = count > FIRST && sqlite3_open(":memory:", &database) == SQLITE_OK;
    for (int a = FIRST; done && a < count; a++) {
        sql = read_whole(arguments[a]);
        done = sql && sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK;
        if (!done)
            fprintf(stderr, "%s: %s\n", arguments[a], message ? message : "cannot be read");
        free(sql);
    }
    const char *last = done ? strrchr(arguments[count - 1], '/') : NULL;
    sql = last ? read_whole(arguments[QUERY]) : NULL;
    snprintf(head, sizeof head, "-- Schema %d: what the migrations make.\n", last ? atoi(last + 1) : 0);
    done = last && write_rows(database, arguments[SCRIPT], head, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid", write_object) &&
           write_rows(database, arguments[LIST], "", sql, write_fields);
    free(sql);
    sqlite3_free(message);
    sqlite3_close(database);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
