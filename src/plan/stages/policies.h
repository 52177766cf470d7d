/* The stages of policies that do their own solves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_POLICIES_H
#define FAB_POLICIES_H

#include "run.h"

/* The plan of policy `profit`; promises; customers by rank; shares as equal as can be; nobody below what its part gives alone; a list of the user's; least capital; behind the money stage: starts that move least. */
fab_status fab_run_profit(struct fab_run *run);
fab_status fab_run_promises(struct fab_run *run);
fab_status fab_run_ranks(struct fab_run *run);
fab_status fab_run_fair(struct fab_run *run);
fab_status fab_run_entitlement(struct fab_run *run);
fab_status fab_run_file(struct fab_run *run);
fab_status fab_run_capital(struct fab_run *run);
fab_status fab_run_calm(struct fab_run *run);

#endif
