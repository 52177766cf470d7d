/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

static const struct cli_option options[] = {
    {"mps", 0, CLI_TEXT, offsetof(struct cli_values, mps), "FILE", CLI_FILE, "write the program in free MPS format"},
    {"lp", 0, CLI_TEXT, offsetof(struct cli_values, lp), "FILE", CLI_FILE, "write the program in CPLEX LP format"},
    {"equations", 0, CLI_FLAG, offsetof(struct cli_values, equations), NULL, NULL,
     "list the codes of the equations and what they mean; takes no data"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the list as JSON (fabplan.equations/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan model data/mini --mps mini.mps", "the linear program, for another solver"},
    {"glpsol --freemps mini.mps", "which must find the same objective, its sign turned"},
    {"fabplan model --equations", "what CAP, BAL and the other codes mean"},
    {NULL, NULL},
};

static int list_equations(struct cli *cli)
{
    fab_table *families = NULL;
    int code = 0;
    fab_status status = fab_equation_families(cli->context, &families);
    if (status == FAB_OK)
        code = cli_print_result(cli, "fabplan.equations/1", "equations", families);
    fab_table_free(families);
    return status == FAB_OK ? code : cli_fail(cli, status);
}

static fab_status write_model(struct cli *cli, fab *opened, fab_model_format format, const char *path)
{
    if (!path)
        return FAB_OK;
    fab_status status = fab_write_model(cli->context, opened, format, path);
    if (status == FAB_OK)
        fab_say(cli->context, FAB_LEVEL_NOTE, "%s: written", path);
    return status;
}

static int run_model(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    fab *opened = NULL;
    if (values->equations)
        return list_equations(cli);
    fab_status status =
        values->mps || values->lp ? FAB_OK : fab_fail(cli->context, FAB_USAGE, "model: which file? --mps FILE or --lp FILE");
    if (status == FAB_OK && values->mps)
        status = cli_check_output(cli, values->mps);
    if (status == FAB_OK && values->lp)
        status = cli_check_output(cli, values->lp);
    if (status == FAB_OK)
        status = cli_open_data(cli, FAB_READ, &opened);
    if (status == FAB_OK)
        status = write_model(cli, opened, FAB_MODEL_MPS, values->mps);
    if (status == FAB_OK)
        status = write_model(cli, opened, FAB_MODEL_LP, values->lp);
    fab_close(opened);
    return status == FAB_OK ? 0 : cli_fail(cli, status);
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
