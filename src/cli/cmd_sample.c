/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <fabplan/history.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FOLDER", CLI_FOLDER, "where the CSV files go: a new or empty folder (history; fab)"},
    {"seed", 0, CLI_NUMBER, offsetof(struct cli_values, seed), "S", NULL, "the same seed gives the same files (1)"},
    {"months", 0, CLI_NUMBER, offsetof(struct cli_values, months), "N", NULL, "history: its length (12)"},
    {"until", 0, CLI_TEXT, offsetof(struct cli_values, until), "DATE", NULL, "history: day on which it ends (the start of the calendar)"},
    {"wafers-per-month", 0, CLI_NUMBER, offsetof(struct cli_values, wafers_per_month), "N", NULL, "history: starts of all sources together, as far as the tools allow (85 % of what they can do)"},
    {"size", 0, CLI_TEXT, offsetof(struct cli_values, size), "NAME", "small medium mid large", "fab: small (10 products, 12 weeks, 40 tool groups), medium (50, 52, 150), mid (100, 78, 250), large (200, 104, 400) (small)"},
    {"products", 0, CLI_NUMBER, offsetof(struct cli_values, products), "P", NULL, "fab: chips, in the place of the size's"},
    {"periods", 0, CLI_NUMBER, offsetof(struct cli_values, periods), "T", NULL, "fab: weeks"},
    {"tool-groups", 0, CLI_NUMBER, offsetof(struct cli_values, tool_groups), "G", NULL, "fab: tool groups"},
    {"load", 0, CLI_TEXT, offsetof(struct cli_values, load), "LOAD", "balanced overloaded", "fab: what the orders take of the hours of the bottleneck groups: balanced (0.95), overloaded (1.3) or a number (balanced)"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the counts as JSON (fabplan.sample/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan sample history data/terafab --until 2029-01-01 --months 12 --seed 1 -o history", "the year 2028: lots, tests and tool states"},
    {"fabplan import fab.db history", "which a database takes like any other"},
    {"fabplan sample fab --size medium --load overloaded --seed 7 -o fab", "a fab of 50 chips with more orders than it can make"},
    {"fabplan sample fab --products 20 --periods 26 --tool-groups 60 --load 1.1 -o fab", "the size and the load as you like"},
    {NULL, NULL},
};

/* ---- history ---- */

static int run_history(struct cli *cli, const struct cli_words *words)
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
    (void)words;
    cli_take_operand(cli);
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_sample_history(cli->context, opened, &request, &summary));
    TRY(cli_print_result(cli, summary));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: written; every row is marked as simulated", request.folder);
out:
    fab_result_free(summary);
    fab_close(opened);
    return cli_finish(cli, status);
}

/* ---- fab ---- */

static const struct size {
    const char *name;
    int products, periods, tool_groups;
} sizes[] = {{"small", 10, 12, 40}, {"medium", 50, 52, 150}, {"mid", 100, 78, 250}, {"large", 200, 104, 400}};

static const struct load {
    const char *name;
    double load;
} loads[] = {{"balanced", 0.95}, {"overloaded", 1.3}};

static int whole(int64_t given, int preset)
{
    return given > INT_MAX ? INT_MAX : given > 0 ? (int)given : preset;
}

static fab_status read_size(struct cli *cli, fab_sample_fab_request *request)
{
    const char *name = cli->values.size ? cli->values.size : sizes[0].name;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        if (strcmp(sizes[s].name, name) == 0) {
            request->products = whole(cli->values.products, sizes[s].products);
            request->periods = whole(cli->values.periods, sizes[s].periods);
            request->tool_groups = whole(cli->values.tool_groups, sizes[s].tool_groups);
            return FAB_OK;
        }
    return fab_fail(cli->context, FAB_USAGE, "--size '%s': none of small, medium, mid, large", name);
}

static fab_status read_load(struct cli *cli, fab_sample_fab_request *request)
{
    const char *text = cli->values.load ? cli->values.load : loads[0].name;
    char *end;
    for (size_t l = 0; l < sizeof loads / sizeof *loads; l++)
        if (strcmp(loads[l].name, text) == 0) {
            request->load = loads[l].load;
            return FAB_OK;
        }
    request->load = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || *end || end == text)
        return fab_fail(cli->context, FAB_USAGE, "--load '%s': neither balanced nor overloaded nor a number such as 1.1", text);
    return FAB_OK;
}

static int run_fab(struct cli *cli, const struct cli_words *words)
{
    fab_sample_fab_request request = {.seed = cli->values.seed > 0 ? (uint64_t)cli->values.seed : 1, .folder = cli->values.output ? cli->values.output : "fab"};
    fab_status status;
    fab_result *summary = NULL;
    (void)words;
    TRY(read_size(cli, &request));
    TRY(read_load(cli, &request));
    TRY(fab_sample_fab(cli->context, &request, &summary));
    TRY(cli_print_result(cli, summary));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: written; %d products, %d weeks, %d tool groups; every row is marked as simulated", request.folder, request.products, request.periods, request.tool_groups);
out:
    fab_result_free(summary);
    return cli_finish(cli, status);
}

static const struct cli_part parts[] = {
    {"history", "the data set that it is of", 0, 1, run_history},
    {"fab", "no data: its size is told by options", 0, 0, run_fab},
    {NULL, NULL, 0, 0, NULL},
};

static int run_sample(struct cli *cli)
{
    struct cli_words words;
    int code = 0;
    const struct cli_part *part = cli_part_choose(cli, parts, 0, &words, &code);
    return part ? part->run(cli, &words) : code;
}

const struct cli_command cli_cmd_sample = {
    .name = "sample",
    .operands = "history [DATA] | fab",
    .summary = "simulate a wafer-lot history, or a fab of any size, to try things with",
    .description = "history simulates a plausible history of the data set's own lines: starts, moves, scrap, splits, sort tests with clustered defects, an excursion, tool\n"
                   "states. No more is made than the tools installed on each date (tool_count) can do; what a plan would buy is not known. truth.txt beside the tables has\n"
                   "the parameters. fab draws a data set: logic, memory and packaging lines, re-entrant routes, bins, memory stacks, contracts and offers of partners,\n"
                   "alternates, orders of three customers that may ship late. One tool group in five, and the first of every line, is as full as --load says: hours of the\n"
                   "orders of the mean week, less what partners can deliver at most. Every row is marked as simulated (basis), and so is everything that is made from it.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = 2,
    .run = run_sample,
};
