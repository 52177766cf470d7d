/* What the wafer-lot history measured in place of what was planned.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEASURED_H
#define FAB_MEASURED_H

#include "fab.h"
#include "sha256.h"

/* Replace, in a loaded model, the availability of tool groups that have tool events, and the cycle times of routes with finished lots (on every date). *hash gets the SHA-256 of what was put in, for the
 * plan's provenance. FAB_USAGE when the history measures nothing of the kind. */
fab_status fab_measured_availability(fab_context *context, fab *handle, fab_model *model, char hash[FAB_SHA256_HEX_SIZE]);
fab_status fab_measured_cycle_time(fab_context *context, fab *handle, fab_model *model, char hash[FAB_SHA256_HEX_SIZE]);

#endif
