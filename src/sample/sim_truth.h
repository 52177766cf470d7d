/* What a simulated history was made of: what an estimate should find.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIM_TRUTH_H
#define FAB_SIM_TRUTH_H

#include "sim.h"

/* The parameters and what came of them, at the end of truth.txt. */
void sim_write_truth(struct sim *sim);

#endif
