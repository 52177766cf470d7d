/* How wide columns and how high rows must be, so that nothing is cut.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIDTHS_H
#define FAB_WIDTHS_H

#include "writer.h"

/* Sets the width of every column: as wide as its text, within bounds beyond which text wraps. O(cells). */
void fab_xlsx_set_widths(struct fab_xlsx_writer *writer);

/* Lines that a header, a cell take at the widths set; the labels of a series stay on one line. */
int fab_xlsx_header_lines(const struct fab_xlsx_writer *writer, int column);
int fab_xlsx_cell_lines(const struct fab_xlsx_writer *writer, int column, const struct fab_grid_cell *cell);

#endif
