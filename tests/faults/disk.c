/* Between the program and the C library: every path lies on the kind of file system that DISK says (a number as statfs gives it), and the time of day is CLOCK seconds later than it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <time.h>

/* A function of the C library, which POSIX gives as a pointer to an object. */
static void next(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

int statfs(const char *path, struct statfs *found)
{
    int (*real)(const char *, struct statfs *);
    next("statfs", &real);
    if (!getenv("DISK"))
        return real(path, found);
    memset(found, 0, sizeof *found);
    found->f_type = strtol(getenv("DISK"), NULL, 0);
    return 0;
}

static long shift(void)
{
    const char *clock = getenv("CLOCK");
    return clock ? strtol(clock, NULL, 10) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int (*real)(clockid_t, struct timespec *);
    next("clock_gettime", &real);
    int result = real(clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += shift();
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int (*real)(struct timeval *, void *);
    next("gettimeofday", &real);
    int result = real(now, zone);
    now->tv_sec += shift();
    return result;
}

time_t time(time_t *now)
{
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (now)
        *now = found.tv_sec;
    return found.tv_sec;
}
