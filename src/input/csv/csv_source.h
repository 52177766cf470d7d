/* CSV files as sources of rows for the store.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CSV_SOURCE_H
#define FAB_CSV_SOURCE_H

#include "store.h"

/* Zeroed is empty. The sources are closed with the list. */
struct fab_csv_sources {
    struct fab_row_source *source;
    int count, capacity;
    bool folder; /* a path was a folder: a whole data set */
};

/* Adds the CSV files of some paths: files TABLE.csv, and of a folder every one in it. FAB_INPUT: a path is missing, no CSV file, or a folder without one. The
 * list must be closed after a failure too. */
fab_status fab_csv_sources_add(fab_context *context, struct fab_csv_sources *sources, const char *const paths[], int path_count);
void fab_csv_sources_close(struct fab_csv_sources *sources);

/* Imports CSV files and folders of them, nothing else: fab_store_import with those sources. A folder is a whole data set, whatever the options say. */
fab_status fab_csv_import(fab_context *context, fab_store *store, const char *const paths[], int path_count, const fab_import_options *options,
                          fab_table **summary);

#endif
