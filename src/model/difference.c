/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "difference.h"

#include "change.h"
#include "date.h"
#include "dictionary.h"
#include "member.h"
#include "number.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row by the text of its key. */
struct keyed {
    const char *key, *row;
};

struct differ {
    fab_context *context;
    const fab_model *before, *after;
    fab_difference_sink *sink;
    void *user;
    const struct fab_table_def *def;
    fab_arena *arena; /* of the texts of a table */
};

/* ---- texts ---- */

static const char *reference_text(const fab_model *model, const struct fab_column *column, const char *row)
{
    const struct fab_table_def *parent = fab_dictionary_find(column->ref);
    int found = fab_member_reference(column, row);
    if (found == FAB_NONE)
        return "";
    return fab_member_text(&parent->columns[0], *fab_model_rows((fab_model *)model, parent) + (size_t)found * parent->record_size);
}

/* A member as a CSV file writes it, "" for an empty one; NULL when memory is short. */
static const char *member_text(fab_arena *arena, const fab_model *model, const struct fab_column *column, const char *row)
{
    char date[FAB_DATE_TEXT_SIZE], number[FAB_NUMBER_TEXT_SIZE];
    if (fab_member_is_text(column)) {
        const char *text = fab_member_text(column, row);
        return text ? text : "";
    }
    if (column->type == FAB_COLUMN_REF)
        return reference_text(model, column, row);
    double value = fab_member_number(column, row);
    if (isnan(value))
        return "";
    return fab_arena_dup(arena, column->type == FAB_COLUMN_DATE ? fab_date_print((int32_t)value, date) : fab_number_print(value, number));
}

static const char *key_text(fab_arena *arena, const fab_model *model, const struct fab_table_def *def, const char *row)
{
    const char *key = NULL;
    for (int c = 0; c < def->column_count; c++) {
        if (!(def->columns[c].flags & FAB_KEY))
            continue;
        const char *part = member_text(arena, model, &def->columns[c], row);
        key = part && key ? fab_arena_printf(arena, "%s/%s", key, part) : part;
        if (!key)
            return NULL;
    }
    return key ? key : "";
}

/* How a change names the row: a table whose only key is a date has the key "*"; an empty part of a key is a condition. */
static const char *change_key(fab_arena *arena, const fab_model *model, const struct fab_table_def *def, const char *row)
{
    const char *ids = "", *conditions = "";
    int parts = 0;
    for (int c = 0; ids && conditions && c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        if (!(column->flags & FAB_KEY))
            continue;
        const char *text = member_text(arena, model, column, row), *escaped = text ? fab_change_escape(arena, text) : NULL;
        bool date = column->type == FAB_COLUMN_DATE;
        if (!escaped)
            return NULL;
        if (date || !*text)
            conditions = fab_arena_printf(arena, "%s;%s=%s", conditions, column->name, escaped);
        if (!date)
            ids = fab_arena_printf(arena, "%s%s%s", ids, parts++ ? "/" : "", *text ? escaped : "*");
    }
    return ids && conditions ? fab_arena_printf(arena, "%s%s", parts ? ids : "*", conditions) : NULL;
}

/* "column=value;..." of all that is not empty: for a reader without the key, for an insert with it. */
static const char *row_text(fab_arena *arena, const fab_model *model, const struct fab_table_def *def, const char *row, bool insert)
{
    const char *text = "";
    for (int c = 0; text && c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        const char *value = column->flags & FAB_KEY && !insert ? "" : member_text(arena, model, column, row);
        if (value && insert)
            value = fab_change_escape(arena, value);
        if (!value)
            return NULL;
        if (*value)
            text = fab_arena_printf(arena, "%s%s%s=%s", text, *text ? ";" : "", column->name, value);
    }
    return text;
}

/* ---- rows ---- */

static int compare_keys(const void *left, const void *right)
{
    return strcmp(((const struct keyed *)left)->key, ((const struct keyed *)right)->key);
}

static fab_status sort_rows(const struct differ *differ, const fab_model *model, struct keyed **result, int *count)
{
    fab_status status = FAB_OK;
    const char *rows = *fab_model_rows((fab_model *)model, differ->def);
    *count = *fab_model_row_count((fab_model *)model, differ->def);
    struct keyed *keyed = fab_arena_take(differ->arena, (size_t)*count, sizeof *keyed);
    TRY_MEMORY(differ->context, keyed);
    for (int r = 0; r < *count; r++) {
        keyed[r].row = rows + (size_t)r * differ->def->record_size;
        TRY_MEMORY(differ->context, keyed[r].key = key_text(differ->arena, model, differ->def, keyed[r].row));
    }
    if (*count > 1)
        qsort(keyed, (size_t)*count, sizeof *keyed, compare_keys);
    *result = keyed;
out:
    return status;
}

/* A row that only one of the models has. */
static fab_status tell_row(const struct differ *differ, const struct keyed *row, bool added)
{
    fab_status status = FAB_OK;
    const fab_model *model = added ? differ->after : differ->before;
    struct fab_difference difference = {.table = differ->def->name, .key = row->key, .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};
    const char *text = row_text(differ->arena, model, differ->def, row->row, false);
    TRY_MEMORY(differ->context, text);
    TRY_MEMORY(differ->context, difference.change_key = change_key(differ->arena, model, differ->def, row->row));
    if (added)
        TRY_MEMORY(differ->context, difference.insert = row_text(differ->arena, model, differ->def, row->row, true));
    *(added ? &difference.after : &difference.before) = text;
    TRY(differ->sink(differ->user, &difference));
out:
    return status;
}

static fab_status compare_columns(const struct differ *differ, const struct keyed *before, const struct keyed *after)
{
    fab_status status = FAB_OK;
    struct fab_difference difference = {.table = differ->def->name, .key = before->key, .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};
    for (int c = 0; c < differ->def->column_count; c++) {
        const struct fab_column *column = &differ->def->columns[c];
        if (column->flags & FAB_KEY || (column->type != FAB_COLUMN_REF && fab_member_compare(column, before->row, after->row) == 0))
            continue;
        difference.column = column->name;
        TRY_MEMORY(differ->context, difference.before = member_text(differ->arena, differ->before, column, before->row));
        TRY_MEMORY(differ->context, difference.after = member_text(differ->arena, differ->after, column, after->row));
        if (strcmp(difference.before, difference.after) == 0)
            continue;
        TRY_MEMORY(differ->context, difference.change_key = change_key(differ->arena, differ->before, differ->def, before->row));
        TRY(differ->sink(differ->user, &difference));
    }
out:
    return status;
}

static fab_status compare_rows(struct differ *differ)
{
    fab_status status = FAB_OK;
    struct keyed *before = NULL, *after = NULL;
    int before_count = 0, after_count = 0;
    TRY_MEMORY(differ->context, differ->arena = fab_arena_new());
    TRY(sort_rows(differ, differ->before, &before, &before_count));
    TRY(sort_rows(differ, differ->after, &after, &after_count));
    for (int b = 0, a = 0; b < before_count || a < after_count;) {
        int order = b == before_count ? 1 : a == after_count ? -1 : strcmp(before[b].key, after[a].key);
        if (order == 0)
            TRY(compare_columns(differ, &before[b], &after[a]));
        else
            TRY(tell_row(differ, order < 0 ? &before[b] : &after[a], order > 0));
        b += order <= 0;
        a += order >= 0;
    }
out:
    fab_arena_free(differ->arena);
    differ->arena = NULL;
    return status;
}

/* ---- figures that no table holds ---- */

static const char *way_text(fab_arena *arena, const struct fab_adjustment *adjustment)
{
    static const char *const ways[] = {[FAB_ADJUSTMENT_SET] = "set", [FAB_ADJUSTMENT_SCALE] = "scale", [FAB_ADJUSTMENT_ADD] = "add"};
    char first[FAB_NUMBER_TEXT_SIZE], last[FAB_NUMBER_TEXT_SIZE];
    fab_number_print(adjustment->value, first);
    fab_number_print(adjustment->last, last);
    return fab_arena_printf(arena, "%s %s%s%s", ways[adjustment->way], first, adjustment->ramp ? ".." : "", adjustment->ramp ? last : "");
}

static int32_t date_of(double day)
{
    return isinf(day) ? FAB_DATE_NONE : (int32_t)day;
}

static const char *adjusted_row(const fab_model *model, const struct fab_adjustment *adjustment)
{
    const struct fab_table_def *def = fab_dictionary_find(fab_derived_columns[adjustment->what].table);
    return *fab_model_rows((fab_model *)model, def) + (size_t)adjustment->row * def->record_size;
}

static fab_status tell_adjustment(struct differ *differ, const struct fab_adjustment *adjustment, bool added)
{
    fab_status status = FAB_OK;
    const fab_model *model = added ? differ->after : differ->before;
    const struct fab_derived_column *derived = &fab_derived_columns[adjustment->what];
    const struct fab_table_def *def = fab_dictionary_find(derived->table);
    struct fab_difference difference = {.table = def->name, .column = derived->rule.name, .from = date_of(adjustment->from), .to = date_of(adjustment->to)};
    TRY_MEMORY(differ->context, differ->arena = fab_arena_new());
    TRY_MEMORY(differ->context, difference.key = key_text(differ->arena, model, def, adjusted_row(model, adjustment)));
    TRY_MEMORY(differ->context, difference.change_key = change_key(differ->arena, model, def, adjusted_row(model, adjustment)));
    TRY_MEMORY(differ->context, *(added ? &difference.after : &difference.before) = way_text(differ->arena, adjustment));
    TRY(differ->sink(differ->user, &difference));
out:
    fab_arena_free(differ->arena);
    differ->arena = NULL;
    return status;
}

static bool same_adjustment(const fab_model *left, const struct fab_adjustment *a, const fab_model *right, const struct fab_adjustment *b)
{
    const struct fab_column *id = &fab_dictionary_find(fab_derived_columns[a->what].table)->columns[0];
    return a->what == b->what && a->way == b->way && a->ramp == b->ramp && a->value == b->value && (!a->ramp || a->last == b->last) && a->from == b->from && a->to == b->to &&
           strcmp(fab_member_text(id, adjusted_row(left, a)), fab_member_text(id, adjusted_row(right, b))) == 0;
}

static bool has_adjustment(const fab_model *model, const fab_model *other, const struct fab_adjustment *adjustment)
{
    for (int a = 0; a < model->adjustment_count; a++)
        if (same_adjustment(model, &model->adjustment[a], other, adjustment))
            return true;
    return false;
}

static fab_status compare_adjustments(struct differ *differ)
{
    fab_status status = FAB_OK;
    const fab_model *before = differ->before, *after = differ->after;
    for (int a = 0; a < before->adjustment_count; a++)
        if (!has_adjustment(after, before, &before->adjustment[a]))
            TRY(tell_adjustment(differ, &before->adjustment[a], false));
    for (int a = 0; a < after->adjustment_count; a++)
        if (!has_adjustment(before, after, &after->adjustment[a]))
            TRY(tell_adjustment(differ, &after->adjustment[a], true));
out:
    return status;
}

fab_status fab_model_differ(fab_context *context, const fab_model *before, const fab_model *after, fab_difference_sink *sink, void *user)
{
    fab_status status = FAB_OK;
    struct differ differ = {.context = context, .before = before, .after = after, .sink = sink, .user = user};
    for (int t = 0; t < fab_dictionary_count; t++) {
        differ.def = &fab_dictionary[t];
        if (differ.def->record_size > 0)
            TRY(compare_rows(&differ));
    }
    TRY(compare_adjustments(&differ));
out:
    return status;
}
