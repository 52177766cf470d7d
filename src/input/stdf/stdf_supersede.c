/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_supersede.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(const struct stdf_part *a, const struct stdf_part *b)
{
    return a->number < b->number ? -1 : a->number > b->number;
}

/* By wafer and place, parts without a place behind; then in the order of the file. */
static int compare_places(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    if (stdf_has_place(a) != stdf_has_place(b))
        return stdf_has_place(a) ? -1 : 1;
    if (stdf_has_place(a) && a->y != b->y)
        return a->y < b->y ? -1 : 1;
    if (stdf_has_place(a) && a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return compare_numbers(a, b);
}

/* By wafer and id; then in the order of the file. */
static int compare_ids(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    int order = strcmp(a->id, b->id);
    return order ? order : compare_numbers(a, b);
}

/* By wafer and bin, superseded parts behind. */
static int compare_bins(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    if (a->superseded != b->superseded)
        return a->superseded ? 1 : -1;
    if (a->bin != b->bin)
        return a->bin < b->bin ? -1 : 1;
    return compare_numbers(a, b);
}

static void sort_parts(struct stdf_file *file, int (*compare)(const void *, const void *))
{
    if (file->parts > 0)
        qsort(file->part, file->parts, sizeof *file->part, compare);
}

/* The last part of a place counts. */
static void supersede_places(struct stdf_file *file)
{
    sort_parts(file, compare_places);
    for (size_t p = 1; p < file->parts; p++) {
        struct stdf_part *a = &file->part[p - 1], *b = &file->part[p];
        if (a->wafer == b->wafer && stdf_has_place(a) && stdf_has_place(b) && a->x == b->x && a->y == b->y)
            a->superseded = true;
    }
}

/* A part that repeats an id supersedes all earlier ones of the id, and does so even if it is superseded itself. */
static void supersede_ids(struct stdf_file *file)
{
    bool repeated = false; /* by a part behind the one looked at */
    sort_parts(file, compare_ids);
    for (size_t p = file->parts; p-- > 1;) {
        struct stdf_part *a = &file->part[p - 1], *b = &file->part[p];
        bool same = a->wafer == b->wafer && b->id[0] && strcmp(a->id, b->id) == 0;
        repeated = same && (repeated || b->by_id);
        a->superseded = a->superseded || repeated;
    }
}

int64_t stdf_supersede_parts(struct stdf_file *file)
{
    int64_t count = 0;
    supersede_places(file);
    supersede_ids(file);
    for (size_t p = 0; p < file->parts; p++) {
        struct stdf_part *part = &file->part[p];
        count += part->superseded;
        if (part->no_verdict)
            part->good = stdf_bin_of(file, part->bin).mark == 'P';
    }
    sort_parts(file, compare_bins);
    return count;
}
