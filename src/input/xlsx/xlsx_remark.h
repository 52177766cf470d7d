/* What is said beside a row of a sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_REMARK_H
#define FAB_XLSX_REMARK_H

/* Heads the column of the remarks: names that begin with # are not read. */
#define FAB_XLSX_REMARKS "# findings"

struct fab_xlsx_remark {
    const char *sheet;
    int row; /* 0: of the whole sheet; it stands in the row of the names of the columns */
    const char *text;
};

#endif
