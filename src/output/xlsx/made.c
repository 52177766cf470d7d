/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made.h"

#include "mark.h"

#include <errno.h>
#include <minizip/unzip.h>
#include <string.h>

enum { ROOM = 4096 /* docProps/core.xml has some 700 bytes */ };

static bool has_author(unzFile zip)
{
    char text[ROOM + 1];
    if (unzLocateFile(zip, "docProps/core.xml", 1) != UNZ_OK || unzOpenCurrentFile(zip) != UNZ_OK)
        return false;
    int size = unzReadCurrentFile(zip, text, ROOM);
    unzCloseCurrentFile(zip);
    text[size > 0 ? size : 0] = '\0';
    return strstr(text, "<dc:creator>" FAB_MARK_AUTHOR "</dc:creator>") != NULL;
}

bool fab_xlsx_is_made(const char *path)
{
    char comment[sizeof FAB_MARK_REMARKED] = "";
    unzFile zip = unzOpen(path);
    if (!zip)
        return false;
    unzGetGlobalComment(zip, comment, sizeof comment - 1);
    bool made = strcmp(comment, FAB_MARK_REMARKED) == 0 || has_author(zip);
    int error = errno;
    unzClose(zip);
    errno = error;
    return made;
}
