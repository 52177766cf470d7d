/* Linear programs for the tests of the layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_SUPPORT_H
#define FAB_LP_SUPPORT_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assert_close.h"
#include "lp.h"

/* A program written out: rows x columns coefficients, row limits, column limits, costs, the optimum and the multipliers of the source. */
struct dense_lp {
    const char *source;
    int rows, columns;
    double coefficient[4][4], row_lower[4], row_upper[4], lower[4], upper[4], cost[4], constant;
    double optimum, x[4], multiplier[4];
};

static inline fab_lp *lp_from_dense(fab_context *context, const struct dense_lp *dense)
{
    fab_lp *lp = fab_lp_new(dense->source);
    assert_non_null(lp);
    lp->objective_constant = dense->constant;
    for (int i = 0; i < dense->rows; i++)
        assert_int_equal(i, fab_lp_add_row(lp, fab_arena_printf(lp->arena, "row[%d]", i), dense->row_lower[i], dense->row_upper[i]));
    for (int j = 0; j < dense->columns; j++) {
        const char *name = fab_arena_printf(lp->arena, "x[%d]", j);
        assert_int_equal(j, fab_lp_add_column(lp, name, dense->lower[j], dense->upper[j], dense->cost[j]));
        for (int i = 0; i < dense->rows; i++)
            if (dense->coefficient[i][j] != 0)
                assert_true(fab_lp_add(lp, i, j, dense->coefficient[i][j]));
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

/* Winston, Operations Research, section 3.3 and 6.1: the Dakota Furniture Company. */
static const struct dense_lp dakota = {
    .source = "Dakota",
    .rows = 3,
    .columns = 3,
    .coefficient = {{8, 6, 1}, {4, 2, 1.5}, {2, 1.5, 0.5}},
    .row_lower = {-INFINITY, -INFINITY, -INFINITY},
    .row_upper = {48, 20, 8},
    .upper = {100, 100, 100},
    .cost = {60, 30, 20},
    .optimum = 280,
    .x = {2, 0, 8},
    .multiplier = {0, 10, 10},
};

/* A small generator, the same on every machine (Steele, Lea, Flood 2014: splitmix64). */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* 0 <= number < 1 */
static inline double random_unit(uint64_t *state)
{
    return (double)(next_random(state) >> 11) * 0x1p-53;
}

static inline int random_below(uint64_t *state, int bound)
{
    return (int)(next_random(state) % (uint64_t)bound);
}

#endif
