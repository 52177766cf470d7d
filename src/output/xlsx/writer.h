/* A book on its way into a workbook: what the files of this room share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WRITER_H
#define FAB_WRITER_H

#include "book.h"
#include "buffer.h"
#include "styles.h"

struct fab_xlsx_writer {
    const struct fab_book *book;
    lxw_workbook *workbook;
    lxw_worksheet *worksheet; /* of the sheet at hand */
    const struct fab_sheet *sheet;
    struct fab_styles styles;
    struct fab_buffer formula;
    double *widths;  /* characters, of each column of the sheet */
    lxw_error error; /* the first one of libxlsxwriter */
};

/* Keeps the first error of libxlsxwriter, and that memory was short, which it does not tell: it looks at few of its allocations, what does
 * not fit is left out, and the call succeeds. errno says it, which malloc sets and nothing sets back to 0 while a workbook is written. */
void fab_xlsx_note(struct fab_xlsx_writer *writer, lxw_error error);

/* What the noted errors come to. */
fab_status fab_xlsx_status(const struct fab_xlsx_writer *writer);

#endif
