/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr */
#include "xlsx_workbook.h"

#include "array.h"
#include "try.h"
#include "xlsx_damage.h"
#include "xlsx_package.h"
#include "xlsx_part.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a part of relations names ---- */

struct relations {
    fab_xlsx_workbook *workbook;
    const char *base; /* the folder that targets start from: "xl/", "" for the package's own */
};

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* The part that a target means, NULL when memory is short. */
static const char *resolve(fab_arena *arena, const char *base, const char *target)
{
    if (*target == '/')
        return fab_arena_dup(arena, target + 1);
    while (starts(target, "./"))
        target += strlen("./");
    return fab_arena_printf(arena, "%s%s", base, target);
}

static void take_relation(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    enum { RELATIONS_MAX = 4096 };
    const struct relations *relations = part->user;
    fab_xlsx_workbook *workbook = relations->workbook;
    const char *id = fab_xlsx_attribute(attributes, "Id"), *type = fab_xlsx_attribute(attributes, "Type"), *mode = fab_xlsx_attribute(attributes, "TargetMode");
    const char *target = fab_xlsx_attribute(attributes, "Target"), *slash = type ? strrchr(type, '/') : NULL;
    if (strcmp(name, "Relationship") != 0 || !id || !slash || !target || (mode && strcmp(mode, "External") == 0) || strlen(target) >= FAB_XLSX_NAME_SIZE)
        return;
    if (workbook->relation_count >= RELATIONS_MAX) {
        fab_xlsx_part_fail(part, "there are more than %d relationships", RELATIONS_MAX);
        return;
    }
    const struct fab_xlsx_relation relation = {fab_arena_dup(workbook->arena, id), fab_arena_dup(workbook->arena, slash + 1),
                                               resolve(workbook->arena, relations->base, target)};
    if (relation.id && relation.kind && relation.target && FAB_ARRAY_ROOM(&workbook->relations, workbook->relation_count, &workbook->relation_capacity))
        workbook->relations[workbook->relation_count++] = relation;
    else
        fab_xlsx_part_fail_memory(part);
}

static fab_status read_relations(fab_context *context, unzFile zip, fab_xlsx_workbook *workbook, const char *of)
{
    static const struct fab_xlsx_handlers handlers = {.start = take_relation};
    const char *slash = strrchr(of, '/');
    int folder = slash ? (int)(slash + 1 - of) : 0;
    struct relations relations = {.workbook = workbook};
    const char *part;
    fab_status status = FAB_OK;
    workbook->relation_count = 0;
    TRY_MEMORY(context, relations.base = fab_arena_printf(workbook->arena, "%.*s", folder, of));
    TRY_MEMORY(context, part = fab_arena_printf(workbook->arena, "%s_rels/%s.rels", relations.base, of + folder));
    TRY(fab_xlsx_part_read(context, zip, part, &handlers, &relations));
out:
    return status;
}

/* By id, or by kind when that is NULL; NULL when there is none. */
static const char *find_target(const fab_xlsx_workbook *workbook, const char *id, const char *kind)
{
    for (int r = 0; r < workbook->relation_count; r++)
        if ((!id || strcmp(workbook->relations[r].id, id) == 0) && strcmp(workbook->relations[r].kind, kind) == 0)
            return workbook->relations[r].target;
    return NULL;
}

/* ---- the workbook's own part ---- */

static void take_sheet(struct fab_xlsx_part *part, fab_xlsx_workbook *workbook, const char **attributes)
{
    const char *name = fab_xlsx_attribute(attributes, "name"), *state = fab_xlsx_attribute(attributes, "state"), *id = NULL;
    for (const char **a = attributes; *a; a += 2) /* r:id, under whatever prefix */
        if (strlen(*a) > 3 && strcmp(*a + strlen(*a) - 3, ":id") == 0)
            id = a[1];
    if (!name || !id)
        return;
    if (workbook->sheet_count >= FAB_XLSX_SHEETS_MAX) {
        fab_xlsx_part_fail(part, "there are more than %d sheets", FAB_XLSX_SHEETS_MAX);
        return;
    }
    const struct fab_xlsx_sheet sheet = {.name = fab_arena_dup(workbook->arena, name), .relation = fab_arena_dup(workbook->arena, id),
                                         .hidden = state && strcmp(state, "visible") != 0};
    if (sheet.name && sheet.relation && FAB_ARRAY_ROOM(&workbook->sheets, workbook->sheet_count, &workbook->sheet_capacity))
        workbook->sheets[workbook->sheet_count++] = sheet;
    else
        fab_xlsx_part_fail_memory(part);
}

static void take_workbook(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    fab_xlsx_workbook *workbook = part->user;
    if (strcmp(name, "sheet") == 0)
        take_sheet(part, workbook, attributes);
    if (strcmp(name, "workbookPr") != 0)
        return;
    const char *epoch = fab_xlsx_attribute(attributes, "date1904");
    workbook->date1904 = epoch && (strcmp(epoch, "1") == 0 || strcmp(epoch, "true") == 0 || strcmp(epoch, "on") == 0);
}

/* A workbook that only says that it is one with macros. */
static void take_type(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    const char *type = fab_xlsx_attribute(attributes, "ContentType");
    (void)name;
    if (type && strcasestr(type, "macroEnabled"))
        fab_xlsx_part_fail(part, "the workbook is one with macros, must be one without (save it as .xlsx)");
    else if (type && strcasestr(type, "sheet.binary"))
        fab_xlsx_part_fail(part, "a binary workbook (.xlsb), must be .xlsx (save it as .xlsx)");
}

/* ---- opening ---- */

static fab_status read_workbook(fab_context *context, unzFile zip, fab_xlsx_workbook *workbook)
{
    static const struct fab_xlsx_handlers type_handlers = {.start = take_type}, workbook_handlers = {.start = take_workbook};
    const char *part, *strings, *styles;
    fab_status status = FAB_OK;
    errno = 0;
    if (!fab_xlsx_part_exists(zip, "[Content_Types].xml"))
        TRY(fab_xlsx_fail_damaged(context, "there is no Excel workbook in it, must be .xlsx", "a zip archive"));
    TRY(fab_xlsx_part_read(context, zip, "[Content_Types].xml", &type_handlers, NULL));
    TRY(read_relations(context, zip, workbook, ""));
    part = find_target(workbook, NULL, "officeDocument");
    if (!part)
        TRY(fab_fail(context, FAB_INPUT, "there is no workbook in the package, must be one"));
    TRY(fab_xlsx_part_read(context, zip, part, &workbook_handlers, workbook));
    TRY(read_relations(context, zip, workbook, part));
    strings = find_target(workbook, NULL, "sharedStrings");
    styles = find_target(workbook, NULL, "styles");
    for (int s = 0; s < workbook->sheet_count; s++)
        workbook->sheets[s].part = find_target(workbook, workbook->sheets[s].relation, "worksheet");
    if (strings)
        TRY(fab_xlsx_strings_read(context, zip, strings, &workbook->strings));
    if (styles)
        TRY(fab_xlsx_styles_read(context, zip, styles, &workbook->styles));
out:
    return status;
}

fab_status fab_xlsx_workbook_open(fab_context *context, const char *path, fab_xlsx_workbook **opened)
{
    fab_status status = FAB_OK;
    unzFile zip = NULL;
    fab_xlsx_workbook *workbook = NULL;
    TRY(fab_xlsx_package_open(context, path, &zip));
    TRY_MEMORY(context, workbook = calloc(1, sizeof *workbook));
    workbook->path = path;
    TRY_MEMORY(context, workbook->arena = fab_arena_new());
    TRY(read_workbook(context, zip, workbook));
    *opened = workbook;
    workbook = NULL;
out:
    fab_xlsx_workbook_close(workbook);
    if (zip)
        unzClose(zip);
    return status == FAB_INPUT ? fab_fail_in(context, status, "%s", path) : status;
}

void fab_xlsx_workbook_close(fab_xlsx_workbook *workbook)
{
    if (!workbook)
        return;
    fab_xlsx_strings_fini(&workbook->strings);
    fab_xlsx_styles_fini(&workbook->styles);
    free(workbook->sheets);
    free(workbook->relations);
    fab_arena_free(workbook->arena);
    free(workbook);
}
