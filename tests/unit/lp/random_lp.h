/* Random linear programs made backwards from a known optimum.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RANDOM_LP_H
#define FAB_RANDOM_LP_H

#include "lp_support.h"

struct random_shape {
    int rows, columns;
    double density;
    double spread; /* rows and columns are scaled by 10^(-spread..spread) */
    bool degenerate;
    double room; /* added to the upper limits of columns that are not on them */
};

/* Column limits around x, a cost that makes x optimal there: zero reduced cost inside, right sign on a limit. Gives the reduced cost. */
static inline double place_column(uint64_t *seed, const struct random_shape *shape, double *x, double *lower, double *upper)
{
    double size = 1 + 9 * random_unit(seed), reduced = shape->degenerate && random_below(seed, 2) ? 0 : 1 + random_unit(seed);
    *x = random_below(seed, 3) ? random_below(seed, 10) : 0;
    *lower = *x;
    *upper = *x;
    switch (random_below(seed, 5)) {
    case 0: /* fixed */ return random_unit(seed) - 0.5;
    case 1: /* at its upper limit */ *lower -= size; return reduced;
    case 2: /* at its lower limit */ *upper += size; return -reduced;
    default:
        *lower -= size;
        *upper += size + shape->room;
        return 0;
    }
}

/* Row limits around its activity and a multiplier to match. */
static inline double place_row(uint64_t *seed, const struct random_shape *shape, double activity, double *lower, double *upper)
{
    double size = 1 + random_unit(seed), multiplier = shape->degenerate && random_below(seed, 2) ? 0 : 1 + random_unit(seed);
    bool range = random_below(seed, 3) == 0;
    *lower = *upper = activity;
    switch (random_below(seed, 4)) {
    case 0: return random_unit(seed) - 0.5; /* an equality */
    case 1: *lower = range ? activity - size : -INFINITY; return multiplier;
    case 2: *upper = range ? activity + size : INFINITY; return -multiplier;
    default:
        *lower = range ? activity - size : -INFINITY;
        *upper = activity + size;
        return 0;
    }
}

/* Gives the optimum. */
static inline double make_random(uint64_t seed, const struct random_shape *shape, fab_lp *lp)
{
    int rows = shape->rows, columns = shape->columns;
    double *matrix = calloc((size_t)rows * (size_t)columns, sizeof *matrix), *x = calloc((size_t)columns, sizeof *x), optimum = 0;
    double *lower = calloc((size_t)columns, sizeof *lower), *upper = calloc((size_t)columns, sizeof *upper),
           *cost = calloc((size_t)columns, sizeof *cost);
    for (int j = 0; j < columns; j++)
        cost[j] = place_column(&seed, shape, &x[j], &lower[j], &upper[j]);
    for (int i = 0; i < rows; i++) {
        double activity = 0, row_lower, row_upper, scale = exp2(rint(shape->spread * (2 * random_unit(&seed) - 1)));
        double *of_row = matrix + (size_t)i * (size_t)columns;
        for (int j = 0; j < columns; j++) {
            if (random_unit(&seed) < shape->density)
                of_row[j] = scale * (random_below(&seed, 19) - 9);
            activity += of_row[j] * x[j];
        }
        double multiplier = place_row(&seed, shape, activity / scale, &row_lower, &row_upper) / scale;
        fab_lp_add_row(lp, "r", row_lower * scale, row_upper * scale);
        for (int j = 0; j < columns; j++)
            cost[j] += multiplier * of_row[j];
    }
    for (int j = 0; j < columns; j++) {
        fab_lp_add_column(lp, "x", lower[j], upper[j], cost[j]);
        optimum += cost[j] * x[j];
        for (int i = 0; i < rows; i++)
            if (matrix[(size_t)i * (size_t)columns + (size_t)j] != 0)
                fab_lp_add(lp, i, j, matrix[(size_t)i * (size_t)columns + (size_t)j]);
    }
    free(matrix);
    free(x);
    free(lower);
    free(upper);
    free(cost);
    return optimum;
}

#endif
