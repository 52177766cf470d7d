/* The rows that the parts of a wafer make.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_ROWS_H
#define FAB_STDF_ROWS_H

#include "stdf_parts.h"

/* Seconds since 1970-01-01 of a wafer's test: the first that the file gives of start and finish of the wafer, start and setup of the lot. */
uint32_t stdf_time_of(const struct stdf_file *file, const struct stdf_wafer *wafer);

/* Rows of a wafer from its `count` parts, superseded ones last, the others by bin. */
fab_status stdf_add_counted(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                            const struct stdf_wafer *wafer, const struct stdf_part *parts, size_t count);

/* Rows of a wafer without parts, from WRR, and if it is the only one of `wafers` from the bin records; a warning when there is nothing. */
fab_status stdf_add_summary(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                            const struct stdf_wafer *wafer, int wafers);

#endif
