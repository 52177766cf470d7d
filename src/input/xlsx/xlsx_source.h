/* Excel workbooks as sources of rows for the store.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_SOURCE_H
#define FAB_XLSX_SOURCE_H

#include "store.h"
#include "xlsx_workbook.h"

/* Zeroed is empty. The sources are closed with the list. */
struct fab_xlsx_sources {
    struct fab_row_source *source;
    int count, capacity;
    fab_xlsx_workbook **workbooks;
    int workbook_count, workbook_capacity;
};

/* True for *.xlsx, *.xlsm, *.xls and the like, in letters of either case: opening it says what it is. */
bool fab_xlsx_is_file(const char *path);

/* Adds the sheets of some workbooks that are named after tables, or nearly so, which the import then says; of other sheets there is a note. FAB_INPUT: a
 * file is no workbook that may be read (xlsx_package.h), or none of its sheets is named after a table. The list must be closed after a failure too. */
fab_status fab_xlsx_sources_add(fab_context *context, struct fab_xlsx_sources *sources, const char *const paths[], int path_count);
void fab_xlsx_sources_close(struct fab_xlsx_sources *sources);

#endif
