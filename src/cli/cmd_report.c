/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "the workbook; a file of that name is replaced"},
    CLI_FORCE,
    {"html", 0, CLI_TEXT, offsetof(struct cli_values, html), "FILE.html", CLI_FILE, "a page with charts of this plan and others to choose from: one file that loads nothing"},
    {"book", 0, CLI_TEXT, offsetof(struct cli_values, book), "BOOK", "planner executive finance yield",
     "which workbook: planner (the default), executive, finance, yield or one of --reports"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the plan with this number instead of the one that counts"},
    {"snapshot", 0, CLI_NUMBER, offsetof(struct cli_values, snapshot), "N", NULL,
     "the yield estimate with this number instead of the newest"},
    {"reports", 0, CLI_TEXT, offsetof(struct cli_values, reports), "FOLDER", CLI_FOLDER,
     "report definitions that replace and add to the built-in ones"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan report fab.db -o plan.xlsx", "the planner's workbook of the released plan, else of the newest optimal one"},
    {"fabplan report fab.db -o old.xlsx --plan 3", "of plan 3"},
    {"fabplan report fab.db -o brief.xlsx --book executive", "for whoever decides: customers, years, levers, decisions, a page each"},
    {"fabplan report fab.db -o money.xlsx --book finance", "what the plan is worth: profit, cash and worth, each figure live on blue drivers"},
    {"fabplan report fab.db --html plan.html", "a page for a browser: fills over time, how full the fab is, flows, levers, other plans to choose"},
    {"fabplan report fab.db -o yield.xlsx --book yield", "the yield engineer's workbook of the newest estimate"},
    {"fabplan report fab.db -o ours.xlsx --book ours --reports my-reports", "a workbook of one's own"},
    {NULL, NULL},
};

/* A book may show a plan, a snapshot, both or none; one that was asked for and is not shown is said. */
static void say_shown(struct cli *cli, const fab_report_request *request)
{
    const struct {
        const char *name;
        int64_t asked, shown;
    } parts[] = {{"plan", request->plan, *request->plan_shown}, {"snapshot", request->snapshot, *request->snapshot_shown}};
    char text[64] = "";
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        size_t length = strlen(text);
        if (parts[p].shown)
            snprintf(text + length, sizeof text - length, "%s%s %lld", length ? " and " : " of ", parts[p].name, (long long)parts[p].shown);
        else if (parts[p].asked)
            fab_say(cli->context, FAB_LEVEL_WARNING, "book %s shows no %s: --%s changes nothing", request->book, parts[p].name,
                    parts[p].name);
    }
    if (request->path)
        fab_say(cli->context, FAB_LEVEL_NOTE, "%s: book %s%s", request->path, request->book, text);
    if (request->page)
        fab_say(cli->context, FAB_LEVEL_NOTE, "%s: page%s", request->page, text);
}

static int run_report(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    int64_t plan = 0, snapshot = 0;
    fab_report_request request = {.plan = values->plan,
                                  .snapshot = values->snapshot,
                                  .plan_shown = &plan,
                                  .snapshot_shown = &snapshot,
                                  .book = values->book ? values->book : "planner",
                                  .path = values->output,
                                  .reports_folder = values->reports,
                                  .page = values->html};
    fab_status status;
    fab *opened = NULL;
    if (!request.path && !request.page)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "report: which file? `fabplan report DATA -o FILE.xlsx` or --html FILE.html"));
    if (request.path)
        TRY(cli_check_output(cli, request.path));
    if (request.page)
        TRY(cli_check_output(cli, request.page));
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(fab_report(cli->context, opened, &request));
    say_shown(cli, &request);
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_report = {
    .name = "report",
    .operands = "[DATA]",
    .summary = "write an Excel workbook of a stored plan or yield estimate",
    .description =
        "The workbook is read back and compared with the database before it gets its name: the file is whole and verified, or it is "
        "not there.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_report,
};
