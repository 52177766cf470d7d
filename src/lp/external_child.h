/* A program that is started, waited for and stopped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXTERNAL_CHILD_H
#define FAB_EXTERNAL_CHILD_H

#include <fabplan/context.h>
#include <stdbool.h>

struct fab_child {
    const char *const *argument; /* the program (a path, or a name on the PATH), its arguments, NULL */
    const char *log;             /* file that takes what it prints */
    double deadline;             /* of fab_clock(), 0: none */
};

struct fab_child_end {
    bool late;  /* it was stopped at the deadline */
    int code;   /* its exit code */
    int signal; /* that ended it, 0: none */
};

/* Runs it with nothing to read, in a process group of its own that is killed as a whole at the deadline or when the context asks to stop; what it leaves behind in its group at its end is killed as well. FAB_INTERRUPTED; FAB_USAGE (code "no_solver") when there is no such
 * program; FAB_OUTPUT. */
fab_status fab_child_run(fab_context *context, const struct fab_child *child, struct fab_child_end *end);

#endif
