/* How much calmer the starts of a plan can be for a share of its objective.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALM_H
#define FAB_CALM_H

#include "run.h"

/* A solver of the changes of weekly starts in the place of the run's, at the money stage's point, with the profit as a row of at least this (constant included), whose place *index (may be NULL) gets. run->objective
 * weighs the changes, and is longer than before. O(nonzeros). */
fab_status fab_calm_open(struct fab_run *run, double least, int *index);

#endif
