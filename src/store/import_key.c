/* Keys of rows: as text, and in order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include <stdio.h>
#include <string.h>

void fab_row_key(const struct fab_table_def *def, const struct fab_cell cells[], char key[FAB_ROW_KEY_SIZE])
{
    size_t used = 0;
    for (int c = 0; c < def->column_count; c++) {
        if (!(def->columns[c].flags & FAB_KEY))
            continue;
        if (used > 0)
            key[used++] = FAB_KEY_SEPARATOR;
        if (cells[c].type == FAB_CELL_REAL) {
            used += (size_t)snprintf(key + used, FAB_ROW_KEY_SIZE - used, "%.15g", cells[c].real);
        } else if (cells[c].type == FAB_CELL_INTEGER) {
            used += (size_t)snprintf(key + used, FAB_ROW_KEY_SIZE - used, "%lld", (long long)cells[c].integer);
        } else if (cells[c].type == FAB_CELL_TEXT) {
            memcpy(key + used, cells[c].text, cells[c].length);
            used += cells[c].length;
        }
    }
    key[used] = '\0';
}

/* Empty before numbers before texts; any order of all keys serves. */
static int compare(const struct fab_cell *a, const struct fab_cell *b)
{
    if (a->type != b->type || a->type == FAB_CELL_EMPTY)
        return (int)a->type - (int)b->type;
    if (a->type == FAB_CELL_REAL)
        return (a->real > b->real) - (a->real < b->real);
    if (a->type == FAB_CELL_INTEGER)
        return (a->integer > b->integer) - (a->integer < b->integer);
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void keep(struct fab_row_order *order, const struct fab_table_def *def, const struct fab_cell cells[])
{
    size_t used = 0;
    for (int c = 0; c < def->column_count; c++) {
        if (!(def->columns[c].flags & FAB_KEY))
            continue;
        struct fab_cell *last = &order->last[c];
        last->type = cells[c].type;
        last->integer = cells[c].integer;
        last->real = cells[c].real;
        if (cells[c].type != FAB_CELL_TEXT)
            continue;
        memcpy(order->texts + used, cells[c].text, cells[c].length);
        last->text = order->texts + used;
        last->length = cells[c].length;
        used += cells[c].length;
    }
    order->begun = true;
}

bool fab_row_follows(struct fab_row_order *order, const struct fab_table_def *def, const struct fab_cell cells[])
{
    int difference = !order->begun;
    for (int c = 0; c < def->column_count && difference == 0; c++)
        if (def->columns[c].flags & FAB_KEY)
            difference = compare(&cells[c], &order->last[c]);
    if (difference <= 0)
        return false;
    keep(order, def, cells);
    return true;
}
