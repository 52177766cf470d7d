/* The estimates of one source (product x process) from its sort results, link after link of yield.md.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_SOURCE_H
#define FAB_YIELD_SOURCE_H

#include "estimate.h"
#include "yield_curve.h"
#include "yield_history.h"

/* Days over which D0 is taken to stand still: a quarter. The level is that of the last one when D0 moves. */
enum { YIELD_LEVEL_DAYS = 91 };

/* A lot on the time axis. */
struct yield_point {
    int lot; /* of yield_history.lots */
    int32_t day, wafers;
    double tested, good;
    bool excluded;            /* an excursion */
    double expected;          /* by the curve */
    double shrunk, low, high; /* empirical Bayes; NAN outside the level */
};

struct yield_source {
    int source;                 /* of the model */
    struct yield_point *points; /* in the order of days, then lots */
    size_t point_count;
    double wafers, tested, good; /* sums */
    size_t excluded_lots;
    double excluded_wafers;
    double mean_all, mean_screened; /* pooled yields */
    double excursion_factor;        /* what excursions leave of the yield the curve expects, at most 1 */
    bool has_area;
    double area_cm2;
    int repairable;          /* defects of a die */
    double systematic_yield; /* taken as given */
    char systematic_verdict[YIELD_TEXT_SIZE];
    struct yield_curve curve;

    int32_t level_start;
    size_t level_lots;
    double level_wafers, level_mean, level_low, level_high, wafer_dispersion;
    double lot_rho;                /* NAN: not estimated */
    fab_beta_binomial wafer_yield; /* of the level's wafers */
    fab_moments moments;
    fab_defect_estimate defects;
    bool thinned; /* the mixture took a part of the wafers, enough of them */

    double line_started, line_scrapped; /* wafers of finished families */
    size_t line_lots;
    struct yield_curve line; /* when line_lots > 0 */
};

/* The source's wafers of lots that were not excluded, from a day on, in new memory; the caller frees them. *count may be 0. NULL when
 * memory is short. */
fab_wafer_result *fab_yield_source_keep(const struct yield_history *history, const struct yield_source *source, int32_t from,
                                        size_t *count);

void fab_yield_source_fini(struct yield_source *source);

#endif
