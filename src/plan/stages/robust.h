/* One set of tool orders for many futures: a two-stage program in its extensive form.
 *
 * Stage one: tools ordered and removed, the same in every future. Stage two: everything else, for each future by itself. The objective is the mean of the futures' by weight. An order that some future does not know (it
 * could not be delivered there) is not made. Birge & Louveaux, Introduction to Stochastic Programming, 2nd ed. (2011), 2.3 and 4.2. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROBUST_H
#define FAB_ROBUST_H

#include "robust_asked.h"

/* Solves it: whole while it has no more rows than that, else by decomposition (lshaped.h). FAB_REJECTED when the answer cannot be proven. fab_tools_fini(&robust->tools). Cost: a cold solve of all futures together, with their
 * own tools and with the first one's, and each alone; by decomposition each alone, and a warm solve of each in every round. */
fab_status fab_robust_solve(fab_context *context, const struct fab_robust_asked *asked, struct fab_robust *robust);

#endif
