/* fabplan - the wafer-lot history: lots, and yields estimated from it; drawn histories and fabs. Verbs on an open fab (fabplan.h), with the rules of those.
 *
 * Dates of windows are YYYY-MM-DD (YYYY-MM and ISO weeks mean their first day), from inclusive, to exclusive, NULL for none. What the
 * history says is "simulated" when any row of it is marked so (basis).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_HISTORY_H
#define FABPLAN_HISTORY_H

#include <fabplan/fabplan.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- sample ---- */

typedef struct fab_sample_request {
    int months; /* 1..240 */
    uint64_t seed;
    double wafers_per_month; /* starts of all sources together, as far as the tools allow; 0: 85 % of what they can do */
    const char *until;       /* day on which it ends, YYYY-MM-DD; NULL: the start of the calendar */
    const char *folder;      /* new or empty */
} fab_sample_request;

/* Simulates a wafer-lot history that ends on a day and writes it as CSV files; every row's basis says that it is simulated. Nothing is made in hours that the tools installed on that date
 * do not have (tool_count; what a plan buys is not known). The same seed gives the same files. "fabplan.sample/1": tables (table, rows). FAB_INPUT when no own source has route, process and die, or none could
 * be made before the end; FAB_USAGE for a bad date or a folder that is not empty. O(rows). */
FAB_API fab_status fab_sample_history(fab_context *context, fab *handle, const fab_sample_request *request, fab_result **summary);

typedef struct fab_sample_fab_request {
    int products, periods, tool_groups; /* 3..2000 chips, 4..520 weeks, 12..5000 groups */
    double load;                        /* of the bottleneck groups by the orders, 0.01..10; 1: their hours are just enough */
    uint64_t seed;
    const char *folder;                 /* new or empty */
} fab_sample_fab_request;

/* Draws a fab of the size asked for and writes its tables as CSV files that import without findings: logic and memory wafers on re-entrant routes, binned dies, stacks of memory, packaging, contracts and
 * offers of partners, open orders, alternates, substitutes, tools that can be bought, orders of three customers that may ship late. A group's load is the hours that the orders of the mean week take of it,
 * less what sources outside can deliver at most, over its own hours: that of one group in five and of the first of every line is `load` (within 1 %), that of the others 0.55 to 0.92 of it. The same request
 * gives the same bytes on every machine. "fabplan.sample/1": tables (table, rows). FAB_USAGE for a number out of range or a folder that is not empty; FAB_OUTPUT; FAB_INTERRUPTED. O(rows). */
FAB_API fab_status fab_sample_fab(fab_context *context, const fab_sample_fab_request *request, fab_result **summary);

/* ---- lots ---- */

typedef struct fab_lots_request {
    const char *line, *source; /* one only; NULL: all */
    const char *from, *to;     /* of finishes, starts, holds, scrap and tool states; work in process is that of the last event */
    bool whole;                /* every row of scrap; else the 20 with most wafers unless a source is named */
} fab_lots_request;

/* "fabplan.lots/1": facts (as_of, lots, active_lots, active_wafers, simulated), wip_lines, wip_positions, wip_customers, cycle_times,
 * line_yields, holds, scrap, tools. Columns are those of schema/queries/lots_*.sql. An unknown line or source and a bad date are FAB_USAGE.
 * O(events), memory of the result. */
FAB_API fab_status fab_lots_summary(fab_context *context, fab *handle, const fab_lots_request *request, fab_result **result);

/* ---- yields ---- */

/* Confidence of limits when none is asked for. */
#define FAB_YIELD_CONFIDENCE 0.9

typedef struct fab_yield_fit_request {
    const char *from, *to; /* window of process-out dates */
    double confidence;     /* of all limits, between 0 and 1; 0 stands for FAB_YIELD_CONFIDENCE */
} fab_yield_fit_request;

/* Estimates the yields of every source with sorted wafers and stores them as a snapshot that is never changed: tables yield_snapshot,
 * yield_estimate, yield_lot, yield_period (schema/migrations/0003_estimates.sql and 0004_charts.sql say what each column is). In one
 * transaction; interrupted, it stores nothing. *snapshot is its number. Without a sorted wafer in the window FAB_INPUT.
 *
 * For each source: the last run of a wafer's sort test counts; the learning curve is fitted by process-out date to the lots that are no
 * excursions, and excursions are the lots with so many times the defects of the curve that no tail of the others explains it, each found
 * from the other; lots are charted about the curve; where it moves, what follows takes the last quarter alone: moments, beta-binomial and
 * gamma-Poisson mixture of the wafers, empirical Bayes of the lots. O(wafers log wafers); some 40 bytes a wafer. Progress goes to the
 * context's sink. */
FAB_API fab_status fab_yield_fit(fab_context *context, fab *handle, const fab_yield_fit_request *request, int64_t *snapshot);

/* Number of the newest snapshot; FAB_USAGE when there is none or the asked one (> 0) does not exist. O(1). */
FAB_API fab_status fab_yield_find_snapshot(fab_context *context, fab *handle, int64_t asked, int64_t *snapshot);

typedef struct fab_yield_show_request {
    int64_t snapshot;   /* from fab_yield_find_snapshot */
    const char *source; /* one only; NULL: all */
    bool whole;         /* every period of every source; else the first of each year unless a source is named */
} fab_yield_show_request;

/* "fabplan.yield/1": facts of the snapshot, estimates, levels, defects, curves, lines, verdicts, periods, forecasts, excursions
 * (the lots screened out). An unknown source is FAB_USAGE. O(its rows). */
FAB_API fab_status fab_yield_show(fab_context *context, fab *handle, const fab_yield_show_request *request, fab_result **result);

typedef struct fab_yield_spc_request {
    const char *source;    /* one only, with all its lots; NULL: all */
    const char *from, *to; /* window of process-out dates */
} fab_yield_spc_request;

/* "fabplan.spc/1": control charts of the lots about the learning curve of their source: charts (one row a source: on or off its curve,
 * since when), signals (lots outside the limits of Laney's p' chart), shifts (runs of lots outside those of the EWMA chart), and with a
 * source points (every lot). Excursions are charted, and left out of centre and spread. Errors and cost as of
 * fab_yield_fit. */
FAB_API fab_status fab_yield_spc(fab_context *context, fab *handle, const fab_yield_spc_request *request, fab_result **result);

#ifdef __cplusplus
}
#endif

#endif
