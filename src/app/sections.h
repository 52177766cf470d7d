/* Lists of named tables, and the text of dates in them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SECTIONS_H
#define FAB_SECTIONS_H

#include <fabplan/history.h>

#include "fab.h"

/* Adds a table; the list owns it, also when this fails. A NULL table is out of memory. */
fab_status fab_sections_add(fab_context *context, fab_sections *sections, const char *name, const char *title, fab_table *table);

/* Adds the rows of a query. */
fab_status fab_sections_select(fab_context *context, fab *handle, fab_sections *sections, const char *name, const char *title,
                               const char *query, const fab_parameter parameters[], int count);

/* A date of an option as YYYY-MM-DD in text and as a day number; NULL leaves text empty and *day as it is. FAB_USAGE names the option. */
fab_status fab_read_window_date(fab_context *context, const char *option, const char *given, char text[FAB_DATE_TEXT_SIZE], int32_t *day);

/* FAB_USAGE unless the table of one text key ("source", "line") has the id; NULL is allowed. */
fab_status fab_require_id(fab_context *context, fab *handle, const char *table, const char *id);

#endif
