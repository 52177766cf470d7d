/* Books as Excel workbooks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_H
#define FAB_XLSX_H

#include <fabplan/context.h>

#include "source.h"

/* Writes the workbook of a book ("planner"). The file at the path is the old one or a complete, verified new one: it is written beside the
 * path, read back and compared with the tables cell by cell, synchronised, and only then renamed. The same tables give the same bytes.
 * Every formula carries the value the SELECT gives for it; a failed check of the `checks` sheet is reported as a warning, the workbook
 * shows it. FAB_USAGE: no such book. FAB_INPUT: a definition or its SELECT is wrong (file:line). FAB_OUTPUT: could not be written;
 * FAB_INTERRUPTED. Cost O(cells), the whole workbook in memory: about 1 kB a cell. */
fab_status fab_xlsx_write(fab_context *context, const struct fab_book_source *source, const char *book, const char *path);

#endif
