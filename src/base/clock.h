/* Time that never runs back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CLOCK_H
#define FAB_CLOCK_H

/* Seconds since some moment in the past, of the monotonic clock. */
double fab_clock(void);

enum { FAB_UTC_SIZE = 32 };

/* The time of the day now, UTC: 2027-01-04T08:30:00Z. Gives text. */
const char *fab_clock_utc(char text[FAB_UTC_SIZE]);

#endif
