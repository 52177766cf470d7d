/* The nearest known word to a mistyped one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NEAREST_H
#define FAB_NEAREST_H

enum { FAB_NEAREST_SIZE = 256 };

struct fab_nearest {
    const char *wanted;          /* what was typed */
    int distance;                /* of best */
    char best[FAB_NEAREST_SIZE]; /* "" when nothing is near */
};

/* Begins a search; only words within a third of the wanted word's length (at least 1, at most 4 edits) count as near. */
void fab_nearest_begin(struct fab_nearest *nearest, const char *wanted);

/* Offers a known word; of equally near words the first one stays. O(length of wanted x length of candidate), little for words of very
 * different length. */
void fab_nearest_offer(struct fab_nearest *nearest, const char *candidate);

/* Edits (insert, delete, change, swap of neighbours) between two words, letter case counting nothing: "optimal string alignment". Words are
 * cut to FAB_NEAREST_SIZE bytes. */
int fab_nearest_distance(const char *a, const char *b);

#endif
