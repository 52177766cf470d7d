/* The proof of a plan: primal residuals and the weak-duality bound of a point and multipliers, without rounding.
 *
 * For any y and any x within the limits, c x = sum_i y_i (A x)_i + sum_j (c - y A)_j x_j; the bound puts every term on the side of its
 * interval that makes it largest. All sums are exact (exact.h); only the finished figures are rounded, the bound upwards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exact.h"
#include "lp.h"
#include "try.h"

/* Ranges of the numbers that are multiplied with each other. */
struct ranges {
    fab_exact_range one, coefficient, cost, constant, row_limit, column_limit, x, multiplier;
};

struct check {
    const fab_lp *lp;
    const double *x;
    double *multiplier; /* those that bound anything: 0 where the sign is wrong for a one-sided row */
    struct ranges range;
    mp_limb_t *work;
    fab_lp_certificate *certificate;
};

/* The multiplier as far as it bounds: an infinite limit on the side that it pulls to would make the bound infinite. */
static double usable_multiplier(const struct fab_lp_row *row, double multiplier)
{
    double limit = multiplier > 0 ? row->upper : row->lower;
    return isfinite(limit) ? multiplier : 0;
}

static bool widen_finite(fab_exact_range *range, double limit)
{
    return !isfinite(limit) || fab_exact_widen(range, limit);
}

static bool measure_vectors(struct check *check, const double *multiplier)
{
    const fab_lp *lp = check->lp;
    bool finite = true;
    for (int j = 0; j < lp->column_count; j++)
        finite &= fab_exact_widen(&check->range.x, check->x[j]);
    for (int i = 0; i < lp->row_count; i++) {
        finite &= isfinite(multiplier[i]) != 0;
        check->multiplier[i] = usable_multiplier(&lp->row[i], multiplier[i]);
        finite &= fab_exact_widen(&check->range.multiplier, check->multiplier[i]);
    }
    return finite;
}

static void measure_program(const fab_lp *lp, struct ranges *range)
{
    fab_exact_widen(&range->one, 1);
    fab_exact_widen(&range->constant, lp->objective_constant);
    for (int k = 0; k < lp->nonzero_count; k++)
        fab_exact_widen(&range->coefficient, lp->value[k]);
    for (int i = 0; i < lp->row_count; i++) {
        widen_finite(&range->row_limit, lp->row[i].lower);
        widen_finite(&range->row_limit, lp->row[i].upper);
    }
    for (int j = 0; j < lp->column_count; j++) {
        fab_exact_widen(&range->cost, lp->column[j].objective);
        fab_exact_widen(&range->column_limit, lp->column[j].lower);
        fab_exact_widen(&range->column_limit, lp->column[j].upper);
    }
}

/* Of the products in a row: the largest at the point, and the largest that the columns' limits allow. */
struct sizes {
    double term, most;
};

static void note_row(struct check *check, int row, double violation, double scale)
{
    fab_lp_certificate *certificate = check->certificate;
    if (violation / scale > certificate->row_residual) {
        certificate->row_residual = violation / scale;
        certificate->worst_row = row;
    }
}

/* How far an activity is beyond a limit; direction 1: above the upper limit, -1: below the lower one. 0 when it is not. */
static double violation(struct check *check, const mp_limb_t *activity, fab_exact_shape shape, double limit, int direction)
{
    mp_limb_t *excess = check->work, *work = check->work + shape.limbs;
    if (!isfinite(limit))
        return 0;
    memcpy(excess, activity, (size_t)shape.limbs * sizeof *excess);
    fab_exact_add_product(excess, shape, limit, -1);
    return fmax(0, direction * fab_exact_round(excess, shape, work));
}

/* The largest size of a column within its limits. */
static double reach(const struct fab_lp_column *column)
{
    return fmax(fabs(column->lower), fabs(column->upper));
}

/* What a scale begins at: 1, or all that can be where that is less. Nothing at all (0) is no scale. */
static double least_scale(double most)
{
    return most > 0 && most < 1 ? most : 1;
}

static void check_rows(struct check *check, const mp_limb_t *activity, fab_exact_shape shape, const struct sizes *size)
{
    const fab_lp *lp = check->lp;
    double most = 0; /* of all rows: one that can hold little beside large ones holds what rounding leaves there */
    for (int i = 0; i < lp->row_count; i++)
        most = fmax(most, size[i].most);
    for (int i = 0; i < lp->row_count; i++) {
        const struct fab_lp_row *row = &lp->row[i];
        const mp_limb_t *of_row = activity + (size_t)i * (size_t)shape.limbs;
        double scale = fmax(least_scale(most), size[i].term);
        note_row(check, i, violation(check, of_row, shape, row->upper, 1), fmax(scale, fabs(row->upper)));
        note_row(check, i, violation(check, of_row, shape, row->lower, -1), fmax(scale, fabs(row->lower)));
    }
}

static fab_status check_primal_rows(fab_context *context, struct check *check)
{
    const fab_lp *lp = check->lp;
    const struct ranges *range = &check->range;
    fab_exact_shape shape =
        fab_exact_fit(fab_exact_union(fab_exact_product(range->coefficient, range->x), fab_exact_product(range->row_limit, range->one)));
    size_t limbs = (size_t)shape.limbs;
    fab_status status = FAB_OK;
    mp_limb_t *activity = calloc(((size_t)lp->row_count + 1) * limbs, sizeof *activity);
    struct sizes *size = calloc((size_t)lp->row_count + 1, sizeof *size);
    check->work = malloc(2 * limbs * sizeof *check->work);
    TRY_MEMORY(context, activity && size && check->work);
    for (int j = 0; j < lp->column_count; j++) {
        for (int k = lp->start[j]; k < lp->start[j + 1] && check->x[j] != 0; k++) {
            int row = lp->row_index[k];
            fab_exact_add_product(activity + (size_t)row * limbs, shape, lp->value[k], check->x[j]);
            size[row].term = fmax(size[row].term, fabs(lp->value[k] * check->x[j]));
            size[row].most = fmax(size[row].most, fabs(lp->value[k]) * reach(&lp->column[j]));
        }
    }
    check_rows(check, activity, shape, size);
out:
    free(activity);
    free(size);
    free(check->work);
    check->work = NULL;
    return status;
}

static void check_columns(struct check *check)
{
    const fab_lp *lp = check->lp;
    fab_lp_certificate *certificate = check->certificate;
    double most = 0;
    for (int j = 0; j < lp->column_count; j++)
        most = fmax(most, reach(&lp->column[j]));
    double least = least_scale(most);
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        double above = (check->x[j] - column->upper) / fmax(least, fabs(column->upper));
        double below = (column->lower - check->x[j]) / fmax(least, fabs(column->lower));
        double worse = fmax(above, below);
        if (worse > certificate->column_residual) {
            certificate->column_residual = worse;
            certificate->worst_column = j;
        }
    }
}

static fab_status compute_objective(fab_context *context, struct check *check)
{
    const fab_lp *lp = check->lp;
    const struct ranges *range = &check->range;
    fab_exact_shape shape =
        fab_exact_fit(fab_exact_union(fab_exact_product(range->cost, range->x), fab_exact_product(range->constant, range->one)));
    mp_limb_t *sum = calloc(2 * (size_t)shape.limbs, sizeof *sum);
    if (!sum)
        return fab_fail_memory(context);
    fab_exact_add_product(sum, shape, lp->objective_constant, 1);
    for (int j = 0; j < lp->column_count; j++)
        fab_exact_add_product(sum, shape, lp->column[j].objective, check->x[j]);
    check->certificate->objective = fab_exact_round(sum, shape, sum + shape.limbs);
    free(sum);
    return FAB_OK;
}

/* (c - y A)_j */
static void compute_reduced_cost(const struct check *check, int j, mp_limb_t *sum, fab_exact_shape shape)
{
    const fab_lp *lp = check->lp;
    memset(sum, 0, (size_t)shape.limbs * sizeof *sum);
    fab_exact_add_product(sum, shape, lp->column[j].objective, 1);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        if (check->multiplier[lp->row_index[k]] != 0) /* most are */
            fab_exact_add_product(sum, shape, -lp->value[k], check->multiplier[lp->row_index[k]]);
}

static fab_status compute_bound(fab_context *context, struct check *check)
{
    const fab_lp *lp = check->lp;
    const struct ranges *range = &check->range;
    fab_exact_range reduced_range =
        fab_exact_union(fab_exact_product(range->cost, range->one), fab_exact_product(range->coefficient, range->multiplier));
    fab_exact_range row_range = fab_exact_product(range->multiplier, range->row_limit);
    fab_exact_range term_range = fab_exact_union(row_range, fab_exact_product(reduced_range, range->column_limit));
    fab_exact_shape reduced_shape = fab_exact_fit(reduced_range);
    fab_exact_shape shape = fab_exact_fit(fab_exact_union(term_range, fab_exact_product(range->constant, range->one)));
    size_t limbs = (size_t)shape.limbs, reduced_limbs = (size_t)reduced_shape.limbs;
    mp_limb_t *memory = calloc(2 * limbs + 2 * reduced_limbs + 2, sizeof *memory);
    if (!memory)
        return fab_fail_memory(context);
    mp_limb_t *sum = memory, *work = sum + limbs, *reduced = work + limbs, *reduced_work = reduced + reduced_limbs;
    fab_exact_add_product(sum, shape, lp->objective_constant, 1);
    for (int i = 0; i < lp->row_count; i++) {
        double multiplier = check->multiplier[i];
        if (multiplier != 0)
            fab_exact_add_product(sum, shape, multiplier, multiplier > 0 ? lp->row[i].upper : lp->row[i].lower);
    }
    for (int j = 0; j < lp->column_count; j++) {
        compute_reduced_cost(check, j, reduced, reduced_shape);
        double limit = fab_exact_sign(reduced, reduced_shape) > 0 ? lp->column[j].upper : lp->column[j].lower;
        fab_exact_add_scaled(sum, shape, reduced, reduced_shape, limit, reduced_work);
    }
    check->certificate->bound = fab_exact_round_up(sum, shape, work);
    free(memory);
    return FAB_OK;
}

/* What all columns together could gain, whatever the rows say. */
static double most_gain(const fab_lp *lp)
{
    double most = fmax(0, lp->objective_constant);
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        if (column->objective != 0)
            most += fmax(0, fmax(column->objective * column->lower, column->objective * column->upper));
    }
    return most;
}

static void judge(const fab_lp *lp, fab_lp_certificate *certificate)
{
    certificate->gap = (certificate->bound - certificate->objective) / fmax(least_scale(most_gain(lp)), fabs(certificate->objective));
    certificate->verified = certificate->row_residual <= FAB_LP_FEASIBILITY && certificate->column_residual <= FAB_LP_FEASIBILITY &&
                            fabs(certificate->gap) <= FAB_LP_GAP;
}

static const fab_lp_certificate refused = {.objective = NAN,
                                           .bound = INFINITY,
                                           .gap = INFINITY,
                                           .row_residual = INFINITY,
                                           .column_residual = INFINITY,
                                           .worst_row = -1,
                                           .worst_column = -1};

fab_status fab_lp_check(fab_context *context, const fab_lp *lp, const double *x, const double *multiplier, fab_lp_certificate *certificate)
{
    fab_lp_certificate found = {.worst_row = -1, .worst_column = -1};
    struct check check = {.lp = lp, .x = x, .certificate = &found};
    check.range = (struct ranges){FAB_EXACT_EMPTY, FAB_EXACT_EMPTY, FAB_EXACT_EMPTY, FAB_EXACT_EMPTY,
                                  FAB_EXACT_EMPTY, FAB_EXACT_EMPTY, FAB_EXACT_EMPTY, FAB_EXACT_EMPTY};
    *certificate = refused;
    if (!lp->sealed)
        return fab_fail(context, FAB_INTERNAL, "linear program: not sealed");
    check.multiplier = malloc(((size_t)lp->row_count + 1) * sizeof *check.multiplier);
    if (!check.multiplier)
        return fab_fail_memory(context);
    fab_status status = FAB_OK;
    if (!measure_vectors(&check, multiplier))
        goto out;
    measure_program(lp, &check.range);
    TRY(check_primal_rows(context, &check));
    TRY(compute_objective(context, &check));
    TRY(compute_bound(context, &check));
    check_columns(&check);
    judge(lp, &found);
    *certificate = found;
out:
    free(check.multiplier);
    return status;
}
