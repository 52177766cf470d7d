/* At build time: what all migrations together make, as one script, so that a new database need not go through them one by one.
 *
 *     make_schema OUTPUT MIGRATION...
 *
 * The first line says the version: that of the last migration. SPDX-License-Identifier: GPL-3.0-or-later */
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

int main(int count, char **arguments)
{
    sqlite3 *database = NULL;
    char *message = NULL, *sql = NULL;
    FILE *file = NULL;
    bool done = count > 2 && sqlite3_open(":memory:", &database) == SQLITE_OK;
    for (int a = 2; done && a < count; a++) {
        sql = read_whole(arguments[a]);
        done = sql && sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK;
        if (!done)
            fprintf(stderr, "%s: %s\n", arguments[a], message ? message : "cannot be read");
        free(sql);
    }
    const char *last = done ? strrchr(arguments[count - 1], '/') : NULL;
    done = done && last && (file = fopen(arguments[1], "wb")) != NULL && fprintf(file, "-- Schema %d: what the migrations make.\n", atoi(last + 1)) > 0 &&
           sqlite3_exec(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid", write_object, file, NULL) == SQLITE_OK;
    if (file && fclose(file) != 0)
        done = false;
    sqlite3_free(message);
    sqlite3_close(database);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
