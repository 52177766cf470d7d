/* Workbooks to be filled in: a sheet for each table, with its rows, what a column means and what its cells may hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TEMPLATE_H
#define FAB_XLSX_TEMPLATE_H

#include <fabplan/context.h>

#include "template_sheet.h"

/* Writes the workbook with a sheet "Guide" before the others: names of the columns in the first row (those that must be filled are dark, each with a
 * comment), rows below, for every column a rule for what is typed (lists for ids of other sheets and for choices, ranges for numbers) and a text that says
 * it; nothing is protected. Numbers that the file's 16 digits do not hold are written as texts. The same rows give the same bytes. The file at path is
 * overwritten; temporary files are made in folder. FAB_OUTPUT: it could not be written, or a table has more rows than a sheet; FAB_INTERRUPTED. O(cells),
 * some 300 bytes each. */
fab_status fab_template_write(fab_context *context, const struct fab_template_sheet sheets[], int sheet_count, const char *path, const char *folder);

#endif
