/* What the adjustments of a model make of a figure on a day. Pure functions of the model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ADJUST_H
#define FAB_ADJUST_H

#include "model.h"

/* True when there is an adjustment of the figure of a row. O(adjustments). */
bool fab_adjust_any(const fab_model *model, fab_adjusted what, int row);

/* The figure of a row on a day (as date.h counts), given what it is without adjustments. A ramp stands where the
 * middle of the period of the data set's calendar that has the day is on its way, outside of it the day itself. Each adjustment in force on the day works on what the one before it made. O(adjustments + periods for each ramp). */
double fab_adjust_at(const fab_model *model, fab_adjusted what, int row, double day, double base);

/* The middle of the period of the data set's calendar that has a day; outside of it the day. O(periods). */
double fab_adjust_middle(const fab_model *model, double day);

/* f(s,u): the mean over the days of [begin, end) of the share `source.output` of a source. 1 without adjustments. O(adjustments^2). */
double fab_adjust_output(const fab_model *model, int source, double begin, double end);

/* The share behind the horizon: that of the adjustments without an end (a ramp has none). */
double fab_adjust_output_behind(const fab_model *model, int source);

#endif
