/* STDF files as sources of rows for the store.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_SOURCE_H
#define FAB_STDF_SOURCE_H

#include "stdf_result.h"
#include "store.h"

/* The tables wafer_test, wafer_bin and die_map of some STDF files, a source each. */
enum { FAB_STDF_SOURCES = 3 };

typedef struct fab_stdf_sources fab_stdf_sources;

/* True for *.stdf, *.std and those with .gz behind, in letters of either case. */
bool fab_stdf_is_file(const char *path);

/* True when STDF files give the rows of a table. */
bool fab_stdf_has_table(const char *table);

/* Reads the files, and from the store which bins it has of their wafers: those that a file no longer has count 0 now. Findings about the rows name the STDF
 * file and the wafer. Errors as of fab_stdf_read. O(parts of a file) while it is read; the rows of all files stay, some kilobytes a wafer: its bins, and a
 * character of the map for each die. */
fab_status fab_stdf_sources_open(fab_context *context, fab_store *store, const char *const paths[], int path_count,
                                 const struct fab_stdf_options *options, fab_stdf_sources **sources);
void fab_stdf_sources_close(fab_stdf_sources *sources);

/* The sources, [FAB_STDF_SOURCES], which live as long as what they are of. */
const struct fab_row_source *fab_stdf_sources_get(const fab_stdf_sources *sources);

#endif
