/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

bool fab_array_room_size(void *place, size_t count, size_t more, size_t *capacity, size_t size)
{
    void *array;
    if (more <= *capacity && count <= *capacity - more)
        return true;
    if (more > SIZE_MAX - count)
        return false;
    size_t wanted = *capacity ? *capacity : FIRST_CAPACITY;
    while (wanted < count + more) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / size)
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
