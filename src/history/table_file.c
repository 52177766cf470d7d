/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_file.h"

#include "csv_file.h"
#include "date.h"
#include "dictionary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names that are tried: another process of the same number may have left a folder behind. */
enum { TRIES = 100, CELL_ROOM = 32, SECONDS_A_DAY = 86400 };

/* ---- folders ---- */

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool is_empty(const char *folder)
{
    DIR *directory = opendir(folder);
    bool empty = directory != NULL;
    for (struct dirent *entry; empty && (entry = readdir(directory)) != NULL;)
        empty = is_dots(entry->d_name);
    if (directory)
        closedir(directory);
    return empty;
}

fab_status fab_folder_begin(fab_context *context, fab_arena *arena, const char *folder, const char **temporary)
{
    struct stat found;
    if (folder[0] == '\0')
        return fab_fail(context, FAB_USAGE, "the folder for the files has no name");
    if (lstat(folder, &found) == 0 && !(S_ISDIR(found.st_mode) && is_empty(folder)))
        return fab_fail(context, FAB_USAGE, "%s: exists and is not an empty folder", folder);
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    for (int i = 0; i < TRIES; i++) {
        char *name = fab_arena_printf(arena, "%.*s.part-%ld-%d", (int)length, folder, (long)getpid(), i);
        if (!name)
            return fab_fail_memory(context);
        if (mkdir(name, 0777) == 0) {
            *temporary = name;
            return FAB_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return fab_fail(context, FAB_OUTPUT, "%s: cannot be written: %s", folder, strerror(errno));
}

fab_status fab_folder_commit(fab_context *context, const char *temporary, const char *folder)
{
    int file = open(temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool safe = file >= 0 && (fsync(file) == 0 || errno == EINVAL); /* some file systems cannot synchronise a folder */
    int error = errno;
    if (file >= 0)
        close(file);
    if (!safe)
        return fab_fail(context, FAB_OUTPUT, "%s: could not be synchronised: %s", folder, strerror(error));
    if (rename(temporary, folder) != 0)
        return fab_fail(context, FAB_OUTPUT, "%s: could not be put in place: %s", folder, strerror(errno));
    return FAB_OK;
}

void fab_folder_remove(const char *temporary)
{
    DIR *directory = opendir(temporary);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (!is_dots(entry->d_name))
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(temporary);
}

/* ---- cells ---- */

static void write_bytes(fab_table_file *file, const char *bytes, size_t size)
{
    if (size > 0 && fwrite(bytes, 1, size, file->file) != size && file->error == 0)
        file->error = errno;
}

static void flush_buffer(fab_table_file *file)
{
    write_bytes(file, file->buffer, file->used);
    file->used = 0;
}

static char *begin_cell(fab_table_file *file, size_t room)
{
    if (file->used + room + 1 > FAB_TABLE_FILE_BUFFER)
        flush_buffer(file);
    if (file->row)
        file->buffer[file->used++] = ',';
    file->row = true;
    return file->buffer + file->used;
}

void fab_table_file_text(fab_table_file *file, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length + CELL_ROOM > FAB_TABLE_FILE_BUFFER) { /* longer than any cell of the dictionary, but never beyond the buffer */
        begin_cell(file, 0);
        flush_buffer(file);
        write_bytes(file, text, length);
        return;
    }
    char *place = begin_cell(file, length);
    if (length > 0)
        memcpy(place, text, length);
    file->used += length;
}

void fab_table_file_number(fab_table_file *file, int64_t number)
{
    char digits[CELL_ROOM], *place = begin_cell(file, CELL_ROOM);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int count = 0;
    do
        digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        digits[count++] = '-';
    for (int i = 0; i < count; i++)
        place[i] = digits[count - 1 - i];
    file->used += (size_t)count;
}

static void print_two(char *place, int number)
{
    place[0] = (char)('0' + number / 10);
    place[1] = (char)('0' + number % 10);
}

void fab_table_file_time(fab_table_file *file, int64_t seconds)
{
    enum { DAY_LENGTH = 10, TIME_LENGTH = 19 };
    char *place = begin_cell(file, CELL_ROOM);
    int64_t day = seconds >= 0 ? seconds / SECONDS_A_DAY : -((SECONDS_A_DAY - 1 - seconds) / SECONDS_A_DAY);
    int second = (int)(seconds - day * SECONDS_A_DAY);
    if (day != file->day || file->day_text[0] == '\0') {
        fab_date_print((int32_t)day, file->day_text);
        file->day = day;
    }
    memcpy(place, file->day_text, DAY_LENGTH);
    memcpy(place + DAY_LENGTH, "T00:00:00", TIME_LENGTH - DAY_LENGTH);
    print_two(place + 11, second / 3600);
    print_two(place + 14, second / 60 % 60);
    print_two(place + 17, second % 60);
    file->used += TIME_LENGTH;
}

void fab_table_file_end_row(fab_table_file *file)
{
    fab_table_file_text(file, file->basis);
    file->buffer[file->used++] = '\n'; /* begin_cell keeps room for it */
    file->row = false;
    file->rows++;
}

const char *fab_csv_field_of(fab_arena *arena, const char *text)
{
    char *bytes = NULL, *field = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    if (!file)
        return NULL;
    fab_csv_write_text(file, text);
    if (fclose(file) == 0)
        field = fab_arena_dup_length(arena, bytes, size);
    free(bytes);
    return field;
}

/* ---- files ---- */

fab_status fab_table_file_open(fab_context *context, fab_table_file *file, const char *folder, const char *table, const char *basis)
{
    const struct fab_table_def *def = fab_dictionary_find(table);
    size_t size = strlen(folder) + strlen(table) + CELL_ROOM;
    *file = (fab_table_file){.path = malloc(size), .buffer = malloc(FAB_TABLE_FILE_BUFFER + CELL_ROOM), .basis = "basis"};
    if (!file->path || !file->buffer)
        return fab_fail_memory(context);
    snprintf(file->path, size, "%s/%s.csv", folder, table);
    file->file = fopen(file->path, "wbxe");
    if (!file->file)
        return fab_fail(context, FAB_OUTPUT, "%s: cannot be written: %s", file->path, strerror(errno));
    setvbuf(file->file, NULL, _IONBF, 0); /* the rows have a buffer already */
    for (int c = 0; c < def->column_count; c++)
        fab_table_file_text(file, def->columns[c].name);
    fab_table_file_end_row(file);
    file->basis = basis;
    file->rows = 0;
    return FAB_OK;
}

fab_status fab_table_file_close(fab_context *context, fab_table_file *file)
{
    flush_buffer(file);
    if (file->error == 0 && fsync(fileno(file->file)) != 0)
        file->error = errno;
    if (fclose(file->file) != 0 && file->error == 0)
        file->error = errno;
    file->file = NULL;
    if (file->error != 0)
        return fab_fail(context, FAB_OUTPUT, "%s: could not be written: %s", file->path, strerror(file->error));
    return FAB_OK;
}

void fab_table_file_free(fab_table_file *file)
{
    if (file->file)
        fclose(file->file);
    free(file->path);
    free(file->buffer);
    *file = (fab_table_file){0};
}
