/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "the workbook; a file of that name is replaced"},
    {"book", 0, CLI_TEXT, offsetof(struct cli_values, book), "BOOK", "planner",
     "which workbook: planner (the default) or one of --reports"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the plan with this number instead of the newest"},
    {"reports", 0, CLI_TEXT, offsetof(struct cli_values, reports), "FOLDER", CLI_FOLDER,
     "report definitions that replace and add to the built-in ones"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan report fab.db -o plan.xlsx", "the planner's workbook of the newest plan"},
    {"fabplan report fab.db -o old.xlsx --plan 3", "of plan 3"},
    {"fabplan report fab.db -o ours.xlsx --book ours --reports my-reports", "a workbook of one's own"},
    {NULL, NULL},
};

static int run_report(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    fab_report_request request = {
        .book = values->book ? values->book : "planner", .path = values->output, .reports_folder = values->reports};
    fab *opened = NULL;
    fab_status status = request.path ? cli_check_output(cli, request.path)
                                     : fab_fail(cli->context, FAB_USAGE, "report: which file? `fabplan report DATA -o FILE.xlsx`");
    if (status == FAB_OK)
        status = cli_open_database(cli, FAB_READ, &opened);
    if (status == FAB_OK)
        status = fab_find_plan(cli->context, opened, values->plan, &request.plan);
    if (status == FAB_OK)
        status = fab_report(cli->context, opened, &request);
    if (status == FAB_OK)
        fab_say(cli->context, FAB_LEVEL_NOTE, "%s: book %s of plan %lld", request.path, request.book, (long long)request.plan);
    fab_close(opened);
    return status == FAB_OK ? 0 : cli_fail(cli, status);
}

const struct cli_command cli_cmd_report = {
    .name = "report",
    .operands = "[DATA]",
    .summary = "write an Excel workbook of a stored plan",
    .description =
        "The workbook is read back and compared with the plan before it gets its name: the file is whole and verified, or it is not there.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_report,
};
