/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior_newton.h"

#include "try.h"

#include <string.h>

/* Shifts of the diagonal, each a share of it: the first is below the rounding of Cholesky, and conjugate gradients take it away. */
static const double shifts[] = {1e-15, 1e-13, 1e-11, 1e-9, 1e-7};
enum { SHIFTS = sizeof shifts / sizeof *shifts };

/* Conjugate gradients end here: a residual of this share of the right side, or so many steps. */
#define PRECISE 1e-8
enum { STEPS_MOST = 4 };

/* A column deep inside moves by a difference that its weight magnifies: what that leaves of the rows is solved for again, so often. */
enum { REFINEMENTS = 2 };

fab_status fab_interior_newton_make(fab_context *context, fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_newton *newton)
{
    size_t rows = (size_t)form->row_count, columns = (size_t)form->column_count;
    const struct fab_factor_matrix matrix = {form->row_count, form->column_count, form->start, form->row_index, form->value};
    *newton = (struct fab_interior_newton){.form = form};
    newton->weight = fab_arena_take(arena, columns, sizeof *newton->weight);
    newton->reduced = fab_arena_take(arena, columns, sizeof *newton->reduced);
    newton->preconditioned = fab_arena_take(arena, rows, sizeof *newton->preconditioned);
    newton->residual = fab_arena_take(arena, rows, sizeof *newton->residual);
    newton->direction = fab_arena_take(arena, rows, sizeof *newton->direction);
    newton->image = fab_arena_take(arena, rows, sizeof *newton->image);
    newton->left = fab_arena_take(arena, rows, sizeof *newton->left);
    newton->sum = fab_arena_take(arena, rows, sizeof *newton->sum);
    if (!newton->weight || !newton->reduced || !newton->preconditioned || !newton->residual || !newton->direction || !newton->image || !newton->left || !newton->sum)
        return fab_fail_memory(context);
    return fab_factor_new(context, &matrix, &newton->factor);
}

void fab_interior_newton_fini(struct fab_interior_newton *newton)
{
    fab_factor_free(newton->factor);
}

void fab_interior_multiply(const struct fab_interior_form *form, const double *vector, double *product)
{
    memset(product, 0, (size_t)form->row_count * sizeof *product);
    for (int j = 0; j < form->column_count; j++)
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            product[form->row_index[k]] += form->value[k] * vector[j];
}

void fab_interior_multiply_transposed(const struct fab_interior_form *form, const double *vector, double *product)
{
    for (int j = 0; j < form->column_count; j++) {
        double sum = 0;
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            sum += form->value[k] * vector[form->row_index[k]];
        product[j] = sum;
    }
}

/* product = A W A' vector. */
static void multiply_normal(struct fab_interior_newton *newton, const double *vector, double *product)
{
    const struct fab_interior_form *form = newton->form;
    memset(product, 0, (size_t)form->row_count * sizeof *product);
    for (int j = 0; j < form->column_count; j++) {
        double sum = 0;
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            sum += form->value[k] * vector[form->row_index[k]];
        sum *= newton->weight[j];
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            product[form->row_index[k]] += form->value[k] * sum;
    }
}

fab_status fab_interior_newton_weighted(fab_context *context, struct fab_interior_newton *newton, bool *done)
{
    fab_status status = FAB_OK;
    *done = false;
    for (int n = 0; n < SHIFTS && !*done; n++) {
        newton->shift = shifts[n];
        TRY(fab_factor_make(context, newton->factor, newton->weight, newton->shift, done));
    }
out:
    return status;
}

fab_status fab_interior_newton_at(fab_context *context, struct fab_interior_newton *newton, const struct fab_interior_point *point, bool *done)
{
    const struct fab_interior_form *form = newton->form;
    for (int j = 0; j < form->column_count; j++)
        newton->weight[j] = 1 / (point->z[j] / point->x[j] + (fab_interior_is_limited(form, j) ? point->v[j] / point->room[j] : 0));
    return fab_interior_newton_weighted(context, newton, done);
}

static double product_of(const double *a, const double *b, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

static fab_status apply_factor(fab_context *context, struct fab_interior_newton *newton, const double *vector, double *result)
{
    memcpy(result, vector, (size_t)newton->form->row_count * sizeof *result);
    newton->solves++;
    return fab_factor_solve(context, newton->factor, result);
}

static void step_along(const struct fab_interior_newton *newton, double length, double *y)
{
    for (int i = 0; i < newton->form->row_count; i++) {
        y[i] += length * newton->direction[i];
        newton->residual[i] -= length * newton->image[i];
    }
}

/* Preconditioned conjugate gradients from y = 0: the factor is the preconditioner, so that the first step is the direct solution and the others take away what shift and rounding left. */
static fab_status solve_rows(fab_context *context, struct fab_interior_newton *newton, int steps, double *y)
{
    fab_status status = FAB_OK;
    int rows = newton->form->row_count;
    double *direction = newton->direction;
    memcpy(newton->residual, y, (size_t)rows * sizeof *y);
    memset(y, 0, (size_t)rows * sizeof *y);
    TRY(apply_factor(context, newton, newton->residual, direction));
    double size = product_of(newton->residual, direction, rows), enough = PRECISE * PRECISE * size;
    for (int step = 1; size > enough; step++) {
        multiply_normal(newton, direction, newton->image);
        double curvature = product_of(direction, newton->image, rows);
        if (!(curvature > 0))
            break;
        step_along(newton, size / curvature, y);
        if (step == steps)
            break;
        TRY(apply_factor(context, newton, newton->residual, newton->preconditioned));
        double next = product_of(newton->residual, newton->preconditioned, rows), turn = next / size;
        if (!(next >= 0))
            break;
        for (int i = 0; i < rows; i++)
            direction[i] = newton->preconditioned[i] + turn * direction[i];
        size = next;
    }
out:
    return status;
}

fab_status fab_interior_newton_rows(fab_context *context, struct fab_interior_newton *newton, double *right)
{
    return solve_rows(context, newton, STEPS_MOST, right);
}

/* What is left of the costs' equation when dz and dv are put in terms of dx: A' dy - dx / W = reduced. */
static void reduce(struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right)
{
    for (int j = 0; j < newton->form->column_count; j++) {
        newton->reduced[j] = right->costs[j] - right->lower[j] / point->x[j];
        if (fab_interior_is_limited(newton->form, j))
            newton->reduced[j] += (right->upper[j] - point->v[j] * right->limits[j]) / point->room[j];
    }
}

/* dx = W (A' dy - reduced): a difference of large numbers where the weight is large. What that leaves of A dx = right side is small, and its own solution is none. */
static fab_status refine_rows(fab_context *context, struct fab_interior_newton *newton, const double *right, struct fab_interior_point *direction)
{
    const struct fab_interior_form *form = newton->form;
    for (int i = 0; i < form->row_count; i++)
        newton->sum[i] = right[i];
    for (int j = 0; j < form->column_count; j++)
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            newton->sum[form->row_index[k]] -= (long double)form->value[k] * direction->x[j];
    for (int i = 0; i < form->row_count; i++)
        newton->left[i] = (double)newton->sum[i];
    fab_status status = fab_interior_newton_rows(context, newton, newton->left);
    fab_interior_multiply_transposed(form, newton->left, newton->reduced);
    for (int j = 0; j < form->column_count; j++)
        direction->x[j] += newton->weight[j] * newton->reduced[j];
    for (int i = 0; i < form->row_count; i++)
        direction->y[i] += newton->left[i];
    return status;
}

static void find_others(const struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction)
{
    for (int j = 0; j < newton->form->column_count; j++) {
        direction->z[j] = (right->lower[j] - point->z[j] * direction->x[j]) / point->x[j];
        if (!fab_interior_is_limited(newton->form, j))
            continue;
        direction->room[j] = right->limits[j] - direction->x[j];
        direction->v[j] = (right->upper[j] - point->v[j] * direction->room[j]) / point->room[j];
    }
}

/* dy, and dx = W (A' dy - reduced). */
static fab_status find_main(fab_context *context, struct fab_interior_newton *newton, const struct fab_interior_right *right, int steps, struct fab_interior_point *direction)
{
    const struct fab_interior_form *form = newton->form;
    for (int j = 0; j < form->column_count; j++)
        direction->x[j] = newton->weight[j] * newton->reduced[j];
    fab_interior_multiply(form, direction->x, direction->y);
    for (int i = 0; i < form->row_count; i++)
        direction->y[i] += right->rows[i];
    fab_status status = solve_rows(context, newton, steps, direction->y);
    fab_interior_multiply_transposed(form, direction->y, direction->z);
    for (int j = 0; j < form->column_count; j++)
        direction->x[j] = newton->weight[j] * (direction->z[j] - newton->reduced[j]);
    return status;
}

fab_status fab_interior_newton_solve(fab_context *context, struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction)
{
    fab_status status = FAB_OK;
    reduce(newton, point, right);
    TRY(find_main(context, newton, right, STEPS_MOST, direction));
    for (int n = 0; n < REFINEMENTS; n++)
        TRY(refine_rows(context, newton, right->rows, direction));
    find_others(newton, point, right, direction);
out:
    return status;
}

fab_status fab_interior_newton_sketch(fab_context *context, struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction)
{
    reduce(newton, point, right);
    fab_status status = find_main(context, newton, right, 1, direction);
    find_others(newton, point, right, direction);
    return status;
}
