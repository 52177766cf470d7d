/* Yield: defect models, gross die, learning. Pure functions of their arguments (yield.md).
 *
 * Areas are cm2, defect densities defects per cm2, lengths mm, fractions 0..1. D0 is over the full process, except for Bose-Einstein where
 * it is per critical layer. A function of an argument outside its domain gives NAN.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_H
#define FAB_YIELD_H

#include <stdbool.h>

typedef enum fab_yield_model {
    FAB_YIELD_POISSON,
    FAB_YIELD_MURPHY,
    FAB_YIELD_SEEDS,
    FAB_YIELD_BOSE_EINSTEIN,
    FAB_YIELD_NEGATIVE_BINOMIAL
} fab_yield_model;

/* A defect model with its parameters. */
typedef struct fab_defects {
    fab_yield_model model;
    double alpha;           /* negative binomial: clustering > 0, INFINITY is Poisson */
    double critical_layers; /* Bose-Einstein: n > 0 */
    int repairable;         /* defects of a die that repair removes, >= 0: Poisson, Seeds and negative binomial know it */
} fab_defects;

/* Finds a model by its name in the data dictionary ("poisson", ...). False when there is none. */
bool fab_yield_model_find(const char *name, fab_yield_model *model);

/* Yield of a die of area_cm2 at d0_per_cm2. Relative error a few ulp for every l = area x D0 >= 0. With repair: the first repairable + 1
 * terms of the defect-count distribution; Murphy and Bose-Einstein have none and give NAN. O(repairable). */
double fab_yield_die(const fab_defects *defects, double area_cm2, double d0_per_cm2);

/* The D0 that gives a yield in (0, 1]; the inverse of fab_yield_die. O(repairable) for each of some 10 steps. */
double fab_yield_d0(const fab_defects *defects, double area_cm2, double yield);

/* Limits of fab_yield_partial_good: most cores, least clustering parameter. */
#define FAB_CORES_MAX 10000
#define FAB_PARTIAL_ALPHA_MIN 1e-3

/* Partial-good die: yield when at least `needed` of `cores` equal cores of core_cm2 are good and the rest_cm2 is good. Clustering is
 * common to the whole die: the cores are independent given the die's defect rate, and the rate is averaged over its gamma distribution
 * (Bose-Einstein: the sum of its layers). No repair: NAN. Relative error below 1e-12, where inclusion-exclusion loses all digits from some
 * 40 cores. Murphy gives NAN unless needed is 0 or cores. O(cores) for Poisson, O(cores^1.5) else. */
double fab_yield_partial_good(const fab_defects *defects, double core_cm2, int cores, int needed, double rest_cm2, double d0_per_cm2);

/* mature + (start - mature) x 0.5^(days / halflife_days), start before day 0. Used for D0 and for line yield. */
double fab_yield_learned(double start, double mature, double days_since_start, double halflife_days);

/* A die on a wafer. Lengths that are zero by default may be left out of an initialiser. */
typedef struct fab_die_geometry {
    double width_mm, height_mm; /* finished die */
    double scribe_mm;           /* street between dies */
    double edge_mm;             /* edge exclusion */
    double wafer_mm;            /* diameter */
    double flat_mm;             /* length of the flat at the bottom (SEMI M1: 57.5 on 150 mm), 0 for a notch; edge_mm holds along it too */
} fab_die_geometry;

/* Whole dies that fit, for a grid phase in pitches: phase 0 puts a die centre on the wafer centre, 0.5 a street. Exact enumeration: a
 * die counts when its four corners lie within wafer/2 - edge of the centre. 0 for a geometry outside its domain, a pitch below 1 um
 * included. O(rows of dies). */
long fab_gross_die_at(const fab_die_geometry *geometry, double phase_x, double phase_y);

/* The best of the four half-pitch phases. */
long fab_gross_die(const fab_die_geometry *geometry);

#endif
