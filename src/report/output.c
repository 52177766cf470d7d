/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names that are tried: another process of the same number may have left a file behind. */
enum { TRIES = 100, NAME_ROOM = 64, FILE_MODE = 0666 };

static fab_status fail_output(fab_context *context, const char *path, const char *what)
{
    return fab_fail(context, FAB_OUTPUT, "%s: %s: %s", path, what, strerror(errno));
}

/* "folder" of "folder/name", "." without one. */
static char *find_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

fab_status fab_output_begin(fab_context *context, const char *path, struct fab_output *output)
{
    struct stat old;
    *output = (struct fab_output){.path = path, .folder = find_folder(path)};
    if (!output->folder)
        return fab_fail_memory(context);
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
        return fab_fail(context, FAB_OUTPUT, "%s: not a file that can be replaced", path);
    size_t size = strlen(output->folder) + NAME_ROOM;
    char *name = malloc(size);
    if (!name)
        return fab_fail_memory(context);
    for (int i = 0; i < TRIES; i++) {
        snprintf(name, size, "%s/.fabplan-%ld-%d.tmp", output->folder, (long)getpid(), i);
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
        if (file >= 0) {
            close(file);
            output->temporary = name;
            return FAB_OK;
        }
        if (errno != EEXIST)
            break;
    }
    fab_status status = fail_output(context, path, "cannot be written");
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

static int synchronise(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return -1;
    int result = fsync(file);
    close(file);
    return result;
}

fab_status fab_output_commit(fab_context *context, struct fab_output *output)
{
    if (synchronise(output->temporary, O_RDONLY) != 0)
        return fail_output(context, output->path, "could not be synchronised");
    if (rename(output->temporary, output->path) != 0)
        return fail_output(context, output->path, "could not be put in place");
    free(output->temporary);
    output->temporary = NULL;
    /* some file systems cannot synchronise a folder: the file itself is safe */
    if (synchronise(output->folder, O_RDONLY | O_DIRECTORY) != 0 && errno != EINVAL)
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
