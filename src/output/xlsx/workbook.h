/* The file of a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WORKBOOK_H
#define FAB_WORKBOOK_H

#include "book.h"

/* Writes a book into path with libxlsxwriter. Its temporary files are made in folder, already without a name. Only fab_xlsx_verify says
 * whether the file is whole: workbook_close reports success on a full temporary disk. */
fab_status fab_xlsx_write_workbook(const struct fab_book *book, const char *path, const char *folder);

#endif
