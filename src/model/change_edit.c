/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_edit.h"

#include "array.h"
#include "member.h"
#include "try.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 2048, ORIGIN_SIZE = 256, FINDINGS_SHOWN = 50 };

static fab_status open_table(struct fab_edit *edit, const struct fab_table_def *def)
{
    fab_status status = FAB_OK;
    struct fab_edit_table *table = fab_edit_table(edit, def);
    int count = *fab_model_row_count(edit->model, def);
    table->def = def;
    TRY_MEMORY(edit->context, fab_array_room(&table->rows, 0, count + 1, &table->row_capacity, def->record_size));
    TRY_MEMORY(edit->context, fab_array_room(&table->state, 0, count + 1, &table->state_capacity, sizeof *table->state));
    if (count > 0)
        memcpy(table->rows, *fab_model_rows(edit->model, def), (size_t)count * def->record_size);
    for (int r = 0; r < count; r++)
        table->state[r] = (struct fab_row_state){.change = FAB_NONE};
    table->count = count;
out:
    return status;
}

fab_status fab_edit_add_adjustment(struct fab_edit *edit, const struct fab_adjustment *adjustment)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(edit->context, FAB_ARRAY_ROOM(&edit->adjustment, edit->adjustment_count, &edit->adjustment_capacity));
    TRY_MEMORY(edit->context, FAB_ARRAY_ROOM(&edit->adjustment_change, edit->adjustment_count, &edit->adjustment_change_capacity));
    edit->adjustment_change[edit->adjustment_count] = edit->current;
    edit->adjustment[edit->adjustment_count++] = *adjustment;
out:
    return status;
}

fab_status fab_edit_init(fab_context *context, fab_model *model, const struct fab_change_list *list, struct fab_edit *edit)
{
    fab_status status = FAB_OK;
    *edit = (struct fab_edit){.context = context, .model = model, .list = list, .current = FAB_NONE};
    TRY_MEMORY(context, edit->table = calloc((size_t)fab_dictionary_count, sizeof *edit->table));
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            TRY(open_table(edit, &fab_dictionary[t]));
    for (int a = 0; a < model->adjustment_count; a++)
        TRY(fab_edit_add_adjustment(edit, &model->adjustment[a]));
out:
    return status;
}

void fab_edit_fini(struct fab_edit *edit)
{
    for (int t = 0; edit->table && t < fab_dictionary_count; t++) {
        free(edit->table[t].rows);
        free(edit->table[t].state);
    }
    free(edit->table);
    free(edit->adjustment);
    free(edit->adjustment_change);
}

struct fab_edit_table *fab_edit_table(struct fab_edit *edit, const struct fab_table_def *def)
{
    return &edit->table[def - fab_dictionary];
}

void *fab_edit_row(const struct fab_edit_table *table, int row)
{
    return table->rows + (size_t)row * table->def->record_size;
}

const void *fab_edit_referred(struct fab_edit *edit, const struct fab_column *column, const void *row)
{
    int index = fab_member_reference(column, row);
    return index == FAB_NONE ? NULL : fab_edit_row(fab_edit_table(edit, fab_dictionary_find(column->ref)), index);
}

int fab_edit_find(struct fab_edit *edit, const struct fab_table_def *def, const char *id)
{
    const struct fab_edit_table *table = fab_edit_table(edit, def);
    for (int r = 0; r < table->count; r++)
        if (!table->state[r].dead && strcmp(fab_member_text(&def->columns[0], fab_edit_row(table, r)), id) == 0)
            return r;
    return FAB_NONE;
}

const char *fab_edit_id(struct fab_edit *edit, const char *name, int row)
{
    const struct fab_edit_table *table = fab_edit_table(edit, fab_dictionary_find(name));
    return fab_member_text(&table->def->columns[0], fab_edit_row(table, row));
}

fab_status fab_edit_add_row(struct fab_edit *edit, struct fab_edit_table *table, const void *record, int *row)
{
    fab_status status = FAB_OK;
    size_t size = table->def->record_size, from = 0;
    /* a record of the table itself moves when the array grows */
    bool own = record && (const char *)record >= table->rows && (const char *)record < table->rows + (size_t)table->count * size;
    if (own)
        from = (size_t)((const char *)record - table->rows);
    TRY_MEMORY(edit->context, fab_array_room(&table->rows, table->count, 1, &table->row_capacity, size));
    TRY_MEMORY(edit->context, fab_array_room(&table->state, table->count, 1, &table->state_capacity, sizeof *table->state));
    char *added = table->rows + (size_t)table->count * size;
    if (record)
        memcpy(added, own ? table->rows + from : record, size);
    else
        memset(added, 0, size);
    *row = table->count++;
    table->state[*row] = (struct fab_row_state){.change = edit->current};
    table->changed = true;
out:
    return status;
}

void fab_edit_touch(struct fab_edit *edit, struct fab_edit_table *table, int row)
{
    table->state[row].change = edit->current;
    table->changed = true;
}

static const char *print_origin(const struct fab_change *change, char text[ORIGIN_SIZE])
{
    const char *origin = fab_change_origin_names[change->origin];
    if (change->origin == FAB_CHANGE_SCENARIO)
        snprintf(text, ORIGIN_SIZE, "scenario %s, change %lld", change->scenario, (long long)change->number);
    else
        snprintf(text, ORIGIN_SIZE, "%s, %s %s", origin, change->table, change->key);
    return text;
}

const char *fab_edit_origin(struct fab_edit *edit, int change)
{
    char text[ORIGIN_SIZE];
    return fab_arena_dup(edit->model->arena, print_origin(&edit->list->change[change], text));
}

static void say(struct fab_edit *edit, fab_level level, int number, fab_change_field field, const char *text)
{
    const struct fab_change *change = &edit->list->change[number];
    char origin[ORIGIN_SIZE];
    if (change->file)
        fab_say(edit->context, level, "%s:%lld:%d: %s", change->file, (long long)change->line, change->place[field] ? change->place[field] : 1, text);
    else
        fab_say(edit->context, level, "%s: %s", print_origin(change, origin), text);
}

static void add_finding(struct fab_edit *edit, int change, fab_change_field field, const char *format, va_list arguments)
{
    char text[TEXT_SIZE];
    if (edit->findings++ >= FINDINGS_SHOWN)
        return;
    vsnprintf(text, sizeof text, format, arguments);
    say(edit, FAB_LEVEL_FINDING, change, field, text);
}

void fab_edit_finding(struct fab_edit *edit, fab_change_field field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(edit, edit->current, field, format, arguments);
    va_end(arguments);
}

void fab_edit_finding_of(struct fab_edit *edit, int change, fab_change_field field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(edit, change, field, format, arguments);
    va_end(arguments);
}

void fab_edit_finding_of_data(struct fab_edit *edit, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (edit->findings++ >= FINDINGS_SHOWN)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fab_say(edit->context, FAB_LEVEL_FINDING, "%s", text);
}

void fab_edit_warn(struct fab_edit *edit, fab_change_field field, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say(edit, FAB_LEVEL_WARNING, edit->current, field, text);
}
