/* Factors of a symmetric positive definite sparse matrix A W A' and a little more on its diagonal: the one place that knows CHOLMOD (factor.c), whose analysis and sparse products it takes, and OpenBLAS below the own
 * factorisation (supernodal.h).
 *
 * A column with many coefficients makes all their rows neighbours when it is multiplied out. Augmented, it is a row of its own instead: the factors are those of the quasi-definite matrix
 *
 *     N + shift   B        N: A W A' of the short columns, B: the long ones, scaled so that their own diagonal is -1;
 *     B'         -1        a solution for a right side of rows and 0 is one of A W A' + shift
 *
 * which in fabs (starts that load a hundred tool groups) have a fifth of the operations. No pivots are exchanged, so that rows whose N is nothing beside the shift lose digits: the normal kind, all columns multiplied out, loses none.
 *
 * The pattern of A is analysed once (fill-reducing order: AMD, and METIS's where that has fewer operations); weights and shift change from one factorisation to the next. One
 * thread of arithmetic: the same matrix gives the same bits wherever the arithmetic library's core is the same (fab_factor_arithmetic). An object is used by one thread at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FACTOR_H
#define FAB_FACTOR_H

#include <fabplan/context.h>
#include <stdbool.h>

typedef struct fab_factor fab_factor;

/* A by columns: the coefficients of column j are [start[j], start[j+1]), rows ascending. */
struct fab_factor_matrix {
    int row_count, column_count;
    const int *start, *row_index;
    const double *value;
};

enum fab_factor_kind { FAB_FACTOR_AUGMENTED, FAB_FACTOR_NORMAL };

/* Copies and analyses A. FAB_NO_MEMORY; FAB_INTERNAL when CHOLMOD refuses it, as where the factor would have more coefficients than an int counts. O(coefficients of the factor), and often less. */
fab_status fab_factor_new(fab_context *context, const struct fab_factor_matrix *matrix, enum fab_factor_kind kind, fab_factor **factor);
void fab_factor_free(fab_factor *factor); /* NULL: nothing */

/* Factorises A W A' + shift D, D the diagonal of A W A' (1 where that is 0), for weight[column_count] (finite, >= 0) and a share shift >= 0: as much as the last digits of each row say, whatever its size.
 * *done false when the matrix is not positive definite to the last digit: then there is nothing to solve with. FAB_NO_MEMORY; FAB_INTERRUPTED within the time of 64 columns. Cost: fab_factor_flops. */
fab_status fab_factor_make(fab_context *context, fab_factor *factor, const double *weight, double shift, bool *done);

/* Replaces vector[row_count] by the solution for it, after a factorisation that was done. O(coefficients of the factor). */
void fab_factor_solve(fab_factor *factor, double *vector);

/* Coefficients of the factor, and operations of a factorisation. */
double fab_factor_nonzeros(const fab_factor *factor);
double fab_factor_flops(const fab_factor *factor);

/* The arithmetic: versions, and the processor's core that the kernels were chosen for, such as "CHOLMOD 3.0.14, OpenBLAS 0.3.21 Haswell". Constant while the program runs. */
const char *fab_factor_arithmetic(void);

#endif
