/* Key figures that are found by solving a stored plan again: plan_resilience only grows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RESILIENCE_H
#define FAB_RESILIENCE_H

#include "arena.h"
#include "fab.h"
#include "plan.h"

struct fab_resilience_row {
    const char *kpi, *key, *unit;
    int period;
    double value;                  /* NAN: not known */
    double objective, bound;       /* of the program that was solved again; NAN: it has no plan */
};

/* Rows on their way. */
struct fab_resilience_rows {
    fab_arena *arena;
    struct fab_resilience_row *row;
    int count, capacity;
};

/* Adds a row, whose key is copied; kpi and unit are literals. FAB_NO_MEMORY. */
fab_status fab_resilience_add(fab_context *context, struct fab_resilience_rows *rows, const struct fab_resilience_row *row);

/* Stores them behind those that the stored plan has, in a transaction of its own. */
fab_status fab_resilience_store(fab_context *context, fab *handle, const fab_plan *plan, int64_t number, const struct fab_resilience_rows *rows);

void fab_resilience_fini(struct fab_resilience_rows *rows);

#endif
