/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line_map.h"

#include <stdlib.h>

bool fab_line_map_add(struct fab_line_map *map, int64_t row_id, int64_t line)
{
    bool follows = map->count > 0 && row_id == map->last_row_id + 1 && line == map->last_line + 1;
    map->last_row_id = row_id;
    map->last_line = line;
    if (follows)
        return true;
    if (map->count == map->capacity) {
        size_t capacity = map->capacity ? 2 * map->capacity : 4;
        struct fab_line_run *runs = realloc(map->runs, capacity * sizeof *runs);
        if (!runs)
            return false;
        map->runs = runs;
        map->capacity = capacity;
    }
    map->runs[map->count++] = (struct fab_line_run){row_id, line};
    return true;
}

int64_t fab_line_map_find(const struct fab_line_map *map, int64_t row_id)
{
    size_t low = 0, high = map->count;
    if (map->count == 0 || row_id < map->runs[0].row_id || row_id > map->last_row_id)
        return 0;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (map->runs[middle].row_id <= row_id)
            low = middle;
        else
            high = middle;
    }
    return map->runs[low].line + (row_id - map->runs[low].row_id);
}

void fab_line_map_fini(struct fab_line_map *map)
{
    free(map->runs);
    *map = (struct fab_line_map){0};
}
