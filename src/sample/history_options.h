/* What is asked of a simulated history.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HISTORY_OPTIONS_H
#define FAB_HISTORY_OPTIONS_H

#include <stdint.h>

/* Zero is the default of everything; a negative share or spread is none. */
struct fab_history_options {
    int months;              /* length of the window, 1..240; default 12 */
    uint64_t seed;           /* the same seed, the same files */
    int32_t end_date;        /* day number; default: start of the calendar, so that the history lies before the plan */
    double wafers_per_month; /* starts of all sources together, as far as the tools allow; default: 85 % of what they can do, see fab_history_simulate */
    double alpha;            /* clustering; default: of each process; INFINITY: wafers differ no more than binomially */
    double lot_share;        /* of the clustering that is common to a lot, below 1; default 0.3 */
    double cycle_spread;     /* standard deviation of the log of the cycle time; default 0.15 */
    double hot_share;        /* of the lots; default 0.04 */
    double hold_share;       /* of the lots; default 0.15 */
    double split_share;      /* expected splits of a lot; half of them merge again; default 0.06 */
    double rework_share;     /* of the moves, where the step has no rework_frac; default 0.004 */
    double retest_share;     /* of the sorted wafers; default 0.03 */
    double final_share;      /* of the sorted wafers that have a final test; default 0.2 */
    double map_share;        /* of the sorted wafers that have a die map; default 0.05 */
    double excursion_factor; /* D0 of the lots that meet the bad tool; default 4, negative: no excursion */
};

#endif
