/* The first incumbent: doing nothing. Nothing is started, moved or bought; stock and receipts stay or are thrown away, orders and promises are missed, work in process waits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NOTHING_H
#define FAB_NOTHING_H

#include "program.h"

/* The point as an answer without multipliers, with its exact check; *nothing is NULL where the constants do not fit (base load, installed floor, families from outside that want more). O(nonzeros). */
fab_status fab_nothing_find(fab_context *context, const fab_program *program, fab_lp_solution **nothing, fab_lp_certificate *certificate);

#endif
