/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "also write the comparison as a workbook; a file of that name is replaced"},
    CLI_FORCE,
    {"reports", 0, CLI_TEXT, offsetof(struct cli_values, reports), "FOLDER", CLI_FOLDER, "report definitions that replace and add to the built-in ones"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the whole comparison as JSON (fabplan.compare/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan compare fab.db 'January base' 'February base'", "two plans by name: what changed, and which input moved what"},
    {"fabplan compare fab.db base kr_stop_2q", "the inputs as they are, and with a stored scenario"},
    {"fabplan compare data/terafab base data/terafab-scenarios/euv_slip_9mo.csv", "of a folder, with a file of changes"},
    {NULL, NULL},
};

static int run_compare(struct cli *cli)
{
    const fab_compare_request request = {.plans = cli->operands + 1, .count = cli->operand_count - 1, 
                                         .whole = cli->values.json, .path = cli->values.output, .reports_folder = cli->values.reports, .progress = cli_terminal_progress, .user = &cli->terminal};
    fab_status status;
    fab *opened = NULL;
    fab_result *comparison = NULL;
    if (cli->values.output)
        TRY(cli_check_workbook(cli, cli->values.output));
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    status = fab_compare(cli->context, opened, &request, &comparison);
    cli_terminal_clear(&cli->terminal);
    if (status == FAB_OK)
        status = cli_print_result(cli, comparison);
    if (status == FAB_OK && cli->values.output)
        fab_say(cli->context, FAB_LEVEL_NOTE, "workbook: %s", cli->values.output);
out:
    fab_result_free(comparison);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_compare = {
    .name = "compare",
    .operands = "DATA A [B...]",
    .summary = "plans or scenarios side by side: what changed, for whom, and why",
    .description = "A and B are numbers or names of plans, scenarios (A,B; files of changes) or `base`, the inputs as they are; the first one is the base, and of one alone\n"
                   "the plan that counts. A scenario that is not planned yet is planned first. Which changed input moved the result is found by solving the base again\n"
                   "with one kind of change at a time, each with its own proof; what they make only with each other is called `together`.",
    .examples = examples,
    .options = options,
    .least_operands = 2,
    .most_operands = -1,
    .run = run_compare,
};
