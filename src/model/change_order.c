/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_order.h"

#include "member.h"

#include <stdlib.h>

static int compare_keys(const struct fab_edit_table *table, int left, int right, bool dates)
{
    const struct fab_table_def *def = table->def;
    for (int c = 0; c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        if (!(column->flags & FAB_KEY) || (!dates && column->type == FAB_COLUMN_DATE))
            continue;
        int order = fab_member_compare(column, fab_edit_row(table, left), fab_edit_row(table, right));
        if (order)
            return order;
    }
    return 0;
}

bool fab_order_same_key(const struct fab_edit_table *table, int left, int right)
{
    return compare_keys(table, left, right, false) == 0;
}

bool fab_order_same_row(const struct fab_edit_table *table, int left, int right)
{
    return compare_keys(table, left, right, true) == 0;
}

/* Rows of the same key, which only a wrong change makes, stay as they came. */
static int compare_rows(const struct fab_edit_table *table, int left, int right)
{
    int order = 0;
    if (table->def->order) {
        int c = fab_table_def_find_column(table->def, table->def->order);
        order = fab_member_compare(&table->def->columns[c], fab_edit_row(table, left), fab_edit_row(table, right));
    }
    if (!order)
        order = compare_keys(table, left, right, true);
    return order ? order : (left > right) - (left < right);
}

/* Merges the sorted runs [first, middle) and [middle, end). */
static void merge(const struct fab_edit_table *table, int *order, int *spare, int first, int middle, int end)
{
    int left = first, right = middle;
    for (int place = first; place < end; place++) {
        bool take_left = right == end || (left < middle && compare_rows(table, order[left], order[right]) < 0);
        spare[place] = take_left ? order[left++] : order[right++];
    }
    for (int place = first; place < end; place++)
        order[place] = spare[place];
}

/* Merge sort: the comparison needs the table, which qsort does not pass on. */
int *fab_order_new(const struct fab_edit_table *table, int *count)
{
    size_t room = (size_t)table->count + 1;
    int *order = malloc(room * sizeof *order), *spare = malloc(room * sizeof *spare);
    *count = 0;
    if (!order || !spare) {
        free(order);
        free(spare);
        return NULL;
    }
    for (int r = 0; r < table->count; r++)
        if (!table->state[r].dead)
            order[(*count)++] = r;
    for (int width = 1; width < *count; width *= 2)
        for (int first = 0; first + width < *count; first += 2 * width)
            merge(table, order, spare, first, first + width, first + 2 * width < *count ? first + 2 * width : *count);
    free(spare);
    return order;
}
