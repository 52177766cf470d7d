/* Shares of time: what of a rate falls into an interval (planning-model.md "Time"). Pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SHARE_H
#define FAB_SHARE_H

/* measure of [a,b) and [c,d) together: max(0, min(b,d) - max(a,c)). */
double fab_overlap(double a, double b, double c, double d);

/* v: share of the hours of a step over [from, to] of a lead time, for starts spread over [begin, end), that falls into [low, high). All in days
 * but from, to (fractions). Formula of planning-model.md "Load share"; from == to or lead_days == 0 is a point. Sums to 1 over a partition of the time axis. */
double fab_load_share(double begin, double end, double lead_days, double from, double to, double low, double high);

#endif
