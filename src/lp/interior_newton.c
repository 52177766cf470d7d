/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior_newton.h"

#include "try.h"

#include <string.h>

/* Shifts of the diagonal, each a share of it, that conjugate gradients take away: of augmented factors the first is where what it hides and what they lose by rounding are least; of normal ones it is below the rounding. */
static const double shifts[] = {1e-15, 1e-13, 1e-11, 1e-9, 1e-7};
enum { SHIFTS = sizeof shifts / sizeof *shifts, FIRST_AUGMENTED = 2 };

/* Conjugate gradients end here: a residual of this share of the right side, or so many steps. Ended above the second share, the factor is none of this matrix any more: normal ones are made, which cost as much as some two hundred
 * steps. Of programs so large that those take a minute each (and have no better digits) it is gone on with for longer. */
#define PRECISE 1e-8
#define POOR 1e-3
#define LARGE 3e10 /* operations of a factorisation */
enum { STEPS_MOST = 12, STEPS_LARGE = 40 };

static fab_status analyse(fab_context *context, struct fab_interior_newton *newton)
{
    const struct fab_interior_form *form = newton->form;
    const struct fab_factor_matrix matrix = {form->row_count, form->column_count, form->start, form->row_index, form->value};
    return fab_factor_new(context, &matrix, newton->kind, &newton->factor);
}

fab_status fab_interior_newton_make(fab_context *context, fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_newton *newton)
{
    size_t rows = (size_t)form->row_count, columns = (size_t)form->column_count;
    *newton = (struct fab_interior_newton){.form = form, .kind = FAB_FACTOR_AUGMENTED};
    newton->weight = fab_arena_take(arena, columns, sizeof *newton->weight);
    newton->reduced = fab_arena_take(arena, columns, sizeof *newton->reduced);
    newton->preconditioned = fab_arena_take(arena, rows, sizeof *newton->preconditioned);
    newton->residual = fab_arena_take(arena, rows, sizeof *newton->residual);
    newton->direction = fab_arena_take(arena, rows, sizeof *newton->direction);
    newton->image = fab_arena_take(arena, rows, sizeof *newton->image);
    newton->sum = fab_arena_take(arena, rows, sizeof *newton->sum);
    if (!newton->weight || !newton->reduced || !newton->preconditioned || !newton->residual || !newton->direction || !newton->image || !newton->sum)
        return fab_fail_memory(context);
    return analyse(context, newton);
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
    for (int n = newton->kind == FAB_FACTOR_AUGMENTED ? FIRST_AUGMENTED : 0; n < SHIFTS && !*done; n++) {
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

fab_status fab_interior_newton_sharpen(fab_context *context, struct fab_interior_newton *newton)
{
    fab_factor_free(newton->factor);
    newton->factor = NULL;
    newton->kind = FAB_FACTOR_NORMAL;
    fab_status status = analyse(context, newton);
    if (status == FAB_OK)
        fab_say(context, FAB_LEVEL_DETAIL, "interior point: normal factors of %.3g coefficients, %.3g operations", fab_factor_nonzeros(newton->factor), fab_factor_flops(newton->factor));
    return status;
}

static double product_of(const double *a, const double *b, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

static void apply_factor(struct fab_interior_newton *newton, const double *vector, double *result)
{
    memcpy(result, vector, (size_t)newton->form->row_count * sizeof *result);
    newton->solves++;
    fab_factor_solve(newton->factor, result);
}

static void step_along(const struct fab_interior_newton *newton, double length, double *y)
{
    for (int i = 0; i < newton->form->row_count; i++) {
        y[i] += length * newton->direction[i];
        newton->residual[i] -= length * newton->image[i];
    }
}

/* Preconditioned conjugate gradients from y = 0: the factor is the preconditioner, so that the first step is the direct solution and the others take away what shift and rounding left. They turn as for a preconditioner that
 * rounding makes a little other at each step (Polak and Ribiere). Gives the share of the right side that is left. */
static double solve_rows(struct fab_interior_newton *newton, int steps, double *y)
{
    int rows = newton->form->row_count;
    bool patient = steps > 1 && newton->kind == FAB_FACTOR_AUGMENTED && fab_factor_flops(newton->factor) > LARGE;
    double *direction = newton->direction;
    memcpy(newton->residual, y, (size_t)rows * sizeof *y);
    memset(y, 0, (size_t)rows * sizeof *y);
    apply_factor(newton, newton->residual, direction);
    double size = product_of(newton->residual, direction, rows), first = size;
    for (int step = 1; size > PRECISE * PRECISE * first; step++) {
        multiply_normal(newton, direction, newton->image);
        double curvature = product_of(direction, newton->image, rows);
        if (!(curvature > 0))
            break;
        step_along(newton, size / curvature, y);
        if (step >= (patient && size > POOR * POOR * first ? STEPS_LARGE : steps))
            break;
        apply_factor(newton, newton->residual, newton->preconditioned);
        double next = product_of(newton->residual, newton->preconditioned, rows), turn = -product_of(newton->image, newton->preconditioned, rows) / curvature;
        if (!(next >= 0))
            break;
        for (int i = 0; i < rows; i++)
            direction[i] = newton->preconditioned[i] + turn * direction[i];
        size = next;
    }
    return first == 0 ? 0 : first > 0 ? sqrt(size / first) : 1;
}

void fab_interior_newton_rows(struct fab_interior_newton *newton, double *right)
{
    solve_rows(newton, STEPS_MOST, right);
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

double fab_interior_newton_left(const struct fab_interior_newton *newton, const double *right, const struct fab_interior_point *direction, double *rows)
{
    const struct fab_interior_form *form = newton->form;
    double left = 0, most = 0;
    for (int i = 0; i < form->row_count; i++)
        newton->sum[i] = right[i];
    for (int j = 0; j < form->column_count; j++)
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            newton->sum[form->row_index[k]] -= (long double)form->value[k] * direction->x[j];
    for (int i = 0; i < form->row_count; i++) {
        rows[i] = (double)newton->sum[i];
        left = fmax(left, fabs(rows[i]));
        most = fmax(most, fabs(right[i]));
    }
    return left > 0 ? left / most : 0;
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

/* dy, and dx = W (A' dy - reduced). Gives what is left of the equations, as a share. */
static double find_main(struct fab_interior_newton *newton, const struct fab_interior_right *right, int steps, struct fab_interior_point *direction)
{
    const struct fab_interior_form *form = newton->form;
    for (int j = 0; j < form->column_count; j++)
        direction->x[j] = newton->weight[j] * newton->reduced[j];
    fab_interior_multiply(form, direction->x, direction->y);
    for (int i = 0; i < form->row_count; i++)
        direction->y[i] += right->rows[i];
    double left = solve_rows(newton, steps, direction->y);
    fab_interior_multiply_transposed(form, direction->y, direction->z);
    for (int j = 0; j < form->column_count; j++)
        direction->x[j] = newton->weight[j] * (direction->z[j] - newton->reduced[j]);
    return left;
}

void fab_interior_newton_solve(struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction)
{
    reduce(newton, point, right);
    newton->poor = !(find_main(newton, right, STEPS_MOST, direction) <= POOR);
    find_others(newton, point, right, direction);
}

void fab_interior_newton_sketch(struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction)
{
    reduce(newton, point, right);
    find_main(newton, right, 1, direction);
    find_others(newton, point, right, direction);
}
