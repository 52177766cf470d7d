/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior_step.h"

#include "try.h"

#include <string.h>

/* How much of the way to the first limit is gone at least, and how near to it a step may end. */
#define SHORT_OF_LIMIT 0.9
#define NEAR_LIMIT 0.9995

/* A multiplier does not feel this share of itself. */
#define UNFELT 1e-3

/* Gondzio's: how much longer than the last direction allows a correction aims, how far products may be from their target, what a correction must gain, and how many there are at most. */
#define LONGER 0.3
#define PRODUCT_LEAST 0.1
#define PRODUCT_MOST 10.0
#define GAIN 0.01
enum { CORRECTIONS_MOST = 8 };

/* So many shares of a correction are tried. */
enum { SHARES = 10 };

/* A correction costs a few solves; so many of them are worth a factorisation. */
enum { SOLVES_PER_CORRECTION = 2 };

/* What a direction leaves of the rows is solved for again, so often at most, unless it is this share of what they want. */
#define LITTLE 1e-4
enum { REFINEMENTS = 2 };

static bool take_point(fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_point *point)
{
    size_t rows = (size_t)form->row_count, columns = (size_t)form->column_count;
    point->x = fab_arena_take(arena, columns, sizeof *point->x);
    point->room = fab_arena_take(arena, columns, sizeof *point->room);
    point->y = fab_arena_take(arena, rows, sizeof *point->y);
    point->z = fab_arena_take(arena, columns, sizeof *point->z);
    point->v = fab_arena_take(arena, columns, sizeof *point->v);
    return point->x && point->room && point->y && point->z && point->v;
}

static bool take_right(fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_right *right)
{
    size_t rows = (size_t)form->row_count, columns = (size_t)form->column_count;
    right->rows = fab_arena_take(arena, rows, sizeof *right->rows);
    right->limits = fab_arena_take(arena, columns, sizeof *right->limits);
    right->costs = fab_arena_take(arena, columns, sizeof *right->costs);
    right->lower = fab_arena_take(arena, columns, sizeof *right->lower);
    right->upper = fab_arena_take(arena, columns, sizeof *right->upper);
    return right->rows && right->limits && right->costs && right->lower && right->upper;
}

fab_status fab_interior_walk_make(fab_context *context, fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_walk *walk)
{
    *walk = (struct fab_interior_walk){.form = form};
    walk->sum = fab_arena_take(arena, (size_t)form->row_count, sizeof *walk->sum);
    if (!walk->sum || !take_point(arena, form, &walk->point) || !take_point(arena, form, &walk->affine) || !take_point(arena, form, &walk->direction) || !take_point(arena, form, &walk->trial) ||
        !take_right(arena, form, &walk->right) || !take_right(arena, form, &walk->only))
        return fab_fail_memory(context);
    for (int j = 0; j < form->column_count; j++)
        walk->pairs += 1 + fab_interior_is_limited(form, j);
    return fab_interior_newton_make(context, arena, form, &walk->newton);
}

void fab_interior_walk_fini(struct fab_interior_walk *walk)
{
    fab_interior_newton_fini(&walk->newton);
}

/* ---- where the point is */

static double sum_of_products(const struct fab_interior_form *form, const struct fab_interior_point *point)
{
    double sum = 0;
    for (int j = 0; j < form->column_count; j++)
        sum += point->x[j] * point->z[j] + (fab_interior_is_limited(form, j) ? point->room[j] * point->v[j] : 0);
    return sum;
}

/* b - A x, in extended precision: the sums cancel. */
static void look_at_rows(struct fab_interior_walk *walk)
{
    const struct fab_interior_form *form = walk->form;
    double most = 1;
    long double *sum = walk->sum;
    for (int i = 0; i < form->row_count; i++) {
        sum[i] = form->right[i];
        most = fmax(most, fabs(form->right[i]));
    }
    for (int j = 0; j < form->column_count; j++)
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            sum[form->row_index[k]] -= (long double)form->value[k] * walk->point.x[j];
    walk->primal = 0;
    for (int i = 0; i < form->row_count; i++) {
        walk->right.rows[i] = (double)sum[i];
        walk->primal = fmax(walk->primal, fabs(walk->right.rows[i]) / most);
    }
}

/* What rounding has left in a cost's equation goes to the larger of its two multipliers, which hardly feels it: else a column that is held at its limit by much carries it on from step to step. */
static double absorb(struct fab_interior_point *point, int j, bool limited, double left)
{
    double *larger = limited && point->v[j] > point->z[j] ? &point->v[j] : &point->z[j];
    if (!(fabs(left) <= UNFELT * *larger))
        return left;
    *larger += larger == &point->z[j] ? left : -left;
    return 0;
}

static void look_at_columns(struct fab_interior_walk *walk)
{
    const struct fab_interior_form *form = walk->form;
    struct fab_interior_point *point = &walk->point;
    double most = 1;
    walk->dual = 0;
    for (int j = 0; j < form->column_count; j++) {
        bool limited = fab_interior_is_limited(form, j);
        long double left = (long double)form->cost[j] - point->z[j] + (limited ? point->v[j] : 0);
        for (int k = form->start[j]; k < form->start[j + 1]; k++)
            left -= (long double)form->value[k] * point->y[form->row_index[k]];
        walk->right.costs[j] = absorb(&walk->point, j, limited, (double)left);
        walk->right.limits[j] = limited ? (double)((long double)form->upper[j] - point->x[j] - point->room[j]) : 0;
        walk->dual = fmax(walk->dual, fabs(walk->right.costs[j]));
        most = fmax(most, fabs(form->cost[j]));
    }
    walk->dual /= most;
}

void fab_interior_walk_look(struct fab_interior_walk *walk)
{
    look_at_rows(walk);
    look_at_columns(walk);
    walk->mu = walk->pairs > 0 ? sum_of_products(walk->form, &walk->point) / walk->pairs : 0;
}

/* ---- how far a direction goes */

static double limit_step(double step, double value, double change)
{
    return value + step * change < 0 ? -value / change : step;
}

struct steps {
    double primal, dual;
};

/* The longest step of the values along direction + share x more that leaves none below 0; what is 1 when it ends short of the limit is the longest. */
static double longest_primal(const struct fab_interior_walk *walk, const struct fab_interior_point *direction, const struct fab_interior_point *more, double share)
{
    const struct fab_interior_point *point = &walk->point;
    double step = 1 / NEAR_LIMIT;
    for (int j = 0; j < walk->form->column_count; j++) {
        step = limit_step(step, point->x[j], direction->x[j] + share * more->x[j]);
        if (fab_interior_is_limited(walk->form, j))
            step = limit_step(step, point->room[j], direction->room[j] + share * more->room[j]);
    }
    return step;
}

/* The same of the multipliers. */
static double longest_dual(const struct fab_interior_walk *walk, const struct fab_interior_point *direction, const struct fab_interior_point *more, double share)
{
    const struct fab_interior_point *point = &walk->point;
    double step = 1 / NEAR_LIMIT;
    for (int j = 0; j < walk->form->column_count; j++) {
        step = limit_step(step, point->z[j], direction->z[j] + share * more->z[j]);
        if (fab_interior_is_limited(walk->form, j))
            step = limit_step(step, point->v[j], direction->v[j] + share * more->v[j]);
    }
    return step;
}

static struct steps longest(const struct fab_interior_walk *walk, const struct fab_interior_point *direction)
{
    return (struct steps){longest_primal(walk, direction, direction, 0), longest_dual(walk, direction, direction, 0)};
}

/* ---- the direction */

/* Predictor: all products to 0. */
static void predict(struct fab_interior_walk *walk)
{
    const struct fab_interior_point *point = &walk->point;
    for (int j = 0; j < walk->form->column_count; j++) {
        walk->right.lower[j] = -point->x[j] * point->z[j];
        walk->right.upper[j] = -point->room[j] * point->v[j];
    }
    fab_interior_newton_sketch(&walk->newton, point, &walk->right, &walk->affine);
}

/* Mehrotra's: the mean product to aim at, by what the predictor would reach. */
static double target_of(const struct fab_interior_walk *walk)
{
    const struct fab_interior_point *point = &walk->point, *affine = &walk->affine;
    struct steps steps = longest(walk, affine);
    double sum = 0;
    for (int j = 0; j < walk->form->column_count; j++) {
        sum += (point->x[j] + steps.primal * affine->x[j]) * (point->z[j] + steps.dual * affine->z[j]);
        if (fab_interior_is_limited(walk->form, j))
            sum += (point->room[j] + steps.primal * affine->room[j]) * (point->v[j] + steps.dual * affine->v[j]);
    }
    double share = sum / walk->pairs / walk->mu;
    return share * share * share * walk->mu;
}

/* Corrector: all products to the target, with what the predictor leaves out. */
static void correct(struct fab_interior_walk *walk, double target)
{
    const struct fab_interior_point *point = &walk->point, *affine = &walk->affine;
    for (int j = 0; j < walk->form->column_count; j++) {
        walk->right.lower[j] = target - point->x[j] * point->z[j] - affine->x[j] * affine->z[j];
        walk->right.upper[j] = target - point->room[j] * point->v[j] - affine->room[j] * affine->v[j];
    }
    fab_interior_newton_solve(&walk->newton, point, &walk->right, &walk->direction);
}

/* What a product must change by to be near its target, never by more than what would blow the step up. */
static double towards(double product, double target)
{
    double change = 0;
    if (product < PRODUCT_LEAST * target)
        change = PRODUCT_LEAST * target - product;
    else if (product > PRODUCT_MOST * target)
        change = PRODUCT_MOST * target - product;
    return fmax(change, -PRODUCT_MOST * target);
}

/* Gondzio's correction: a longer step along the direction, whose products are put near the target. */
static void correct_products(struct fab_interior_walk *walk, struct steps steps, double target)
{
    const struct fab_interior_point *point = &walk->point, *direction = &walk->direction;
    double primal = fmin(1, steps.primal + LONGER), dual = fmin(1, steps.dual + LONGER);
    for (int j = 0; j < walk->form->column_count; j++) {
        walk->only.lower[j] = towards((point->x[j] + primal * direction->x[j]) * (point->z[j] + dual * direction->z[j]), target);
        if (fab_interior_is_limited(walk->form, j))
            walk->only.upper[j] = towards((point->room[j] + primal * direction->room[j]) * (point->v[j] + dual * direction->v[j]), target);
    }
    fab_interior_newton_sketch(&walk->newton, point, &walk->only, &walk->trial);
}

static void add_point(const struct fab_interior_form *form, const struct fab_interior_point *more, struct steps steps, struct fab_interior_point *point)
{
    for (int j = 0; j < form->column_count; j++) {
        point->x[j] += steps.primal * more->x[j];
        point->room[j] += steps.primal * more->room[j];
        point->z[j] += steps.dual * more->z[j];
        point->v[j] += steps.dual * more->v[j];
    }
    for (int i = 0; i < form->row_count; i++)
        point->y[i] += steps.dual * more->y[i];
}

static int corrections_of(const struct fab_interior_walk *walk)
{
    double solve = 4 * fab_factor_nonzeros(walk->newton.factor) + 8.0 * walk->form->start[walk->form->column_count];
    double worth = fab_factor_flops(walk->newton.factor) / solve / SOLVES_PER_CORRECTION;
    return !(worth >= 1) ? 1 : worth > CORRECTIONS_MOST ? CORRECTIONS_MOST : (int)worth;
}

/* Adds to the direction the shares of a correction, from least to all of it, with which it goes farthest: of values and of multipliers apart, the larger one of equals (M. Colombo, J. Gondzio, Further development of multiple
 * centrality correctors for interior point methods, 2008). */
static struct steps add_best(struct fab_interior_walk *walk, const struct fab_interior_point *more, double least)
{
    struct steps share = {0, 0}, best = {0, 0};
    for (int n = SHARES; n >= 0; n--) {
        double tried = least + (1 - least) * n / SHARES;
        struct steps steps = {longest_primal(walk, &walk->direction, more, tried), longest_dual(walk, &walk->direction, more, tried)};
        share.primal = steps.primal > best.primal ? tried : share.primal;
        share.dual = steps.dual > best.dual ? tried : share.dual;
        best = (struct steps){fmax(best.primal, steps.primal), fmax(best.dual, steps.dual)};
    }
    add_point(walk->form, more, share, &walk->direction);
    return best;
}

/* Where the whole direction is short, it becomes the predictor and a share of what the corrector adds to it, at least as much as the predictor goes far: its second-order terms hold for a whole step. The predictor is gone. */
static struct steps weigh_corrector(struct fab_interior_walk *walk)
{
    const struct steps back = {-1, -1};
    struct fab_interior_point swap = walk->direction;
    struct steps whole = longest(walk, &walk->direction), predicted = longest(walk, &walk->affine);
    if (whole.primal >= SHORT_OF_LIMIT && whole.dual >= SHORT_OF_LIMIT)
        return whole;
    add_point(walk->form, &walk->affine, back, &walk->direction);
    walk->direction = walk->affine;
    walk->affine = swap;
    return add_best(walk, &walk->affine, fmin(1, predicted.primal * predicted.dual));
}

/* Corrections as long as they make the steps longer. */
static void correct_more(struct fab_interior_walk *walk, double target, struct steps *steps)
{
    for (int n = corrections_of(walk); n > 0 && (steps->primal < SHORT_OF_LIMIT || steps->dual < SHORT_OF_LIMIT); n--) {
        double before = steps->primal + steps->dual;
        correct_products(walk, *steps, target);
        *steps = add_best(walk, &walk->trial, 0);
        if (steps->primal + steps->dual < before + GAIN)
            break;
    }
}

static bool is_finite(const struct fab_interior_walk *walk)
{
    double sum = 0;
    for (int j = 0; j < walk->form->column_count; j++)
        sum += fabs(walk->point.x[j]) + fabs(walk->point.z[j]);
    for (int i = 0; i < walk->form->row_count; i++)
        sum += fabs(walk->point.y[i]);
    return isfinite(sum);
}

/* Predictor and corrections have few digits. What they leave of the rows is small, and so is what its solution leaves. */
static void refine(struct fab_interior_walk *walk)
{
    const struct steps whole = {1, 1};
    size_t rows = (size_t)walk->form->row_count, columns = (size_t)walk->form->column_count;
    for (int n = 0; n < REFINEMENTS && fab_interior_newton_left(&walk->newton, walk->right.rows, &walk->direction, walk->only.rows) > LITTLE; n++) {
        memset(walk->only.lower, 0, columns * sizeof *walk->only.lower);
        memset(walk->only.upper, 0, columns * sizeof *walk->only.upper);
        fab_interior_newton_solve(&walk->newton, &walk->point, &walk->only, &walk->trial);
        add_point(walk->form, &walk->trial, whole, &walk->direction);
    }
    memset(walk->only.rows, 0, rows * sizeof *walk->only.rows);
}

/* The direction to all products at their target, which is given. */
static double find_direction(struct fab_interior_walk *walk)
{
    predict(walk);
    double target = target_of(walk);
    correct(walk, target);
    return target;
}

bool fab_interior_walk_can_sharpen(const struct fab_interior_walk *walk)
{
    return walk->newton.kind == FAB_FACTOR_AUGMENTED && !walk->brief;
}

fab_status fab_interior_walk_sharpen(fab_context *context, struct fab_interior_walk *walk)
{
    return fab_interior_newton_sharpen(context, &walk->newton);
}

fab_status fab_interior_walk_step(fab_context *context, struct fab_interior_walk *walk, bool *done)
{
    fab_status status = FAB_OK;
    TRY(fab_interior_newton_at(context, &walk->newton, &walk->point, done));
    if (!*done)
        goto out;
    double target = find_direction(walk);
    if (walk->newton.poor && fab_interior_walk_can_sharpen(walk)) {
        TRY(fab_interior_walk_sharpen(context, walk));
        TRY(fab_interior_newton_at(context, &walk->newton, &walk->point, done));
        if (!*done)
            goto out;
        target = find_direction(walk);
    }
    struct steps steps = weigh_corrector(walk);
    correct_more(walk, target, &steps);
    refine(walk);
    steps = longest(walk, &walk->direction);
    steps = (struct steps){fmin(1, NEAR_LIMIT * steps.primal), fmin(1, NEAR_LIMIT * steps.dual)};
    add_point(walk->form, &walk->direction, steps, &walk->point);
    walk->primal_step = steps.primal;
    walk->dual_step = steps.dual;
    *done = is_finite(walk);
out:
    return status;
}

void fab_interior_walk_mend(struct fab_interior_walk *walk)
{
    struct fab_interior_point *direction = &walk->direction;
    memcpy(direction->y, walk->right.rows, (size_t)walk->form->row_count * sizeof *direction->y);
    fab_interior_newton_rows(&walk->newton, direction->y);
    fab_interior_multiply_transposed(walk->form, direction->y, direction->x);
    for (int j = 0; j < walk->form->column_count; j++) {
        direction->x[j] *= walk->newton.weight[j];
        direction->room[j] = -direction->x[j];
        direction->z[j] = direction->v[j] = 0;
    }
    struct steps steps = {fmin(1, NEAR_LIMIT * longest(walk, direction).primal), 0};
    add_point(walk->form, direction, steps, &walk->point);
}
