/* What may be typed into the cells of a template.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TEMPLATE_RULES_H
#define FAB_XLSX_TEMPLATE_RULES_H

#include "arena.h"
#include "template_sheet.h"

#include <xlsxwriter.h>

enum { FAB_TEMPLATE_ROWS_MAX = 1048575, FAB_TEMPLATE_SPARE = 1000, FAB_TEMPLATE_RULE_SIZE = 512 };

/* The last row, from 0, that rules reach: the rows and some more. */
lxw_row_t fab_template_last_row(const struct fab_template_sheet *sheet);

/* Says in words what a cell of the column may hold ("0 to 1", "an id of sheet item"), without its end when the text is longer than size. */
void fab_template_print_rule(const struct fab_template_sheet sheets[], const struct fab_template_column *column, char *text, int size);

/* Adds the rule of a column. What the library says; LXW_ERROR_MEMORY_MALLOC_FAILED when memory is short. */
lxw_error fab_template_add_rule(lxw_worksheet *worksheet, const struct fab_template_sheet sheets[], const struct fab_template_sheet *sheet, int column,
                                fab_arena *arena);

#endif
