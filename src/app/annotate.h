/* The findings of an import beside the rows of its workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ANNOTATE_H
#define FAB_ANNOTATE_H

#include "xlsx_workbook.h"

/* Writes a copy of the workbook to a path with what the context has found about it: findings and warnings as they were said, without the file's name.
 * Errors as of fab_xlsx_annotate. O(bytes). */
fab_status fab_annotate(fab_context *context, const fab_xlsx_workbook *workbook, const char *path);

#endif
