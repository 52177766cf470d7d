/* The rungs of the ladder: what all of them share, for the files that make it up.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CLIMB_H
#define FAB_CLIMB_H

#include "ladder_asked.h"

/* A way through the engine. */
struct fab_rung {
    const char *name;
    struct fab_engine_run run;
};

/* From a basis that is set: one that is still feasible is continued by the primal simplex; one that is not, by the dual. */
extern const struct fab_rung fab_climb_primal, fab_climb_dual;

/* What a rung says. */
enum fab_verdict { FAB_VERDICT_NONE, FAB_VERDICT_VERIFIED, FAB_VERDICT_INFEASIBLE, FAB_VERDICT_TIME };

struct fab_climb {
    fab_context *context;
    const struct fab_ladder *ladder;
    fab_lp_solution *best; /* verified, or the one with the smallest error so far */
    double best_error;     /* largest of its gap and residuals */
    fab_lp_certificate best_proof;
    int infeasible;        /* rungs that said so */
    bool feasible;         /* the start is a feasible basis: whoever says that there is none is wrong */
    bool ended;
    fab_outcome outcome;
};

/* The exact check; where columns alone fail it, of the point inside their limits, where it is put. FAB_NO_MEMORY. */
fab_status fab_climb_check(const struct fab_climb *climb, fab_lp_solution *solution, fab_lp_certificate *certificate);

/* Keeps an answer (then NULL) when it is verified or has a smaller error than the one kept. FAB_NO_MEMORY. */
fab_status fab_climb_judge(struct fab_climb *climb, fab_lp_solution **solution, enum fab_verdict *verdict);

/* What a rung's verdict says about the whole. */
void fab_climb_note(struct fab_climb *climb, const struct fab_rung *rung, enum fab_verdict verdict);

/* Runs a rung, judges its answer and notes the verdict. A rung on which the engine gives up only leads to the next one. Errors as of engine.h but FAB_INTERNAL. */
fab_status fab_climb_rung(struct fab_climb *climb, const struct fab_rung *rung);

/* Whether any column is a constant. O(columns). */
bool fab_climb_has_constants(const fab_lp *lp);

/* Another program's answer, in the place of the rungs that start from nothing (climb_external.c). Errors as of engine.h; FAB_REJECTED: the answer is refused. */
fab_status fab_climb_external(struct fab_climb *climb);

#endif
