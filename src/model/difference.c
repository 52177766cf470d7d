/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "difference.h"

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

/* "column=value;..." of all that is no key and not empty. */
static const char *row_text(fab_arena *arena, const fab_model *model, const struct fab_table_def *def, const char *row)
{
    const char *text = "";
    for (int c = 0; text && c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        const char *value = column->flags & FAB_KEY ? "" : member_text(arena, model, column, row);
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

static fab_status tell(const struct differ *differ, const char *key, const char *column, const char *before, const char *after)
{
    const struct fab_difference difference = {differ->def->name, key, column, before, after, FAB_DATE_NONE, FAB_DATE_NONE};
    return differ->sink(differ->user, &difference);
}

/* A row that only one of the models has. */
static fab_status tell_row(const struct differ *differ, const struct keyed *row, bool added)
{
    fab_status status = FAB_OK;
    const char *text = row_text(differ->arena, added ? differ->after : differ->before, differ->def, row->row);
    TRY_MEMORY(differ->context, text);
    TRY(tell(differ, row->key, NULL, added ? NULL : text, added ? text : NULL));
out:
    return status;
}

static fab_status compare_columns(const struct differ *differ, const struct keyed *before, const struct keyed *after)
{
    fab_status status = FAB_OK;
    for (int c = 0; c < differ->def->column_count; c++) {
        const struct fab_column *column = &differ->def->columns[c];
        if (column->flags & FAB_KEY || (column->type != FAB_COLUMN_REF && fab_member_compare(column, before->row, after->row) == 0))
            continue;
        const char *old = member_text(differ->arena, differ->before, column, before->row), *new = member_text(differ->arena, differ->after, column, after->row);
        TRY_MEMORY(differ->context, old && new);
        if (strcmp(old, new) != 0)
            TRY(tell(differ, before->key, column->name, old, new));
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

static fab_status tell_adjustment(struct differ *differ, const struct fab_adjustment *adjustment)
{
    fab_status status = FAB_OK;
    const struct fab_derived_column *derived = &fab_derived_columns[adjustment->what];
    const struct fab_table_def *def = fab_dictionary_find(derived->table);
    const char *row = *fab_model_rows((fab_model *)differ->after, def) + (size_t)adjustment->row * def->record_size;
    struct fab_difference difference = {def->name, NULL, derived->rule.name, NULL, NULL, date_of(adjustment->from), date_of(adjustment->to)};
    TRY_MEMORY(differ->context, differ->arena = fab_arena_new());
    TRY_MEMORY(differ->context, difference.key = key_text(differ->arena, differ->after, def, row));
    TRY_MEMORY(differ->context, difference.after = way_text(differ->arena, adjustment));
    TRY(differ->sink(differ->user, &difference));
out:
    fab_arena_free(differ->arena);
    differ->arena = NULL;
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
    for (int a = before->adjustment_count; a < after->adjustment_count; a++)
        TRY(tell_adjustment(&differ, &after->adjustment[a]));
out:
    return status;
}
