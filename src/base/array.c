/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64, FIRST_IN_ARENA = 4 /* many arrays in an arena stay short, and none gives back what it grew out of */ };

/* The capacity that an array grows to; 0: its size overflows. */
static size_t grow(size_t capacity, size_t count, size_t more, size_t size)
{
    size_t wanted = capacity ? capacity : FIRST_CAPACITY;
    if (more > SIZE_MAX - count)
        return 0;
    while (wanted < count + more) {
        if (wanted > SIZE_MAX / 2)
            return 0;
        wanted *= 2;
    }
    return wanted > SIZE_MAX / size ? 0 : wanted;
}

bool fab_array_room_size(void *place, size_t count, size_t more, size_t *capacity, size_t size)
{
    void *array;
    if (more <= *capacity && count <= *capacity - more)
        return true;
    size_t wanted = grow(*capacity, count, more, size);
    if (!wanted)
        return false;
    memcpy(&array, place, sizeof array); /* whatever the element, its array is an object pointer */
    array = realloc(array, wanted * size);
    if (!array)
        return false;
    memcpy(place, &array, sizeof array);
    *capacity = wanted;
    return true;
}

bool fab_array_room(void *place, int count, int more, int *capacity, size_t size)
{
    size_t wide = (size_t)*capacity;
    if (more > INT_MAX / 2 - count || !fab_array_room_size(place, (size_t)count, (size_t)more, &wide, size))
        return false;
    *capacity = (int)wide;
    return true;
}

bool fab_array_room_in(fab_arena *arena, void *place, int count, int *capacity, size_t size)
{
    void *array;
    if (count < *capacity)
        return true;
    size_t wanted = grow((size_t)(*capacity ? *capacity : FIRST_IN_ARENA), (size_t)count, 1, size);
    void *wider = wanted && wanted <= INT_MAX ? fab_arena_take(arena, wanted, size) : NULL;
    if (!wider)
        return false;
    memcpy(&array, place, sizeof array);
    if (count)
        memcpy(wider, array, (size_t)count * size);
    memcpy(place, &wider, sizeof wider);
    *capacity = (int)wanted;
    return true;
}
