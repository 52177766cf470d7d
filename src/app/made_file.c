/* What may be replaced without asking.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/fabplan.h>

#include "made.h"
#include "mark.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 4096 };

/* Text files say in their first lines what they are; an empty file holds nothing that could be lost. */
static bool is_made_text(const char *path)
{
    char text[ROOM + 1];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t size = fread(text, 1, ROOM, file);
    bool failed = ferror(file);
    int error = errno;
    fclose(file);
    errno = error;
    text[size] = '\0';
    return !failed && (size == 0 || strstr(text, FAB_MARK_PROGRAM) || strstr(text, FAB_MARK_PAGE));
}

bool fab_made_file(const char *path)
{
    return is_made_text(path) || fab_xlsx_is_made(path);
}
