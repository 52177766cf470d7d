/* A workbook: its sheets, texts, styles and epoch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_WORKBOOK_H
#define FAB_XLSX_WORKBOOK_H

#include "xlsx_strings.h"
#include "xlsx_styles.h"

enum { FAB_XLSX_SHEETS_MAX = 1000 };

struct fab_xlsx_sheet {
    const char *name;     /* as its tab shows it */
    const char *relation; /* the id by which the workbook names its part */
    const char *part;     /* NULL: no sheet of cells (a chart) */
    bool hidden;
};

/* A part that the workbook names. */
struct fab_xlsx_relation {
    const char *id, *kind, *target; /* kind: the last word of its type, such as "worksheet" */
};

typedef struct fab_xlsx_workbook {
    const char *path;
    fab_arena *arena;
    struct fab_xlsx_sheet *sheets;
    int sheet_count, sheet_capacity;
    struct fab_xlsx_relation *relations; /* while it is opened */
    int relation_count, relation_capacity;
    struct fab_xlsx_strings strings;
    struct fab_xlsx_styles styles;
    bool date1904; /* days count from 1904-01-01 */
} fab_xlsx_workbook;

/* Opens a workbook and reads all but its cells; path must live as long. FAB_INPUT as of fab_xlsx_package_open and when a part is damaged; the message
 * begins with the path. O(bytes of texts and styles), which stay in memory. */
fab_status fab_xlsx_workbook_open(fab_context *context, const char *path, fab_xlsx_workbook **workbook);
void fab_xlsx_workbook_close(fab_xlsx_workbook *workbook);

#endif
