/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annotate.h"

#include "arena.h"
#include "try.h"
#include "xlsx_annotate.h"

#include <fabplan/table.h>
#include <string.h>

struct remarks {
    fab_arena *arena;
    const fab_table *found;
    const fab_xlsx_workbook *workbook;
    struct fab_xlsx_remark *remark;
    int count;
};

static const char *text_of(const fab_table *found, int row, const char *column)
{
    const fab_value *value = fab_table_get(found, row, fab_table_find_column(found, column));
    return value->type == FAB_TEXT ? value->text : NULL;
}

static bool has_sheet(const fab_xlsx_workbook *workbook, const char *name)
{
    for (int s = 0; s < workbook->sheet_count; s++)
        if (strcmp(workbook->sheets[s].name, name) == 0)
            return true;
    return false;
}

static const char *skip(const char *text, const char *start)
{
    size_t length = start ? strlen(start) : 0;
    return length > 0 && strncmp(text, start, length) == 0 ? text + length : text;
}

/* "inputs.xlsx:demand!F17: ..." is "F17: ..." in the sheet demand. */
static const char *cut_place(const char *text, const char *file, const char *sheet)
{
    const char *rest = skip(text, file), *after = rest > text ? skip(rest, ":") : text;
    const char *place = skip(after, sheet);
    return after > rest && place > after && (*place == '!' || *place == ':') ? place + 1 + (place[1] == ' ') : text;
}

/* A place behind the remarks of rows up to this one: those of a row stay in the order in which they were said. Few are kept (FAB_FINDINGS_KEPT). */
static struct fab_xlsx_remark *insert(struct remarks *remarks, int row)
{
    int place = remarks->count++;
    for (; place > 0 && remarks->remark[place - 1].row > row; place--)
        remarks->remark[place] = remarks->remark[place - 1];
    return &remarks->remark[place];
}

/* Takes a row of what was found, when it is about a sheet of the workbook. False when memory is short. */
static bool take(struct remarks *remarks, int row)
{
    const fab_table *found = remarks->found;
    const char *sheet = text_of(found, row, "table"), *file = text_of(found, row, "file"), *text = text_of(found, row, "text"), *level = text_of(found, row, "level");
    const fab_value *line = fab_table_get(found, row, fab_table_find_column(found, "line"));
    if (!sheet || !text || (file && strcmp(file, remarks->workbook->path) != 0) || !has_sheet(remarks->workbook, sheet))
        return true;
    int of_row = file && line->type == FAB_INTEGER ? (int)line->integer : 0;
    struct fab_xlsx_remark *remark = insert(remarks, of_row);
    remark->sheet = sheet;
    remark->row = of_row;
    remark->text = fab_arena_printf(remarks->arena, "%s%s", level && strcmp(level, "warning") == 0 ? "warning: " : "", cut_place(text, file, sheet));
    return remark->text != NULL;
}

fab_status fab_annotate(fab_context *context, const fab_xlsx_workbook *workbook, const char *path)
{
    struct remarks remarks = {.found = fab_context_found(context), .workbook = workbook};
    int rows = remarks.found ? fab_table_rows(remarks.found) : 0;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, remarks.arena = fab_arena_new());
    TRY_MEMORY(context, remarks.remark = fab_arena_take(remarks.arena, (size_t)rows, sizeof *remarks.remark));
    for (int r = 0; r < rows; r++)
        TRY_MEMORY(context, take(&remarks, r));
    TRY(fab_xlsx_annotate(context, workbook, remarks.remark, remarks.count, path));
out:
    fab_arena_free(remarks.arena);
    return status;
}
