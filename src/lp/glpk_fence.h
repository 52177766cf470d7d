/* GLPK behind its fence: for the files named glpk*.c alone, the only ones that see glpk.h.
 *
 * Stopping: GLPK tells its progress through the terminal hook several times a second, also during presolved solves, and the hook may leave by longjmp when the environment is
 * freed after. So a run goes in one piece (slices would restart the steepest-edge weights, and presolve), its path does not depend on time, and an interruption is heard within
 * a fraction of a second. The time limit is GLPK's own, but for presolve, which knows none: there the hook leaves.
 *
 * GLPK's environment belongs to the thread, and with it everything that GLPK allocated there. After a fault or an interruption its state is unknown and it is thrown away, the
 * problems of all engines of the thread with it; they know by its generation. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_GLPK_FENCE_H
#define FAB_GLPK_FENCE_H

#include <glpk.h>
#include <setjmp.h>

#include "engine.h"

/* The engine of engine.h. */
struct fab_engine {
    const fab_lp *lp;
    const struct fab_lp_factors *factors;
    struct fab_engine_watch watch;
    double began;
    long iterations;       /* of the runs that ended */
    glp_prob *problem;     /* NULL before loading; gone when the generation is another */
    unsigned long generation;
    int loaded_nonzeros, loaded_constants; /* coefficients of the program when it was loaded, and those of them that constants have, which are left out: rows and columns GLPK counts itself */
    double money_unit;    /* what GLPK's costs are of the program's */
    fab_context *context; /* of the call that is under way */
    bool leaves_late;     /* the hook leaves at the deadline */
    int fault_errno;
    char line[256]; /* last line that GLPK printed, for the message of a fault */
    size_t line_length;
    jmp_buf fence; /* everything that must survive the jump is in here */
};

/* Does a piece of work with GLPK; what it asks and answers is in `argument`. *late (NULL: it cannot be) when the hook left at the deadline. FAB_INTERNAL with GLPK's last line
 * when it gave up. */
fab_status fab_glpk_fenced(fab_context *context, fab_engine *engine, void (*work)(fab_engine *engine, void *argument), void *argument, bool *late);

/* Brings GLPK's problem to the program's state. Limits and costs are set; after rows or columns were added, a fault here or one in another engine it is loaded anew, so that
 * the same program is the same problem whatever it went through. */
fab_status fab_glpk_sync(fab_context *context, fab_engine *engine);

/* FAB_INTERRUPTED with its message when the context asks to stop. */
fab_status fab_glpk_expect_uninterrupted(fab_context *context);

/* GLPK's type of a row or column with these limits. */
int fab_glpk_type_of(double lower, double upper);

#endif
