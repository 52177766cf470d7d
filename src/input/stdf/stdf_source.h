/* STDF files as sources of rows for the store.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_SOURCE_H
#define FAB_STDF_SOURCE_H

#include "stdf_result.h"
#include "store.h"

/* The tables wafer_test, wafer_bin and die_map of some STDF files, a source each; where lots are made of them lot and wafer too. */
enum { FAB_STDF_SOURCES = 5 };

typedef struct fab_stdf_sources fab_stdf_sources;

/* True for *.stdf, *.std and those with .gz behind, in letters of either case; also for
 * what cannot be read (*.bz2, *.zip, ...): opening it says what it is. */
bool fab_stdf_is_file(const char *path);

/* True when STDF files give the rows of a table. */
bool fab_stdf_has_table(const char *table, bool make_lots);

/* Reads the files, and from the store what it has of their wafers: the runs are put together (stdf_runs.h), and bins that a run no longer has
 * count 0 now. Findings about the rows name the STDF file and the wafer. Errors as of fab_stdf_read and stdf_lots_add. O(parts log parts); of
 * all files the rows and some 16 bytes a die stay. */
fab_status fab_stdf_sources_open(fab_context *context, fab_store *store, const char *const paths[], int path_count,
                                 const struct fab_stdf_options *options, fab_stdf_sources **sources);
void fab_stdf_sources_close(fab_stdf_sources *sources);

/* The sources, *count of them, which live as long as what they are of. */
const struct fab_row_source *fab_stdf_sources_get(const fab_stdf_sources *sources, int *count);

/* Rows of stdf_file that belong beside them (fab_import_options.beside). */
const fab_table *fab_stdf_sources_die(const fab_stdf_sources *sources);

#endif
