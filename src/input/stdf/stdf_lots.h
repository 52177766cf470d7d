/* Lots and wafers that no table has, from the test results themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_LOTS_H
#define FAB_STDF_LOTS_H

#include "store.h"

#include "stdf_result.h"

/* Rows of `lot` and `wafer` (as of the data dictionary, with basis) for the wafers of some files that the database does not have: the lot is
 * LOT_ID of MIR, done, with the wafers that were seen; its start is the first test, as nothing tells the real one; its source the given one, else
 * that which PART_TYP names, else the only one of the item that PART_TYP names. Lots that came from a table stay as they are. FAB_INPUT where
 * LOT_ID is no name, or no one source is named (code no_lot_source). O(wafers x rows). */
fab_status stdf_lots_add(fab_context *context, fab_store *store, const struct fab_stdf_result *results, int count, const char *source, fab_table *lots,
                         fab_table *wafers);

/* The tables, empty. NULL when memory is short. */
fab_table *stdf_lots_new(void);
fab_table *stdf_lots_new_wafers(void);

#endif
