/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"demand", 0, CLI_TEXT, offsetof(struct cli_values, demand), "D", NULL, "an order: what a step more of it costs, of what, and what would serve it"},
    {"customer", 0, CLI_TEXT, offsetof(struct cli_values, customer), "C", NULL, "the order of a customer that is missed most, and what displaces it"},
    {"tool-group", 0, CLI_TEXT, offsetof(struct cli_values, tool_group), "G", NULL, "hours and tools of a tool group"},
    {"line", 0, CLI_TEXT, offsetof(struct cli_values, line), "L", NULL, "a line: its limits, its tool groups, its sources"},
    {"period", 0, CLI_TEXT, offsetof(struct cli_values, period), "P", NULL, "what can be moved in a period; with another of these: its limits in that period alone"},
    {"budget", 0, CLI_TEXT, offsetof(struct cli_values, budget), "DATE", NULL, "the budget that counts on a day"},
    {"site", 0, CLI_TEXT, offsetof(struct cli_values, site), "S", NULL, "a site: power, and floor of its lines"},
    {"contract", 0, CLI_TEXT, offsetof(struct cli_values, contract), "SOURCE", NULL, "a source's maximum"},
    {"yield", 0, CLI_TEXT, offsetof(struct cli_values, yield), "SOURCE", NULL, "a point of a source's unit yield"},
    {"cycle-time", 0, CLI_TEXT, offsetof(struct cli_values, cycle_time), "ROUTE", NULL, "a day less of a route's cycle time"},
    {"infeasible", 0, CLI_FLAG, offsetof(struct cli_values, infeasible), NULL, NULL, "why the inputs have no plan: limits that cannot hold together (exit code 4)"},
    {"step", 0, CLI_AMOUNT, offsetof(struct cli_values, step), "UNITS", NULL, "of an order (1 % of it, or what is short, if that is less)"},
    {"values", 0, CLI_COUNT, offsetof(struct cli_values, tested_values), "N", NULL, "how many limits are listed (10)"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "of the plan with this number instead of the one that counts"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.explain/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan explain fab.db", "what can be bought or changed, by gain per dollar"},
    {"fabplan explain fab.db --demand XAI_X2:2029-03", "why the order is short, and what would serve it"},
    {"fabplan explain fab.db --customer XAI", "what displaces a customer"},
    {"fabplan explain fab.db --tool-group L_EUV --period 2029-03", "what an hour of a tool group is worth in a month"},
    {NULL, NULL},
};

/* Nothing of a kind is asked for more than once; the library says which exclude each other. */
static fab_explain_request make_request(const struct cli_values *values)
{
    return (fab_explain_request){.plan = values->plan,
                                 .demand = values->demand,
                                 .customer = values->customer,
                                 .tool_group = values->tool_group,
                                 .line = values->line,
                                 .period = values->period,
                                 .budget = values->budget,
                                 .site = values->site,
                                 .contract = values->contract,
                                 .yield = values->yield,
                                 .cycle_time = values->cycle_time,
                                 .infeasible = values->infeasible,
                                 .step = values->step,
                                 .values = values->tested_values > 0 ? (int)values->tested_values : -1};
}

static int exit_code(const fab_result *explained)
{
    const fab_value *status = fab_result_fact(explained, "status");
    if (!status || status->type != FAB_TEXT)
        return 0;
    return strcmp(status->text, "infeasible") == 0 ? CLI_EXIT_INFEASIBLE : strcmp(status->text, "undecided") == 0 ? CLI_EXIT_LIMIT : 0;
}

static int run_explain(struct cli *cli)
{
    const fab_explain_request request = make_request(&cli->values);
    fab_status status;
    fab *opened = NULL;
    fab_result *explained = NULL;
    int code = 0;
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    TRY(fab_explain(cli->context, opened, &request, &explained));
    TRY(cli_print_result(cli, explained));
    code = exit_code(explained);
out:
    fab_result_free(explained);
    fab_close(opened);
    return status == FAB_OK ? code : cli_fail(cli, status);
}

const struct cli_command cli_cmd_explain = {
    .name = "explain",
    .operands = "[DATA]",
    .summary = "why, and what it is worth",
    .description = "One question of the released, else the newest optimal plan (of a folder one is made); without any: everything that can be moved. Every gain and\n"
                   "cost is found by solving again over the step that stands beside it, with its own proof, and holds as far as holds_to says; it is added to the\n"
                   "plan's values. The parts of a chain add up to what the last unit of the step costs. Money is discounted.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_explain,
};
