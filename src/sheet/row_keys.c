/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_keys.h"

#include <stdint.h>
#include <string.h>

static const fab_value *key_of(const struct fab_sheet *sheet, int row)
{
    return fab_table_get(sheet->table, row, sheet->key_column);
}

/* The slot with the first row of a key + 1, or the free one (0) where it belongs. */
static int *find_slot(const struct fab_sheet *sheet, const char *key)
{
    uint32_t hash = 2166136261u;
    for (const char *c = key; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    for (uint32_t place = hash;; place++) {
        int *slot = &sheet->key_slots[place & sheet->key_mask];
        if (!*slot || strcmp(key_of(sheet, *slot - 1)->text, key) == 0)
            return slot;
    }
}

bool fab_row_keys_make(fab_arena *arena, struct fab_sheet *sheet)
{
    int rows = fab_table_rows(sheet->table);
    size_t slots = 2;
    while (slots < 2 * (size_t)rows)
        slots *= 2;
    sheet->key_slots = fab_arena_take(arena, slots, sizeof *sheet->key_slots);
    if (!sheet->key_slots)
        return false;
    sheet->key_mask = (uint32_t)(slots - 1);
    for (int row = 0; row < rows; row++) {
        if (key_of(sheet, row)->type != FAB_TEXT)
            continue;
        int *slot = find_slot(sheet, key_of(sheet, row)->text);
        if (!*slot)
            *slot = row + 1;
    }
    return true;
}

int fab_row_keys_find(const struct fab_sheet *sheet, const char *key)
{
    return sheet->key_slots ? *find_slot(sheet, key) - 1 : -1;
}
