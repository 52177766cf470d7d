/* Which of several results of a die counts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_SUPERSEDE_H
#define FAB_STDF_SUPERSEDE_H

#include "stdf_parts.h"

/* Marks the parts that a later one supersedes (stdf.h), settles the verdict of every part, and sorts the parts by wafer and bin, superseded
 * ones behind the others of their wafer. Returns how many are superseded. O(parts log parts). */
int64_t stdf_supersede_parts(struct stdf_file *file);

#endif
