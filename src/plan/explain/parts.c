/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"

#include "array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct fab_part *find(struct fab_parts *parts, const struct fab_part *part)
{
    for (int p = 0; p < parts->count; p++)
        if (strcmp(parts->part[p].family, part->family) == 0 && strcmp(parts->part[p].key, part->key) == 0 &&
            strcmp(parts->part[p].kind, part->kind) == 0)
            return &parts->part[p];
    return NULL;
}

static struct fab_part *add_empty(struct fab_parts *parts, const struct fab_part *part)
{
    const char *key = FAB_ARRAY_ROOM(&parts->part, parts->count, &parts->capacity) ? fab_arena_dup(parts->arena, part->key) : NULL;
    if (!key) {
        parts->failed = true;
        return NULL;
    }
    struct fab_part *added = &parts->part[parts->count++];
    *added = *part;
    added->key = key;
    added->usd = added->day_usd = added->amount = added->taken = added->given = added->largest_usd = 0;
    return added;
}

void fab_parts_add(struct fab_parts *parts, const struct fab_part *part)
{
    if (part->usd == 0 && !part->tied)
        return;
    struct fab_part *sum = find(parts, part);
    if (sum && sum->tied != part->tied) {
        if (part->tied)
            return;
        sum->tied = false; /* it costs something after all */
        sum->amount = sum->taken = sum->given = 0;
    }
    if (!sum)
        sum = add_empty(parts, part);
    if (!sum)
        return;
    sum->usd += part->usd;
    sum->day_usd += part->day_usd;
    *(part->amount > 0 ? &sum->taken : &sum->given) += part->amount;
    sum->amount = sum->taken > 0 ? sum->taken : sum->given;
    if (fabs(part->usd) > sum->largest_usd) {
        sum->largest_usd = fabs(part->usd);
        sum->period = part->period;
    }
}

static int compare_parts(const void *left, const void *right)
{
    const struct fab_part *a = left, *b = right;
    if (fabs(a->usd) != fabs(b->usd))
        return fabs(a->usd) > fabs(b->usd) ? -1 : 1;
    int family = strcmp(a->family, b->family), key = strcmp(a->key, b->key);
    return family ? family : key ? key : strcmp(a->kind, b->kind);
}

void fab_parts_sort(struct fab_parts *parts)
{
    if (parts->count > 0)
        qsort(parts->part, (size_t)parts->count, sizeof *parts->part, compare_parts);
}

void fab_parts_fini(struct fab_parts *parts)
{
    free(parts->part);
    parts->part = NULL;
    parts->count = parts->capacity = 0;
}
