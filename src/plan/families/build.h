/* Building the program of a model from a table of families.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BUILD_H
#define FAB_BUILD_H

#include "program.h"

/* Families that a program has besides those of fab_families; their numbers go on from FAB_FAMILIES. {NULL, 0}: none. */
struct fab_more_families {
    const struct fab_family *family;
    int count;
};

/* Builds and seals the program: every family in the order of the table, then those of `more` (may be NULL). The terms must outlive it. O(loads + arrivals + variables). */
fab_status fab_program_new(fab_context *context, const fab_terms *terms, const struct fab_more_families *more, fab_program **program);
void fab_program_free(fab_program *program);

#endif
