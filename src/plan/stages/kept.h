/* Rows that keep what a stage reached: POL. A stored plan's are made again from their list, so that its proof can be repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_KEPT_H
#define FAB_KEPT_H

#include "program.h"

/* Adds the row of `kept` to a sealed program, which is sealed again; takes copies of text and list, and sets the copy's row. objective[column_count]: what it keeps, NULL: what its kind says. FAB_NO_MEMORY also
 * when a program cannot have more. O(nonzeros). */
fab_status fab_kept_add(fab_context *context, fab_program *program, const struct fab_kept *kept, const double objective[]);

/* The kind's value, its reversal counted, into objective[column_count], which is all 0, and its constant: what a stage that is kept so maximises. O(columns). */
void fab_kept_weigh(const fab_program *program, const struct fab_kept *kept, double objective[], double *constant);

/* Names of kinds, as they are stored: "profit", "promises", "served", "capital", "lateness", "movement", "independence:LO". */
extern const char *const fab_kept_kinds[];
extern const int fab_kept_kinds_count;

/* Unit of each kind: "USD", "starts a week". */
extern const char *const fab_kept_units[];

#endif
