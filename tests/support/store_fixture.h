/* What the tests of the store share: a context that keeps what it is told, folders that go away, files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_FIXTURE_H
#define FAB_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv_source.h"
#include "store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIXTURE_LINES = 400, FIXTURE_LINE_SIZE = 4096, FIXTURE_PATH_SIZE = 512 };

struct fixture {
    fab_context *context;
    char folder[FIXTURE_PATH_SIZE];
    char *lines[FIXTURE_LINES]; /* findings and warnings, in order */
    fab_level levels[FIXTURE_LINES];
    int line_count;
};

static inline void fixture_sink(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    assert_true(fixture->line_count < FIXTURE_LINES);
    fixture->levels[fixture->line_count] = level;
    fixture->lines[fixture->line_count++] = strdup(text);
}

static inline void fixture_clear(struct fixture *fixture)
{
    while (fixture->line_count > 0)
        free(fixture->lines[--fixture->line_count]);
}

static inline int fixture_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    fab_context_set_sink(fixture->context, fixture_sink, fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "%s/fabplan-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    *state = fixture;
    return 0;
}

/* Removes a folder of files and folders of files. */
static inline void fixture_remove(const char *folder)
{
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        char *path = malloc(size);
        snprintf(path, size, "%s/%s", folder, entry->d_name);
        if (unlink(path) != 0)
            fixture_remove(path);
        free(path);
    }
    if (directory)
        closedir(directory);
    rmdir(folder);
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    fixture_clear(fixture);
    fixture_remove(fixture->folder);
    fab_context_free(fixture->context);
    free(fixture);
    return 0;
}

static inline const char *fixture_path(struct fixture *fixture, const char *name, char path[FIXTURE_PATH_SIZE * 2])
{
    snprintf(path, FIXTURE_PATH_SIZE * 2, "%s/%s", fixture->folder, name);
    return path;
}

static inline void fixture_write(struct fixture *fixture, const char *name, const char *text, size_t size)
{
    char path[FIXTURE_PATH_SIZE * 2];
    FILE *file = fopen(fixture_path(fixture, name, path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Whole contents, to be freed; a NUL follows. */
static inline char *fixture_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

/* Fails with the message when a call did not work. */
static inline void fixture_ok(struct fixture *fixture, fab_status status)
{
    if (status == FAB_OK)
        return;
    for (int i = 0; i < fixture->line_count; i++)
        print_error("%s\n", fixture->lines[i]);
    fail_msg("%s: %s", fab_status_name(status), fab_context_message(fixture->context));
}

/* Imports a path; must work. */
static inline void fixture_import(struct fixture *fixture, fab_store *store, const char *path)
{
    const char *paths[] = {path};
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, NULL, NULL));
}

/* The single integer of a SELECT. */
static inline int64_t fixture_integer(struct fixture *fixture, fab_store *store, const char *sql)
{
    fab_table *table = NULL;
    fixture_ok(fixture, fab_store_select_text(fixture->context, store, sql, "test", NULL, 0, &table));
    assert_int_equal(fab_table_rows(table), 1);
    int64_t integer = fab_table_get(table, 0, 0)->integer;
    fab_table_free(table);
    return integer;
}

static inline void assert_message(struct fixture *fixture, const char *part)
{
    if (!strstr(fab_context_message(fixture->context), part))
        fail_msg("'%s' is not in '%s'", part, fab_context_message(fixture->context));
}

#endif
