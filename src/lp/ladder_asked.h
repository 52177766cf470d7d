/* What a climb is asked (ladder.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LADDER_ASKED_H
#define FAB_LADDER_ASKED_H

#include "engine.h"
#include "external.h"

/* A climb: the program that the engine works on, and where to start. */
struct fab_ladder {
    const fab_lp *lp;
    fab_engine *engine;
    const struct fab_lp_factors *factors; /* of all rows and columns; NULL: no interior point, and bases are not repaired */
    const struct fab_engine_watch *watch; /* of the interior point; the engine's own is the same */
    struct fab_engine_basis start; /* texts NULL: none */
    bool warm_only;                /* no rung but the one from the start */
    bool brief;                    /* no rung behind the interior point's, where that is for it */
    double deadline;               /* of fab_clock(), 0: none; the one that the engine's watch has */
    fab_lp_certificate *proof;     /* of the answer, where it has a point; NULL: nobody asks for it */
    struct fab_external *external; /* who solves in the place of the rungs that start from nothing; NULL: nobody */
};

#endif
