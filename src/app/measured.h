/* What the wafer-lot history measured in place of what was planned, as changes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEASURED_H
#define FAB_MEASURED_H

#include "change.h"
#include "fab.h"
#include "sha256.h"

/* Append to a list the changes that set the availability of tool groups that have tool events, and the cycle times of routes with finished lots (on every date).
 * What is measured as planned needs no change. *hash gets the SHA-256 of what was measured, for the plan's provenance. FAB_USAGE when the history measures nothing of
 * the kind. */
fab_status fab_measured_availability(fab_context *context, fab *handle, const fab_model *model, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE]);
fab_status fab_measured_cycle_time(fab_context *context, fab *handle, const fab_model *model, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE]);

#endif
