/* Another program that solves linear programs: the program out by file, its answer in by file.
 *
 * Known are clp, cbc and highs, found on the PATH; any other text is a program (a path, or a name on the PATH) that is called with two arguments, the path of a free MPS file to read and that of a file to
 * write:
 *
 *     status optimal | infeasible | limit
 *     C1 12.5 [b|l|u]          column C1 has the value 12.5, and is basic, at its lower or upper limit
 *     R1 -3.25 [b|l|u]         a unit more of the right side of row R1 changes the file's objective, which is minimised, by -3.25
 *
 * Columns and rows that are not named have 0; without rows the multipliers are missing, without letters the basis. Lines that begin with # and empty ones are skipped. No shell is involved. The files lie in a
 * folder of their own ($TMPDIR, else /tmp) that only this user may enter and that is removed in the end; what killed processes left is removed at the next call.
 *
 * Nothing of an answer is believed: whoever takes it proves it. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXTERNAL_H
#define FAB_EXTERNAL_H

#include "external_answer.h"

enum { FAB_EXTERNAL_VERSION_SIZE = 64 };

/* A program and who is told its name and version as it prints them. */
struct fab_external {
    const char *program;
    char version[FAB_EXTERNAL_VERSION_SIZE]; /* such as "clp 1.17.7"; "" before it has run */
};

/* FAB_USAGE (code "no_solver") when there is no such program that this user may run. */
fab_status fab_external_find(fab_context *context, const char *program);

/* Solves a sealed program without regard to whole numbers. The program is killed, with what it started, at the deadline (of fab_clock(); 0: none) and when the context asks to stop (FAB_INTERRUPTED). What it prints
 * goes to the log as details. FAB_REJECTED (code "solver_failed") when it ends with an error or writes no answer that can be read; FAB_USAGE when it is not there; FAB_OUTPUT; FAB_NO_MEMORY. */
fab_status fab_external_solve(fab_context *context, struct fab_external *external, const fab_lp *lp, double deadline, struct fab_external_answer *answer);

#endif
