/* What a change does to the rows of a table, one function for each operation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_ROWS_H
#define FAB_CHANGE_ROWS_H

#include "change_edit.h"

/* The change under way on the matched rows of a table; insert adds its row, whatever is matched. What cannot be done, meets no row inside the
 * dates or changes nothing is a finding. Only FAB_NO_MEMORY is a failure. */
fab_status fab_rows_set(struct fab_edit *edit, struct fab_edit_table *table);     /* set, scale, add */
fab_status fab_rows_shift(struct fab_edit *edit, struct fab_edit_table *table);
fab_status fab_rows_insert(struct fab_edit *edit, struct fab_edit_table *table);
fab_status fab_rows_delete(struct fab_edit *edit, struct fab_edit_table *table);

#endif
