/* The tables of a result, empty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_TABLES_H
#define FAB_STDF_TABLES_H

#include "stdf_result.h"

/* False when memory is short; fab_stdf_result_fini frees what was made. */
bool stdf_tables_make(struct fab_stdf_result *result);

#endif
