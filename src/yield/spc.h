/* Excursions: a robust screen, and control charts of fractions.
 *
 * A sample is a wafer, a lot or a week: a count of tested die. The count may be of good or of bad die; the charts are mirror images.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SPC_H
#define FAB_SPC_H

#include <fabplan/context.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct fab_spc_sample {
    double tested, count; /* tested > 0, 0 <= count <= tested */
    bool excluded;        /* an excursion that is known: charted, but not part of centre and spread; the robust screen sets it */
} fab_spc_sample;

typedef struct fab_spc_point {
    double value, low, high;
    bool signal; /* value outside low..high */
} fab_spc_point;

typedef struct fab_spc_chart {
    double centre;
    double sigma_z; /* spread of the standardised fractions: 1 for the p chart; Laney's sigma_z else */
    size_t signals;
} fab_spc_chart;

/* Which samples to screen out. */
typedef struct fab_screen_options {
    double threshold;       /* robust standard deviations; 0 stands for 3.5 (Iglewicz & Hoaglin 1993) */
    bool low_only;          /* only low counts are excursions */
    const double *expected; /* [count]: distances on the defects' scale (fab_spc_screen), the count is of good die; NULL: on the logit's */
    double ceiling;         /* of the expected fractions: the yield of a die without defects; 0 stands for 1 */
} fab_screen_options;

typedef struct fab_screen {
    double median; /* place of the median sample on the scale */
    double spread; /* robust standard deviation, on the scale, beyond the counts' own; 0: no more than independent die */
    size_t excluded;
    double mean, mean_screened; /* pooled fraction of all samples; of those that were not excluded (NAN: none) */
} fab_screen;

/* Sets `excluded` of every sample by its distance from the median, over the square root of its own variance plus the variance between
 * samples (median absolute deviation, net of the counts' own). Half a die is added to the good and to the bad: it keeps small and extreme
 * counts finite and honest. The centre holds as long as excursions are a minority.
 * On the logit's scale the place of a sample is ln((k + 1/2)/(n - k + 1/2)), its variance 1/(k + 1/2) + 1/(n - k + 1/2).
 * On the defects' scale it is ln(y / ceiling) / ln(expected / ceiling): how many times the defects that are expected it has. A trend in
 * `expected` widens nothing, and an excursion stands out by what it multiplies the defects with. Clustered defects have a long tail there,
 * so the deviation is that of the half beyond the median: 5.5 of it leave one lot in 570 of an exponential tail, none of a normal one. A
 * tenth of excursions widens it by two fifths, a quarter hides itself.
 * FAB_INPUT for no samples, an impossible one, or an expected fraction outside 0..ceiling; FAB_NO_MEMORY. O(count log count). */
fab_status fab_spc_screen(fab_context *context, fab_spc_sample *samples, size_t count, const fab_screen_options *options,
                          fab_screen *screen);

/* p chart: pooled fraction +- 3 binomial standard errors, limits within 0..1. NIST/SEMATECH e-Handbook 6.3.3.2. points has room for
 * count. FAB_INPUT for an impossible sample or fewer than 1 that is not excluded. O(count). */
fab_status fab_spc_p_chart(fab_context *context, const fab_spc_sample *samples, size_t count, fab_spc_point *points, fab_spc_chart *chart);

/* Laney's p' chart, for large samples that vary more than independent die: binomial errors times sigma_z, the mean moving range of the
 * standardised fractions over 1.128. Laney, Quality Engineering 14 (2002). Samples in order of time. FAB_INPUT as above, for fewer
 * than 2 that are not excluded, and when none or all die count. */
fab_status fab_spc_laney_chart(fab_context *context, const fab_spc_sample *samples, size_t count, fab_spc_point *points,
                               fab_spc_chart *chart);

typedef struct fab_ewma_options {
    double weight; /* lambda of the newest sample, 0 < .. <= 1; 0 stands for 0.2 */
    double width;  /* L, limits in standard deviations; 0 stands for 2.86: at 0.2 about the false alarms of 3 sigma, one in 370 */
} fab_ewma_options;

/* EWMA chart of scores, each standard normal for a process that stands still (fractions standardised by Laney's sigma_z, or the scores of
 * spc_exact.h): for small lasting shifts. Values and limits in standard deviations about 0, exact limits for the first scores. points has
 * room for count. FAB_INPUT for an option outside its domain. O(count). Lucas & Saccucci, Technometrics 32 (1990). */
fab_status fab_spc_ewma(fab_context *context, const double *scores, size_t count, const fab_ewma_options *options, fab_spc_point *points);

#endif
