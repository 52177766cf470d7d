/* Charts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHART_H
#define FAB_CHART_H

#include "writer.h"

/* The charts of the sheet at hand, below its data. FAB_INPUT with file:line. */
fab_status fab_xlsx_add_charts(struct fab_xlsx_writer *writer);

/* Rows below the data that the charts of a sheet cover. */
int fab_xlsx_chart_rows(const struct fab_sheet *sheet);

#endif
