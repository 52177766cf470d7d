/* Upper bounds that the equations together imply, where they are far below what the bounds of one equation alone say (bounds.h): a package whose components hardly arrive, a tool that no floor is left for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TIGHTEN_H
#define FAB_TIGHTEN_H

#include "program.h"

/* Lowers the upper bounds of a sealed program to a loose bound of what its rows allow, in a few passes over the rows; a bound is left alone unless that is far less, so that limits of the data that can be
 * reached stay exact. No feasible point is lost. False when memory is short. O(nonzeros) a pass. */
bool fab_bounds_tighten(fab_program *program);

#endif
