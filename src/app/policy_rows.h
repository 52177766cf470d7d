/* The rows by which a stored plan's policy kept what its stages reached.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_POLICY_ROWS_H
#define FAB_POLICY_ROWS_H

#include "fab.h"
#include "program.h"

/* Adds them to the program of the plan's inputs, as they were. FAB_DATABASE when they name what the inputs do not have. O(rows x nonzeros). */
fab_status fab_policy_rows(fab_context *context, fab *handle, int64_t plan, fab_program *program);

#endif
