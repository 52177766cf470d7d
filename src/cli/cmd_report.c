/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "arena.h"
#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "the workbook; a file of that name is replaced"},
    CLI_FORCE,
    {"html", 0, CLI_TEXT, offsetof(struct cli_values, html), "FILE.html", CLI_FILE, "a page with charts of this plan and others to choose from: one file that loads nothing"},
    {"book", 0, CLI_TEXT, offsetof(struct cli_values, book), "BOOK", "planner executive finance yield all",
     "which workbook: planner (the default), executive, finance, yield, one of --reports, or all: FILE-BOOK.xlsx for each"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the plan with this number instead of the one that counts"},
    {"snapshot", 0, CLI_NUMBER, offsetof(struct cli_values, snapshot), "N", NULL,
     "the yield estimate with this number instead of the newest"},
    {"revalue", 0, CLI_TEXT, offsetof(struct cli_values, revalue), "CHANGES", CLI_FILE,
     "the same plan at other prices: a file of changes of prices, or scenarios (book finance and those that show its drivers)"},
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
    {"fabplan report fab.db -o plan.xlsx --book all", "every book of the plan: plan-executive.xlsx, plan-planner.xlsx, plan-finance.xlsx, and plan-yield.xlsx with estimates"},
    {"fabplan report fab.db -o cheap.xlsx --book finance --revalue cheap.csv", "the same plan at the prices of a file of changes"},
    {"fabplan report fab.db -o yield.xlsx --book yield", "the yield engineer's workbook of the newest estimate"},
    {"fabplan report fab.db -o release.csv --book release_days", "one sheet as CSV: the lots to release in the next four weeks, by day"},
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

/* One book into one file, or none; and the page, where one is asked for. */
static fab_status write_book(struct cli *cli, fab *opened, const char *book, const char *path, const char *page)
{
    const struct cli_values *values = &cli->values;
    int64_t plan = 0, snapshot = 0;
    fab_status status = FAB_OK;
    fab_report_request request = {.plan = values->plan,
                                  .snapshot = values->snapshot,
                                  .plan_shown = &plan,
                                  .snapshot_shown = &snapshot,
                                  .book = book,
                                  .path = path,
                                  .reports_folder = values->reports,
                                  .page = page,
                                  .revalue = values->revalue};
    if (path)
        TRY(cli_check_output(cli, path));
    TRY(fab_report(cli->context, opened, &request));
    say_shown(cli, &request);
out:
    return status;
}

/* FILE.xlsx as FILE-BOOK.xlsx for every book of a plan, and that of yields where there are estimates; the page with the first. */
static fab_status write_every_book(struct cli *cli, fab *opened, const char *path)
{
    static const char *const books[] = {"executive", "planner", "finance", "yield"};
    enum { YIELD = 3, BOOKS };
    const size_t length = strlen(path), end = length > 5 && strcmp(path + length - 5, ".xlsx") == 0 ? length - 5 : length;
    fab_status status = FAB_OK;
    fab_arena *arena = fab_arena_new();
    TRY_MEMORY(cli->context, arena);
    for (int b = 0; b < BOOKS; b++) {
        char *file = fab_arena_printf(arena, "%.*s-%s%s", (int)end, path, books[b], path + end);
        TRY_MEMORY(cli->context, file);
        status = write_book(cli, opened, books[b], file, b == 0 ? cli->values.html : NULL);
        if (b == YIELD && status == FAB_USAGE && strcmp(fab_context_code(cli->context), "no_snapshot") == 0)
            status = FAB_OK;
        TRY(status);
    }
out:
    fab_arena_free(arena);
    return status;
}

static int run_report(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    const char *book = values->book ? values->book : "planner", *path = values->output, *page = values->html;
    fab_status status;
    fab *opened = NULL;
    if (!path && !page)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "report: which file? `fabplan report DATA -o FILE.xlsx` or --html FILE.html"));
    if (path && strcmp(book, "all") != 0)
        TRY(cli_check_output(cli, path));
    if (page)
        TRY(cli_check_output(cli, page));
    TRY(cli_open_database(cli, FAB_READ, &opened));
    if (path && strcmp(book, "all") == 0)
        TRY(write_every_book(cli, opened, path));
    else
        TRY(write_book(cli, opened, book, path, page));
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
