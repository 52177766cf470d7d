/* The charts of a page, as inline SVG: columns (stacked or side by side), bars, lines, flows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_CHART_H
#define FAB_HTML_CHART_H

#include "buffer.h"
#include "loaded_book.h"

/* A figure of a chart that a sheet defines, with its title and its text for those who do not see it; nothing when it has no values. `id` begins its identifiers. FAB_INPUT: it names no column; FAB_NO_MEMORY. O(cells). */
fab_status fab_html_add_chart(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, const char *id);

#endif
