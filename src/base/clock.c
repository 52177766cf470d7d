/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <time.h>

#define SECONDS_PER_NANOSECOND 1e-9

double fab_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * SECONDS_PER_NANOSECOND;
}

const char *fab_clock_utc(char text[FAB_UTC_SIZE])
{
    time_t seconds = time(NULL);
    struct tm utc;
    text[0] = '\0';
    if (gmtime_r(&seconds, &utc))
        strftime(text, FAB_UTC_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}
