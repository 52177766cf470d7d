/* Differences of two data sets as a table: table, key, column, before, after, from, to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DIFFERENCE_TABLE_H
#define FAB_DIFFERENCE_TABLE_H

#include "difference.h"

#include <fabplan/table.h>

/* NULL when memory is short. */
fab_table *fab_difference_table_new(void);

/* Appends a difference; texts are copied. FAB_NO_MEMORY. */
fab_status fab_difference_table_add(fab_context *context, fab_table *table, const struct fab_difference *difference);

#endif
