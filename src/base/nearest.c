/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EDITS_MAX = 4 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int minimum(int a, int b)
{
    return a < b ? a : b;
}

static int length_of(const char *text)
{
    return (int)strnlen(text, FAB_NEAREST_SIZE - 1);
}

int fab_nearest_distance(const char *a, const char *b)
{
    int rows[3][FAB_NEAREST_SIZE];
    int *before = rows[0], *last = rows[1], *row = rows[2];
    int a_length = length_of(a), b_length = length_of(b);
    for (int j = 0; j <= b_length; j++)
        last[j] = j;
    for (int i = 1; i <= a_length; i++) {
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int change = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = minimum(minimum(last[j], row[j - 1]) + 1, last[j - 1] + change);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = minimum(row[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
}

void fab_nearest_begin(struct fab_nearest *nearest, const char *wanted)
{
    int limit = minimum(length_of(wanted) / 3, EDITS_MAX);
    nearest->wanted = wanted;
    nearest->distance = (limit < 1 ? 1 : limit) + 1;
    nearest->best[0] = '\0';
}

void fab_nearest_offer(struct fab_nearest *nearest, const char *candidate)
{
    if (abs(length_of(candidate) - length_of(nearest->wanted)) >= nearest->distance)
        return;
    int distance = fab_nearest_distance(nearest->wanted, candidate);
    if (distance >= nearest->distance)
        return;
    nearest->distance = distance;
    snprintf(nearest->best, sizeof nearest->best, "%s", candidate);
}
