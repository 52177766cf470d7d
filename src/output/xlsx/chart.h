/* Charts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHART_H
#define FAB_CHART_H

#include "writer.h"

/* The charts of the sheet at hand, below its data or beside it. FAB_INPUT with file:line. */
fab_status fab_xlsx_add_charts(struct fab_xlsx_writer *writer);

/* Rows below the data that the charts of a sheet cover. */
int fab_xlsx_chart_rows(const struct fab_sheet *sheet);

/* Rows from the first one of the data on, and columns right of it, that the charts beside a sheet's data cover. */
int fab_xlsx_side_rows(const struct fab_sheet *sheet);
int fab_xlsx_side_columns(const struct fab_sheet *sheet);

#endif
