/* The part of a sheet written anew with remarks in a column of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_REWRITE_H
#define FAB_XLSX_REWRITE_H

#include "xlsx_remark.h"
#include "xlsx_workbook.h"

#include <minizip/unzip.h>

/* Takes bytes of the new part; false when they cannot be written. */
typedef bool fab_xlsx_sink(void *user, const char *bytes, size_t length);

struct fab_xlsx_rewriting {
    const fab_xlsx_workbook *workbook;
    const struct fab_xlsx_sheet *sheet;
    const struct fab_xlsx_remark *remarks; /* of this sheet alone, by row */
    int count;
    fab_xlsx_sink *sink;
    void *user;
    /* found by fab_xlsx_rewrite_prepare */
    int header_row, column, old_column; /* the row of the names, the column of the remarks, and that of earlier ones (0: none) */
};

/* Finds out where the remarks go. */
fab_status fab_xlsx_rewrite_prepare(fab_context *context, unzFile zip, struct fab_xlsx_rewriting *rewriting);

/* Writes the part. FAB_OUTPUT: the sink takes no more. */
fab_status fab_xlsx_rewrite(fab_context *context, unzFile zip, const struct fab_xlsx_rewriting *rewriting);

#endif
