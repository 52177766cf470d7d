/* A plan against what became of it: starts, outputs, yields and cycle times of each source and period up to a day, planned and actual, and what the difference costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TRACK_H
#define FAB_TRACK_H

#include "plan.h"

/* A source in a period, up to the day. Units are good ones of all outputs. */
struct fab_track_cell {
    double starts_planned, starts;   /* wafers, or units bought */
    double units_planned, units;
    double wafers_planned, wafers;   /* starts of which the units came */
    double days_planned, days;       /* sums over these starts of their cycle time */
    double expected;                 /* units of `wafers` at planned yields */
    double by_starts;                /* units more or less that other starts than planned make, at planned yields and cycle times */
    double usd_per_unit;             /* of one good unit more in the period, by the multipliers; discounted */
};

struct fab_track {
    const fab_plan *plan;
    const double *x, *multiplier; /* its point, and the multipliers of the program's rows */
    double cut;                   /* days from the plan's start */
    int periods;                  /* of the horizon that begin before it */
    struct fab_track_cell *cell;  /* [source_count x periods] */
};

/* A lot with all that was split off it, finished. */
struct fab_track_lot {
    int source;
    int32_t start_date;
    double out_day;     /* from the plan's start */
    double started, out, days; /* wafers; days from the start */
    double good;        /* units of the wafers that came out; NAN: not tested */
};

/* Makes the planned side. False when memory is short; fab_track_fini in any case. O(sources x periods^2). */
bool fab_track_init(struct fab_track *track, const fab_plan *plan, const double x[], const double multiplier[], double cut);
void fab_track_fini(struct fab_track *track);

/* What was started, came out, or was received of a source without a route. Days outside of [0, cut) do not count. */
void fab_track_started(struct fab_track *track, int source, double day, double wafers);
void fab_track_finished(struct fab_track *track, const struct fab_track_lot *lot);
void fab_track_received(struct fab_track *track, int source, double day, double units);

/* Fills in by_starts, when all starts are there. */
void fab_track_attribute(struct fab_track *track);

struct fab_track_cell *fab_track_at(const struct fab_track *track, int source, int period);

#endif
