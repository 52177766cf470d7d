/* Names of rows and columns as a file format can carry them: allowed characters only, unique, not too long.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_NAMES_H
#define FAB_LP_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* What a format allows in a name. */
typedef struct fab_lp_alphabet {
    const char *punctuation;     /* ASCII characters allowed besides letters and digits */
    const char *bad_start;       /* characters that must not be the first one: "_" goes before them */
    const char *const *reserved; /* words that are no names (any case), ended by NULL; NULL: none */
} fab_lp_alphabet;

typedef struct fab_lp_names fab_lp_names;

/* A set of names; capacity is the number of names that will be made. NULL when memory is short. */
fab_lp_names *fab_lp_names_new(const fab_lp_alphabet *alphabet, size_t capacity);
void fab_lp_names_free(fab_lp_names *names);

/* The name to write for `name`: '[' and ']' become '(' and ')' where they are not allowed, every other run of bytes that is not allowed one
 * '_'; a name that exists already gets ~2, ~3, ... NULL when memory is short. Lives as long as the set. Expected O(length). */
const char *fab_lp_names_make(fab_lp_names *names, const char *name);

#endif
