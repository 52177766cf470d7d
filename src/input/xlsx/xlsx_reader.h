/* A sheet of a workbook as a source of rows.
 *
 * The first row that is not empty holds the names of the columns; a name that begins with # heads remarks, which are left out, as are columns without a
 * name and without values. Rows without values are left out. Cells that cannot be taken are faults, each by itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_READER_H
#define FAB_XLSX_READER_H

#include "row_source.h"
#include "xlsx_workbook.h"

/* What a source of one sheet has as its state. */
struct fab_xlsx_sheet_source {
    const fab_xlsx_workbook *workbook;
    const struct fab_xlsx_sheet *sheet;
};

/* Begins a reading, as struct fab_row_source says; memory for one row, and the workbook's texts. */
fab_status fab_xlsx_reader_open(fab_context *context, const struct fab_row_source *source, struct fab_row_reader **reader);

#endif
