/* Answers of other solvers as files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXTERNAL_READ_H
#define FAB_EXTERNAL_READ_H

#include "external_answer.h"

/* Kinds of solution files: of clp and cbc (-solution, with all values printed), of HiGHS (raw style, with its basis), and our own (external.h). */
enum fab_external_format { FAB_EXTERNAL_CLP, FAB_EXTERNAL_HIGHS, FAB_EXTERNAL_OWN };

/* Reads a solution file of a program written by fab_lp_write_numbered into x, multipliers (of the maximisation) and, where the file has it, a basis. False, and why[] in words that follow the file's name, when it
 * cannot be read as such; answer->solution stays the caller's in all cases. O(size of the file). */
bool fab_external_read(const fab_lp *lp, enum fab_external_format format, const char *path, struct fab_external_answer *answer, char why[128]);

/* Reads a basis file in MPS format. False when it is missing or something else: then the statuses are of no use. */
bool fab_external_read_basis(const fab_lp *lp, const char *path, fab_lp_solution *solution);

/* Without a basis: one guessed from the values. Columns at a limit are there, and so are rows with two equal limits, or with a multiplier (where there are none: at a limit); all others are basic. False when memory is short. */
bool fab_external_guess_basis(const fab_lp *lp, bool multipliers, fab_lp_solution *solution);

/* Statuses that the program's limits allow: a row or column that is said to be at a limit it does not have is at the other one. */
void fab_external_tidy_basis(const fab_lp *lp, fab_lp_solution *solution);

#endif
