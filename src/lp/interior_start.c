/* Where the interior point begins. SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior_step.h"

#include "try.h"

/* A value begins at this share of its upper limit at most, and all products at this share of their mean at least. */
#define INSIDE 0.5
#define CENTRAL 0.1

static double mean_size(const double *value, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += fabs(value[i]);
    return count > 0 && sum > 0 ? sum / count : 1;
}

/* The shortest x with A x = b, each value pushed inside its limits. */
static void start_values(struct fab_interior_walk *walk)
{
    const struct fab_interior_form *form = walk->form;
    struct fab_interior_point *point = &walk->point;
    for (int i = 0; i < form->row_count; i++)
        point->y[i] = form->right[i];
    fab_interior_newton_rows(&walk->newton, point->y);
    fab_interior_multiply_transposed(form, point->y, point->x);
    double least = mean_size(point->x, form->column_count);
    for (int j = 0; j < form->column_count; j++) {
        double upper = form->upper[j];
        point->x[j] = fmax(point->x[j], least);
        if (!fab_interior_is_limited(form, j))
            continue;
        point->x[j] = fmin(point->x[j], INSIDE * upper);
        point->room[j] = upper - point->x[j];
    }
}

/* Multipliers y by least squares on the costs; z and v by what is left of each cost, and as much more as makes all products near their mean. */
static void start_multipliers(struct fab_interior_walk *walk)
{
    const struct fab_interior_form *form = walk->form;
    struct fab_interior_point *point = &walk->point;
    fab_interior_multiply(form, form->cost, point->y);
    fab_interior_newton_rows(&walk->newton, point->y);
    fab_interior_multiply_transposed(form, point->y, point->z);
    for (int j = 0; j < form->column_count; j++)
        point->z[j] = form->cost[j] - point->z[j];
    double mu = 0;
    for (int j = 0; j < form->column_count; j++)
        mu += fabs(point->z[j]) * (fab_interior_is_limited(form, j) ? fmin(point->x[j], point->room[j]) : point->x[j]);
    mu /= form->column_count > 0 ? form->column_count : 1;
    for (int j = 0; j < form->column_count; j++) {
        double left = point->z[j];
        point->z[j] = fmax(left, 0) + mu / point->x[j];
        if (fab_interior_is_limited(form, j))
            point->v[j] = fmax(-left, 0) + mu / point->room[j];
    }
}

/* No product is far below their mean. */
static void centre(struct fab_interior_walk *walk)
{
    const struct fab_interior_form *form = walk->form;
    struct fab_interior_point *point = &walk->point;
    fab_interior_walk_look(walk);
    for (int j = 0; j < form->column_count; j++) {
        point->z[j] = fmax(point->z[j], CENTRAL * walk->mu / point->x[j]);
        if (fab_interior_is_limited(form, j))
            point->v[j] = fmax(point->v[j], CENTRAL * walk->mu / point->room[j]);
    }
}

fab_status fab_interior_walk_start(fab_context *context, struct fab_interior_walk *walk, bool *done)
{
    fab_status status = FAB_OK;
    for (int j = 0; j < walk->form->column_count; j++)
        walk->newton.weight[j] = 1;
    TRY(fab_interior_newton_weighted(context, &walk->newton, done));
    if (!*done)
        goto out;
    start_values(walk);
    start_multipliers(walk);
    centre(walk);
out:
    return status;
}
