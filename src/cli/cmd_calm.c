/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"policy", 0, CLI_TEXT, offsetof(struct cli_values, policy), "POLICY", "profit priority fair entitlement", "who gets the capacity (profit)"},
    {"scenario", 0, CLI_TEXT, offsetof(struct cli_values, scenario), "A,B", CLI_FILE, "with changes: stored scenarios (of a folder: files of DATA/scenarios), or files of changes"},
    {"start", 0, CLI_TEXT, offsetof(struct cli_values, start), "DATE", NULL, "from this day of the calendar on"},
    {"time-limit", 0, CLI_SECONDS, offsetof(struct cli_values, time_limit_seconds), "SECONDS", NULL, "stop after this time, with the points so far"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the points as JSON (fabplan.calm/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan calm data/terafab", "what steadier starts cost"},
    {NULL, NULL},
};

static int run_calm(struct cli *cli)
{
    const fab_calm_request request = {
        .policy = cli->values.policy, .scenario = cli->values.scenario, .start = cli->values.start, .time_limit_seconds = cli->values.time_limit_seconds};
    fab_status status;
    fab_outcome outcome = FAB_OPTIMAL;
    fab *opened = NULL;
    fab_result *curve = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_calm(cli->context, opened, &request, &outcome, &curve));
    TRY(cli_print_result(cli, curve));
out:
    fab_result_free(curve);
    fab_close(opened);
    if (status == FAB_OK && outcome != FAB_OPTIMAL)
        return outcome == FAB_INFEASIBLE ? CLI_EXIT_INFEASIBLE : CLI_EXIT_LIMIT;
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_calm = {
    .name = "calm",
    .operands = "[DATA]",
    .summary = "share of profit against movement of starts",
    .description = "The best plan, and five points beside it: each gives up at most a share of the objective for starts of the own lines that move\n"
                   "least from period to period. Nothing is stored; `fabplan optimise --calm SHARE` makes a plan of a point.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_calm,
};
