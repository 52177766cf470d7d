/* A chart of flows: nodes in columns, ribbons between them as wide as what flows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_FLOW_H
#define FAB_HTML_FLOW_H

#include "buffer.h"
#include "loaded_book.h"

enum { FAB_HTML_FLOW_WIDTH = 960, FAB_HTML_FLOW_HEIGHT = 640 };

/* Draws the rows of a list: its first two categories name where a ribbon comes from and goes to, its first series how much flows. A node stands in the column behind the last node that flows into it; links that go back
 * are not drawn. FAB_INPUT: there is no such column; FAB_NO_MEMORY. O(rows x nodes). */
fab_status fab_html_add_flow(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart);

#endif
