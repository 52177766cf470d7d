/* The files of definitions there are: the program's own, replaced and added to by those of a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DEFINITION_FILES_H
#define FAB_DEFINITION_FILES_H

#include <fabplan/context.h>
#include <stdbool.h>

#include "arena.h"
#include "file.h"

struct fab_definition_files {
    struct fab_file *items; /* by name: .sql, .report, .book */
    int count, capacity;
    struct fab_file constants[2]; /* of the program, then of the folder (name NULL: none) */
};

/* Reads the folder (NULL: none) over the program's files; everything is the arena's. FAB_INPUT: the folder or a file cannot be read, or has
 * a name that is none. O(bytes). */
fab_status fab_definition_files_read(fab_context *context, fab_arena *arena, const char *folder, struct fab_definition_files *files);

/* NULL: there is no such file. O(files). */
const struct fab_file *fab_definition_files_find(const struct fab_definition_files *files, const char *name);

/* Whether a name has an ending such as ".report". */
bool fab_definition_has_ending(const char *name, const char *ending);

#endif
