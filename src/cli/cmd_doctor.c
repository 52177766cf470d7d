/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the checks as JSON (fabplan.doctor/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan doctor fab.db", "check the database and the proof of every stored plan"},
    {NULL, NULL},
};

/* The checks are printed also when one of them failed. */
static int run_doctor(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *report = NULL;
    TRY(cli_open_database(cli, FAB_READ, &opened));
    status = fab_doctor(cli->context, opened, &report);
    if (report && cli_print_result(cli, report) != FAB_OK)
        status = FAB_NO_MEMORY;
out:
    fab_result_free(report);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_doctor = {
    .name = "doctor",
    .operands = "[DB]",
    .summary = "check a database and the proofs of its plans",
    .description = "Integrity, references and schema of the file; then, for every stored plan, with the inputs that it keeps, the exact check "
                   "of its rows,\n"
                   "columns and bound from what is stored. Exit code 7 when anything is wrong.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_doctor,
};
