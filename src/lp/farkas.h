/* Multipliers that prove a program to have no point (Farkas).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FARKAS_H
#define FAB_FARKAS_H

#include "lp.h"

/* True in *proven when the multipliers prove, exactly, that every point breaks the rows by more than FAB_EMPTY_LEAST in all, each relative to max(1, |limit|): by weak duality of the program in which rows are elastic, and nothing is earned but that they hold. multiplier[rows] of any length.
 * O(nonzeros) exact multiply-adds. FAB_NO_MEMORY; FAB_INTERNAL when the program is not sealed. */
fab_status fab_farkas_check(fab_context *context, const fab_lp *lp, const double *multiplier, bool *proven);

#endif
