/* The cells of a sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CELLS_H
#define FAB_CELLS_H

#include "writer.h"

/* Cells, totals, table or filter, conditional formats. */
fab_status fab_xlsx_fill_sheet(struct fab_xlsx_writer *writer);

#endif
