/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "internal.h"
#include "utf8.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fuzz_fail(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s:%d: ", file, line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    putc('\n', stderr);
    abort();
}

/* ---- files ---- */

static char folder[FUZZ_PATH_SIZE / 4];

static void remove_folder(void)
{
    fuzz_remove(folder);
}

const char *fuzz_folder(void)
{
    const char *place = getenv("TMPDIR");
    if (*folder)
        return folder;
    if (!place || !*place)
        place = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/fabplan-fuzz-XXXXXX", place);
    FUZZ_CHECK(mkdtemp(folder), "%s: cannot be made", folder);
    setenv("TMPDIR", folder, 1);
    atexit(remove_folder);
    return folder;
}

const char *fuzz_path(char path[FUZZ_PATH_SIZE], const char *name)
{
    int length = snprintf(path, FUZZ_PATH_SIZE, "%s/%s", fuzz_folder(), name);
    FUZZ_CHECK(length < FUZZ_PATH_SIZE, "%s: the name is too long", name);
    return path;
}

void fuzz_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file && fwrite(bytes, 1, size, file) == size, "%s: cannot be written", path);
    FUZZ_CHECK(fclose(file) == 0, "%s: cannot be written", path);
}

char *fuzz_read(const char *path, size_t *size)
{
    struct stat found;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    FUZZ_CHECK(fstat(fileno(file), &found) == 0, "%s: cannot be read", path);
    char *bytes = malloc((size_t)found.st_size + 1);
    FUZZ_CHECK(bytes, "out of memory");
    *size = fread(bytes, 1, (size_t)found.st_size, file);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

void fuzz_empty(const char *path)
{
    char inner[FUZZ_PATH_SIZE];
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < (int)sizeof inner && unlink(inner) != 0)
            fuzz_remove(inner);
    }
    if (directory)
        closedir(directory);
}

void fuzz_remove(const char *path)
{
    fuzz_empty(path);
    rmdir(path);
}

/* ---- the library ---- */

static int findings;

static void check_text(const char *text)
{
    size_t length = strlen(text);
    FUZZ_CHECK(length > 0 && !strpbrk(text, "\r\n"), "told a text of no or several lines: '%s'", text);
    FUZZ_CHECK(fab_utf8_valid_length(text, length) == length, "told a text that is not UTF-8: '%s'", text);
}

static void listen(void *user, fab_level level, const char *text)
{
    (void)user;
    check_text(text);
    findings += level == FAB_LEVEL_FINDING;
}

fab_context *fuzz_context(void)
{
    fab_context *context = fab_context_new();
    FUZZ_CHECK(context, "out of memory");
    fab_context_set_sink(context, listen, NULL);
    return context;
}

int fuzz_take_findings(void)
{
    int taken = findings;
    findings = 0;
    return taken;
}

void fuzz_check_failure(const fab_context *context, fab_status status)
{
    bool own = status == FAB_INTERNAL || status == FAB_NO_MEMORY || status == FAB_REJECTED || status == FAB_OUTPUT || status == FAB_BUSY;
    FUZZ_CHECK(!own, "%s: %s", fab_status_name(status), fab_context_message(context));
    check_text(fab_context_message(context));
}

struct fuzz_image fuzz_store_image(fab_store *store)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(store->db, "main", &size, 0);
    FUZZ_CHECK(bytes, "the database cannot be copied");
    return (struct fuzz_image){bytes, (size_t)size};
}

bool fuzz_store_is(fab_store *store, const struct fuzz_image *image)
{
    struct fuzz_image now = fuzz_store_image(store);
    bool same = now.size == image->size && memcmp(now.bytes, image->bytes, now.size) == 0;
    sqlite3_free(now.bytes);
    return same;
}

void fuzz_store_restore(fab_store *store, const struct fuzz_image *image)
{
    unsigned char *copy = sqlite3_malloc64(image->size);
    FUZZ_CHECK(copy, "out of memory");
    memcpy(copy, image->bytes, image->size);
    int code = sqlite3_deserialize(store->db, "main", copy, (sqlite3_int64)image->size, (sqlite3_int64)image->size,
                                   SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    FUZZ_CHECK(code == SQLITE_OK, "the database cannot be restored: %s", sqlite3_errmsg(store->db));
}
