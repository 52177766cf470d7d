/* A snapshot of yield estimates as tables of the database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_TABLES_H
#define FAB_YIELD_TABLES_H

#include "yield_plan.h"
#include "yield_source.h"

struct yield_tables {
    fab_table *estimate, *lot, *period;
};

/* What all rows of a snapshot have in common. */
struct yield_head {
    int64_t snapshot;
    const struct yield_history *history;
    const struct yield_plan *plan;
};

/* Adds the rows of a source that fab_yield_level has completed. */
fab_status fab_yield_tables_add(fab_context *context, struct yield_tables *tables, const struct yield_head *head,
                                const struct yield_source *source);
void fab_yield_tables_fini(struct yield_tables *tables);

#endif
