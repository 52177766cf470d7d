/* At build time: what all migrations together make, as the file of an empty database, so that a new one need not go through them one by one, and as the list of its objects as store_schema.sql (QUERY)
 * gives them, so that a database can be held against it without making another one.
 *
 *     make_schema IMAGE LIST QUERY MIGRATION...
 *
 * The image is packed by zlib, behind two numbers of four bytes (the least first): the schema version, which is that of the last migration, and its bytes unpacked. In the list each field ends with a unit
 * separator. SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

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

static int make_object(void *user, int count, char **values, char **names)
{
    (void)count;
    (void)names;
    return sqlite3_exec(user, values[0], NULL, NULL, NULL) != SQLITE_OK;
}

static int write_fields(void *user, int count, char **values, char **names)
{
    (void)names;
    for (int v = 0; v < count; v++)
        if (fprintf(user, "%s\x1f", values[v]) < 0)
            return 1;
    return 0;
}

static bool write_list(sqlite3 *database, const char *path, const char *query)
{
    FILE *file = query ? fopen(path, "wb") : NULL;
    bool done = file && sqlite3_exec(database, query, write_fields, file, NULL) == SQLITE_OK;
    return file && fclose(file) == 0 && done;
}

static void put_number(unsigned char *bytes, unsigned long number)
{
    for (int b = 0; b < 4; b++)
        bytes[b] = (unsigned char)(number >> 8 * b);
}

/* A database without what the alterations have left. */
static bool write_image(sqlite3 *database, const char *path, int version)
{
    sqlite3 *fresh = NULL;
    sqlite3_int64 size = 0;
    unsigned char *image = NULL, *packed = NULL;
    uLongf length = 0;
    FILE *file = NULL;
    bool done = sqlite3_open(":memory:", &fresh) == SQLITE_OK &&
                sqlite3_exec(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid", make_object, fresh, NULL) == SQLITE_OK &&
                (image = sqlite3_serialize(fresh, "main", &size, 0)) != NULL;
    if (done) {
        length = compressBound((uLong)size);
        packed = malloc(8 + length);
        done = packed && compress2(packed + 8, &length, image, (uLong)size, Z_BEST_COMPRESSION) == Z_OK && (file = fopen(path, "wb")) != NULL;
    }
    if (done) {
        put_number(packed, (unsigned long)version);
        put_number(packed + 4, (unsigned long)size);
        done = fwrite(packed, 1, 8 + length, file) == 8 + length;
    }
    if (file && fclose(file) != 0)
        done = false;
    free(packed);
    sqlite3_free(image);
    sqlite3_close(fresh);
    return done;
}

int main(int count, char **arguments)
{
    enum { IMAGE = 1, LIST, QUERY, FIRST };
    sqlite3 *database = NULL;
    char *message = NULL, *sql = NULL;
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
    done = last && write_image(database, arguments[IMAGE], atoi(last + 1)) && write_list(database, arguments[LIST], sql);
    free(sql);
    sqlite3_free(message);
    sqlite3_close(database);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
