/* A workbook given back with remarks beside its rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_ANNOTATE_H
#define FAB_XLSX_ANNOTATE_H

#include "xlsx_remark.h"
#include "xlsx_workbook.h"

/* Writes a copy of the workbook to a path, in which the remarks, ordered by row within a sheet, stand behind the last cell of their rows' sheet, in a column
 * "# findings"; those of an earlier time are gone. All other parts are copied as they are, and of the sheets everything else: styles, widths, formulas,
 * rules. FAB_OUTPUT: it could not be written; FAB_INPUT as of fab_xlsx_part_run. O(bytes). */
fab_status fab_xlsx_annotate(fab_context *context, const fab_xlsx_workbook *workbook, const struct fab_xlsx_remark remarks[], int count, const char *path);

#endif
