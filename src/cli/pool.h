/* Workers: processes that each do one job after the other, so that one that crashes or is killed takes its job with it and no other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_POOL_H
#define CLI_POOL_H

#include <stdbool.h>
#include <stdint.h>

enum { POOL_TEXT_SIZE = 512 };

/* How a job ended. */
struct cli_pool_end {
    int64_t job;
    int code;                  /* 0: done; else an exit code, -1: its worker is gone */
    int signal;                /* that ended the worker, 0: none */
    char text[POOL_TEXT_SIZE]; /* what it said of a failure */
};

struct cli_pool {
    const int64_t *jobs; /* [count] */
    int count, workers;
    /* In a worker: does one job; gives the exit code and, of a failure, a text. */
    int (*work)(void *user, int64_t job, char text[POOL_TEXT_SIZE]);
    /* In this process: is told of every job that has ended. */
    void (*ended)(void *user, const struct cli_pool_end *end);
    int (*caught)(void); /* a signal that asks to stop, 0: none: no job is given out any more, and the workers get it */
    void *user;
};

/* Does all jobs, `workers` at a time. A job whose worker is gone is not tried again; a new worker does the others. False with errno when a process could not be made. */
bool cli_pool_run(const struct cli_pool *pool);

#endif
