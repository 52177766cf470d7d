/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <fabplan/history.h>
#include <string.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FOLDER", CLI_FOLDER, "where the CSV files go: a new or empty folder (history)"},
    {"months", 0, CLI_NUMBER, offsetof(struct cli_values, months), "N", NULL, "length of the history (12)"},
    {"until", 0, CLI_TEXT, offsetof(struct cli_values, until), "DATE", NULL, "day on which it ends (the start of the calendar)"},
    {"seed", 0, CLI_NUMBER, offsetof(struct cli_values, seed), "S", NULL, "the same seed gives the same files (1)"},
    {"wafers-per-month", 0, CLI_NUMBER, offsetof(struct cli_values, wafers_per_month), "N", NULL, "starts of all sources together, as far as the tools allow (85 % of what they can do)"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the counts as JSON (fabplan.sample/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan sample history data/terafab --until 2029-01-01 --months 12 --seed 1 -o history", "the year 2028: lots, tests and tool states"},
    {"fabplan import fab.db history", "which a database takes like any other"},
    {NULL, NULL},
};

static int run_sample(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    const fab_sample_request request = {.months = values->months > 0 ? (int)values->months : 12,
                                        .seed = values->seed > 0 ? (uint64_t)values->seed : 1,
                                        .wafers_per_month = (double)values->wafers_per_month,
                                        .until = values->until,
                                        .folder = values->output ? values->output : "history"};
    fab_status status;
    fab *opened = NULL;
    fab_result *summary = NULL;
    if (strcmp(cli->operands[0], "history") != 0)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "sample: '%s' is none of: history", cli->operands[0]));
    cli->operand_count--;
    memmove(cli->operands, cli->operands + 1, sizeof *cli->operands * (size_t)cli->operand_count);
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_sample_history(cli->context, opened, &request, &summary));
    TRY(cli_print_result(cli, summary));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: written; every row is marked as simulated", request.folder);
out:
    fab_result_free(summary);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_sample = {
    .name = "sample",
    .operands = "history [DATA]",
    .summary = "simulate a wafer-lot history, to try things with",
    .description = "history simulates a plausible history of the data set's own lines: starts, moves, scrap, splits, sort tests with clustered defects, an excursion, tool\n"
                   "states. No more is made than the tools installed on each date (tool_count) can do; what a plan would buy is not known. Every row is marked as simulated (basis), and so is everything that is made from it; truth.txt beside the tables has the parameters.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = 2,
    .run = run_sample,
};
