/* Constants of the definitions: thresholds that several sheets share have one home, the file reports/constants.
 *
 * A line of that file is a name in capitals, blanks, and a number; blank lines and lines that start with # are skipped. {NAME} in a
 * definition or a SELECT is replaced by the number as it is written there, before anything is read. A folder of reports may hold such a
 * file: it changes some constants and adds others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONSTANTS_H
#define FAB_CONSTANTS_H

#include <fabplan/context.h>

#include "arena.h"
#include "file.h"

struct fab_constant {
    const char *name, *text;
};

struct fab_constants {
    struct fab_constant *items;
    int count, capacity;
};

/* Adds a constant, or changes it when there is one of that name. The strings are borrowed. */
fab_status fab_constants_put(fab_context *context, fab_arena *arena, struct fab_constants *constants, struct fab_constant constant);

/* Puts the constants of a file. FAB_INPUT with file:line: not a name and a number, or a name twice in the file. */
fab_status fab_constants_read(fab_context *context, fab_arena *arena, const struct fab_file *file, struct fab_constants *constants);

/* *replaced: the file with its constants replaced, or as it is when it has none; lines keep their numbers. FAB_INPUT with file:line for a name in capitals that is none.
 * O(size x constants). */
fab_status fab_constants_replace(fab_context *context, fab_arena *arena, const struct fab_constants *constants, const struct fab_file *file,
                                 struct fab_file *replaced);

#endif
