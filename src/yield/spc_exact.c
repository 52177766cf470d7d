/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spc_exact.h"

#include "numeric.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* What lies beyond three standard errors on one side of a normal law. */
static const double TAIL = 0.0013498980316300933;
/* A fifth: from here on a normal law's three standard errors leave up to one lot in 200 outside. */
static const double SKEWED = 0.2;
/* Terms below this share of the sum are rounding. */
static const double NOTHING = 1e-18;

/* The rarer kind of die: the good ones where fewer than half are expected. */
static bool counts_good(const fab_spc_law *law)
{
    return law->expected < 0.5;
}

static double rare_share(const fab_spc_law *law)
{
    return counts_good(law) ? law->expected : 1 - law->expected;
}

bool fab_spc_law_is_skewed(const fab_spc_law *law)
{
    double rare = law->tested * rare_share(law), skew = 2 * fmax(law->inflation, 1) - 1;
    return rare * fmax(law->inflation, 1) * SKEWED * SKEWED < skew * skew;
}

/* phi = rho / (1 - rho) of the beta-binomial law, its variance (1 + (n - 1) rho) times the binomial one. */
static double phi_of(const fab_spc_law *law)
{
    static const double rho_most = 0.999;
    double rho = law->tested > 1 ? fmin(fmax(law->inflation - 1, 0) / (law->tested - 1), rho_most) : 0;
    return rho / (1 - rho);
}

/* Walks the probabilities of 0, 1, 2, ... rare die. */
struct walk {
    double n, share, phi, k;
    long double term; /* of k */
};

static struct walk begin_walk(const fab_spc_law *law)
{
    struct walk walk = {.n = law->tested, .share = rare_share(law), .phi = phi_of(law)};
    fab_beta_binomial_law none = fab_beta_binomial_law_of(walk.share, walk.phi);
    walk.term = expl((long double)fab_log_beta_binomial(&none, 0, walk.n));
    return walk;
}

static void step_walk(struct walk *walk)
{
    double k = walk->k, left = walk->n - k;
    walk->term *= (long double)(left / (k + 1) * (walk->share + k * walk->phi) / (1 - walk->share + (left - 1) * walk->phi));
    walk->k++;
}

/* Sum of the probabilities from the walk's place on. */
static double sum_rest(struct walk walk)
{
    double mean = walk.n * walk.share;
    long double sum = 0;
    for (; walk.k <= walk.n && (walk.k <= mean || walk.term > sum * NOTHING); step_walk(&walk))
        sum += walk.term;
    return (double)sum;
}

/* Counts of rare die at which 0.135 % at most lie below, and above. */
struct limits {
    double least, most;
};

static struct limits find_limits(const fab_spc_law *law)
{
    struct walk walk = begin_walk(law);
    struct limits limits = {0, law->tested};
    long double below = 0;
    for (bool found = false; walk.k < walk.n; step_walk(&walk)) {
        below += walk.term;
        if (!found && below > TAIL) {
            limits.least = walk.k;
            found = true;
        }
        if (1 - below <= TAIL) {
            limits.most = walk.k;
            break;
        }
    }
    return limits;
}

void fab_spc_exact(const fab_spc_law *law, double good, fab_spc_exact_point *point)
{
    double n = law->tested, count = fmin(fmax(counts_good(law) ? good : n - good, 0), n);
    bool up = counts_good(law);
    struct walk walk = begin_walk(law);
    struct limits limits = find_limits(law);
    long double below = 0;
    while (walk.k < count) {
        below += walk.term;
        step_walk(&walk);
    }
    double at_least = sum_rest(walk), at_most = (double)fminl(below + walk.term, 1), middle = (double)walk.term / 2;
    point->probability = fmin(1, 2 * fmin(at_most, at_least));
    /* the smaller tail has all its digits */
    double score = at_most < at_least ? gsl_cdf_ugaussian_Pinv(fmax(at_most - middle, 1e-300)) : gsl_cdf_ugaussian_Qinv(fmax(at_least - middle, 1e-300));
    point->score = up ? score : -score;
    point->side = count < limits.least ? -1 : count > limits.most ? 1 : 0;
    point->side = up ? point->side : -point->side;
    point->low = (up ? limits.least : n - limits.most) / n;
    point->high = (up ? limits.most : n - limits.least) / n;
}
