/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_rows.h"

#include "cell.h"
#include "change_key.h"
#include "change_value.h"
#include "change_window.h"
#include "member.h"
#include "nearest.h"
#include "try.h"
#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct fab_change *under_way(const struct fab_edit *edit)
{
    return &edit->list->change[edit->current];
}

/* ---- findings that several operations share ---- */

static bool has_dates(const struct fab_change *change)
{
    return change->from != FAB_DATE_NONE || change->to != FAB_DATE_NONE;
}

static void report_no_date(struct fab_edit *edit, const struct fab_table_def *def)
{
    bool from = under_way(edit)->from != FAB_DATE_NONE;
    fab_edit_finding(edit, from ? FAB_CHANGE_FIELD_FROM : FAB_CHANGE_FIELD_TO, "%s is given, must be empty: table %s has no dates", from ? "from" : "to",
                     def->name);
}

static void report_none_inside(struct fab_edit *edit, const struct fab_table_def *def)
{
    fab_edit_finding(edit, FAB_CHANGE_FIELD_FROM, "from and to leave no row, must meet a row of table %s (by its %s)", def->name, def->date);
}

static void report_nothing(struct fab_edit *edit, fab_change_field field, int rows)
{
    char shown[FAB_SHOWN_SIZE];
    fab_utf8_quote(under_way(edit)->value, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, field, "value is '%s', must change something (%d row%s)", shown, rows, rows == 1 ? " stays as it is" : "s stay as they are");
}

/* ---- set, scale, add ---- */

static void report_unknown_column(struct fab_edit *edit, const struct fab_table_def *def)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    const struct fab_change *change = under_way(edit);
    fab_nearest_begin(&nearest, change->column);
    for (int c = 0; c < def->column_count; c++)
        fab_nearest_offer(&nearest, def->columns[c].name);
    for (int d = 0; d < fab_derived_columns_count; d++)
        if (strcmp(fab_derived_columns[d].table, def->name) == 0)
            fab_nearest_offer(&nearest, fab_derived_columns[d].rule.name);
    fab_utf8_quote(change->column, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must be a column of table %s%s%s%s", shown, def->name, nearest.best[0] ? " (" : "",
                     nearest.best, nearest.best[0] ? "?)" : "");
}

/* The column that set, scale and add may change; NULL with a finding. */
static const struct fab_column *find_column(struct fab_edit *edit, const struct fab_table_def *def)
{
    const struct fab_change *change = under_way(edit);
    int c = fab_table_def_find_column(def, change->column);
    const struct fab_column *column = c < 0 ? NULL : &def->columns[c];
    bool number = column && (column->type == FAB_COLUMN_REAL || column->type == FAB_COLUMN_INT);
    if (!column) {
        report_unknown_column(edit, def);
        return NULL;
    }
    if (column->flags & FAB_KEY) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must not be of the key of table %s (shift moves dates; delete and insert make another row)",
                         column->name, def->name);
        return NULL;
    }
    if (change->operation != FAB_CHANGE_SET && !number) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must be a number for %s", column->name,
                         fab_change_operation_names[change->operation]);
        return NULL;
    }
    return column;
}

static bool check_dates(struct fab_edit *edit, const struct fab_table_def *def, const struct fab_operand *operand)
{
    const struct fab_change *change = under_way(edit);
    if (def->dating == FAB_DATING_NONE && has_dates(change)) {
        report_no_date(edit, def);
        return false;
    }
    if (operand->ramp && (change->from == FAB_DATE_NONE || change->to == FAB_DATE_NONE)) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must have from and to that the ramp runs between%s", change->value,
                         def->dating == FAB_DATING_NONE ? ", and a table with dates" : "");
        return false;
    }
    return true;
}

/* Changes one row inside the window. False when the change cannot go on. */
static bool change_row(struct fab_edit *edit, struct fab_edit_table *table, int r, const struct fab_column *column, const struct fab_operand *operand,
                       const struct fab_window *window, bool *changed, fab_status *status)
{
    void *row = fab_edit_row(table, r);
    const struct fab_column *date = fab_table_def_date(table->def);
    if (under_way(edit)->operation == FAB_CHANGE_SET)
        return fab_value_put(edit, column, row, under_way(edit)->value, FAB_CHANGE_FIELD_VALUE, changed, status) && *status == FAB_OK;
    double part = operand->ramp ? fab_window_part(edit, window, fab_member_number(date, row)) : 0;
    return fab_value_compute(edit, column, row, fab_value_at(operand, part), changed);
}

fab_status fab_rows_set(struct fab_edit *edit, struct fab_edit_table *table)
{
    fab_status status = FAB_OK;
    struct fab_operand operand = {0};
    const struct fab_column *column = find_column(edit, table->def);
    int met = 0, changes = 0;
    if (!column || (under_way(edit)->operation != FAB_CHANGE_SET && !fab_value_read_operand(edit, &operand)) ||
        !check_dates(edit, table->def, &operand))
        return FAB_OK;
    struct fab_window window = fab_window_of(edit, operand.ramp);
    TRY(fab_window_split(edit, table, &window));
    for (int r = 0; r < table->count; r++) {
        bool changed = false;
        if (!table->state[r].matched || !fab_window_has(&window, table, r))
            continue;
        met++;
        if (!change_row(edit, table, r, column, &operand, &window, &changed, &status))
            goto out; /* with a finding, or short of memory */
        changes += changed;
        if (changed)
            fab_edit_touch(edit, table, r);
    }
    if (met == 0)
        report_none_inside(edit, table->def);
    else if (changes == 0)
        report_nothing(edit, FAB_CHANGE_FIELD_VALUE, met);
out:
    return status;
}

/* ---- shift ---- */

/* The dates that a shift moves: the row's own, a window's both; in a table without, the one that is named. Their number, 0 with a finding. */
static int find_dates(struct fab_edit *edit, const struct fab_table_def *def, const struct fab_column *dates[2])
{
    const struct fab_change *change = under_way(edit);
    const struct fab_column *own = fab_table_def_date(def), *end = fab_table_def_end(def);
    int c = fab_table_def_find_column(def, change->column), count = 0;
    const struct fab_column *named = c < 0 ? NULL : &def->columns[c];
    if (own && (!*change->column || named == own || (end && named == end))) {
        dates[count++] = own;
        if (end)
            dates[count++] = end;
    } else if (!own && named && named->type == FAB_COLUMN_DATE) {
        dates[count++] = named;
    } else if (!own) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must be a date of table %s, whose rows have none of their own", change->column, def->name);
    } else {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_COLUMN, "column is '%s', must be empty or %s: shift moves the date of the row", change->column, own->name);
    }
    return count;
}

/* The dates that can be read are those of four-figure years. */
static bool check_day(struct fab_edit *edit, const struct fab_column *column, double day)
{
    char text[FAB_DATE_TEXT_SIZE];
    const char *why = "it is beyond all dates";
    int32_t back;
    if (fabs(day) < INT32_MAX / 2 && fab_date_parse(fab_date_print((int32_t)day, text), &back, &why))
        return true;
    fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "%s becomes no date, must be one (%s)", column->name, why);
    return false;
}

static bool shift_row(struct fab_edit *edit, struct fab_edit_table *table, int r, const struct fab_column *const dates[], int count, double days)
{
    void *row = fab_edit_row(table, r);
    for (int d = 0; d < count; d++) {
        double day = fab_member_number(dates[d], row) + days;
        if (isnan(day))
            continue;
        if (!check_day(edit, dates[d], day))
            return false;
        fab_member_put_number(dates[d], row, day);
    }
    fab_edit_touch(edit, table, r);
    return true;
}

static bool is_first(const struct fab_edit_table *table, int row)
{
    const struct fab_column *key = &table->def->columns[0], *date = fab_table_def_date(table->def);
    for (int r = 0; r < table->count; r++)
        if (!table->state[r].dead && fab_member_compare(key, fab_edit_row(table, r), fab_edit_row(table, row)) == 0 &&
            fab_member_compare(date, fab_edit_row(table, r), fab_edit_row(table, row)) < 0)
            return false;
    return true;
}

/* What another table says (tool_group.tools) holds before a first row, and now does for longer. */
static void warn_of_before(struct fab_edit *edit, const struct fab_edit_table *table, int row)
{
    const struct fab_table_def *def = table->def;
    const struct fab_table_def *parent = fab_dictionary_find(def->columns[0].ref);
    char date[FAB_DATE_TEXT_SIZE];
    const void *referred = fab_edit_referred(edit, &def->columns[0], fab_edit_row(table, row));
    fab_edit_warn(edit, FAB_CHANGE_FIELD_VALUE, "the first row of %s moves to a later date: until %s holds %s.%s", fab_member_text(&parent->columns[0], referred),
                  fab_date_print((int32_t)fab_member_number(fab_table_def_date(def), fab_edit_row(table, row)), date), parent->name, def->before);
}

fab_status fab_rows_shift(struct fab_edit *edit, struct fab_edit_table *table)
{
    const struct fab_table_def *def = table->def;
    const struct fab_column *dates[2];
    struct fab_operand days;
    struct fab_window window = fab_window_of(edit, false);
    int count = find_dates(edit, def, dates), met = 0;
    if (count == 0 || !fab_value_read_operand(edit, &days))
        return FAB_OK;
    if (days.value != floor(days.value) || days.value == 0) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value is '%s', must be a whole number of days, not 0", under_way(edit)->value);
        return FAB_OK;
    }
    if (def->dating == FAB_DATING_NONE && has_dates(under_way(edit))) {
        report_no_date(edit, def);
        return FAB_OK;
    }
    for (int r = 0; r < table->count; r++) /* before any row moves */
        table->state[r].piece = table->state[r].matched && def->before && days.value > 0 && is_first(table, r);
    for (int r = 0; r < table->count; r++) {
        if (!table->state[r].matched || !fab_window_has(&window, table, r))
            continue;
        met++;
        if (!shift_row(edit, table, r, dates, count, days.value))
            return FAB_OK;
        if (table->state[r].piece)
            warn_of_before(edit, table, r);
    }
    if (met == 0)
        report_none_inside(edit, def);
    return FAB_OK;
}

/* ---- insert ---- */

/* Finds the column of "column=value"; -1 with a finding. basis and note are of every table, and no part of the model. */
static int find_inserted(struct fab_edit *edit, const struct fab_table_def *def, const char *name, bool *extra)
{
    int c = fab_table_def_find_column(def, name);
    *extra = c < 0 && (strcmp(name, "basis") == 0 || strcmp(name, "note") == 0);
    if (c >= 0 || *extra)
        return c;
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    fab_nearest_begin(&nearest, name);
    for (int k = 0; k < def->column_count; k++)
        fab_nearest_offer(&nearest, def->columns[k].name);
    fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value has '%s', must be a column of table %s%s%s%s", shown, def->name, nearest.best[0] ? " (" : "",
                     nearest.best, nearest.best[0] ? "?)" : "");
    return -1;
}

enum { COLUMNS_MAX = 64 };

/* Puts one "column=value" into the new row. False with a finding. */
static bool put_inserted(struct fab_edit *edit, const struct fab_table_def *def, void *row, const char *piece, size_t length, bool given[COLUMNS_MAX],
                         fab_status *status)
{
    char name[FAB_ID_MAX + 1], text[FAB_TEXT_MAX + 2];
    const char *sign = memchr(piece, '=', length);
    bool extra = false, changed;
    if (!sign) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value has '%.*s', must be column=value;column=value...", (int)length, piece);
        return false;
    }
    fab_key_unescape(piece, (size_t)(sign - piece), name, sizeof name);
    fab_key_unescape(sign + 1, length - (size_t)(sign - piece) - 1, text, sizeof text);
    int c = find_inserted(edit, def, name, &extra);
    if (extra)
        return true;
    if (c >= 0 && given[c])
        fab_edit_finding(edit, FAB_CHANGE_FIELD_VALUE, "value gives %s twice, must give it once", name);
    if (c < 0 || given[c])
        return false;
    given[c] = true;
    return fab_value_put(edit, &def->columns[c], row, text, FAB_CHANGE_FIELD_VALUE, &changed, status);
}

static bool check_insert(struct fab_edit *edit, const struct fab_table_def *def)
{
    const struct fab_change *change = under_way(edit);
    if (has_dates(change)) {
        fab_edit_finding(edit, change->from != FAB_DATE_NONE ? FAB_CHANGE_FIELD_FROM : FAB_CHANGE_FIELD_TO,
                         "from and to are given, must be empty: the value gives the dates of the row");
        return false;
    }
    if (*change->key || *change->column) {
        fab_edit_finding(edit, *change->key ? FAB_CHANGE_FIELD_KEY : FAB_CHANGE_FIELD_COLUMN,
                         "%s is given, must be empty: the value gives the columns of the row of table %s", *change->key ? "key" : "column", def->name);
        return false;
    }
    return true;
}

/* An estimated yield of a source follows changes of its process. */
static fab_status mark_fitted(struct fab_edit *edit, const struct fab_edit_table *table, int row)
{
    fab_status status = FAB_OK;
    if (under_way(edit)->origin != FAB_CHANGE_YIELD || strcmp(table->def->name, "source_yield") != 0)
        return FAB_OK;
    if (!edit->model->yield_fitted)
        TRY_MEMORY(edit->context, edit->model->yield_fitted = fab_arena_take(edit->model->arena, (size_t)edit->model->source_count,
                                                                             sizeof *edit->model->yield_fitted));
    int source = fab_member_reference(&table->def->columns[0], fab_edit_row(table, row));
    if (source < edit->model->source_count) /* else a change has made it: it has no history */
        edit->model->yield_fitted[source] = true;
out:
    return status;
}

fab_status fab_rows_insert(struct fab_edit *edit, struct fab_edit_table *table)
{
    fab_status status = FAB_OK;
    const struct fab_table_def *def = table->def;
    struct fab_key_pieces pieces = {under_way(edit)->value};
    bool given[COLUMNS_MAX] = {false}, good = check_insert(edit, def), changed;
    const char *piece = "";
    size_t length = 0;
    int row;
    if (!good)
        return FAB_OK;
    TRY(fab_edit_add_row(edit, table, NULL, &row));
    while (good && status == FAB_OK && fab_key_next(&pieces, ';', &piece, &length))
        if (length > 0)
            good = put_inserted(edit, def, fab_edit_row(table, row), piece, length, given, &status);
    for (int c = 0; good && status == FAB_OK && c < def->column_count; c++)
        if (!given[c])
            good = fab_value_put(edit, &def->columns[c], fab_edit_row(table, row), "", FAB_CHANGE_FIELD_VALUE, &changed, &status);
    table->state[row].dead = !good || status != FAB_OK;
    if (good && status == FAB_OK)
        TRY(mark_fitted(edit, table, row));
out:
    return status;
}

/* ---- delete ---- */

fab_status fab_rows_delete(struct fab_edit *edit, struct fab_edit_table *table)
{
    fab_status status = FAB_OK;
    struct fab_window window = fab_window_of(edit, false);
    int met = 0, changes = 0;
    if (*under_way(edit)->column || *under_way(edit)->value) {
        fab_edit_finding(edit, *under_way(edit)->column ? FAB_CHANGE_FIELD_COLUMN : FAB_CHANGE_FIELD_VALUE, "%s is given, must be empty: delete removes whole rows",
                         *under_way(edit)->column ? "column" : "value");
        return FAB_OK;
    }
    if (table->def->dating == FAB_DATING_NONE && has_dates(under_way(edit))) {
        report_no_date(edit, table->def);
        return FAB_OK;
    }
    TRY(fab_window_split(edit, table, &window));
    for (int r = 0; r < table->count; r++) {
        struct fab_row_state *state = &table->state[r];
        if (!state->matched || !fab_window_has(&window, table, r))
            continue;
        met++;
        /* what the row before goes on to say is not gone */
        changes += !(state->piece && table->def->dating == FAB_DATING_FROM);
        state->dead = true;
        fab_edit_touch(edit, table, r);
    }
    if (met == 0)
        report_none_inside(edit, table->def);
    else if (changes == 0)
        fab_edit_finding(edit, FAB_CHANGE_FIELD_FROM, "no row of table %s begins inside from and to, must change something (a row holds until the next one)",
                         table->def->name);
out:
    return status;
}
