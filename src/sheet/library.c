/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <math.h>
#include <string.h>

#include "array.h"
#include "constants.h"
#include "definition_files.h"
#include "nearest.h"
#include "number.h"
#include "try.h"

/* The library while it is loaded. */
struct loading {
    fab_context *context;
    fab_arena *arena;
    struct fab_definition_files files;
    struct fab_constants constants;
    struct fab_library *library;
};

/* The SELECT of a report: the text of the file that `with` names, and its own. */
static fab_status read_select(struct loading *loading, const struct fab_constants *constants, struct fab_report *report)
{
    fab_status status = FAB_OK;
    const char *names[] = {report->sql_origin, NULL};
    struct fab_file texts[] = {{.bytes = ""}, {.bytes = ""}};
    if (report->with.text)
        TRY_MEMORY(loading->context, names[1] = fab_arena_printf(loading->arena, "%s.sql", report->with.text));
    for (int n = 0; n < 2 && names[n]; n++) {
        const struct fab_file *file = fab_definition_files_find(&loading->files, names[n]);
        if (!file)
            return fab_fail(loading->context, FAB_INPUT, "%s:%d: there is no %s", report->origin, n ? report->with.line : 1, names[n]);
        if (strlen(file->bytes) != file->size)
            return fab_fail(loading->context, FAB_INPUT, "%s:1: the file has a NUL byte: it is not text", names[n]);
        TRY(fab_constants_replace(loading->context, loading->arena, constants, file, &texts[n]));
    }
    TRY_MEMORY(loading->context, report->sql = fab_arena_printf(loading->arena, "%s%s", texts[1].bytes, texts[0].bytes));
out:
    return status;
}

/* Adds the report of a definition; each: for one input table, whose constants are among those given. */
static fab_status add_report(struct loading *loading, const struct fab_file *file, const struct fab_constants *constants,
                             const struct fab_input_table *each)
{
    fab_status status = FAB_OK;
    struct fab_library *library = loading->library;
    struct fab_file text;
    struct fab_report report;
    TRY(fab_constants_replace(loading->context, loading->arena, constants, file, &text));
    TRY(fab_report_parse(loading->context, loading->arena, file->name, text.bytes, text.size, &report));
    TRY_MEMORY(loading->context, report.sql_origin = fab_arena_printf(loading->arena, "%s.sql", report.stem));
    TRY(read_select(loading, constants, &report));
    if (each) {
        report.each = report.stem;
        TRY_MEMORY(loading->context, report.stem = fab_arena_printf(loading->arena, "%s_%s", report.each, each->name));
    }
    TRY_MEMORY(loading->context, FAB_ARRAY_ROOM_IN(loading->arena, &library->reports, library->report_count, &library->report_capacity));
    library->reports[library->report_count++] = report;
out:
    return status;
}

/* The sheet of an input table, unless it has a definition of its own. */
static fab_status add_table(struct loading *loading, const struct fab_file *file, const char *stem, const struct fab_input_table *table)
{
    fab_status status = FAB_OK;
    const struct fab_constant names[] = {{"TABLE", table->name}, {"TITLE", table->title}, {"KEY", table->key}};
    struct fab_constants constants = {0};
    const char *own = NULL;
    TRY_MEMORY(loading->context, own = fab_arena_printf(loading->arena, "%s_%s.report", stem, table->name));
    if (fab_definition_files_find(&loading->files, own))
        return FAB_OK;
    for (int c = 0; c < loading->constants.count; c++)
        TRY(fab_constants_put(loading->context, loading->arena, &constants, loading->constants.items[c]));
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        TRY(fab_constants_put(loading->context, loading->arena, &constants, names[n]));
    TRY(add_report(loading, file, &constants, table));
out:
    return status;
}

/* Whether a definition, read as it stands, is one for every input table. */
static fab_status find_template(const struct loading *loading, const struct fab_file *file, bool *template)
{
    fab_status status = FAB_OK;
    struct fab_report plain;
    fab_arena *arena = NULL;
    TRY_MEMORY(loading->context, arena = fab_arena_new());
    TRY(fab_report_parse(loading->context, arena, file->name, file->bytes, file->size, &plain));
    *template = plain.tables != 0;
out:
    fab_arena_free(arena);
    return status;
}

/* The definition for every input table, which is no sheet, and the sheets that it makes. */
static fab_status add_template(struct loading *loading, const struct fab_file *file, const struct fab_book_source *source)
{
    fab_status status = FAB_OK;
    struct fab_library *library = loading->library;
    struct fab_report plain;
    TRY(fab_report_parse(loading->context, loading->arena, file->name, file->bytes, file->size, &plain));
    TRY_MEMORY(loading->context, FAB_ARRAY_ROOM_IN(loading->arena, &library->reports, library->report_count, &library->report_capacity));
    library->reports[library->report_count++] = plain;
    for (int t = 0; t < source->table_count; t++)
        TRY(add_table(loading, file, plain.stem, &source->tables[t]));
out:
    return status;
}

static fab_status add_definition(struct loading *loading, const struct fab_file *file, const struct fab_book_source *source)
{
    fab_status status = FAB_OK;
    bool template = false;
    TRY(find_template(loading, file, &template));
    TRY(template ? add_template(loading, file, source) : add_report(loading, file, &loading->constants, NULL));
out:
    return status;
}

static fab_status add_book(struct loading *loading, const struct fab_file *file)
{
    fab_status status = FAB_OK;
    struct fab_library *library = loading->library;
    TRY_MEMORY(loading->context, FAB_ARRAY_ROOM_IN(loading->arena, &library->books, library->book_count, &library->book_capacity));
    TRY(fab_book_file_parse(loading->context, loading->arena, file->name, file->bytes, file->size, &library->books[library->book_count]));
    library->book_count++;
out:
    return status;
}

/* NULL: there is none. */
static const char *find_constant(const struct fab_constants *constants, const char *name)
{
    for (int c = 0; c < constants->count; c++)
        if (strcmp(constants->items[c].name, name) == 0)
            return constants->items[c].text;
    return NULL;
}

/* A folder may show fewer rows of long lists, not more than a sheet holds. */
static fab_status read_sheet_rows(const struct loading *loading)
{
    enum { MOST = 1000000 };
    double rows = 0;
    const char *why, *text = find_constant(&loading->constants, "SHEET_ROWS");
    if (!text || !fab_number_parse(text, &rows, &why) || rows != floor(rows) || rows < 1 || rows > MOST)
        return fab_fail(loading->context, FAB_INPUT, "constants: SHEET_ROWS is %s, must be a whole number from 1 to %d", text ? text : "missing", MOST);
    loading->library->sheet_rows = (int)rows;
    return FAB_OK;
}

fab_status fab_library_load(fab_context *context, fab_arena *arena, const struct fab_book_source *source, struct fab_library *library)
{
    fab_status status = FAB_OK;
    struct loading loading = {.context = context, .arena = arena, .library = library};
    *library = (struct fab_library){0};
    TRY(fab_definition_files_read(context, arena, source->reports_folder, &loading.files));
    for (int c = 0; c < 2; c++)
        if (loading.files.constants[c].name)
            TRY(fab_constants_read(context, arena, &loading.files.constants[c], &loading.constants));
    TRY(read_sheet_rows(&loading));
    for (int f = 0; f < loading.files.count; f++) {
        const struct fab_file *file = &loading.files.items[f];
        if (fab_definition_has_ending(file->name, ".report"))
            TRY(add_definition(&loading, file, source));
        if (fab_definition_has_ending(file->name, ".book"))
            TRY(add_book(&loading, file));
    }
out:
    return status;
}

fab_status fab_library_find_constant(fab_context *context, const char *name, double *number)
{
    fab_status status = FAB_OK;
    struct fab_definition_files files;
    struct fab_constants constants = {0};
    const char *why;
    fab_arena *arena = NULL;
    const char *text = NULL;
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY(fab_definition_files_read(context, arena, NULL, &files));
    TRY(fab_constants_read(context, arena, &files.constants[0], &constants));
    text = find_constant(&constants, name);
    if (!text || !fab_number_parse(text, number, &why))
        TRY(fab_fail(context, FAB_INTERNAL, "there is no constant %s", name));
out:
    fab_arena_free(arena);
    return status;
}

bool fab_library_is_template(const struct fab_report *report)
{
    return report->tables && !report->each;
}

fab_status fab_library_find_report(fab_context *context, const struct fab_library *library, const char *stem,
                                   const struct fab_report **report)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, stem);
    for (int r = 0; r < library->report_count; r++) {
        *report = &library->reports[r];
        if (fab_library_is_template(*report))
            continue;
        if (strcmp((*report)->stem, stem) == 0)
            return FAB_OK;
        fab_nearest_offer(&nearest, (*report)->stem);
    }
    return fab_fail(context, FAB_USAGE, "there is no report `%s`%s%s", stem, *nearest.best ? "; did you mean " : "", nearest.best);
}

fab_status fab_library_find_book(fab_context *context, const struct fab_library *library, const char *name,
                                 const struct fab_book_file **book)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, name);
    for (int b = 0; b < library->book_count; b++) {
        *book = &library->books[b];
        if (strcmp((*book)->name, name) == 0)
            return FAB_OK;
        fab_nearest_offer(&nearest, (*book)->name);
    }
    return fab_fail(context, FAB_USAGE, "there is no book `%s`%s%s", name, *nearest.best ? "; did you mean " : "", nearest.best);
}
