/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <fabplan/history.h>

#include <string.h>

static const struct cli_option options[] = {
    {"from", 0, CLI_TEXT, offsetof(struct cli_values, from), "DATE", NULL, "fit, spc: wafers that came out from this day on"},
    {"to", 0, CLI_TEXT, offsetof(struct cli_values, to), "DATE", NULL, "fit, spc: and before this one"},
    {"confidence", 0, CLI_FRACTION, offsetof(struct cli_values, confidence), "FRACTION", "0.8 0.9 0.95", "fit: confidence of limits (0.9)"},
    {"snapshot", 0, CLI_NUMBER, offsetof(struct cli_values, snapshot), "N", NULL, "show: this snapshot (the newest)"},
    {"source", 0, CLI_TEXT, offsetof(struct cli_values, source), "SOURCE", NULL, "show, spc: only this source, with every period or lot"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.yield/1, fabplan.spc/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan yield fit fab.db", "estimate all yields from the wafer-lot history and store them"},
    {"fabplan yield show fab.db --source LOGIC_A", "one source of the newest estimate"},
    {"fabplan yield spc fab.db", "which product is off its curve, since when, which lots did it"},
    {NULL, NULL},
};

static fab_status show_snapshot(struct cli *cli, fab *opened, int64_t snapshot)
{
    const fab_yield_show_request request = {.snapshot = snapshot, .source = cli->values.source, .whole = cli->values.json};
    fab_status status;
    fab_result *result = NULL;
    TRY(fab_yield_show(cli->context, opened, &request, &result));
    TRY(cli_print_result(cli, result));
out:
    fab_result_free(result);
    return status;
}

static int run_fit(struct cli *cli)
{
    const fab_yield_fit_request request = {.from = cli->values.from, .to = cli->values.to, .confidence = cli->values.confidence};
    fab_status status;
    fab *opened = NULL;
    int64_t snapshot = 0;
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    status = fab_yield_fit(cli->context, opened, &request, &snapshot);
    cli_terminal_clear(&cli->terminal);
    if (status != FAB_OK)
        goto out;
    cli->changed = fab_is_file(opened);
    fab_say(cli->context, FAB_LEVEL_NOTE, cli->changed ? "snapshot %lld is stored" : "snapshot %lld of a folder is printed, not stored",
            (long long)snapshot);
    TRY(show_snapshot(cli, opened, snapshot));
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_show(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    int64_t snapshot = 0;
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(fab_yield_find_snapshot(cli->context, opened, cli->values.snapshot, &snapshot));
    TRY(show_snapshot(cli, opened, snapshot));
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_spc(struct cli *cli)
{
    const fab_yield_spc_request request = {.source = cli->values.source, .from = cli->values.from, .to = cli->values.to};
    fab_status status;
    fab *opened = NULL;
    fab_result *result = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    status = fab_yield_spc(cli->context, opened, &request, &result);
    cli_terminal_clear(&cli->terminal);
    if (status == FAB_OK)
        status = cli_print_result(cli, result);
out:
    fab_result_free(result);
    fab_close(opened);
    return cli_finish(cli, status);
}

/* The options that each of them does not take. */
static const struct {
    const char *name;
    int (*run)(struct cli *cli);
    bool window, confidence, snapshot, source;
} parts[] = {
    {"fit", run_fit, true, true, false, false},
    {"show", run_show, false, false, true, true},
    {"spc", run_spc, true, false, false, true},
};

static const char *refused_option(const struct cli_values *values, size_t part)
{
    if (values->from && !parts[part].window)
        return "from";
    if (values->to && !parts[part].window)
        return "to";
    if (values->confidence > 0 && !parts[part].confidence)
        return "confidence";
    if (values->snapshot > 0 && !parts[part].snapshot)
        return "snapshot";
    return values->source && !parts[part].source ? "source" : NULL;
}

static int run_yield(struct cli *cli)
{
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        if (strcmp(cli->operands[0], parts[p].name) != 0)
            continue;
        const char *refused = refused_option(&cli->values, p);
        if (refused)
            return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "yield %s takes no --%s; `fabplan help yield` says what does",
                                          parts[p].name, refused));
        cli_take_operand(cli);
        return parts[p].run(cli);
    }
    return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "yield: '%s' is none of: fit, show, spc", cli->operands[0]));
}

const struct cli_command cli_cmd_yield = {
    .name = "yield",
    .operands = "fit|show|spc [DATA]",
    .summary = "estimate yields from the wafer-lot history; chart them",
    .description =
        "fit estimates the yield of every source with sorted wafers and stores a snapshot, which is never changed; of a folder it is only "
        "printed. A\n"
        "retest of some die is merged with the run before, die by die where maps tell, else by counts. Lots are screened for excursions; "
        "yields are\n"
        "given with and without them. The learning curve runs over process-out dates (last move_out or ship of the lot, else its test), "
        "from the first\n"
        "lot on. Where D0 moves, defect density, clustering and lot yields are those of the last quarter, the level. The verdicts say what "
        "the history\n"
        "does not identify. Yields to plan with: 10 % of outcomes lie below p10; their uncertainty has a part common to all lots of the "
        "process and one\n"
        "of the lots, and excursions count at their rate so far.\n"
        "show prints a stored snapshot, spc charts the lots about their curves: Laney's p' chart names lots, with limits of the exact law "
        "where counts\n"
        "are skewed (few bad die), and the probability of one as far off; the EWMA chart names lasting shifts.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = 2,
    .run = run_yield,
};
