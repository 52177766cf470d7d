/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book.h"

#include <math.h>
#include <string.h>

#include "nearest.h"

/* Finds a column of the SELECT. */
static fab_status bind(struct fab_book *book, struct fab_sheet *sheet, const char *source, int line, int *column)
{
    *column = fab_table_find_column(sheet->table, source);
    if (*column >= 0)
        return FAB_OK;
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, source);
    for (int c = 0; c < fab_table_columns(sheet->table); c++)
        fab_nearest_offer(&nearest, fab_table_column_name(sheet->table, c));
    return fab_fail(book->context, FAB_INPUT, "%s:%d: %s gives no column `%s`%s%s", sheet->report->origin, line, sheet->report->sql_origin,
                    source, *nearest.best ? "; did you mean " : "", nearest.best);
}

static fab_status bind_word(struct fab_book *book, struct fab_sheet *sheet, const struct fab_word *word, int *column)
{
    *column = -1;
    return word->text ? bind(book, sheet, word->text, word->line, column) : FAB_OK;
}

static fab_status bind_column(struct fab_book *book, struct fab_sheet *sheet, struct fab_sheet_column *column)
{
    const struct fab_report_column *definition = column->definition;
    bool renamed = definition->source.text != NULL;
    fab_status status = bind(book, sheet, renamed ? definition->source.text : definition->name,
                             renamed ? definition->source.line : definition->line, &column->source);
    if (!status)
        status = bind_word(book, sheet, &definition->unit_from, &column->unit);
    if (!status)
        status = bind_word(book, sheet, &definition->number_from, &column->number);
    if (!status)
        status = bind_word(book, sheet, &definition->formula_from, &column->formula);
    if (!status)
        status = bind_word(book, sheet, &definition->total_from, &column->total);
    if (!status && definition->total == FAB_TOTAL_FORMULA && column->total < 0)
        status = fab_fail(book->context, FAB_INPUT, "%s:%d: `total formula` needs total_from, the column with its value",
                          sheet->report->origin, definition->line);
    if (definition->formula.text || definition->formula_from.text || definition->total)
        sheet->formulas = true;
    return status;
}

/* Whole numbers with thousands to separate. */
static bool has_large_counts(const fab_table *table, int column)
{
    const double least = 1000;
    bool large = false;
    for (int row = 0; row < fab_table_rows(table); row++) {
        const fab_value *value = fab_table_get(table, row, column);
        double number = fab_value_number(value);
        if (value->type == FAB_TEXT || (value->type != FAB_NULL && number != floor(number)))
            return false;
        large |= value->type != FAB_NULL && fabs(number) >= least;
    }
    return large;
}

/* A column of the SELECT as it is: its name with blanks for underscores is the header. */
static const struct fab_report_column *make_plain_column(fab_arena *arena, const fab_table *table, int index)
{
    const char *name = fab_table_column_name(table, index);
    struct fab_report_column *column = fab_arena_take(arena, 1, sizeof *column);
    char *header = fab_arena_dup(arena, name);
    if (!column || !header)
        return NULL;
    *column = (struct fab_report_column){.name = fab_arena_dup(arena, name), .header.text = header};
    if (has_large_counts(table, index))
        column->number = FAB_NUMBER_COUNT + 1;
    for (; *header; header++)
        if (*header == '_')
            *header = ' ';
    return column->name ? column : NULL;
}

/* A column that says something: some row has a value. */
static bool has_values(const fab_table *table, int column)
{
    for (int row = 0; row < fab_table_rows(table); row++)
        if (fab_table_get(table, row, column)->type != FAB_NULL)
            return true;
    return false;
}

static bool is_shown(const struct fab_report *report, const char *source)
{
    for (int c = 0; c < report->column_count; c++) {
        const struct fab_word *renamed = &report->columns[c].source;
        if (strcmp(renamed->text ? renamed->text : report->columns[c].name, source) == 0)
            return true;
    }
    return false;
}

/* Adds the columns of the SELECT that are not defined: those with values, or all. */
static fab_status add_plain_columns(struct fab_book *book, struct fab_sheet *sheet, bool all)
{
    for (int c = 0; c < fab_table_columns(sheet->table); c++) {
        if (is_shown(sheet->report, fab_table_column_name(sheet->table, c)) || !(all || has_values(sheet->table, c)))
            continue;
        const struct fab_report_column *plain = make_plain_column(book->arena, sheet->table, c);
        if (!plain)
            return fab_fail_memory(book->context);
        sheet->columns[sheet->column_count++].definition = plain;
    }
    return FAB_OK;
}

static fab_status bind_columns(struct fab_book *book, struct fab_sheet *sheet)
{
    const struct fab_report *report = sheet->report;
    fab_status status = FAB_OK;
    int most = report->column_count + fab_table_columns(sheet->table);
    sheet->columns = fab_arena_take(book->arena, (size_t)most, sizeof *sheet->columns);
    if (!sheet->columns)
        return fab_fail_memory(book->context);
    for (int c = 0; c < report->column_count; c++)
        sheet->columns[sheet->column_count++].definition = &report->columns[c];
    if (report->columns_all.text)
        status = add_plain_columns(book, sheet, false);
    if (!status && sheet->column_count == 0) /* a sheet has a column, whatever the rows */
        status = add_plain_columns(book, sheet, true);
    for (int c = 0; !status && c < sheet->column_count; c++)
        status = bind_column(book, sheet, &sheet->columns[c]);
    return status;
}

/* The checks are counted over the cells of a column. */
static fab_status bind_master(struct fab_book *book, struct fab_sheet *sheet)
{
    const struct fab_report *report = sheet->report;
    const struct fab_word *master = &report->master;
    bool list = report->layout == FAB_LAYOUT_LIST || report->layout == FAB_LAYOUT_COVER;
    sheet->master_column = master->text && list ? fab_sheet_find_column(sheet, master->text) : -1;
    if (!master->text || sheet->master_column >= 0)
        return FAB_OK;
    return fab_fail(book->context, FAB_INPUT, "%s:%d: master: %s `%s`", report->origin, master->line,
                    list ? "there is no column" : "only a list or a cover has the checks, not", list ? master->text : report->stem);
}

/* Index of a text in a column of a table, looked for from `hint` on; -1: not there. */
static int find_row(const fab_table *table, int column, const char *text, int hint)
{
    int rows = fab_table_rows(table);
    for (int i = 0; i < rows; i++) {
        int row = (hint + i) % rows;
        const fab_value *value = fab_table_get(table, row, column);
        if (value->type == FAB_TEXT && strcmp(value->text, text) == 0)
            return row;
    }
    return -1;
}

/* The block of a row of the table: a new one when its key has not been seen. Rows of a key mostly follow each other, so the last one is
 * tried first. */
static int find_key(struct fab_sheet *sheet, const char *text, int row)
{
    for (int k = sheet->key_count - 1; k >= 0; k--)
        if (strcmp(fab_table_get(sheet->table, sheet->key_rows[k], sheet->key_column)->text, text) == 0)
            return k;
    sheet->key_rows[sheet->key_count] = row;
    return sheet->key_count++;
}

/* Finds the block of every row of the table; blocks come in the order of their first rows. */
static fab_status bind_keys(struct fab_book *book, struct fab_sheet *sheet, int *keys)
{
    const char *sql = sheet->report->sql_origin;
    for (int row = 0; row < fab_table_rows(sheet->table); row++) {
        const fab_value *key = fab_table_get(sheet->table, row, sheet->key_column);
        const fab_value *period = fab_table_get(sheet->table, row, sheet->period_column);
        if (key->type != FAB_TEXT || period->type != FAB_TEXT)
            return fab_fail(book->context, FAB_INPUT, "%s: row %d: the key and the period of a series are text", sql, row + 1);
        keys[row] = find_key(sheet, key->text, row);
    }
    return FAB_OK;
}

/* Places every row of the SELECT at its key and period. */
static fab_status bind_cells(struct fab_book *book, struct fab_sheet *sheet, const int *keys)
{
    int periods = fab_sheet_periods(sheet), hint = 0;
    size_t cells = (size_t)sheet->key_count * (size_t)periods;
    const char *sql = sheet->report->sql_origin;
    sheet->cells = fab_arena_take(book->arena, cells, sizeof *sheet->cells);
    if (!sheet->cells)
        return fab_fail_memory(book->context);
    for (size_t i = 0; i < cells; i++)
        sheet->cells[i] = -1;
    for (int row = 0; row < fab_table_rows(sheet->table); row++) {
        const char *period = fab_table_get(sheet->table, row, sheet->period_column)->text;
        int p = find_row(sheet->axis->table, sheet->axis->key_column, period, hint);
        if (p < 0)
            return fab_fail(book->context, FAB_INPUT, "%s: row %d: `%s` is no period of %s", sql, row + 1, period,
                            sheet->axis->report->sql_origin);
        int *cell = &sheet->cells[(size_t)keys[row] * (size_t)periods + (size_t)p];
        if (*cell >= 0)
            return fab_fail(book->context, FAB_INPUT, "%s: row %d: `%s` in period `%s` is there twice (row %d)", sql, row + 1,
                            fab_table_get(sheet->table, row, sheet->key_column)->text, period, *cell + 1);
        *cell = row;
        hint = p + 1 < periods ? p + 1 : 0;
    }
    return FAB_OK;
}

static fab_status bind_series(struct fab_book *book, struct fab_sheet *sheet)
{
    const struct fab_report *report = sheet->report;
    for (int a = 0; a < book->axis_count; a++)
        if (strcmp(book->axes[a].report->stem, report->axis.text) == 0)
            sheet->axis = &book->axes[a];
    if (!sheet->axis)
        return fab_fail(book->context, FAB_INPUT, "%s:%d: there is no axis `%s`", report->origin, report->axis.line, report->axis.text);
    if (fab_sheet_periods(sheet) == 0)
        return fab_fail(book->context, FAB_INPUT, "%s: no rows: a plan has periods", sheet->axis->report->sql_origin);
    fab_status status = bind_word(book, sheet, &report->row, &sheet->key_column);
    if (!status)
        status = bind_word(book, sheet, &report->label, &sheet->label_column);
    if (!status)
        status = bind_word(book, sheet, &report->period, &sheet->period_column);
    int *keys = fab_arena_take(book->arena, (size_t)fab_table_rows(sheet->table), sizeof *keys);
    sheet->key_rows = fab_arena_take(book->arena, (size_t)fab_table_rows(sheet->table), sizeof *sheet->key_rows);
    if (!status && (!keys || !sheet->key_rows))
        return fab_fail_memory(book->context);
    if (!status)
        status = bind_keys(book, sheet, keys);
    return status ? status : bind_cells(book, sheet, keys);
}

/* Where title, text, totals and header stand. */
static void place_frame(struct fab_sheet *sheet)
{
    int row = 1 + sheet->report->about.count;
    sheet->check_row = row++;
    sheet->axis_row = sheet->total_row = sheet->header_row = -1;
    row++;
    if (sheet->axis) {
        sheet->axis_row = row;
        row += sheet->axis->column_count;
        sheet->header_row = row++;
    } else if (sheet->report->layout == FAB_LAYOUT_LIST) {
        bool units = false, totals = false;
        for (int c = 0; c < sheet->column_count; c++) {
            units |= sheet->columns[c].definition->unit.text != NULL;
            totals |= sheet->columns[c].definition->total != 0;
        }
        if (totals)
            sheet->total_row = row++;
        row += units;
        sheet->header_row = row++;
    }
    sheet->first_row = row;
}

static fab_status load_sheet(struct fab_book *book, const struct fab_report_options *options, struct fab_sheet *sheet)
{
    const struct fab_report *report = sheet->report;
    if (fab_context_interrupted(book->context))
        return fab_fail(book->context, FAB_INTERRUPTED, "interrupted");
    fab_status status = options->select(options->user, report->sql, report->sql_origin, &sheet->table);
    if (!status)
        status = bind_columns(book, sheet);
    if (!status)
        status = bind_master(book, sheet);
    if (!status && report->layout != FAB_LAYOUT_SERIES)
        status = bind_word(book, sheet, &report->key, &sheet->key_column);
    if (!status && report->layout == FAB_LAYOUT_SERIES)
        status = bind_series(book, sheet);
    place_frame(sheet);
    return status;
}

static fab_status add_sheet(struct fab_book *book, const struct fab_report *report)
{
    if (book->sheet_count == book->report_count)
        return fab_fail(book->context, FAB_INPUT, "%s:%d: the report is twice in book `%s`", report->origin, report->line, book->name);
    book->sheets[book->sheet_count++].report = report;
    return FAB_OK;
}

static fab_status fail_unknown(struct fab_book *book, const char *stem, const struct fab_report_place *places)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, stem ? stem : book->name);
    for (int r = 0; stem && r < book->report_count; r++)
        fab_nearest_offer(&nearest, book->reports[r].stem);
    for (; !stem && places->report; places++)
        fab_nearest_offer(&nearest, places->book);
    return fab_fail(book->context, FAB_USAGE, "there is no %s `%s`%s%s", stem ? "report" : "book", stem ? stem : book->name,
                    *nearest.best ? "; did you mean " : "", nearest.best);
}

/* The sheets of the book in order, or the one report that is asked for. */
static fab_status choose_reports(struct fab_book *book, const char *stem)
{
    fab_status status = FAB_OK;
    book->sheets = fab_arena_take(book->arena, (size_t)book->report_count, sizeof *book->sheets);
    book->axes = fab_arena_take(book->arena, (size_t)book->report_count, sizeof *book->axes);
    struct fab_report_place *places = fab_report_places(book->arena, book->reports, book->report_count);
    if (!book->sheets || !book->axes || !places)
        return fab_fail_memory(book->context);
    for (const struct fab_report_place *place = places; !status && !stem && place->report; place++)
        if (strcmp(place->book, book->name) == 0)
            status = add_sheet(book, place->report);
    for (int r = 0; !status && stem && r < book->report_count; r++)
        if (strcmp(book->reports[r].stem, stem) == 0)
            status = add_sheet(book, &book->reports[r]);
    return status || book->sheet_count ? status : fail_unknown(book, stem, places);
}

/* The axes that the chosen sheets use. */
static void choose_axes(struct fab_book *book)
{
    for (int r = 0; r < book->report_count; r++) {
        const struct fab_report *report = &book->reports[r];
        bool used = false;
        for (int s = 0; s < book->sheet_count; s++)
            used |= book->sheets[s].report->axis.text && strcmp(book->sheets[s].report->axis.text, report->stem) == 0;
        if (used && report->layout == FAB_LAYOUT_AXIS)
            book->axes[book->axis_count++].report = report;
    }
}

/* Sheets that say `empty skip` and have no rows are left out. */
static void drop_empty(struct fab_book *book)
{
    int kept = 0;
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_word *empty = &book->sheets[s].report->empty;
        if (fab_table_rows(book->sheets[s].table) == 0 && empty->text && strcmp(empty->text, "skip") == 0)
            fab_table_free(book->sheets[s].table);
        else
            book->sheets[kept++] = book->sheets[s];
    }
    book->sheet_count = kept;
}

/* The text of a row of the cover, "" when it has none. */
static const char *cover_text(const struct fab_sheet *cover, const char *key, int column)
{
    int row = find_row(cover->table, cover->key_column, key, 0);
    struct fab_cell cell = row < 0 ? (struct fab_cell){.number = FAB_NUMBER_TEXT} : fab_sheet_cell(cover, row, column);
    return cell.value.type == FAB_TEXT ? cell.value.text : "";
}

/* Rows of the cover: `subject` says in the footers what the book is about, `warning` stands on every sheet. A sheet with `master` holds the
 * checks. */
static void find_roles(struct fab_book *book)
{
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_sheet *sheet = &book->sheets[s];
        if (sheet->master_column >= 0)
            book->master = sheet;
        int column = fab_sheet_find_column(sheet, "value");
        if (sheet->report->layout != FAB_LAYOUT_COVER || sheet->key_column < 0 || column < 0)
            continue;
        book->subject = cover_text(sheet, "subject", column);
        book->warning = cover_text(sheet, "warning", column);
    }
}

/* The reports that are chosen, with their rows; axes first, because series refer to them. */
static fab_status load_book(struct fab_book *book, const struct fab_report_options *options, const char *report)
{
    fab_status status = fab_report_load(book->context, book->arena, options->reports_folder, &book->reports, &book->report_count);
    if (!status)
        status = choose_reports(book, report);
    if (!status)
        choose_axes(book);
    for (int a = 0; !status && a < book->axis_count; a++)
        status = load_sheet(book, options, &book->axes[a]);
    for (int s = 0; !status && s < book->sheet_count; s++)
        status = load_sheet(book, options, &book->sheets[s]);
    if (status)
        return status;
    if (!report)
        drop_empty(book);
    find_roles(book);
    return FAB_OK;
}

fab_status fab_book_open(fab_context *context, const struct fab_report_options *options, const char *report, struct fab_book **opened)
{
    *opened = NULL;
    fab_arena *arena = fab_arena_new();
    struct fab_book *book = arena ? fab_arena_take(arena, 1, sizeof *book) : NULL;
    if (!book) {
        fab_arena_free(arena);
        return fab_fail_memory(context);
    }
    *book = (struct fab_book){.context = context, .arena = arena, .name = options->book ? options->book : "", .subject = "", .warning = ""};
    *opened = book;
    return load_book(book, options, report);
}

void fab_book_close(struct fab_book *book)
{
    if (!book)
        return;
    for (int s = 0; s < book->sheet_count; s++)
        fab_table_free(book->sheets[s].table);
    for (int a = 0; a < book->axis_count; a++)
        fab_table_free(book->axes[a].table);
    fab_arena_free(book->arena);
}

const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem)
{
    for (int s = 0; s < book->sheet_count; s++)
        if (strcmp(book->sheets[s].report->stem, stem) == 0)
            return &book->sheets[s];
    return NULL;
}
