/* The order of the rows of a table under change.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_ORDER_H
#define FAB_CHANGE_ORDER_H

#include "change_edit.h"

/* The living rows in the order of the model: by the table's `order` column and the columns of the key. malloc; NULL when memory is short. Rows of one
 * key but for its dates follow each other in order of their dates. References compare by their indices. O(rows log rows). */
int *fab_order_new(const struct fab_edit_table *table, int *count);

/* True when two rows have the same key, dates left out; and with the dates. */
bool fab_order_same_key(const struct fab_edit_table *table, int left, int right);
bool fab_order_same_row(const struct fab_edit_table *table, int left, int right);

#endif
