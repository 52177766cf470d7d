/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_off.h"

#include <math.h>
#include <signal.h>
#include <time.h>

enum { NANOSECONDS = 50000000, SECOND = 1000000000 };

static struct timespec soon(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_nsec += NANOSECONDS;
    time.tv_sec += time.tv_nsec / SECOND;
    time.tv_nsec %= SECOND;
    return time;
}

static void *watch_context(void *argument)
{
    struct fab_break_off *watch = argument;
    pthread_mutex_lock(&watch->lock);
    while (!watch->is_done && !watch->broken) {
        struct timespec until = soon();
        pthread_cond_timedwait(&watch->ended, &watch->lock, &until);
        if (!watch->is_done && fab_context_interrupted(watch->context)) {
            *watch->shift = -(double)INFINITY;
            watch->broken = true;
        }
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

void fab_break_off_begin(struct fab_break_off *watch, const fab_context *context, double *shift)
{
    pthread_condattr_t monotonic;
    sigset_t all, before;
    *watch = (struct fab_break_off){.context = context, .shift = shift};
    pthread_mutex_init(&watch->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sigfillset(&all); /* signals are the other threads' */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    watch->watching = pthread_create(&watch->thread, NULL, watch_context, watch) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool fab_break_off_end(struct fab_break_off *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->is_done = true;
    pthread_cond_signal(&watch->ended);
    pthread_mutex_unlock(&watch->lock);
    if (watch->watching)
        pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->ended);
    pthread_mutex_destroy(&watch->lock);
    return watch->broken;
}
