/* The die of a wafer in one file as a text, for the database: what further files of the run, and retests, are merged with.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_LIST_H
#define FAB_STDF_LIST_H

#include "stdf_parts.h"

/* Die of a wafer beyond which no list is kept: some 16 bytes each. */
enum { STDF_LIST_MAX = 100000 };

/* Adds a row to result->die with the parts of a wafer that are not superseded, unless they are more than STDF_LIST_MAX. The file is named by
 * LOT_ID, SETUP_T, START_T, STAT_NUM, NODE_NAM and JOB_NAM of MIR. FAB_NO_MEMORY. O(count). */
fab_status stdf_list_add(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result, const struct stdf_wafer *wafer,
                         const struct stdf_part *parts, size_t count);

/* Appends the parts of a list to file->part, of wafer 0 and numbered on; their ids lie in file->arena. Takes over the directions of the wafer's
 * axes. FAB_DATABASE when the text is no list, FAB_NO_MEMORY. O(length). */
fab_status stdf_list_read(fab_context *context, const char *list, struct stdf_file *file);

#endif
