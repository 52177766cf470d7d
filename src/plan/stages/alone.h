/* A customer alone with its part of everything (planning-model.md, policy `entitlement`).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ALONE_H
#define FAB_ALONE_H

#include "leads.h"
#include "run.h"

/* The program of a customer alone, on a solver that was opened on run->program: others' orders, promises and minimum starts are gone, and every right side that is nobody's own is the customer's share of it. O(rows + columns). */
fab_status fab_alone_set(struct fab_run *run, fab_solver *solver, const struct fab_leads *leads, int customer);

/* Into run->objective: the customer's own money: the objective without the penalties of shortage, promises and minimum starts. */
void fab_alone_weigh(struct fab_run *run);

/* "tools LITHO; line FAB; 3 more": what counts in full for a customer, in the program's arena; "" for nothing, NULL when memory is short. */
const char *fab_alone_own(struct fab_run *run, const struct fab_leads *leads, int customer);

#endif
