/* Which line of a file a new row came from. Rows that are added get consecutive rowids, so that a file without gaps is one run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_LINE_MAP_H
#define FAB_STORE_LINE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed is empty. */
struct fab_line_map {
    struct fab_line_run {
        int64_t row_id, line;
    } * runs;
    size_t count, capacity;
    int64_t last_row_id, last_line;
};

/* Adds a row, its rowid larger than that of the row before. False when memory is short. */
bool fab_line_map_add(struct fab_line_map *map, int64_t row_id, int64_t line);

/* The line of a row, 0 when it is not in the map. O(log of the number of runs). */
int64_t fab_line_map_find(const struct fab_line_map *map, int64_t row_id);

void fab_line_map_fini(struct fab_line_map *map);

#endif
