/* The coefficients of a sealed program, which its copies share until one of them changes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_MATRIX_H
#define FAB_LP_MATRIX_H

#include "lp.h"

/* Gives up what lp holds and takes room for `columns` columns of `nonzeros` coefficients, with values that are not set. False when memory is short: lp then holds none. O(1). */
bool fab_lp_matrix_take(fab_lp *lp, size_t columns, size_t nonzeros);

/* Shares the coefficients of `from`, which must be sealed, with `lp`, which must hold none. Neither may be used by two threads at once from then on. O(1). */
void fab_lp_matrix_share(fab_lp *lp, const fab_lp *from);

/* Makes the coefficients lp's alone: a copy where others share them. False when memory is short. O(1), or O(nonzeros + columns). */
bool fab_lp_matrix_own(fab_lp *lp);

/* Frees them, if nobody else holds them. */
void fab_lp_matrix_drop(fab_lp *lp);

#endif
