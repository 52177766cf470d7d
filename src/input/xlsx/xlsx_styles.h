/* Which styles of a workbook show a number as a date.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_STYLES_H
#define FAB_XLSX_STYLES_H

#include <fabplan/context.h>
#include <minizip/unzip.h>
#include <stdbool.h>

/* Zeroed is none. */
struct fab_xlsx_styles {
    bool *dated; /* per style of a cell */
    int count, capacity;
    long *formats; /* numbers of the workbook's own formats that are dates */
    int format_count, format_capacity;
    bool inside; /* of the list of cells' styles, while it is read */
};

/* Reads the part of the styles. Errors as of fab_xlsx_part_read. */
fab_status fab_xlsx_styles_read(fab_context *context, unzFile zip, const char *part, struct fab_xlsx_styles *styles);
void fab_xlsx_styles_fini(struct fab_xlsx_styles *styles);

/* True when a format code shows days, months, years, hours or seconds ("yyyy-mm-dd"), and not only as texts or colours. */
bool fab_xlsx_format_is_date(const char *code);

#endif
