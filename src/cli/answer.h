/* What optimise has to say: a plan, or why there is none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "cli.h"

/* Prints the summary of a stored plan: facts, customers, bottlenecks, broken promises. */
fab_status cli_print_plan(struct cli *cli, fab *opened, int64_t plan);

/* Prints the limits that cannot hold together (of an answer that is infeasible). */
fab_status cli_explain_conflict(struct cli *cli, const fab_result *answer);

/* Prints that the time ran out. */
void cli_explain_limit(struct cli *cli);
void cli_explain_undecided(struct cli *cli, const fab_result *answer);

#endif
