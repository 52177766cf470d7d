/* Breaks a factorisation off, which asks nobody.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BREAK_OFF_H
#define FAB_BREAK_OFF_H

#include <fabplan/context.h>
#include <pthread.h>
#include <stdbool.h>

/* While one works, another thread asks every 50 ms whether the context is to stop. */
struct fab_break_off {
    const fab_context *context;
    volatile double *shift; /* what the worker adds to the diagonal, read anew for every block of columns: -infinity makes each pivot negative */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool watching, is_done, broken;
};

/* Begins to watch. Where no thread can be had the work is not broken off, and that is all. */
void fab_break_off_begin(struct fab_break_off *watch, const fab_context *context, double *shift);

/* The work is done, or broken off: true. Leaves no thread. */
bool fab_break_off_end(struct fab_break_off *watch);

#endif
