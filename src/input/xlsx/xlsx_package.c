#define _GNU_SOURCE /* strcasestr */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_package.h"

#include "arena.h"
#include "fail.h"
#include "try.h"
#include "utf8.h"
#include "xlsx_damage.h"
#include "xlsx_signature.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN = 60, SHOWN_SIZE = 4 * SHOWN + 8, HEAD_SIZE = 4096, MEGABYTE = 1 << 20 };

/* ---- one part ---- */

static bool has_step_up(const char *name)
{
    for (const char *step = name; step; step = strchr(step, '/') ? strchr(step, '/') + 1 : NULL)
        if (strncmp(step, "..", 2) == 0 && (step[2] == '/' || step[2] == '\0'))
            return true;
    return false;
}

static fab_status check_name(fab_context *context, const char *name)
{
    char shown[SHOWN_SIZE];
    fab_utf8_quote(name, SHOWN, shown, sizeof shown);
    if (fab_utf8_valid_length(name, strlen(name)) < strlen(name))
        return fab_fail(context, FAB_INPUT, "a part of the workbook has a name that is not UTF-8");
    if (name[0] == '/' || name[0] == '\0' || strpbrk(name, "\\:") || has_step_up(name))
        return fab_fail(context, FAB_INPUT, "part '%s' has a path that leads out of the workbook, must be one inside", shown);
    return FAB_OK;
}

/* What cannot be taken as data alone. */
static fab_status check_kind(fab_context *context, const char *name)
{
    const char *slash = strrchr(name, '/'), *file = slash ? slash + 1 : name;
    if (strncasecmp(file, "vbaProject", strlen("vbaProject")) == 0 || strcasestr(name, "macrosheets/"))
        return fab_fail(context, FAB_INPUT, "the workbook holds macros (%s), must hold none (save it as .xlsx)", file);
    if (strcasestr(name, "externalLinks/"))
        return fab_fail(context, FAB_INPUT, "the workbook has links to other workbooks (%s), must stand alone (break the links, which keeps the values)", file);
    if (strcasecmp(file, "workbook.bin") == 0)
        return fab_fail(context, FAB_INPUT, "a binary workbook (.xlsb), must be .xlsx (save it as .xlsx)");
    if (strcasecmp(name, "mimetype") == 0)
        return fab_fail(context, FAB_INPUT, "an OpenDocument file, must be .xlsx (save it as .xlsx)");
    return FAB_OK;
}

static fab_status check_size(fab_context *context, const char *name, const unz_file_info64 *info)
{
    uint64_t packed = info->compressed_size, size = info->uncompressed_size;
    if (info->flag & 1)
        return fab_fail(context, FAB_INPUT, "part %s is encrypted, must be readable (remove the password)", name);
    if (size > FAB_XLSX_RATIO_FREE && size / FAB_XLSX_RATIO_MAX > packed)
        return fab_fail(context, FAB_INPUT, "part %s unpacks to %llu MiB, %llu times its size, must be at most %d times (a zip bomb?)", name,
                        (unsigned long long)size / MEGABYTE, (unsigned long long)(size / (packed ? packed : 1)), FAB_XLSX_RATIO_MAX);
    return FAB_OK;
}

/* A document type must not be in any part, in those that are not read further either. */
static fab_status check_head(fab_context *context, unzFile zip, const char *name)
{
    char head[HEAD_SIZE + 1];
    fab_status status = FAB_OK;
    const char *tail = strrchr(name, '.');
    if (!tail || (strcasecmp(tail, ".xml") != 0 && strcasecmp(tail, ".rels") != 0 && strcasecmp(tail, ".vml") != 0))
        return FAB_OK;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return fab_xlsx_fail_damaged(context, "the file is damaged", "part %s cannot be unpacked", name);
    int size = unzReadCurrentFile(zip, head, HEAD_SIZE);
    head[size > 0 ? size : 0] = '\0';
    if (size < 0)
        status = fab_xlsx_fail_damaged(context, "the file is damaged", "part %s cannot be unpacked", name);
    else if (strstr(head, "<!DOCTYPE") || strstr(head, "<!ENTITY"))
        status = fab_fail(context, FAB_INPUT, "part %s has a document type (DTD), must have none: entities of it could expand without end", name);
    unzCloseCurrentFile(zip);
    return status;
}

/* ---- all parts ---- */

static int compare_names(const void *a, const void *b)
{
    return strcasecmp(*(char *const *)a, *(char *const *)b);
}

static fab_status check_twice(fab_context *context, char **names, size_t count)
{
    qsort(names, count, sizeof *names, compare_names);
    for (size_t n = 1; n < count; n++)
        if (strcasecmp(names[n - 1], names[n]) == 0)
            return fab_fail(context, FAB_INPUT, "part %s is in the workbook twice, must be unique", names[n]);
    return FAB_OK;
}

static fab_status check_part(fab_context *context, unzFile zip, const char *name, uint64_t *total, const unz_file_info64 *info)
{
    fab_status status = FAB_OK;
    TRY(check_name(context, name));
    TRY(check_kind(context, name));
    TRY(check_size(context, name, info));
    *total += info->uncompressed_size;
    if (*total > FAB_XLSX_BYTES_MAX)
        TRY(fab_fail(context, FAB_INPUT, "the workbook unpacks to more than %d MiB, must be smaller", FAB_XLSX_BYTES_MAX / MEGABYTE));
    TRY(check_head(context, zip, name));
out:
    return status;
}

static fab_status check_parts(fab_context *context, unzFile zip, size_t count, fab_arena *arena)
{
    fab_status status = FAB_OK;
    char name[FAB_XLSX_NAME_SIZE];
    unz_file_info64 info;
    uint64_t total = 0;
    char **names = fab_arena_take(arena, count, sizeof *names);
    TRY_MEMORY(context, names);
    for (size_t n = 0; n < count; n++) {
        if ((n == 0 ? unzGoToFirstFile(zip) : unzGoToNextFile(zip)) != UNZ_OK ||
            unzGetCurrentFileInfo64(zip, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK)
            TRY(fab_xlsx_fail_damaged(context, "the file is not whole", "the list of parts cannot be read"));
        if (info.size_filename >= sizeof name || strlen(name) != info.size_filename)
            TRY(fab_fail(context, FAB_INPUT, "part %zu has a name of %lu bytes, must be plain and shorter than %d", n + 1, info.size_filename, FAB_XLSX_NAME_SIZE));
        TRY(check_part(context, zip, name, &total, &info));
        TRY_MEMORY(context, names[n] = fab_arena_dup(arena, name));
    }
    TRY(check_twice(context, names, count));
out:
    return status;
}

/* minizip opens a file whose first part it could not read, and then finds no part of any name in it. */
static bool has_list(unzFile zip)
{
    unz_global_info64 global;
    return unzGetGlobalInfo64(zip, &global) == UNZ_OK && (global.number_entry == 0 || unzGoToFirstFile(zip) == UNZ_OK);
}

fab_status fab_xlsx_package_reopen(fab_context *context, const char *path, unzFile *zip)
{
    errno = 0; /* minizip tells a failed allocation in no other way */
    *zip = unzOpen64(path);
    if (*zip && has_list(*zip))
        return FAB_OK;
    int error = errno;
    if (*zip)
        unzClose(*zip);
    *zip = NULL;
    errno = error;
    return fab_xlsx_fail_damaged(context, "the file is not whole", "the zip archive that a workbook is cannot be opened");
}

fab_status fab_xlsx_package_open(fab_context *context, const char *path, unzFile *zip)
{
    fab_status status = FAB_OK;
    unz_global_info64 global;
    fab_arena *arena = NULL;
    *zip = NULL;
    TRY(fab_xlsx_check_signature(context, path));
    TRY(fab_xlsx_package_reopen(context, path, zip));
    if (unzGetGlobalInfo64(*zip, &global) != UNZ_OK)
        TRY(fab_xlsx_fail_damaged(context, "the file is not whole", "the list of parts cannot be read"));
    if (global.number_entry > FAB_XLSX_PARTS_MAX)
        TRY(fab_fail(context, FAB_INPUT, "the workbook has %llu parts, must have at most %d", (unsigned long long)global.number_entry, FAB_XLSX_PARTS_MAX));
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY(check_parts(context, *zip, (size_t)global.number_entry, arena));
out:
    fab_arena_free(arena);
    if (status != FAB_OK && *zip) {
        unzClose(*zip);
        *zip = NULL;
    }
    return status;
}
