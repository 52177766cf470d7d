/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"mps", 0, CLI_TEXT, offsetof(struct cli_values, mps), "FILE", CLI_FILE, "write the program in free MPS format"},
    {"lp", 0, CLI_TEXT, offsetof(struct cli_values, lp), "FILE", CLI_FILE, "write the program in CPLEX LP format"},
    CLI_FORCE,
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the exact program of the plan with this number, whatever was imported since"},
    {"equations", 0, CLI_FLAG, offsetof(struct cli_values, equations), NULL, NULL,
     "list the codes of the equations and what they mean; takes no data"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the list as JSON (fabplan.equations/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan model data/mini --mps mini.mps", "the linear program, for another solver"},
    {"fabplan model fab.db --plan 1 --mps plan1.mps", "the program that plan 1 solved"},
    {"glpsol --freemps mini.mps", "which must find the same objective, its sign turned"},
    {"fabplan model --equations", "what CAP, BAL and the other codes mean"},
    {NULL, NULL},
};

static int list_equations(struct cli *cli)
{
    fab_status status;
    fab_result *families = NULL;
    TRY(fab_equation_families(cli->context, &families));
    TRY(cli_print_result(cli, families));
out:
    fab_result_free(families);
    return cli_finish(cli, status);
}

static fab_status write_model(struct cli *cli, fab *opened, fab_model_format format, const char *path)
{
    fab_status status = FAB_OK;
    if (!path)
        return status;
    TRY(fab_write_model(cli->context, opened, format, path));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: written", path);
out:
    return status;
}

static int run_model(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    fab_status status;
    fab *opened = NULL;
    if (values->equations)
        return list_equations(cli);
    if (!values->mps && !values->lp)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "model: which file? --mps FILE or --lp FILE"));
    if (values->mps)
        TRY(cli_check_output(cli, values->mps));
    if (values->lp)
        TRY(cli_check_output(cli, values->lp));
    TRY(cli_open_inputs(cli, &opened));
    TRY(write_model(cli, opened, FAB_MODEL_MPS, values->mps));
    TRY(write_model(cli, opened, FAB_MODEL_LP, values->lp));
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_model = {
    .name = "model",
    .operands = "[DATA]",
    .summary = "write the linear program for another solver",
    .description = "Rows are named after their equation: CAP[TESTER,2027-W01] are the hours of tool group TESTER in period 2027-W01.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_model,
};
