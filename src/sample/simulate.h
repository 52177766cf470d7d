/* A plausible wafer-lot history of a data set, simulated: something to fit, with the truth beside it.
 *
 * Simulated are the sources of own lines that have a route, a process and a die. Their dates of availability are ignored, and a process
 * that would begin to learn only after the history begins begins with it: a fab that has a history has begun to learn. Lots that came out
 * in the window [begin, end) have been started up to a cycle time before it; they are complete.
 *
 * Conventions of the rows (besides data-dictionary.md):
 * - `split` and `merge` are written for both lots at the same time, with the other lot's name as the reason: parent n -> n - m and child 0
 * -> m, child m -> 0 and parent n -> n + m. A merged lot is done and has 0 wafers. A child has its parent's start and due time.
 * - `start` is 0 -> n; `ship` is n -> n: `lot.wafers` of a finished lot is what it shipped. Scrapped wafers have no row in `wafer`, which
 * has the lot where each wafer lies now.
 * - A sort retest (run 2) has the true result, its run 1 lost some good die to bad contact. Final test counts the good die of the sort.
 * - `tool_event`: the first state of every tool is at begin, the last one holds until end. Availability = (productive + standby +
 * engineering) / (all but nonscheduled). Tool states and lot moves are drawn independently of each other.
 *
 * Yield: die of a wafer are good with probability systematic x P(at most R defects), defects Poisson with mean l (X + W); l = critical area
 * x D0 on the day of process-out (the lot's last step), X gamma with shape s alpha / alpha common to the lot, W gamma with shape (1 - s)
 * alpha / alpha of the wafer: X + W is gamma with shape alpha and mean 1, so that the mean yield is exactly the negative binomial of the
 * process. Seeds is alpha 1, Bose-Einstein alpha = layers, Poisson has X + W = 1, Murphy the triangle X + W of two uniforms. Line yield is
 * that of the day of the start. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIMULATE_H
#define FAB_SIMULATE_H

#include <fabplan/context.h>

#include "history_options.h"
#include "model.h"

/* Rows written. */
struct fab_history_summary {
    int64_t lots, wafers, lot_events, wafer_tests, wafer_bins, die_maps, tool_events, bins;
    int64_t started_wafers, scrapped_wafers;
    int32_t begin, end; /* day numbers of the window */
    double wafers_per_month;
};

/* Writes lot, wafer, lot_event, bin, wafer_test, wafer_bin, die_map and tool_event as CSV, and truth.txt (what, name, key, value, with tabs
 * between), to a new or empty folder. The folder appears whole or not at all. `basis` of every row is "simulated, seed S". summary may be
 * NULL.
 *
 * Default wafers per month, day by day: for each line, equal wafers of the sources that can be made, 85 % of what the scarcest of the tool
 * groups that they will visit can do with the tools of the day of the visit (sim_capacity.h). Lots wait where the hours of the installed
 * tools are taken, so that no month has more hours than they give. Die maps are written where the geometry holds the source's units per start and the map has at most FAB_TEXT_MAX characters.
 *
 * FAB_INPUT: nothing to simulate, or no source could have been started before the end. FAB_USAGE: an option outside its domain, the folder exists and is not empty. FAB_OUTPUT, FAB_NO_MEMORY,
 * FAB_INTERRUPTED. Memory does not grow with the history; O(rows), some million rows a second. */
fab_status fab_history_simulate(fab_context *context, const fab_model *model, const struct fab_history_options *options, const char *folder,
                                struct fab_history_summary *summary);

#endif
