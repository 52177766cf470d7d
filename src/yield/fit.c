/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit.h"

#include <math.h>

enum { ITERATIONS_MAX = 60, HALVINGS_MAX = 30, PROFILE_STEPS_MAX = 60 };

/* Difference step in standard errors: truncation falls with its 4th power, rounding of a log-likelihood of 1e7 (1e-9) rises with its
 * inverse. */
static const double STEP_ERRORS = 0.05;
static const double SCALE_START = 0.1, SCALE_MIN = 1e-7, SCALE_MAX = 1;
/* Longest step of a log or logit in one iteration. */
static const double MOVE_MAX = 1.5;
/* Half the Newton decrement, in units of ln likelihood: 1e-5 standard errors, squared by the last step. */
static const double DECREMENT = 1e-10;
/* A ridge or an asymptote: the likelihood still rises, by nothing that matters. */
static const double FLAT_GAIN = 1e-6;

struct slopes {
    int free[FAB_FIT_MAX], count;
    double gradient[FAB_FIT_MAX];
    double information[FAB_FIT_MAX][FAB_FIT_MAX]; /* minus the Hessian */
};

static double evaluate(const fab_fit *fit, const double *at)
{
    double value = fit->log_likelihood(at, fit->data);
    return isnan(value) ? -INFINITY : value;
}

static double evaluate_moved(const fab_fit *fit, int i, double by_i, int j, double by_j)
{
    double at[FAB_FIT_MAX];
    for (int k = 0; k < fit->dimension; k++)
        at[k] = fit->at[k];
    at[i] += by_i;
    at[j] += by_j;
    return evaluate(fit, at);
}

/* Five-point first and second derivatives; the mixed ones by four points. */
static void find_slopes(const fab_fit *fit, double *scale, struct slopes *slopes)
{
    slopes->count = 0;
    for (int i = 0; i < fit->dimension; i++)
        if (!fit->fixed[i])
            slopes->free[slopes->count++] = i;
    for (int a = 0; a < slopes->count; a++) {
        int i = slopes->free[a];
        double h = STEP_ERRORS * scale[i];
        double left2 = evaluate_moved(fit, i, -2 * h, i, 0), left = evaluate_moved(fit, i, -h, i, 0);
        double right = evaluate_moved(fit, i, h, i, 0), right2 = evaluate_moved(fit, i, 2 * h, i, 0);
        slopes->gradient[a] = (8 * (right - left) - (right2 - left2)) / (12 * h);
        slopes->information[a][a] = (right2 - 16 * right + 30 * fit->value - 16 * left + left2) / (12 * h * h);
    }
    for (int a = 0; a < slopes->count; a++)
        for (int b = 0; b < a; b++) {
            int i = slopes->free[a], j = slopes->free[b];
            double hi = STEP_ERRORS * scale[i], hj = STEP_ERRORS * scale[j];
            double same = evaluate_moved(fit, i, hi, j, hj) + evaluate_moved(fit, i, -hi, j, -hj);
            double opposite = evaluate_moved(fit, i, hi, j, -hj) + evaluate_moved(fit, i, -hi, j, hj);
            slopes->information[a][b] = slopes->information[b][a] = -(same - opposite) / (4 * hi * hj);
        }
    for (int a = 0; a < slopes->count; a++) {
        double curvature = slopes->information[a][a];
        double wanted = curvature > 0 ? 1 / sqrt(curvature) : SCALE_MAX;
        scale[slopes->free[a]] = fmin(fmax(wanted, SCALE_MIN), SCALE_MAX);
    }
}

/* Cholesky factor of matrix + damping x diag(1 / scale^2), in place of `factor`. False when it is not definite. */
static bool factorise(const struct slopes *slopes, const double *scale, double damping, double factor[FAB_FIT_MAX][FAB_FIT_MAX])
{
    static const double definite = 1e-9;
    for (int i = 0; i < slopes->count; i++)
        for (int j = 0; j <= i; j++) {
            double weight = 1 / (scale[slopes->free[i]] * scale[slopes->free[i]]);
            double sum = slopes->information[i][j] + (i == j ? damping * weight : 0);
            for (int k = 0; k < j; k++)
                sum -= factor[i][k] * factor[j][k];
            if (i == j && !(sum > definite * weight))
                return false;
            factor[i][j] = i == j ? sqrt(sum) : sum / factor[j][j];
        }
    return true;
}

static void solve(int count, double factor[FAB_FIT_MAX][FAB_FIT_MAX], const double *right, double *solution)
{
    for (int i = 0; i < count; i++) {
        double sum = right[i];
        for (int k = 0; k < i; k++)
            sum -= factor[i][k] * solution[k];
        solution[i] = sum / factor[i][i];
    }
    for (int i = count - 1; i >= 0; i--) {
        double sum = solution[i];
        for (int k = i + 1; k < count; k++)
            sum -= factor[k][i] * solution[k];
        solution[i] = sum / factor[i][i];
    }
}

static void invert(const struct slopes *slopes, double factor[FAB_FIT_MAX][FAB_FIT_MAX], double covariance[FAB_FIT_MAX][FAB_FIT_MAX])
{
    for (int i = 0; i < slopes->count; i++) {
        double unit[FAB_FIT_MAX] = {0}, column[FAB_FIT_MAX] = {0};
        unit[i] = 1;
        solve(slopes->count, factor, unit, column);
        for (int j = 0; j < slopes->count; j++)
            covariance[slopes->free[i]][slopes->free[j]] = column[j];
    }
}

/* Moves along `step`, halved until the likelihood does not fall. False when it falls all the way. */
static bool move(fab_fit *fit, const struct slopes *slopes, const double *step)
{
    double longest = 0;
    for (int a = 0; a < slopes->count; a++)
        longest = fmax(longest, fabs(step[a]));
    double part = longest > MOVE_MAX ? MOVE_MAX / longest : 1;
    for (int halving = 0; halving < HALVINGS_MAX; halving++, part /= 2) {
        double at[FAB_FIT_MAX];
        for (int i = 0; i < fit->dimension; i++)
            at[i] = fit->at[i];
        for (int a = 0; a < slopes->count; a++)
            at[slopes->free[a]] += part * step[a];
        double value = evaluate(fit, at);
        if (value >= fit->value) {
            for (int i = 0; i < fit->dimension; i++)
                fit->at[i] = at[i];
            fit->value = value;
            return true;
        }
    }
    return false;
}

void fab_fit_maximise(fab_fit *fit)
{
    double scale[FAB_FIT_MAX] = {SCALE_START, SCALE_START, SCALE_START, SCALE_START};
    struct slopes slopes = {0};
    fit->converged = false;
    fit->value = evaluate(fit, fit->at);
    for (int i = 0; i < FAB_FIT_MAX; i++)
        for (int j = 0; j < FAB_FIT_MAX; j++)
            fit->covariance[i][j] = 0;
    for (int iteration = 0; iteration < ITERATIONS_MAX && isfinite(fit->value); iteration++) {
        double factor[FAB_FIT_MAX][FAB_FIT_MAX] = {{0}}, step[FAB_FIT_MAX] = {0};
        double decrement = 0, damping = 0;
        find_slopes(fit, scale, &slopes);
        while (!factorise(&slopes, scale, damping, factor) && damping < 1e6)
            damping = damping > 0 ? 4 * damping : 0.05;
        if (damping >= 1e6)
            return;
        solve(slopes.count, factor, slopes.gradient, step);
        for (int a = 0; a < slopes.count; a++)
            decrement += slopes.gradient[a] * step[a];
        double before = fit->value;
        bool moved = move(fit, &slopes, step);
        if (damping == 0 && iteration > 0 && decrement < (moved ? DECREMENT : 1e3 * DECREMENT)) {
            invert(&slopes, factor, fit->covariance);
            fit->converged = true;
            return;
        }
        if (!moved || (damping > 0 && fit->value - before < FLAT_GAIN))
            return;
    }
}

/* Derivative of a part's ln likelihood by a parameter, from a difference of a twentieth of the standard error either way. */
static double score_of(const fab_fit *fit, fab_log_likelihood_part *part, size_t number, int parameter)
{
    double step = sqrt(fit->covariance[parameter][parameter]) / 20, sides[2];
    for (int side = 0; side < 2; side++) {
        double at[FAB_FIT_MAX];
        for (int i = 0; i < fit->dimension; i++)
            at[i] = fit->at[i];
        at[parameter] += side ? step : -step;
        sides[side] = part(at, fit->data, number);
    }
    return (sides[1] - sides[0]) / (2 * step);
}

void fab_fit_make_robust(fab_fit *fit, fab_log_likelihood_part *part, size_t parts)
{
    double score[FAB_FIT_MAX] = {0}, meat[FAB_FIT_MAX][FAB_FIT_MAX] = {{0}};
    int n = fit->dimension;
    size_t parameters = 0;
    for (int i = 0; i < n; i++)
        parameters += !fit->fixed[i];
    if (!fit->converged || parts < parameters + 2)
        return;
    for (size_t p = 0; p < parts; p++) {
        for (int i = 0; i < n; i++)
            score[i] = fit->fixed[i] ? 0 : score_of(fit, part, p, i);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                meat[i][j] += score[i] * score[j] * (double)parts / (double)(parts - parameters);
    }
    double widening[FAB_FIT_MAX];
    for (int i = 0; i < n; i++) {
        double variance = 0, own = fit->covariance[i][i];
        for (int k = 0; k < n; k++)
            for (int l = 0; l < n; l++)
                variance += fit->covariance[i][k] * meat[k][l] * fit->covariance[l][i];
        widening[i] = own > 0 && variance > own ? sqrt(variance / own) : 1;
    }
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            fit->covariance[i][k] *= widening[i] * widening[k];
}

double fab_fit_error(const fab_fit *fit, int parameter)
{
    return fit->converged ? sqrt(fit->covariance[parameter][parameter]) : NAN;
}

/* Square root of twice the drop of the profile at `at`: close to linear in `at`, which the search uses. `warm` holds the other
 * parameters. */
static double signed_root(const fab_fit *fit, fab_fit *warm, int parameter, double at)
{
    warm->at[parameter] = at;
    fab_fit_maximise(warm);
    return sqrt(2 * fmax(0, fit->value - warm->value));
}

double fab_fit_profile(const fab_fit *fit, int parameter, double drop, int direction, double reach)
{
    static const double first_move_max = 3;
    fab_fit warm = *fit;
    warm.fixed[parameter] = true;
    double target = sqrt(2 * drop), centre = fit->at[parameter];
    double error = fab_fit_error(fit, parameter);
    double near = 0, near_root = 0;
    double far = fmin(error > 0 ? target * error : 1, fmin(first_move_max, reach)), far_root;
    while ((far_root = signed_root(fit, &warm, parameter, centre + direction * far)) < target) {
        if (far >= reach)
            return direction * (double)INFINITY;
        near = far;
        near_root = far_root;
        far = fmin(1.5 * far + 0.1 * fmin(1, far), reach);
    }
    /* regula falsi, halved when an end stays put (Illinois) */
    double near_off = near_root - target, far_off = far_root - target;
    int side = 0;
    for (int i = 0; i < PROFILE_STEPS_MAX && far - near > 1e-7 * far; i++) {
        double at = isfinite(far_off) ? (near * far_off - far * near_off) / (far_off - near_off) : (near + far) / 2;
        double off = signed_root(fit, &warm, parameter, centre + direction * at) - target;
        if (fabs(off) < 1e-7)
            return centre + direction * at;
        if (off > 0) {
            far = at;
            far_off = off;
            near_off = side == 1 ? near_off / 2 : near_off;
            side = 1;
        } else {
            near = at;
            near_off = off;
            far_off = side == -1 ? far_off / 2 : far_off;
            side = -1;
        }
    }
    return centre + direction * (near + far) / 2;
}
