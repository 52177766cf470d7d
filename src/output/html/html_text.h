/* Texts and numbers in a page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_TEXT_H
#define FAB_HTML_TEXT_H

#include "buffer.h"
#include "grid.h"

/* Adds a text as content or as the value of an attribute in double quotes: markup in it is text. */
void fab_html_add_text(struct fab_buffer *page, const char *text);

/* Adds a text that is written here and holds markup. */
void fab_html_add(struct fab_buffer *page, const char *markup);

/* Adds a number as its format shows it in a workbook: thousands, percent, dashes for nothing, losses in parentheses. */
void fab_html_add_number(struct fab_buffer *page, double value, enum fab_number format);

/* Adds what a cell shows; nothing for an empty one. */
void fab_html_add_value(struct fab_buffer *page, const struct fab_grid_cell *cell);

#endif
