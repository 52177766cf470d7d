/* A basis that cannot be factorised made one that can: what a program that has changed left of the basis of the one before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BASIS_REPAIR_H
#define FAB_BASIS_REPAIR_H

#include "engine.h"

struct fab_basis_repair {
    char *row_status, *column_status; /* NULL: it would take too long */
    int dropped, added;               /* columns that left the basis, rows whose slack entered it */
};

/* Basic columns that are linear combinations of others leave the basis (to their lower limit), rows that no basic column is left for enter it, so that there are as many of both. Columns that are triangular are found by singletons, the
 * rest by Gaussian elimination with threshold pivoting, in the scale of the factors (Suhl and Suhl 1990, "Computing Sparse LU Factorizations for Large-Scale Linear Programming Bases"). The caller frees the texts.
 * FAB_NO_MEMORY. O(nonzeros) and the elimination's operations, of which there are at most 2e9. */
fab_status fab_basis_repair(fab_context *context, const fab_lp *lp, const struct fab_lp_factors *factors, const struct fab_engine_basis *basis, struct fab_basis_repair *repair);

#endif
