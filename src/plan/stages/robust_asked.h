/* What is asked of one set of tools for many futures, and the answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROBUST_ASKED_H
#define FAB_ROBUST_ASKED_H

#include "tools_fixed.h"

struct fab_robust_future {
    fab_program *program; /* its upper bounds that are no limits of the data may be widened */
    double weight;        /* at least 0, one of them above */
};

/* Rows of all futures together that are solved whole. */
enum { FAB_ROBUST_ROWS = 40000 };

struct fab_robust_asked {
    const struct fab_robust_future *future; /* [count] the first one is the base: what tools are best for it alone is told, too */
    int count;
    double gap;      /* of the decomposition: how far from the proven bound tools may be, relative to the mean objective */
    double deadline; /* of fab_clock(): when the decomposition stops with the best tools so far; 0: never */
    int rows;        /* that are solved whole; 0: FAB_ROBUST_ROWS */
};

struct fab_robust {
    fab_outcome outcome;            /* FAB_LIMIT: the deadline came before any tools that can be had in all futures */
    fab_lp_certificate certificate; /* of the mean objective, in the extensive form; read with FAB_OPTIMAL */
    struct fab_tools tools;         /* the shared decisions by name; names are those of the first future's program */
    double base_tools;              /* the mean with the tools that are best for the first future; NAN when they cannot be had in all futures */
    double knowing;                 /* the mean of the futures' own optima */
    int rounds;                     /* of the decomposition; 0: it was solved whole */
};

#endif
