/* A snapshot of yield estimates as tables of the database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_STORE_H
#define FAB_YIELD_STORE_H

#include "terms.h"
#include "yield_source.h"

struct yield_tables {
    fab_table *estimate, *lot, *period;
};

/* Adds the rows of a source. terms: the plan's own yields, cycle times and periods. */
fab_status fab_yield_tables_add(fab_context *context, struct yield_tables *tables, int64_t snapshot, const struct yield_history *history,
                                const fab_terms *terms, const struct yield_source *source);
void fab_yield_tables_fini(struct yield_tables *tables);

#endif
