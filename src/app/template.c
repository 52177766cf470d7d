/* The inputs as a workbook to be filled in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "arena.h"
#include "cell.h"
#include "dictionary.h"
#include "number.h"
#include "output.h"
#include "template.h"
#include "try.h"
#include "twice.h"
#include "xlsx_source.h"

#include <math.h>
#include <string.h>

enum { EXTRA = 2 /* basis, note */ };

struct template {
    fab_context *context;
    fab *handle;
    fab_arena *arena;
    struct fab_template_sheet *sheets; /* in the order of the dictionary */
    fab_table **rows;                  /* owned */
};

/* ---- what the dictionary says ---- */

static int index_of(const char *table)
{
    return (int)(fab_dictionary_find(table) - fab_dictionary);
}

static enum fab_template_kind kind_of(const struct fab_column *column)
{
    switch (column->type) {
    case FAB_COLUMN_ID: return FAB_TEMPLATE_ID;
    case FAB_COLUMN_REF: return FAB_TEMPLATE_REFERENCE;
    case FAB_COLUMN_CHOICE: return FAB_TEMPLATE_CHOICE;
    case FAB_COLUMN_REAL: return FAB_TEMPLATE_NUMBER;
    case FAB_COLUMN_INT: return FAB_TEMPLATE_INTEGER;
    case FAB_COLUMN_FLAG: return FAB_TEMPLATE_CHOICE;
    case FAB_COLUMN_DATE: return FAB_TEMPLATE_DATE;
    case FAB_COLUMN_TIME: return FAB_TEMPLATE_TIME;
    case FAB_COLUMN_TEXT: break;
    }
    return FAB_TEMPLATE_TEXT;
}

static fab_status describe(struct template *template, const struct fab_column *column, struct fab_template_column *described)
{
    fab_status status = FAB_OK;
    char preset[FAB_NUMBER_TEXT_SIZE];
    *described = (struct fab_template_column){.name = column->name, .unit = column->unit, .meaning = column->meaning, .kind = kind_of(column),
                                              .required = !(column->flags & FAB_OPTIONAL), .key = (column->flags & FAB_KEY) != 0, .minimum = column->minimum,
                                              .maximum = column->maximum, .above = (column->flags & FAB_MIN_OPEN) != 0, .choices = column->choices};
    if (column->type == FAB_COLUMN_FLAG)
        described->choices = "0|1";
    if (column->type == FAB_COLUMN_ID)
        described->maximum = FAB_ID_MAX;
    if (column->type == FAB_COLUMN_DATE)
        described->unit = NULL; /* the rule says it */
    if (column->type == FAB_COLUMN_REF)
        described->sheet = index_of(column->ref);
    if (!isnan(column->preset) && !described->required && (described->kind == FAB_TEMPLATE_NUMBER || described->kind == FAB_TEMPLATE_INTEGER || column->type == FAB_COLUMN_FLAG))
        TRY_MEMORY(template->context, described->preset = fab_arena_dup(template->arena, fab_number_print(column->preset, preset)));
out:
    return status;
}

/* The keys that settings may have, as a list. */
static const char *setting_keys(fab_arena *arena)
{
    const char *keys = "";
    for (int s = 0; keys && s < fab_settings_count; s++)
        keys = fab_arena_printf(arena, "%s%s%s", keys, s ? "|" : "", fab_settings[s].key);
    return keys;
}

static fab_status describe_table(struct template *template, const struct fab_table_def *table, struct fab_template_sheet *sheet)
{
    static const struct fab_template_column extra[EXTRA] = {{.name = "basis", .meaning = "where the figures are from"}, {.name = "note", .meaning = "a remark, kept and shown"}};
    fab_status status = FAB_OK;
    struct fab_template_column *columns = fab_arena_take(template->arena, (size_t)table->column_count + EXTRA, sizeof *columns);
    TRY_MEMORY(template->context, columns);
    for (int c = 0; c < table->column_count; c++)
        TRY(describe(template, &table->columns[c], &columns[c]));
    memcpy(columns + table->column_count, extra, sizeof extra);
    if (strcmp(table->name, "setting") == 0) {
        columns[0].kind = FAB_TEMPLATE_CHOICE;
        TRY_MEMORY(template->context, columns[0].choices = setting_keys(template->arena));
    }
    *sheet = (struct fab_template_sheet){.name = table->name, .meaning = table->meaning, .columns = columns, .column_count = table->column_count + EXTRA};
out:
    return status;
}

/* ---- rows ---- */

static fab_status read_tables(struct template *template)
{
    fab_status status = FAB_OK;
    for (int t = 0; t < fab_dictionary_count; t++) {
        struct fab_template_sheet *sheet = &template->sheets[t];
        TRY(describe_table(template, &fab_dictionary[t], sheet));
        TRY(fab_store_read_table(template->context, template->handle->store, &fab_dictionary[t], &template->rows[t]));
        sheet->rows = template->rows[t];
    }
out:
    return status;
}

/* ---- reading back ---- */

/* True when a cell that was read means the value of the table. */
static bool means(const struct fab_column *column, const struct fab_row_text *text, const fab_value *value)
{
    char problem[FAB_PROBLEM_SIZE];
    struct fab_cell cell;
    if (value->type == FAB_NULL || text->length == 0)
        return text->length == 0 && (value->type == FAB_NULL || (value->type == FAB_TEXT && !*value->text));
    if (!fab_cell_read(column, text->text, text->length, &cell, problem))
        return false;
    switch (cell.type) {
    case FAB_CELL_REAL: return value->type != FAB_TEXT && cell.real == fab_value_number(value);
    case FAB_CELL_INTEGER: return value->type != FAB_TEXT && (double)cell.integer == fab_value_number(value);
    case FAB_CELL_TEXT: return value->type == FAB_TEXT && cell.length == strlen(value->text) && memcmp(cell.text, value->text, cell.length) == 0;
    case FAB_CELL_EMPTY: break;
    }
    return false;
}

static bool same_row(const struct fab_table_def *table, const struct fab_template_sheet *sheet, const struct fab_row_reader *reader, int row)
{
    if (reader->count != sheet->column_count || row >= fab_table_rows(sheet->rows))
        return false;
    for (int c = 0; c < reader->count; c++)
        if (row < 0 ? strcmp(reader->texts[c].text, sheet->columns[c].name) != 0
                    : !means(c < table->column_count ? &table->columns[c] : NULL, &reader->texts[c], fab_table_get(sheet->rows, row, c)))
            return false;
    return true;
}

static fab_status compare_sheet(struct template *template, const struct fab_row_source *source)
{
    fab_status status = FAB_OK;
    struct fab_row_reader *reader = NULL;
    enum fab_row_result result;
    int row = -1, table = index_of(source->table);
    TRY(source->open(template->context, source, &reader));
    for (;; row++) {
        TRY(reader->kind->next(template->context, reader, &result));
        if (result == FAB_ROW_END)
            break;
        if (result != FAB_ROW || !same_row(&fab_dictionary[table], &template->sheets[table], reader, row))
            TRY(fab_fail(template->context, FAB_OUTPUT, "the workbook reads back differently: sheet %s, row %d", source->sheet, row + 2));
    }
    if (row != fab_table_rows(template->sheets[table].rows))
        TRY(fab_fail(template->context, FAB_OUTPUT, "the workbook reads back differently: sheet %s has %d rows", source->sheet, row));
out:
    if (reader)
        reader->kind->close(reader);
    return status;
}

/* What import makes of the file is what the tables hold. The context that is told about other sheets is one of its own. */
static fab_status read_back(struct template *template, const char *path)
{
    fab_status status = FAB_OK;
    struct fab_xlsx_sources sources = {0};
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(template->context, quiet);
    status = fab_xlsx_sources_add(quiet, &sources, &path, 1);
    if (status != FAB_OK)
        TRY(fab_fail(template->context, status == FAB_NO_MEMORY ? status : FAB_OUTPUT, "the workbook cannot be read back: %s", fab_context_message(quiet)));
    if (sources.count != fab_dictionary_count)
        TRY(fab_fail(template->context, FAB_OUTPUT, "the workbook reads back differently: it has %d sheets of tables", sources.count));
    for (int s = 0; s < sources.count; s++)
        TRY(compare_sheet(template, &sources.source[s]));
out:
    fab_xlsx_sources_close(&sources);
    fab_context_free(quiet);
    return status == FAB_INPUT ? fab_fail_in(template->context, FAB_OUTPUT, "the workbook cannot be read back") : status;
}

/* ---- the verb ---- */

static fab_status write_again(struct template *template, const struct fab_output *first)
{
    fab_status status = FAB_OK;
    struct fab_output second = {0};
    TRY(fab_output_begin(template->context, first->path, &second));
    TRY(fab_template_write(template->context, template->sheets, fab_dictionary_count, second.temporary, second.folder));
    TRY(fab_xlsx_compare_files(template->context, first->temporary, second.temporary));
out:
    fab_output_end(&second);
    return status;
}

static fab_status write_file(struct template *template, const char *path)
{
    fab_status status = FAB_OK;
    struct fab_output output = {0};
    TRY(fab_output_begin(template->context, path, &output));
    TRY(fab_template_write(template->context, template->sheets, fab_dictionary_count, output.temporary, output.folder));
    TRY(write_again(template, &output));
    TRY(read_back(template, output.temporary));
    TRY(fab_output_commit(template->context, &output));
out:
    fab_output_end(&output);
    return status == FAB_OUTPUT ? fab_fail_in(template->context, status, "%s", path) : status;
}

fab_status fab_template(fab_context *context, fab *handle, const char *path)
{
    struct template template = {.context = context, .handle = handle};
    fab_status status = FAB_OK;
    TRY_MEMORY(context, template.arena = fab_arena_new());
    TRY_MEMORY(context, template.sheets = fab_arena_take(template.arena, (size_t)fab_dictionary_count, sizeof *template.sheets));
    TRY_MEMORY(context, template.rows = fab_arena_take(template.arena, (size_t)fab_dictionary_count, sizeof *template.rows));
    TRY(read_tables(&template));
    TRY(write_file(&template, path));
out:
    for (int t = 0; template.rows && t < fab_dictionary_count; t++)
        fab_table_free(template.rows[t]);
    fab_arena_free(template.arena);
    return status;
}
