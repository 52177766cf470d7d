/* Programs with integer columns: a search of the engine, whose answer is made exact and checked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WHOLE_H
#define FAB_WHOLE_H

#include "ladder.h"

/* From the answer of the program without whole numbers to that with them, in its place: x from the search, its integers rounded, fixed and the rest solved again; everything else
 * stays. The limits of the program's integer columns are changed on the way and put back. Errors as of fab_ladder_climb. */
fab_status fab_whole_solve(fab_context *context, fab_lp *lp, const struct fab_ladder *ladder, fab_lp_solution *relaxed);

#endif
