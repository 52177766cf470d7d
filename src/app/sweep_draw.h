/* Figures that a sweep draws, and the changes that they are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_DRAW_H
#define FAB_SWEEP_DRAW_H

#include "change.h"
#include "sweep_file.h"

/* The figure of a row of kind draw (row number `stream` of those) in draw `draw`, from 1 on: a factor (yield, demand) or days (delivery). It depends on seed, stream and draw alone, so that rows and draws that are added change no
 * other, and is rounded to nine digits, so that it is the same on every machine. normal: cut at 0; lognormal: mean and standard deviation of the figure itself, not of its logarithm. */
double fab_sweep_draw(const struct fab_sweep_row *row, int64_t seed, int stream, int64_t draw);

/* Appends the change that a figure is: process.unit_yield or demand.quantity scaled by it, tool_group.lead_time_days with it added; nothing where it changes nothing. FAB_NO_MEMORY. */
fab_status fab_sweep_draw_change(fab_context *context, const struct fab_sweep_row *row, const char *file, double figure, struct fab_change_list *list);

#endif
