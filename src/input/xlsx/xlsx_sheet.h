/* The part of a sheet, row by row.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_SHEET_H
#define FAB_XLSX_SHEET_H

#include "xlsx_part.h"
#include "xlsx_row.h"

/* Cells that are merged into one. */
struct fab_xlsx_merged {
    int first_row, last_row, first_column, last_column;
};

/* A reading of a sheet's part. */
struct fab_xlsx_sheet_part {
    const fab_xlsx_workbook *workbook;
    struct fab_xlsx_part part;
    struct fab_xlsx_row row;   /* at hand */
    struct fab_xlsx_cell cell; /* while it is read */
    bool inside_cell, in_value, in_formula, phonetic;
    int last_column; /* of all cells so far, empty ones too */
    struct fab_xlsx_merged *merged; /* known at the end of the part */
    int merged_count, merged_capacity;
};

/* Opens the part of a sheet; what it stands in is zeroed before, and must not move. Errors as of fab_xlsx_part_open. */
fab_status fab_xlsx_sheet_open(fab_context *context, struct fab_xlsx_sheet_part *sheet, unzFile zip, const char *part);
void fab_xlsx_sheet_close(struct fab_xlsx_sheet_part *sheet);

/* Reads the next row that is not empty into sheet->row; *found false at the end. Errors as of fab_xlsx_part_run, and rows and cells out of order. */
fab_status fab_xlsx_sheet_next(struct fab_xlsx_sheet_part *sheet, bool *found);

#endif
