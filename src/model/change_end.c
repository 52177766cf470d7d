/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_end.h"

#include "cell.h"
#include "change_derived.h"
#include "change_order.h"
#include "member.h"
#include "number.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* New indices of the rows of every table, NULL where they are the old ones. */
struct renumbering {
    int **index; /* [fab_dictionary_count][rows]; FAB_NONE: deleted */
};

/* ---- rules of the cells ---- */

/* A number that a change has computed, by the rule of its column. */
static void check_number(struct fab_edit *edit, int change, const struct fab_column *column, const void *row)
{
    char text[FAB_NUMBER_TEXT_SIZE], problem[FAB_PROBLEM_SIZE];
    struct fab_cell cell;
    double number = fab_member_number(column, row);
    const char *shown = isnan(number) ? "" : fab_number_print(number, text);
    if (!fab_cell_read(column, shown, strlen(shown), &cell, problem))
        fab_edit_finding_of(edit, change, FAB_CHANGE_FIELD_VALUE, "%s", problem);
}

static void check_setting(struct fab_edit *edit, int change, const struct fab_setting *setting)
{
    char problem[FAB_PROBLEM_SIZE];
    const struct fab_setting_def *def = fab_setting_find(setting->key);
    if (!def)
        fab_edit_finding_of(edit, change, FAB_CHANGE_FIELD_VALUE, "key is '%s', must be a known setting", setting->key);
    else if (!fab_setting_read(def, setting->value, strlen(setting->value), problem))
        fab_edit_finding_of(edit, change, FAB_CHANGE_FIELD_VALUE, "%s", problem);
}

static void check_cells(struct fab_edit *edit, const struct fab_edit_table *table)
{
    for (int r = 0; r < table->count; r++) {
        const struct fab_row_state *state = &table->state[r];
        if (state->dead || state->change == FAB_NONE)
            continue;
        for (int c = 0; c < table->def->column_count; c++)
            if (fab_member_is_number(&table->def->columns[c]))
                check_number(edit, state->change, &table->def->columns[c], fab_edit_row(table, r));
        if (strcmp(table->def->name, "setting") == 0)
            check_setting(edit, state->change, fab_edit_row(table, r));
    }
}

/* ---- references ---- */

/* A row of a table still names one that a change has deleted: the finding is that change's. */
static void report_deleted(struct fab_edit *edit, const struct fab_edit_table *table, int r, const struct fab_column *column)
{
    const struct fab_edit_table *parent = fab_edit_table(edit, fab_dictionary_find(column->ref));
    int index = fab_member_reference(column, fab_edit_row(table, r));
    if (parent->state[index].named)
        return;
    parent->state[index].named = true;
    const char *id = fab_member_text(&parent->def->columns[0], fab_edit_row(parent, index));
    fab_edit_finding_of(edit, parent->state[index].change, FAB_CHANGE_FIELD_KEY, "%s '%s' is deleted, must stay: a row of table %s names it", parent->def->name, id,
                        table->def->name);
}

static void renumber_references(struct fab_edit *edit, struct fab_edit_table *table, const struct renumbering *new)
{
    for (int c = 0; c < table->def->column_count; c++) {
        const struct fab_column *column = &table->def->columns[c];
        const int *index = column->type == FAB_COLUMN_REF ? new->index[fab_dictionary_find(column->ref) - fab_dictionary] : NULL;
        if (!index)
            continue;
        table->changed = true;
        for (int r = 0; r < table->count; r++) {
            int old = fab_member_reference(column, fab_edit_row(table, r));
            if (old == FAB_NONE || table->state[r].dead)
                continue;
            if (index[old] == FAB_NONE)
                report_deleted(edit, table, r, column);
            fab_member_put_reference(column, fab_edit_row(table, r), index[old]);
        }
    }
}

/* ---- a table ---- */

static void print_key(struct fab_edit *edit, const struct fab_edit_table *table, int row, char *text, size_t size)
{
    size_t used = 0;
    *text = '\0';
    for (int c = 0; c < table->def->column_count && used < size; c++) {
        const struct fab_column *column = &table->def->columns[c];
        char number[FAB_NUMBER_TEXT_SIZE];
        const char *shown = "";
        if (!(column->flags & FAB_KEY))
            continue;
        if (fab_member_is_text(column)) {
            shown = fab_member_text(column, fab_edit_row(table, row));
        } else if (column->type == FAB_COLUMN_REF) {
            /* parents come before: theirs are the new indices */
            const struct fab_table_def *parent = fab_dictionary_find(column->ref);
            int index = fab_member_reference(column, fab_edit_row(table, row));
            shown = index == FAB_NONE ? "" : fab_member_text(&parent->columns[0], *fab_model_rows(edit->model, parent) + (size_t)index * parent->record_size);
        } else {
            double value = fab_member_number(column, fab_edit_row(table, row));
            shown = isnan(value) ? "" : column->type == FAB_COLUMN_DATE ? fab_date_print((int32_t)value, number) : fab_number_print(value, number);
        }
        used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " " : "", shown ? shown : "");
    }
}

static void report_twice(struct fab_edit *edit, const struct fab_edit_table *table, int left, int right)
{
    char key[FAB_PROBLEM_SIZE / 2];
    int change = table->state[right].change > table->state[left].change ? table->state[right].change : table->state[left].change;
    print_key(edit, table, left, key, sizeof key);
    fab_edit_finding_of(edit, change, FAB_CHANGE_FIELD_VALUE, "table %s has '%s' twice, must be unique", table->def->name, key);
}

/* Sorts a changed table into the model and says where its rows have gone. */
static fab_status store_table(struct fab_edit *edit, struct fab_edit_table *table, struct renumbering *new)
{
    fab_status status = FAB_OK;
    const struct fab_table_def *def = table->def;
    int *order = NULL, *index = NULL, count = 0;
    char *rows = NULL;
    TRY_MEMORY(edit->context, order = fab_order_new(table, &count));
    TRY_MEMORY(edit->context, index = malloc(((size_t)table->count + 1) * sizeof *index));
    TRY_MEMORY(edit->context, rows = fab_arena_take(edit->model->arena, (size_t)count, def->record_size));
    for (int r = 0; r < table->count; r++)
        index[r] = FAB_NONE;
    for (int k = 0; k < count; k++) {
        index[order[k]] = k;
        memcpy(rows + (size_t)k * def->record_size, fab_edit_row(table, order[k]), def->record_size);
        if (k > 0 && fab_order_same_row(table, order[k - 1], order[k]))
            report_twice(edit, table, order[k - 1], order[k]);
    }
    *fab_model_rows(edit->model, def) = rows;
    *fab_model_row_count(edit->model, def) = count;
    new->index[def - fab_dictionary] = index;
    index = NULL;
out:
    free(order);
    free(index);
    return status;
}

/* ---- what else names rows ---- */

static fab_status renumber_fitted(struct fab_edit *edit, const int *index, int old_count)
{
    fab_status status = FAB_OK;
    bool *fitted = NULL;
    if (!edit->model->yield_fitted || !index)
        return FAB_OK;
    TRY_MEMORY(edit->context, fitted = fab_arena_take(edit->model->arena, (size_t)edit->model->source_count, sizeof *fitted));
    for (int s = 0; s < old_count; s++)
        if (index[s] != FAB_NONE && edit->model->yield_fitted[s])
            fitted[index[s]] = true;
    edit->model->yield_fitted = fitted;
out:
    return status;
}

static void renumber_wip(struct fab_edit *edit, const int *index)
{
    for (int w = 0; index && w < edit->model->wip_count; w++) {
        struct fab_wip *wip = &edit->model->wip[w];
        const struct fab_edit_table *sources = fab_edit_table(edit, fab_dictionary_find("source"));
        if (index[wip->source] == FAB_NONE)
            fab_edit_finding_of(edit, sources->state[wip->source].change, FAB_CHANGE_FIELD_KEY, "source is deleted, must stay: lot %s is on its way there", wip->lot);
        wip->source = index[wip->source];
    }
}

/* Adjustments go to the model with the new numbers of their rows; those of deleted rows are gone. */
static fab_status store_adjustments(struct fab_edit *edit, const struct renumbering *new)
{
    fab_status status = FAB_OK;
    int count = 0;
    TRY_MEMORY(edit->context, edit->model->adjustment = fab_arena_take(edit->model->arena, (size_t)edit->adjustment_count, sizeof *edit->adjustment));
    for (int a = 0; a < edit->adjustment_count; a++) {
        struct fab_adjustment adjustment = edit->adjustment[a];
        const int *index = new->index[fab_dictionary_find(fab_derived_columns[adjustment.what].table) - fab_dictionary];
        adjustment.row = index ? index[adjustment.row] : adjustment.row;
        edit->adjustment_change[count] = edit->adjustment_change[a];
        if (adjustment.row != FAB_NONE)
            edit->model->adjustment[count++] = adjustment;
    }
    edit->model->adjustment_count = count;
out:
    return status;
}

fab_status fab_change_end(struct fab_edit *edit)
{
    fab_status status = FAB_OK;
    struct renumbering new = {calloc((size_t)fab_dictionary_count, sizeof *new.index)};
    const struct fab_table_def *source = fab_dictionary_find("source");
    int sources = edit->model->source_count;
    TRY_MEMORY(edit->context, new.index);
    for (int t = 0; t < fab_dictionary_count; t++) {
        struct fab_edit_table *table = &edit->table[t];
        if (!table->def)
            continue;
        check_cells(edit, table);
        renumber_references(edit, table, &new);
        if (table->changed)
            TRY(store_table(edit, table, &new));
    }
    const int *source_index = new.index[source - fab_dictionary];
    TRY(renumber_fitted(edit, source_index, sources));
    renumber_wip(edit, source_index);
    if (edit->findings > 0)
        goto out; /* references may lead nowhere */
    TRY(store_adjustments(edit, &new));
    fab_derived_check(edit);
out:
    for (int t = 0; new.index && t < fab_dictionary_count; t++)
        free(new.index[t]);
    free(new.index);
    return status;
}
