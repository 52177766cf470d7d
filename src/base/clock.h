/* Time that never runs back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CLOCK_H
#define FAB_CLOCK_H

/* Seconds since some moment in the past, of the monotonic clock. */
double fab_clock(void);

#endif
