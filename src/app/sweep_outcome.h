/* What a run of a sweep found, as JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_OUTCOME_H
#define FAB_SWEEP_OUTCOME_H

#include "plan.h"

#include <jansson.h>

/* The best with the base's tools. */
struct fab_sweep_fixed {
    bool possible;
    bool unproven; /* there is one, but no proof of it */
    fab_lp_certificate certificate; /* read when possible alone */
};

/* status, objective_usd, bound_usd, gap, profit_usd, base_tools_usd, base_tools_bound_usd, customers, tools, shipments of a plan; fixed NULL: there is no plan. A new value, NULL when memory is short. O(shipments). */
json_t *fab_sweep_outcome_json(const fab_plan *plan, const struct fab_sweep_fixed *fixed);

/* The same of a run that has none, with the reason. */
json_t *fab_sweep_failure_json(const char *status, const char *note);

#endif
