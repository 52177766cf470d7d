/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "fail.h"
#include "own_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names that are tried: another process of the same number may have left a file or a folder behind. */
enum { TRIES = 100, FILE_MODE = 0666, FOLDER_MODE = 0777 };
#define FILE_PREFIX ".fabplan-"
#define FILE_SUFFIX ".tmp"
#define FOLDER_INFIX "part-"

static fab_status fail_output(fab_context *context, const char *path, const char *what)
{
    return fab_fail_errno(context, FAB_OUTPUT, "%s: %s", path, what);
}

/* Some file systems cannot synchronise a folder: what is in it is safe. */
static int synchronise(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return -1;
    int result = fsync(file);
    int error = errno;
    close(file);
    errno = error;
    return result != 0 && flags & O_DIRECTORY && error == EINVAL ? 0 : result;
}

/* ---- a file ---- */

/* "folder" of "folder/name", "." without one. */
static char *find_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* What killed processes have left in a folder; what cannot be removed stays. */
static void remove_left_files(const char *folder)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (fab_own_name_is_left(entry->d_name, FILE_PREFIX, FILE_SUFFIX))
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
}

/* A link would be replaced by the file, and what it leads to would stay as it is: neither is what was meant. */
static fab_status expect_replaceable(fab_context *context, const char *path)
{
    struct stat old;
    if (lstat(path, &old) != 0 || S_ISREG(old.st_mode))
        return FAB_OK;
    if (S_ISLNK(old.st_mode))
        return fab_fail(context, FAB_OUTPUT, "%s: is a symbolic link, must be the file itself; name what it leads to", path);
    return fab_fail(context, FAB_OUTPUT, "%s: not a file that can be replaced", path);
}

fab_status fab_output_begin(fab_context *context, const char *path, struct fab_output *output)
{
    char own[FAB_OWN_NAME_ROOM];
    fab_status status;
    *output = (struct fab_output){.path = path, .folder = find_folder(path)};
    if (!output->folder)
        return fab_fail_memory(context);
    if ((status = expect_replaceable(context, path)) != FAB_OK)
        return status;
    remove_left_files(output->folder);
    size_t size = strlen(output->folder) + sizeof own + sizeof "/" FILE_PREFIX FILE_SUFFIX;
    char *name = malloc(size);
    if (!name)
        return fab_fail_memory(context);
    for (int i = 0; i < TRIES; i++) {
        fab_own_name(own, sizeof own, i);
        snprintf(name, size, "%s/" FILE_PREFIX "%s" FILE_SUFFIX, output->folder, own);
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
        if (file >= 0) {
            close(file);
            output->temporary = name;
            return FAB_OK;
        }
        if (errno != EEXIST)
            break;
    }
    status = fail_output(context, path, "cannot be written");
    free(name);
    return status;
}

fab_status fab_output_write(fab_context *context, const struct fab_output *output, const char *text, size_t size)
{
    FILE *stream = fopen(output->temporary, "wb");
    if (!stream)
        return fail_output(context, output->path, "cannot be written");
    size_t written = fwrite(text, 1, size, stream);
    if (fclose(stream) != 0 || written != size)
        return fail_output(context, output->path, "could not be written");
    return FAB_OK;
}

fab_status fab_output_commit(fab_context *context, struct fab_output *output)
{
    if (synchronise(output->temporary, O_RDONLY) != 0)
        return fail_output(context, output->path, "could not be synchronised");
    if (rename(output->temporary, output->path) != 0)
        return fail_output(context, output->path, "could not be put in place");
    free(output->temporary);
    output->temporary = NULL;
    if (synchronise(output->folder, O_RDONLY | O_DIRECTORY) != 0)
        return fail_output(context, output->path, "its folder could not be synchronised");
    return FAB_OK;
}

void fab_output_end(struct fab_output *output)
{
    if (output->temporary)
        unlink(output->temporary);
    free(output->temporary);
    free(output->folder);
    *output = (struct fab_output){0};
}

/* ---- a folder ---- */

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

/* Length of a path without the slashes at its end. */
static int plain_length(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return (int)length;
}

/* Makes a folder whose name begins with a text. */
static fab_status make_folder(fab_context *context, fab_arena *arena, const char *folder, const char *infix, const char **temporary)
{
    char own[FAB_OWN_NAME_ROOM];
    for (int i = 0; i < TRIES; i++) {
        fab_own_name(own, sizeof own, i);
        char *name = fab_arena_printf(arena, "%.*s%s" FOLDER_INFIX "%s", plain_length(folder), folder, infix, own);
        if (!name)
            return fab_fail_memory(context);
        if (mkdir(name, FOLDER_MODE) == 0) {
            *temporary = name;
            return FAB_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return fail_output(context, folder, "cannot be written");
}

/* The folders in `place` whose names begin with `prefix` and that killed processes have left. */
static fab_status remove_left_folders(fab_context *context, fab_arena *arena, const char *place, const char *prefix)
{
    fab_status status = FAB_OK;
    DIR *directory = opendir(place);
    for (struct dirent *entry; directory && status == FAB_OK && (entry = readdir(directory)) != NULL;) {
        if (!fab_own_name_is_left(entry->d_name, prefix, ""))
            continue;
        const char *left = fab_arena_printf(arena, "%s/%s", place, entry->d_name);
        if (!left)
            status = fab_fail_memory(context);
        else
            fab_folder_remove(left);
    }
    if (directory)
        closedir(directory);
    return status;
}

/* Those that stand beside a folder, until they get its name. */
static fab_status remove_left_beside(fab_context *context, fab_arena *arena, const char *folder)
{
    const char *plain = fab_arena_printf(arena, "%.*s", plain_length(folder), folder);
    char *place = plain ? find_folder(plain) : NULL;
    const char *slash = plain ? strrchr(plain, '/') : NULL;
    const char *prefix = plain ? fab_arena_printf(arena, "%s." FOLDER_INFIX, slash ? slash + 1 : plain) : NULL;
    fab_status status = place && prefix ? remove_left_folders(context, arena, place, prefix) : fab_fail_memory(context);
    free(place);
    return status;
}

fab_status fab_folder_begin(fab_context *context, fab_arena *arena, const char *folder, const char **temporary)
{
    struct stat found;
    fab_status status;
    if (folder[0] == '\0')
        return fab_fail(context, FAB_USAGE, "the folder for the files has no name");
    if (lstat(folder, &found) == 0 && !(S_ISDIR(found.st_mode) && is_empty(folder)))
        return fab_fail(context, FAB_USAGE, "%s: exists and is not an empty folder", folder);
    if ((status = remove_left_beside(context, arena, folder)) != FAB_OK)
        return status;
    return make_folder(context, arena, folder, ".", temporary);
}

fab_status fab_folder_commit(fab_context *context, const char *temporary, const char *folder)
{
    if (synchronise(temporary, O_RDONLY | O_DIRECTORY) != 0)
        return fail_output(context, folder, "could not be synchronised");
    return rename(temporary, folder) == 0 ? FAB_OK : fail_output(context, folder, "could not be put in place");
}

fab_status fab_folder_begin_inside(fab_context *context, fab_arena *arena, const char *folder, const char **temporary)
{
    fab_status status = remove_left_folders(context, arena, folder, "." FOLDER_INFIX);
    return status != FAB_OK ? status : make_folder(context, arena, folder, "/.", temporary);
}

/* A name that has been moved may be given again by the list or not: both are well. */
fab_status fab_folder_commit_inside(fab_context *context, const char *temporary, const char *folder)
{
    int target = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = opendir(temporary);
    bool good = target >= 0 && directory;
    for (struct dirent *entry; good && (errno = 0, entry = readdir(directory)) != NULL;)
        good = is_dots(entry->d_name) || renameat(dirfd(directory), entry->d_name, target, entry->d_name) == 0 || errno == ENOENT;
    good = good && errno == 0 && rmdir(temporary) == 0 && (fsync(target) == 0 || errno == EINVAL);
    fab_status status = good ? FAB_OK : fail_output(context, folder, "could not be put in place");
    if (directory)
        closedir(directory);
    if (target >= 0)
        close(target);
    return status;
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
