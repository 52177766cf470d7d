/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "answer.h"
#include "signals.h"
#include "try.h"

#include <math.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE,
     "also write the planner's workbook; a file of that name is replaced"},
    CLI_FORCE,
    {"name", 0, CLI_TEXT, offsetof(struct cli_values, name), "NAME", NULL, "name of the plan"},
    {"policy", 0, CLI_TEXT, offsetof(struct cli_values, policy), "POLICY", "profit priority fair entitlement",
     "who gets the capacity: profit (the default), priority (customers by rank), fair (equal shares), entitlement (nobody below its part)"},
    {"within", 0, CLI_AMOUNT, offsetof(struct cli_values, within), "SHARE", NULL, "how closely each stage of a policy is kept (0.001; 0: exactly)"},
    {"give", 0, CLI_AMOUNT, offsetof(struct cli_values, give), "SHARE", NULL, "the policy may cost at most this share of the best profit"},
    {"calm", 0, CLI_AMOUNT, offsetof(struct cli_values, calm), "SHARE", NULL,
     "give up at most this share of the objective for starts that move less from period to period (0)"},
    {"stages", 0, CLI_TEXT, offsetof(struct cli_values, stages), "FILE", CLI_FILE,
     "a policy of one's own: a CSV file of stages (number, name, objective, sense, within), solved one after the other"},
    {"fill", 0, CLI_TEXTS, offsetof(struct cli_values, fill), "CUSTOMER=SHARE", NULL,
     "the customer gets at least this share of the value that it wants, whatever the policy; may be repeated"},
    {"goal", 0, CLI_TEXT, offsetof(struct cli_values, goal), "GOAL", "profit capital", "profit (the default); capital: the least price of tools that the fills take, then profit"},
    {"from-plan", 0, CLI_NUMBER, offsetof(struct cli_values, from_plan), "N", NULL,
     "with --start: go on from this plan, with what it bought, made, started and owes on that day; and the old plan of --freeze and --stability (the released one)"},
    {"freeze", 0, CLI_AMOUNT, offsetof(struct cli_values, freeze), "DAYS", NULL,
     "starts, tools and wafers that go on stay the old plan's in periods that start within these days; what must change is listed"},
    {"stability", 0, CLI_AMOUNT, offsetof(struct cli_values, stability), "WEIGHT", NULL, "a start or tool that differs from the old plan's in later periods costs this share of its price"},
    {"hard", 0, CLI_FLAG, offsetof(struct cli_values, hard), NULL, NULL,
     "promises and minimum starts hold, or there is no plan (exit code 4) and the limits in conflict are named"},
    {"integer", 0, CLI_FLAG, offsetof(struct cli_values, integer), NULL, NULL, "order and remove tools in whole numbers"},
    {"gap", 0, CLI_AMOUNT, offsetof(struct cli_values, gap), "SHARE", NULL, "with --integer or --robust: how near to its proven bound a plan, or tools, have to be (0.0001)"},
    {"yield", 0, CLI_TEXT, offsetof(struct cli_values, yield), "WHICH", "plan fit p10 p50 p90",
     "yields: plan (the data set's own, the default); fit, p10, p50 or p90 of the newest `fabplan yield fit`"},
    {"measured", 0, CLI_TEXT, offsetof(struct cli_values, measured), "WHAT", "availability cycle_time batch_fill units_per_setup tool_down",
     "as the history measured it, not as planned: availability,cycle_time,batch_fill,units_per_setup,tool_down"},
    {"scenario", 0, CLI_TEXT, offsetof(struct cli_values, scenario), "A,B", CLI_FILE,
     "plan with changes: stored scenarios (of a folder: files of DATA/scenarios), or files of changes"},
    {"robust", 0, CLI_TEXT, offsetof(struct cli_values, robust), "SWEEP", CLI_FILE,
     "order and remove tools for all futures of a sweep: a folder of `sweep plan`, or a file of one that draws nothing"},
    {"start", 0, CLI_TEXT, offsetof(struct cli_values, start), "DATE", NULL,
     "plan from this day of the calendar on: stock, lots, tools and budgets are as of it, what is dated before is history"},
    {"values", 0, CLI_COUNT, offsetof(struct cli_values, tested_values), "N", NULL,
     "how many limits are listed with what their next step gains, found by solving again (10; 0: none)"},
    {"method", 0, CLI_TEXT, offsetof(struct cli_values, method), "METHOD", "auto interior simplex",
     "how the program is solved: auto (the default: simplex up to 10,000 rows, interior above), interior or simplex; the proof is the same"},
    {"time-limit", 0, CLI_SECONDS, offsetof(struct cli_values, time_limit_seconds), "SECONDS", NULL,
     "stop solving after this time: with the best plan so far, or none (exit code 5)"},
    {"solver", 0, CLI_TEXT, offsetof(struct cli_values, solver), "SOLVER", "clp cbc highs",
     "who solves the linear program: clp, cbc, highs, or a program that is called with an MPS file and the path of its answer; it counts on its exact proof alone"},
    {"worst-gap", 0, CLI_AMOUNT, offsetof(struct cli_values, worst_gap), "SHARE", NULL,
     "how far a plan that a time limit or an interruption leaves may be from the best (0.05)"},
    {"reports", 0, CLI_TEXT, offsetof(struct cli_values, reports), "FOLDER", CLI_FOLDER,
     "report definitions that replace and add to the built-in ones"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the whole plan as JSON (fabplan.plan/2)"},
    {"no-times", 0, CLI_FLAG, offsetof(struct cli_values, no_times), NULL, NULL,
     "leave out of the JSON what differs from run to run: plan, seconds"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan optimise data/terafab -o plan.xlsx", "plan a folder of CSV files, with nothing set up"},
    {"fabplan optimise fab.db --name 'July base'", "plan a database; the plan is stored in it"},
    {"fabplan optimise fab.db --yield fit", "with the yields that the history shows"},
    {"fabplan optimise data/mini --json", "the whole plan, for a program"},
    {NULL, NULL},
};

/* A workbook takes seconds: who has asked the program to stop during the solve has the plan, and can report it at any time. */
static fab_status write_workbook(struct cli *cli, fab *opened, const fab_report_request *request)
{
    fab_status status = FAB_OK;
    if (cli_signals_caught()) {
        fab_say(cli->context, FAB_LEVEL_NOTE, "%s is not written%s", request->path, cli->changed ? "; `fabplan report` does so" : "");
        return fab_fail(cli->context, FAB_INTERRUPTED, "interrupted");
    }
    TRY(fab_report(cli->context, opened, request));
    fab_say(cli->context, FAB_LEVEL_NOTE, "workbook: %s", request->path);
out:
    return status;
}

/* The plan in the form that was asked for, and its workbook. */
static fab_status present_plan(struct cli *cli, fab *opened, const fab_optimise_result *result)
{
    const struct cli_values *values = &cli->values;
    const fab_report_request request = {.plan = result->plan, .book = "planner", .path = values->output, .reports_folder = values->reports};
    fab_status status;
    if (cli->changed)
        fab_say(cli->context, FAB_LEVEL_NOTE, "plan %lld is stored", (long long)result->plan);
    TRY(values->json ? cli_print_result(cli, result->answer) : cli_print_plan(cli, opened, result->plan));
    if (values->output)
        TRY(write_workbook(cli, opened, &request));
out:
    return status;
}

/* Why there is no plan. Returns the exit code. */
static int explain(struct cli *cli, const fab_optimise_result *result)
{
    bool infeasible = result->outcome == FAB_INFEASIBLE;
    fab_status status = FAB_OK;
    if (cli->values.json)
        TRY(cli_print_result(cli, result->answer));
    else if (infeasible && !fab_result_table(result->answer, "conflict") && !cli->values.robust)
        fprintf(cli->out, "No plan: with whole tools, multiples and whole orders there is none, every branch of them is proven to be empty. With parts of them there is one.\n");
    else if (infeasible && !fab_result_table(result->answer, "conflict"))
        fprintf(cli->out, "No plan: there are no orders and removals of tools that can be had in all futures. Each of them may have its own.\n");
    else if (infeasible)
        TRY(cli_explain_conflict(cli, result->answer));
    else if (result->outcome == FAB_UNDECIDED)
        cli_explain_undecided(cli, result->answer);
    else
        cli_explain_limit(cli);
out:
    if (status != FAB_OK)
        return cli_fail(cli, status);
    return infeasible ? CLI_EXIT_INFEASIBLE : CLI_EXIT_LIMIT;
}

static int run_optimise(struct cli *cli)
{
    const fab_optimise_request request = {.name = cli->values.name,
                                          .policy = cli->values.policy,
                                          .within = isnan(cli->values.within) ? NULL : &cli->values.within,
                                          .give = isnan(cli->values.give) ? NULL : &cli->values.give,
                                          .calm = cli->values.calm,
                                          .integer = cli->values.integer,
                                          .gap = isnan(cli->values.gap) ? NULL : &cli->values.gap,
                                          .yield = cli->values.yield,
                                          .measured = cli->values.measured,
                                          .scenario = cli->values.scenario,
                                          .start = cli->values.start,
                                          .fill = cli->values.fill,
                                          .goal = cli->values.goal,
                                          .stages = cli->values.stages,
                                          .from_plan = cli->values.from_plan,
                                          .freeze = cli->values.freeze,
                                          .stability = cli->values.stability,
                                          .method = cli->values.method,
                                          .robust = cli->values.robust,
                                          .solver = cli->values.solver,
                                          .hard = cli->values.hard,
                                          .time_limit_seconds = cli->values.time_limit_seconds,
                                          .worst_gap = cli->values.worst_gap > 0 ? cli->values.worst_gap : -1,
                                          .values = cli->values.tested_values > 0 ? (int)cli->values.tested_values : -1,
                                          .progress = cli_terminal_progress,
                                          .user = &cli->terminal};
    fab_status status;
    fab_optimise_result result = {0};
    fab *opened = NULL;
    int code = 0;
    if (cli->values.output)
        TRY(cli_check_workbook(cli, cli->values.output));
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    status = fab_optimise(cli->context, opened, &request, &result);
    cli_terminal_clear(&cli->terminal);
    cli->changed = result.plan > 0 && fab_is_file(opened);
    if (status == FAB_OK && result.plan > 0)
        status = present_plan(cli, opened, &result);
    else if (status == FAB_OK)
        code = explain(cli, &result);
out:
    fab_result_free(result.answer);
    fab_close(opened);
    return status == FAB_OK ? code : cli_fail(cli, status);
}

const struct cli_command cli_cmd_optimise = {
    .name = "optimise",
    .alias = "optimize",
    .operands = "[DATA]",
    .summary = "make, prove and store the best plan",
    .description = "The linear program of the fab is solved, the answer is checked in exact arithmetic against the program itself, and the "
                   "plan is stored\n"
                   "with its bound. Promises that cannot be kept are broken at a penalty and listed. When hard limits contradict each "
                   "other there is no\n"
                   "plan (exit code 4) and the limits are named. A time limit or an interruption stores the best plan whose check is done, if it is\n"
                   "near enough to the best (--worst-gap); after an interruption no workbook is written, after a second one nothing is stored.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_optimise,
};
