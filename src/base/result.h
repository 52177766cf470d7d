/* Results in the making.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RESULT_H
#define FAB_RESULT_H

#include <fabplan/result.h>

enum { FAB_RESULT_SECTIONS_MAX = 48 };

/* A result without parts; schema is a literal. NULL when memory is short. */
fab_result *fab_result_new(const char *schema);

/* Adds a table as the next part; the result owns it, also when this fails. A NULL table is out of memory. part->table is not looked at; the
 * name and the title are literals. */
fab_status fab_result_add(fab_context *context, fab_result *result, const fab_section *part, fab_table *table);

/* The same for the usual part, a list. */
fab_status fab_result_add_list(fab_context *context, fab_result *result, const char *name, const char *title, fab_table *table);

/* Of a table: a result of that one list. The table is taken, also when this fails; NULL is out of memory. */
fab_status fab_result_of(fab_context *context, const char *schema, const char *name, fab_table *table, fab_result **result);

#endif
