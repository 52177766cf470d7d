/* Die of several lists: which are the same.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_SAME_H
#define FAB_STDF_SAME_H

#include "stdf_parts.h"

/* Whether two lists (stdf_list.h) have a die in common, by its place or else by its id. Lists of which one names no die count as the same.
 * Errors as of stdf_list_read. O(die log die). */
fab_status stdf_lists_share(fab_context *context, const char *a, const char *b, bool *shared);

/* Leaves the parts that count, as those of one wafer, numbered anew; by bin. O(parts log parts). */
void stdf_settle_parts(struct stdf_file *file);

/* Whether every part of `run` has the place of one of `before`, or says that it repeats the id of one. O(parts log parts), but by ids O(parts x parts). */
bool stdf_is_retest_of(const struct stdf_file *before, const struct stdf_file *run);

#endif
