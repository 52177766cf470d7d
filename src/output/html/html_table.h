/* The tables of a page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_TABLE_H
#define FAB_HTML_TABLE_H

#include "buffer.h"
#include "loaded_book.h"

/* A table of all rows of a sheet, with the sheet's rules as classes of cells (good, quiet, watch, alarm). A series of one measure whose number is a share is a heat map: its cells have classes h0 (nothing) to h10 (all). `id` begins the
 * identifiers of the table. FAB_INPUT: a rule names no column. O(cells). */
fab_status fab_html_add_table(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const char *id);

#endif
