/* Parts of a marginal cost: what it is made of, added up by what they are about.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PARTS_H
#define FAB_PARTS_H

#include "arena.h"

#include <stdbool.h>

/* Money is discounted unless said. Texts are the arena's or live longer than the list. */
struct fab_part {
    const char *family, *key, *kind, *unit; /* "CAP", "M_EUV", "tool hours", "hours"; unit NULL: the amount says nothing */
    bool binding;                           /* a limit that is used up, as against money that is simply spent */
    bool tied;                              /* a limit that the unit needs as well and that is as full, worth nothing by itself (tied.h) */
    double usd;
    double day_usd; /* not discounted, each addend as of its own day */
    double amount; /* what is taken of the limit; where nothing is taken, what is given back, below 0 */
    double taken, given, largest_usd; /* of the addends */
    int period; /* where the largest share falls */
};

struct fab_parts {
    fab_arena *arena; /* of the keys */
    struct fab_part *part;
    int count, capacity;
    bool failed; /* memory was short */
};

/* Adds to the part of the same family, key and kind, or as a new one; 0 USD is not added unless it is tied, and then only where the limit costs nothing elsewhere. The key is copied. O(parts). */
void fab_parts_add(struct fab_parts *parts, const struct fab_part *part);

/* Sorts by size, the largest first. */
void fab_parts_sort(struct fab_parts *parts);

void fab_parts_fini(struct fab_parts *parts);

#endif
