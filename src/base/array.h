/* The one growing array: a pointer, a count and a capacity that its owner holds as plain members.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ARRAY_H
#define FAB_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* Room for `more` elements behind the first `count`: `place` is the address of the array's pointer (T **, NULL inside for an empty one), `size` that of an element. Doubles the capacity when it has to grow.
 * False, and the array as it was, when memory is short or the size overflows. The owner frees the array with free(). Amortised O(more). */
bool fab_array_room(void *place, int count, int more, int *capacity, size_t size);

/* The same for sizes and texts that an int does not count. */
bool fab_array_room_size(void *place, size_t count, size_t more, size_t *capacity, size_t size);

/* Room for one more in an array that lives in an arena, which keeps the shorter ones it grew out of. */
bool fab_array_room_in(fab_arena *arena, void *place, int count, int *capacity, size_t size);

/* Room for one more in `array`, whose members are named alike: FAB_ARRAY_ROOM(&list->row, list->row_count, &list->row_capacity). */
#define FAB_ARRAY_ROOM(place, count, capacity) fab_array_room(place, count, 1, capacity, sizeof **(place))
#define FAB_ARRAY_ROOM_IN(arena, place, count, capacity) fab_array_room_in(arena, place, count, capacity, sizeof **(place))

#endif
