/* Every report and every book there is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LIBRARY_H
#define FAB_LIBRARY_H

#include <fabplan/context.h>
#include <stdbool.h>

#include "arena.h"
#include "book_file.h"
#include "definition.h"
#include "source.h"

struct fab_library {
    struct fab_report *reports; /* by name; those with `tables` are no sheets, the ones made of them follow */
    int report_count, report_capacity;
    struct fab_book_file *books; /* by name */
    int book_count, book_capacity;
    int sheet_rows; /* most rows of a list: the constant SHEET_ROWS */
};

/* Reads the definitions of the program and of the source's folder; everything is the arena's. FAB_INPUT with file:line. O(bytes). */
fab_status fab_library_load(fab_context *context, fab_arena *arena, const struct fab_book_source *source, struct fab_library *library);

/* A constant of the program (reports/constants), whatever a folder says. FAB_INTERNAL when there is none. */
fab_status fab_library_find_constant(fab_context *context, const char *name, double *number);

/* Whether a report is no sheet itself but one for each input table. */
bool fab_library_is_template(const struct fab_report *report);

/* FAB_USAGE with the nearest name when there is none. */
fab_status fab_library_find_report(fab_context *context, const struct fab_library *library, const char *stem,
                                   const struct fab_report **report);
fab_status fab_library_find_book(fab_context *context, const struct fab_library *library, const char *name,
                                 const struct fab_book_file **book);

#endif
